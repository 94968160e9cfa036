"""Why each line gets what it gets in a scenario, in sentences: what was asked and allowed, where the money ended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from draad.applications.models import Scenario, ScenarioAward
from draad.applications.models.distribution import LevelMeasures
from draad.applications.queries.desk_totals import Pair
from draad.applications.queries.desk_words import RULE_NAMES
from draad.methods.allocation import Ground, Reach, Rule
from draad.web.formatting import euro, number, percent


@dataclass(frozen=True)
class Why:
    """A line of a scenario with the sentences that explain its award."""

    award: ScenarioAward
    sentences: Sequence[str]

    @property
    def pair(self) -> Pair:
        """What is asked and given."""
        return Pair(self.award.claimed, self.award.amount)

    @property
    def text(self) -> str:
        """The sentences as one text."""
        return " ".join(self.sentences)


def whys(scenario: Scenario, application: int) -> list[Why]:
    """The lines of an application (primary key) in a scenario in order of priority, explained; one query."""
    found: QuerySet[ScenarioAward] = ScenarioAward.objects.filter(
        scenario=scenario, line__application=application
    ).select_related("line__indicator__terms__action")
    ordered = sorted(found, key=lambda award: (award.priority is None, award.priority or 0, award.pk))
    return [Why(award, why(award, scenario)) for award in ordered]


def why(award: ScenarioAward, scenario: Scenario) -> list[str]:
    """Why a line gets what it gets: what was asked and allowed, its priority, and what decided."""
    if not award.ground:
        return [_("Deze verdeling is gemaakt voor Draad de uitleg per lijn bewaarde.")]
    by_priority = Rule(scenario.rule) is Rule.PRIORITY
    level = _level_of(award.priority if by_priority else None, scenario)
    told = [_asked(award, level)]
    ground = Ground(award.ground)
    if ground in (Ground.RULE, Ground.CEILING, Ground.MINIMUM) and level and level["reach"] == Reach.PART:
        told.append(
            _("Het geld raakt hier op: %(available)s voor %(asked)s.")
            % {"available": _euro(level["available"]), "asked": _euro(level["asked"])}
        )
    return [*told, *_ground(ground, award, scenario, level)]


def _level_of(priority: int | None, scenario: Scenario) -> LevelMeasures | None:
    levels: list[LevelMeasures] = scenario.measures["levels"]
    return next((level for level in levels if level["priority"] == priority), None)


def _asked(award: ScenarioAward, level: LevelMeasures | None) -> str:
    """What was asked, what the advice lets it get when that is less, and the priority when it counts."""
    parts = [_("Gevraagd %(amount)s") % {"amount": _euro(award.claimed)}]
    if award.most is not None and award.most < award.claimed:
        parts.append(_("volgens het advies hoogstens %(amount)s") % {"amount": _euro(award.most)})
    if level and level["priority"] is not None:
        parts.append(_("prioriteit %(n)s") % {"n": number(level["priority"])})
    return ", ".join(parts) + "."


def _ground(ground: Ground, award: ScenarioAward, scenario: Scenario, level: LevelMeasures | None) -> Iterator[str]:
    """What decided, in a sentence or two."""
    if ground is Ground.RULE and level:
        yield _rule(level)
        if scenario.parameters.get("together"):
            yield _("De lijnen van een aanvrager tellen daarbij samen.")
        return
    if ground is Ground.NO_MONEY and level and level["priority"] is not None:
        yield _("Het geld was op bij een eerdere prioriteit.")
        return
    ceiling = scenario.parameters.get("ceiling")
    yield {
        Ground.ZERO_CLAIM: _("Er is niets gevraagd."),
        Ground.FULL: _("Volledig toegekend."),
        Ground.RULE: _("De regel van de verdeling bepaalt dit."),
        Ground.MINIMUM: _("Het minimum van de vraag bepaalt dit."),
        Ground.MAXIMUM: _("Alles wat het advies toelaat, is toegekend."),
        Ground.CEILING: _("Een aanvrager krijgt in totaal hoogstens %(amount)s.")
        % {"amount": _euro(ceiling) if ceiling else ""},
        Ground.WHOLE_UNITS: _("Alle hele eenheden van de vraag zijn toegekend."),
        Ground.REMAINDER: _("Het geld was op bij een eerdere prioriteit; wat daar overbleef, is hier toegekend."),
        Ground.NO_MONEY: _("Er is geen geld meer."),
    }[ground]


def _rule(level: LevelMeasures) -> str:
    """How the rule divided the level where money was short."""
    rule, value = Rule(level["rule"]), Decimal(level["value"])
    words = {
        "rule": str(RULE_NAMES[rule]).lower(),
        "value": percent(value, 2) if rule is Rule.PROPORTIONAL else _euro(value),
    }
    if rule is Rule.PROPORTIONAL:
        return _("Verdeeld %(rule)s: elke vraag krijgt %(value)s.") % words
    if level["losses"]:
        return _("Verdeeld volgens “%(rule)s”: elke vraag mist hoogstens %(value)s.") % words
    return _("Verdeeld volgens “%(rule)s”: elke vraag krijgt hoogstens %(value)s.") % words


def _euro(amount: Decimal | str) -> str:
    return euro(Decimal(amount), cents=True)

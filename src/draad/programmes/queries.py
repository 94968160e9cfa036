"""Every read of this room that more than one page needs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from draad.accounts.freshness import while_unchanged
from draad.programmes.comparison import Difference, RuleText, compare
from draad.programmes.models import Action, ActionTerms, Knowledge, Programme, Round, RoundRule, TermsState
from draad.programmes.rules import RULES, Parameters, rule_of
from draad.programmes.values import TermsValues, values_of
from draad.web.prepared import Given, Prepared


@dataclass(frozen=True)
class Version:
    """Published terms with their values."""

    terms: ActionTerms
    values: TermsValues


Place = tuple[int, int]
"""Number of an action, number of a round."""


@while_unchanged
def published_terms(programme: Programme, *, action: Action | None = None) -> dict[Place, list[Version]]:
    """All published terms of a programme, or of one action, oldest version first; two queries."""
    found = ActionTerms.objects.filter(action__programme=programme, state=TermsState.PUBLISHED)
    if action:
        found = found.filter(action=action)
    versions: dict[Place, list[Version]] = {}
    ordered = found.select_related("action__objective", "round").prefetch_related("lines")
    for terms in ordered.order_by("action__number", "round__number", "version"):
        versions.setdefault((terms.action.number, terms.round.number), []).append(Version(terms, values_of(terms)))
    return versions


def current_terms(programme: Programme, *, action: Action | None = None) -> dict[Place, Version]:
    """The terms that hold: the newest published version of each action in each round."""
    return {place: versions[-1] for place, versions in published_terms(programme, action=action).items()}


def newest_terms() -> list[ActionTerms]:
    """The newest published terms of every action in every round of real programmes, with their lines; two queries."""
    rows = ActionTerms.objects.filter(state=TermsState.PUBLISHED, action__programme__example=False).select_related(
        "action__programme", "round__programme"
    )
    newest = {(terms.action_id, terms.round_id): terms for terms in rows.prefetch_related("lines").order_by("version")}
    return list(newest.values())


def as_of_version(
    versions: Mapping[Place, Sequence[Version]], of_round: int, version: int | None
) -> dict[int, Version]:
    """The terms of a round by number of action: the newest, or the newest up to a version number."""
    found: dict[int, Version] = {}
    for (action, number), all_of_them in versions.items():
        until = [v for v in all_of_them if version is None or (v.terms.version or 0) <= version]
        if number == of_round and until:
            found[action] = until[-1]
    return found


@dataclass(frozen=True)
class ShownRule:
    """A rule of a round in the language of the reader."""

    key: str
    about: str
    sentence: str
    knowledge: Knowledge
    source: str
    stored: RoundRule

    @property
    def carried(self) -> bool:
        """Whether it was taken over from the round before."""
        return self.knowledge is Knowledge.CARRIED


@while_unchanged
def _stored_rules(rounds: tuple[int, ...]) -> list[RoundRule]:
    return list(RoundRule.objects.filter(round__in=rounds).select_related("round"))


def rules_of(rounds: Collection[Round]) -> dict[int, list[ShownRule]]:
    """The rules by number of round, in the order of ``RULES``; one query."""
    order = {key: place for place, key in enumerate(RULES)}
    found: dict[int, list[ShownRule]] = {of_round.number: [] for of_round in rounds}
    for row in sorted(_stored_rules(tuple(of_round.pk for of_round in rounds)), key=lambda row: order[row.key]):
        rule = rule_of(row.key)
        sentence = rule.sentence(row.parameters)
        shown = ShownRule(row.key, str(rule.about), sentence, Knowledge(row.knowledge), row.source, row)
        found[row.round.number].append(shown)
    return found


_VALUES: Prepared[tuple[str, Parameters]] = Prepared(
    lambda: RoundRule.objects.filter(round=Given("round")).values_list("key", "parameters")
)


@while_unchanged
def rule_values(of_round: Round) -> dict[str, Parameters]:
    """The values of the rules of a round by key; a rule that is absent does not hold. One query, while unchanged."""
    return dict(_values(of_round.pk))


@while_unchanged
def _values(of_round: int) -> list[tuple[str, Parameters]]:
    return _VALUES.rows(round=of_round)


def round_before(of_round: Round) -> Round | None:
    """The round of the same programme with the highest number below this one."""
    earlier = Round.objects.filter(programme_id=of_round.programme_id, number__lt=of_round.number)
    return earlier.order_by("number").last()


def touching(rules: Iterable[ShownRule], action: int) -> list[ShownRule]:
    """The rules that say something about the action with this number."""
    return [shown for shown in rules if rule_of(shown.key).touches(shown.stored.parameters, action)]


def rule_texts(rules: Iterable[ShownRule]) -> dict[str, RuleText]:
    """The rules as they are compared between rounds; a sentence that tells of a change is no rule to compare."""
    return {
        shown.key: RuleText(shown.sentence, shown.source) for shown in rules if not rule_of(shown.key).tells_of_change
    }


@dataclass(frozen=True)
class Standing:
    """An action in a round, with its newest version and its draft, where there are any."""

    action: Action
    round: Round
    current: ActionTerms | None
    draft: ActionTerms | None


def drafts_and_versions() -> list[Standing]:
    """Every action in every round of every programme; three queries."""
    newest: dict[Place, ActionTerms] = {}
    drafts: dict[Place, ActionTerms] = {}
    for terms in ActionTerms.objects.order_by("version"):
        (drafts if terms.state == TermsState.DRAFT else newest)[terms.action_id, terms.round_id] = terms
    rounds = list(Round.objects.all())
    return [
        Standing(action, of_round, newest.get((action.pk, of_round.pk)), drafts.get((action.pk, of_round.pk)))
        for action in Action.objects.select_related("programme")
        for of_round in rounds
        if of_round.programme_id == action.programme_id
    ]


def terms_history(action: Action, of_round: Round) -> list[ActionTerms]:
    """All versions, oldest first, and the draft, with their lines."""
    found = ActionTerms.objects.filter(action=action, round=of_round).prefetch_related("lines")
    return sorted(found, key=lambda terms: (terms.version is None, terms.version))


def steps(versions: Sequence[ActionTerms]) -> list[tuple[ActionTerms, Sequence[Difference]]]:
    """Each version with what differs from the version before it; the first with nothing."""
    found: list[tuple[ActionTerms, Sequence[Difference]]] = []
    before: TermsValues | None = None
    for terms in versions:
        values = values_of(terms)
        found.append((terms, compare(before, values) if before else []))
        before = values
    return found

"""What a scenario gives, added up: per applicant, per group, per municipality. Every total is a sum of its awards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from draad.accounts.freshness import while_unchanged
from draad.applications.models import LineShare, Scenario, ScenarioAward
from draad.applications.queries.desk_claims import ZERO, Desk, DeskApplication, DeskLine, Group, desk_of
from draad.methods.rounding import euro, split_whole
from draad.web.formatting import euro as in_euro
from draad.web.formatting import percent

HUNDRED = Decimal(100)
ALMOST, HARDLY = Decimal("99.9"), Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Pair:
    """What is asked and what is given, in euro."""

    claimed: Decimal = ZERO
    granted: Decimal = ZERO

    @property
    def in_full(self) -> bool:
        """Whether all that is asked is given."""
        return self.granted == self.claimed

    @property
    def share(self) -> Decimal | None:
        """What is given of what is asked, in percent and exact; None when nothing is asked."""
        return self.granted * HUNDRED / self.claimed if self.claimed else None

    @property
    def shown_share(self) -> Decimal | None:
        """The share with one decimal: 100 only for who gets all, 0 only for who gets nothing."""
        share = self.share
        if share is None or share in (0, HUNDRED):
            return share
        return min(max(share.quantize(HARDLY), HARDLY), ALMOST)

    @property
    def share_words(self) -> str:
        """The share as it is written: 86,9 %."""
        share = self.shown_share
        return "" if share is None else percent(share, 0 if share in (0, HUNDRED) else 1)

    @property
    def claimed_words(self) -> str:
        """What is asked, with its cents, so that amounts stand under each other."""
        return in_euro(self.claimed, cents=True)

    @property
    def granted_words(self) -> str:
        """What is given, with its cents."""
        return in_euro(self.granted, cents=True)


@dataclass(frozen=True)
class Dimension:
    """A way to group the awards.

    Args:
        key: its name in addresses.
        label: the heading of its table.
        field: the field of an application, or of a line, that is the group.
        database: from a line to the number of the group in the database; empty for a field of applications.
    """

    key: str
    label: Any
    field: str
    database: str = ""

    def group(self, line: DeskLine, application: DeskApplication) -> Group:
        """The group of a line."""
        found: Group = getattr(line if self.database else application, self.field)
        return found


DIMENSIONS = (
    Dimension("provincie", _("Provincie"), "province"),
    Dimension("doelstelling", _("Doelstelling"), "objective", "indicator__terms__action__objective__number"),
    Dimension("actie", _("Actie"), "action", "indicator__terms__action__number"),
    Dimension("soort", _("Soort aanvrager"), "kind"),
)


@dataclass(frozen=True)
class Outcome:
    """The awards of a scenario, added up: in all, per application (primary key), and per group of every dimension."""

    total: Pair
    applications: dict[int, Pair]
    groups: dict[str, dict[Group, Pair]]


@dataclass(frozen=True, slots=True)
class ApplicantRow:
    """An applicant with what it gets in each of some scenarios; None where the scenario did not know it."""

    application: DeskApplication
    pairs: tuple[Pair | None, ...]

    @property
    def claimed(self) -> Decimal:
        """What it asks, in the first scenario that knows it."""
        return next((pair.claimed for pair in self.pairs if pair), ZERO)

    def gain(self, first: int, second: int) -> Decimal | None:
        """What the second scenario gives more than the first, in euro; below zero is less."""
        one, other = self.pairs[first], self.pairs[second]
        return other.granted - one.granted if one and other else None

    @property
    def spread(self) -> tuple[Decimal, Decimal]:
        """How far its shares lie apart over the scenarios, in percentage points, and its amounts, in euro."""
        known = [pair for pair in self.pairs if pair and pair.share is not None]
        if not known:
            return ZERO, ZERO
        shares, amounts = [pair.share or ZERO for pair in known], [pair.granted for pair in known]
        return max(shares) - min(shares), max(amounts) - min(amounts)


def outcomes(scenarios: Sequence[Scenario]) -> list[Outcome]:
    """What each of these scenarios of one call gives; one query for all, remembered until something is written."""
    if not scenarios:
        return []
    return outcomes_of(scenarios[0].call_id, tuple(scenario.pk for scenario in scenarios))


@while_unchanged
def outcomes_of(call: int, scenarios: tuple[int, ...]) -> list[Outcome]:
    """What scenarios (primary keys) of a call (primary key) give, in that order."""
    desk, awards = desk_of(call), _awards(scenarios)
    return [_outcome(desk, awards[scenario]) for scenario in scenarios]


Awards = list[tuple[int, Decimal, Decimal]]
"""Of a scenario: line (primary key), claimed, granted."""


@while_unchanged
def _awards(scenarios: tuple[int, ...]) -> dict[int, Awards]:
    found: dict[int, Awards] = {scenario: [] for scenario in scenarios}
    rows = ScenarioAward.objects.filter(scenario__in=scenarios)
    for scenario, line, claimed, amount in rows.values_list("scenario_id", "line_id", "claimed", "amount"):
        found[scenario].append((line, claimed, amount))
    return found


class _Sums:
    """Adds up what is asked and given, by key."""

    def __init__(self) -> None:
        self.sums: dict[Any, list[Decimal]] = {}

    def add(self, key: Any, claimed: Decimal, granted: Decimal) -> None:
        both = self.sums.setdefault(key, [ZERO, ZERO])
        both[0] += claimed
        both[1] += granted

    def pairs(self) -> dict[Any, Pair]:
        """The sums in the order of their keys."""
        return {key: Pair(*self.sums[key]) for key in sorted(self.sums)}


def _outcome(desk: Desk, awards: Awards) -> Outcome:
    total, applications = _Sums(), _Sums()
    groups = {dimension.key: _Sums() for dimension in DIMENSIONS}
    for pk, claimed, granted in awards:
        line = desk.lines[pk]
        application = desk.applications[line.application]
        total.add(0, claimed, granted)
        applications.add(application.pk, claimed, granted)
        for dimension in DIMENSIONS:
            groups[dimension.key].add(dimension.group(line, application), claimed, granted)
    return Outcome(
        total.pairs().get(0, Pair()), applications.pairs(), {key: sums.pairs() for key, sums in groups.items()}
    )


def applicant_rows(desk: Desk, found: Sequence[Outcome]) -> list[ApplicantRow]:
    """Every application that one of the scenarios knows, in the order of its number."""
    known = set().union(*(outcome.applications for outcome in found))
    return [
        ApplicantRow(application, tuple(outcome.applications.get(application.pk) for outcome in found))
        for application in desk.applications.values()
        if application.pk in known
    ]


def governments(scenario: Scenario) -> dict[int, Pair]:
    """What each government (primary key) asks and gets; a line of a partnership is split as its members share it."""
    return governments_of(scenario.call_id, (scenario.pk,))[0]


@while_unchanged
def governments_of(call: int, scenarios: tuple[int, ...]) -> list[dict[int, Pair]]:
    """The same for scenarios (primary keys) of a call (primary key), in that order."""
    desk, weights, awards = desk_of(call), _weights(call), _awards(scenarios)
    return [_divided(desk, weights, awards[scenario]) for scenario in scenarios]


def _divided(desk: Desk, weights: Mapping[int, Mapping[int, int]], awards: Awards) -> dict[int, Pair]:
    sums = _Sums()
    for pk, claimed, granted in awards:
        parts = weights.get(pk)
        if parts is None:
            sums.add(desk.applications[desk.lines[pk].application].members[0], claimed, granted)
            continue
        for organisation, asked, given in zip(parts, split(claimed, parts), split(granted, parts), strict=True):
            sums.add(organisation, asked, given)
    return sums.pairs()


@while_unchanged
def _weights(call: int) -> dict[int, dict[int, int]]:
    """Per line that members share, what each (primary key of the organisation) takes of it, in cents."""
    found: dict[int, dict[int, int]] = {}
    shares = LineShare.objects.filter(line__application__call=call, amount__gt=0).order_by("member__pk")
    for line, organisation, amount in shares.values_list("line_id", "member__organisation_id", "amount"):
        found.setdefault(line, {})[organisation] = int(amount * 100)
    return found


def split(amount: Decimal, weights: Mapping[int, int]) -> list[Decimal]:
    """An amount in parts that add up to it, in proportion to what members take."""
    return [euro(cents) for cents in split_whole(int(amount * 100), list(weights.values()))]

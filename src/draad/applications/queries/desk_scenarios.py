"""Reads of kept scenarios: which stand side by side, what each shows at a glance, and how they compare by group."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from draad.accounts.models import AuditEvent
from draad.applications.models import Call, Scenario, ScenarioState
from draad.applications.policies.desk import is_outdated
from draad.applications.queries.desk_chart import Histogram, histogram, share_maps
from draad.applications.queries.desk_claims import ZERO, Desk
from draad.applications.queries.desk_totals import Dimension, Outcome, Pair
from draad.applications.queries.desk_words import how, rule_name, where_it_ends
from draad.applications.states import SCENARIO
from draad.web.tilemap import TileMap

MOST_BESIDE = 4
FIRST_SHOWN = 3
LITTLE = Decimal(70)


def scenarios_of(call: Call) -> list[Scenario]:
    """All scenarios of a call with who made, put forward and approved them, in the order of their numbers."""
    return list(call.scenarios.select_related("made_by", "proposed_by", "chosen_by").order_by("number"))


def beside(scenarios: Sequence[Scenario], asked: Iterable[str]) -> list[Scenario]:
    """Which scenarios stand side by side: those that were asked for by number, at most four.

    When none is: the one that is put forward and the newest others, three in all.
    """
    numbers = {int(number) for number in asked if number.isdecimal()}
    chosen = [scenario for scenario in scenarios if scenario.number in numbers][:MOST_BESIDE]
    if chosen:
        return chosen
    newest = sorted(scenarios, key=lambda s: (s.state == ScenarioState.KEPT, -s.number))[:FIRST_SHOWN]
    return sorted(newest, key=lambda scenario: scenario.number)


def beside_newest(call: Call, made: Scenario) -> list[Scenario]:
    """A scenario that was just made beside the newest others of its call, in the order of their numbers."""
    newest = call.scenarios.order_by("-number")[:FIRST_SHOWN]
    return sorted({made, *newest}, key=lambda scenario: scenario.number)


@dataclass(frozen=True)
class Card:
    """What a scenario shows at a glance.

    ``little`` counts who gets under 70% of what it asks; ``lowest`` names who gets the lowest share, and is empty when
    all get the same.
    """

    scenario: Scenario
    outcome: Outcome
    rule: Any
    how: Sequence[str]
    ends: str
    in_full: int
    applicants: int
    little: int
    lowest_share: str
    lowest: str
    histogram: Histogram
    map: TileMap
    outdated: bool

    @property
    def left(self) -> Decimal:
        """What is not given of what there was for the lines, in euro."""
        return self.scenario.envelope - self.scenario.reserved - self.scenario.granted


def cards(desk: Desk, call: Call, scenarios: Sequence[Scenario], found: Sequence[Outcome]) -> list[Card]:
    """The cards of some scenarios of a call."""
    maps = share_maps(call.pk, scenarios, call.round.starts_on)
    return [_card(desk, *one) for one in zip(scenarios, found, maps, strict=True)]


def _card(desk: Desk, scenario: Scenario, outcome: Outcome, drawn: TileMap) -> Card:
    shares = {pk: pair.share or ZERO for pk, pair in outcome.applications.items()}
    lowest = min(shares, key=lambda pk: (shares[pk], pk))
    same = len({outcome.applications[pk].shown_share for pk in shares}) == 1
    return Card(
        scenario=scenario,
        outcome=outcome,
        rule=rule_name(scenario),
        how=how(scenario),
        ends=where_it_ends(scenario),
        in_full=sum(pair.in_full for pair in outcome.applications.values()),
        applicants=len(shares),
        little=sum(share < LITTLE for share in shares.values()),
        lowest_share=outcome.applications[lowest].share_words,
        lowest="" if same else desk.applications[lowest].applicant,
        histogram=histogram(outcome),
        map=drawn,
        outdated=is_outdated(scenario, desk),
    )


@dataclass(frozen=True)
class ComparedRow:
    """A group with what it asks (as written), and per scenario what it gets (None where it did not know the group)."""

    label: str
    claimed: str
    cells: Sequence[tuple[Scenario, Pair | None]]


def compared(dimension: Dimension, scenarios: Sequence[Scenario], found: Sequence[Outcome]) -> list[ComparedRow]:
    """The groups of a dimension in their order, with every scenario beside the others."""
    groups = sorted(set().union(*(outcome.groups[dimension.key] for outcome in found)))
    rows = []
    for group in groups:
        pairs = [outcome.groups[dimension.key].get(group) for outcome in found]
        claimed = next(pair.claimed_words for pair in pairs if pair)
        rows.append(ComparedRow(group[1], claimed, list(zip(scenarios, pairs, strict=True))))
    return rows


@dataclass(frozen=True)
class Step:
    """What was done with a scenario, when, by whom and why."""

    at: datetime
    notice: Any
    who: str
    reason: str


def history_of(scenario: Scenario) -> list[Step]:
    """What happened to a scenario, newest first."""
    notices = {transition.verb: transition.notice for transition in SCENARIO}
    events = AuditEvent.objects.filter(
        object_type=Scenario._meta.label_lower, object_key=str(scenario.pk), verb__in=notices
    )
    return [Step(event.at, notices[event.verb], event.actor, event.reason) for event in events.order_by("-number")]

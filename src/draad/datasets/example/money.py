"""Calibrates the lines of a round: whole units and euro that add up to the published totals, under every ceiling."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from draad.datasets.example.dividing import bounded_split
from draad.datasets.example.taking_part import Places
from draad.datasets.example.targets import ActionTarget, RoundTarget
from draad.datasets.example.world import Indicator, RoundFacts

# chance in a hundred that a line of several is asked, and that more is asked than granted (by how short money is)
LINE_ASKED = 75
MORE_ASKED = {True: 45, False: 10}
REFUSED_LINES = 12


@dataclass
class Draft:
    """A line while it is being made; ``cap`` is the most units; amounts in whole euro."""

    position: int
    indicator: Indicator
    names: tuple[str, ...]
    cap: int
    planned: int = 0
    units: int = 0
    granted: int = 0
    existing: int = 0

    @property
    def requested(self) -> int:
        """Euro for the planned units."""
        return self.planned * self.indicator.unit_amount

    @property
    def floor(self) -> int:
        """The fewest units: one for each who takes part, as far as the cap allows."""
        return min(self.cap, len(self.names))


def calibrate(
    facts: RoundFacts, target: RoundTarget, places: Mapping[int, Places], for_lines: int, random: Random
) -> list[Draft]:
    """All lines of a round; what is granted on them adds up to ``for_lines`` euro.

    Actions of which an amount was published get exactly that; the others divide the rest.
    """
    drafts = [
        draft for action, at in places.items() for draft in _drafts(facts, target.of(action), action, at, random)
    ]
    by_action: dict[int, list[Draft]] = {}
    for draft in drafts:
        by_action.setdefault(draft.indicator.action, []).append(draft)
    fixed = {action for action in by_action if target.of(action).amount is not None}
    for action in sorted(fixed):
        _fix(by_action[action], target.of(action), random)
    free = [draft for draft in drafts if draft.indicator.action not in fixed]
    _divide(free, for_lines - sum(draft.granted for draft in drafts), random)
    short = facts.number > 1
    for draft in drafts:
        _ask(draft, random, short=short)
    if short:
        drafts += _refused(facts, target, places, random)
    return drafts


def _drafts(facts: RoundFacts, target: ActionTarget, action: int, places: Places, random: Random) -> list[Draft]:
    """The lines of an action: all of them when the published units leave no choice, else some."""
    found = []
    indicators = facts.indicators[action]
    for position, names in places.items():
        room = facts.ceilings.get(action)
        asked = [i for i in indicators if target.amount is not None or random.randrange(100) < LINE_ASKED]
        for indicator in asked or [random.choice(indicators)]:
            most = indicator.max_units if room is None else min(indicator.max_units, room // indicator.unit_amount)
            room = None if room is None else room - most * indicator.unit_amount
            found.append(Draft(position, indicator, names, cap=most))
    return found


def _weights(drafts: Sequence[Draft], random: Random) -> list[int]:
    return [draft.cap * draft.indicator.unit_amount * random.randint(50, 150) for draft in drafts]


def _fix(drafts: Sequence[Draft], target: ActionTarget, random: Random) -> None:
    """Give an action its published units and amount; they are two figures, each met."""
    amount = target.amount or 0
    units = target.units if target.units is not None else amount // drafts[0].indicator.unit_amount
    parts = bounded_split(units, _weights(drafts, random), [d.floor for d in drafts], [d.cap for d in drafts])
    for draft, part in zip(drafts, parts, strict=True):
        draft.units = draft.planned = part
    euro = bounded_split(amount, parts, [0] * len(parts), [draft.requested for draft in drafts])
    for draft, part in zip(drafts, euro, strict=True):
        draft.granted = part


def _divide(drafts: Sequence[Draft], euro: int, random: Random) -> None:
    """Divide an amount in whole units; one line takes what is less than a unit."""
    floors = [draft.floor * draft.indicator.unit_amount for draft in drafts]
    caps = [draft.cap * draft.indicator.unit_amount for draft in drafts]
    for draft, part in zip(drafts, bounded_split(euro, _weights(drafts, random), floors, caps), strict=True):
        draft.units = draft.planned = part // draft.indicator.unit_amount
        draft.granted = draft.requested
    rest = euro - sum(draft.granted for draft in drafts)
    order = list(drafts)
    random.shuffle(order)
    for draft in order:
        more = min(rest // draft.indicator.unit_amount, draft.cap - draft.units)
        draft.units += more
        draft.planned = draft.units
        draft.granted = draft.requested
        rest -= more * draft.indicator.unit_amount
    if rest:
        last = next(d for d in order if d.units < d.cap and d.indicator.unit_amount > rest)
        last.planned += 1
        last.granted += rest


def _ask(draft: Draft, random: Random, *, short: bool) -> None:
    """Let a line ask more than it gets, and reach people already."""
    if random.randrange(100) < MORE_ASKED[short]:
        draft.planned += random.randint(0, (draft.cap - draft.planned) // 2)
    draft.existing = random.randint(0, draft.planned)


def _refused(facts: RoundFacts, target: RoundTarget, places: Mapping[int, Places], random: Random) -> list[Draft]:
    """Lines that get nothing, each of an action of which no figure was published."""
    drafts: list[Draft] = []
    open_actions = [action for action in sorted(places) if target.of(action) == ActionTarget()]
    busy = {(action, name) for action, at in places.items() for names in at.values() for name in names}
    seen = sorted({(position, names) for at in places.values() for position, names in at.items()})
    random.shuffle(seen)
    for position, names in seen:
        action = random.choice(open_actions)
        if len(drafts) == REFUSED_LINES or position in places[action] or any((action, name) in busy for name in names):
            continue
        busy |= {(action, name) for name in names}
        places[action][position] = names
        indicator = random.choice(facts.indicators[action])
        drafts.append(
            Draft(position, indicator, names, indicator.max_units, planned=random.randint(1, indicator.max_units))
        )
    return drafts


def reach_already(drafts: Sequence[Draft], total: int, random: Random) -> None:
    """Give lines existing reach so that it adds up to ``total`` together with the planned reach."""
    rest = total - sum(draft.planned for draft in drafts)
    parts = bounded_split(rest, _weights(drafts, random), [0] * len(drafts), [total] * len(drafts))
    for draft, part in zip(drafts, parts, strict=True):
        draft.existing = part

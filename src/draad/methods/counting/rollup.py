"""The figure of several members together, with what is known of it: exact, at least, between bounds, estimated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from draad.methods.counting.overlap import Deduction, Overlap, deduct, union_bounds
from draad.methods.counting.values import Reported, State
from draad.methods.errors import MethodError


class Counting(StrEnum):
    """How units of several members make one figure."""

    UNIQUE = "unique"
    """Each person once: the same person at two members is one person."""
    ADDITIVE = "additive"
    """Each unit adds: contacts, plans, euro."""


@dataclass(frozen=True)
class RollUp:
    """The figure of members together.

    Args:
        state: of the whole: missing when nothing is known, not applicable when it is for every member, zero only when
            every part is zero, estimated when a part is, else number.
        sum: of the known values; for unique persons no number of persons but an upper bound.
        lower: the true figure is at least this.
        upper: and at most this; None when a part is missing and no population limits it.
        figure: the figure itself, when the rules give one.
        at_least: whether a part is missing, so that ``figure`` or ``sum`` may be more.
        missing: the members without a value.
        note: the method and reason of the deduction.
    """

    state: State
    sum: Decimal
    lower: Decimal
    upper: Decimal | None
    figure: Decimal | None
    at_least: bool = False
    missing: Sequence[str] = ()
    note: str = ""


def roll_up(
    values: Mapping[str, Reported],
    counting: Counting,
    *,
    overlaps: Sequence[Overlap] = (),
    deduction: Deduction | None = None,
    population: Decimal | None = None,
) -> RollUp:
    """Put the values of members together.

    Not applicable parts do not take part. A missing part makes the result "at least" and leaves the upper bound open;
    for unique persons a known ``population`` (persons who could be counted at all) closes it.

    Raises:
        MethodError: for no members, overlaps or deduction with additive units, both at once, or a contradiction.
    """
    if not values:
        raise MethodError("there are no members to put together.")
    if counting is Counting.ADDITIVE and (overlaps or deduction or population is not None):
        raise MethodError("overlaps, a deduction and a population belong to unique persons; these units add up.")
    if overlaps and deduction:
        raise MethodError("give measured overlaps or a deduction, not both: one figure has one method.")
    known = {name: value.value for name, value in values.items() if value.value is not None}
    absent = tuple(sorted(name for name, value in values.items() if value.state is State.MISSING))
    if not known:
        state = State.MISSING if absent else State.NOT_APPLICABLE
        return RollUp(state, Decimal(0), Decimal(0), None, None, at_least=bool(absent), missing=absent)
    total = sum(known.values(), start=Decimal(0))
    lower, upper = (total, total) if counting is Counting.ADDITIVE else union_bounds(known, overlaps)
    is_estimate = any(value.state is State.ESTIMATED for value in values.values())
    note = ""
    if deduction:
        lower = upper = deduct(known, deduction)
        is_estimate = is_estimate or deduction.is_estimate
        note = f"{deduction.method}: {deduction.reason}"
    highest = _highest(lower, upper, absent, population)
    # The bounds of one figure are drawn from parts that are all there; only then can they meet in it.
    figure = lower if lower == upper else None
    return RollUp(_state(figure, total, is_estimate=is_estimate, absent=absent), total, lower, highest, figure,
                  bool(absent), absent, note)  # fmt: skip


def _highest(lower: Decimal, upper: Decimal, absent: Sequence[str], population: Decimal | None) -> Decimal | None:
    if population is not None and population < lower:
        raise MethodError(
            f"at least {lower} different persons were counted, more than the population of {population}."
        )
    if absent:
        return population
    return upper if population is None else min(upper, population)


def _state(figure: Decimal | None, total: Decimal, *, is_estimate: bool, absent: Sequence[str]) -> State:
    if is_estimate:
        return State.ESTIMATED
    return State.ZERO if total == 0 and not absent and figure == 0 else State.NUMBER

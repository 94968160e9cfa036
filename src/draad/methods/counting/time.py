"""Figures over time: stocks and flows, existing reach, and what was reached of a target."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum

from draad.methods.counting.rollup import Counting, RollUp, roll_up
from draad.methods.counting.values import Reported, State, not_applicable, number
from draad.methods.errors import MethodError


class Nature(StrEnum):
    """Whether a figure is counted at a moment or over a time."""

    STOCK = "stock"
    """At a moment, such as plans in force on the last day: the last one counts, they never add up."""
    FLOW = "flow"
    """Over a time, such as contacts in half a year: parts of the time add up, persons by the rule for persons."""


def over_periods(
    values: Mapping[str, Reported], nature: Nature, counting: Counting, *, population: Decimal | None = None
) -> RollUp:
    """The figure of consecutive periods together; ``values`` is in the order of time.

    A stock is that of the last period for which one is applicable, missing when that one is missing: an older stock
    does not stand in for it. A flow of additive units adds up; a flow of unique persons lies between the largest
    period and the sum, because a person may come in both.
    """
    if nature is Nature.FLOW:
        return roll_up(values, counting, population=population)
    applicable = {name: value for name, value in values.items() if value.state is not State.NOT_APPLICABLE}
    last = list(applicable)[-1:] or list(values)[-1:]
    return roll_up({name: values[name] for name in last}, Counting.ADDITIVE)


def with_baseline(reached: Reported, baseline: Reported, *, included: bool) -> Reported:
    """What was reached on top of what was there already (existing reach).

    Args:
        reached: as reported.
        baseline: existing reach before the round.
        included: whether ``reached`` contains the baseline (reports of Plan Samenleven do).

    Returns:
        the additional reach; missing when one of both is missing, estimated when one of both is.

    Raises:
        MethodError: when less was reached than was there already, though it is included.
    """
    if reached.state is State.NOT_APPLICABLE:
        return not_applicable()
    if reached.value is None or baseline.state is State.MISSING:
        return Reported(State.MISSING)
    if not included or baseline.value is None:
        return reached
    additional = reached.value - baseline.value
    if additional < 0:
        raise MethodError(
            f"{reached.value} was reached with the existing reach of {baseline.value} included, which is less than "
            "there was; check whether it is included."
        )
    return _like(additional, reached, baseline)


def share_of(reached: Reported, target: Reported) -> Reported:
    """What was reached as a percentage of the target (exact; round when it is shown).

    Not applicable when the target is zero or not applicable, missing when one of both is, estimated when one is.
    """
    if State.NOT_APPLICABLE in {reached.state, target.state} or target.value == 0:
        return not_applicable()
    if reached.value is None or target.value is None:
        return Reported(State.MISSING)
    return _like(reached.value * 100 / target.value, reached, target)


def _like(value: Decimal, *parts: Reported) -> Reported:
    if any(part.state is State.ESTIMATED for part in parts):
        return Reported(State.ESTIMATED, value)
    return number(value)

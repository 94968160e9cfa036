"""Split an amount or a count over a divided interval, so that the parts add up exactly.

Source: largest remainder, see ``draad.methods.rounding``. Of equal remainders the earlier period goes first. Periods
have an order of their own, so the result does not depend on the order in which events are given.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Generic, TypeVar

from draad.methods.errors import MethodError
from draad.methods.periods.division import Division, Period
from draad.methods.rounding import euro, split_whole
from draad.methods.tabular import LARGEST_CENTS

V = TypeVar("V", Decimal, int)


@dataclass(frozen=True, slots=True)
class Part(Generic[V]):
    """What falls in one period: ``value`` as given, ``exact`` as it would be without rounding, in the same unit."""

    period: Period
    value: V
    exact: Fraction


@dataclass(frozen=True, slots=True)
class Split(Generic[V]):
    """A total (euro with two decimals, or whole units) and its parts in the order of time, which add up to it."""

    total: V
    division: Division
    parts: tuple[Part[V], ...]


def split_amount(amount: Decimal, division: Division) -> Split[Decimal]:
    """Split an amount in euro; every part has two decimals and lies less than a cent from its exact share.

    Raises MethodError when the amount is negative, not finite, too large, or has more than two decimals.
    """
    cents = _cents(amount)
    parts = split_whole(cents, [period.weight for period in division.periods])
    exact = _exact(Fraction(amount), division)
    values = zip(division.periods, map(euro, parts), exact, strict=True)
    return Split(euro(cents), division, tuple(Part(*value) for value in values))


def split_count(count: int, division: Division) -> Split[int]:
    """Split a count of whole units, such as persons; every part lies less than one unit from its exact share.

    Raises MethodError when the count is negative.
    """
    if count < 0:
        raise MethodError(f"the count {count} is negative; a count is zero or more.")
    parts = split_whole(count, [period.weight for period in division.periods])
    values = zip(division.periods, parts, _exact(Fraction(count), division), strict=True)
    return Split(count, division, tuple(Part(*value) for value in values))


def _exact(total: Fraction, division: Division) -> list[Fraction]:
    whole = division.weight
    return [total * period.weight / whole for period in division.periods]


def _cents(amount: Decimal) -> int:
    if not amount.is_finite() or amount < 0:
        raise MethodError(f"the amount {amount} is not an amount of zero or more euro.")
    if amount > euro(LARGEST_CENTS):
        raise MethodError(f"{amount} euro is larger than any budget; check the amount.")
    cents = Fraction(amount) * 100
    if cents.denominator != 1:
        raise MethodError(f"the amount {amount} has more than two decimals; an amount in euro has at most two.")
    return cents.numerator

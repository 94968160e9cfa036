"""How an interval is divided over calendar units: what each part of it weighs, by days, by months or by dated events.

The weights are exact fractions. Those by days and by months are additive: of two adjoining intervals they sum to the
weights of the whole, unit by unit.
"""

from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from draad.methods.errors import MethodError
from draad.methods.periods.interval import Interval, Unit, name_of


class By(StrEnum):
    """What is counted to divide an interval."""

    DAYS = "days"
    MONTHS = "months"
    EVENTS = "events"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that took place on a date and weighs so much (zero or more, 1 when nothing else is known).

    ``where`` names the place it was read from, for messages. Raises MethodError when the weight is negative.
    """

    day: date
    weight: Fraction = Fraction(1)
    where: str | None = None

    def __post_init__(self) -> None:
        if self.weight < 0:
            raise MethodError(f"the weight {self.weight} is negative; a weight is zero or more.", self.where)


@dataclass(frozen=True, slots=True)
class Period:
    """The part of an interval within one calendar unit, and what it weighs.

    ``name`` is that of the unit, such as ``2022-Q4``. ``events`` is the number of events in it, None when the division
    is not by events.
    """

    name: str
    interval: Interval
    weight: Fraction
    events: int | None = None


@dataclass(frozen=True, slots=True)
class Division:
    """An interval divided over the calendar units it touches, in the order of time."""

    interval: Interval
    into: Unit
    by: By
    periods: tuple[Period, ...]

    @property
    def weight(self) -> Fraction:
        """Return what all periods weigh together."""
        return sum((period.weight for period in self.periods), Fraction())


def by_days(interval: Interval, into: Unit = Unit.YEAR) -> Division:
    """Divide by calendar days: a period weighs the number of its days, 29 February included in a leap year."""
    return _divide(interval, into, By.DAYS, lambda piece: Fraction(piece.days))


def by_months(interval: Interval, into: Unit = Unit.YEAR) -> Division:
    """Divide by calendar months: a whole month weighs 1, a partial month its days as a share of that month's days.

    So 15 to 31 January weighs 17/31, whatever the length of the interval.
    """
    return _divide(interval, into, By.MONTHS, _months_in)


def by_events(interval: Interval, events: Iterable[Event], into: Unit = Unit.YEAR) -> Division:
    """Divide by dated events: a period weighs the sum of the weights of the events in it.

    Events on the same day all count. The order of the events does not matter. Raises MethodError when an event lies
    outside the interval, when there are none, or when all weigh zero.
    """
    found = list(events)
    for event in found:
        if event.day not in interval:
            raise MethodError(f"{event.day} lies outside the interval {interval}.", event.where)
    if not any(event.weight for event in found):
        wrong = "all events weigh zero" if found else "there are no events"
        raise MethodError(f"{wrong}; give at least one event that weighs more than zero in {interval}.")
    inside: dict[str, list[Fraction]] = {}
    for event in found:
        inside.setdefault(name_of(into, event.day), []).append(event.weight)
    pieces = [(name_of(into, piece.first), piece) for piece in interval.cut(into)]
    weights = {name: inside.get(name, []) for name, _ in pieces}
    periods = (Period(name, piece, sum(weights[name], Fraction()), len(weights[name])) for name, piece in pieces)
    return Division(interval, into, By.EVENTS, tuple(periods))


def _divide(interval: Interval, into: Unit, by: By, weigh: Callable[[Interval], Fraction]) -> Division:
    periods = (Period(name_of(into, piece.first), piece, weigh(piece)) for piece in interval.cut(into))
    return Division(interval, into, by, tuple(periods))


def _months_in(interval: Interval) -> Fraction:
    months = interval.cut(Unit.MONTH)
    return sum((Fraction(m.days, monthrange(m.first.year, m.first.month)[1]) for m in months), Fraction())

"""Closed intervals of dates, and the calendar years, quarters and months they touch."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from draad.methods.errors import MethodError


class Unit(StrEnum):
    """The calendar unit that an interval is cut into."""

    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"

    @property
    def months(self) -> int:
        """Return the number of calendar months in the unit."""
        return {Unit.YEAR: 12, Unit.QUARTER: 3, Unit.MONTH: 1}[self]


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """A closed interval of dates: the first and the last day both belong to it.

    Raises MethodError when the last day is before the first. An interval of one day has the same first and last day.
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise MethodError(f"the interval ends on {self.last}, before it begins on {self.first}; swap the dates.")

    def __str__(self) -> str:
        return f"{self.first} to {self.last}"

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def days(self) -> int:
        """Return the number of days, the first and the last included."""
        return (self.last - self.first).days + 1

    def cut(self, into: Unit) -> tuple["Interval", ...]:
        """Return the part of the interval in each calendar unit it touches, in the order of time."""
        return tuple(self._pieces(into))

    def _pieces(self, into: Unit) -> Iterator["Interval"]:
        first = self.first
        while True:
            last = min(last_day_of(into, first), self.last)
            yield Interval(first, last)
            if last == self.last:
                return
            first = last + timedelta(days=1)


def last_day_of(unit: Unit, day: date) -> date:
    """Return the last day of the calendar year, quarter or month in which ``day`` lies."""
    month = (day.month - 1) // unit.months * unit.months + unit.months
    return date(day.year, month, monthrange(day.year, month)[1])


def name_of(unit: Unit, day: date) -> str:
    """Return the name of the unit in which ``day`` lies: ``2022``, ``2022-Q4`` or ``2022-10``."""
    names = {
        Unit.YEAR: f"{day.year:04}",
        Unit.QUARTER: f"{day.year:04}-Q{(day.month + 2) // 3}",
        Unit.MONTH: f"{day.year:04}-{day.month:02}",
    }
    return names[unit]

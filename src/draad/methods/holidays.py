"""Belgian public holidays, and terms in working days.

Sources: Act of 4 January 1974 on public holidays, and article 1 of the Royal Decree of 18 April 1974 that carries it
out (the legal list of ten). For 2008, when Ascension Day fell on 1 May, the Royal Decree of 3 June 2007 put 2 May in
its place. That the day of the event does not count in a term: Judicial Code, article 52, and Regulation (EEC, Euratom)
1182/71, article 3; that a working day is no Saturday, Sunday or public holiday: its article 2.
"""

from collections.abc import Iterator, Set
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta
from functools import cache

from draad.methods.errors import MethodError

FIRST_YEAR = 1975
"""The first whole year under the Royal Decree of 18 April 1974."""

_FIXED = {
    "New Year's Day": (1, 1),
    "Labour Day": (5, 1),
    "National Day": (7, 21),
    "Assumption of Mary": (8, 15),
    "All Saints' Day": (11, 1),
    "Armistice Day": (11, 11),
    "Christmas Day": (12, 25),
}
_DAYS_AFTER_EASTER = {"Easter Monday": 1, "Ascension Day": 39, "Whit Monday": 50}
_MOVED = {("Ascension Day", 2008): date(2008, 5, 2)}
_SATURDAY = 5


@dataclass(frozen=True, slots=True, order=True)
class Holiday:
    """A public holiday: its date in one year and its English name."""

    day: date
    name: str


def easter_sunday(year: int) -> date:
    """Return the date of Easter Sunday in the Gregorian calendar, for the years 1583 to 9999.

    Source: the anonymous algorithm in Nature of 20 April 1876, as in Meeus, *Astronomical Algorithms* (1991), chapter
    8. Raises MethodError for another year.
    """
    if not 1583 <= year <= MAXYEAR:
        raise MethodError(f"the date of Easter is known for the years 1583 to {MAXYEAR}, not for {year}.")
    golden = year % 19
    century, of_century = divmod(year, 100)
    leap_centuries, century_rest = divmod(century, 4)
    moon_shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - moon_shift + 15) % 30
    weekday = (32 + 2 * century_rest + 2 * (of_century // 4) - epact - of_century % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@cache
def public_holidays(year: int) -> tuple[Holiday, ...]:
    """Return the ten legal public holidays of Belgium in a year, in the order of time.

    Two of them can fall on one date (1 May and Ascension Day, next in 2160) unless a decree has moved one. Days that
    replace a holiday on a Sunday differ by employer and are not in the list; neither are the days off of
    administrations, such as 11 July or 2 November. Raises MethodError for a year before 1975.
    """
    if not FIRST_YEAR <= year <= MAXYEAR:
        raise MethodError(
            f"the legal list of public holidays is known for the years {FIRST_YEAR} to {MAXYEAR}, not {year}."
        )
    fixed = [Holiday(date(year, month, day), name) for name, (month, day) in _FIXED.items()]
    easter = easter_sunday(year)
    movable = [
        Holiday(_MOVED.get((name, year), easter + timedelta(days=after)), name)
        for name, after in _DAYS_AFTER_EASTER.items()
    ]
    return tuple(sorted([*fixed, *movable]))


@cache
def _holiday_dates(year: int) -> frozenset[date]:
    return frozenset(holiday.day for holiday in public_holidays(year))


def is_working_day(day: date, closed: Set[date] = frozenset()) -> bool:
    """Return whether the day is a working day: no Saturday, no Sunday, no legal public holiday and not ``closed``.

    ``closed`` holds the days an administration or a decree adds, such as one that replaces a holiday on a Sunday.
    Raises MethodError for a day before 1975.
    """
    return day not in _holiday_dates(day.year) and day.weekday() < _SATURDAY and day not in closed


def add_working_days(
    start: date, days: int, *, first_day_counts: bool = False, closed: Set[date] = frozenset()
) -> date:
    """Return the last day of a term of so many working days (one or more) that begins on ``start``.

    By default ``start`` itself does not count: it is the day of the event, such as the receipt of a letter. With
    ``first_day_counts`` it is the first day of the term if it is a working day. Raises MethodError when ``days`` is
    not one or more, when ``start`` is before 1975, or when the term runs past the year 9999.
    """
    if days < 1:
        raise MethodError(f"a term has one working day or more, not {days}.")
    counted = 0
    for day in _days_from(start, date.max, first_counts=first_day_counts):
        counted += is_working_day(day, closed)
        if counted == days:
            return day
    raise MethodError(f"a term of {days} working days from {start} runs past the year {MAXYEAR}.")


def working_days_between(
    first: date, last: date, *, first_day_counts: bool = False, closed: Set[date] = frozenset()
) -> int:
    """Return the number of working days from ``first`` up to and including ``last``.

    ``first`` itself counts only with ``first_day_counts``. With the same rule it is the inverse of
    ``add_working_days``. Raises MethodError when ``last`` is before ``first``.
    """
    if last < first:
        raise MethodError(f"the last day {last} is before the first day {first}; swap them.")
    return sum(is_working_day(day, closed) for day in _days_from(first, last, first_counts=first_day_counts))


def _days_from(first: date, last: date, *, first_counts: bool) -> Iterator[date]:
    start = first.toordinal() + (not first_counts)
    return (date.fromordinal(day) for day in range(start, last.toordinal() + 1))

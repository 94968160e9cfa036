"""Closed intervals: their days, and the calendar units they are cut into."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given

from draad.methods.errors import MethodError
from draad.methods.periods import Interval, Unit
from draad.methods.periods.interval import last_day_of, name_of
from tests.methods.periods.helpers import UNITS, interval, intervals


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("2022-10-01", "2023-09-30", 365),
        ("2023-10-01", "2024-09-30", 366),
        ("2024-02-29", "2024-02-29", 1),
        ("2024-02-28", "2024-03-01", 3),
        ("2023-02-28", "2023-03-01", 2),
        ("1900-02-28", "1900-03-01", 2),
        ("2000-02-28", "2000-03-01", 3),
    ],
)
def test_both_ends_belong_to_the_interval(first: str, last: str, days: int) -> None:
    assert interval(first, last).days == days


def test_an_interval_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(MethodError, match=r"ends on 2022-09-30, before it begins on 2022-10-01; swap the dates"):
        interval("2022-10-01", "2022-09-30")


def test_membership_is_closed() -> None:
    year = interval("2022-10-01", "2023-09-30")
    assert date(2022, 10, 1) in year
    assert date(2023, 9, 30) in year
    assert date(2022, 9, 30) not in year
    assert date(2023, 10, 1) not in year


def test_project_year_in_calendar_years() -> None:
    pieces = interval("2022-10-01", "2023-09-30").cut(Unit.YEAR)
    assert pieces == (interval("2022-10-01", "2022-12-31"), interval("2023-01-01", "2023-09-30"))


def test_project_year_in_quarters() -> None:
    pieces = interval("2022-10-01", "2023-09-30").cut(Unit.QUARTER)
    assert [piece.days for piece in pieces] == [92, 90, 91, 92]
    assert [name_of(Unit.QUARTER, piece.first) for piece in pieces] == ["2022-Q4", "2023-Q1", "2023-Q2", "2023-Q3"]


def test_leap_project_year_in_months() -> None:
    pieces = interval("2023-10-01", "2024-09-30").cut(Unit.MONTH)
    assert [piece.days for piece in pieces] == [31, 30, 31, 31, 29, 31, 30, 31, 30, 31, 31, 30]


def test_partial_units_at_both_ends() -> None:
    pieces = interval("2022-11-15", "2023-01-02").cut(Unit.MONTH)
    assert [str(piece) for piece in pieces] == [
        "2022-11-15 to 2022-11-30",
        "2022-12-01 to 2022-12-31",
        "2023-01-01 to 2023-01-02",
    ]


@pytest.mark.parametrize("unit", Unit)
def test_one_day_is_one_piece(unit: Unit) -> None:
    day = interval("2024-02-29", "2024-02-29")
    assert day.cut(unit) == (day,)


@pytest.mark.parametrize("unit", Unit)
def test_the_last_day_of_the_calendar_can_be_cut(unit: Unit) -> None:
    assert Interval(date(9999, 12, 30), date.max).cut(unit)[-1].last == date.max


@pytest.mark.parametrize(
    ("month", "quarter", "ends"),
    [(1, 1, (3, 31)), (3, 1, (3, 31)), (4, 2, (6, 30)), (6, 2, (6, 30)), (7, 3, (9, 30)), (12, 4, (12, 31))],
)
def test_quarters(month: int, quarter: int, ends: tuple[int, int]) -> None:
    day = date(2023, month, 15)
    assert name_of(Unit.QUARTER, day) == f"2023-Q{quarter}"
    assert last_day_of(Unit.QUARTER, day) == date(2023, *ends)


def test_names_sort_in_time_also_early_years() -> None:
    assert name_of(Unit.YEAR, date(987, 3, 1)) == "0987"
    assert name_of(Unit.MONTH, date(2023, 3, 1)) == "2023-03"


@given(intervals(), UNITS)
def test_pieces_adjoin_and_cover_the_interval(whole: Interval, unit: Unit) -> None:
    pieces = whole.cut(unit)
    assert pieces[0].first == whole.first
    assert pieces[-1].last == whole.last
    assert all(later.first == earlier.last + timedelta(days=1) for earlier, later in pairwise(pieces))


@given(intervals(), UNITS)
def test_each_piece_lies_in_a_unit_of_its_own(whole: Interval, unit: Unit) -> None:
    pieces = whole.cut(unit)
    names = [name_of(unit, piece.first) for piece in pieces]
    assert names == [name_of(unit, piece.last) for piece in pieces]
    assert len(set(names)) == len(names)
    assert names == sorted(names)

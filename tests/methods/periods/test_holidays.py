"""Easter, the ten legal holidays, and terms in working days, against published tables and counts by hand."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draad.methods.errors import MethodError
from draad.methods.holidays import (
    add_working_days,
    easter_sunday,
    is_working_day,
    public_holidays,
    working_days_between,
)

EASTER_2001_TO_2030 = [
    "04-15",
    "03-31",
    "04-20",
    "04-11",
    "03-27",
    "04-16",
    "04-08",
    "03-23",
    "04-12",
    "04-04",
    "04-24",
    "04-08",
    "03-31",
    "04-20",
    "04-05",
    "03-27",
    "04-16",
    "04-01",
    "04-21",
    "04-12",
    "04-04",
    "04-17",
    "04-09",
    "03-31",
    "04-20",
    "04-05",
    "03-28",
    "04-16",
    "04-01",
    "04-21",
]
EASTER_AT_THE_EDGES = [
    "1818-03-22",
    "1886-04-25",
    "1943-04-25",
    "1954-04-18",
    "1981-04-19",
    "2038-04-25",
    "2285-03-22",
]
DAYS = st.dates(date(1980, 1, 1), date(2120, 12, 31))


def day(text: str) -> date:
    return date.fromisoformat(text)


def gauss_easter(year: int) -> date:
    """Return Easter by the rule of Gauss with its two exceptions: another road to the same date."""
    century = year // 100
    m = (15 - (13 + 8 * century) // 25 + century - century // 4) % 30
    n = (4 + century - century // 4) % 7
    d = (19 * (year % 19) + m) % 30
    e = (2 * (year % 4) + 4 * (year % 7) + 6 * d + n) % 7
    found = date(year, 3, 22) + timedelta(days=d + e)
    if (d, e) == (29, 6) or ((d, e) == (28, 6) and (11 * m + 11) % 30 < 19):
        return found - timedelta(days=7)
    return found


@pytest.mark.parametrize(("year", "expected"), list(enumerate(EASTER_2001_TO_2030, start=2001)))
def test_easter_in_the_published_table(year: int, expected: str) -> None:
    assert easter_sunday(year) == day(f"{year}-{expected}")


@pytest.mark.parametrize("expected", EASTER_AT_THE_EDGES)
def test_earliest_latest_and_corrected_easters(expected: str) -> None:
    assert easter_sunday(int(expected[:4])) == day(expected)


def test_easter_agrees_with_gauss_in_every_year() -> None:
    assert all(easter_sunday(year) == gauss_easter(year) for year in range(1583, 10_000))


@pytest.mark.parametrize("year", [1582, 0, 10_000])
def test_easter_outside_the_calendar_is_refused(year: int) -> None:
    with pytest.raises(MethodError, match=f"years 1583 to 9999, not for {year}"):
        easter_sunday(year)


@pytest.mark.parametrize(
    ("year", "movable"),
    [
        (2016, ["03-28", "05-05", "05-16"]),
        (2022, ["04-18", "05-26", "06-06"]),
        (2023, ["04-10", "05-18", "05-29"]),
        (2024, ["04-01", "05-09", "05-20"]),
        (2025, ["04-21", "05-29", "06-09"]),
        (2026, ["04-06", "05-14", "05-25"]),
    ],
)
def test_the_ten_holidays_of_a_year(year: int, movable: list[str]) -> None:
    fixed = ["01-01", "05-01", "07-21", "08-15", "11-01", "11-11", "12-25"]
    assert [holiday.day for holiday in public_holidays(year)] == sorted(day(f"{year}-{d}") for d in [*fixed, *movable])


def test_holidays_have_their_names() -> None:
    assert [holiday.name for holiday in public_holidays(2023)] == [
        "New Year's Day",
        "Easter Monday",
        "Labour Day",
        "Ascension Day",
        "Whit Monday",
        "National Day",
        "Assumption of Mary",
        "All Saints' Day",
        "Armistice Day",
        "Christmas Day",
    ]


def test_ascension_day_of_2008_was_put_on_2_may() -> None:
    dates = {holiday.name: holiday.day for holiday in public_holidays(2008)}
    assert dates["Labour Day"] == day("2008-05-01")
    assert dates["Ascension Day"] == day("2008-05-02")
    assert not is_working_day(day("2008-05-02"))


def test_without_a_decree_two_holidays_can_share_a_date() -> None:
    assert len(public_holidays(2160)) == 10
    assert len({holiday.day for holiday in public_holidays(2160)}) == 9


@pytest.mark.parametrize("year", [1974, 10_000])
def test_years_without_the_legal_list_are_refused(year: int) -> None:
    with pytest.raises(MethodError, match=f"years 1975 to 9999, not {year}"):
        public_holidays(year)


@pytest.mark.parametrize(
    ("text", "works"),
    [
        ("2023-05-17", True),
        ("2023-05-18", False),
        ("2023-05-19", True),
        ("2023-05-20", False),
        ("2023-05-21", False),
        ("2023-07-11", True),
        ("2023-11-02", True),
        ("2023-04-07", True),
    ],
)
def test_working_days_holidays_and_weekends(text: str, works: bool) -> None:
    assert is_working_day(day(text)) is works


def test_an_administration_adds_its_closed_days() -> None:
    closed = {day("2023-11-02"), day("2023-11-04")}
    assert not is_working_day(day("2023-11-02"), closed)
    assert add_working_days(day("2023-10-31"), 1) == day("2023-11-02")
    assert add_working_days(day("2023-10-31"), 1, closed=closed) == day("2023-11-03")
    assert working_days_between(day("2023-10-31"), day("2023-11-03"), closed=closed) == 1


@pytest.mark.parametrize(
    ("start", "days", "last", "last_with_first"),
    [
        ("2022-07-01", 20, "2022-08-01", "2022-07-29"),  # over 21 July
        ("2023-12-22", 5, "2024-01-02", "2023-12-29"),  # over Christmas and New Year
        ("2024-04-30", 6, "2024-05-10", "2024-05-08"),  # over 1 May and Ascension Day
        ("2023-10-14", 1, "2023-10-16", "2023-10-16"),  # from a Saturday: the first day is no working day
        ("2023-10-16", 1, "2023-10-17", "2023-10-16"),
        ("2025-04-18", 1, "2025-04-22", "2025-04-18"),  # over Easter
    ],
)
def test_terms_counted_by_hand(start: str, days: int, last: str, last_with_first: str) -> None:
    assert add_working_days(day(start), days) == day(last)
    assert add_working_days(day(start), days, first_day_counts=True) == day(last_with_first)


@pytest.mark.parametrize(("year", "expected"), [(2023, 252), (2024, 253), (2025, 252)])
def test_working_days_of_a_year(year: int, expected: int) -> None:
    assert working_days_between(date(year, 1, 1), date(year, 12, 31), first_day_counts=True) == expected


def test_from_a_day_to_itself() -> None:
    monday = day("2023-10-16")
    assert working_days_between(monday, monday) == 0
    assert working_days_between(monday, monday, first_day_counts=True) == 1


@pytest.mark.parametrize("days", [0, -1])
def test_a_term_of_no_days_is_refused(days: int) -> None:
    with pytest.raises(MethodError, match=f"one working day or more, not {days}"):
        add_working_days(day("2023-10-16"), days)


def test_days_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(MethodError, match="last day 2023-10-15 is before the first day 2023-10-16; swap them"):
        working_days_between(day("2023-10-16"), day("2023-10-15"))


def test_a_term_past_the_calendar_is_refused() -> None:
    assert add_working_days(day("9999-12-30"), 1) == day("9999-12-31")
    with pytest.raises(MethodError, match="2 working days from 9999-12-30 runs past the year 9999"):
        add_working_days(day("9999-12-30"), 2)


def test_a_term_before_the_decree_is_refused() -> None:
    with pytest.raises(MethodError, match="not 1974"):
        add_working_days(day("1974-12-02"), 1)


@given(DAYS, st.integers(1, 60), st.booleans())
def test_counting_back_gives_the_term(start: date, days: int, first: bool) -> None:
    last = add_working_days(start, days, first_day_counts=first)
    assert is_working_day(last)
    assert working_days_between(start, last, first_day_counts=first) == days


@given(DAYS, st.integers(0, 400), st.integers(0, 400))
def test_working_days_are_additive_over_adjoining_intervals(start: date, here: int, there: int) -> None:
    middle = start + timedelta(days=here)
    end = middle + timedelta(days=there)
    assert working_days_between(start, end) == working_days_between(start, middle) + working_days_between(middle, end)


@given(DAYS, st.integers(1, 60))
def test_the_first_day_counts_only_when_it_is_a_working_day(start: date, days: int) -> None:
    before = start - timedelta(days=1)
    assert add_working_days(start, days, first_day_counts=True) == add_working_days(before, days)


@given(st.integers(1975, 9999))
def test_every_year_has_ten_holidays_of_which_two_mondays_and_ascension_on_thursday(year: int) -> None:
    found = {holiday.name: holiday.day for holiday in public_holidays(year)}
    assert len(found) == 10
    assert found["Easter Monday"].weekday() == found["Whit Monday"].weekday() == 0
    assert found["Ascension Day"].weekday() == (4 if year == 2008 else 3)

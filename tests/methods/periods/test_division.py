"""What periods weigh: days, months with partial months, dated events."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draad.methods.errors import MethodError
from draad.methods.periods import Division, Event, Interval, Unit, by_days, by_events, by_months
from tests.methods.periods.helpers import UNITS, adjoining, dated_events, event, interval, intervals

PROJECT_YEAR = interval("2022-10-01", "2023-09-30")


def weights(division: Division) -> list[Fraction]:
    return [period.weight for period in division.periods]


def by_name(*divisions: Division) -> dict[str, Fraction]:
    """Return the weights by name of period, added up over the divisions."""
    found: dict[str, Fraction] = {}
    for division in divisions:
        for period in division.periods:
            found[period.name] = found.get(period.name, Fraction()) + period.weight
    return found


def test_days_of_a_project_year() -> None:
    assert weights(by_days(PROJECT_YEAR)) == [92, 273]


def test_days_of_a_leap_project_year() -> None:
    assert weights(by_days(interval("2023-10-01", "2024-09-30"))) == [92, 274]


def test_months_of_a_project_year() -> None:
    assert weights(by_months(PROJECT_YEAR)) == [3, 9]


def test_a_partial_month_weighs_its_share_of_its_own_days() -> None:
    division = by_months(interval("2022-12-15", "2023-02-14"), Unit.MONTH)
    assert weights(division) == [Fraction(17, 31), 1, Fraction(14, 28)]


def test_february_of_a_leap_year_is_one_month() -> None:
    assert weights(by_months(interval("2024-02-01", "2024-02-29"))) == [1]
    assert weights(by_months(interval("2024-02-01", "2024-02-28"))) == [Fraction(28, 29)]


def test_a_month_cut_at_both_ends() -> None:
    assert weights(by_months(interval("2023-06-10", "2023-06-12"))) == [Fraction(3, 30)]


def test_events_count_where_they_took_place() -> None:
    events = [event("2022-10-01"), event("2022-12-31"), event("2023-01-01"), event("2023-09-30"), event("2023-09-30")]
    division = by_events(PROJECT_YEAR, events)
    assert weights(division) == [2, 3]
    assert [period.events for period in division.periods] == [2, 3]


def test_periods_without_events_weigh_zero_and_stay() -> None:
    division = by_events(PROJECT_YEAR, [event("2023-02-01", "2.5")], Unit.QUARTER)
    assert [(period.name, period.weight, period.events) for period in division.periods] == [
        ("2022-Q4", 0, 0),
        ("2023-Q1", Fraction(5, 2), 1),
        ("2023-Q2", 0, 0),
        ("2023-Q3", 0, 0),
    ]


@pytest.mark.parametrize("day", ["2022-09-30", "2023-10-01"])
def test_an_event_outside_the_interval_is_refused_with_its_place(day: str) -> None:
    with pytest.raises(MethodError, match=rf"^Row 3: {day} lies outside the interval 2022-10-01 to 2023-09-30"):
        by_events(PROJECT_YEAR, [event("2023-01-01"), event(day, where="row 3")])


def test_an_event_of_weight_zero_outside_the_interval_is_refused_too() -> None:
    with pytest.raises(MethodError, match="outside"):
        by_events(PROJECT_YEAR, [event("2023-01-01"), event("2024-01-01", 0)])


@pytest.mark.parametrize(
    ("events", "wrong"), [([], "there are no events"), ([event("2023-01-01", 0)], "all events weigh zero")]
)
def test_nothing_to_weigh_is_refused(events: list[Event], wrong: str) -> None:
    with pytest.raises(
        MethodError, match=f"{wrong}; give at least one event that weighs more than zero in 2022-10-01"
    ):
        by_events(PROJECT_YEAR, events)


def test_a_negative_weight_is_refused_with_its_place() -> None:
    with pytest.raises(MethodError, match=r"^Row 2: the weight -1/2 is negative; a weight is zero or more"):
        event("2023-01-01", "-0.5", "row 2")


@given(intervals(), UNITS)
def test_days_add_up_to_the_days_of_the_interval(whole: Interval, unit: Unit) -> None:
    assert by_days(whole, unit).weight == whole.days


@given(adjoining(), UNITS)
def test_days_and_months_are_additive_over_adjoining_intervals(
    found: tuple[Interval, Interval, Interval], unit: Unit
) -> None:
    whole, before, after = found
    assert by_name(by_days(whole, unit)) == by_name(by_days(before, unit), by_days(after, unit))
    assert by_name(by_months(whole, unit)) == by_name(by_months(before, unit), by_months(after, unit))


@given(intervals())
def test_months_in_a_year_add_up_from_its_months(whole: Interval) -> None:
    monthly = by_months(whole, Unit.MONTH)
    for year in by_months(whole).periods:
        assert year.weight == sum(month.weight for month in monthly.periods if month.name.startswith(year.name))


@given(intervals())
def test_no_calendar_month_weighs_more_than_one_and_none_nothing(whole: Interval) -> None:
    assert all(0 < weight <= 1 for weight in weights(by_months(whole, Unit.MONTH)))


@given(st.integers(1990, 2100))
def test_a_whole_calendar_year_is_twelve_months(year: int) -> None:
    assert weights(by_months(interval(f"{year}-01-01", f"{year}-12-31"))) == [12]


@given(dated_events(), UNITS, st.data())
def test_the_order_of_events_does_not_matter(
    found: tuple[Interval, list[Event]], unit: Unit, data: st.DataObject
) -> None:
    within, events = found
    shuffled = data.draw(st.permutations(events))
    assert by_events(within, shuffled, unit) == by_events(within, events, unit)


@given(dated_events(), UNITS)
def test_every_event_is_counted_once(found: tuple[Interval, list[Event]], unit: Unit) -> None:
    within, events = found
    division = by_events(within, iter(events), unit)
    assert division.weight == sum(each.weight for each in events)
    assert sum(period.events or 0 for period in division.periods) == len(events)

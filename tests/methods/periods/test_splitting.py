"""Amounts and counts split over periods: exact sums, largest remainder, ties, refusals."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draad.methods.errors import MethodError
from draad.methods.periods import (
    Division,
    Event,
    Interval,
    Split,
    Unit,
    by_days,
    by_events,
    by_months,
    split_amount,
    split_count,
)
from tests.methods.periods.helpers import UNITS, adjoining, dated_events, event, interval, intervals

PROJECT_YEAR = interval("2022-10-01", "2023-09-30")
LEAP_YEAR = interval("2023-10-01", "2024-09-30")
AMOUNTS = st.decimals(0, 20_000_000, places=2)
COUNTS = st.integers(0, 100_000)
CENT = Fraction(1, 100)


def amounts(amount: str, division: Division) -> list[str]:
    return [str(part.value) for part in split_amount(Decimal(amount), division).parts]


def counts(count: int, division: Division) -> list[int]:
    return [part.value for part in split_count(count, division).parts]


def by_name(*splits: Split[Decimal]) -> dict[str, Decimal]:
    """Return the amounts by name of period, added up over the splits."""
    found: dict[str, Decimal] = {}
    for split in splits:
        for part in split.parts:
            found[part.period.name] = found.get(part.period.name, Decimal(0)) + part.value
    return found


def test_project_year_by_days() -> None:
    assert amounts("28600.00", by_days(PROJECT_YEAR)) == ["7208.77", "21391.23"]


def test_project_year_by_months() -> None:
    assert amounts("28600.00", by_months(PROJECT_YEAR)) == ["7150.00", "21450.00"]


def test_leap_project_year_by_days() -> None:
    assert amounts("16000000.00", by_days(LEAP_YEAR)) == ["4021857.92", "11978142.08"]


def test_project_year_by_events() -> None:
    events = [event("2022-11-05", "1.5"), event("2023-03-01"), event("2023-06-01", "0.5")]
    assert amounts("1000", by_events(PROJECT_YEAR, events)) == ["500.00", "500.00"]


def test_quarters_by_days_by_hand() -> None:
    # 1000 euro over 92, 90, 91 and 92 of 365 days is 252.0547…, 246.5753…, 249.3150…, 252.0547…: three cents down.
    assert amounts("1000", by_days(PROJECT_YEAR, Unit.QUARTER)) == ["252.05", "246.58", "249.32", "252.05"]


def test_of_equal_remainders_the_earlier_period_gets_the_cent() -> None:
    assert amounts("100", by_months(interval("2022-11-01", "2023-01-31"), Unit.MONTH)) == ["33.34", "33.33", "33.33"]
    assert counts(2, by_months(PROJECT_YEAR, Unit.QUARTER)) == [1, 1, 0, 0]


def test_the_tie_goes_by_date_and_not_by_the_order_of_events() -> None:
    events = [event("2023-09-01"), event("2022-11-01"), event("2023-02-01")]
    assert amounts("0.01", by_events(PROJECT_YEAR, events)) == ["0.00", "0.01"]
    assert amounts("0.02", by_events(PROJECT_YEAR, events, Unit.QUARTER)) == ["0.01", "0.01", "0.00", "0.00"]


def test_whole_units() -> None:
    assert counts(80, by_days(PROJECT_YEAR)) == [20, 60]
    assert counts(1, by_days(PROJECT_YEAR)) == [0, 1]


def test_one_day_takes_all() -> None:
    day = interval("2024-02-29", "2024-02-29")
    assert amounts("0.01", by_days(day)) == ["0.01"]
    assert amounts("0.01", by_months(day, Unit.MONTH)) == ["0.01"]


def test_zero_is_split_into_zeros() -> None:
    assert amounts("0", by_days(PROJECT_YEAR)) == ["0.00", "0.00"]
    assert counts(0, by_months(PROJECT_YEAR)) == [0, 0]


def test_parts_keep_what_they_would_be_without_rounding() -> None:
    parts = split_amount(Decimal("28600.00"), by_days(PROJECT_YEAR)).parts
    assert [part.exact for part in parts] == [Fraction(28600 * 92, 365), Fraction(28600 * 273, 365)]


def test_the_total_is_shown_with_two_decimals() -> None:
    assert str(split_amount(Decimal("28600"), by_days(PROJECT_YEAR)).total) == "28600.00"
    assert str(split_amount(Decimal("2.86E+4"), by_days(PROJECT_YEAR)).total) == "28600.00"
    assert str(split_amount(Decimal("28600.000"), by_days(PROJECT_YEAR)).total) == "28600.00"


@pytest.mark.parametrize(
    ("amount", "wrong"),
    [
        ("-0.01", "not an amount of zero or more euro"),
        ("NaN", "not an amount of zero or more euro"),
        ("Infinity", "not an amount of zero or more euro"),
        ("1.005", "the amount 1.005 has more than two decimals"),
        ("1000000000000000.01", "larger than any budget"),
    ],
)
def test_amounts_that_are_refused(amount: str, wrong: str) -> None:
    with pytest.raises(MethodError, match=wrong):
        split_amount(Decimal(amount), by_days(PROJECT_YEAR))


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(MethodError, match="the count -1 is negative"):
        split_count(-1, by_days(PROJECT_YEAR))


@given(AMOUNTS, intervals(), UNITS, st.sampled_from([by_days, by_months]))
def test_parts_add_up_and_lie_within_a_cent(
    amount: Decimal, whole: Interval, unit: Unit, divide: Callable[[Interval, Unit], Division]
) -> None:
    split = split_amount(amount, divide(whole, unit))
    assert sum(part.value for part in split.parts) == amount == split.total
    assert all(part.value.as_tuple().exponent == -2 for part in split.parts)
    assert all(abs(Fraction(part.value) - part.exact) < CENT for part in split.parts)


@given(COUNTS, intervals(), UNITS)
def test_counts_add_up_and_lie_within_a_unit(count: int, whole: Interval, unit: Unit) -> None:
    split = split_count(count, by_months(whole, unit))
    assert sum(part.value for part in split.parts) == count
    assert all(abs(part.value - part.exact) < 1 for part in split.parts)


@given(AMOUNTS, dated_events(), UNITS)
def test_parts_by_events_add_up_and_a_period_without_weight_gets_nothing(
    amount: Decimal, found: tuple[Interval, list[Event]], unit: Unit
) -> None:
    split = split_amount(amount, by_events(*found, unit))
    assert sum(part.value for part in split.parts) == amount
    assert all(part.value == 0 for part in split.parts if part.period.weight == 0)


@given(AMOUNTS, dated_events(), UNITS, st.data())
def test_the_order_of_events_changes_nothing(
    amount: Decimal, found: tuple[Interval, list[Event]], unit: Unit, data: st.DataObject
) -> None:
    within, events = found
    shuffled = data.draw(st.permutations(events))
    assert split_amount(amount, by_events(within, shuffled, unit)) == split_amount(
        amount, by_events(within, events, unit)
    )


@given(AMOUNTS, intervals(), UNITS)
def test_a_period_that_weighs_more_gets_no_less(amount: Decimal, whole: Interval, unit: Unit) -> None:
    parts = split_amount(amount, by_days(whole, unit)).parts
    for earlier, later in combinations(parts, 2):
        if earlier.period.weight >= later.period.weight:
            assert earlier.value >= later.value
        else:
            assert earlier.value <= later.value


@given(AMOUNTS, adjoining())
def test_splitting_in_two_steps_differs_by_cents_only(
    amount: Decimal, found: tuple[Interval, Interval, Interval]
) -> None:
    """Exact shares are additive over adjoining intervals; amounts are, but for the rounding of each step."""
    whole, before, after = found
    at_once = by_name(split_amount(amount, by_days(whole)))
    first = Decimal(round(amount * 100 * before.days / whole.days)).scaleb(-2)
    in_steps = by_name(split_amount(first, by_days(before)), split_amount(amount - first, by_days(after)))
    assert at_once.keys() == in_steps.keys()
    assert sum(in_steps.values()) == amount
    assert all(abs(at_once[name] - in_steps[name]) < Decimal("0.05") for name in at_once)


@given(st.integers(0, 10**6), adjoining())
def test_an_amount_per_day_is_additive_over_adjoining_intervals(
    cents_a_day: int, found: tuple[Interval, Interval, Interval]
) -> None:
    """Without rounding (a whole number of cents a day) the amounts of adjoining intervals add up exactly."""
    whole, before, after = found

    def split(part: Interval) -> Split[Decimal]:
        return split_amount(Decimal(cents_a_day * part.days).scaleb(-2), by_days(part, Unit.QUARTER))

    assert by_name(split(whole)) == by_name(split(before), split(after))

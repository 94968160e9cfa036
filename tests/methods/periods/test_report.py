"""A split in words and as a document."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draad.methods.periods import (
    Division,
    Interval,
    Unit,
    by_days,
    by_events,
    by_months,
    explanation,
    split_amount,
    split_count,
    split_document,
)
from draad.methods.periods.report import number
from tests.methods.periods.helpers import UNITS, event, interval, intervals

PROJECT_YEAR = interval("2022-10-01", "2023-09-30")


def reasons(amount: str, division: Division) -> list[str]:
    return [explanation(part, division) for part in split_amount(Decimal(amount), division).parts]


def test_days_in_words() -> None:
    assert reasons("28600", by_days(PROJECT_YEAR)) == ["92 of 365 days; rounded up", "273 of 365 days; rounded down"]


def test_nothing_is_said_of_rounding_where_there_is_none() -> None:
    assert reasons("28600", by_months(PROJECT_YEAR)) == ["3 of 12 months", "9 of 12 months"]


def test_partial_months_in_words() -> None:
    division = by_months(interval("2022-12-15", "2023-01-31"))
    assert reasons("48", division) == ["17/31 of 1 17/31 months", "1 of 1 17/31 months"]
    assert reasons("0.01", division) == [
        "17/31 of 1 17/31 months; rounded down",
        "1 of 1 17/31 months; rounded up",
    ]


def test_events_in_words() -> None:
    events = [event("2022-11-05"), event("2023-03-01"), event("2023-06-01")]
    division = by_events(PROJECT_YEAR, events)
    assert reasons("300", division) == ["1 of 3 events", "2 of 3 events"]


def test_weighted_events_in_words() -> None:
    events = [event("2022-11-05", "1.5"), event("2023-03-01"), event("2023-06-01", "0.5")]
    division = by_events(PROJECT_YEAR, events)
    assert reasons("300", division) == ["1 of 3 events, weight 1.5 of 3", "2 of 3 events, weight 1.5 of 3"]


def test_counts_in_words() -> None:
    division = by_days(PROJECT_YEAR)
    parts = split_count(80, division).parts
    assert [explanation(part, division) for part in parts] == [
        "92 of 365 days; rounded down",
        "273 of 365 days; rounded up",
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(0), "0"),
        (Fraction(92), "92"),
        (Fraction(100), "100"),
        (Fraction(9, 2), "4.5"),
        (Fraction(1, 10_000), "0.0001"),
        (Fraction(17, 31), "17/31"),
        (Fraction(110, 31), "3 17/31"),
        (Fraction(1, 100_000), "1/100000"),
        (Fraction(10**40 + 1), "1" + "0" * 39 + "1"),
    ],
)
def test_numbers(value: Fraction, text: str) -> None:
    assert number(value) == text


@given(st.fractions(0, 10**6))
def test_numbers_lose_nothing(value: Fraction) -> None:
    assert sum(Fraction(word) for word in number(value).split()) == value


def test_document_of_an_amount() -> None:
    document = split_document(split_amount(Decimal("28600"), by_days(PROJECT_YEAR)))
    assert document == {
        "amount": "28600.00",
        "from": "2022-10-01",
        "to": "2023-09-30",
        "by": "days",
        "into": "year",
        "weight": "365",
        "parts": [
            {
                "period": "2022",
                "from": "2022-10-01",
                "to": "2022-12-31",
                "amount": "7208.77",
                "weight": "92",
                "reason": "92 of 365 days; rounded up",
            },
            {
                "period": "2023",
                "from": "2023-01-01",
                "to": "2023-09-30",
                "amount": "21391.23",
                "weight": "273",
                "reason": "273 of 365 days; rounded down",
            },
        ],
    }


def test_document_of_a_count_has_whole_numbers() -> None:
    document = split_document(split_count(80, by_months(PROJECT_YEAR, Unit.QUARTER)))
    assert document["count"] == 80
    assert "amount" not in document
    assert [part["count"] for part in document["parts"]] == [20, 20, 20, 20]


@given(st.decimals(0, 10**9, places=2), intervals(), UNITS)
def test_the_printed_amounts_add_up(amount: Decimal, whole: Interval, unit: Unit) -> None:
    document = split_document(split_amount(amount, by_days(whole, unit)))
    assert sum(Decimal(part["amount"]) for part in document["parts"]) == Decimal(document["amount"]) == amount

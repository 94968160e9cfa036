"""Numbers, amounts and dates in Dutch and English."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from draad.documents.tables import Gap, Kind, NotApplicable, Value
from draad.web import formatting


@pytest.mark.parametrize(
    ("language", "value", "text"),
    [
        ("nl", 14_136_359, "14.136.359"),
        ("en", 14_136_359, "14,136,359"),
        ("nl", Decimal("1.5"), "1,5"),
        ("nl", Decimal("2.00"), "2"),
        ("nl", 0, "0"),
    ],
)
def test_numbers_take_the_separators_of_the_language(language: str, value: int | Decimal, text: str) -> None:
    with translation.override(language):
        assert formatting.number(value) == text


@pytest.mark.parametrize(
    ("language", "value", "text"),
    [
        ("nl", Decimal("14136359.00"), "€\u00a014.136.359"),
        ("en", Decimal("14136359.00"), "€14,136,359"),
        ("nl", Decimal("1250.50"), "€\u00a01.250,50"),
        ("nl", 0, "€\u00a00"),
        ("nl", Decimal("0.005"), "€\u00a00,01"),
        ("nl", Decimal("-1250.50"), "−€\u00a01.250,50"),
        ("en", Decimal(-3), "−€3"),
        ("nl", Decimal("-0.001"), "€\u00a00"),
    ],
)
def test_amounts(language: str, value: int | Decimal, text: str) -> None:
    with translation.override(language):
        assert formatting.euro(value) == text


def test_amounts_show_cents_when_asked() -> None:
    with translation.override("nl"):
        assert formatting.euro(5, cents=True) == "€\u00a05,00"


@pytest.mark.parametrize(("language", "text"), [("nl", "98\u00a0%"), ("en", "98%")])
def test_percentages(language: str, text: str) -> None:
    with translation.override(language):
        assert formatting.percent(Decimal("97.5")) == text


@pytest.mark.parametrize(("language", "text"), [("nl", "1 oktober 2022"), ("en", "1 October 2022")])
def test_days_in_words(language: str, text: str) -> None:
    with translation.override(language):
        assert formatting.day(date(2022, 10, 1)) == text


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (True, Kind.YES_NO, "ja"),
        (False, Kind.YES_NO, "nee"),
        (None, Kind.TEXT, ""),
        (2022, Kind.YEAR, "2022"),
        ("Gent", Kind.TEXT, "Gent"),
        (date(2022, 10, 1), Kind.DATE, "1 oktober 2022"),
    ],
)
def test_plain_text_of_a_value(value: Value, kind: Kind, text: str) -> None:
    with translation.override("nl"):
        assert formatting.plain(value, kind) == text


def test_a_gap_is_hatched_and_says_why_and_is_escaped() -> None:
    html = formatting.display(Gap("<niet> gepubliceerd"), Kind.COUNT)
    assert "draad-value--missing" in html
    assert "&lt;niet&gt; gepubliceerd" in html


def test_not_applicable_is_no_gap() -> None:
    with translation.override("nl"):
        assert (
            formatting.display(NotApplicable(), Kind.COUNT)
            == '<span class="draad-value draad-value--na">n.v.t.</span>'
        )


@pytest.mark.parametrize(("language", "text"), [("nl", "0.05"), ("en", "0:05")])
def test_the_clock_is_that_of_brussels(language: str, text: str) -> None:
    with translation.override(language):
        assert formatting.clock(datetime(2022, 6, 30, 22, 5, tzinfo=UTC)) == text

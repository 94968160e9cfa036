"""Numbers, amounts and dates in Dutch and English."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from django.utils.formats import date_format, number_format
from hypothesis import given
from hypothesis import strategies as st

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


NUMBERS = st.integers(-(10**18), 10**18) | st.decimals(-(10**12), 10**12, places=4)


@given(NUMBERS, st.sampled_from(["nl", "en"]))
def test_numbers_are_those_of_django(value: int | Decimal, language: str) -> None:
    places = 0 if value == int(value) else -int(Decimal(value).normalize().as_tuple().exponent)
    with translation.override(language):
        assert formatting.number(value) == number_format(value, places, use_l10n=True, force_grouping=True)


@given(st.dates(date(1000, 1, 1)) | st.datetimes(datetime(1000, 1, 1)), st.sampled_from(["nl", "en"]))
def test_days_are_those_of_django(value: date, language: str) -> None:
    with translation.override(language):
        assert formatting.day(value) == date_format(value, "j F Y")


BRUSSELS = ZoneInfo("Europe/Brussels")


@pytest.mark.parametrize(
    ("language", "at", "until", "end"),
    [
        ("nl", datetime(2022, 7, 2, tzinfo=BRUSSELS), "tot en met 1 juli 2022", "1 juli 2022 om 24.00 uur"),
        ("en", datetime(2022, 7, 2, tzinfo=BRUSSELS), "up to and including 1 July 2022", "1 July 2022 at 24:00"),
        ("nl", datetime(2023, 1, 1, tzinfo=BRUSSELS), "tot en met 31 december 2022", "31 december 2022 om 24.00 uur"),
        ("nl", datetime(2022, 7, 1, 17, tzinfo=BRUSSELS), "tot 1 juli 2022 om 17.00 uur", "1 juli 2022 om 17.00 uur"),
        # Midnight of Greenwich is two o'clock in Brussels.
        ("nl", datetime(2022, 7, 2, tzinfo=UTC), "tot 2 juli 2022 om 2.00 uur", "2 juli 2022 om 2.00 uur"),
        ("nl", None, "", ""),
    ],
)
def test_midnight_ends_the_day_before(language: str, at: datetime | None, until: str, end: str) -> None:
    with translation.override(language):
        assert (formatting.until(at), formatting.end(at)) == (until, end)


@given(st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2099, 1, 1)))
def test_only_midnight_ends_a_whole_day(naive: datetime) -> None:
    at = naive.replace(tzinfo=BRUSSELS)
    assert (formatting.last_day(at) is not None) == (naive.time() == time.min)
    night = datetime.combine(naive.date(), time.min, tzinfo=BRUSSELS)
    assert formatting.last_day(night) == naive.date() - timedelta(days=1)

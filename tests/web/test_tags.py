"""The tags that templates of every room use: addresses that keep what the reader asked, and values as they are read."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from draad.documents.tables import Column, Gap, Kind, NotApplicable, Table, Value
from draad.web.tables import BoundTable
from draad.web.templatetags.draad import (
    address_in,
    address_with,
    day,
    download_address,
    euro,
    iban,
    is_gap,
    moment,
    number,
    page_address,
    percent,
    shown,
    sort_address,
    source,
)

NAMES = st.text("abcdefgh", min_size=1, max_size=5)


def context(query: str = "", path: str = "/cijfers/") -> Context:
    return Context({"request": RequestFactory().get(f"{path}?{query}" if query else path)})


def asked(address: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(address).query, keep_blank_values=True)


def bound(prefix: str = "") -> BoundTable:
    columns = [Column("name", "Naam", lambda row: row)]
    return BoundTable(Table(key="per-jaar", title="Proef", columns=columns, rows=["a", "b"]), prefix, {})


class TestAddresses:
    @pytest.mark.parametrize(
        ("query", "changes", "expected"),
        [
            ("", {}, "?"),
            ("", {"page": 2}, "?page=2"),
            ("page=3", {"page": None}, "?"),
            ("page=3", {"page": ""}, "?"),
            ("q=a&page=3", {"page": None}, "?q=a"),
            ("q=a%26b&page=3", {"page": 4}, "?q=a%26b&page=4"),
            ("page=3&page=5", {"page": 1}, "?page=1"),
            ("page=3", {"page": 0}, "?page=0"),
        ],
    )
    def test_parameters_change_and_the_others_stay(self, query: str, changes: dict[str, Any], expected: str) -> None:
        assert address_with(context(query), **changes) == expected

    @given(st.dictionaries(NAMES, st.text(max_size=8), max_size=5), NAMES, st.text(min_size=1, max_size=8))
    def test_whatever_was_asked_is_kept_to_the_letter(self, given_: dict[str, str], name: str, value: str) -> None:
        request = RequestFactory().get("/", given_)
        wanted = {**request.GET.dict(), name: value}
        made = RequestFactory().get("/" + address_with(Context({"request": request}), **{name: value}))
        assert made.GET.dict() == wanted

    def test_the_question_of_the_reader_is_not_changed(self) -> None:
        here = context("page=3")
        address_with(here, page=None)
        assert here["request"].GET.dict() == {"page": "3"}

    @pytest.mark.parametrize("prefix", ["", "per-jaar."])
    def test_sorting_begins_at_the_first_page(self, prefix: str) -> None:
        here = context(f"{prefix}page=4&{prefix}q=gent&other=1")
        assert asked(sort_address(here, bound(prefix), "-name")) == {
            f"{prefix}q": ["gent"], f"{prefix}sort": ["-name"], "other": ["1"],
        }  # fmt: skip

    @pytest.mark.parametrize("prefix", ["", "per-jaar."])
    def test_another_page_keeps_filter_and_order(self, prefix: str) -> None:
        here = context(f"{prefix}q=gent&{prefix}sort=name")
        assert asked(page_address(here, bound(prefix), 2)) == {
            f"{prefix}q": ["gent"], f"{prefix}sort": ["name"], f"{prefix}page": ["2"],
        }  # fmt: skip

    def test_a_download_names_its_table_only_where_there_are_more(self) -> None:
        assert asked(download_address(context("q=a"), bound(), "csv")) == {"q": ["a"], "format": ["csv"]}
        several = asked(download_address(context(), bound("per-jaar."), "xlsx"))
        assert several == {"format": ["xlsx"], "table": ["per-jaar"]}

    @pytest.mark.parametrize(
        ("path", "language", "expected"),
        [
            ("/besturen/gent/?q=a", "en", "/en/besturen/gent/?q=a"),
            ("/en/besturen/gent/?q=a", "nl", "/besturen/gent/?q=a"),
            ("/", "en", "/en/"),
            ("/gezond/", "en", "/gezond/"),
        ],
    )
    def test_the_same_page_in_another_language(self, path: str, language: str, expected: str) -> None:
        with translation.override("en" if path.startswith("/en/") else "nl"):
            assert address_in(Context({"request": RequestFactory().get(path)}), language) == expected


class TestValues:
    @pytest.mark.parametrize("write", [number, euro, percent])
    def test_a_gap_is_a_gap_and_never_zero(self, write: Any) -> None:
        written = write(Gap("niet gepubliceerd <b>"))
        assert "niet gepubliceerd &lt;b&gt;" in written
        assert "0" not in str(write(None))
        assert "0" in str(write(0))

    @pytest.mark.parametrize(
        ("language", "write", "value", "text"),
        [
            ("nl", number, 14136359, "14.136.359"),
            ("en", number, 14136359, "14,136,359"),
            ("nl", euro, Decimal("1250.50"), "€ 1.250,50"),
            ("en", euro, Decimal("1250.50"), "€1,250.50"),
            ("nl", percent, Decimal("98"), "98 %"),
            ("nl", day, date(2022, 3, 1), "1 maart 2022"),
            ("en", day, date(2022, 3, 1), "1 March 2022"),
            ("nl", day, None, ""),
            ("nl", iban, "BE68539007547034", "BE68 5390 0754 7034"),
        ],
    )
    def test_values_are_written_as_the_language_has_them(
        self, language: str, write: Any, value: Any, text: str
    ) -> None:
        with translation.override(language):
            assert write(value).replace("\xa0", " ").replace("€ ", "€") == text.replace("€ ", "€")

    def test_a_moment_is_on_the_clock_of_brussels_and_nothing_is_nothing(self) -> None:
        assert "12" in moment(datetime(2022, 7, 1, 10, 30, tzinfo=UTC))
        assert moment(None) == ""

    @pytest.mark.parametrize(
        ("value", "missing"), [(Gap("x"), True), (NotApplicable(), True), (0, False), (None, False)]
    )
    def test_what_has_no_value(self, value: Value, missing: bool) -> None:
        assert is_gap(value) is missing

    def test_any_value_is_written_as_its_kind(self) -> None:
        assert shown(2022, Kind.YEAR) == "2022"
        assert shown(2022, Kind.COUNT) == "2.022"
        assert shown("<b>") == "<b>"
        assert Template("{% load draad %}{{ value|shown }}").render(Context({"value": "<b>"})) == "&lt;b&gt;"

    def test_a_source_is_dutch_on_a_dutch_page_only(self) -> None:
        assert source("written question 12") == "schriftelijke vraag nr. 12"
        with translation.override("en"):
            assert source("written question 12") == "written question 12"

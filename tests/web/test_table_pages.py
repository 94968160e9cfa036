"""One view serves page, Excel and CSV: which table, which rows, and what odd requests get."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.test import RequestFactory
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from draad.documents.tables import Column, Gap, Kind, Table, Value
from draad.web import tables
from draad.web.tables import PAGE_SIZE, BoundTable, table_page

Row = tuple[str, Value]


def table(rows: Sequence[Row], key: str = "per-dorp") -> Table[Row]:
    return Table(
        key=key,
        title="Dorpen",
        columns=[
            Column("name", "Naam", lambda row: row[0], choices=True),
            Column("n", "Aantal", lambda row: row[1], Kind.COUNT, total=True),
        ],
        rows=rows,
        search=lambda row: row[0],
    )


ROWS: list[Row] = [("Balen", 3), ("=1+1", 5), ("Geel", Gap("niet gekend"))]
VALUES = st.one_of(st.integers(-999, 999), st.none(), st.just(Gap("onbekend")))
SOME = st.lists(st.tuples(st.sampled_from(["Balen", "Geel", "Mol", "mol", "Écaussinnes"]), VALUES), max_size=12)


def cells(answer: Any) -> list[list[Any]]:
    return [list(row) for row in load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True)]


def comma(answer: Any) -> list[list[str]]:
    text = answer.content.decode("utf-8-sig")
    return list(csv.reader(StringIO(text), delimiter=";" if ";" in text else ","))


class TestOneOfSeveral:
    def ask(self, monkeypatch: pytest.MonkeyPatch, rf: RequestFactory, *found: Table[Any], **asked: str) -> Any:
        """What the view answers; a page as the tables that it would show."""
        monkeypatch.setattr(tables, "render", lambda _request, _template, context: context["tables"])
        return table_page(rf.get("/", asked), "page.html", list(found))

    def test_a_page_without_tables_has_no_file_and_no_mistake(
        self, monkeypatch: pytest.MonkeyPatch, rf: RequestFactory
    ) -> None:
        assert self.ask(monkeypatch, rf, format="xlsx") == {}
        assert self.ask(monkeypatch, rf, format="csv", table="x") == {}

    def test_an_unknown_table_is_the_first(self, monkeypatch: pytest.MonkeyPatch, rf: RequestFactory) -> None:
        answer = self.ask(monkeypatch, rf, table(ROWS), table(ROWS[:1], "ander"), format="xlsx", table="geen")
        assert answer["Content-Disposition"] == 'attachment; filename="per-dorp.xlsx"'

    def test_an_unknown_form_is_the_page(self, monkeypatch: pytest.MonkeyPatch, rf: RequestFactory) -> None:
        shown = self.ask(monkeypatch, rf, table(ROWS), format="exe")
        assert list(shown) == ["per_dorp"]

    def test_each_hears_its_own_questions(self, monkeypatch: pytest.MonkeyPatch, rf: RequestFactory) -> None:
        shown = self.ask(
            monkeypatch,
            rf,
            table(ROWS),
            table(ROWS, "ander"),
            **{"ander.q": "balen", "q": "geel", "per-dorp.sort": "-n"},
        )
        assert [row[0].value for row in shown["ander"].rows] == ["Balen"]
        assert [row[0].value for row in shown["per_dorp"].rows] == ["=1+1", "Balen", "Geel"]

    def test_a_letter_that_no_database_knows_is_left_out(
        self, monkeypatch: pytest.MonkeyPatch, rf: RequestFactory
    ) -> None:
        shown = self.ask(monkeypatch, rf, table(ROWS), q="ba\x00len")
        assert [row[0].value for row in shown["per_dorp"].rows] == ["Balen"]


class TestFiles:
    def test_a_text_is_no_formula(self, rf: RequestFactory) -> None:
        sheet = load_workbook(BytesIO(table_page(rf.get("/", {"format": "xlsx"}), "", [table(ROWS)]).content)).active
        (cell,) = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1"]
        assert cell.data_type == "s"
        text = table_page(rf.get("/", {"format": "csv"}), "", [table(ROWS)]).content.decode("utf-8-sig")
        assert not any(line.lstrip('"').startswith("=") for line in text.splitlines())

    @pytest.mark.parametrize(("language", "total"), [("nl", "Totaal"), ("en", "Total")])
    def test_words_of_a_file_are_of_the_reader(self, rf: RequestFactory, language: str, total: str) -> None:
        with translation.override(language):
            answer = table_page(rf.get("/", {"format": "xlsx"}), "", [table(ROWS)])
        assert any(total in str(value) for row in cells(answer) for value in row)

    def test_a_gap_is_no_zero_and_no_empty_text(self, rf: RequestFactory) -> None:
        rows = cells(table_page(rf.get("/", {"format": "xlsx"}), "", [table(ROWS)]))
        assert next(row[1] for row in rows if row[0] == "Geel") == "niet gekend"

    def test_a_file_has_all_pages(self, rf: RequestFactory) -> None:
        many: list[Row] = [(f"Dorp {n}", n) for n in range(PAGE_SIZE * 2 + 5)]
        answer = table_page(rf.get("/", {"format": "csv", "page": "2"}), "", [table(many)])
        assert sum(bool(row) and row[0].startswith("Dorp ") for row in comma(answer)) == len(many)


class TestAnyRows:
    @given(SOME, st.sampled_from(["", "n", "-n", "name", "-name"]), st.sampled_from(["", "mol", "e", "qq"]))
    def test_order_and_filter_lose_nothing_and_add_nothing(self, rows: list[Row], sort: str, query: str) -> None:
        shown = list(BoundTable(table(rows), "", {"sort": sort, "q": query}).whole.rows)
        kept = [row for row in rows if query in row[0].casefold()]
        assert sorted(map(str, shown)) == sorted(map(str, kept))

    @given(SOME, st.booleans())
    def test_numbers_stand_in_order_and_what_lacks_one_stands_last(self, rows: list[Row], down: bool) -> None:
        values = [row[1] for row in BoundTable(table(rows), "", {"sort": "-n" if down else "n"}).whole.rows]
        numbers = [value for value in values if isinstance(value, int)]
        assert numbers == sorted(numbers, reverse=down)
        assert all(not isinstance(value, int) for value in values[len(numbers) :])

    @given(SOME)
    def test_the_foot_is_the_sum_and_says_when_something_is_missing(self, rows: list[Row]) -> None:
        totals = BoundTable(table(rows), "", {}).totals
        if not rows:
            assert totals is None
            return
        assert totals is not None
        numbers = [value for _name, value in rows if isinstance(value, int)]
        gaps = any(isinstance(value, Gap) for _name, value in rows)
        if numbers:
            assert totals[1].value == sum(numbers)
            assert totals[1].at_least or not gaps

    @given(SOME)
    def test_every_choice_gives_rows_and_together_they_are_all(self, rows: list[Row]) -> None:
        (chooser,) = BoundTable(table(rows), "", {}).choosers
        parts = [list(BoundTable(table(rows), "", {"name": option}).whole.rows) for option in chooser.options]
        assert all(parts)
        assert sum(map(len, parts)) == len(rows)

    @given(SOME, st.text(max_size=6), st.text(max_size=6), st.text(max_size=6))
    def test_odd_questions_give_a_page(self, rows: list[Row], page: str, sort: str, name: str) -> None:
        bound = BoundTable(table(rows), "", {"page": page, "sort": sort, "name": name})
        assert bound.page.number >= 1
        assert len(bound.rows) <= PAGE_SIZE


def test_a_day_stays_on_one_line_and_text_may_wrap() -> None:
    days = Table(
        key="dagen",
        title="Dagen",
        columns=[
            Column("name", "Naam", lambda row: row[0]),
            Column("day", "Dag", lambda row: row[1], Kind.DATE),
            Column("n", "Aantal", lambda _row: 3, Kind.COUNT),
            Column("more", "Meer", lambda _row: "tekst"),
        ],
        rows=[("Balen", date(2029, 3, 2))],
    )
    body = BoundTable(days, "", {}).body
    assert '<td data-label="Dag" class="draad-date">2 maart 2029</td>' in body
    assert '<td data-label="Aantal" class="draad-num">3</td>' in body
    assert '<td data-label="Meer">tekst</td>' in body

"""Excel and CSV files: real numbers, safe text, the same bytes for the same table."""

from __future__ import annotations

import csv
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from draad.documents.csvfile import write_csv
from draad.documents.tables import Column, Gap, Kind, NotApplicable, Table, Value, Words
from draad.documents.xlsx import Sheets

MADE_AT = datetime(2026, 1, 2, 3, 4, 5)
Row = tuple[str, Value, Value, Value]


def sample(rows: list[Row], *, example: bool = False) -> Table[Row]:
    return Table(
        key="t",
        title="Steden: [test]",
        about="Wat dit toont.",
        source="een bron",
        example=example,
        columns=[
            Column("name", "Naam", lambda row: row[0]),
            Column("persons", "Personen", lambda row: row[1], Kind.COUNT, total=True),
            Column("amount", "Bedrag", lambda row: row[2], Kind.EURO, total=True),
            Column("on", "Datum", lambda row: row[3], Kind.DATE),
        ],
        rows=rows,
    )


ROWS: list[Row] = [
    ("Gent", 12, Decimal("10.50"), date(2022, 10, 1)),
    ("=SOM(A1)", Gap("niet gepubliceerd"), Decimal("0.25"), None),
    ("Mol", 0, NotApplicable(), None),
]


def workbook(*tables: Table[Any], **options: Any) -> bytes:
    book = Sheets(title="Proef", made_at=MADE_AT, **options)
    for table in tables:
        book.add(table)
    return book.bytes()


def sheet_of(content: bytes, place: int = 0) -> Any:
    return openpyxl.load_workbook(BytesIO(content)).worksheets[place]


def head_row(sheet: Any) -> int:
    return next(row for row in range(1, 12) if sheet.cell(row, 1).value == "Naam")


def test_numbers_amounts_and_dates_are_real() -> None:
    sheet = sheet_of(workbook(sample(ROWS)))
    top = head_row(sheet)
    assert [sheet.cell(top + 1, place).value for place in (1, 2, 3)] == ["Gent", 12, 10.5]
    assert sheet.cell(top + 1, 4).value == datetime(2022, 10, 1)
    assert "€" in sheet.cell(top + 1, 3).number_format


def test_zero_missing_and_not_applicable_are_three_things() -> None:
    sheet = sheet_of(workbook(sample(ROWS)))
    top = head_row(sheet)
    assert sheet.cell(top + 2, 2).value == "niet gepubliceerd"
    assert sheet.cell(top + 3, 2).value == 0
    assert sheet.cell(top + 3, 3).value == "n.v.t."
    assert sheet.cell(top + 2, 4).value is None


def test_text_that_looks_like_a_formula_stays_text() -> None:
    sheet = sheet_of(workbook(sample(ROWS)))
    cell = sheet.cell(head_row(sheet) + 2, 1)
    assert (cell.value, cell.data_type) == ("=SOM(A1)", "s")


def test_the_foot_adds_up_what_is_shown_and_says_at_least() -> None:
    sheet = sheet_of(workbook(sample(ROWS)))
    foot = head_row(sheet) + 4
    assert sheet.cell(foot, 1).value == "Totaal"
    assert sheet.cell(foot, 2).value == 12
    assert "≥" in sheet.cell(foot, 2).number_format
    assert sheet.cell(foot, 3).value == 10.75
    assert "≥" not in sheet.cell(foot, 3).number_format


def test_headings_are_frozen_filtered_and_repeated_on_paper() -> None:
    sheet = sheet_of(workbook(sample(ROWS)))
    top = head_row(sheet)
    assert sheet.freeze_panes == f"B{top + 1}"
    assert sheet.auto_filter.ref == f"A{top}:D{top + 3}"
    assert sheet.print_title_rows == f"${top}:${top}"
    assert sheet.page_setup.orientation == "landscape"


def test_sheet_names_are_allowed_and_distinct() -> None:
    book = openpyxl.load_workbook(BytesIO(workbook(sample(ROWS), sample(ROWS))))
    assert len(set(book.sheetnames)) == 2
    assert all(not set(name) & set("[]:*?/\\") and len(name) <= 31 for name in book.sheetnames)


def test_example_data_says_so_on_its_sheet() -> None:
    sheet = sheet_of(workbook(sample(ROWS, example=True), words=Words(example="Voorbeeldgegevens.")))
    assert any(sheet.cell(row, 1).value == "Voorbeeldgegevens." for row in range(1, 6))


def test_the_same_table_gives_the_same_bytes() -> None:
    assert workbook(sample(ROWS)) == workbook(sample(ROWS))


def test_an_empty_table_has_headings_and_no_foot() -> None:
    sheet = sheet_of(workbook(sample([])))
    top = head_row(sheet)
    assert sheet.cell(top + 1, 1).value is None


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_csv_has_human_headings_and_plain_numbers() -> None:
    rows = rows_of(write_csv(sample(ROWS)))
    assert rows[0] == ["Naam", "Personen", "Bedrag", "Datum"]
    assert rows[1] == ["Gent", "12", "10,50", "2022-10-01"]
    assert rows[2][1] == "(niet gepubliceerd)"
    assert rows[3][1:3] == ["0", "(n.v.t.)"]


def test_csv_opens_as_utf8_in_excel() -> None:
    assert write_csv(sample(ROWS)).startswith(b"\xef\xbb\xbf")


@given(st.text(max_size=20))
@settings(max_examples=200)
def test_no_csv_cell_starts_as_a_formula(text: str) -> None:
    cell = rows_of(write_csv(sample([(text.replace("\x00", ""), 1, 1, None)])))[1][0]
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize(("value", "word"), [(True, "ja"), (False, "nee")])
def test_yes_and_no_are_words(value: bool, word: str) -> None:
    table: Table[bool] = Table("t", "T", [Column("v", "V", lambda row: row, Kind.YES_NO)], [value])
    assert rows_of(write_csv(table))[1] == [word]
    sheet = sheet_of(workbook(table))
    assert word in {sheet.cell(row, 1).value for row in range(1, 6)}


def test_files_speak_the_language_of_their_reader() -> None:
    english = Words(yes="yes", no="no", not_applicable="n/a", total="Total")
    rows = rows_of(write_csv(sample(ROWS), words=english))
    assert rows[3][2] == "(n/a)"
    sheet = sheet_of(workbook(sample(ROWS), words=english))
    top = head_row(sheet)
    assert (sheet.cell(top + 3, 3).value, sheet.cell(top + 4, 1).value) == ("n/a", "Total")


def test_every_row_of_a_csv_file_with_example_data_says_so() -> None:
    rows = rows_of(write_csv(sample(ROWS, example=True), words=Words(example="Voorbeeldgegevens")))
    assert [row[4] for row in rows] == ["Voorbeeldgegevens", "ja", "ja", "ja"]
    assert {len(row) for row in rows_of(write_csv(sample(ROWS), words=Words(example="Voorbeeldgegevens")))} == {4}

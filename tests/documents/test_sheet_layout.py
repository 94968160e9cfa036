"""How a sheet is laid out: widths, wrapped headings, heights of rows with long text, room beside numbers."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from draad.documents.tables import Column, Gap, Kind, Table
from draad.documents.xlsx import LINE_HEIGHT, MAX_WIDTH, Sheets

Row = tuple[str, int]
LONG = "Een zin die zo lang is dat zij niet in één regel van een cel past, en dus over enkele regels loopt. " * 2


def sheet(*rows: Row, heading: str = "Wat er staat", wide: bool = True) -> Any:
    """A sheet with a text and a number, as openpyxl reads it."""
    table = Table[Row](
        key="t",
        title="Proef",
        columns=[
            Column("text", heading, lambda row: row[0], wide=wide),
            Column("number", "Aantal gemeenten in de hele provincie", lambda row: row[1], Kind.COUNT),
        ],
        rows=rows,
    )
    book = Sheets(title="Proef", made_at=datetime(2026, 1, 1))
    book.add(table)
    return load_workbook(BytesIO(book.bytes())).worksheets[0]


HEAD = 3
FIRST = HEAD + 1


def height(made: Any, row: int) -> float:
    """The height of a row in points; what is not set is one line."""
    return float(made.row_dimensions[row].height or LINE_HEIGHT)


def test_a_row_with_a_long_text_is_higher() -> None:
    made = sheet((LONG, 1), ("kort", 2))
    assert height(made, FIRST) >= 3 * LINE_HEIGHT
    assert height(made, FIRST + 1) == LINE_HEIGHT


def test_a_long_text_in_a_column_that_does_not_wrap_is_one_line() -> None:
    assert height(sheet((LONG, 1), wide=False), FIRST) == LINE_HEIGHT


@given(st.integers(min_value=1, max_value=12))
def test_every_line_of_a_text_has_room(lines: int) -> None:
    made = sheet(("\n".join(["regel"] * lines), 1))
    assert height(made, FIRST) == pytest.approx(lines * LINE_HEIGHT)


def test_no_column_is_wider_than_the_most() -> None:
    made = sheet((LONG, 1))
    assert made.column_dimensions["A"].width <= MAX_WIDTH + 1


def test_a_long_heading_wraps_instead_of_making_its_column_wide() -> None:
    made = sheet(("kort", 1))
    assert made.column_dimensions["B"].width < len("Aantal gemeenten in de hele provincie")
    assert height(made, HEAD) >= 2 * LINE_HEIGHT
    assert made.cell(HEAD, 2).alignment.wrap_text


def test_a_short_heading_stands_on_one_line() -> None:
    made = sheet(("kort", 1), heading="Naam")
    assert made.cell(HEAD, 1).value == "Naam"


def test_a_column_has_room_for_its_longest_word() -> None:
    made = sheet(("x", 1), heading="Meervoudigepersoonlijkheid")
    assert made.column_dimensions["A"].width >= len("Meervoudigepersoonlijkheid")


def test_a_number_keeps_away_from_the_text_beside_it() -> None:
    made = sheet(("kort", 12))
    number = made.cell(FIRST, 2)
    assert (number.value, number.alignment.horizontal, number.alignment.indent) == (12, "right", 1)
    assert made.cell(FIRST, 1).alignment.indent == 0


def test_a_gap_in_a_wide_column_is_text_with_its_reason() -> None:
    table = Table[str](
        key="t", title="Proef", columns=[Column("a", "A", lambda _row: Gap("niet openbaar"), wide=True)], rows=["x"]
    )
    book = Sheets(title="Proef", made_at=datetime(2026, 1, 1))
    book.add(table)
    made = load_workbook(BytesIO(book.bytes())).worksheets[0]
    assert made.cell(FIRST, 1).value == "niet openbaar"


def test_an_empty_table_has_only_its_head() -> None:
    made = sheet()
    assert made.max_row == HEAD
    assert not made.auto_filter.ref


def test_a_column_is_as_wide_as_its_total() -> None:
    table = Table[int](
        key="t",
        title="Proef",
        columns=[Column("a", "Wat", str), Column("b", "€", lambda row: row, Kind.EURO, total=True)],
        rows=[9_999_999] * 1000,
    )
    book = Sheets(title="Proef", made_at=datetime(2026, 1, 1))
    book.add(table)
    made = load_workbook(BytesIO(book.bytes())).worksheets[0]
    assert made.column_dimensions["B"].width >= len("€ 9.999.999.000")

"""Excel workbooks with real numbers, filters, frozen headings and a print set-up.

Formulas are never written from text (``strings_to_formulas=False``), so a value that starts with ``=`` stays text.
The same tables give the same bytes: the time of making is fixed by the caller.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from textwrap import wrap
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from draad.documents.tables import Column, Gap, Kind, NotApplicable, Table, Total, Value, Words, add_up

INK, LINE, WASH, HATCH = "#17212B", "#D3DAE0", "#F4F6F8", "#DFE5EA"
NUMBER_FORMATS = {
    Kind.COUNT: "#,##0",
    Kind.EURO: '"€" #,##0.00',
    Kind.PERCENT: '0.0" %"',
    Kind.DECIMAL: "#,##0.00",
    Kind.DATE: "dd-mm-yyyy",
    Kind.YEAR: "0",
}
MAX_SHEET_NAME = 31
MAX_WIDTH = 60
MAX_HEADING = 16
MARGIN = 3
"""Letters of room beside what stands in a cell."""
LINE_HEIGHT = 15.0


class Sheets:
    """A workbook in the making: one sheet per table."""

    def __init__(self, *, title: str, made_at: datetime, words: Words | None = None) -> None:
        """Start a workbook.

        Args:
            title: title in the properties of the file.
            made_at: moment in the properties; fixed by the caller so that a file can be made again byte for byte.
            words: the words of the language of the reader; Dutch by default.
        """
        self._buffer = BytesIO()
        self._book: Workbook = xlsxwriter.Workbook(
            self._buffer,
            {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
        )
        self._book.set_properties({"title": title, "author": "Draad", "created": made_at.replace(tzinfo=None)})
        self._words = words or Words()
        self._formats: dict[str, Format] = {}
        self._names: set[str] = set()

    def add(self, table: Table[Any], *, name: str = "") -> None:
        """Add a sheet with the table: title, explanation, headings, rows, totals and source."""
        sheet = self._book.add_worksheet(self._sheet_name(name or str(table.title)))
        sheet.hide_gridlines(2)
        top = self._write_head(sheet, table)
        widths = [_heading_width(str(column.label)) for column in table.columns]
        self._write_labels(sheet, table, top)
        rows = list(table.rows)
        for index, row in enumerate(rows, start=top + 1):
            for place, column in enumerate(table.columns):
                widths[place] = max(widths[place], self._write(sheet, index, place, column, column.value(row)))
        bottom = top + len(rows)
        totals = self._write_totals(sheet, table, rows, bottom + 1)
        widths = [
            min(max(*both, 8), MAX_WIDTH if c.wide else 44)
            for c, *both in zip(table.columns, widths, totals, strict=True)
        ]
        sheet.set_row(
            top, LINE_HEIGHT * max(_lines(str(c.label), w) for c, w in zip(table.columns, widths, strict=True))
        )
        self._set_heights(sheet, table, rows, top, widths)
        self._set_up(sheet, table, top, bottom, widths)

    def bytes(self) -> bytes:
        """Close the workbook and give its content."""
        self._book.close()
        return self._buffer.getvalue()

    def _sheet_name(self, title: str) -> str:
        clean = "".join(" " if letter in "[]:*?/\\" else letter for letter in title).strip("' ")[:MAX_SHEET_NAME]
        name, number = clean, 2
        while name.casefold() in self._names:
            tail = f" ({number})"
            name, number = clean[: MAX_SHEET_NAME - len(tail)] + tail, number + 1
        self._names.add(name.casefold())
        return name

    def _write_head(self, sheet: Worksheet, table: Table[Any]) -> int:
        sheet.write_string(0, 0, str(table.title), self._format(bold=True, font_size=14))
        row = 1
        notes = [str(table.about), str(table.source), self._words.example if table.example else ""]
        for note in notes:
            if note:
                sheet.write_string(row, 0, note, self._format(font_color="#46535F"))
                row += 1
        return row + 1

    def _write_labels(self, sheet: Worksheet, table: Table[Any], row: int) -> None:
        for place, column in enumerate(table.columns):
            side = {"align": "right", "indent": 1} if column.kind.numeric else {"align": "left"}
            style = self._format(bold=True, bottom=1, text_wrap=True, valign="bottom", bg_color=WASH, **side)
            sheet.write_string(row, place, str(column.label), style)

    def _write(
        self,
        sheet: Worksheet,
        row: int,
        place: int,
        column: Column[Any],
        value: Value,
        *,
        bold: bool = False,
        at_least: bool = False,
    ) -> int:
        """Write one value with the format of its kind; returns about how many letters it takes."""
        style = self._cell_style(column, value, bold=bold, at_least=at_least)
        if value is None:
            sheet.write_blank(row, place, None, style)
            return 0
        if isinstance(value, bool | NotApplicable):
            text = self._words.of(value)
        elif isinstance(value, int | Decimal) and column.kind is not Kind.TEXT:
            sheet.write_number(row, place, value, style)
            return len(f"€ {value:,.2f}") + MARGIN
        elif isinstance(value, date):
            sheet.write_datetime(row, place, value, style)
            return 12
        else:
            text = str(value)
        sheet.write_string(row, place, text, style)
        return min(len(text) + MARGIN, MAX_WIDTH)

    def _cell_style(self, column: Column[Any], value: Value, *, bold: bool, at_least: bool) -> Format:
        look: dict[str, Any] = {"valign": "top", "bottom": 4, "bottom_color": LINE}
        if bold:
            look |= {"bold": True, "top": 1, "bottom": 0}
        if isinstance(value, Gap | NotApplicable):
            look |= {"italic": True, "font_color": "#46535F", "pattern": 14 if isinstance(value, Gap) else 0,
                     "fg_color": HATCH, "bg_color": "#FFFFFF"}  # fmt: skip
        if column.kind in NUMBER_FORMATS:
            look["num_format"] = ('"≥ "' if at_least else "") + NUMBER_FORMATS[column.kind]
        if column.kind.numeric:
            look |= {"align": "right", "indent": 1}
        if column.wide:
            look["text_wrap"] = True
        return self._format(**look)

    def _set_heights(
        self, sheet: Worksheet, table: Table[Any], rows: Sequence[Any], top: int, widths: Sequence[int]
    ) -> None:
        """Give a row with wrapped text the height it needs: not every program computes that when it opens a file."""
        wide = [(column, width) for column, width in zip(table.columns, widths, strict=True) if column.wide]
        for index, row in enumerate(rows, start=top + 1):
            lines = max((_lines(str(column.value(row) or ""), width) for column, width in wide), default=1)
            if lines > 1:
                sheet.set_row(index, LINE_HEIGHT * lines)

    def _write_totals(self, sheet: Worksheet, table: Table[Any], rows: Sequence[Any], row: int) -> list[int]:
        """Write the foot; returns about how many letters each cell takes, none when there is no foot."""
        widths = [0] * len(table.columns)
        if not rows or not any(column.total for column in table.columns):
            return widths
        for place, column in enumerate(table.columns):
            total = add_up(column.value(item) for item in rows) if column.total else Total(None)
            value: Value = self._words.total if place == 0 else total.value
            widths[place] = self._write(sheet, row, place, column, value, bold=True, at_least=total.at_least)
        return widths

    def _set_up(self, sheet: Worksheet, table: Table[Any], top: int, bottom: int, widths: Iterable[int]) -> None:
        last = len(table.columns) - 1
        sheet.freeze_panes(top + 1, 1)
        if bottom > top:
            sheet.autofilter(top, 0, bottom, last)
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(top)
        sheet.set_footer("&L&A&R&P / &N")

    def _format(self, **look: Any) -> Format:
        key = repr(sorted(look.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format({"font_name": "Calibri", "font_size": 11, **look})
        return self._formats[key]


def _heading_width(label: str) -> int:
    """A heading wraps, so its column needs room for its longest word, or for the whole when that is short."""
    longest = max(len(word) for word in label.split() or [""])
    return max(longest, min(len(label), MAX_HEADING)) + 4


def _lines(text: str, width: int) -> int:
    """About how many lines a wrapped text takes in a column of that width."""
    return sum(max(1, len(wrap(part, max(width - MARGIN, 1)))) for part in text.split("\n"))

"""CSV files that Excel and other programs open with human headings."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any

from draad.documents.tables import Gap, NotApplicable, Table, Value, Words

BYTE_ORDER_MARK = "\ufeff"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_csv(table: Table[Any], *, words: Words | None = None) -> bytes:
    """The table as CSV (UTF-8 with byte order mark, semicolons, as Excel in Dutch expects); numbers stay plain.

    Text that a spreadsheet would take for a formula gets a leading apostrophe (OWASP, "CSV Injection"). Example data
    has a last column that says so in every row: a row that is copied elsewhere stays marked.
    """
    said = words or Words()
    marked = table.example and said.example
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([*(_safe(str(column.label)) for column in table.columns), *([said.example] if marked else [])])
    for row in table.rows:
        cells = [_cell(column.value(row), said) for column in table.columns]
        writer.writerow([*cells, said.yes] if marked else cells)
    return (BYTE_ORDER_MARK + text.getvalue()).encode()


def _cell(value: Value, words: Words) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return words.of(value)
    if isinstance(value, Decimal):
        return str(value).replace(".", ",")
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, NotApplicable):
        return f"({words.of(value)})"
    if isinstance(value, Gap):
        return f"({value})"
    return _safe(value)


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text

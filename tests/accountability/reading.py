"""Reads a sheet of the overview as a table: headings, rows, totals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class ReadSheet:
    """A sheet: its title, headings, rows by heading, and the total row when there is one."""

    title: str
    head: list[str]
    rows: list[dict[str, Any]]
    totals: dict[str, Any] | None
    head_row: int

    def column(self, heading: str) -> list[Any]:
        """All values under a heading."""
        return [row[heading] for row in self.rows]


def read(sheet: Any) -> ReadSheet:
    """The table of a sheet; its headings stand in the first row of the filter."""
    first, last = sheet.auto_filter.ref.split(":")
    head_row, end_row = (int("".join(c for c in part if c.isdigit())) for part in (first, last))
    values = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = [str(value) for value in values[head_row - 1] if value is not None]
    rows = [dict(zip(head, row, strict=False)) for row in values[head_row:end_row]]
    below = values[end_row:]
    totals = dict(zip(head, below[0], strict=False)) if below and below[0][0] is not None else None
    return ReadSheet(values[0][0], head, rows, totals, head_row)

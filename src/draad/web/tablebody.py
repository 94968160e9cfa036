"""Writes the rows of a table as HTML; in Python, because a template is asked the same for every cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString

if TYPE_CHECKING:
    from draad.web.tables import Cell


def body_of(rows: Sequence[Sequence[Cell]]) -> SafeString:
    """The rows: the first cell of each is its heading; every other one knows its column, for a phone."""
    if not rows:
        return SafeString("")
    openings = ['<th scope="row">', *(_opening(cell) for cell in rows[0][1:])]
    written = [_row(row, openings) for row in rows]
    return SafeString("".join(written))  # nosec B703


def _opening(cell: Cell) -> str:
    numeric = ' class="draad-num"' if cell.column.kind.numeric else ""
    return f'<td data-label="{escape(cell.column.label)}"{numeric}>'


def _row(row: Sequence[Cell], openings: Sequence[str]) -> str:
    cells = [
        f"{opening}{_content(cell, heading=place == 0)}</{'td' if place else 'th'}>"
        for place, (cell, opening) in enumerate(zip(row, openings, strict=True))
    ]
    return f"<tr>{''.join(cells)}</tr>\n"


def _content(cell: Cell, *, heading: bool) -> str:
    shown = conditional_escape(cell.shown)
    if not cell.href:
        return shown
    figure = ' class="draad-fig"' if cell.column.kind.numeric and not heading else ""
    return f'<a href="{escape(cell.href)}"{figure}>{shown}</a>'

"""Writes the rows of a table as HTML; in Python, because a template is asked the same for every cell."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

if TYPE_CHECKING:
    from draad.web.tables import Cell


CLASSES = {"numeric": ' class="draad-num"', "code": ' class="draad-code"', "date": ' class="draad-date"'}
"""The class of a cell by the kind of its column."""


def body_of(rows: Sequence[Sequence[Cell]]) -> SafeString:
    """The rows: the first cell of each is its heading; every other one knows its column, for a phone."""
    if not rows:
        return SafeString("")
    heading = f'<th scope="row"{CLASSES.get(rows[0][0].column.kind.value, "")}>'
    openings = [heading, *(_opening(cell) for cell in rows[0][1:])]
    languages = [_foreign(cell.column.language) for cell in rows[0]]
    written = [_row(row, openings, languages) for row in rows]
    return SafeString("".join(written))  # nosec B703


def _opening(cell: Cell) -> str:
    of_kind = CLASSES.get("numeric" if cell.column.kind.numeric else cell.column.kind.value, "")
    return f'<td data-label="{escape(cell.column.label)}"{of_kind}>'


def _foreign(language: str) -> str:
    """The language that a column has to be marked with (WCAG 2.2, 3.1.2); none when it is that of the page."""
    return "" if language == get_language() else language


def _row(row: Sequence[Cell], openings: Sequence[str], languages: Sequence[str]) -> str:
    cells = [
        f"{opening}{_content(cell, language, heading=place == 0)}</{'td' if place else 'th'}>"
        for place, (cell, opening, language) in enumerate(zip(row, openings, languages, strict=True))
    ]
    return f"<tr>{''.join(cells)}</tr>\n"


def _content(cell: Cell, language: str, *, heading: bool) -> str:
    shown = cell.shown
    if not isinstance(shown, SafeString):
        shown = html.escape(shown)
    if language and isinstance(cell.value, str) and shown:
        shown = f'<span lang="{language}">{shown}</span>'
    if not cell.href:
        return shown
    figure = ' class="draad-fig"' if cell.column.kind.numeric and not heading else ""
    return f'<a href="{html.escape(cell.href)}"{figure}>{shown}</a>'

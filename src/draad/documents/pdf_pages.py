"""Puts the pages of a PDF together: rows of tables that a page break cut become one row again."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from draad.documents.source import Area, Cell, Line

SAME_EDGE = 4.0
"""Points: edges of a cell on two pages that differ less are the same column."""
SAME_TOP = 2.5
ORNAMENT = re.compile(r"[\s/|_.·]*")
"""What a cell holds that only decorates: slashes, bars, dots."""


@dataclass(frozen=True)
class PageLine:
    """A line of text on a page."""

    text: str
    area: Area


@dataclass
class Block:
    """A table cell with its lines, or one line outside tables, for which ``area`` is None.

    Args:
        lines: the lines from top to bottom.
        area: the area of the cell.
        page: 1-based page.
        more: what the cell goes on with on later pages, each with its page.
        row: number of the row of the table, counted through the document.
    """

    lines: list[PageLine]
    area: Area | None
    page: int = 0
    more: list[tuple[int, PageLine]] = field(default_factory=list)
    row: int = 0

    @property
    def top(self) -> float:
        """Distance of the upper edge from the top of the page."""
        return self.area[1] if self.area else self.lines[0].area[1]

    @property
    def left(self) -> float:
        """Distance of the left edge from the left of the page."""
        return self.area[0] if self.area else self.lines[0].area[0]

    @property
    def words(self) -> str:
        """The text of the block on its own page, "" when it only decorates."""
        text = " ".join(line.text for line in self.lines).strip()
        return "" if ORNAMENT.fullmatch(text) and self.area and text != "/" else text


Followers = Callable[[str], int]
"""How many cells after one with this text belong to it, because it is a heading of them; 0 when it is no heading."""


def join_pages(pages: Sequence[Sequence[Block]], followers: Followers) -> list[Line]:
    """The lines of all pages in reading order, numbered through the document; empty cells give an empty line.

    Where a page break cut a row, what stands in its first row on the next page is given back to the cells above,
    unless a heading by ``followers`` shows that the row begins there.
    """
    kept: list[Block] = []
    last: list[Block] = []
    row = 0
    for number, blocks in enumerate(pages, start=1):
        rows = _rows(blocks)
        for group in rows:
            row += 1
            for block in group:
                block.page, block.row = number, row
        first, repeated = _first_row(rows, last)
        if first is not None:
            rows[first] = _without_joined(rows[first], last, followers)
        here = [block for group in rows for block in group]
        kept += here
        last = [*repeated, *here] if _has_cells(here) else [*last, *here]
    return list(_numbered(kept))


def _has_cells(blocks: Sequence[Block]) -> bool:
    return any(block.area for block in blocks)


def _rows(blocks: Sequence[Block]) -> list[list[Block]]:
    """Cells that begin at the same height, and single lines outside tables, from top to bottom."""
    rows: list[list[Block]] = []
    for block in blocks:
        same = rows and block.area and rows[-1][0].area and abs(rows[-1][0].top - block.top) < SAME_TOP
        if same:
            rows[-1].append(block)
        else:
            rows.append([block])
    return [sorted(row, key=lambda block: block.left) for row in rows]


def _first_row(rows: list[list[Block]], last: Sequence[Block]) -> tuple[int | None, list[Block]]:
    """The first table row of a page, and the heading row above it that the table repeats, which is taken out."""
    index = next((i for i, row in enumerate(rows) if row[0].area), None)
    if index is None or not _has_cells(last):
        return None, []
    if _repeats_heading(rows[index], last):
        repeated = rows.pop(index)
        return (index if index < len(rows) and rows[index][0].area else None), repeated
    return index, []


def _repeats_heading(row: Sequence[Block], last: Sequence[Block]) -> bool:
    """Whether a row says what an earlier row of the table said that goes on: words alone, over the same last
    column."""
    words = [block.words for block in row if block.words]
    if len(words) < 2 or any(character.isdigit() for word in words for character in word):
        return False
    earlier: dict[int, list[str]] = {}
    for block in last:
        if block.area and block.words:
            earlier.setdefault(block.row, []).append(block.words)
    final = [block for block in last if block.area][-1]
    return words in earlier.values() and _same_columns(row[-1], final)


def _without_joined(row: Sequence[Block], last: Sequence[Block], followers: Followers) -> list[Block]:
    """The row without the cells that go on with a cell of the page before; those are added to it."""
    kept: list[Block] = []
    new = 0
    for block in row:
        begins = followers(block.words) if block.words else 0
        above = None if begins or new else _above(block, last)
        new = max(new - 1, begins)
        if block.words and above:
            above.more += [(block.page, line) for line in block.lines]
        else:
            kept.append(block)
    return kept if any(block.words for block in kept) else []


def _above(block: Block, last: Sequence[Block]) -> Block | None:
    """The last cell of the page before in the same columns."""
    return next((other for other in reversed(last) if other.area and _same_columns(block, other)), None)


def _same_left(block: Block, other: Block) -> bool:
    return bool(block.area and other.area and abs(block.area[0] - other.area[0]) < SAME_EDGE)


def _same_columns(block: Block, other: Block) -> bool:
    return _same_left(block, other) and bool(
        block.area and other.area and abs(block.area[2] - other.area[2]) < SAME_EDGE
    )


def _numbered(blocks: Sequence[Block]) -> list[Line]:
    lines: list[Line] = []
    page = 0
    for block in blocks:
        cell = Cell(block.row, round(block.left)) if block.area else None
        if block.area and not block.words and not block.more:
            lines.append(Line("", len(lines) + 1, block.page, fresh=block.page > page, cell=cell, area=block.area))
            page = max(page, block.page)
            continue
        for number, line in [*((block.page, line) for line in block.lines), *block.more]:
            fresh = cell is None and number > page
            lines.append(Line(line.text, len(lines) + 1, number, fresh=fresh, cell=cell, area=line.area))
            page = max(page, block.page)
    return lines

"""The rows of a milestone table whose columns the document has kept: nothing has to be guessed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from draad.documents.source import Cell, Line
from draad.plans.reading.periods import PERIOD, PeriodRow
from draad.plans.reading.pieces import Piece, plain
from draad.plans.reading.staff_column import SplitRow


def staff_column(label: Sequence[Line], pieces: Sequence[Piece]) -> int | None:
    """Where the column of staff begins: the last cell of the heading; None when the document has kept no columns."""
    cells = [line.cell for line in label]
    last = cells[-1] if cells else None
    if last is None or last == cells[0] or any(piece.filled and piece.line.cell is None for piece in pieces):
        return None
    return last.column


def rows_from_cells(pieces: Sequence[Piece], staff_from: int) -> list[SplitRow]:
    """The rows of a milestone table; a row without a period goes on with the row above it.

    What stands left of the periods decorates the sheet.
    """
    groups = [
        list(_cells(group)) for _row, group in groupby((piece for piece in pieces if piece.line.cell), key=_row_of)
    ]
    first = _period_column(groups, staff_from)
    rows: list[SplitRow] = []
    for cells in groups:
        for cell in cells:
            words, column = plain(cell), _column(cell)
            if words and column == first:
                match = PERIOD.fullmatch(words)
                head = PeriodRow(match["period"].strip() if match else words, cell[0], [], 0.98 if match else 0.5)
                rows.append(SplitRow(head, [], [], 1.0))
            elif rows and first is not None and column > first:
                (rows[-1].staff if column >= staff_from else rows[-1].text).extend(cell)
    return rows


def _period_column(groups: Sequence[Sequence[list[Piece]]], staff_from: int) -> int | None:
    """Where the column of periods begins: where most cells with a period do. None when there is no period at all."""
    columns = Counter(
        _column(cell)
        for cells in groups
        for cell in cells
        if PERIOD.fullmatch(plain(cell)) and _column(cell) < staff_from
    )
    return columns.most_common(1)[0][0] if columns else None


def _row_of(piece: Piece) -> int:
    return _cell(piece).row


def _cell(piece: Piece) -> Cell:
    if piece.line.cell is None:
        raise ValueError("the piece stands in no cell")
    return piece.line.cell


def _column(pieces: Sequence[Piece]) -> int:
    return _cell(pieces[0]).column


def _cells(pieces: Iterator[Piece]) -> Iterator[list[Piece]]:
    return (list(group) for _cell, group in groupby(pieces, key=lambda piece: piece.line.cell))

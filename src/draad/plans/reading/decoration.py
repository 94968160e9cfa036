"""Takes the decoration away that the layout of a sheet draws beside its text: a column of slashes."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from draad.documents.source import Cell
from draad.plans.reading.labels import STYLES, Label
from draad.plans.reading.pieces import Piece

ONLY_SLASHES = re.compile(r"^[\s/]*/[\s/]*$")
SLASHES_BEFORE = re.compile(r"\s*/{2,}[\s/]*$")


def without_decoration(pieces: list[Piece]) -> list[Piece]:
    """The explanation without slashes that stand alone on a line or are left at its end.

    Where the document has kept its cells, the decoration stands in another cell, left of the milestones.
    """
    if own := _own_cells(pieces):
        return [piece for piece in pieces if piece.line.cell in own or not ONLY_SLASHES.match(piece.text)]
    kept = [piece for piece in pieces if piece.filled and not ONLY_SLASHES.match(piece.text)]
    return [replace(piece, text=SLASHES_BEFORE.sub("", piece.text)) if piece is kept[-1] else piece for piece in kept]


def _own_cells(pieces: list[Piece]) -> list[Cell]:
    """The cell of the label when it holds text as well, else that cell and the next; [] without cells."""
    cells = list(dict.fromkeys(piece.line.cell for piece in pieces if piece.line.cell))
    beside = any(piece.filled for piece in pieces if cells and piece.line.cell == cells[0])
    return cells[:1] if beside else cells[:2]


def without_ornaments(pieces: list[Piece]) -> list[Piece]:
    """The milestones without lines of two slashes or more, and without their heading where a new page repeats it.

    A single slash is what people write in an empty cell, and a cell of the document may hold what it likes.
    """
    heading = STYLES[Label.MILESTONES].pattern
    kept = [
        piece for piece in pieces if piece.line.cell or not (ONLY_SLASHES.match(piece.text) and "//" in piece.text)
    ]
    rows = Counter(piece.line.cell.row for piece in kept if piece.line.cell and piece.filled)
    return [
        piece
        for piece in kept
        if not heading.fullmatch(piece.text.strip()) or (piece.line.cell and rows[piece.line.cell.row] > 1)
    ]

"""Takes the decoration away that the layout of a sheet draws beside its text: a column of slashes."""

from __future__ import annotations

import re
from dataclasses import replace

from draad.plans.reading.labels import STYLES, Label
from draad.plans.reading.pieces import Piece

ONLY_SLASHES = re.compile(r"^[\s/]*/[\s/]*$")
SLASHES_BEFORE = re.compile(r"\s*/{2,}[\s/]*$")


def without_decoration(pieces: list[Piece]) -> list[Piece]:
    """The explanation without slashes that stand alone on a line or are left at its end."""
    kept = [piece for piece in pieces if piece.filled and not ONLY_SLASHES.match(piece.text)]
    return [replace(piece, text=SLASHES_BEFORE.sub("", piece.text)) if piece is kept[-1] else piece for piece in kept]


def without_ornaments(pieces: list[Piece]) -> list[Piece]:
    """The milestones without lines of two slashes or more, and without their heading where a new page repeats it.

    A single slash is what people write in an empty cell.
    """
    heading = STYLES[Label.MILESTONES].pattern
    kept = [piece for piece in pieces if not (ONLY_SLASHES.match(piece.text) and "//" in piece.text)]
    return [piece for piece in kept if not heading.fullmatch(piece.text.strip())]

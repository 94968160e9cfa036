"""What a line gives to a box of a sheet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from draad.documents.source import Line, Source, spanning


@dataclass(frozen=True)
class Piece:
    """The whole of a line or the part beside a label.

    Args:
        text: the characters with the spaces at both ends, which tell where a cell ended.
        line: the line in the document.
        leaf: how many pages had begun since the beginning of the document; tells pages apart when unnumbered.
        apart: whether an empty line stands above it.
    """

    text: str
    line: Line
    leaf: int
    apart: bool = False

    @property
    def filled(self) -> bool:
        """Whether there is more than white space."""
        return bool(self.text.strip())

    def part(self, start: int, stop: int | None = None) -> Piece:
        """The characters from ``start`` up to ``stop``."""
        return replace(self, text=self.text[start:stop])


SEAM = "\u200b"
"""Zero-width space: a line that ends with it was broken within a word."""
JOINER = "\u2060"
"""Word joiner: it keeps a line from being broken, and is no part of the words."""
INVISIBLE = re.compile(f"{SEAM}\\s+|[{SEAM}{JOINER}\ufeff]")


def plain(pieces: Sequence[Piece]) -> str:
    """The words of pieces with one space between them, without the invisible marks that steer line breaks."""
    text = " ".join(piece.text.strip() for piece in pieces)
    return " ".join(INVISIBLE.sub("", text).split())


UNFINISHED = frozenset({"en", "of", "de", "het", "een", "van", "met", "te"})
"""Words with which nothing ends; “in” or “voor” may, as in “schrijven zich in”."""


def breaks_off(text: str) -> bool:
    """Whether a text surely goes on elsewhere: it ends with a comma, a hyphen or a word with which nothing ends."""
    return text.endswith((",", "-")) or text.rpartition(" ")[2] in UNFINISHED


def where(pieces: Sequence[Piece], otherwise: Source) -> Source:
    """The lines and pages of the words of a box; of an empty box the place of its label."""
    lines = [piece.line for piece in pieces if piece.filled]
    return spanning(lines) if lines else otherwise


def by_page(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces page by page, without white space that begins the page of the next sheet."""
    parts: list[list[Piece]] = []
    for piece in pieces:
        if not parts or parts[-1][-1].leaf != piece.leaf:
            parts.append([])
        parts[-1].append(piece)
    while len(parts) > 1 and not plain(parts[-1]):
        parts.pop()
    return parts

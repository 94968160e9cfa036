"""What every reader of a document shares: where a thing stands, files that cannot be read, the largest file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

LARGEST_FILE = 64 * 1024 * 1024
"""Bytes: a plan of a thousand pages with pictures is smaller; a larger file is refused before it is opened."""


class Cell(NamedTuple):
    """A cell of a table: the row, counted through the document, and where its column begins.

    Columns are in order and equal for cells that stand below one another; their unit is the document's own.
    """

    row: int
    column: int


Area = tuple[float, float, float, float]
"""Left, top, right, bottom in points from the top left of a page."""


class DocumentFault(StrEnum):
    """Why a document cannot be read, for who says it in another language."""

    NO_FILE = "no_file"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    OTHER_KIND = "other_kind"
    NOT_UTF8 = "not_utf8"
    ENCODED_TWICE = "encoded_twice"
    LOCKED = "locked"
    DAMAGED = "damaged"
    PACKED = "packed"
    PICTURES = "pictures"
    NO_SHEETS = "no_sheets"


class DocumentError(ValueError):
    """A document that cannot be read, told in one sentence: which file, what is wrong, what would be right.

    ``line`` is where, when the fault stands on one line.
    """

    def __init__(self, sentence: str, fault: DocumentFault = DocumentFault.DAMAGED, line: int | None = None) -> None:
        super().__init__(sentence)
        self.fault = fault
        self.line = line


@dataclass(frozen=True, order=True)
class Line:
    """One line of text and its place.

    Args:
        text: the characters as they stand in the document, without the line end.
        number: 1-based number of the line in the file, or in the text of the document when it has no lines of its own.
        page: 1-based page, or None when the document does not say.
        fresh: whether a page begins with this line.
        cell: the table cell that holds the line, or None outside tables and when the document has lost them.
        area: left, top, right and bottom of the line on its page in points from the top left, when known.
        tag: the name that the document itself gives to the cell, such as the tag of a Word content control; or None.
    """

    text: str
    number: int
    page: int | None = None
    fresh: bool = False
    cell: Cell | None = None
    area: Area | None = None
    tag: str | None = None


@dataclass(frozen=True)
class Source:
    """The part of a document that a value was read from; an empty cell has the place of its label.

    ``area`` is the part on the first page, for a value that goes on over a page.
    """

    line_from: int
    line_to: int
    page: int | None = None
    page_to: int | None = None
    area: Area | None = None

    def as_dict(self) -> dict[str, int | list[float]]:
        """The known parts by name; ``page_to`` only when the value goes on over a page."""
        parts: dict[str, int | list[float]] = {"line_from": self.line_from, "line_to": self.line_to}
        if self.page is not None:
            parts["page"] = self.page
        if self.page_to is not None and self.page_to != self.page:
            parts["page_to"] = self.page_to
        if self.area:
            parts["area"] = [round(number, 1) for number in self.area]
        return parts


def spanning(lines: Sequence[Line]) -> Source:
    """The source of a value that stands on these lines; raises ValueError without any."""
    if not lines:
        raise ValueError("a source needs a line at least")
    first, last = lines[0], lines[-1]
    areas = [line.area for line in lines if line.area and line.page == first.page]
    area = None
    if areas:
        left, top, right, bottom = zip(*areas, strict=True)
        area = (min(left), min(top), max(right), max(bottom))
    return Source(first.number, last.number, first.page, last.page, area)


def check_size(path: Path, largest: int = LARGEST_FILE) -> None:
    """Refuse what is no file, is empty or is larger than ``largest`` bytes; raises DocumentError."""
    if not path.is_file():
        raise DocumentError(f"{path.name}: there is no such file.", DocumentFault.NO_FILE)
    size = path.stat().st_size
    if size == 0:
        raise DocumentError(f"{path.name}: the file is empty; send the document itself.", DocumentFault.EMPTY)
    if size > largest:
        mebibytes = 1024 * 1024
        raise DocumentError(
            f"{path.name}: the file is {size / mebibytes:.0f} MB and at most {largest / mebibytes:.0f} MB is read; "
            "send it without pictures or in parts.",
            DocumentFault.TOO_LARGE,
        )

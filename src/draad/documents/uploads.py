"""Reads a table that somebody uploads, Excel (.xlsx) or CSV, and says why a file cannot be read."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from io import BytesIO, StringIO
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

MEGABYTE = 1024 * 1024
MOST_BYTES = 5 * MEGABYTE
MOST_UNPACKED = 100 * MEGABYTE
MOST_ROWS = 20_000
HEADING_WITHIN = 20
ZIP, COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DELIMITERS = ";,\t"

Cell = str | int | Decimal | date | bool | None


class Fault(Enum):
    """Why a file cannot be read."""

    EMPTY = "empty"
    TOO_LARGE = "too large"
    TOO_MANY_ROWS = "too many rows"
    PROTECTED = "protected with a password, or an old .xls file"
    NO_TABLE = "neither Excel (.xlsx) nor CSV"
    DAMAGED = "damaged"
    HEADINGS = "headings missing"


class UnreadableFileError(ValueError):
    """A file that cannot be read: the fault, and the headings that are missing when that is the fault."""

    def __init__(self, fault: Fault, missing: Sequence[str] = ()) -> None:
        super().__init__(f"file is {fault.value}" + (f": {', '.join(missing)}" if missing else ""))
        self.fault = fault
        self.missing = tuple(missing)


@dataclass(frozen=True)
class UploadedRow:
    """One row: its number as a spreadsheet shows it (from 1), and its cells by the key of their column."""

    number: int
    cells: Mapping[str, Cell]


def read_upload(
    content: bytes, columns: Mapping[str, Sequence[str]], *, optional: Sequence[str] = (), most_rows: int = MOST_ROWS
) -> list[UploadedRow]:
    """The rows under the headings, without rows that are empty.

    Args:
        content: the file.
        columns: by key the headings that a column may carry, the preferred first; capitals and spaces do not matter.
        optional: keys of columns that may be absent; their cells are then None.
        most_rows: more rows are refused.

    Raises:
        UnreadableFileError: when the file is not a table with these headings.
    """
    if not content.strip(b"\x00 \r\n\t\xef\xbb\xbf"):
        raise UnreadableFileError(Fault.EMPTY)
    if len(content) > MOST_BYTES:
        raise UnreadableFileError(Fault.TOO_LARGE)
    lines = list(_excel(content) if content.startswith((ZIP, COMPOUND)) else _csv(content))
    top, places = _headings(lines, columns, optional)
    rows = [
        UploadedRow(number, {key: _cell(line, place) for key, place in places.items()})
        for number, line in enumerate(lines, start=1)
        if number > top
    ]
    filled = [row for row in rows if any(value is not None for value in row.cells.values())]
    if not filled:
        raise UnreadableFileError(Fault.EMPTY)
    if len(filled) > most_rows:
        raise UnreadableFileError(Fault.TOO_MANY_ROWS)
    return filled


def _excel(content: bytes) -> list[list[Cell]]:
    """The cells of the first sheet, from its first row and column."""
    if content.startswith(COMPOUND):
        raise UnreadableFileError(Fault.PROTECTED)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            if sum(member.file_size for member in archive.infolist()) > MOST_UNPACKED:
                raise UnreadableFileError(Fault.TOO_LARGE)
        with CalamineWorkbook.from_filelike(BytesIO(content)) as book:
            lines = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except PasswordError as error:
        raise UnreadableFileError(Fault.PROTECTED) from error
    except (CalamineError, zipfile.BadZipFile, IndexError) as error:
        raise UnreadableFileError(Fault.DAMAGED) from error
    return [[_plain(value) for value in line] for line in lines]


def _plain(value: Any) -> Cell:
    """A cell of Excel: whole numbers arrive as floats, and text may stand between spaces."""
    if isinstance(value, bool):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() else Decimal(repr(value))
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, datetime):
        return value.date()
    return str(value) if isinstance(value, time | timedelta) else value


def _csv(content: bytes) -> Iterator[list[Cell]]:
    text = _decoded(content)
    if "\x00" in text:
        raise UnreadableFileError(Fault.NO_TABLE)
    first = next((line for line in text.splitlines() if line.strip(DELIMITERS + " ")), "")
    delimiter = max(DELIMITERS, key=first.count)
    try:
        for line in csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True):
            yield [value.strip() or None for value in line]
    except csv.Error as error:
        raise UnreadableFileError(Fault.DAMAGED) from error


def _decoded(content: bytes) -> str:
    """Text as Excel and other programs write it: UTF-8, UTF-16 with a mark, else Windows-1252."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _headings(
    lines: Sequence[Sequence[Cell]], columns: Mapping[str, Sequence[str]], optional: Sequence[str]
) -> tuple[int, dict[str, int | None]]:
    """The row number of the headings and the place of each column: the row near the top that has most of them."""
    wanted = {_folded(heading): key for key, headings in columns.items() for heading in headings}
    best: tuple[int, dict[str, int | None]] = (0, {})
    for number, line in enumerate(lines[:HEADING_WITHIN], start=1):
        found: dict[str, int | None] = {}
        for place, value in enumerate(line):
            key = wanted.get(_folded(value)) if isinstance(value, str) else None
            if key:
                found.setdefault(key, place)
        if len(found) > len(best[1]):
            best = (number, found)
    missing = [headings[0] for key, headings in columns.items() if key not in best[1] and key not in optional]
    if missing:
        raise UnreadableFileError(Fault.HEADINGS if _looks_like_text(lines) else Fault.NO_TABLE, missing)
    return best[0], {key: best[1].get(key) for key in columns}


def _looks_like_text(lines: Iterable[Sequence[Cell]]) -> bool:
    """Whether the file is at least readable, so that naming its missing headings helps."""
    letters = "".join(value for line in list(lines)[:HEADING_WITHIN] for value in line if isinstance(value, str))
    odd = sum(not letter.isprintable() or letter == "\ufffd" for letter in letters)
    return odd * 10 <= len(letters)


def _folded(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _cell(line: Sequence[Cell], place: int | None) -> Cell:
    return line[place] if place is not None and place < len(line) else None

"""Lays the values of a sheet over the lines of its document, so that a page shows where each value stands."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from draad.documents.source import Line
from draad.plans.review import Field

LEAST = 3
"""Letters: a shorter piece that a line shares with a value is chance, unless it is the whole line."""


@dataclass(frozen=True)
class Segment:
    """A piece of a line, and the field that was read from it, if any.

    ``first`` marks the first piece of a field; ``number`` stands at its last.
    """

    text: str
    field: Field | None = None
    number: int | None = None
    first: bool = False


@dataclass(frozen=True)
class PlacedLine:
    """A line of the document with its number, its page when a page begins with it, and its pieces."""

    number: int
    page: int | None
    segments: Sequence[Segment]


def placed(lines: Sequence[Line], fields: Mapping[int, Field]) -> list[PlacedLine]:
    """The lines that hold text, each cut into pieces by the fields that were read from it.

    Args:
        lines: the lines of the sheet.
        fields: its fields by their number on the page.
    """
    taken: list[list[tuple[int, int, Field]]] = []
    for line in lines:
        own = [field for field in fields.values() if field.read and _covers(field.source, line.number)]
        taken.append(_pieces(line.text, own))
    last = {field.name: (i, start) for i, pieces in enumerate(taken) for start, _stop, field in pieces}
    first = {
        field.name: (i, start) for i, pieces in reversed(list(enumerate(taken))) for start, _s, field in pieces[::-1]
    }
    numbers = {last[field.name]: number for number, field in fields.items() if field.name in last}
    found = []
    page: int | None = None
    for i, line in enumerate(lines):
        if not line.text.strip():
            continue
        begins = line.page if line.page != page else None
        page = line.page
        found.append(PlacedLine(line.number, begins, _segments(i, line.text, taken[i], numbers, set(first.values()))))
    return found


def _covers(source: Mapping[str, int], number: int) -> bool:
    return bool(source) and source["line_from"] <= number <= source["line_to"]


def _pieces(text: str, fields: Sequence[Field]) -> list[tuple[int, int, Field]]:
    """Where each field stands in a line; the field that shares most with the line goes first."""
    free = [(len(text) - len(text.lstrip()), len(text.rstrip()))]
    found: list[tuple[int, int, Field]] = []
    shared = [(_shared(text, field.read), field) for field in fields]
    for _span, field in sorted(shared, key=lambda pair: pair[0][0] - pair[0][1]):
        best = max(((_shared(text[a:b], field.read), a) for a, b in free), key=_length, default=None)
        if best is None:
            continue
        (start, stop), offset = best
        whole = any(text[a:b] == field.read for a, b in free)
        if stop - start >= LEAST or whole:
            found.append((offset + start, offset + stop, field))
            free = _without(free, offset + start, offset + stop)
    return sorted(found, key=lambda piece: piece[0])


def _length(candidate: tuple[tuple[int, int], int]) -> int:
    (start, stop), _offset = candidate
    return stop - start


def _shared(text: str, value: str) -> tuple[int, int]:
    """The longest piece of a line that a value holds too, in whole words where it can be."""
    bare = " ".join(text.split())
    if bare and bare in value:
        return len(text) - len(text.lstrip()), len(text.rstrip())
    match = difflib.SequenceMatcher(None, text, value, autojunk=False).find_longest_match()
    start, stop = match.a, match.a + match.size
    piece = re.search(r"\S(?:.*\S)?", text[start:stop])
    return (start + piece.start(), start + piece.end()) if piece else (0, 0)


def _without(free: Sequence[tuple[int, int]], start: int, stop: int) -> list[tuple[int, int]]:
    left = [(a, b) for a, b in free if b <= start or a >= stop]
    for a, b in free:
        if a < start < b:
            left.append((a, start))
        if a < stop < b:
            left.append((stop, b))
    return left


def _segments(
    i: int,
    text: str,
    pieces: Sequence[tuple[int, int, Field]],
    numbers: Mapping[tuple[int, int], int],
    firsts: set[tuple[int, int]],
) -> list[Segment]:
    found: list[Segment] = []
    here = 0
    for start, stop, field in pieces:
        if start > here:
            found.append(Segment(text[here:start]))
        found.append(Segment(text[start:stop], field, numbers.get((i, start)), (i, start) in firsts))
        here = stop
    return [*found, Segment(text[here:])] if here < len(text) else found

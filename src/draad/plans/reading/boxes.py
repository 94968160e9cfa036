"""Cuts the lines of a document into sheets and each sheet into boxes, one for each label."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass, field, replace

from draad.documents.source import Line, Source, spanning
from draad.plans.reading.chain import Found, find_labels, sheet_count
from draad.plans.reading.headings import ENDING
from draad.plans.reading.labels import Label, label_named
from draad.plans.reading.pieces import Piece, plain

GOAL_HEADING = re.compile(r"^\s*(?:SD|OD)\s?\d+(?:\.\d+)?\s*[:.]")
NAMED = 6.0
"""Weight of a label that the document itself names: as much as one that stands alone on its line."""
MOST_LABELS = len(Label) // 2 + 1
"""Labels of a sheet that the document does not name."""
STRATEGIC_GOAL = re.compile(r"^\s*SD\s?\d+\s*[:.]")


@dataclass
class RawSheet:
    """The boxes of one sheet as pieces, empty lines included, and the lines of each label.

    ``doubtful`` names boxes whose content was a matter of choice; ``unlabelled`` those found without their label.
    """

    source: Source
    boxes: dict[Label, list[Piece]] = field(default_factory=dict)
    labels: dict[Label, list[Line]] = field(default_factory=dict)
    doubtful: set[Label] = field(default_factory=set)
    unlabelled: set[Label] = field(default_factory=set)

    def missing(self) -> list[Label]:
        """The labels that the sheet lacks, those left out whose box was found all the same."""
        return [label for label in Label if label not in self.boxes]


@dataclass(frozen=True)
class Heading:
    """A goal of the plan itself, printed as a heading between the sheets."""

    text: str
    source: Source


def cut(lines: list[Line]) -> tuple[list[RawSheet], list[Heading]]:
    """The sheets of a document with their boxes, and the headings of goals that stand between them."""
    document = _Document(lines)
    found = document.labels()
    headings = _headings(document.pieces(0, found[0].start if found else len(document.text)))
    sheets: list[RawSheet] = []
    for i, here in enumerate(found):
        label_lines = document.lines_of(here)
        if i == 0 or here.label <= found[i - 1].label:
            sheets.append(RawSheet(spanning(label_lines)))
        last = i + 1 == len(found) or found[i + 1].label <= here.label
        pieces = document.pieces(here.end, found[i + 1].start if i + 1 < len(found) else len(document.text))
        if last:
            pieces, more = _without_headings(pieces)
            headings += more
        sheets[-1].boxes[here.label] = pieces
        sheets[-1].labels[here.label] = label_lines
    for sheet in sheets:
        _find_unlabelled_goals(sheet)
    return sheets, headings


class _Document:
    """The lines as one text, and the way back from places in it to lines."""

    def __init__(self, lines: list[Line]) -> None:
        self.text = "\n".join(line.text for line in lines)
        self.lines = lines
        self.starts: list[int] = []
        self.leaves: list[int] = []
        offset = leaf = 0
        for line in lines:
            leaf += line.fresh
            self.starts.append(offset)
            self.leaves.append(leaf)
            offset += len(line.text) + 1

    def labels(self) -> list[Found]:
        """The labels of all sheets: those that the document names, unless its words show more sheets.

        A few words of labels in the cells of a sheet show none: a sheet that was added has most of its labels.
        """
        named, worded = self._named(), find_labels(self.text)
        return named if named and sheet_count(named) >= sheet_count(worded, MOST_LABELS) else worded

    def _named(self) -> list[Found]:
        """The labels whose cells the document names; neighbouring cells of one name are one label."""
        found: list[Found] = []
        last: Label | None = None
        for line, start in zip(self.lines, self.starts, strict=True):
            label = label_named(line.tag)
            end = start + len(line.text)
            if label is not None and label is last:
                found[-1] = replace(found[-1], end=end)
            elif label is not None:
                found.append(Found(label, start, end, NAMED))
            last = label
        return found

    def _index(self, offset: int) -> int:
        return bisect.bisect_right(self.starts, offset) - 1

    def lines_of(self, found: Found) -> list[Line]:
        """The lines that a label stands on."""
        return self.lines[self._index(found.start) : self._index(found.end - 1) + 1]

    def pieces(self, start: int, stop: int) -> list[Piece]:
        """The lines from one place to another, the first and the last cut off where needed."""
        if stop <= start:
            return []
        found: list[Piece] = []
        for i in range(self._index(start), self._index(stop - 1) + 1):
            line, begin = self.lines[i], self.starts[i]
            text = line.text[max(start - begin, 0) : max(stop - begin, 0)]
            found.append(Piece(text, line, self.leaves[i], apart=not found or not found[-1].filled))
        return found


def _without_headings(pieces: list[Piece]) -> tuple[list[Piece], list[Heading]]:
    """Goals of the plan are printed above the first sheet that serves them, so below the last row of the one before:
    on a new page, or outside the table where the document keeps its tables.
    """
    cells = any(piece.line.cell is not None for piece in pieces)
    last = next((piece.leaf for piece in reversed(pieces) if piece.filled), 0)
    for i, piece in enumerate(pieces):
        if piece.line.cell is None and ENDING.match(piece.text):
            return pieces[:i], _headings([other for other in pieces[i:] if not other.line.cell])
        if not GOAL_HEADING.match(piece.text):
            continue
        begins_page = piece.leaf == last and (i == 0 or pieces[i - 1].leaf != piece.leaf)
        if piece.line.cell is None if cells else begins_page:
            return pieces[:i], _headings(pieces[i:])
    return pieces, []


def _headings(pieces: list[Piece]) -> list[Heading]:
    """The goals among pieces; a goal goes on over its lines up to an empty line and a line that begins anew."""
    found: list[list[Piece]] = []
    for piece in pieces:
        if GOAL_HEADING.match(piece.text):
            found.append([piece])
        elif found and piece.filled and (not piece.apart or piece.text.lstrip()[:1].islower()):
            found[-1].append(piece)
    return [Heading(plain(group), spanning([piece.line for piece in group])) for group in found]


def _find_unlabelled_goals(sheet: RawSheet) -> None:
    """Where the label of the strategic goals was not printed, their box begins with the first goal by its code."""
    if Label.STRATEGIC_GOALS in sheet.boxes or Label.BUDGET not in sheet.boxes:
        return
    pieces = sheet.boxes[Label.BUDGET]
    for i, piece in enumerate(pieces):
        if STRATEGIC_GOAL.match(piece.text):
            sheet.boxes[Label.BUDGET], sheet.boxes[Label.STRATEGIC_GOALS] = pieces[:i], pieces[i:]
            sheet.labels[Label.STRATEGIC_GOALS] = [piece.line]
            sheet.unlabelled.add(Label.STRATEGIC_GOALS)
            return

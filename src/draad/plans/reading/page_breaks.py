"""Gives what stands on the next page back to the box it goes on with.

A page break cuts all boxes of a row; in plain text the rest of every cut box follows the last label before the
break. Which
box goes on shows in four ways: it reached the foot of the page, so it is the tallest; its lines are as wide as
before; its last sentence or list is not finished; what follows is of the same kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from draad.plans.reading.boxes import RawSheet
from draad.plans.reading.labels import Label
from draad.plans.reading.pieces import Piece, breaks_off, plain

BESIDE: dict[Label, tuple[Label, ...]] = {
    Label.BUDGET: (Label.TITLE, Label.BUDGET),
    Label.EFFECT_INDICATOR: (Label.STRATEGIC_GOALS, Label.EFFECT_INDICATOR),
    Label.OPERATIONAL_GOALS: (Label.OPERATIONAL_GOALS, Label.EFFECT_INDICATOR),
    Label.OUTPUT_INDICATOR: (Label.RESPONSIBLE_CABINETS, Label.OUTPUT_INDICATOR),
    Label.TARGET: (Label.RESPONSIBLE_CABINETS, Label.OUTPUT_INDICATOR, Label.TARGET),
    Label.RESPONSIBLE_ADMINISTRATIONS: (
        Label.RESPONSIBLE_ADMINISTRATIONS,
        Label.OUTPUT_INDICATOR,
        Label.TARGET,
    ),
    Label.OTHER_PARTNERS: (Label.INVOLVED_ADMINISTRATIONS, Label.OTHER_PARTNERS),
}
"""For the last label before a page break, the boxes that may go on after it, left to right."""

SENTENCE_END = re.compile(r"[.!?)”\"]\s*$")
BULLET = re.compile(r"^\s*(?:[•●▪\uf0b7]|[-–—])")
GOAL = re.compile(r"^\s*(?:SD|OD)\s?\d")
NUMBER = re.compile(r"^\s*(\d{1,2})[.)]\s")
NARROWEST_COLUMN = 12
"""Characters: the lines of a column tell its width when the longest is at least this long."""
SHARED = 2.0
"""What it costs to say that two boxes go on and not one."""
TORN = 2.0
"""What it costs when the first of two boxes then ends within a sentence, unless the other broke off and must go on."""


def mend(sheet: RawSheet) -> None:
    """Move what stands after a page break to the box that goes on, and mark the boxes where that was a choice."""
    for label, beside in BESIDE.items():
        present = [other for other in beside if other in sheet.boxes]
        before, after = _at_break(sheet.boxes.get(label, []))
        if not plain(after) or len(present) < 2 or any(piece.line.cell for piece in after):
            continue
        parts = {other: before if other is label else sheet.boxes[other] for other in present}
        candidates = [other for other in present if parts[other] and _same_leaf(parts[other], before)]
        if not candidates:
            continue
        best = max(_ways(after, candidates), key=lambda way: _score(way, parts))
        sheet.boxes[label] = before
        for other, pieces in best.items():
            sheet.boxes[other] = [*parts[other], *pieces]
        sheet.doubtful |= set(candidates)


def _at_break(pieces: Sequence[Piece]) -> tuple[list[Piece], list[Piece]]:
    """The pieces on the page of the label, and those on later pages."""
    first = [piece for piece in pieces if piece.leaf == pieces[0].leaf]
    return first, list(pieces[len(first) :])


def _same_leaf(pieces: Sequence[Piece], others: Sequence[Piece]) -> bool:
    return bool(others) and pieces[-1].leaf == others[-1].leaf


def _ways(after: list[Piece], candidates: Sequence[Label]) -> Iterator[dict[Label, list[Piece]]]:
    """One box takes all, the last label first, or two boxes share it at a line that may begin a cell."""
    for label in reversed(candidates):
        yield {label: after}
    places = [i for i, piece in enumerate(after) if i and piece.filled and plain(after[:i])]
    for k, left in enumerate(candidates):
        for right in candidates[k + 1 :]:
            yield from ({left: after[:i], right: after[i:]} for i in places)


def _score(way: dict[Label, list[Piece]], parts: dict[Label, list[Piece]]) -> float:
    tallest = max(_height(pieces) for pieces in parts.values())
    total = -SHARED * (len(way) - 1)
    if len(way) > 1:
        (_, left), (other, _) = way.items()
        total -= TORN * (not SENTENCE_END.search(plain(left)) and not breaks_off(plain(parts[other])))
    for label, before in parts.items():
        total += _going_on(label, before, way[label], tallest) if label in way else _ending(before, tallest)
    return total


def _height(pieces: Sequence[Piece]) -> int:
    """Lines between the first and the last word, empty ones as well: they are the spacing."""
    filled = [i for i, piece in enumerate(pieces) if piece.filled]
    return filled[-1] - filled[0] + 1 if filled else 0


def _ending(before: Sequence[Piece], tallest: int) -> float:
    """How well a box ends at the break."""
    text = plain(before)
    return -2.0 * breaks_off(text) - 0.5 * (bool(text) and _height(before) == tallest)


def _going_on(label: Label, before: Sequence[Piece], after: Sequence[Piece], tallest: int) -> float:
    """How well a box goes on with what stands after the break."""
    text, more = plain(before), plain(after)
    if not text:
        return -4.0
    score = 3.0 * (_height(before) / max(tallest, 1) - 1)
    ended = bool(SENTENCE_END.search(text)) or text.casefold() in {"n.v.t", "nvt", "/", "-"}
    score += (-1.5 if ended else 1.0) if more[0].islower() else (0.0 if ended else 0.3)
    score += _same_list(before, after)
    if label is Label.OPERATIONAL_GOALS and GOAL.match(more):
        score += 4.0
    return score - 2.0 * _width_change(before, after) - 4.0 * _too_wide(before, after)


def _same_list(before: Sequence[Piece], after: Sequence[Piece]) -> float:
    """Bullets and numbers that go on speak for a box, a list without a beginning against it."""
    if match := NUMBER.match(plain(after) + " "):
        numbers = [int(found[1]) for piece in before if (found := NUMBER.match(piece.text + " "))]
        return 1.0 if numbers and int(match[1]) == numbers[-1] + 1 else -1.0
    if BULLET.match(plain(after)):
        return 1.0 if any(BULLET.match(piece.text) for piece in before) else -0.5
    return 0.0


def _width_change(before: Sequence[Piece], after: Sequence[Piece]) -> float:
    """The part by which the longest line of a box changes over the break, between 0 and 1."""
    left = max((len(piece.text.strip()) for piece in before), default=0)
    right = max((len(piece.text.strip()) for piece in after), default=0)
    if max(left, right) < NARROWEST_COLUMN:
        return 0.0
    return abs(left - right) / max(left, right)


def _too_wide(before: Sequence[Piece], after: Sequence[Piece]) -> bool:
    """Whether a line after the break is longer than the column, whose width three lines at least have shown."""
    lengths = [len(piece.text.strip()) for piece in before if piece.filled]
    return len(lengths) > 2 and max(len(piece.text.strip()) for piece in after) > 1.2 * max(lengths)

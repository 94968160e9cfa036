"""Finds the rows of the milestone table: each begins with a period, and periods go on through the years."""

from __future__ import annotations

import re
from dataclasses import dataclass

from draad.plans.reading.pieces import Piece

YEAR = r"(?:19|20)\d\d"
MONTH = r"(?:jan|feb|maa|apr|mei|jun|jul|aug|sep|okt|nov|dec)[a-z]{0,7}\.?"
PART = r"(?:(?:1ste|1e|2de|2e|eerste|tweede)\s+(?:helft|semester|jaarhelft)(?:\s+van)?|(?:Q|K)[1-4]|schooljaar)"
BEFORE_YEAR = (
    r"(?:(?:vanaf|tot|tot en met|t/m|eind|einde|begin|medio|midden|voorjaar|najaar|zomer|herfst|winter|lente|"
    rf"{MONTH}|{PART})\s+)*"
)
PERIOD = re.compile(
    rf"^\s*(?P<period>{BEFORE_YEAR}(?P<first>{YEAR})"
    rf"(?:\s*(?:[-–/]|t/m|tot en met|tot|en)\s*(?P<last>{YEAR}|\d\d(?!\d)))?"
    r"(?:\s+(?:en\s+(?:verder|later|volgende(?:\s+jaren)?)|e\.?v\.?))?(?:\s*\([^()\d]{1,30}\))?)(?P<stop>\s*:)?(?=\s|$)",
    re.IGNORECASE,
)
OTHER_STYLE = 4.0
"""What it costs a period to begin with a word, as “Najaar 2018”, in a table whose first period begins with a year."""
ENDS_SENTENCE = re.compile(r"[.;:!?)”\"]\s*$")


@dataclass(frozen=True)
class PeriodRow:
    """One row of the milestone table as it stands in the text.

    Args:
        period: the period as printed, such as ``2018`` or ``2016 -2018``.
        period_piece: the line that the period begins.
        pieces: all other pieces of the row in order, first the rest of the line of the period.
        confidence: between 0 and 1, how surely a row begins here.
    """

    period: str
    period_piece: Piece
    pieces: list[Piece]
    confidence: float


@dataclass(frozen=True)
class _Start:
    """A line that may begin a row."""

    index: int
    first: int
    last: int
    period: str
    end: int
    weight: float


@dataclass(frozen=True)
class _Step:
    score: float
    start: _Start
    before: _Step | None


def find_rows(pieces: list[Piece]) -> list[PeriodRow]:
    """The rows of a milestone table. A line of text that happens to begin with a year is told apart by its order,
    by the empty line above it and by how it goes on.
    """
    starts = _best_chain(_starts(pieces))
    rows = []
    for k, start in enumerate(starts):
        stop = starts[k + 1].index if k + 1 < len(starts) else len(pieces)
        head = pieces[start.index]
        rest = [head.part(start.end), *pieces[start.index + 1 : stop]]
        rows.append(PeriodRow(start.period, head.part(0, start.end), rest, min(0.98, 0.4 + 0.2 * start.weight)))
    return rows


def _starts(pieces: list[Piece]) -> list[_Start]:
    found = []
    above: Piece | None = None
    width = max((len(piece.text.rstrip()) for piece in pieces), default=0)
    worded = next((not piece.text.lstrip()[0].isdigit() for piece in pieces if piece.filled), False)
    for i, piece in enumerate(pieces):
        if match := PERIOD.match(piece.text):
            weight = _weight(piece, above, piece.text[match.end() :].strip(), width)
            if above is not None and not worded and not match["period"][0].isdigit():
                weight -= OTHER_STYLE
            first = int(match["first"])
            last = _last_year(first, match["last"])
            found.append(_Start(i, first, last, match["period"].strip(), match.end(), weight))
        if piece.filled:
            above = piece
    return found


def _last_year(first: int, last: str | None) -> int:
    if not last:
        return first
    return int(last) if len(last) == 4 else first // 100 * 100 + int(last)


def _weight(piece: Piece, above: Piece | None, rest: str, width: int) -> float:
    """How much a line that begins with a year looks like the beginning of a row; below zero is against it."""
    if above is None:
        return 4
    fresh = above.leaf != piece.leaf
    weight = 2.0 if piece.apart or fresh or not rest else 0.25
    weight += -1.5 if rest[:1].islower() or rest[:1] in {")", ",", "."} else 1
    wrapped = len(above.text.rstrip()) + 6 > width and not ENDS_SENTENCE.search(above.text)
    return weight - (1.5 if wrapped else 0)


def _best_chain(starts: list[_Start]) -> list[_Start]:
    """The chain of row beginnings with the largest weight in which the years go on."""
    steps: list[_Step] = []
    for start in starts:
        before = max(
            (step for step in steps if _follows(step.start, start)),
            key=lambda step: step.score - _gap(step.start, start),
            default=None,
        )
        gained = before.score - _gap(before.start, start) if before else 0.0
        steps.append(_Step(gained + start.weight, start, before))
    step = max(steps, key=lambda step: step.score, default=None)
    chain = []
    while step:
        chain.append(step.start)
        step = step.before
    return chain[::-1]


def _follows(left: _Start, right: _Start) -> bool:
    """Later years follow; the same year only when one of both names a part of it in words, as “2018 (najaar)”."""
    if right.first != left.first or left.period == right.period:
        return right.first > left.first
    return any(character.isalpha() for character in left.period + right.period)


def _gap(left: _Start, right: _Start) -> float:
    """Years that are left out or told twice make a chain a little less likely."""
    return 0.3 * abs(right.first - left.last - 1)

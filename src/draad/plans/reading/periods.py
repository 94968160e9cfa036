"""Finds the rows of the milestone table: each begins with a period, and periods go on through the years."""

from __future__ import annotations

import re
from dataclasses import dataclass

from draad.plans.reading.pieces import Piece, breaks_off
from draad.plans.reading.staff_evidence import BULLET

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
ONLY_BEFORE_YEAR = re.compile(BEFORE_YEAR, re.IGNORECASE)
CELL_AFTER = re.compile(r"\S\s{2,}|/\s*$")
"""After a period the space of an empty cell, or the slash that people write in one."""
OTHER_STYLE = 1.5
"""What it costs a period to begin with a word, as “Najaar 2018”, in a table whose first period begins with a year."""
IN_SENTENCE = 4.0
"""The same with a small letter before or after the year: “Vanaf 2018 worden …” is a sentence."""
TORN = 3.0
"""What it costs a year to stand below a line that goes on, as one that ends with “2024-”."""
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
    """A line that may begin a row: its period ends at character ``end`` of the piece ``stop``, most often the same."""

    index: int
    stop: int
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
        head = pieces[start.index].part(0, start.end if start.stop == start.index else None)
        rest = [pieces[start.stop].part(start.end), *pieces[start.stop + 1 : stop]]
        rows.append(PeriodRow(start.period, head, rest, min(0.98, 0.4 + 0.2 * start.weight)))
    return rows


def _starts(pieces: list[Piece]) -> list[_Start]:
    found = []
    above: Piece | None = None
    width = max((len(piece.text.rstrip()) for piece in pieces), default=0)
    worded = next((not piece.text.lstrip()[0].isdigit() for piece in pieces if piece.filled), False)
    beyond = 0
    for i, piece in enumerate(pieces):
        period = _period_at(pieces, i) if piece.filled and i >= beyond else None
        if period:
            stop, end, match = period
            beyond = stop + 1
            rest = pieces[stop].text[end:]
            weight = _weight(piece, above, rest, width)
            if above is not None and not worded and not match["period"][0].isdigit():
                small = match["period"][0].islower() or _goes_on(rest)
                weight -= IN_SENTENCE if small else OTHER_STYLE
            first = int(match["first"])
            last = _last_year(first, match["last"])
            found.append(_Start(i, stop, first, last, match["period"].strip(), end, weight))
        if piece.filled:
            above = piece
    return found


def _period_at(pieces: list[Piece], index: int) -> tuple[int, int, re.Match[str]] | None:
    """The piece in which a period that begins with a line ends, where in it, and the period; None without a period.

    A narrow column breaks a period, as “2020 -” and “2021” or “2021” and “(najaar)”. The line then holds nothing else,
    not even the second space that an empty cell would leave nor the slash that people write in one.
    """
    text = pieces[index].text
    head = f"{text.strip()} "
    match = PERIOD.match(text)
    below = next((i for i, piece in enumerate(pieces[index + 1 : index + 3], index + 1) if piece.filled), None)
    begun = match or (head[0].isupper() and ONLY_BEFORE_YEAR.fullmatch(head))
    if begun and below is not None and not CELL_AFTER.search(text.lstrip()):
        more = pieces[below].text
        longer = PERIOD.match(head + more.lstrip())
        if longer and longer.end() > len(head) and pieces[below].leaf == pieces[index].leaf:
            return below, longer.end() - len(head) + len(more) - len(more.lstrip()), longer
    return (index, match.end(), match) if match else None


def _last_year(first: int, last: str | None) -> int:
    if not last:
        return first
    return int(last) if len(last) == 4 else first // 100 * 100 + int(last)


def _weight(piece: Piece, above: Piece | None, rest: str, width: int) -> float:
    """How much a line that begins with a year looks like the beginning of a row; below zero is against it."""
    if above is None:
        return 4
    fresh = above.leaf != piece.leaf
    weight = 2.0 if piece.apart or fresh or not rest.strip() else 0.25
    weight += -1.5 if _goes_on(rest) else 1
    weight -= TORN * breaks_off(above.text.strip())
    goes_on = not ENDS_SENTENCE.search(above.text) and not piece.text.lstrip()[0].isupper()
    wrapped = goes_on and len(above.text.rstrip()) + 6 > width
    return weight - (1.5 if wrapped else 0)


def _goes_on(rest: str) -> bool:
    """Whether what follows a year on its line is the rest of a sentence; not after the space of an empty cell."""
    mark = rest.lstrip()[:1]
    wide = rest[:1].isspace() and rest[1:2].isspace()
    return mark in {")", ",", "."} or (mark.islower() and not wide and not BULLET.match(rest))


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

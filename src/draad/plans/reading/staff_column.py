"""Tells the two columns of the milestone table apart: what is planned and the staff it takes.

Plain text has lost the line between the columns: the staff of a row comes after its text, on the same line when both
are short. Every place where the staff could begin is weighed, and so is an empty column. Texts that are found for
certain then help to find the same words in other rows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise, takewhile

from draad.plans.reading.periods import PeriodRow
from draad.plans.reading.pieces import Piece, plain
from draad.plans.reading.staff_evidence import (
    BULLET,
    STRONG,
    UNIT,
    Known,
    closing,
    for_empty,
    for_line,
    for_words,
    key,
    taller,
)

AMOUNT_OF_STAFF = re.compile(
    rf"(?:\+/-|±|ca\.?|circa|ongeveer|min(?:imum|\.)?|max(?:imum|\.)?)?\s*\d[\d.,]*\s?{UNIT}\b", re.IGNORECASE
)
LEAST_SHARED = 3
"""Words: two rows that end with as many are likely to name the same staff; fewer may be the unit alone."""
SURE_ENOUGH = 0.6
"""Confidence from which a text of the staff column helps to find others."""
LEAST = 0.4
BY_LEAD = 0.12
"""Confidence when two ways are as likely as each other, and what each unit of lead over the second adds."""

UNSEEN_EMPTY = 0.75
"""The most confidence in an empty column of staff of which the text shows no space."""


@dataclass(frozen=True)
class SplitRow:
    """One row of the milestone table with its columns told apart.

    Args:
        row: the row as it stood in the text.
        text: pieces of the planned work.
        staff: pieces of the staff it takes.
        confidence: between 0 and 1, how far the best way to divide the row stood above the next best.
    """

    row: PeriodRow
    text: list[Piece]
    staff: list[Piece]
    confidence: float


@dataclass(frozen=True)
class _Cut:
    """A way to divide one page's part of a row: staff begins at character ``at`` of the piece ``index``."""

    index: int
    at: int
    score: float = 0.0


def split_rows(tables: Sequence[Sequence[PeriodRow]]) -> list[list[SplitRow]]:
    """Divide the rows of all milestone tables of a document; texts found for certain help with the others."""
    spaced = _keeps_spaces(piece.text for rows in tables for row in rows for piece in row.pieces if piece.filled)
    first = [_split_table(rows, Counter(), spaced=spaced) for rows in tables]
    sure = [split.staff for table in first for split in table if split.confidence >= SURE_ENOUGH]
    texts = Counter(key(staff) for staff in sure if plain(staff))
    return [_split_table(rows, texts, spaced=spaced) for rows in tables]


def _keeps_spaces(texts: Iterable[str]) -> bool:
    """Whether most lines end with a space."""
    ends = Counter(text.endswith(" ") for text in texts)
    return ends[True] > ends[False]


def _split_table(rows: Sequence[PeriodRow], texts: Counter[str], *, spaced: bool) -> list[SplitRow]:
    width = max((len(piece.text.strip()) for row in rows for piece in row.pieces[1:]), default=0)
    shared = _shared_endings(rows)
    return [_split_row(row, Known(texts + shared, width, spaced)) for row in rows]


def _shared_endings(rows: Sequence[PeriodRow]) -> Counter[str]:
    """Endings that begin a line and close more than one row of a table: most likely the staff of each."""
    endings: Counter[str] = Counter()
    for row in rows:
        filled = [piece for piece in row.pieces if piece.filled]
        endings.update({key(filled[i:]) for i in range(1, len(filled)) if not BULLET.match(filled[i].text)})
    shared = Counter({text: count for text, count in endings.items() if count > 1})
    if words := _shared_words(rows):
        shared[words] += 2
    return shared


def _shared_words(rows: Sequence[PeriodRow]) -> str:
    """The fewest words for staff with which two rows end, wherever in a line they begin; "" when no two rows do."""
    texts = [key(row.pieces).split() for row in rows]
    found = []
    for left, right in combinations(texts, 2):
        same = list(takewhile(lambda pair: pair[0] == pair[1], zip(reversed(left), reversed(right), strict=False)))
        words = " ".join(word for word, _ in reversed(same))
        if len(same) >= LEAST_SHARED and STRONG.search(words) and len(same) < max(len(left), len(right)):
            found.append(words)
    return min(found, key=len, default="")


def _split_row(row: PeriodRow, known: Known) -> SplitRow:
    """Divide a row page by page: a cell that goes on over a page comes in parts, text before staff on each page."""
    text: list[Piece] = []
    staff: list[Piece] = []
    before: list[Piece] = []
    after: list[Piece] = []
    confidence = 1.0
    parts = _by_page(row.pieces)
    for number, part in enumerate(parts):
        cuts = _cuts(part, known, ended=number + 1 == len(parts))
        if number:
            cuts = _going_on(part, cuts, before, after)
        cuts.sort(key=lambda cut: cut.score, reverse=True)
        confidence = min(confidence, _certainty(cuts, part, known, ended=number + 1 == len(parts)))
        before, after = _divide(part, cuts[0])
        text += before
        staff += after
    return SplitRow(row, text, staff, confidence)


def _going_on(
    part: Sequence[Piece], cuts: Sequence[_Cut], text: Sequence[Piece], staff: Sequence[Piece]
) -> list[_Cut]:
    """The ways to divide the part of a row on a later page, after what it held on the page before.

    Staff goes on only where there was some, as all of the part or after the rest of the text.
    """
    none = next(cut for cut in cuts if cut.index == len(part))
    if not plain(staff):
        return [none]
    first = next((i for i, piece in enumerate(part) if piece.filled), len(part))
    whole = _Cut(first, 0, none.score)
    lead = taller(text, staff)
    if lead > 0:
        return [whole]
    kept = [cut for cut in cuts if cut is none or _strong(part, cut)]
    return kept if lead else [*kept, whole]


def _by_page(pieces: Sequence[Piece]) -> list[list[Piece]]:
    parts: list[list[Piece]] = []
    for piece in pieces:
        if not parts or parts[-1][-1].leaf != piece.leaf:
            parts.append([])
        parts[-1].append(piece)
    return parts


def _strong(part: Sequence[Piece], cut: _Cut) -> bool:
    return bool(STRONG.search(plain(_divide(part, cut)[1])))


def _certainty(cuts: Sequence[_Cut], part: Sequence[Piece], known: Known, *, ended: bool) -> float:
    """1 when there was nothing to choose; else it grows with the lead of the best cut over the second.

    That a row of several lines names no staff is less sure as long as no space shows the empty cell.
    """
    if len(cuts) < 2:
        return 1.0
    empty = cuts[0].index == len(part) and sum(piece.filled for piece in part) > 1
    most = UNSEEN_EMPTY if empty and closing(part, known, ended=ended) < 1 else 1.0
    return round(min(most, LEAST + BY_LEAD * (cuts[0].score - cuts[1].score)), 2)


def _divide(part: Sequence[Piece], cut: _Cut) -> tuple[list[Piece], list[Piece]]:
    if cut.index >= len(part):
        return list(part), []
    here = part[cut.index]
    return [*part[: cut.index], here.part(0, cut.at)], [here.part(cut.at), *part[cut.index + 1 :]]


def _cuts(part: Sequence[Piece], known: Known, *, ended: bool) -> list[_Cut]:
    """All ways to divide the part of a row on one page, with their scores."""
    filled = [i for i, piece in enumerate(part) if piece.filled]
    closed = closing(part, known, ended=ended)
    cuts = [_Cut(len(part), 0, for_empty(part, known, closed))]
    places = [(_Cut(i, 0), for_line(part, above, i, known)) for above, i in pairwise(filled)]
    if filled:
        inline = _inline_places(part, filled[0], known)
        places += [(_Cut(filled[0], at), evidence) for at, evidence in inline]
    for place, evidence in places:
        score = evidence + for_words(*_divide(part, place), known, closed)
        cuts.append(_Cut(place.index, place.at, score))
    return cuts


def _inline_places(part: Sequence[Piece], index: int, known: Known) -> list[tuple[int, float]]:
    """Places within the first line of a row where staff may begin, and the evidence of each.

    After a wide space, before a number of staff, and where words begin that fill the column of staff elsewhere.
    """
    text = part[index].text
    places: dict[int, float] = {found.end(): 1.0 for found in re.finditer(r"\S\s{2,}(?=\S)", text)}
    for found in AMOUNT_OF_STAFF.finditer(text):
        places.setdefault(found.end() - len(found[0].lstrip()), 0.0)
    for found in re.finditer(r"(?<=\s)\S", text):
        if known.texts[key([part[index].part(found.start()), *part[index + 1 :]])]:
            places.setdefault(found.start(), 1.0)
    beside = [(at, evidence) for at, evidence in places.items() if text[:at].strip()]
    if empty_text := re.match(r"\s{2,}(?=\S)", text):
        beside.append((empty_text.end(), -1.0))
    return beside

"""Tells the two columns of the milestone table apart: what is planned and the staff it takes.

Plain text has lost the line between the columns: the staff of a row comes after its text, on the same line when both
are short. Every place where the staff could begin is weighed, and so is an empty column. Texts that are found for
certain then help to find the same words in other rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from draad.plans.reading.inline_staff import inline_places
from draad.plans.reading.periods import PeriodRow
from draad.plans.reading.pieces import Piece, breaks_off, by_page, plain
from draad.plans.reading.shared_endings import endings_after_other_words, endings_in_table
from draad.plans.reading.staff_evidence import (
    STRONG,
    Known,
    Weight,
    closing,
    for_empty,
    for_line,
    for_words,
    key,
    may_go_on,
    taller,
)

SURE_ENOUGH = 0.6
"""Confidence from which a text of the staff column helps to find others."""
LEAST = 0.4
BY_LEAD = 0.12
"""Confidence when two ways are as likely as each other, and what each unit of lead over the second adds."""

BUT_FEW = 0.98
"""Part of the lines that are not longer than what counts as the longest: a stray line does not set the width."""
LEAST_LINES = 100
"""Lines that tell how wide the columns of a document are."""
UNSEEN_EMPTY = 0.75
"""The most confidence in an empty column of staff of which the text shows no space."""
SHOWN_FILLED = 0.5
"""The most confidence in an empty column of staff where the text shows that it is not empty."""


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
    all_rows = [row for rows in tables for row in rows]
    spaced = _keeps_spaces(piece.text for rows in tables for row in rows for piece in row.pieces if piece.filled)
    known = Known(Counter(), 0, spaced, widest=_widest(all_rows))
    ends = [closing(by_page(row.pieces)[-1], known, ended=True) for row in all_rows]
    if spaced and any(end > 0 for end in ends):
        named = [row for row, end in zip(all_rows, ends, strict=True) if end < 0]
        known = replace(known, texts=endings_after_other_words(named), empties=True)
    first = [_split_table(rows, known) for rows in tables]
    sure = [split.staff for table in first for split in table if split.confidence >= SURE_ENOUGH]
    texts = Counter(key(staff) for staff in sure if plain(staff))
    return [_split_table(rows, replace(known, texts=known.texts + texts)) for rows in tables]


def _widest(rows: Sequence[PeriodRow]) -> int:
    """Characters of a line than which few are longer; 0 where there are too few lines to tell."""
    lengths = sorted(len(piece.text.strip()) for row in rows for piece in row.pieces if piece.filled)
    return lengths[int(len(lengths) * BUT_FEW)] if len(lengths) >= LEAST_LINES else 0


def _keeps_spaces(texts: Iterable[str]) -> bool:
    """Whether most lines end with a space."""
    ends = Counter(text.endswith(" ") for text in texts)
    return ends[True] > ends[False]


def _split_table(rows: Sequence[PeriodRow], known: Known) -> list[SplitRow]:
    width = max((len(piece.text.strip()) for row in rows for piece in row.pieces[1:]), default=0)
    shared = endings_in_table(rows)
    own = replace(known, texts=known.texts + shared, width=width)
    return [_split_row(row, own) for row in rows]


def _split_row(row: PeriodRow, known: Known) -> SplitRow:
    """Divide a row page by page: a cell that goes on over a page comes in parts, text before staff on each page."""
    text: list[Piece] = []
    staff: list[Piece] = []
    before: list[Piece] = []
    after: list[Piece] = []
    confidence = 1.0
    parts = by_page(row.pieces)
    for number, part in enumerate(parts):
        cuts = _cuts(part, known, ended=number + 1 == len(parts))
        if number:
            cuts = _going_on(part, cuts, before, after, known)
        cuts.sort(key=lambda cut: cut.score, reverse=True)
        confidence = min(confidence, _certainty(cuts, part, known, ended=number + 1 == len(parts)))
        before, after = _divide(part, cuts[0])
        text += before
        staff += after
    return SplitRow(row, text, staff, confidence)


def _going_on(
    part: Sequence[Piece], cuts: Sequence[_Cut], text: Sequence[Piece], staff: Sequence[Piece], known: Known
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
    if lead:
        return kept
    torn = [cut for cut in cuts if _begins_small(part, cut)] if may_go_on(staff, known) else []
    rests = [_Cut(cut.index, cut.at, cut.score + Weight.GOES_ON) for cut in torn]
    return [*kept, *rests, whole]


def _strong(part: Sequence[Piece], cut: _Cut) -> bool:
    return bool(STRONG.search(plain(_divide(part, cut)[1])))


def _begins_small(part: Sequence[Piece], cut: _Cut) -> bool:
    """Whether the staff would begin a line, with a small letter, after a text that does not break off."""
    here = cut.index < len(part) and cut.at == 0 and plain(part[cut.index :])[:1].islower()
    return here and not breaks_off(plain(part[: cut.index]))


def _certainty(cuts: Sequence[_Cut], part: Sequence[Piece], known: Known, *, ended: bool) -> float:
    """1 when there was nothing to choose; else it grows with the lead of the best cut over the second.

    That a row of several lines names no staff is less sure as long as no space shows the empty cell.
    """
    empty = cuts[0].index == len(part)
    closed = closing(part, known, ended=ended)
    most = 1.0
    if empty and closed < 0 and known.empties:
        most = SHOWN_FILLED
    elif empty and closed < 1 and sum(piece.filled for piece in part) > 1:
        most = UNSEEN_EMPTY
    if len(cuts) < 2:
        return SHOWN_FILLED if most == SHOWN_FILLED else 1.0
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
        inline = inline_places(part, filled[0], known, closed)
        places += [(_Cut(filled[0], at), evidence) for at, evidence in inline]
    for place, evidence in places:
        score = evidence + for_words(*_divide(part, place), known, closed)
        cuts.append(_Cut(place.index, place.at, score))
    return cuts

"""Words with which several rows of milestones end: most likely the staff of each, even without a word for staff."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations, takewhile

from draad.plans.reading.inline_staff import AMOUNT_OF_STAFF
from draad.plans.reading.periods import PeriodRow
from draad.plans.reading.pieces import by_page
from draad.plans.reading.staff_evidence import BULLET, STRONG, key

LEAST_SHARED = 3
"""Words: two rows that end with as many are likely to name the same staff; fewer may be the unit alone."""
MOST_SHARED = 25
"""Words: longer endings are not looked for."""


def endings_in_table(rows: Sequence[PeriodRow]) -> Counter[str]:
    """Endings that begin a line and close more than one row of a table, or the part of a row on one page."""
    endings: Counter[str] = Counter()
    for part in (part for row in rows for part in by_page(row.pieces)):
        filled = [piece for piece in part if piece.filled]
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


def endings_after_other_words(rows: Sequence[PeriodRow]) -> Counter[str]:
    """Endings shared by rows of a document that differ in the word before them.

    Only for rows that are known to name staff: others may well end with the same words of text. An ending with a
    number of staff is left out, as the number itself tells where it begins.
    """
    words = [key(row.pieces).split() for row in rows]
    counts: Counter[tuple[str, ...]] = Counter(
        tuple(own[-length:]) for own in words for length in range(1, min(len(own), MOST_SHARED + 1) + 1)
    )
    longest: dict[tuple[str, ...], int] = {}
    for ending, count in counts.items():
        longest[ending[1:]] = max(count, longest.get(ending[1:], 0))
    found = {
        " ".join(ending): count
        for ending, count in counts.items()
        if count > longest.get(ending, 0) and count > 1 and LEAST_SHARED <= len(ending) <= MOST_SHARED
    }
    return Counter({text: count for text, count in found.items() if not AMOUNT_OF_STAFF.search(text)})

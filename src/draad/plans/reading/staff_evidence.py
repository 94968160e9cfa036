"""What speaks for and against a place in a row of milestones where the column of staff could begin.

All evidence is a number: above zero speaks for the place. The sizes were set on the sheets of the first two goals of
the first plan and checked on those of the other two; docs/explanation/reading-action-sheets.md tells the scores.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from draad.plans.reading.pieces import Piece, breaks_off, plain

UNIT = r"(?:VTE|FTE|voltijdse?\s+equivalent(?:en)?|mensdag(?:en)?|manda(?:g|gen)|mensja(?:ar|ren)|mensmaand(?:en)?)"
STRONG = re.compile(
    rf"\b(?:\d[\d.,]*\s?)?{UNIT}\b|\b\d+\s+uur\s+per\s+week\b|\bpersoneel\w*|\b\w*personeels(?:lid|leden|inzet)\b",
    re.IGNORECASE,
)
"""Words that only staff is told in."""
MEDIUM = re.compile(
    r"\b\w*(?:medewerk(?:er|ers|ster|sters)|co[öo]rdinator(?:en)?|projectleid(?:er|ers|ing)|instructeur\w*|"
    r"consulent(?:en)?|docent(?:en)?|coach(?:es)?|gedetacheerd\w*|begeleiders?|stafleden|experts?|vrijwilligers?|stagiairs?)\b|\buitbesteed\b|"
    r"\b(?:[A-Z]{2,}-|\w+)?team(?:s|leden)?\b|\bwerkgroep(?:en)?\b|\binzet\b|\breguliere\s+(?:middelen|werking|personeel)|"
    r"\b(?:vol|half|deel)tijdse?\b",
    re.IGNORECASE,
)
"""Words for people who work, which plans use in both columns."""
REFERENCE = re.compile(
    r"\s*(?:idem(?:\s+(?:als\s+)?(?:19|20)\d\d)?|(?:de|het)?zelfde\s+als|zie\s+(?:hier)?boven|zie\s+(?:19|20)\d\d|"
    r"(?:nog\s+)?te\s+bepalen|nog\s+niet\s+bekend|(?:[a-z]\.){1,3}[a-z]\.?|nvt|niet\s+(?:van\s+toepassing|te\s+\w+)|onbekend|nihil|geen|"
    r"p\.?m\.?|[/-]\s*$)(?!\w)",
    re.IGNORECASE,
)
"""What people write in a cell to refer to another one or to say that there is nothing to tell."""
BULLET = re.compile(r"^\s*(?:[•●▪◦·\uf0b7\u2192]|o\s|[-–—]|\d{1,2}[.)]\s)")
SENTENCE_END = re.compile(r"[.;:!?)…]\s*$")
LONGEST_REFERENCE = 40
"""Characters of a cell that only refers."""
ROOM = 0.1
"""Part of the width of a column: a line with more room than that ended because its text ended."""
EMPTY_LINES_OF_A_CELL = 3
"""Empty lines after a row that an empty cell adds one to."""
LEAST_DENSE = 3
"""Lines of a row: two without an empty line between them and one with may be chance."""
STAFF_ROOM = 0.82
"""Part of the longest lines of a document that a line of staff takes at most."""
MOST_WRAPS = 3
"""Lines in a narrower column are told apart as well by three as by more."""


class Weight:
    """How much each sign counts."""

    EMPTY = 0.5
    """Head start of an empty cell: more than half of the rows name no staff."""
    CLOSED_EMPTY = 2.5
    """An empty cell that left its white space at the end of the row."""
    CLOSED_FILLED = -1.5
    """Staff in a row whose end shows an empty cell."""
    STRONG = 3.5
    STRONG_IN_TEXT = -2.5
    MEDIUM = 0.8
    MOST_MEDIUM = 2.0
    NO_WORD_FOR_STAFF = -3.0
    KNOWN = 3.0
    """The same words in the same column of another row."""
    BULLET = -1.5
    """A list goes on rather than that staff begins."""
    SMALL_LETTER = -1.0
    NARROW_IN_STAFF = 1.0
    NARROW_IN_TEXT = -2.0
    DENSE_APART = 1.0
    """An empty line where the lines of a cell follow one another without."""
    ONLY_GAP = 1.5
    """The same when it is the only one of the row."""
    DENSE_TOGETHER = -3.0
    SENTENCE_ENDED = 0.5
    GOES_ON = 4.0
    """The rest of a cell that a page break cut within a sentence: it needs no word for staff and no capital."""
    AMOUNT_IN_TEXT = -1.0
    """Besides: what stands before names a number of staff."""
    TOO_WIDE = -2.5
    """A line that the narrower column of staff has no room for."""
    MOST_TOO_WIDE = 2
    OPEN_BRACKET = -1.5
    """A bracket that opens before the place and closes after it."""


@dataclass(frozen=True)
class Known:
    """What the rest of the document tells.

    Args:
        texts: how often texts stand in the staff column.
        width: characters of the longest line of the table, which is one of the column of text.
        spaced: whether lines keep the spaces at their ends, which show where a cell ended.
        empties: whether the space of an empty cell was seen, so that a row without one has no empty cell.
        widest: characters of about the longest line of all tables of the document; 0 where there are too few lines.
    """

    texts: Counter[str]
    width: int
    spaced: bool
    empties: bool = False
    widest: int = 0


def key(pieces: Sequence[Piece]) -> str:
    """The words of a cell in the form in which cells are compared."""
    return plain(pieces).casefold().rstrip(" .")


def closing(part: Sequence[Piece], known: Known, *, ended: bool) -> float:
    """Whether the white space after a row shows an empty last cell: 1 yes, -1 no, 0 not known at the end of a page.

    An empty cell leaves a space of its own: at the end of the line when the row is one line, else on the next line,
    which the end of a page may swallow. Where spaces were lost, it may leave an empty line more.
    """
    filled = [i for i, piece in enumerate(part) if piece.filled]
    if not filled or any(piece.text == " " for piece in part[filled[-1] + 1 :]):
        return 1
    if not known.spaced:
        return 1.0 if len(part) - filled[-1] > EMPTY_LINES_OF_A_CELL else 0.0
    if re.search(r"\s{2,}$", part[filled[-1]].text):
        return 1 if len(filled) == 1 else 0.3
    one_line = len(filled) == 1 and part[filled[0]].text.endswith(" ")
    return -1 if ended and (one_line or filled[-1] + 1 < len(part)) else 0


def for_empty(part: Sequence[Piece], known: Known, closed: float) -> float:
    """Evidence that no staff is named at all."""
    strong = Weight.STRONG_IN_TEXT * bool(STRONG.search(plain(part)))
    narrow = Weight.NARROW_IN_TEXT * narrow_wraps(part, known)
    return Weight.EMPTY + Weight.CLOSED_EMPTY * closed + strong + narrow


def for_line(part: Sequence[Piece], above: int, here: int, known: Known) -> float:
    """Evidence that a new cell begins with a line, from the line above it and the white space between."""
    word = part[here].text.split()[0]
    slack = known.width - len(part[above].text.strip()) - 1 - len(word)
    room = max(-2.0, min(1.0, slack / max(ROOM * known.width, 1)))
    filled = [i for i, piece in enumerate(part) if piece.filled]
    dense = any(left + 1 == right for left, right in pairwise(filled))
    apart = 0.0
    if dense:
        apart = Weight.DENSE_APART if here > above + 1 else Weight.DENSE_TOGETHER
        gaps = sum(left + 1 < right for left, right in pairwise(filled))
        apart += Weight.ONLY_GAP * (here > above + 1 and gaps == 1 and len(filled) > LEAST_DENSE)
    return room + apart + Weight.SENTENCE_ENDED * bool(SENTENCE_END.search(part[above].text))


def for_words(before: Sequence[Piece], after: Sequence[Piece], known: Known, closed: float) -> float:
    """Evidence that the words after a place are staff and those before it are not."""
    staff = plain(after)
    strong = STRONG.search(staff)
    medium = list(MEDIUM.finditer(staff))
    refers = len(staff) <= LONGEST_REFERENCE and bool(REFERENCE.match(staff))
    score = Weight.STRONG * bool(strong or refers) + min(Weight.MOST_MEDIUM, Weight.MEDIUM * len(medium))
    elsewhere = known.texts[key(after)] > 0
    repeated = elsewhere and not breaks_off(plain(before))
    score += Weight.NO_WORD_FOR_STAFF * (not (strong or medium or refers or repeated))
    begins = min((match.start() for match in [strong, *medium] if match), default=0)
    score -= min(2.0, begins / 60) + min(2.0, len(staff) / 250)
    score += Weight.NARROW_IN_STAFF * narrow_wraps(after, known) + Weight.NARROW_IN_TEXT * narrow_wraps(before, known)
    score += Weight.TOO_WIDE * too_wide(after, known)
    named = [found[0] for found in STRONG.finditer(plain(before))]
    score += Weight.STRONG_IN_TEXT * bool(named)
    score += Weight.AMOUNT_IN_TEXT * any(words[0].isdigit() for words in named)
    listed = next((piece.text for piece in after if piece.filled), "")
    lists = any(BULLET.match(piece.text) for piece in before)
    score += Weight.BULLET * (1 + lists) * bool(BULLET.match(listed) and not STRONG.search(listed))
    score += Weight.BULLET * (lists and not strong and any(BULLET.match(piece.text) for piece in after[1:]))
    score += Weight.OPEN_BRACKET * (plain(before).count("(") > plain(before).count(")"))
    score += Weight.KNOWN * elsewhere + Weight.SMALL_LETTER * (staff[:1].islower() and not elsewhere)
    return score + Weight.CLOSED_FILLED * closed


def may_go_on(pieces: Sequence[Piece], known: Known) -> bool:
    """Whether staff may go on over a page: no other row has just these words, and they close neither with the end of a
    sentence nor with a word for staff."""
    staff = plain(pieces)
    ends = max((found.end() for found in STRONG.finditer(staff)), default=-1)
    return not known.texts[key(pieces)] and not SENTENCE_END.search(staff) and ends != len(staff)


def taller(text: Sequence[Piece], staff: Sequence[Piece]) -> int:
    """Which column reached the foot of the page and goes on: above zero the staff, below zero the text, 0 both may."""
    heights = [sum(piece.filled for piece in pieces) for pieces in (text, staff)]
    return heights[1] - heights[0]


def too_wide(pieces: Sequence[Piece], known: Known) -> int:
    """How many lines are wider than the column of staff, which has some three quarters of the room of the other."""
    wide = sum(len(piece.text.strip()) > STAFF_ROOM * known.widest for piece in pieces if piece.filled)
    return min(Weight.MOST_TOO_WIDE, wide) if known.widest else 0


def narrow_wraps(pieces: Sequence[Piece], known: Known) -> float:
    """How often a sentence goes on after a line that had room for more, which shows a narrower column.

    A single such line may be chance and counts for half; more than three tell no more than three.
    """
    lines = [piece.text.split() for piece in pieces if piece.filled]
    wraps = 0
    for above, below in pairwise(lines):
        slack = known.width - len(" ".join(above)) - 1 - len(below[0])
        listed = BULLET.match(" ".join(below)) or SENTENCE_END.search(above[-1])
        wraps += below[0][:1].islower() and not listed and slack > ROOM * known.width
    return min(MOST_WRAPS, wraps if wraps > 1 else wraps / 2)

"""Steers where a PDF breaks lines, so that reading it gives the same words back.

A line is broken at spaces only. A word that is too long for its column is broken at seams: zero-width spaces, by which
the reader knows that no space stood there.
"""

from __future__ import annotations

import re
import unicodedata
from functools import partial

from draad.plans.reading.labels import STYLES
from draad.plans.reading.periods import PERIOD
from draad.plans.reading.pieces import JOINER, SEAM

SHOWN = (
    "\n\u0020-\u007e\u00a1-\u00ac\u00ae-\u02ff\u038e-\u03a1\u03a3-\u0482\u048a-\u04ff\u1e00-\u1eff\u2010-\u2027\u2030-\u2040"
    "\u2044-\u2052\u2074-\u208e\u20a0-\u20c0\u2100-\u211e\u2190-\u2328\u232b-\u23ff\u2460-\u2606\u2610-\u262f\u270c-\u2714"
)
"""What the typefaces inside Typst hold and what Dutch texts use of it; a test draws every one of these."""
NOT_SHOWN = re.compile(f"[^{SHOWN}]")
REPLACEMENT = "\ufffd"
ORNAMENT = re.compile(r"[\s/|_.·]+")
BREAKABLE = re.compile(r"[^\w\s](?=\S)")
"""A sign with more of the word behind it: a line could be broken there."""
SIGN = re.compile(r"([^\w\s])")
LETTER = 1.75
"""Millimetres that a small letter takes on average, rather too much."""
WIDE = 1.7
"""How much wider a capital is."""
PADDING = 4.0
"""Millimetres beside the text of a cell."""
PART = 10


def shown(text: str) -> str:
    """A text on one line, with a replacement sign for every letter that the typefaces lack."""
    return NOT_SHOWN.sub(REPLACEMENT, unicodedata.normalize("NFC", " ".join(text.split())))


def steered(text: str, width: float, *, value: bool = True) -> list[str]:
    """A paragraph for Typst: texts of which every second is to stay on one line; the others are broken at spaces.

    Args:
        text: what is printed; made ready by ``shown``.
        width: millimetres of the cell.
        value: whether the text is marked when it looks like a label or a period, so that it is not read as one.
    """
    printed = unlike_a_label(shown(text)) if value else shown(text)
    fits = (width - PADDING) / LETTER
    parts = [""]
    for word in printed.split(" "):
        if _width(word) > fits:
            parts[-1] += f"{_seamed(word)} "
        elif BREAKABLE.search(word):
            parts += [word, " "]
        else:
            parts[-1] += f"{word} "
    parts[-1] = parts[-1].removesuffix(" ")
    return parts


def _width(word: str) -> float:
    """Width of a word in small letters."""
    return sum(WIDE if letter.isupper() or letter in "mw@%" else 1.0 for letter in word)


def _seamed(word: str) -> str:
    """A word with seams between its signs and its parts, each of which fits in every column."""
    parts = [part for part in SIGN.split(word) if part]
    return SEAM.join(part[i : i + PART] for part in parts for i in range(0, len(part), PART))


def unlike_a_label(text: str) -> str:
    """The text with a joiner where it could be read as something else than a value.

    That is within a label of several words anywhere and of one word at either end, and in a text that by itself is a
    period or decoration.
    """
    for style in STYLES.values():
        text = style.pattern.sub(partial(_marked, words=style.words), text)
    return _joined(text) if ORNAMENT.fullmatch(text) or PERIOD.fullmatch(text) else text


def _marked(match: re.Match[str], words: str) -> str:
    at_an_end = match.start() == 0 or match.end() == len(match.string)
    return _joined(match[0]) if " " in words or at_an_end else match[0]


def _joined(text: str) -> str:
    return text[:1] + JOINER + text[1:]

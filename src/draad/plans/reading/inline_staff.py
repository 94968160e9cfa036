"""Places within a line of milestones where the staff may begin: a short text and short staff stand on one line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from draad.plans.reading.pieces import Piece, plain
from draad.plans.reading.staff_evidence import MEDIUM, REFERENCE, STRONG, UNIT, Known, key

ABOUT = r"(?:\+/-|±|ca\.?|circa|ongeveer|min(?:imum|\.)?|max(?:imum|\.)?)"
DIGITS = r"\d[\d.,]*"
AMOUNT_OF_STAFF = re.compile(
    rf"{ABOUT}?\s*(?:{DIGITS}\s?(?:-|–|/|à|tot|x)\s?)?{DIGITS}\s?(?:%\s?)?(?:{UNIT}\b|uur\s+per\s+week\b)",
    re.IGNORECASE,
)
"""A number of staff, as “+/- 2 VTE”, “5 à 6 VTE”, “2 x 0,5 VTE”, “3/4 VTE”, “50% FTE” or “15 uur per week”."""
WIDE_SPACE = re.compile(r"\S\s{2,}(?=\S)")
WORD = re.compile(r"(?<=\s)\S")
CAPITAL = re.compile(r"(?<=\s)[A-ZÀ-Þ](?=\w)")
NUMBER = re.compile(r"(?<=\s)\d{1,3}(?:,\d+)?\s(?=[a-zà-ÿ])")
PEOPLE = re.compile(
    rf"(?<=\s)(?:{DIGITS}\s+)?(?:[a-zà-ÿ]{{3,}}e\s+)?(?:{MEDIUM.pattern}|{STRONG.pattern})", re.IGNORECASE
)
"""A word for staff, with the number and the adjective before it: “wisselende inzet”, “2 halftijdse medewerkers”."""
LEANS = re.compile(
    r"(?:,|\b(?:de|het|een|van|in|op|voor|aan|door|bij|met|over|uit|naar|tot|en|of|te)|\b[A-ZÀ-Þ][\w-]+)\s+$"
)
"""What a sentence or a name goes on after: a comma, an article, a preposition, another name."""
LONGEST_LEAD = 40
"""Characters of the words that lead to a number of staff: “Administratieve ondersteuning: 0,2 VTE”."""
NO_TEXT = 0.5
"""Evidence that the wide space after a period is an empty text, in a document that keeps its spaces."""
NO_TEXT_UNSURE = -1.0
"""The same in a document that does not."""
NEW_CELL = 0.5
"""Evidence of a capital within a sentence, or of a new sentence."""


def inline_places(part: Sequence[Piece], index: int, known: Known, closed: float) -> list[tuple[int, float]]:
    """Places within the line ``index``, the first of a row, where staff may begin, and the evidence of each.

    After a wide space, before a number of staff and the words that lead to it, and where words begin that fill the
    column of staff elsewhere. When the end of the row shows that its staff is not empty (``closed`` below zero), at
    every word that may begin a cell.
    """
    text = part[index].text
    places: dict[int, float] = {found.end(): 1.0 for found in WIDE_SPACE.finditer(text)}
    found_amounts = list(AMOUNT_OF_STAFF.finditer(text))
    amounts = [found.end() - len(found[0].lstrip()) for found in found_amounts]
    for at in amounts:
        places.setdefault(at, 0.0)
    for at in _leads(text, amounts[0]) if amounts else ():
        places.setdefault(at, NEW_CELL)
    for found in WORD.finditer(text):
        within = any(
            begin < found.start() < amount.end() for begin, amount in zip(amounts, found_amounts, strict=True)
        )
        if not within and known.texts[key([part[index].part(found.start()), *part[index + 1 :]])]:
            places.setdefault(found.start(), 1.0)
    more = plain(part[index + 1 :])
    if closed < 0 and known.empties and not amounts and not STRONG.search(more):
        for at, evidence in _beginnings(text, more):
            places.setdefault(at, evidence)
    beside = [(at, evidence) for at, evidence in places.items() if text[:at].strip()]
    if empty_text := re.match(r"\s{2,}(?=\S)", text):
        beside.append((empty_text.end(), NO_TEXT if known.spaced else NO_TEXT_UNSURE))
    return beside


def _leads(text: str, amount: int) -> Iterator[int]:
    """Where words begin that say whose staff the number at ``amount`` is: a role, or anything with a colon."""
    for found in CAPITAL.finditer(text, 0, amount):
        lead = text[found.start() : amount].strip()
        if len(lead) <= LONGEST_LEAD and (lead.endswith(":") or MEDIUM.match(lead) or STRONG.search(lead)):
            yield found.start()


def _beginnings(text: str, more: str) -> Iterator[tuple[int, float]]:
    """Where in a line a cell may begin of which the rest of the line and ``more`` lines below are the words."""
    whole = f"{text.rstrip()} {more}".rstrip(" .")
    for found in WORD.finditer(text):
        if REFERENCE.fullmatch(whole, found.start()):
            yield found.start(), 0.0
            break
    for found in [
        *CAPITAL.finditer(text),
        *NUMBER.finditer(text),
        *PEOPLE.finditer(whole, 0, len(text) + LONGEST_LEAD),
    ]:
        before = text[: found.start()]
        if found.start() < len(text.rstrip()) and not (LEANS.search(before) and len(before.split()) > 1):
            yield found.start(), NEW_CELL * text[found.start()].isupper()

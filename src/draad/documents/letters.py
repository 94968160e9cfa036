"""A letter with a decision: what it says, as a PDF/UA-1 file, and by which names a Word template refers to it.

A letter holds finished texts in one language; whoever makes it writes amounts and dates as people read them. The same
letter gives the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import typst

TEMPLATE = Path(__file__).parent / "letter.typ"


@dataclass(frozen=True)
class LetterLine:
    """One row of the table: what was asked and decided."""

    action: str
    line: str
    requested: str
    granted: str
    units: str
    outcome: str
    reason: str


@dataclass(frozen=True)
class Signed:
    """Who signed, and when."""

    name: str
    date: str


@dataclass(frozen=True)
class Letter:
    """What a letter says.

    Args:
        language: ISO 639-1 code, for screen readers.
        mark: says that the letter is an example or a draft, or is empty for a real one.
        sender: who writes.
        programme: the programme.
        round: the round, as people name it.
        date: the day of the decision, in words.
        reference: by which the sender knows the dossier.
        organisation: to whom the letter goes.
        subject: what it is about.
        paragraphs: the text before the table.
        headings: the headings of the table, in the order of the fields of ``LetterLine`` up to ``outcome``.
        lines: the rows of the table.
        total: the word before the totals.
        requested: what was asked in all.
        granted: what is granted in all.
        advance: what is paid first, or empty when nothing is granted.
        balance: what is paid after the reports, or empty.
        iban: the account that is paid, in groups of four.
        account_holder: whose account it is.
        closing: the text after the table.
        signatures: who signed.
    """

    language: str
    mark: str
    sender: str
    programme: str
    round: str
    date: str
    reference: str
    organisation: str
    subject: str
    paragraphs: tuple[str, ...]
    headings: tuple[str, ...]
    lines: tuple[LetterLine, ...]
    total: str
    requested: str
    granted: str
    advance: str
    balance: str
    iban: str
    account_holder: str
    closing: tuple[str, ...]
    signatures: tuple[Signed, ...]


def make_letter_pdf(letter: Letter, *, made_at: datetime) -> bytes:
    """The letter as a PDF/UA-1 file; ``made_at`` is the moment in its properties."""
    return make_letters_pdf([letter], made_at=made_at)


def make_letters_pdf(letters: Sequence[Letter], *, made_at: datetime) -> bytes:
    """Letters one after the other in one file, each from a new page, for printing."""
    made: bytes = typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"letters": json.dumps([asdict(letter) for letter in letters], ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=int(made_at.timestamp()),
    )
    return made


WORDS: Mapping[str, str] = {
    "afzender": "sender",
    "programma": "programme",
    "ronde": "round",
    "datum": "date",
    "kenmerk": "reference",
    "bestuur": "organisation",
    "onderwerp": "subject",
    "gevraagd": "requested",
    "toegekend": "granted",
    "voorschot": "advance",
    "saldo": "balance",
    "rekeningnummer": "iban",
    "rekeninghouder": "account_holder",
}
"""The names of single values in a Word template, and the part of a letter that each stands for."""

LISTS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "alineas": ("paragraphs", {}),
    "slot": ("closing", {}),
    "lijnen": ("lines", {"actie": "action", "lijn": "line", "gevraagd": "requested", "toegekend": "granted",
                         "eenheden": "units", "beslissing": "outcome", "reden": "reason"}),
    "ondertekenaars": ("signatures", {"naam": "name", "datum": "date"}),
}  # fmt: skip
"""The names of lists, the part of a letter that each stands for, and the names within an item (none for a text)."""


def placeholders(letter: Letter) -> dict[str, object]:
    """The letter by the names of a Word template."""
    values: dict[str, object] = {name: _clean(getattr(letter, part)) for name, part in WORDS.items()}
    for name, (part, fields) in LISTS.items():
        items = getattr(letter, part)
        values[name] = [
            {word: _clean(getattr(item, field)) for word, field in fields.items()} if fields else _clean(item)
            for item in items
        ]
    return values


def _clean(text: str) -> str:
    """The text without characters that a Word file cannot hold."""
    return "".join(letter for letter in text if letter.isprintable() or letter in "\n\t\u00a0\u00ad")

"""Reads the action sheets of one file, whatever it is: text, PDF or Word."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from draad.documents.pdf_text import read_pdf_lines
from draad.documents.source import DocumentError, DocumentFault, Line, check_size
from draad.documents.text import read_text_lines
from draad.documents.word import read_word_lines
from draad.plans.reading.assemble import read_goals_and_lines
from draad.plans.reading.goals import Goal
from draad.plans.reading.headings import followers
from draad.plans.reading.sheet import SheetReading

READERS: dict[str, Callable[[Path], list[Line]]] = {
    ".txt": read_text_lines,
    ".pdf": lambda path: read_pdf_lines(path, followers),
    ".docx": read_word_lines,
}
"""How each kind of file is turned into lines, by the ending of its name."""


@dataclass(frozen=True)
class DocumentReading:
    """A document as read: its lines, the goals of the plan that it prints between sheets, and its sheets in order."""

    lines: list[Line]
    goals: list[Goal]
    sheets: list[SheetReading]


def read_sheets(path: Path, first: int = 1) -> list[SheetReading]:
    """The action sheets of a text, PDF or Word file in order, numbered from ``first``.

    Raises DocumentError when the file cannot be read or holds no action sheet. A damaged sheet is returned with
    findings that are ``damage``.
    """
    return read_document(path, path.name, first).sheets


def read_document(path: Path, name: str, first: int = 1) -> DocumentReading:
    """The lines, goals and action sheets of a file that people call ``name``; raises as ``read_sheets``."""
    check_size(path)
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise DocumentError(
            f"{path.name}: action sheets are read from {', '.join(READERS)}; save it as one of these.",
            DocumentFault.OTHER_KIND,
        )
    lines = reader(path)
    goals, sheets = read_goals_and_lines(lines, name, first)
    if not sheets:
        raise DocumentError(
            f"{path.name}: no action sheet was found; "
            "a sheet begins with “Maatregel” and “Raming Budgettair engagement”.",
            DocumentFault.NO_SHEETS,
        )
    return DocumentReading(lines, goals, sheets)

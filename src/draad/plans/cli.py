"""``draad sheets read``: action sheets out of documents, as JSON with the place of every value."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from draad.documents.source import DocumentError
from draad.plans.reading.reading import read_sheets
from draad.plans.reading.sheet import TEXT_FIELDS, SheetReading

HELP = "Read action sheets (Word, PDF or text) into JSON with the place of every value."
REFUSED = 2
"""Exit status when a document cannot be read or is damaged; nothing is written then."""
DOUBTFUL = 0.6
"""Confidence below which the summary counts a value as doubtful."""


class Voice(Protocol):
    """Where sentences for the person at the terminal go."""

    def write(self, text: str, /) -> object:
        """Say it."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``draad sheets``."""
    commands = parser.add_subparsers(dest="command", required=True, metavar="read")
    read = commands.add_parser("read", help=HELP, description=HELP)
    read.add_argument("files", nargs="+", type=Path, metavar="FILE", help="text (.txt, UTF-8), PDF or Word (.docx)")
    read.add_argument("--json", type=Path, required=True, metavar="OUT", help="file for the list of sheets")
    keep = "write damaged sheets as well; the parts that are lost are empty with confidence 0"
    read.add_argument("--keep-damaged", action="store_true", help=keep)


def run(options: argparse.Namespace, out: Voice, errors: Voice) -> int:
    """Read the files and write the JSON; returns 0, or 2 when nothing was written because of a fault told on
    ``errors``."""
    faults: list[str] = []
    sheets: list[SheetReading] = []
    for path in options.files:
        try:
            sheets += read_sheets(path, first=len(sheets) + 1)
        except DocumentError as error:
            faults.append(str(error))
    damage = [
        f"{sheet.document}: {finding.message}" for sheet in sheets for finding in sheet.findings if finding.damage
    ]
    for sentence in [*faults, *damage]:
        errors.write(f"draad sheets: {sentence}\n")
    if faults or (damage and not options.keep_damaged):
        errors.write(f"draad sheets: {options.json} was not written.\n")
        return REFUSED
    try:
        _write(options.json, [sheet.as_dict() for sheet in sheets])
    except OSError as error:
        errors.write(f"draad sheets: {options.json} cannot be written: {error.strerror}.\n")
        return REFUSED
    out.write(_summary(sheets, len(options.files)))
    return 0


def _write(path: Path, sheets: Sequence[dict[str, object]]) -> None:
    """Write all or nothing: a reader never finds half a file."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding="utf-8") as file:
            json.dump(sheets, file, ensure_ascii=False, indent=1)
            file.write("\n")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _summary(sheets: Sequence[SheetReading], files: int) -> str:
    """What was read and what stayed text, for the person at the terminal."""
    rows = [row for sheet in sheets for row in sheet.milestones]
    budgets = [sheet for sheet in sheets if sheet.values["budget"].text]
    staffed = [row for row in rows if row.fte.text]
    values = [sheet.values[name] for sheet in sheets for name in TEXT_FIELDS]
    values += [value for row in rows for value in (row.period, row.text, row.fte)]
    doubtful = sum(value.confidence < DOUBTFUL for value in values)
    with_amounts = sum(bool(sheet.amounts) for sheet in budgets)
    with_numbers = sum(bool(row.staff) for row in staffed)
    return (
        f"{len(sheets)} sheets with {len(rows)} milestones from {files} {'file' if files == 1 else 'files'}\n"
        f"budgets: {with_amounts} with amounts, {len(budgets) - with_amounts} as text only\n"
        f"staff: {with_numbers} rows with numbers, {len(staffed) - with_numbers} as text only\n"
        f"findings: {sum(len(sheet.findings) for sheet in sheets)}; values to look at first: {doubtful}\n"
    )

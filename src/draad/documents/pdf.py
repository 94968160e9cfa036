"""PDF reports made with Typst: tagged for PDF/UA-1, with title and language, the same bytes for the same content.

Only the typefaces inside Typst are used, so that a report looks the same on every machine.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

from draad.documents.tables import Gap, NotApplicable

TEMPLATE = Path(__file__).parent / "report.typ"
Cell = str | Gap | NotApplicable


@dataclass(frozen=True)
class Heading:
    """A heading inside the report; 2 is a chapter, 3 lies under it."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Paragraph:
    """Running text; quiet for notes and sources."""

    text: str
    quiet: bool = False


@dataclass(frozen=True)
class Grid:
    """A table of texts: headings, the share of the width for each column, and rows.

    A gap is hatched and a value that does not apply is in italics. ``numbers`` are the places of the columns that are
    aligned to the right.
    """

    headings: Sequence[str]
    widths: Sequence[int]
    rows: Sequence[Sequence[Cell]]
    numbers: Sequence[int] = ()

    def __post_init__(self) -> None:
        if len(self.widths) != len(self.headings) or any(len(row) != len(self.headings) for row in self.rows):
            raise ValueError(f"every row needs {len(self.headings)} cells, as many as there are headings and widths")


@dataclass(frozen=True)
class Report:
    """A whole report.

    Args:
        title: title on the first page and in the properties.
        caption: small line above the title.
        language: ISO 639-1 code of its text, for screen readers.
        made_at: moment in the properties.
        footer: text at the foot of every page, beside the page number.
        page: how a page number is written, with ``{n}`` and ``{total}``.
        blocks: what it holds, in order.
    """

    title: str
    caption: str
    language: str
    made_at: datetime
    footer: str
    page: str
    blocks: Sequence[Heading | Paragraph | Grid]


def make_pdf(report: Report) -> bytes:
    """The report as a PDF/UA-1 file."""
    content = {
        "title": report.title,
        "caption": report.caption,
        "language": report.language,
        "footer": report.footer,
        "page": report.page,
        "blocks": [_block(block) for block in report.blocks],
    }
    return typeset(TEMPLATE, content, report.made_at)


def typeset(template: Path, content: Mapping[str, Any], made_at: datetime) -> bytes:
    """A PDF/UA-1 file of a Typst template.

    Args:
        template: the template; it finds the content as JSON in ``sys.inputs.report``.
        content: what is printed.
        made_at: moment in the properties.
    """
    made: bytes = typst.compile(
        template,
        root=template.parent,
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"report": json.dumps(content, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=int(made_at.timestamp()),
    )
    return made


def _block(block: Heading | Paragraph | Grid) -> Mapping[str, Any]:
    if isinstance(block, Heading):
        return {"kind": "heading", "text": block.text, "level": block.level}
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "text": block.text, "quiet": block.quiet}
    rows = [[_cell(cell) for cell in row] for row in block.rows]
    return {
        "kind": "grid",
        "headings": list(block.headings),
        "widths": list(block.widths),
        "rows": rows,
        "numbers": list(block.numbers),
    }


def _cell(cell: Cell) -> Mapping[str, str]:
    state = "gap" if isinstance(cell, Gap) else "na" if isinstance(cell, NotApplicable) else "value"
    return {"text": str(cell), "state": state}

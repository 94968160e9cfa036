"""Action sheets as PDF/UA-1 in the layout of the template, one sheet or a whole plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from draad.documents.pdf import typeset
from draad.plans.writing.breaks import shown, steered, unlike_a_label
from draad.plans.writing.printed import (
    Group,
    GroupHeading,
    PrintedPlan,
    PrintedSheet,
    grouped,
    headings,
    paragraphs,
)
from draad.plans.writing.table import COLUMNS, Box, blocks, milestone_rows, placed, sheet_rows
from draad.plans.writing.words import DUTCH, Words, contents_line, heading, listed_title

TEMPLATE = Path(__file__).parent / "sheets.typ"


def pdf_of(sheets: Sequence[PrintedSheet], plan: PrintedPlan, words: Words = DUTCH) -> bytes:
    """The sheets as a PDF/UA-1 file, with title page and table of contents when the plan asks for a cover."""
    groups = [_group(new, group, words) for new, group in headings(grouped(sheets, plan.goals))]
    content = {
        "title": shown(plan.title),
        "subtitle": shown(plan.subtitle),
        "footer": plan.footer,
        "language": words.language,
        "contents": words.contents,
        "page": words.page,
        "example": words.example if plan.example else "",
        "no_sheets": words.no_sheets,
        "cover": plan.cover,
        "columns": list(COLUMNS),
        "groups": groups,
    }
    return typeset(TEMPLATE, content, plan.made_at)


def _group(new: Sequence[GroupHeading], group: Group, words: Words) -> Mapping[str, Any]:
    listed = [
        {
            "kind": head.kind,
            "level": head.level,
            "text": shown(heading(head.goal, words)),
            "listed": shown(contents_line(head.goal, words)),
        }
        for head in new
    ]
    sheets = [_sheet(sheet, words) for sheet in group.sheets]
    return {"headings": listed, "level": new[-1].level + 1, "sheets": sheets}


def _sheet(sheet: PrintedSheet, words: Words) -> Mapping[str, Any]:
    return {
        "title": unlike_a_label(shown(listed_title(sheet, words))),
        "rows": _rows(sheet_rows(sheet)),
        "milestones": _rows(milestone_rows(sheet)),
        "blocks": [{"heading": block.heading, "rows": _rows(block.rows)} for block in blocks(sheet, words)],
    }


def _rows(rows: Sequence[Sequence[Box]]) -> list[list[Mapping[str, Any]]]:
    return [[_box(box, box.width(column)) for column, box, _columns in row if box] for row in placed(rows)]


def _box(box: Box, width: float) -> Mapping[str, Any]:
    head = box.label is not None or box.head
    texts = [steered(text, width, value=not box.period) for text in paragraphs(box.text)]
    return {
        "paragraphs": [[box.text]] if head else texts,
        "columns": box.columns,
        "rows": box.rows,
        "head": head,
        "strong": box.strong and bool(box.text.strip()),
    }

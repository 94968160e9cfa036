"""Action sheets as a Word document in the layout of the template, one sheet or a whole plan.

The cells of labels are content controls with a tag, so that the document reads back to the same data whatever is
typed in its cells.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.shared import Mm, Pt, RGBColor

from draad.plans.writing.printed import Group, PrintedPlan, PrintedSheet, grouped, headings
from draad.plans.writing.table import blocks, milestone_rows, sheet_rows
from draad.plans.writing.word_xml import LABEL, NAMESPACE, entry, field, paragraph, run, spacer, table
from draad.plans.writing.words import DUTCH, Words, contents_line, heading, listed_title

INK, THREAD, QUIET = RGBColor(0x17, 0x21, 0x2B), RGBColor(0xC3, 0x14, 0x2D), RGBColor(0x46, 0x53, 0x5F)
FONT = "Arial"
"""On every machine, or a typeface of the same widths in its place."""
MARGIN = Mm(15)
STYLES = {
    "Title": (26, INK, 120, 6),
    "Subtitle": (13, QUIET, 0, 12),
    "Heading 1": (15, INK, 0, 4),
    "Heading 2": (12, QUIET, 2, 8),
    "Heading 3": (10.5, INK, 0, 0),
    "Heading 4": (11, INK, 10, 4),
    LABEL: (8, QUIET, 0, 0),
}
"""Size in points, colour, space above and below in points of each style."""


def word_of(sheets: Sequence[PrintedSheet], plan: PrintedPlan, words: Words = DUTCH) -> bytes:
    """The sheets as a Word document (docx), with title page and table of contents when the plan asks for a cover."""
    document = Document()
    _prepare(document, plan, words)
    groups = grouped(sheets, plan.goals)
    parts = [*(_cover(plan, groups, words) if plan.cover else ()), *_body(groups, words, cover=plan.cover)]
    body = document.element.body
    for part in parts:
        body.insert(len(body) - 1, parse_xml(part))
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _prepare(document: WordDocument, plan: PrintedPlan, words: Words) -> None:
    """Page, styles, properties and what stands above and below every page."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = section.bottom_margin = MARGIN
    section.top_margin, section.header_distance, section.footer_distance = Mm(20), Mm(9), Mm(7)
    _style(document, words.language)
    properties = document.core_properties
    properties.title, properties.subject = plan.title, plan.subtitle
    properties.author, properties.language = "Draad", words.language
    properties.created = properties.modified = plan.made_at
    mark = run(words.example, str(THREAD), bold=True) if plan.example else ""
    before, _number, between_and_after = words.page.partition("{n}")
    between, _total, after = between_and_after.partition("{total}")
    pages = run(before) + field("PAGE") + run(between) + field("NUMPAGES") + run(after)
    _replace(section.header, paragraph(run(plan.title) + "<w:r><w:tab/></w:r>" + mark, "Header"))
    _replace(section.footer, paragraph(run(plan.footer) + "<w:r><w:tab/></w:r>" + pages, "Footer"))


def _replace(story: Any, xml: str) -> None:
    """Make one paragraph the whole of a header or footer."""
    element = story._element
    for child in list(element):
        element.remove(child)
    element.append(parse_xml(xml))


def _style(document: WordDocument, language: str) -> None:
    styles = document.styles
    normal = styles["Normal"]
    normal.font.name, normal.font.size, normal.font.color.rgb = FONT, Pt(9), INK
    normal.paragraph_format.space_after = Pt(0)
    for name in ("Header", "Footer"):
        styles[name].font.size, styles[name].font.color.rgb = Pt(8.5), QUIET
    styles.add_style(LABEL, WD_STYLE_TYPE.PARAGRAPH).base_style = normal
    for name, (size, colour, above, below) in STYLES.items():
        style = styles[name]
        style.font.size, style.font.color.rgb, style.font.bold, style.font.italic = Pt(size), colour, True, False
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(above), Pt(below)
        style.element.get_or_add_rPr().get_or_add_rFonts().attrib.clear()
        style.font.name = FONT
    styles["Subtitle"].font.bold = False
    line = styles["Title"].element.pPr.find(f"{{{NAMESPACE}}}pBdr/{{{NAMESPACE}}}bottom")
    line.set(f"{{{NAMESPACE}}}color", str(THREAD))
    for found in styles.element.iter(f"{{{NAMESPACE}}}lang"):
        found.set(f"{{{NAMESPACE}}}val", {"nl": "nl-BE"}.get(language, language))


def _cover(plan: PrintedPlan, groups: Sequence[Group], words: Words) -> Iterator[str]:
    yield paragraph(run(plan.title), "Title")
    if plan.subtitle:
        yield paragraph(run(plan.subtitle), "Subtitle")
    if plan.example:
        yield paragraph(run(words.example, str(THREAD), bold=True))
    yield paragraph(run(words.contents), "Heading 4", fresh=True)
    number = 0
    for new, group in headings(groups):
        for head in new:
            strategic = head.kind == "strategic"
            yield paragraph(run(contents_line(head.goal, words), bold=strategic), above=10 if strategic else 6)
        for sheet in group.sheets:
            number += 1
            yield entry(number, listed_title(sheet, words))
    if not groups:
        yield paragraph(run(words.no_sheets))


def _body(groups: Sequence[Group], words: Words, *, cover: bool) -> Iterator[str]:
    number = 0
    for new, group in headings(groups):
        fresh = cover or number > 0
        for head in new if cover else ():
            yield paragraph(run(heading(head.goal, words)), f"Heading {head.level}", fresh=fresh)
            fresh = False
        for sheet in group.sheets:
            number += 1
            if fresh:
                yield spacer(fresh=True)
            fresh = True
            yield from _sheet(sheet, number, words)


def _sheet(sheet: PrintedSheet, number: int, words: Words) -> Iterator[str]:
    yield table(sheet_rows(sheet), bookmark=number)
    yield spacer()
    yield table(milestone_rows(sheet), repeat=True)
    for block in blocks(sheet, words):
        yield paragraph(run(block.heading), "Heading 4")
        yield table(block.rows, repeat=True)
    yield spacer()

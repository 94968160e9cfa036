"""Draad's own Word template for a letter, made in code so that it can be read and changed like the rest."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from io import BytesIO
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

FONT = "Calibri"
INK, QUIET = RGBColor(0x17, 0x21, 0x2B), RGBColor(0x46, 0x53, 0x5F)
THREAD, LINE = "C3142D", "D3DAE0"
COLUMNS = (
    ("Actie en KPI-lijn", "{{ lijn.actie }}", 52),
    ("Gevraagd", "{{ lijn.gevraagd }}", 32),
    ("Toegekend", "{{ lijn.toegekend }}", 32),
    ("Eenheden", "{{ lijn.eenheden }}", 24),
    ("Beslissing", "{{ lijn.beslissing }}", 24),
)
"""Heading, placeholder and width in millimetres."""
AMOUNTS = (1, 2, 3)
UNUSED = ("/stylesWithEffects", "/thumbnail")
STYLE_NAMES = [qn(f"w:{name}") for name in ("pStyle", "rStyle", "tblStyle")]
STYLE_LINKS = [qn(f"w:{name}") for name in ("basedOn", "link", "next")]


@cache
def own_template() -> bytes:
    """The template as a docx file."""
    document = docx.Document()
    _set_up(document)
    _write_head(document.sections[0])
    _write_opening(document)
    _write_table(document)
    _write_closing(document)
    _lighten(document)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _lighten(document: Any) -> None:
    """Leave out what no letter uses: 160 styles of the library, twice, that each letter would read and pack again."""
    for holder in (document.part, document.part.package):
        for key in [key for key, link in holder.rels.items() if link.reltype.endswith(UNUSED)]:
            del holder.rels[key]
    styles = {style.styleId: style for style in document.styles.element.style_lst}
    written = [document.element, *(side._element for s in document.sections for side in (s.header, s.footer))]
    wanted = [key for key, style in styles.items() if style.default]
    wanted += [name.get(qn("w:val")) for part in written for name in part.iter(*STYLE_NAMES)]
    used: set[str] = set()
    while wanted:
        key = wanted.pop()
        if key in styles and key not in used:
            used.add(key)
            wanted += [name.get(qn("w:val")) for name in styles[key].iter(*STYLE_LINKS)]
    for key in styles.keys() - used:
        styles[key].delete()


def _set_up(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(23)
    section.top_margin, section.bottom_margin = Mm(32), Mm(22)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size, normal.font.color.rgb = FONT, Pt(11), INK
    normal.paragraph_format.space_after = Pt(8)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "nl-BE")
    normal.element.get_or_add_rPr().append(language)
    title = document.styles["Heading 1"]
    title.font.name, title.font.size, title.font.color.rgb = FONT, Pt(16), INK
    title.paragraph_format.space_after = Pt(8)
    title.element.rPr.rFonts.attrib.clear()
    title.font.name = FONT
    properties = document.core_properties
    properties.author, properties.title, properties.comments = "Draad", "{{ onderwerp }}", ""
    properties.created = properties.modified = datetime(2026, 1, 1)  # noqa: DTZ001 - the library takes no zone


def _write_head(section: Any) -> None:
    """The name of the house above its red thread, and the sender at the foot."""
    head = section.header.paragraphs[0]
    run = head.add_run("Draad")
    run.bold, run.font.size = True, Pt(15)
    _underline(head, THREAD, 10)
    foot = section.footer.paragraphs[0].add_run("{{ afzender }}")
    foot.font.size, foot.font.color.rgb = Pt(9), QUIET


def _write_opening(document: Any) -> None:
    document.add_paragraph().add_run("{{ bestuur }}").bold = True
    facts = document.add_paragraph().add_run("{{ datum }}, kenmerk {{ kenmerk }}")
    facts.font.size, facts.font.color.rgb = Pt(10), QUIET
    document.add_heading("{{ onderwerp }}", level=1)
    _repeat(document, "{{ alinea }}", "alinea in alineas")


def _write_table(document: Any) -> None:
    """One row for each line; the rows with ``tr`` are the loop and vanish."""
    table = document.add_table(rows=5, cols=len(COLUMNS))
    table.autofit = False
    for place, (heading, placeholder, width) in enumerate(COLUMNS):
        for part in (table.columns[place], *table.columns[place].cells):
            part.width = Mm(width)
        _fill(table.cell(0, place), heading, place, bold=True)
        _fill(table.cell(2, place), placeholder, place)
    table.cell(1, 0).text = "{%tr for lijn in lijnen %}"
    table.cell(3, 0).text = "{%tr endfor %}"
    for name in ("lijn.lijn", "lijn.reden"):
        for text in ("{%p if " + name + " %}", "{{ " + name + " }}", "{%p endif %}"):
            detail = table.cell(2, 0).add_paragraph().add_run(text)
            detail.font.size, detail.font.color.rgb = Pt(9), QUIET
    for place, text in enumerate(["Samen", "{{ gevraagd }}", "{{ toegekend }}"]):
        _fill(table.cell(4, place), text, place, bold=True)
    for paragraph in (p for row in table.rows for cell in row.cells for p in cell.paragraphs):
        paragraph.paragraph_format.space_after = Pt(2)
    borders = OxmlElement("w:tblBorders")
    borders.extend([_line("w:bottom", LINE, 4), _line("w:insideH", LINE, 4)])
    table._tbl.tblPr.append(borders)
    _mark(table.rows[0], "w:tblHeader")
    _mark(table.rows[2], "w:cantSplit")


def _write_closing(document: Any) -> None:
    document.add_paragraph()
    _repeat(document, "{{ alinea }}", "alinea in slot")
    _repeat(document, "{{ wie.naam }}, {{ wie.datum }}", "wie in ondertekenaars")


def _repeat(document: Any, text: str, loop: str) -> None:
    """A paragraph for each item of a list."""
    document.add_paragraph("{%p for " + loop + " %}")
    document.add_paragraph(text)
    document.add_paragraph("{%p endfor %}")


def _fill(cell: Any, text: str, place: int, *, bold: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(10)
    if place in AMOUNTS:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _underline(paragraph: Any, colour: str, eighths: int) -> None:
    """A line under a paragraph."""
    borders = OxmlElement("w:pBdr")
    borders.append(_line("w:bottom", colour, eighths))
    paragraph._p.get_or_add_pPr().append(borders)


def _line(side: str, colour: str, eighths: int) -> Any:
    """A line, its width in eighths of a point."""
    line = OxmlElement(side)
    for name, value in (("val", "single"), ("sz", str(eighths)), ("space", "3"), ("color", colour)):
        line.set(qn(f"w:{name}"), value)
    return line


def _mark(row: Any, name: str) -> None:
    """A property of a row: repeated on every page, or never split over two."""
    mark = OxmlElement(name)
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)

"""Makes documents with action sheets in the house style: PDF and Word with tables, and flattened text."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import typst

Sheet = dict[str, Any]

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
HEADER = "Geschatte personeelsinzet (VTE)"
RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def goals_text(sheet: Sheet, field: str) -> str:
    """The goals as a sheet cites them: the words of the document when known, else the codes with some words."""
    return sheet.get("goal_texts", {}).get(field) or " ".join(f"{code}: doel van de proef." for code in sheet[field])


def rows_of(sheet: Sheet) -> list[list[tuple[str, int, int]]]:
    """The table of a sheet: rows of cells with text, number of columns and number of rows; 12 columns."""
    slashes = "//////////////////"
    rows = [
        [("Maatregel", 2, 1), (sheet["title"], 4, 1), ("Raming Budgettair engagement", 2, 1), (sheet["budget"], 4, 1)],
        [
            ("STRATEGISCHE DOELSTELLING", 2, 1),
            (goals_text(sheet, "strategic_goals"), 4, 1),
            ("effectindicator", 2, 2),
            (sheet["effect_indicator"], 4, 2),
        ],
        [("OPERATIONELE DOELSTELLING", 2, 1), (goals_text(sheet, "operational_goals"), 4, 1)],
        [
            ("verantwoordelijken", 1, 2),
            ("kabinet", 1, 1),
            (sheet["responsible_cabinets"], 2, 1),
            ("outputindicator", 2, 2),
            (sheet["output_indicator"], 2, 2),
            ("Streefwaarde", 2, 2),
            (sheet["target"], 2, 2),
        ],
        [("administratie", 1, 1), (sheet["responsible_administrations"], 2, 1)],
        [("betrokkenen", 1, 2), ("kabinet", 1, 1), (sheet["involved_cabinets"], 10, 1)],
        [
            ("administratie", 1, 1),
            (sheet["involved_administrations"], 4, 1),
            ("Andere partners", 2, 1),
            (sheet["other_partners"], 4, 1),
        ],
        [("Duiding maatregel", 12, 1)],
        [(sheet["explanation"], 12, 1)],
        [(slashes, 1, len(sheet["milestones"]) + 1), ("Mijlpalen", 7, 1), (HEADER, 4, 1)],
    ]
    return rows + [[(row["period"], 1, 1), (row["text"], 6, 1), (row["fte"], 4, 1)] for row in sheet["milestones"]]


def make_pdf(
    path: Path, sheets: list[Sheet], *, ruled: bool = True, per_page: bool = True, header: bool = True
) -> Path:
    """Write the sheets as a PDF with one table each; ``ruled`` draws the lines, ``per_page`` begins each on a new page."""
    source = path.with_suffix(".typ")
    top = (
        "header: context [pagina #counter(page).display() van 116 #h(1fr) Plan – bijlage actiefiches],"
        if header
        else ""
    )
    parts = [f'#set page(paper: "a4", flipped: true, margin: 1.5cm, {top})', "#set text(size: 9pt)"]
    parts.append("#set par(justify: false)")
    parts.append(f"#set table(stroke: {'0.5pt' if ruled else 'none'}, align: left + top)")
    for number, sheet in enumerate(sheets):
        if number and per_page:
            parts.append("#pagebreak()")
        parts += [f"#{json.dumps(heading, ensure_ascii=False)}\n" for heading in sheet.get("headings", [])]
        columns = ", ".join(["2.9cm", "2.1cm", *["1fr"] * 10])
        parts.append(f"#table(columns: ({columns}),\n  {_typst_cells(rows_of(sheet))}\n)")
    source.write_text("\n".join(parts), encoding="utf-8")
    path.write_bytes(typst.compile(str(source)))
    return path


def _typst_cells(rows: list[list[tuple[str, int, int]]]) -> str:
    return ",\n  ".join(
        f"table.cell(colspan: {columns}, rowspan: {down}, {json.dumps(text, ensure_ascii=False)})"
        for row in rows
        for text, columns, down in row
    )


def make_docx(path: Path, sheets: list[Sheet], *, body: str = "") -> Path:
    """Write the sheets as a Word document with one table each; ``body`` is put before them."""
    parts = [body]
    for sheet in sheets:
        parts += [_paragraph(heading) for heading in sheet.get("headings", [])]
        parts.append(f"<w:tbl>{_word_rows(rows_of(sheet))}</w:tbl><w:p/>")
    return pack_docx(path, f'<w:document xmlns:w="{WORD}"><w:body>{"".join(parts)}</w:body></w:document>')


def pack_docx(path: Path, document: str, **more: str) -> Path:
    """Write a Word document with this XML as its main part and others by name, as ``numbering``."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", TYPES)
        package.writestr("_rels/.rels", RELATIONS)
        package.writestr("word/document.xml", document)
        for name, text in more.items():
            package.writestr(f"word/{name}.xml", text)
    return path


def _paragraph(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def _word_rows(rows: list[list[tuple[str, int, int]]]) -> str:
    """The rows with merged cells as Word writes them: a cell over rows goes on as an empty cell in each."""
    open_cells: dict[int, tuple[int, int]] = {}
    out = []
    for row in rows:
        cells, column, todo = [], 0, list(row)
        while column < 12:
            if column in open_cells:
                span, left = open_cells.pop(column)
                if left > 1:
                    open_cells[column] = (span, left - 1)
                cells.append(_word_cell("", span, "continue"))
            else:
                text, span, down = todo.pop(0)
                if down > 1:
                    open_cells[column] = (span, down - 1)
                cells.append(_word_cell(text, span, "restart" if down > 1 else ""))
            column += span
        out.append(f"<w:tr>{''.join(cells)}</w:tr>")
    return "".join(out)


def _word_cell(text: str, span: int, merge: str) -> str:
    vertical = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/>{vertical}</w:tcPr>{_paragraph(text)}</w:tc>'

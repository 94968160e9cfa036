"""The parts of a Word document as XML: paragraphs, fields, and tables whose label cells carry a tag."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape  # nosec B406

from draad.plans.reading.labels import TAG
from draad.plans.writing.printed import paragraphs
from draad.plans.writing.table import COLUMNS, Box, Placed, placed

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DECLARED = f'xmlns:w="{NAMESPACE}"'
TWIPS = 1440 / 25.4
"""Twentieths of a point in a millimetre."""
WIDTHS = [round(width * TWIPS) for width in COLUMNS]
SHADE, RULE = "EEF1F4", "9AA5AF"
LABEL = "Sheet Label"
"""Name of the style of labels and headings of columns."""
NO_TABS = '<w:tab w:val="clear" w:pos="4320"/><w:tab w:val="clear" w:pos="4680"/>' + (
    '<w:tab w:val="clear" w:pos="8640"/><w:tab w:val="clear" w:pos="9360"/>'
)
"""Undoes the tabs of the styles for headers and footers, whatever the paper of the base document."""
NOT_IN_XML = re.compile("[^\\t\\n\\u0020-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
EDGES = "".join(
    f'<w:{edge} w:w="{width}" w:type="dxa"/>'
    for edge, width in (("top", 50), ("left", 90), ("bottom", 50), ("right", 90))
)
BORDERS = "".join(
    f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>'
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def run(text: str, colour: str = "", *, bold: bool = False) -> str:
    """Text of one look; characters that XML cannot hold are left out."""
    look = "<w:b/>" * bold + (f'<w:color w:val="{colour}"/>' if colour else "")
    safe = escape(NOT_IN_XML.sub("", text))
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{safe}</w:t></w:r>'


def field(code: str, shown: str = "1") -> str:
    """A value that Word computes when it opens the document."""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r><w:r><w:instrText xml:space="preserve"> {code} '
        f'</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{shown}</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def paragraph(runs: str, style: str = "", *, fresh: bool = False, above: int | None = None) -> str:
    """A paragraph of a style; ``fresh`` begins a page, ``above`` is the space above it in points."""
    properties = f'<w:pStyle w:val="{style.replace(" ", "")}"/>' if style else ""
    properties += "<w:keepNext/>" * (above is not None) + "<w:pageBreakBefore/>" * fresh
    if style in {"Header", "Footer"}:
        properties += f'<w:tabs>{NO_TABS}<w:tab w:val="right" w:pos="{sum(WIDTHS)}"/></w:tabs>'
    if above is not None:
        properties += f'<w:spacing w:before="{above * 20}"/>'
    return f"<w:p {DECLARED}><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def spacer(*, fresh: bool = False) -> str:
    """An empty paragraph of one point: it keeps tables apart and can begin a page."""
    begin = "<w:pageBreakBefore/>" * fresh
    return (
        f'<w:p {DECLARED}><w:pPr>{begin}<w:spacing w:line="20" w:lineRule="exact"/><w:rPr><w:sz w:val="2"/></w:rPr>'
        "</w:pPr></w:p>"
    )


def entry(number: int, title: str) -> str:
    """A line of the table of contents that leads to a sheet and tells its page."""
    right = sum(WIDTHS)
    return (
        f'<w:p {DECLARED}><w:pPr><w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{right}"/></w:tabs>'
        '<w:ind w:left="340" w:right="850"/></w:pPr>'
        f'<w:hyperlink w:anchor="{_anchor(number)}" w:history="1">{run(title)}<w:r><w:tab/></w:r>'
        f"{field(f'PAGEREF {_anchor(number)}', '…')}</w:hyperlink></w:p>"
    )


def _anchor(number: int) -> str:
    return f"sheet_{number}"


def table(rows: Sequence[Sequence[Box]], *, repeat: bool = False, bookmark: int = 0) -> str:
    """A table on the eight columns.

    Args:
        rows: its boxes.
        repeat: whether the first row is printed again on each page.
        bookmark: number of the sheet whose title the table of contents leads to, 0 for none.
    """
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in WIDTHS)
    body = "".join(_row(cells, heads=repeat and i == 0, bookmark=bookmark) for i, cells in enumerate(placed(rows)))
    return (
        f'<w:tbl {DECLARED}><w:tblPr><w:tblW w:w="{sum(WIDTHS)}" w:type="dxa"/><w:tblBorders>{BORDERS}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{EDGES}</w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"
    )


def _row(cells: Sequence[Placed], *, heads: bool, bookmark: int) -> str:
    properties = "<w:trPr><w:tblHeader/></w:trPr>" if heads else ""
    return f"<w:tr>{properties}{''.join(_cell(*cell, bookmark) for cell in cells)}</w:tr>"


def _cell(column: int, box: Box | None, columns: int, bookmark: int) -> str:
    width = sum(WIDTHS[column : column + columns])
    merge = '<w:vMerge w:val="continue"/>' if box is None else '<w:vMerge w:val="restart"/>' * (box.rows > 1)
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/>' if box and _is_head(box) else ""
    properties = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:gridSpan w:val="{columns}"/>{merge}{shade}</w:tcPr>'
    content = "<w:p/>" if box is None else _content(box, bookmark)
    cell = f"<w:tc>{properties}{content}</w:tc>"
    if box is None or box.label is None:
        return cell
    tag = f'<w:tag w:val="{TAG}{box.label.field}"/><w:lock w:val="sdtLocked"/>'
    return f"<w:sdt><w:sdtPr>{tag}</w:sdtPr><w:sdtContent>{cell}</w:sdtContent></w:sdt>"


def _is_head(box: Box) -> bool:
    return box.label is not None or box.head


def _content(box: Box, bookmark: int) -> str:
    if _is_head(box):
        return paragraph(run(box.text), LABEL)
    parts = [run(text) for text in paragraphs(box.text)]
    if not box.strong:
        return "".join(paragraph(part) for part in parts)
    begin = f'<w:bookmarkStart w:id="{bookmark}" w:name="{_anchor(bookmark)}"/>'
    first = f'{begin}{parts[0]}<w:bookmarkEnd w:id="{bookmark}"/>'
    return "".join(paragraph(part, "Heading 3") for part in [first, *parts[1:]])

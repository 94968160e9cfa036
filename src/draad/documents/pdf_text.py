"""Reads PDF documents: lines of text in reading order with page and area, and the table cell where tables are
ruled."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from draad.documents.pdf_pages import Block, Followers, PageLine, join_pages
from draad.documents.pdf_rules import find_cells, page_rules
from draad.documents.source import Area, DocumentError, DocumentFault, Line, check_size

MOST_PAGES = 2000
SAME_LINE = 0.6
"""Part of the height of a character: within it the next one stands on the same line."""
WORD_GAP = 0.18
"""Part of the height of a character: a wider gap between characters is a space that was not written."""
CELL_GAP = 0.95
"""Part of the height of a character: a wider gap parts the columns of a table without rules."""
LINE_END_HYPHENS = {"\x02", "\ufffe"}
"""What the PDF library gives for a hyphen at the end of a line."""
INVISIBLE = {"\u200b", "\u2060"}
"""Zero-width space and word joiner: they have a part of the place of the character before them."""


@dataclass(slots=True)
class _Run:
    """Characters on one line of a cell, or of the page outside cells.

    Every character of a document is asked whether it goes on here, so these few lines compare by hand.

    ``last`` is the place of the last character. ``supposed`` is whether the library supposes a space after them that
    the PDF does not hold; half a gap then is one.
    """

    left: float
    top: float
    right: float
    bottom: float
    text: list[str] = field(default_factory=list)
    last: Area | None = None
    supposed: bool = False

    @property
    def middle(self) -> float:
        """Height of the middle of the line from the top of the page."""
        return (self.top + self.bottom) / 2

    def ended(self, area: Area) -> bool:
        """Whether a character of the same text begins another word: a word wider than its cell runs over the rule."""
        gap = WORD_GAP * (area[3] - area[1])
        return self.supposed or self.text[-1] == " " or not self.goes_on(area) or area[0] - self.right > gap

    def taller(self, height: float) -> float:
        """The height of the line with one more character: some are told as tall as their ink, such as a full stop."""
        own = self.bottom - self.top
        return own if own > height else height

    def goes_on(self, area: Area) -> bool:
        """Whether a character stands on this line, after what it has or in the ligature that this ends with."""
        if area == self.last:
            return True
        left, top, _right, bottom = area
        height = bottom - top if bottom - top > 1 else 1
        if left < self.right - height:
            return False
        allowed = SAME_LINE * self.taller(height)
        return -allowed <= (self.top + self.bottom - top - bottom) / 2 <= allowed

    def grow(self, area: Area) -> None:
        """Take the place of one more character in."""
        _left, top, right, bottom = area
        self.last = area
        if right > self.right:
            self.right = right
        if top < self.top:
            self.top = top
        if bottom > self.bottom:
            self.bottom = bottom

    def as_line(self) -> PageLine:
        """The line, closed."""
        return PageLine("".join(self.text), (self.left, self.top, self.right, self.bottom))


def read_pdf_lines(path: Path, followers: Followers = lambda _text: 0) -> list[Line]:
    """The lines of a PDF in reading order; a table row that a page break cuts is put together again.

    ``followers`` tells headings of cells, which begin a row (see ``join_pages``). Pages without ruled tables are
    read in the order in which the PDF draws them.

    Raises DocumentError when the file is no PDF, is locked with a password, is damaged, or holds only pictures.
    """
    check_size(path)
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        raise _refusal(path, str(error)) from None
    try:
        if len(document) > MOST_PAGES:
            raise DocumentError(
                f"{path.name}: {len(document)} pages are more than the {MOST_PAGES} that are read.",
                DocumentFault.TOO_LARGE,
            )
        pages = [_page_blocks(page) for page in _pages(document, path.name)]
    finally:
        document.close()
    if not any(line.text.strip() for blocks in pages for block in blocks for line in block.lines):
        raise DocumentError(
            f"{path.name}: the pages hold pictures and no text; recognise the text first (OCR).",
            DocumentFault.PICTURES,
        )
    return join_pages(pages, followers)


def _refusal(path: Path, error: str) -> DocumentError:
    if "assword" in error:
        return DocumentError(
            f"{path.name}: the PDF is locked with a password; take the password off and try again.",
            DocumentFault.LOCKED,
        )
    return DocumentError(f"{path.name}: the file is damaged or no PDF ({error.strip()}); export the document again.")


def _pages(document: pdfium.PdfDocument, name: str) -> Iterator[pdfium.PdfPage]:
    for number in range(len(document)):
        try:
            page = document[number]
        except pdfium.PdfiumError:
            raise DocumentError(f"{name}: page {number + 1} is damaged; export the document again.") from None
        yield page
        page.close()


def _page_blocks(page: pdfium.PdfPage) -> list[Block]:
    """The cells and the lines outside cells of a page, in reading order."""
    cells = find_cells(page_rules(page))
    inside: dict[int | None, list[_Run]] = {number: [] for number in cells.areas}
    inside[None] = []
    number = None
    text = page.get_textpage()
    for i, character, area in _characters(text, page.get_height()):
        here = cells.at((area[0] + area[2]) / 2, (area[1] + area[3]) / 2)
        runs = inside[number]
        if here == number or not runs or runs[-1].ended(area) or not _drawn_together(text, i):
            number = here
        _place(character, area, inside[number], ruled=bool(cells.areas))
    text.close()
    if not cells.areas:
        return [Block([_joined([run])], None) for run in inside[None]]
    blocks = [Block([line], None) for line in _lines(inside[None])]
    blocks += [Block(_lines(inside[number]), area) for number, area in cells.areas.items()]
    return sorted(blocks, key=lambda block: (round(block.top), block.left))


def _drawn_together(text: pdfium.PdfTextpage, i: int) -> bool:
    """Whether the character and the one before it are drawn at one go, as parts of the same text."""
    before, here = (ctypes.cast(raw.FPDFText_GetTextObject(text.raw, at), ctypes.c_void_p) for at in (i - 1, i))
    return before.value is not None and before.value == here.value


def _characters(text: pdfium.PdfTextpage, height: float) -> Iterator[tuple[int, str, Area]]:
    """Each character of a page of this height, its place in the text and its area in points from the top left, as the
    PDF draws them."""
    box = raw.FS_RECTF()
    pointer = ctypes.byref(box)
    for i in range(raw.FPDFText_CountChars(text.raw)):
        code = raw.FPDFText_GetUnicode(text.raw, i)
        if code in {0, 10, 13} or not raw.FPDFText_GetLooseCharBox(text.raw, i, pointer):
            continue
        character = "-" if chr(code) in LINE_END_HYPHENS else chr(code)
        yield i, character, (box.left, height - box.top, box.right, height - box.bottom)


def _place(character: str, area: Area, runs: list[_Run], *, ruled: bool) -> None:
    """Add a character to the line of its cell on which it stands."""
    left, top, right, bottom = area
    run = runs[-1] if runs else None
    space = character.isspace()
    if space and right <= left:
        if run:
            run.supposed = True
        return
    if character in INVISIBLE:
        if run:
            run.text.append(character)
            run.right = max(run.right, right)
        return
    height = bottom - top if bottom - top > 1 else 1
    if run is None or not run.goes_on(area) or (not ruled and left - run.right > CELL_GAP * height):
        if not space:
            runs.append(_Run(left, top, right, bottom, [character], area))
        return
    gap = WORD_GAP / 2 if run.supposed else WORD_GAP
    run.supposed = False
    if not space and left - run.right > gap * run.taller(height) and run.text[-1] != " ":
        run.text.append(" ")
    run.text.append(" " if space else character)
    run.grow(area)


def _lines(runs: Sequence[_Run]) -> list[PageLine]:
    """The runs from top to bottom; those beside one another as one line."""
    ordered = sorted(runs, key=lambda run: (run.middle, run.left))
    lines: list[list[_Run]] = []
    for run in ordered:
        if lines and abs(lines[-1][0].middle - run.middle) < SAME_LINE * (run.bottom - run.top) / 2:
            lines[-1].append(run)
        else:
            lines.append([run])
    return [_joined(sorted(line, key=lambda run: run.left)) for line in lines]


def _joined(runs: Sequence[_Run]) -> PageLine:
    text = " ".join("".join(run.text).strip() for run in runs)
    area = (runs[0].left, min(run.top for run in runs), runs[-1].right, max(run.bottom for run in runs))
    return PageLine(text, area)

"""Reads Word documents (docx): paragraphs and table cells in reading order, with the numbers that Word adds to
lists."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError  # nosec B405

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from draad.documents.source import LARGEST_FILE, Cell, DocumentError, DocumentFault, Line, check_size
from draad.documents.word_lists import ListNumbers

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
"""How a file of the old Word begins, and a docx behind a password too."""
MOST_PACKED = 200
"""How many times smaller than its content a part may be packed; text of documents packs ten to twenty times."""
MOST_PARTS = 5000


def read_word_lines(path: Path) -> list[Line]:
    """The lines of a Word document: each paragraph is one or more, numbered through the document, with its table cell.

    Deleted text of tracked changes is left out, inserted text is read. Raises DocumentError when the file is no
    docx, is locked with a password, is damaged, or is packed so tightly that it can only be meant to fill the memory.
    """
    check_size(path)
    parts = _parts(path, ["word/document.xml", "word/numbering.xml"])
    if "word/document.xml" not in parts:
        raise DocumentError(
            f"{path.name}: this zip file holds no Word document; save the document as docx.", DocumentFault.OTHER_KIND
        )
    body = _parse(parts["word/document.xml"], path.name).find(f"{WORD}body")
    if body is None:
        raise DocumentError(f"{path.name}: the Word document has no body; save it again as docx.")
    numbering = _parse(parts["word/numbering.xml"], path.name) if "word/numbering.xml" in parts else None
    return _Reader(ListNumbers(numbering)).lines(body)


def _parts(path: Path, names: list[str]) -> dict[str, bytes]:
    """The named parts of the package that are there, each unpacked within bounds."""
    with path.open("rb") as file:
        if file.read(8) == OLE_MAGIC:
            raise DocumentError(
                f"{path.name}: the document is locked with a password or is from an old Word; "
                "take the password off and save it as docx.",
                DocumentFault.LOCKED,
            )
    try:
        with zipfile.ZipFile(path) as package:
            infos = package.infolist()
            if len(infos) > MOST_PARTS:
                raise DocumentError(
                    f"{path.name}: {len(infos)} parts are packed in the file; a document has few.",
                    DocumentFault.PACKED,
                )
            return {info.filename: _unpack(package, info, path.name) for info in infos if info.filename in names}
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise DocumentError(
            f"{path.name}: the file is damaged or no Word document ({error}); save it again as docx."
        ) from None


def _unpack(package: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> bytes:
    """One part, read no further than a document can be; what the package says of its size is not believed."""
    allowed = min(LARGEST_FILE, max(info.compress_size, 1) * MOST_PACKED)
    with package.open(info) as part:
        data = part.read(allowed + 1)
    if len(data) > allowed:
        raise DocumentError(
            f"{name}: {info.filename} unpacks to more than {MOST_PACKED} times its packed size "
            f"or {LARGEST_FILE >> 20} MB; no document does, so it is not read.",
            DocumentFault.PACKED,
        )
    return data


def _parse(data: bytes, name: str) -> Element:
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise DocumentError(f"{name}: the Word document is damaged inside ({error}); save it again as docx.") from None
    return root


class _Reader:
    """Walks through the body of a document and collects its lines."""

    def __init__(self, numbers: ListNumbers) -> None:
        self._numbers = numbers
        self._lines: list[Line] = []
        self._row = 0

    def lines(self, body: Element) -> list[Line]:
        """All lines below an element."""
        self._blocks(body, None)
        return self._lines

    def _blocks(self, parent: Element, cell: Cell | None, tag: str | None = None) -> None:
        """Paragraphs and tables; a table within a cell is read as text of that cell."""
        for child in _unwrapped(parent):
            if child.tag == f"{WORD}p":
                self._paragraph(child, cell, tag)
            elif child.tag == f"{WORD}tbl":
                for row in _children(child, "tr"):
                    self._table_row(row, cell)

    def _table_row(self, row: Element, within: Cell | None) -> None:
        self._row += within is None
        number, column = self._row, _number(row, f"{WORD}trPr/{WORD}gridBefore")
        for cell, tag in _tagged_cells(row):
            self._blocks(cell, within or Cell(number, column), tag)
            column += _number(cell, f"{WORD}tcPr/{WORD}gridSpan") or 1

    def _paragraph(self, paragraph: Element, cell: Cell | None, tag: str | None) -> None:
        prefix = self._numbers.prefix(paragraph)
        for text in (prefix + "".join(_texts(paragraph))).split("\n"):
            self._lines.append(Line(text, len(self._lines) + 1, cell=cell, tag=tag))


def _number(element: Element, path: str) -> int:
    """The value of a property that counts columns, 0 without it."""
    found = element.find(path)
    value = found.get(f"{WORD}val", "") if found is not None else ""
    return int(value) if value.isdigit() else 0


def _unwrapped(parent: Iterable[Element]) -> Iterator[Element]:
    """The children, those of content controls and of tracked insertions in their place."""
    for child in parent:
        if child.tag == f"{WORD}sdt":
            content = child.find(f"{WORD}sdtContent")
            if content is not None:
                yield from _unwrapped(content)
        elif child.tag in {f"{WORD}ins", f"{WORD}customXml", f"{WORD}smartTag"}:
            yield from _unwrapped(child)
        else:
            yield child


def _children(parent: Element, tag: str) -> Iterator[Element]:
    return (child for child in _unwrapped(parent) if child.tag == f"{WORD}{tag}")


def _tagged_cells(row: Element) -> Iterator[tuple[Element, str | None]]:
    """The cells of a row, each with the tag of the content control that holds it."""
    for child in row:
        mark = child.find(f"{WORD}sdtPr/{WORD}tag") if child.tag == f"{WORD}sdt" else None
        tag = mark.get(f"{WORD}val") if mark is not None else None
        yield from ((cell, tag) for cell in _unwrapped([child]) if cell.tag == f"{WORD}tc")


def _texts(paragraph: Element) -> Iterator[str]:
    """The characters of a paragraph in order: text, tabs as spaces, breaks as line ends, non-breaking hyphens."""
    for child in _unwrapped(paragraph):
        if child.tag == f"{WORD}t":
            yield child.text or ""
        elif child.tag == f"{WORD}tab":
            yield " "
        elif child.tag in {f"{WORD}br", f"{WORD}cr"}:
            yield "\n"
        elif child.tag == f"{WORD}noBreakHyphen":
            yield "-"
        elif child.tag in {f"{WORD}r", f"{WORD}hyperlink", f"{WORD}fldSimple", f"{WORD}moveTo"}:
            yield from _texts(child)

"""Reads plain text: one line at a time with its number, in UTF-8 or in UTF-16 that says so."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from draad.documents.source import DocumentError, DocumentFault, Line, check_size

DOUBLY_ENCODED = re.compile("Ã[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€.")
"""UTF-8 that was read as Windows-1252 and written as UTF-8 again: é becomes Ã©, a curly quote â€™."""
BYTE_ORDER_MARKS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def read_text_lines(path: Path) -> list[Line]:
    """The lines of a text file; a form feed begins a page. Raises DocumentError when the encoding is wrong."""
    check_size(path)
    return split_lines(_decode(path.read_bytes(), path.name))


def split_lines(text: str) -> list[Line]:
    """The lines of a text with their numbers; pages are counted when form feeds mark them."""
    paged = "\f" in text
    lines: list[Line] = []
    page = 1
    for number, raw in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        feeds = raw.count("\f")
        page += feeds
        lines.append(Line(raw.replace("\f", ""), number, page if paged else None, fresh=bool(feeds) or number == 1))
    return lines


def _decode(data: bytes, name: str) -> str:
    encoding = next((code for mark, code in BYTE_ORDER_MARKS.items() if data.startswith(mark)), "utf-8-sig")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DocumentError(
            f"{name}: line {line} holds bytes that are not UTF-8; save the document as text in UTF-8.",
            DocumentFault.NOT_UTF8,
            line,
        ) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise DocumentError(
            f"{name}: line {line} holds zero bytes, so this is no text; send text, PDF or Word.",
            DocumentFault.OTHER_KIND,
            line,
        )
    broken = DOUBLY_ENCODED.search(text)
    if broken and len(DOUBLY_ENCODED.findall(text)) > len(text) / 2000:
        line = text.count("\n", 0, broken.start()) + 1
        raise DocumentError(
            f"{name}: accented letters were encoded twice (first on line {line}); "
            "export the document again as text in UTF-8.",
            DocumentFault.ENCODED_TWICE,
            line,
        )
    return text

"""Takes away what the page printed around the sheets: running headers, link notes; marks where pages begin."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from draad.documents.source import Line

PAGE_NUMBER = re.compile(r"\b(?:pagina|blz\.?|bladzijde|page)\s*\d+(?:\s*(?:van|/|of)\s*\d+)?\b", re.IGNORECASE)
LINK_NOTE = re.compile(r"\s*(?:https?://|www\.|mailto:)\S+\s*$")
SHORT_HEADER = 20
"""Letters: a line this short that names a page says nothing else."""
SHORTEST_HEADER = 12
"""Letters: a shorter line that comes back, such as a year, may well be text of the sheets."""


def clean(lines: list[Line]) -> list[Line]:
    """The lines without running headers and link notes, each page's first line marked as fresh."""
    marked = [replace(line, fresh=line.fresh or _begins_page(lines, i)) for i, line in enumerate(lines)]
    return _without_link_notes(_without_headers(marked))


def _begins_page(lines: list[Line], index: int) -> bool:
    """A converter that drops form feeds leaves a space before the first line, right under the last of the page.

    The last line of a page may be the space of an empty cell; between other lines stand lines that are quite empty.
    """
    text = lines[index].text
    if lines[index].page is not None or lines[index].cell is not None:
        return False
    return index > 0 and text[:1] == " " and bool(text.strip()) and bool(lines[index - 1].text)


def _without_headers(lines: list[Line]) -> list[Line]:
    """Lines that number the page, and lines at page ends that come back with only their digits changed."""
    repeated = _repeated(lines) | _at_page_ends(lines)
    kept: list[Line] = []
    fresh = False
    for line in lines:
        if line.cell is None and _is_header(line.text, repeated):
            fresh = True
        elif fresh and line.text.strip():
            kept.append(replace(line, fresh=True))
            fresh = False
        else:
            kept.append(line)
    return kept


def _is_header(text: str, repeated: set[str]) -> bool:
    """A short line with the page, one with "page of pages", or one that is the same on page after page."""
    if _mask(text) in repeated:
        return True
    numbered = PAGE_NUMBER.search(text)
    return numbered is not None and (
        len(text.strip()) < SHORT_HEADER or any(word in numbered[0] for word in (" van ", " of "))
    )


def _at_page_ends(lines: list[Line]) -> set[str]:
    """First and last two lines of pages that are the same, but for digits, on a third of the pages and three at
    least."""
    ends: dict[int, list[Line]] = {}
    for line in lines:
        if line.page is not None and line.cell is None and line.text.strip():
            ends.setdefault(line.page, []).append(line)
    masks = Counter(mask for own in ends.values() for mask in {_mask(line.text) for line in [*own[:2], *own[-2:]]})
    least = max(3, max(ends, default=0) / 2)
    return {mask for mask, count in masks.items() if count >= least and len(mask) >= SHORTEST_HEADER}


def _repeated(lines: list[Line]) -> set[str]:
    masks = Counter(_mask(line.text) for line in lines if PAGE_NUMBER.search(line.text))
    return {mask for mask, count in masks.items() if count > 1 and len(mask) >= SHORTEST_HEADER}


def _mask(text: str) -> str:
    return re.sub(r"\d+", "#", " ".join(text.split()))


def _without_link_notes(lines: list[Line]) -> list[Line]:
    """A converter writes the addresses of a page's links below the page; they are no text of the sheet."""
    kept: list[Line] = []
    for line in lines:
        if line.fresh:
            _drop_link_notes(kept)
        kept.append(line)
    _drop_link_notes(kept)
    return kept


def _drop_link_notes(kept: list[Line]) -> None:
    while kept and kept[-1].cell is None and LINK_NOTE.match(kept[-1].text) and not _inside_text(kept):
        kept.pop()


def _inside_text(kept: list[Line]) -> bool:
    """Whether the last line goes on with the sentence of the line above it."""
    above = kept[-2].text.rstrip() if len(kept) > 1 else ""
    return bool(above) and not LINK_NOTE.match(above)

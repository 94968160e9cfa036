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
BARE_NUMBER = re.compile(r"[\s\-–|]*(?P<page>\d{1,4})(?:\s*(?:/|van|of)\s*\d{1,4})?[\s\-–|]*")
"""A line with no more than the number of its page, as “12”, “- 12 -” or “12 / 116”."""


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
    """Lines that number the page, and lines at page ends that come back with only their digits changed.

    White space above and below them is of the page and tells of no empty cell.
    """
    ends = _page_ends(lines)
    repeated = _repeated(lines) | _at_page_ends(ends)
    numbers = _page_numbers(ends)
    kept: list[Line] = []
    fresh = False
    for line in lines:
        if line.cell is None and (line in numbers or _is_header(line.text, repeated)):
            fresh = True
            while kept and kept[-1].cell is None and not kept[-1].text.strip():
                kept.pop()
        elif fresh and (line.text.strip() or line.cell):
            kept.append(replace(line, fresh=True))
            fresh = False
        elif fresh:
            continue
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


def _page_ends(lines: list[Line]) -> dict[int, list[Line]]:
    """By page its first and last two lines outside tables, where the document numbers its pages."""
    ends: dict[int, list[Line]] = {}
    for line in lines:
        if line.page is not None and line.cell is None and line.text.strip():
            ends.setdefault(line.page, []).append(line)
    return {page: [*own[:2], *own[-2:]] for page, own in ends.items()}


def _at_page_ends(ends: dict[int, list[Line]]) -> set[str]:
    """Lines at page ends that are the same, but for digits, on half of the pages and three at least."""
    masks = Counter(mask for own in ends.values() for mask in {_mask(line.text) for line in own})
    least = _least(ends)
    return {mask for mask, count in masks.items() if count >= least and len(mask) >= SHORTEST_HEADER}


def _least(ends: dict[int, list[Line]]) -> float:
    """On how many pages a line comes back that is none of the text."""
    return max(3, max(ends, default=0) / 2)


def _page_numbers(ends: dict[int, list[Line]]) -> set[Line]:
    """Lines at page ends that hold a bare number which rises with the pages."""
    found: dict[int, set[Line]] = {}
    for page, own in ends.items():
        for line in own:
            if match := BARE_NUMBER.fullmatch(line.text):
                found.setdefault(int(match["page"]) - page, set()).add(line)
    return {line for own in found.values() if len({line.page for line in own}) >= _least(ends) for line in own}


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
    """Take the notes away that the lines end with; white space between and below them stays."""
    while noted := _note_at_end(kept):
        del kept[noted]


def _note_at_end(kept: list[Line]) -> int:
    """The place of a link note below which nothing stands; 0 when there is none."""
    last = len(kept) - 1
    while last > 0 and kept[last].cell is None and not kept[last].text.strip():
        last -= 1
    noted = last > 0 and kept[last].cell is None and LINK_NOTE.match(kept[last].text)
    return last if noted and not _inside_text(kept[: last + 1]) else 0


def _inside_text(kept: list[Line]) -> bool:
    """Whether the last line goes on with the sentence of the line above it."""
    above = kept[-2].text.rstrip() if len(kept) > 1 else ""
    return bool(above) and not LINK_NOTE.match(above)

"""The bullets and numbers that Word puts before paragraphs of a list; they are no text of the paragraph itself."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from xml.etree.ElementTree import Element  # nosec B405

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VALUE = f"{WORD}val"


@dataclass(frozen=True)
class _Level:
    """How a level of a list is printed: format of the number, text around it, first number."""

    form: str
    text: str
    start: int


class ListNumbers:
    """Counts the paragraphs of each list of a document, in the order in which they are asked for."""

    def __init__(self, numbering: Element | None) -> None:
        """Args: numbering is the root of the numbering part of a Word document, None when it has no lists."""
        self._levels: dict[tuple[str, int], _Level] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        if numbering is not None:
            self._read(numbering)

    def _read(self, numbering: Element) -> None:
        abstract = {item.get(f"{WORD}abstractNumId"): item for item in numbering.findall(f"{WORD}abstractNum")}
        for number in numbering.findall(f"{WORD}num"):
            reference = number.find(f"{WORD}abstractNumId")
            source = abstract.get(reference.get(VALUE)) if reference is not None else None
            for level in [] if source is None else source.findall(f"{WORD}lvl"):
                key = (number.get(f"{WORD}numId", ""), int(level.get(f"{WORD}ilvl", "0")))
                start = _value(level, "start", "1")
                self._levels[key] = _Level(
                    _value(level, "numFmt", "decimal"),
                    _value(level, "lvlText", ""),
                    int(start) if start.isdigit() else 1,
                )

    def prefix(self, paragraph: Element) -> str:
        """What Word prints before a paragraph with a space after it: ``• ``, ``2. ``, ``a) `` or nothing."""
        properties = paragraph.find(f"{WORD}pPr/{WORD}numPr")
        if properties is None:
            return ""
        number, depth = _value(properties, "numId", "0"), int(_value(properties, "ilvl", "0"))
        level = self._levels.get((number, depth))
        if level is None or level.form == "none":
            return ""
        if level.form == "bullet":
            return "• "
        counts = self._counts[number]
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        return re.sub(r"%(\d)", lambda match: self._shown(number, int(match[1]) - 1), level.text) + " "

    def _shown(self, number: str, depth: int) -> str:
        level = self._levels.get((number, depth))
        count = self._counts[number].get(depth, level.start if level else 1)
        if level and level.form in {"lowerLetter", "upperLetter"} and 1 <= count <= 26:
            letter = chr(ord("a") + count - 1)
            return letter.upper() if level.form == "upperLetter" else letter
        return str(count)


def _value(element: Element, name: str, otherwise: str) -> str:
    found = element.find(f"{WORD}{name}")
    return found.get(VALUE, otherwise) if found is not None else otherwise

"""Lines of a document as they are stored with a sheet, so that its text can be shown and read again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from draad.documents.source import Cell, Line

NAMES = [column.name for column in fields(Line)]


def stored_lines(lines: Sequence[Line]) -> list[list[Any]]:
    """Lines as plain lists, in the order of the parts of ``Line``."""
    return [[getattr(line, name) for name in NAMES] for line in lines]


def lines_of(stored: Sequence[Sequence[Any]]) -> list[Line]:
    """The lines that were stored."""
    return [_line(dict(zip(NAMES, parts, strict=False))) for parts in stored]


def _line(parts: dict[str, Any]) -> Line:
    cell, area = parts.get("cell"), parts.get("area")
    return Line(**{**parts, "cell": Cell(*cell) if cell else None, "area": tuple(area) if area else None})

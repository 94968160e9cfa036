"""What the document said of a measure, where a person has since made something else of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from draad.plans.content import GOAL_FIELDS, Content
from draad.plans.models import Measure, ReadSheet
from draad.plans.reading.sheet import TEXT_FIELDS
from draad.plans.review import goal_lines


@dataclass(frozen=True)
class ReadValue:
    """A value as the document has it: the text, the document, the page in it, and where it was reviewed."""

    text: str
    document: str
    page: int | None
    address: str


def read_values(measure: Measure, content: Content) -> Mapping[str, ReadValue]:
    """For each field that a person changed the value as it was read, by the name of the field; one statement.

    Args:
        measure: the measure.
        content: what it holds now.
    """
    origins: dict[str, dict[str, Any]] = {
        name: origin for name, origin in measure.provenance.items() if origin.get("sheet")
    }
    keys = {origin["sheet"] for origin in origins.values()}
    sheets = {sheet.pk: sheet for sheet in _sheets(keys)} if keys else {}
    found = {}
    for name in (*TEXT_FIELDS, *GOAL_FIELDS):
        origin = origins.get(name, {})
        sheet = sheets.get(origin.get("sheet", 0))
        if sheet is None:
            continue
        read, now = _text(sheet.values, name), _text(content, name)
        if read != now:
            page = origin.get("source", {}).get("page")
            where = f"{reverse('plans:sheet', args=[sheet.pk])}?veld={name}#plaats"
            found[name] = ReadValue(read, sheet.upload.file_name, page, where)
    return found


def _sheets(keys: set[int]) -> Any:
    return ReadSheet.objects.filter(pk__in=keys).select_related("upload").defer("lines")


def _text(values: Mapping[str, Any], name: str) -> str:
    if name in GOAL_FIELDS:
        return goal_lines(values["goals"], values[name], GOAL_FIELDS[name])
    return str(values[name])

"""Marks what is shown of an invented programme, on the page and in the files of its tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from draad.documents.tables import Table
from draad.programmes.models import Programme


def example_of(programme: Programme) -> dict[str, Any]:
    """What the frame of a page needs to say that the programme is invented; nothing for a real one."""
    if not programme.example:
        return {}
    says = _("Dit programma is verzonnen om te proberen: acties, bedragen en regels zijn van niemand.")
    return {"example": True, "example_says": says}


def marked(tables: Iterable[Table[Any]], programme: Programme) -> list[Table[Any]]:
    """The tables, marked as example when the programme is invented."""
    return [replace(table, example=True) if programme.example else table for table in tables]

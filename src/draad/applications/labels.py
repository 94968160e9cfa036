"""Words for stored codes inside a query, so that a list in the database is filtered and sorted by what people read."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, CharField, TextChoices, Value, When


def label_of(field: str, choices: type[TextChoices]) -> Case:
    """The label of a code in the language of the reader."""
    found: list[Any] = [When(**{field: value}, then=Value(str(label))) for value, label in choices.choices]
    return Case(*found, default=Value(""), output_field=CharField())

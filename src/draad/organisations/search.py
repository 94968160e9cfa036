"""What a search of the whole site finds in this room."""

from __future__ import annotations

from django.urls import reverse

from draad.organisations.queries.codes import find_code
from draad.organisations.queries.names import find
from draad.web.search import Hit


def search(text: str) -> list[Hit]:
    """Organisations of today that carry the text in a name of now, of once, or in use, or as a code."""
    return [
        Hit(
            title=found.organisation.name,
            kind=str(found.organisation.get_kind_display()),
            address=reverse("organisations:government", args=[found.organisation.slug]),
            note=found.note,
        )
        for found in find_code(text) or find(text)
    ]

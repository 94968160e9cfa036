"""What a search of the whole site finds among published figures."""

from __future__ import annotations

from django.utils.translation import gettext as _

from draad.figures.findings import place_of, place_text
from draad.figures.queries import figures
from draad.web.search import Hit

MOST_HITS = 20


def search(text: str) -> list[Hit]:
    """The figures whose words or value hold every word that is looked for."""
    words = text.casefold().split()
    if not words:
        return []
    hits = []
    for row in figures():
        place = place_text(place_of(row))
        plain = f"{row.label} {place} {row.shown} {row.whole} {row.action or ''}".casefold().replace(",", " ")
        if all(_holds(plain, word) for word in words):
            hits.append(Hit(f"{row.label}, {place}: {row.shown}", _("cijfer"), row.get_absolute_url(), row.remark))
    return hits[:MOST_HITS]


def _holds(plain: str, word: str) -> bool:
    """Whether a text has a word; a number must be whole, so that 3 does not find 14.136.359."""
    return word in plain.split() if word.isdecimal() else word in plain

"""What a search of the whole site finds among the printed lists."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from draad.applications.queries.listed import mentorships, partnerships
from draad.web.search import Hit

MOST_HITS = 20


def search(text: str) -> list[Hit]:
    """Printed partnerships and mentor governments in which every word is found, in whatever order."""
    words = text.split()
    if not words:
        return []
    together, mentoring = partnerships(), mentorships()
    for word in words:
        named = Q(lead_as_printed__icontains=word) | Q(lead__name__icontains=word)
        together = together.filter(named | Q(partners__as_printed__icontains=word))
        mentoring = mentoring.filter(Q(as_printed__icontains=word) | Q(label__icontains=word))
    hits = [
        Hit(
            _("Samenwerking van %(lead)s") % {"lead": entry.lead_as_printed},
            _("samenwerking"),
            entry.get_absolute_url(),
            _("ronde %(n)s") % {"n": entry.round.number}
            + "".join(f" · {partner.as_printed}" for partner in entry.partners.all()),
        )
        for entry in together.distinct()[:MOST_HITS]
    ]
    return hits + [
        Hit(
            _("%(name)s, mentorbestuur") % {"name": row.as_printed},
            _("mentorschap"),
            row.get_absolute_url(),
            row.label,
        )
        for row in mentoring[:MOST_HITS]
    ]

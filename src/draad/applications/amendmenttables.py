"""The table of requests to change something after the decision."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from draad.applications.models import Amendment
from draad.documents.tables import Column, Kind, Table


def amendments_table(rows: Sequence[Amendment]) -> Table[Amendment]:
    """Requests with what they are about and where they stand."""
    return Table(
        key="wijzigingen",
        title=_("Wijzigingsverzoeken"),
        columns=[
            Column("which", _("Verzoek"), _which, link=_address),
            Column("round", _("Ronde"), lambda row: str(row.application.call.round), choices=True),
            Column("what", _("Wat"), lambda row: ", ".join(one["label"] for one in row.changes), wide=True),
            Column("state", _("Stand"), lambda row: row.get_state_display(), choices=True),
            Column("asked", _("Gevraagd op"), lambda row: timezone.localdate(row.requested_at), Kind.DATE),
            Column("example", _("Voorbeeld"), lambda row: _("voorbeeld") if row.application.call.example else "",
                   choices=True),
        ],
        rows=rows,
        search=lambda row: f"{row.application.applicant} {row.reason}",
    )  # fmt: skip


def _which(row: Amendment) -> str:
    return _("%(who)s, aanvraag %(number)s, wijziging %(n)s") % {
        "who": row.application.applicant,
        "number": row.application.number,
        "n": row.number,
    }


def _address(row: Amendment) -> str:
    return reverse("applications:amendment", args=[row.application_id, row.number])

"""The queue of a call as a table."""

from __future__ import annotations

from datetime import date, tzinfo
from typing import Any

from django.db.models import Case, CharField, OuterRef, QuerySet, Subquery, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from draad.applications.models import Application, ApplicationState, Call
from draad.documents.tables import Column, Gap, Kind, Table
from draad.organisations.models import AreaKind, TerritoryArea
from draad.web.addresses import numbered

SHOWN = ("number", "state", "requested", "submitted_at", "applicant__name", "assessment__assessor__name")
"""Columns of the database that the table reads."""


def queue_table(call: Call, rows: QuerySet[Application]) -> Table[Any]:
    """Every submitted application of a call; sorted and filtered by the database."""
    today, zone, dossier = timezone.localdate(), timezone.get_current_timezone(), numbered("applications:assessment")
    provinces = TerritoryArea.objects.filter(
        kind=AreaKind.PROVINCE, territory__jurisdictions__organisation=OuterRef("applicant")
    )
    labelled = (
        rows.select_related(None)
        .select_related("applicant", "assessment__assessor")
        .only(*SHOWN)
        .annotate(
            province=Subquery(provinces.values("area__name")[:1]),
            state_label=Case(
                *(When(state=state, then=Value(str(state.label))) for state in ApplicationState),
                output_field=CharField(),
            ),
            kind_label=Case(
                When(together=True, then=Value(_("samenwerking"))),
                default=Value(_("alleen")),
                output_field=CharField(),
            ),
        )
    )
    return Table(
        key="wachtrij",
        title=_("Aanvragen van ronde %(n)s") % {"n": call.round.number},
        columns=[
            Column("applicant", _("Aanvrager"), lambda row: row.applicant.name, link=lambda row: dossier(row.pk),
                   order_by="applicant__name"),
            Column("number", _("Nummer"), lambda row: row.number, Kind.COUNT, order_by="number"),
            Column("state", _("Toestand"), lambda row: row.state_label, choices=True, order_by="state_label",
                   filter_by="state_label"),
            Column("assessor", _("Beoordelaar"), _assessor, choices=True, order_by="assessment__assessor__name",
                   filter_by="assessment__assessor__name"),
            Column("kind", _("Dient in"), lambda row: row.kind_label, choices=True, order_by="kind_label",
                   filter_by="kind_label"),
            Column("province", _("Provincie"), lambda row: row.province or Gap(_("geen grondgebied")), choices=True,
                   order_by="province", filter_by="province"),
            Column("requested", _("Gevraagd"), lambda row: row.requested, Kind.EURO, order_by="requested"),
            Column("submitted", _("Ingediend"), lambda row: row.submitted_at.astimezone(zone).date(), Kind.DATE,
                   order_by="submitted_at"),
            Column("days", _("Dagen"), lambda row: _waiting(row, today, zone), Kind.COUNT, order_by="submitted_at"),
        ],
        rows=labelled,
        example=call.example,
        search_by=["applicant__name", "assessment__assessor__name"],
    )  # fmt: skip


def _assessor(row: Any) -> str | Gap:
    given = getattr(row, "assessment", None)
    return given.assessor.name if given and given.assessor else Gap(_("nog niemand"))


def _waiting(row: Any, today: date, zone: tzinfo) -> int | None:
    """How many days an application waits for its decision."""
    if row.state == ApplicationState.DECIDED:
        return None
    return int((today - row.submitted_at.astimezone(zone).date()).days)

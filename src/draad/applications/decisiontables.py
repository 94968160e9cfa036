"""The lists and decisions as tables."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from draad.applications.labels import label_of
from draad.applications.models import Decision, DecisionList, DecisionListState, Outcome
from draad.documents.tables import Column, Kind, Table


def lists_table(lists: QuerySet[DecisionList], *, example: bool) -> Table[Any]:
    """All lists of decisions (``queries.decisions.decision_lists``), newest first."""
    return Table(
        key="beslissingen",
        title=_("Lijsten van beslissingen"),
        columns=[
            Column("lijst", _("Lijst"), _list_name, link=list_address, order_by="call__round__number"),
            Column("programma", _("Programma"), lambda row: row.call.round.programme.name, choices=True,
                   order_by="call__round__programme__name", filter_by="call__round__programme__name"),
            Column("toestand", _("Toestand"), lambda row: row.get_state_display(), choices=True,
                   order_by="state_label", filter_by="state_label"),
            Column("aanvragen", _("Aanvragen"), lambda row: row.decided, Kind.COUNT, order_by="decided"),
            Column("toegekend", _("Toegekend"), lambda row: row.granted, Kind.EURO, order_by="granted"),
            Column("handtekeningen", _("Handtekeningen"), lambda row: row.signed, Kind.COUNT, order_by="signed"),
            Column("voorbereid", _("Voorbereid op"), lambda row: timezone.localdate(row.prepared_at), Kind.DATE,
                   order_by="prepared_at"),
        ],
        rows=lists.annotate(state_label=label_of("state", DecisionListState)),
    )  # fmt: skip


def _list_name(decision_list: DecisionList) -> str:
    return gettext("Ronde %(round)s, lijst %(number)s") % {
        "round": decision_list.call.round.number, "number": decision_list.number,
    }  # fmt: skip


def list_address(decision_list: DecisionList) -> str:
    """The page of a list of decisions."""
    return reverse("applications:decision_list", args=[decision_list.pk])


def decisions_table(decision_list: DecisionList) -> Table[Decision]:
    """The decisions of a list: asked and granted beside each other."""
    rows = Decision.objects.filter(decision_list=decision_list).select_related("application__applicant")
    return Table(
        key="besluiten",
        title=_("Beslissingen"),
        columns=[
            Column("bestuur", _("Aanvrager"), lambda row: row.application.applicant.name,
                   link=lambda row: reverse("applications:decision", args=[row.pk]),
                   order_by="application__applicant__name"),
            Column("dossier", _("Dossier"), lambda row: row.application.number, Kind.COUNT,
                   order_by="application__number"),
            Column("gevraagd", _("Gevraagd"), lambda row: row.requested, Kind.EURO, order_by="requested", total=True,
                   total_by="requested"),
            Column("toegekend", _("Toegekend"), lambda row: row.granted, Kind.EURO, order_by="granted", total=True,
                   total_by="granted"),
            Column("minder", _("Minder"), lambda row: row.requested - row.granted, Kind.EURO, order_by="less",
                   total=True, total_by="less"),
            Column("beslissing", _("Beslissing"), lambda row: row.get_outcome_display(), choices=True,
                   order_by="outcome_label", filter_by="outcome_label"),
            Column("reden", _("Reden"), lambda row: row.shown_reason or None,
                   wide=True, order_by="reason_key"),
        ],
        rows=rows.annotate(outcome_label=label_of("outcome", Outcome), less=F("requested") - F("granted"))
        .order_by("application__number"),
        search_by=("application__applicant__name",),
        example=decision_list.call.example,
    )  # fmt: skip

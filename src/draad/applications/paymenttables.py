"""Payments and orders as tables."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from draad.applications.labels import label_of
from draad.applications.models import Payment, PaymentKind, PaymentOrder, PaymentState
from draad.documents.tables import Column, Kind, Table
from draad.web.addresses import numbered

SHOWN = (
    "amount",
    "settled_on",
    "reason",
    "order__message_id",
    "decision__application__number",
    "decision__application__applicant__name",
    "decision__application__call__round__number",
    "decision__application__call__round__programme__name",
)
"""Columns of the database that the table reads: seven tables are joined, and most of their columns are not shown."""
OF_AN_ORDER = ("programma", "ronde", "opdracht")
"""Columns that say the same in every row of one order."""


def payments_table(payments: QuerySet[Payment], *, example: bool, of_order: bool = False) -> Table[Any]:
    """Payments with whom, what and how far; ``of_order`` leaves out what all payments of one order share."""
    table = _payments_table(payments, example=example)
    if not of_order:
        return table
    return replace(table, columns=[column for column in table.columns if column.key not in OF_AN_ORDER])


def _payments_table(payments: QuerySet[Payment], *, example: bool) -> Table[Any]:
    payment, order = numbered("applications:payment"), numbered("applications:order")
    return Table(
        key="betalingen",
        title=_("Betalingen"),
        columns=[
            Column("bestuur", _("Bestuur"), lambda row: row.decision.application.applicant.name,
                   link=lambda row: payment(row.pk),
                   order_by="decision__application__applicant__name"),
            Column("programma", _("Programma"), lambda row: row.decision.application.call.round.programme.name,
                   choices=True, order_by="decision__application__call__round__programme__name",
                   filter_by="decision__application__call__round__programme__name"),
            Column("ronde", _("Ronde"), lambda row: row.decision.application.call.round.number, Kind.COUNT,
                   choices=True, order_by="decision__application__call__round__number",
                   filter_by="decision__application__call__round__number"),
            Column("dossier", _("Dossier"), lambda row: row.decision.application.number, Kind.COUNT,
                   order_by="decision__application__number"),
            Column("deel", pgettext_lazy("betaling", "Deel"), lambda row: row.kind_label, choices=True,
                   order_by="kind_label", filter_by="kind_label"),
            Column("bedrag", _("Bedrag"), lambda row: row.amount, Kind.EURO, order_by="amount", total=True,
                   total_by="amount"),
            Column("toestand", _("Toestand"), lambda row: row.state_label, choices=True,
                   order_by="state_label", filter_by="state_label"),
            Column("opdracht", _("Opdracht"), lambda row: row.order.message_id if row.order else None,
                   link=lambda row: order(row.order_id), order_by="order__message_id"),
            Column("op", _("Op"), lambda row: row.settled_on, Kind.DATE, order_by="settled_on"),
            Column("reden", _("Reden"), lambda row: row.reason or None, wide=True, order_by="reason"),
        ],
        rows=payments.only(*SHOWN).annotate(
            kind_label=label_of("kind", PaymentKind), state_label=label_of("state", PaymentState)
        ),
        search_by=("decision__application__applicant__name", "end_to_end_id", "iban"),
        example=example,
    )  # fmt: skip


def orders_table(orders: QuerySet[PaymentOrder], *, example: bool) -> Table[Any]:
    """Orders for the bank, newest first."""
    return Table(
        key="betaalopdrachten",
        title=_("Betaalopdrachten"),
        columns=[
            Column("kenmerk", _("Kenmerk"), lambda row: row.message_id,
                   link=lambda row: reverse("applications:order", args=[row.pk]), order_by="message_id"),
            Column("programma", _("Programma"), lambda row: row.call.round.programme.name, choices=True,
                   order_by="call__round__programme__name", filter_by="call__round__programme__name"),
            Column("ronde", _("Ronde"), lambda row: row.call.round.number, Kind.COUNT,
                   order_by="call__round__number"),
            Column("gemaakt", _("Gemaakt op"), lambda row: timezone.localdate(row.made_at), Kind.DATE,
                   order_by="made_at"),
            Column("uitvoeren", _("Uit te voeren op"), lambda row: row.execute_on, Kind.DATE, order_by="execute_on"),
            Column("betalingen", _("Betalingen"), lambda row: row.payments_count, Kind.COUNT,
                   order_by="payments_count", total=True, total_by="payments_count"),
            Column("totaal", _("Totaal"), lambda row: row.total, Kind.EURO, order_by="total",
                   total=True, total_by="total"),
            Column("open", _("Nog open"), lambda row: row.open, Kind.COUNT, order_by="open"),
        ],
        rows=orders,
        example=example,
    )  # fmt: skip

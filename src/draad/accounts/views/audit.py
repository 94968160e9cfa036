"""The audit for administrators: the list, one event field by field, the state of the chain."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from draad.accounts.audit_filter import AuditFilter
from draad.accounts.chain import verify
from draad.accounts.models import AuditEvent, AuditHead
from draad.accounts.queries import Change, changes_of
from draad.accounts.words import table_in_words, verb_in_words
from draad.documents.tables import Column, Table
from draad.web.tables import table_page


def audit_list(request: HttpRequest) -> HttpResponse:
    """Every event, the newest first, filtered by who, what, table and period."""
    chosen = AuditFilter(request.GET or None)
    events = chosen.events()
    head = AuditHead.objects.filter(id=1).first() or AuditHead()
    return table_page(request, "accounts/audit.html", [events_table(events)], {"form": chosen, "head": head})


def events_table(events: object) -> Table[AuditEvent]:
    """Events as a table; its rows stay in the database."""
    return Table(
        key="audit",
        title=_("Gebeurtenissen"),
        columns=[
            Column("number", _("Nummer"), lambda e: str(e.number), link=_address, order_by="number"),
            Column("at", _("Wanneer"), lambda e: f"{timezone.localtime(e.at):%Y-%m-%d %H:%M:%S}", order_by="number"),
            Column("actor", _("Wie"), lambda e: e.actor, order_by="actor"),
            Column("verb", _("Wat"), lambda e: verb_in_words(e.verb), order_by="verb"),
            Column("type", _("Soort"), lambda e: table_in_words(e.object_type), order_by="object_type"),
            Column("object", _("Waarover"), lambda e: e.object_label, order_by="object_label", wide=True),
            Column("reason", _("Reden"), lambda e: e.reason, wide=True),
        ],
        rows=events,  # type: ignore[arg-type]  # a query set is a sequence of events
        source=_("audit van Draad"),
    )


def _address(event: AuditEvent) -> str:
    return reverse("accounts:audit_event", args=[event.number])


def audit_event(request: HttpRequest, number: int) -> HttpResponse:
    """One event: who, when, why, and each field before and after."""
    event = get_object_or_404(AuditEvent, number=number)
    table: Table[Change] = Table(
        key=f"audit-{number}",
        title=_("Velden"),
        columns=[
            Column("field", _("Veld"), lambda change: change.field),
            Column("before", _("Voor"), lambda change: change.before, wide=True),
            Column("after", _("Na"), lambda change: change.after, wide=True),
        ],
        rows=changes_of(event),
    )
    context = {
        "event": event,
        "what": verb_in_words(event.verb),
        "kind": table_in_words(event.object_type),
        "key": f"audit_{number}",
        "before": AuditEvent.objects.filter(number=number - 1).exists(),
        "after": AuditEvent.objects.filter(number=number + 1).exists(),
        "same_object": f"{reverse('accounts:audit')}?soort={event.object_type}&sleutel={event.object_key}",
    }
    return table_page(request, "accounts/audit_event.html", [table], context)


def audit_state(request: HttpRequest) -> HttpResponse:
    """Walk the chain now and say whether it holds."""
    return render(request, "accounts/audit_state.html", {"verdict": verify()})

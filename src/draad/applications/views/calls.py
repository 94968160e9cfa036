"""Calls as everybody reads them: what, when, who, how much, the rules, the terms, the documents, the form."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header

from draad.accounts.middleware import actor
from draad.accounts.statepages import diagrams, step_table
from draad.applications.calltables import calls_table, document_table, extension_table
from draad.applications.forms.form import FormPage
from draad.applications.models import Call, CallDocument, CallState
from draad.applications.queries.callpreview import previewed
from draad.applications.queries.calls import Phase, call_or_404, calls, standing
from draad.applications.states import MANAGER, TABLES, WRITING
from draad.documents.tables import Table
from draad.programmes.queries import as_of_version, published_terms, rules_of
from draad.programmes.tables import line_rows, line_table
from draad.web.tables import BoundTable, table_page


def listing(request: HttpRequest) -> HttpResponse:
    """Every call that one may know of, newest first."""
    manages = actor(request).has(*MANAGER)
    found = calls()
    if not manages:
        found = found.exclude(state=CallState.DRAFT)
    rows = [standing(call) for call in found]
    context = {"open": [row for row in rows if row.phase is Phase.OPEN], "manages": manages,
               "example": any(row.call.example for row in rows)}  # fmt: skip
    return table_page(request, "applications/call/list.html", [calls_table(rows, manages=manages)], context)


def page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A call."""
    call = visible(request, slug, number)
    of_round = call.round
    terms = as_of_version(published_terms(of_round.programme), number, None)
    actions = list(of_round.programme.actions.select_related("objective"))
    documents = list(call.documents.all())
    shown, by = standing(call), actor(request)
    context = {
        "call": call,
        "round": of_round,
        "programme": of_round.programme,
        "standing": shown,
        "rules": rules_of([of_round])[number],
        "paid": sum(version.values.subsidised.value is True for version in terms.values()),
        "documents": documents,
        "manages": by.has(*MANAGER),
        "applies": shown.phase is Phase.OPEN and (not by.signed_in or by.has(*WRITING)),
        "example": call.example,
    }
    tables: list[Table[Any]] = [
        line_table(of_round.programme, line_rows(actions, terms)),
        document_table(call, documents),
        extension_table(shown.extended),
    ]
    return table_page(request, "applications/call/page.html", tables, context)


def form(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The whole form as governments will fill it in, every line chosen and nothing filled in; it cannot be sent."""
    call = visible(request, slug, number)
    preview = FormPage(previewed(call))
    preview.editable, preview.can_change_lines, preview.can_attach = True, False, False
    context = {
        "call": call,
        "round": call.round,
        "programme": call.round.programme,
        "standing": standing(call),
        "page": preview,
        "rules": rules_of([call.round])[number],
        "example": call.example,
    }
    return render(request, "applications/call/form.html", context)


def document(request: HttpRequest, slug: str, number: int, pk: int) -> HttpResponse:
    """A document of a call, to save; a browser never opens it as a page of this site."""
    found = get_object_or_404(CallDocument, call=visible(request, slug, number), pk=pk)
    with found.file.open("rb") as kept:
        content = kept.read()
    headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=found.file_name)}
    return HttpResponse(content, content_type=found.media_type, headers=headers)


def visible(request: HttpRequest, slug: str, number: int) -> Call:
    """The call when this person may know of it: a draft is for managers only.

    Raises:
        Http404: for everybody else.
    """
    found = call_or_404(slug, number)
    if found.state == CallState.DRAFT and not actor(request).has(*MANAGER):
        raise Http404
    return found


def states(request: HttpRequest) -> HttpResponse:
    """How a call, an application and what follows from it change: drawn from the tables that the program uses."""
    drawings = [(diagram, BoundTable(step_table(diagram), "", {})) for diagram in diagrams(TABLES)]
    return render(request, "applications/call/states.html", {"drawings": drawings})

"""Pages of findings: the list, and each with its records, comments and history."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from draad.accounts.guards import ADMINISTRATORS, MANAGERS
from draad.accounts.middleware import actor
from draad.documents.tables import Column, Kind, Table
from draad.findings import actions
from draad.findings.forms import CommentForm, ReasonForm
from draad.findings.models import Finding
from draad.findings.policies import can_close, can_reopen
from draad.findings.queries import all_findings, history
from draad.findings.states import CLOSE, EVENTS, REOPEN
from draad.web.tables import table_page


def findings_table() -> Table[Finding]:
    """All findings as a table; text and state in the language of the reader."""
    return Table(
        key="bevindingen",
        title=_("Bevindingen"),
        columns=[
            Column("title", _("Bevinding"), lambda row: row.title, link=lambda row: row.get_absolute_url()),
            Column("sentence", _("Wat er staat"), lambda row: row.sentence, wide=True),
            Column("topic", _("Onderwerp"), lambda row: row.topic, choices=True),
            Column("state", _("Toestand"), lambda row: row.get_state_display(), choices=True),
            Column("comments", _("Reacties"), lambda row: row.n_comments, Kind.COUNT),  # type: ignore[attr-defined]  # annotated
        ],
        rows=list(all_findings()),
        source=_("berekend door Draad uit de records die elke bevinding noemt"),
        search=lambda row: f"{row.title} {row.sentence} {row.topic}",
    )


def listing(request: HttpRequest) -> HttpResponse:
    """Every finding, with filters."""
    table = findings_table()
    n_open = sum(row.is_open for row in table.rows)
    return table_page(request, "findings/list.html", [table], {"n_open": n_open})


def finding(request: HttpRequest, pk: int) -> HttpResponse:
    """One finding: sentence, numbers, records, comments, history."""
    return _page(request, get_object_or_404(Finding, pk=pk))


def _page(request: HttpRequest, found: Finding, forms_asked: dict[str, forms.Form] | None = None) -> HttpResponse:
    by = actor(request)
    context: dict[str, Any] = {
        "finding": found,
        "comments": found.comments.select_related("by"),
        "history": [(event, EVENTS.get(event.verb, event.verb)) for event in history(found)],
        "may_comment": MANAGERS.allows(by),
        "may_close": ADMINISTRATORS.allows(by) and can_close(found),
        "may_reopen": ADMINISTRATORS.allows(by) and can_reopen(found),
        "named": by.signed_in,
        "comment_form": CommentForm(),
        "reason_form": ReasonForm(),
    }
    wrong = next((form for form in (forms_asked or {}).values()), None)
    status = 422 if wrong else 200
    return render(request, "findings/finding.html", context | (forms_asked or {}) | {"wrong": wrong}, status=status)


@require_POST
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Store a comment."""
    found = get_object_or_404(Finding, pk=pk)
    form = CommentForm(request.POST)

    def store() -> None:
        actions.comment(found, form.cleaned_data["text"], by=actor(request))

    return _act(request, found, ("comment_form", form), store, _("Uw reactie staat bij de bevinding."))


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the finding with a reason."""
    found = get_object_or_404(Finding, pk=pk)
    form = ReasonForm(request.POST)

    def store() -> None:
        actions.close(found, form.cleaned_data["reason"], by=actor(request))

    return _act(request, found, ("reason_form", form), store, CLOSE.notice)


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the finding again with a reason."""
    found = get_object_or_404(Finding, pk=pk)
    form = ReasonForm(request.POST)

    def store() -> None:
        actions.reopen(found, form.cleaned_data["reason"], by=actor(request))

    return _act(request, found, ("reason_form", form), store, REOPEN.notice)


def _act(
    request: HttpRequest, found: Finding, asked: tuple[str, forms.Form], store: Callable[[], None], notice: Any
) -> HttpResponse:
    """Store what a valid form asks and show the page again; else show what is wrong."""
    name, form = asked
    if form.is_valid():
        try:
            store()
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, notice)
            return redirect(found)
    return _page(request, Finding.objects.get(pk=found.pk), {name: form})

"""Changes after the decision: asked by the applicant, read by who takes part, answered by a manager."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from draad.accounts.middleware import actor
from draad.accounts.transitions import Transition
from draad.applications.actions import amendments as act
from draad.applications.amendmenttables import amendments_table
from draad.applications.forms.amendments import AmendmentForm, AnswerForm
from draad.applications.models import Amendment
from draad.applications.policies.access import may_submit
from draad.applications.policies.amendments import can_accept, check_decided, needs_four_eyes
from draad.applications.queries import amendments as read
from draad.applications.queries.agreed import agreement_of, effect_of
from draad.applications.queries.successors import present_names
from draad.applications.states import (
    ACCEPT_AMENDMENT,
    CHECK_AMENDMENT,
    MANAGER,
    REFUSE_AMENDMENT,
    REQUEST,
    WITHDRAW_AMENDMENT,
)
from draad.applications.views.form import readable
from draad.web.tables import table_page

WAITING = ACCEPT_AMENDMENT.before


def listing(request: HttpRequest) -> HttpResponse:
    """Every request, the newest first; those that wait can be filtered."""
    rows = list(read.amendments())
    context = {
        "waiting": sum(row.state in WAITING for row in rows),
        "example": any(row.application.call.example for row in rows),
    }
    return table_page(request, "applications/amendment/list.html", [amendments_table(rows)], context)


def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask to change something: what holds now stands in the fields."""
    application = readable(request, pk)
    agreement = agreement_of(application)
    form = AmendmentForm(read.places_of(application, agreement), request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            made = act.request_amendment(application, form.asked, by=actor(request))
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, REQUEST.notice)
            return redirect("applications:amendment", pk, made.number)
    context = {
        "application": application,
        "example": application.call.example,
        "form": form,
        "agreement": agreement,
        "why_not": _why_not(application),
    }
    return render(request, "applications/amendment/request.html", context, status=422 if form.errors else 200)


def _why_not(application: Any) -> str:
    try:
        check_decided(application)
    except ValidationError as problem:
        return " ".join(problem.messages)
    return ""


def page(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One request, with its answer, or the way to answer it."""
    return _show(request, _found(request, pk, number), AnswerForm())


@require_POST
def answer(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Accept the request, or refuse it with a reason."""
    amendment, form = _found(request, pk, number), AnswerForm(request.POST)
    if not form.is_valid():
        return _show(request, amendment, form)
    try:
        done = _answer(request, amendment, form.cleaned_data["answer"])
    except ValidationError as problem:
        form.add_error("answer", problem)
        return _show(request, amendment, form)
    messages.success(request, done.notice)
    return redirect("applications:amendment", pk, number)


def _answer(request: HttpRequest, amendment: Amendment, words: str) -> Transition:
    """Do what the button says."""
    if "check" in request.POST:
        act.check_amendment(amendment, by=actor(request))
        return CHECK_AMENDMENT
    if "accept" in request.POST:
        act.accept_amendment(amendment, words, by=actor(request))
        return ACCEPT_AMENDMENT
    act.refuse_amendment(amendment, words, by=actor(request))
    return REFUSE_AMENDMENT


@require_POST
def withdraw(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Take the request back."""
    try:
        act.withdraw_amendment(_found(request, pk, number), by=actor(request))
        messages.success(request, WITHDRAW_AMENDMENT.notice)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    return redirect("applications:amendment", pk, number)


def _found(request: HttpRequest, pk: int, number: int) -> Amendment:
    application = readable(request, pk)
    found: Amendment = get_object_or_404(read.amendments(), application=application, number=number)
    return found


def _show(request: HttpRequest, amendment: Amendment, form: AnswerForm) -> HttpResponse:
    application, who = amendment.application, actor(request)
    waits = amendment.state in WAITING
    context = {
        "application": application,
        "example": application.call.example,
        "amendment": amendment,
        "changes": read.changes_of(amendment),
        "effect": effect_of(amendment),
        "four_eyes": needs_four_eyes(amendment),
        "now": present_names([application.applicant]),
        "form": form,
        "may_answer": waits and who.has(*MANAGER),
        "may_check": amendment.state in CHECK_AMENDMENT.before and needs_four_eyes(amendment),
        "may_accept": can_accept(amendment, who),
        "may_withdraw": waits and may_submit(application, who),
    }
    return render(request, "applications/amendment/page.html", context, status=422 if form.errors else 200)

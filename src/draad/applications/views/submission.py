"""Hand in: look through all of it, hand it in, read the receipt; take back, end, throw away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.views.decorators.http import require_POST

from draad.accounts.middleware import actor
from draad.applications import receipt as paper
from draad.applications.actions import submission as act
from draad.applications.forms.submission import SubmitForm, WithdrawForm
from draad.applications.models import Application, ApplicationState, Submission
from draad.applications.policies.access import may_submit, may_write
from draad.applications.policies.calls import is_open
from draad.applications.policies.checklist import blocking, needs
from draad.applications.queries.eligibility import eligibility
from draad.applications.queries.form import Filled, filled
from draad.applications.queries.submission import canonical, content_of, hash_of
from draad.applications.queries.successors import present_names
from draad.applications.states import CANCEL, REOPEN, SUBMIT, WITHDRAW
from draad.applications.views.form import check_writer, readable
from draad.web.tables import file_response

PDF, JSON = "application/pdf", "application/json"


def review(request: HttpRequest, pk: int) -> HttpResponse:
    """All that would be handed in, and what is still needed."""
    return _show_review(request, readable(request, pk), [])


@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand in what was read; what prevents it is explained beside what stands there now."""
    application = readable(request, pk)
    form = SubmitForm(request.POST)
    revision = form.cleaned_data["revision"] if form.is_valid() else -1
    try:
        made = act.submit(application, revision=revision, by=actor(request))
    except ValidationError as problem:
        return _show_review(request, readable(request, pk), problem.messages)
    messages.success(request, SUBMIT.notice)
    return redirect("applications:receipt", pk, made.number)


def _show_review(request: HttpRequest, application: Application, problems: list[str]) -> HttpResponse:
    check_writer(request, application)
    form, who = filled(application), actor(request)
    known = eligibility(application, form.rules)
    needed = needs(form)
    draft = application.state == ApplicationState.DRAFT
    ready = draft and not blocking(needed) and is_open(form.call, application.applicant)
    context = {
        "application": application,
        "example": form.call.example,
        "problems": problems,
        "eligibility": known,
        "blocks": _preview(form, known, by=who.label),
        "needs": needed,
        "blocked": len(blocking(needed)),
        "draft": draft,
        "open": is_open(form.call, application.applicant),
        "closes_at": form.closes_at,
        "can_submit": ready and may_submit(application, who),
        "waits_for_approver": ready and not may_submit(application, who),
        "submit_form": SubmitForm(initial={"revision": application.revision}),
    }
    return render(request, "applications/submission/review.html", context, status=422 if problems else 200)


def _preview(form: Filled, known: Any, *, by: str) -> list[Any]:
    """What stands in the receipt once it is handed in."""
    content = content_of(form, known, number=0, at=timezone.now(), by=by)
    return [(type(block).__name__.lower(), block) for block in paper.content_blocks(content)]


def receipt(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The receipt of a submission, on screen or with ``?format=pdf``; ``json`` gives what the hash is made of.

    What was handed in is in Dutch on every page, as on the PDF: it was stored so.
    """
    application = readable(request, pk)
    found = get_object_or_404(Submission.objects.select_related("by"), application=application, number=number)
    name = f"ontvangstbewijs-{application.call.round.number}-{application.number}-{number}"
    wanted = request.GET.get("format")
    if wanted == "pdf":
        return file_response(paper.receipt_pdf(found), f"{name}.pdf", PDF)
    if wanted == "json":
        return file_response(canonical(found.content), f"{name}.json", JSON)
    with translation.override(settings.LANGUAGE_CODE):
        blocks = paper.content_blocks(found.content)
    context = {
        "application": application,
        "example": application.call.example,
        "submission": found,
        "sound": hash_of(found.content) == found.sha256,
        "file_name": f"{name}.json",
        "blocks": [(type(block).__name__.lower(), block) for block in blocks],
        "now": present_names([application.applicant]),
        "may_write": may_write(application, actor(request)),
    }
    return render(request, "applications/submission/receipt.html", context)


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what was handed in, to change it."""
    return _step(request, pk, act.reopen, REOPEN.notice, "applications:form")


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    return _step(request, pk, act.cancel, CANCEL.notice, "applications:mine")


def _step(request: HttpRequest, pk: int, do: Callable[..., Application], notice: Any, after: str) -> HttpResponse:
    application = readable(request, pk)
    try:
        do(application, by=actor(request))
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect("applications:dossier", pk)
    messages.success(request, notice)
    return redirect(after) if after == "applications:mine" else redirect(after, pk)


def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """End an application that was handed in, with a reason."""
    application = readable(request, pk)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            act.withdraw(application, form.cleaned_data["reason"], by=actor(request))
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, WITHDRAW.notice)
            return redirect("applications:dossier", pk)
    context = {
        "application": application,
        "example": application.call.example,
        "form": form,
        "possible": application.state in WITHDRAW.before,
        "open": is_open(application.call, application.applicant),
    }
    return render(request, "applications/submission/withdraw.html", context, status=422 if form.errors else 200)

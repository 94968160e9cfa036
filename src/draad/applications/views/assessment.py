"""The desk of assessors: the queue of a call and the dossier of one application."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from draad.accounts.actor import Actor
from draad.accounts.middleware import actor
from draad.accounts.revisions import ChangedMeanwhileError
from draad.applications.actions import assessment as act
from draad.applications.actions.submission import decide_eligibility
from draad.applications.assessmenttables import queue_table
from draad.applications.forms.assessment import AdviceForm, AssignForm, EligibilityForm, ShareForm, TextForm
from draad.applications.models import Application, ApplicationState, Assessment, Call
from draad.applications.policies.assessment import has_conflict
from draad.applications.policies.calls import check_closed
from draad.applications.queries import assessment as read
from draad.applications.queries.calls import call_or_404, calls
from draad.applications.queries.corrections import count_behind
from draad.applications.queries.eligibility import eligibility
from draad.applications.states import ADVISE, ASSESS, RECONSIDER
from draad.applications.views.questions import shown
from draad.web.tables import table_page


def desks(request: HttpRequest) -> HttpResponse:
    """The calls with something to assess; with one call, its queue."""
    found = [(call, read.counts(call)) for call in calls().filter(applications__state__in=read.IN_QUEUE).distinct()]
    if len(found) == 1:
        call = found[0][0]
        return redirect("applications:queue", call.round.programme.slug, call.round.number)
    return render(request, "applications/assessment/desks.html", {"desks": found})


def queue(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The queue of a call, with how far the work is."""
    return _queue(request, call_or_404(slug, number), None)


@require_POST
def share(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Share the applications that nobody has yet out over chosen assessors."""
    call = call_or_404(slug, number)
    form = ShareForm(read.assessors(), request.POST)
    if form.is_valid():
        try:
            changed = act.share_out(read.unassigned(call), form.chosen(), by=actor(request))
        except ValidationError as problem:
            form.add_error("among", problem)
        else:
            told = ngettext(
                "%(n)s aanvraag kreeg een beoordelaar.", "%(n)s aanvragen kregen een beoordelaar.", changed
            )
            messages.success(request, told % {"n": changed})
            return redirect("applications:queue", slug, number)
    return _queue(request, call, form)


def _queue(request: HttpRequest, call: Call, form: ShareForm | None) -> HttpResponse:
    context = {
        "call": call,
        "example": call.example,
        "counts": read.counts(call),
        "share_form": form or ShareForm(read.assessors()),
        "unassigned": read.count_unassigned(call),
        "behind": count_behind(call),
    }
    response = table_page(
        request, "applications/assessment/queue.html", [queue_table(call, read.queue(call))], context
    )
    response.status_code = 422 if form else response.status_code
    return response


def dossier(request: HttpRequest, pk: int) -> HttpResponse:
    """One application as an assessor sees it: what is asked, advice, notes, questions."""
    return page(request, read.dossier_or_404(pk))


@require_POST
def save(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the advice; with ``close`` also close it."""
    application = read.dossier_or_404(pk)
    found = get_object_or_404(Assessment, application=application)
    form = AdviceForm(found, list(application.lines.all()), request.POST)
    if not form.is_valid():
        return page(request, application, advice=form)
    try:
        given, summary = form.given(), form.cleaned_data["summary"]
        act.save_advice(application, given, summary, revision=form.cleaned_data["revision"], by=actor(request))
        if "close" in request.POST:
            act.advise(application, by=actor(request))
    except ChangedMeanwhileError as problem:
        return _conflict(request, application, problem)
    except ValidationError as problem:
        form = _bound_again(application, request)
        form.add_error(None, problem)
        return page(request, application, advice=form)
    messages.success(request, ADVISE.notice if "close" in request.POST else _("Het advies is bewaard."))
    return redirect("applications:assessment", pk)


def _conflict(request: HttpRequest, application: Application, problem: ValidationError) -> HttpResponse:
    """Show what a colleague saved beside what was typed; saving again keeps what was typed."""
    form = _bound_again(read.dossier_or_404(application.pk), request)
    form.add_error(None, problem)
    return page(request, application, advice=form, theirs=Assessment.objects.get(application=application))


def _bound_again(application: Application, request: HttpRequest) -> AdviceForm:
    """The form with what was typed, ready to be saved over what is stored now."""
    found = Assessment.objects.get(application=application)
    posted = {name: value for name, value in request.POST.items() if isinstance(value, str)}
    form = AdviceForm(found, list(application.lines.all()), {**posted, "revision": str(found.revision)})
    form.is_valid()
    return form


@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin to assess."""
    return _step(request, pk, act.begin, ASSESS.notice)


@require_POST
def reconsider(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a closed advice again."""
    return _step(request, pk, act.reconsider, RECONSIDER.notice)


def _step(request: HttpRequest, pk: int, do: Callable[..., Application], notice: Any) -> HttpResponse:
    try:
        do(read.dossier_or_404(pk), by=actor(request))
        messages.success(request, notice)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    return redirect("applications:assessment", pk)


@require_POST
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the application to an assessor."""
    application = read.dossier_or_404(pk)
    form = AssignForm(read.assessors(), None, request.POST)

    def store() -> None:
        act.assign([application], form.chosen(), by=actor(request))

    return _store(request, application, "assign_form", form, store, _("De beoordelaar is bewaard."))


@require_POST
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a note for colleagues."""
    application, form = read.dossier_or_404(pk), note_form(request.POST)

    def store() -> None:
        act.write_note(application, form.cleaned_data["text"], by=actor(request))

    return _store(request, application, "note_form", form, store, _("Uw nota staat bij het dossier."))


@require_POST
def declare(request: HttpRequest, pk: int) -> HttpResponse:
    """Declare a conflict of interest."""
    application, form = read.dossier_or_404(pk), statement_form(request.POST)

    def store() -> None:
        act.declare_conflict(application, form.cleaned_data["text"], by=actor(request))

    told = _("Uw belangenconflict is genoteerd. Een collega beoordeelt deze aanvraag.")
    return _store(request, application, "statement_form", form, store, told)


@require_POST
def decide_eligible(request: HttpRequest, pk: int) -> HttpResponse:
    """Say, with a reason, whether the application comes into account."""
    application, form = read.dossier_or_404(pk), EligibilityForm(request.POST, prefix="eligibility")

    def store() -> None:
        given = form.cleaned_data
        decide_eligibility(application, eligible=given["eligible"] == "yes", reason=given["reason"], by=actor(request))

    told = _("De beslissing over de ontvankelijkheid is bewaard.")
    return _store(request, application, "eligibility_form", form, store, told)


def _store(
    request: HttpRequest, application: Application, name: str, form: forms.Form, store: Callable[[], None], told: Any
) -> HttpResponse:
    """Do what a valid form asks; else show the dossier again with what was typed and what is wrong."""
    if form.is_valid():
        try:
            store()
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, told)
            return redirect("applications:assessment", application.pk)
    return page(request, application, **{name: form})


def note_form(data: Any = None) -> TextForm:
    """A note for colleagues."""
    return TextForm(_("Nota"), data, prefix="note", help_text=_("Alleen beoordelaars en beheerders lezen dit."))


def statement_form(data: Any = None) -> TextForm:
    """A statement of a conflict of interest."""
    help_text = _("U kunt deze aanvraag daarna niet meer beoordelen, en haar nota’s niet meer lezen.")
    return TextForm(_("Welke band hebt u met dit bestuur?"), data, prefix="conflict", help_text=help_text)


def page(request: HttpRequest, application: Application, **asked: Any) -> HttpResponse:
    """The dossier for an assessor, with the forms that were asked for; who has a conflict sees only that."""
    by = actor(request)
    if has_conflict(application, by):
        context = {"application": application, "example": application.call.example}
        return render(request, "applications/assessment/conflict.html", context, status=403)
    wrong = [form for form in asked.values() if isinstance(form, forms.Form)]
    status = 409 if "theirs" in asked else 422 if wrong else 200
    return render(
        request, "applications/assessment/dossier.html", {**_context(application, by), **asked}, status=status
    )


def _context(application: Application, by: Actor) -> dict[str, Any]:
    found = getattr(application, "assessment", None)
    lines = list(application.lines.all())
    working = application.state == ApplicationState.ASSESSMENT
    return {
        "application": application,
        "example": application.call.example,
        "assessment": found,
        "lines": lines,
        "advice": AdviceForm(found, lines) if found and working else None,
        "members": application.members.all(),
        "notes": application.notes.all(),
        "conflicts": application.conflicts.all(),
        "tied": read.ties(application, by),
        "earlier": read.before_this(application),
        "questions": shown(application, list(application.questions.all())),
        "waits": _why_waiting(application),
        "eligibility": eligibility(application),
        "eligibility_form": EligibilityForm(prefix="eligibility"),
        "assign_form": AssignForm(read.assessors(), found.assessor if found else None),
        "note_form": note_form(),
        "statement_form": statement_form(),
    }


def _why_waiting(application: Application) -> str:
    """Why the assessment cannot begin yet; empty when it can."""
    if application.state != ApplicationState.SUBMITTED:
        return ""
    try:
        check_closed(application.call, application.applicant)
    except ValidationError as problem:
        return " ".join(problem.messages)
    return ""

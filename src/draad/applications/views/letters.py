"""Letters: one for the applicant to read and keep, all of a list for the manager, and the templates of a call."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from draad.accounts.actor import Actor
from draad.accounts.middleware import actor
from draad.applications.actions.letters import remove_template, set_template
from draad.applications.forms.letters import SAMPLE, TemplateForm
from draad.applications.jobs import LETTERS_PDF, LETTERS_WORD, SECONDS_PER_LETTER
from draad.applications.models import (
    Application,
    Call,
    Decision,
    DecisionList,
    DecisionListState,
    LetterTemplate,
    Outcome,
)
from draad.applications.policies.access import check_may_read
from draad.applications.queries import letters as read
from draad.applications.states import MANAGER
from draad.documents.letters import LISTS, WORDS, make_letter_pdf
from draad.jobs.actions import start
from draad.jobs.kinds import Place
from draad.jobs.views import onward
from draad.web.tables import file_response
from draad.web.thread import Stop, thread

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"


def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter with the decision on an application, on screen or with ``?format=docx`` or ``pdf`` as a file."""
    application = get_object_or_404(Application.objects.prefetch_related("members"), pk=pk)
    who = actor(request)
    check_may_read(application, who)
    found = _decision(application, who)
    made = read.letter_of(found, read.share_paid_first(found.application.call))
    wanted = request.GET.get("format")
    if wanted == "docx":
        word = read.word_letter(found, made, read.templates_of(found.application.call))
        return file_response(word, f"brief-{made.reference}.docx", WORD)
    if wanted == "pdf":
        return file_response(make_letter_pdf(made, made_at=read.moment_of(found)), f"brief-{made.reference}.pdf", PDF)
    context = {
        "letter": made,
        "application": found.application,
        "decision": found,
        "example": found.application.call.example,
        "payments": found.payments.select_related("order").order_by("kind", "attempt"),
        "manages": who.has(*MANAGER),
        "stations": thread(_stops(found), here="grant"),
    }
    return render(request, "applications/decision/letter.html", context)


def _stops(decision: Decision) -> dict[str, Stop]:
    """What is known at the stations: the terms of the round, the application, and what was granted."""
    application = decision.application
    of_round = application.call.round
    terms = reverse("programmes:round", args=[of_round.programme.slug, of_round.number])
    return {
        "terms": Stop(_("ronde %(n)s") % {"n": of_round.number}, terms),
        "application": Stop(_("aanvraag %(n)s") % {"n": application.number}),
        "grant": Stop(decision.get_outcome_display()),
    }


def _decision(application: Application, by: Actor) -> Decision:
    """The published decision; a manager reads the draft of a letter too, others know of nothing until then."""
    found = read.standing_decision(application)
    if found is None and by.has(*MANAGER):
        drafts = Decision.objects.filter(application=application).exclude(
            decision_list__state=DecisionListState.DISCARDED
        )
        found = read.decisions_with_letters(drafts).order_by("-decision_list__number").first()
    if found is None:
        raise Http404(_("Er is nog geen beslissing over deze aanvraag."))
    return found


@require_POST
def letters_word(request: HttpRequest, pk: int) -> HttpResponse:
    """Have all letters of a list made as Word files in a zip."""
    return _all_letters(request, pk, LETTERS_WORD)


@require_POST
def letters_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """Have all letters of a list made in one PDF, to print."""
    return _all_letters(request, pk, LETTERS_PDF)


def _all_letters(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Begin the letters of a list; without decisions there are none."""
    found = get_object_or_404(DecisionList.objects.select_related("call__round__programme"), pk=pk)
    number = Decision.objects.filter(decision_list=found).count()
    if not number:
        raise Http404(_("In deze lijst staat geen beslissing."))
    job = start(
        kind,
        {"list": found.pk},
        about=_("%(programme)s, ronde %(round)s, lijst %(number)s")
        % {"programme": found.call.round.programme, "round": found.call.round.number, "number": found.number},
        place=Place("applications:decision_list", [found.pk]),
        seconds=number * SECONDS_PER_LETTER[kind],
        by=actor(request),
    )
    return onward(job)


def templates(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The Word templates of a call: what is used for whom, the names for placeholders, and a form for another."""
    call = _call(slug, number)
    form = TemplateForm(request.POST, request.FILES) if request.method == "POST" else TemplateForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        set_template(call, form.cleaned_data["key"], name=file.name, content=file.read(), sample=SAMPLE,
                     by=actor(request))  # fmt: skip
        messages.success(request, _("Het sjabloon is bewaard. Nieuwe brieven gebruiken het."))
        return redirect("applications:letter_templates", slug, number)
    own = {template.key: template for template in LetterTemplate.objects.filter(call=call)}
    context = {
        "call": call,
        "example": call.example,
        "form": form,
        "rows": [(outcome, own.get(outcome)) for outcome in Outcome],
        "words": list(WORDS),
        "lists": [(name, list(fields)) for name, (_part, fields) in LISTS.items()],
    }
    return render(request, "applications/decision/templates.html", context, status=422 if form.errors else 200)


def template(request: HttpRequest, slug: str, number: int, key: str) -> HttpResponse:
    """The template in use for an outcome, as a file."""
    call = _call(slug, number)
    if key not in Outcome.values:
        raise Http404
    return file_response(read.templates_of(call)[key], f"sjabloon-{key}.docx", WORD)


@require_POST
def template_remove(request: HttpRequest, slug: str, number: int, key: str) -> HttpResponse:
    """Use Draad's own template again."""
    remove_template(_call(slug, number), key, by=actor(request))
    messages.success(request, _("Nieuwe brieven gebruiken weer het sjabloon van Draad."))
    return redirect("applications:letter_templates", slug, number)


def _call(slug: str, number: int) -> Call:
    calls = Call.objects.select_related("round__programme")
    found: Call = get_object_or_404(calls, round__programme__slug=slug, round__number=number)
    return found

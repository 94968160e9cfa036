"""Questions back: asked and recalled by an assessor, answered by the applicant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from draad.accounts.middleware import actor
from draad.applications.actions import questions as act
from draad.applications.forms.questions import AnswerForm, QuestionForm
from draad.applications.models import Application, Question
from draad.applications.policies.access import check_may_read, may_submit, may_write
from draad.applications.policies.assessment import check_assessor
from draad.applications.policies.questions import is_late
from draad.applications.queries import assessment as read
from draad.applications.queries.questions import Changed, changes_of, choices_of, labelled, open_question
from draad.applications.states import ANSWER, ASK, RECALL


@dataclass(frozen=True)
class Asked:
    """A question as it is shown: with what its fields held and hold, and whether the answer is late."""

    question: Question
    changes: list[Changed]
    late: bool


def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask something back, and choose which fields open."""
    application = read.dossier_or_404(pk)
    check_assessor(application, actor(request))
    form = QuestionForm(choices_of(read.with_fields(application)), request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            act.ask(application, given["text"], given["fields"], due_on=given["due_on"], by=actor(request))
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, ASK.notice)
            return redirect("applications:assessment", pk)
    context = {"application": application, "example": application.call.example, "form": form}
    return render(request, "applications/assessment/ask.html", context, status=422 if form.errors else 200)


@require_POST
def recall(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the open question back."""
    try:
        act.recall(get_object_or_404(Application, pk=pk), by=actor(request))
        messages.success(request, RECALL.notice)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    return redirect("applications:assessment", pk)


def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The open question for the applicant: the fields to change, the answer, and the way to send it."""
    application = get_object_or_404(
        Application.objects.select_related("applicant", "call__round__programme").prefetch_related("members"), pk=pk
    )
    check_may_read(application, actor(request))
    question = open_question(application)
    if question is None or not may_write(application, actor(request)):
        raise Http404
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        try:
            act.answer(application, form.cleaned_data["text"], by=actor(request))
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, ANSWER.notice)
            return redirect("applications:dossier", pk)
    context: dict[str, Any] = {
        "application": application,
        "example": application.call.example,
        "asked": shown(application, [question])[0],
        "form": form,
        "may_send": may_submit(application, actor(request)),
    }
    return render(request, "applications/assessment/answer.html", context, status=422 if form.errors else 200)


def shown(application: Application, questions: list[Question]) -> list[Asked]:
    """Questions with what their fields held and hold."""
    if not questions:
        return []
    known = labelled(choices_of(read.with_fields(application)))
    return [Asked(question, changes_of(question, known), _late(question)) for question in questions]


def _late(question: Question) -> bool:
    answered = timezone.localdate(question.answered_at) if question.answered_at else None
    return question.withdrawn_at is None and is_late(question.due_on, answered)

"""For managers and assessors: which applications stand on terms that were corrected since, and the ways on."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from draad.accounts.middleware import actor
from draad.applications.actions import corrections as act
from draad.applications.forms.corrections import MoveForm
from draad.applications.forms.questions import DAYS_TO_ANSWER
from draad.applications.models import Application, Call
from draad.applications.policies.corrections import can_move
from draad.applications.queries.calls import calls
from draad.applications.queries.corrections import applications_behind
from draad.applications.states import ASK, MANAGER


def page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The applications of a call on older terms, with what differs; a manager moves those that are ticked."""
    call: Call = get_object_or_404(calls(), round__programme__slug=slug, round__number=number)
    found = applications_behind(call)
    form = MoveForm(request.POST or None)
    if form.is_valid():
        ticked = request.POST.getlist("application")
        chosen = [one.application for one in found if str(one.application.pk) in ticked]
        try:
            moved = len(act.move_for_applicants(chosen, form.cleaned_data["reason"], by=actor(request)))
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            told = ngettext("%(n)s aanvraag volgt nu de nieuwe voorwaarden.",
                            "%(n)s aanvragen volgen nu de nieuwe voorwaarden.", moved) % {"n": moved}  # fmt: skip
            messages.success(request, told)
            return redirect("applications:corrections", slug, number)
    context = {
        "call": call,
        "example": call.example,
        "rows": [(one, can_move(one), one.application.state in ASK.before) for one in found],
        "ticked": request.POST.getlist("application"),
        "may_move": actor(request).has(*MANAGER) and any(can_move(one) for one in found),
        "form": form,
    }
    return render(request, "applications/assessment/corrections.html", context, status=422 if form.errors else 200)


@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the applicant to look at the lines whose terms were corrected; only those open."""
    application = get_object_or_404(Application.objects.select_related("call__round__programme"), pk=pk)
    try:
        due_on = timezone.localdate() + timedelta(days=DAYS_TO_ANSWER)
        act.ask_about_terms(application, due_on=due_on, by=actor(request))
        messages.success(request, ASK.notice)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    of_round = application.call.round
    return redirect("applications:corrections", of_round.programme.slug, of_round.number)

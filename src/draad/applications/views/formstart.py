"""Where an application begins: the open calls for the organisations of a person."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from draad.accounts.middleware import actor
from draad.applications.actions.formcopy import copy_application
from draad.applications.actions.formstart import start_application
from draad.applications.models import Application, Call
from draad.applications.queries.formstart import Chance, chances
from draad.applications.states import START


def page(request: HttpRequest) -> HttpResponse:
    """The calls in which a person can begin or go on; a post begins an application."""
    found = chances(actor(request))
    if request.method != "POST":
        return render(request, "applications/form/start.html", {"calls": found, "example": _example(found)})
    call, chance = next(
        (
            (call, chance)
            for call, open_ones in found
            for chance in open_ones
            if (str(call.pk), str(chance.organisation.pk)) == (request.POST.get("call"), request.POST.get("for"))
        ),
        (None, None),
    )
    if call is None or chance is None:
        messages.error(request, _("Deze oproep is niet open voor een bestuur waarvoor u invult."))
        return redirect("applications:start")
    try:
        source = _source(chance, request.POST.get("copy", ""))
        if source is None:
            made, told = start_application(call, chance.organisation, by=actor(request)), []
        else:
            copied = copy_application(call, source, by=actor(request), applicant=chance.organisation)
            made, told = copied.application, copied.notes
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect("applications:start")
    messages.success(request, START.notice)
    for sentence in told:
        messages.warning(request, sentence)
    return redirect("applications:form", made.pk)


def _source(chance: Chance, asked: str) -> Application | None:
    """The earlier application to copy; None to begin empty.

    Raises:
        Http404: when it is not one of this organisation.
    """
    if not asked:
        return None
    found = next((earlier for earlier in chance.earlier if str(earlier.pk) == asked), None)
    if found is None:
        raise Http404
    return found


def _example(found: Sequence[tuple[Call, list[Chance]]]) -> bool:
    return any(call.example for call, _chances in found)

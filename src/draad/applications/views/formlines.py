"""Which lines an application has: every line that the round offers, by objective, to choose from."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from draad.accounts.middleware import actor
from draad.applications.actions.formlines import choose_lines
from draad.applications.models import Application
from draad.applications.policies.form import can_change_lines
from draad.applications.queries.form import Filled, filled, offered, place_of
from draad.applications.views.form import check_writer, readable
from draad.programmes.models import IndicatorTerms


def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The lines to choose from; what is ticked and what is not any more are both told to the application."""
    application = readable(request, pk)
    check_writer(request, application)
    form = filled(application)
    if request.method != "POST":
        return _page(request, form)
    before, now = _numbers(request, "before"), _numbers(request, "line")
    held = {line.indicator_id: line.pk for line in form.lines}
    remove = [held[indicator] for indicator in before - now if indicator in held]
    try:
        choose_lines(application, add=now - before, remove=remove, by=actor(request))
    except ValidationError as problem:
        return _page(request, filled(readable(request, pk)), problems=problem.messages, ticked=now)
    return redirect("applications:form", pk)


def _numbers(request: HttpRequest, name: str) -> set[int]:
    return {int(text) for text in request.POST.getlist(name) if text.isascii() and text.isdecimal() and len(text) < 12}


def _page(
    request: HttpRequest, form: Filled, *, problems: list[str] | None = None, ticked: set[int] | None = None
) -> HttpResponse:
    application: Application = form.application
    held = {place_of(line.indicator): line for line in form.lines}
    words = request.GET.get("zoek", "").strip()
    choices = [_choice(indicator, held, ticked) for indicator in offered(form.round)]
    shown = [choice for choice in choices if choice["ticked"] or _matches(choice["indicator"], words)]
    context = {
        "application": application,
        "round": form.round,
        "example": form.call.example,
        "groups": [(objective, list(found)) for objective, found in groupby(shown, key=_objective)],
        "words": words,
        "hidden": len(choices) - len(shown),
        "problems": problems,
        "can_change": can_change_lines(form),
    }
    return render(request, "applications/form/choose.html", context, status=422 if problems else 200)


def _choice(indicator: IndicatorTerms, held: dict[tuple[int, int], Any], ticked: set[int] | None) -> dict[str, Any]:
    """An indicator line with the line that asks it; a line keeps the version of the terms that it was begun with."""
    line = held.get(place_of(indicator))
    pk = line.indicator_id if line else indicator.pk
    return {
        "indicator": line.indicator if line else indicator,
        "pk": pk,
        "line": line,
        "objective": str(indicator.terms.action.objective),
        "filled": line is not None and (line.planned is not None or line.existing is not None),
        "ticked": pk in ticked if ticked is not None else line is not None,
    }


def _objective(choice: dict[str, Any]) -> str:
    return str(choice["objective"])


def _matches(indicator: IndicatorTerms, words: str) -> bool:
    """Whether each word stands in the action, its number, its target group, or what counts."""
    terms = indicator.terms
    text = " ".join([str(terms.action), terms.target_group, indicator.label, str(terms.action.objective)]).casefold()
    return all(word in text for word in words.casefold().split())

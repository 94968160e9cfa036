"""The distribution desk of a call: scenarios side by side, what is asked, and what each applicant gets in each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from draad.accounts.middleware import actor
from draad.applications.desktables import applicants_table, claims_table
from draad.applications.models import Call, CallState, Scenario, ScenarioState
from draad.applications.policies.desk import (
    check_before_decisions,
    check_divisible,
    check_ready,
    is_outdated,
    may_choose,
)
from draad.applications.queries.calls import call_or_404, calls, standing
from draad.applications.queries.desk_chart import dumbbells, share_scale
from draad.applications.queries.desk_claims import Desk, desk_of
from draad.applications.queries.desk_scenarios import beside, cards, compared, scenarios_of
from draad.applications.queries.desk_totals import DIMENSIONS, Outcome, applicant_rows, outcomes
from draad.applications.queries.desk_words import MEASURES, measured
from draad.applications.states import MANAGER
from draad.web.formatting import percent
from draad.web.tables import table_page
from draad.web.thread import Stop, thread

ALL = Decimal(100)
"""Per cent."""


def desks(request: HttpRequest) -> HttpResponse:
    """The published calls, newest first; with one call, its desk."""
    found = list(calls().filter(state=CallState.PUBLISHED))
    if len(found) == 1:
        return redirect(desk_address(found[0]))
    return render(request, "applications/desk/desks.html", {"standings": [standing(call) for call in found]})


def call_of(slug: str, number: int) -> Call:
    """The published call of a round; any other is not found."""
    found = call_or_404(slug, number)
    if found.state != CallState.PUBLISHED:
        raise Http404
    return found


def desk_address(call: Call, *scenarios: Scenario) -> str:
    """The desk of a call, with some scenarios side by side."""
    chosen = "&".join(f"verdeling={scenario.number}" for scenario in scenarios)
    address = reverse("applications:desk", args=[call.round.programme.slug, call.round.number])
    return f"{address}?{chosen}" if chosen else address


def desk(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What there is and what is asked, and the scenarios that were chosen side by side."""
    return desk_page(request, call_of(slug, number))


def desk_page(
    request: HttpRequest,
    call: Call,
    *,
    problems: Sequence[str] = (),
    typed: str = "",
    picked: Scenario | None = None,
) -> HttpResponse:
    """The desk; again with what was typed when something was refused.

    Args:
        request: who asks, and which scenarios side by side.
        call: its call.
        problems: why something was refused.
        typed: the reason that was typed.
        picked: the scenario that was to be put forward or taken back.
    """
    found = desk_of(call.pk)
    kept = scenarios_of(call)
    shown = beside(kept, request.GET.getlist("verdeling") or ([str(picked.number)] if picked else []))
    results = outcomes(shown)
    forward = next((scenario for scenario in kept if scenario.state != ScenarioState.KEPT), None)
    final = _sentences(lambda: check_before_decisions(call))
    context = _figures(call, found) | _comparison(request, shown, results, found) | {
        "cards": cards(found, call, shown, results),
        "scenarios": [(scenario, is_outdated(scenario, found)) for scenario in kept],
        "shown": shown,
        "forward": forward,
        "forward_outdated": bool(forward and is_outdated(forward, found)),
        "may_write": actor(request).has(*MANAGER),
        "may_choose": bool(forward and may_choose(forward, actor(request))),
        "final": final,
        "waits_for": final or _sentences(lambda: check_ready(found)),
        "problems": problems,
        "typed": typed or (picked.reason if picked else ""),
        "picked": picked or next((s for s in shown if not is_outdated(s, found)), None),
        "key": share_scale().classes,
        "query": request.GET.urlencode(),
    }  # fmt: skip
    return render(request, "applications/desk/desk.html", context, status=422 if problems else 200)


def _figures(call: Call, found: Desk) -> dict[str, Any]:
    """The call and what there is to divide."""
    envelope = call.round.envelope
    wanted = found.advised + found.reserved
    place = [call.round.programme.slug, call.round.number]
    stops = {
        "terms": Stop(_("ronde %(n)s") % {"n": call.round.number}, reverse("programmes:round", args=place)),
        "application": Stop(
            ngettext("%(n)s aanvraag", "%(n)s aanvragen", len(found.in_play)) % {"n": len(found.in_play)},
            reverse("applications:desk_claims", args=place),
        ),
        "grant": Stop(_("in voorbereiding")),
    }
    return {
        "call": call,
        "round": call.round,
        "programme": call.round.programme,
        "example": call.example,
        "desk": found,
        "wanted": wanted,
        "envelope": envelope,
        "short": max(wanted - envelope, 0) if envelope is not None else None,
        "covered": percent(min(envelope * 100 / wanted, ALL), 1) if envelope is not None and wanted else None,
        "left": max(envelope - wanted, 0) if envelope is not None else None,
        "closed": not _sentences(lambda: check_divisible(call, found)),
        "not_divisible": _sentences(lambda: check_divisible(call, found)),
        "stations": thread(stops, here="grant"),
    }


def _sentences(check: Callable[[], None]) -> list[str]:
    """Why a check refuses; nothing when it passes."""
    try:
        check()
    except ValidationError as problem:
        return list(problem.messages)
    return []


def _comparison(
    request: HttpRequest, shown: Sequence[Scenario], results: Sequence[Outcome], found: Desk
) -> dict[str, Any]:
    """How the scenarios compare: by group, by applicant, by measure."""
    asked = request.GET.get("per", "")
    dimension = next((d for d in DIMENSIONS if d.key == asked), DIMENSIONS[0])
    rows = applicant_rows(found, results) if results else []
    return {
        "dimensions": DIMENSIONS,
        "dimension": dimension,
        "compared": compared(dimension, shown, results) if results else [],
        "totals": [(scenario, outcome.total) for scenario, outcome in zip(shown, results, strict=True)],
        "dumbbells": dumbbells(rows) if len(shown) > 1 else None,
        "applicants": len(rows),
        "measures": [
            (words, [(scenario.name, measured(scenario, words)) for scenario in shown]) for words in MEASURES
        ],
    }


def claims(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What is asked, application by application, and what does not count."""
    call = call_of(slug, number)
    found = desk_of(call.pk)
    return table_page(request, "applications/desk/claims.html", [claims_table(call, found)], _figures(call, found))


def applicants(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What every applicant gets in some scenarios, and what it gains from one to another."""
    call = call_of(slug, number)
    found = desk_of(call.pk)
    shown = beside(scenarios_of(call), request.GET.get("verdelingen", "").split(","))
    ends = _ends(request, shown)
    rows = applicant_rows(found, outcomes(shown))
    context = {
        **_figures(call, found),
        "shown": shown,
        "ends": [shown[end] for end in ends] if ends else [],
        "numbers": ",".join(str(scenario.number) for scenario in shown),
    }
    return table_page(
        request, "applications/desk/applicants.html", [applicants_table(call, shown, rows, ends)], context
    )


def _ends(request: HttpRequest, shown: Sequence[Scenario]) -> tuple[int, int] | None:
    """From which scenario to which the gain is asked: by number, else from the first to the last."""
    if len(shown) < 2:
        return None
    places = {str(scenario.number): place for place, scenario in enumerate(shown)}
    first = places.get(request.GET.get("van", ""), 0)
    second = places.get(request.GET.get("naar", ""), len(shown) - 1)
    return first, second

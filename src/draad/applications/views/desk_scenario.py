"""One scenario: making it, reading it to its last line, putting it forward, approving it, taking it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, QuerySet, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from draad.accounts.middleware import actor
from draad.applications import jobs
from draad.applications.actions import desk as act
from draad.applications.desktables import GovernmentRow, awards_table, governments_table
from draad.applications.forms.desk import PlanForm
from draad.applications.models import Application, Call, CallState, Scenario, ScenarioAward
from draad.applications.policies.desk import check_divisible, check_plan, is_outdated
from draad.applications.queries.desk_claims import ZERO, Desk, desk_of
from draad.applications.queries.desk_division import Plan
from draad.applications.queries.desk_scenarios import history_of
from draad.applications.queries.desk_totals import DIMENSIONS, Pair, outcomes
from draad.applications.queries.desk_totals import governments as pairs_of_governments
from draad.applications.queries.desk_why import whys
from draad.applications.queries.desk_words import RULE_NAMES, RULE_SENTENCES, how, rule_name, where_it_ends
from draad.applications.states import CHOOSE, DROP, KEEP, MANAGER, PROPOSE, TAKE_BACK
from draad.applications.views.desk import call_of, desk_address, desk_page
from draad.jobs.actions import start
from draad.jobs.kinds import Place
from draad.jobs.models import Job, JobState
from draad.jobs.views import onward
from draad.organisations.models import Organisation
from draad.organisations.queries import provinces_of_governments
from draad.web.tables import table_page

APPLICATION_FILTER = "aanvraag"


def new(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The form that makes a scenario; one that is refused is shown again with what was typed."""
    call = call_of(slug, number)
    found = desk_of(call.pk)
    form = PlanForm(call, found, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            job = _kept(request, call, found, form.plan())
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            if job.state == JobState.DONE:
                messages.success(request, KEEP.notice)
            return onward(job)
    context = {
        "call": call,
        "round": call.round,
        "programme": call.round.programme,
        "example": call.example,
        "desk": found,
        "form": form,
        "rules": [(rule, name, RULE_SENTENCES[rule]) for rule, name in RULE_NAMES.items()],
        "rule": form["rule"].value(),
        "not_divisible": _problem(call, found),
    }
    return render(request, "applications/desk/new.html", context, status=422 if form.errors else 200)


def _kept(request: HttpRequest, call: Call, found: Desk, plan: Plan) -> Job:
    """Have the claims divided and kept; a round of some thousand lines at once.

    Raises:
        ValidationError: when it cannot be done, so that the form says so beside what was typed.
    """
    check_divisible(call, found)
    check_plan(found, plan)
    job = start(
        jobs.KEEP,
        {"call": call.pk, "plan": jobs.plan_values(plan)},
        about=_("%(programme)s, ronde %(round)s, “%(name)s”")
        % {"programme": call.round.programme, "round": call.round.number, "name": plan.name},
        place=Place("applications:desk", [call.round.programme.slug, call.round.number]),
        seconds=len(found.claims) * jobs.SECONDS_PER_LINE,
        by=actor(request),
    )
    if job.state == JobState.FAILED:
        raise ValidationError(job.problem)
    return job


def _problem(call: Call, found: Desk) -> str:
    try:
        check_divisible(call, found)
    except ValidationError as problem:
        return " ".join(problem.messages)
    return ""


def _scenario(slug: str, number: int, scenario: int) -> Scenario:
    """A scenario of the published call of a round; any other is not found."""
    related = ("call__round__programme", "made_by", "proposed_by", "chosen_by")
    found: Scenario = get_object_or_404(
        Scenario.objects.select_related(*related),
        call__state=CallState.PUBLISHED,
        call__round__programme__slug=slug,
        call__round__number=number,
        number=scenario,
    )
    return found


def scenario(request: HttpRequest, slug: str, number: int, scenario: int) -> HttpResponse:
    """A scenario: how it divides, and every award; ``?per=provincie&groep=Antwerpen`` keeps one group."""
    found = _scenario(slug, number, scenario)
    awards = _awards(found)
    group = request.GET.get("groep", "")
    if group:
        awards = awards.filter(**_only(found, request.GET.get("per", ""), group))
    sums = awards.aggregate(claimed=Sum("claimed"), granted=Sum("amount"), lines=Count("pk"))
    n_lines = sums.pop("lines")
    context = _about(request, found) | {
        "group": group,
        "pair": Pair(**{name: value for name, value in sums.items() if value is not None}),
        "n_lines": n_lines,
        "history": history_of(found),
    }
    return table_page(request, "applications/desk/scenario.html", [awards_table(found, awards)], context)


def _about(request: HttpRequest, found: Scenario) -> dict[str, Any]:
    return {
        "scenario": found,
        "call": found.call,
        "round": found.call.round,
        "programme": found.call.round.programme,
        "example": found.call.example,
        "rule": rule_name(found),
        "how": how(found),
        "ends": where_it_ends(found),
        "outdated": is_outdated(found, desk_of(found.call_id)),
        "may_write": actor(request).has(*MANAGER),
    }


def _awards(found: Scenario) -> QuerySet[ScenarioAward]:
    action = "line__indicator__terms__action__objective"
    awards: QuerySet[ScenarioAward] = ScenarioAward.objects.filter(scenario=found)
    return awards.select_related("line__application__applicant", action).order_by(
        "line__application__number", "line__priority", "pk"
    )


def _only(found: Scenario, per: str, group: str) -> dict[str, Any]:
    """The condition for the lines of a group.

    Raises:
        Http404: when the scenario has no such group.
    """
    if per == APPLICATION_FILTER:
        return {"line__application__number": int(group) if group.isdecimal() else 0}
    dimension = next((dimension for dimension in DIMENSIONS if dimension.key == per), None)
    groups = outcomes([found])[0].groups.get(per, {})
    wanted = next((known for known in groups if known[1] == group), None)
    if dimension is None or wanted is None:
        raise Http404
    if dimension.database:
        return {f"line__{dimension.database}": wanted[0]}
    applications = desk_of(found.call_id).applications.values()
    return {"line__application__in": [a.pk for a in applications if getattr(a, dimension.field) == wanted]}


def why(request: HttpRequest, slug: str, number: int, scenario: int, application: int) -> HttpResponse:
    """Why the lines of an application get what they get in a scenario; ``application`` is its number."""
    found = _scenario(slug, number, scenario)
    asked = get_object_or_404(Application.objects.select_related("applicant"), call=found.call, number=application)
    explained = whys(found, asked.pk)
    if not explained:
        raise Http404(_("Deze aanvraag telt niet mee in deze verdeling."))
    pairs = [one.pair for one in explained]
    context = _about(request, found) | {
        "application": asked,
        "whys": explained,
        "pair": Pair(sum((p.claimed for p in pairs), ZERO), sum((p.granted for p in pairs), ZERO)),
    }
    return render(request, "applications/desk/why.html", context)


def governments(request: HttpRequest, slug: str, number: int, scenario: int) -> HttpResponse:
    """What every government gets in a scenario, alone and as a member."""
    found = _scenario(slug, number, scenario)
    pairs = pairs_of_governments(found)
    provinces = provinces_of_governments(found.call.round.starts_on)
    rows = [
        GovernmentRow(organisation, provinces.get(organisation.pk, ""), pairs[organisation.pk])
        for organisation in Organisation.objects.filter(pk__in=pairs).order_by("name")
    ]
    return table_page(
        request, "applications/desk/governments.html", [governments_table(found.call, rows)], _about(request, found)
    )


@require_POST
def propose(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Put a scenario forward, or show the desk again with why not and what was typed."""
    call, asked, reason = call_of(slug, number), request.POST.get("scenario", ""), request.POST.get("reason", "")
    picked = call.scenarios.filter(number=int(asked)).first() if asked.isdecimal() else None
    if picked is None:
        return desk_page(request, call, problems=[_("Duid de verdeling aan die u wilt voorleggen.")], typed=reason)
    try:
        act.propose_scenario(picked, reason, by=actor(request))
    except ValidationError as problem:
        return desk_page(request, call, problems=problem.messages, typed=reason, picked=picked)
    messages.success(request, PROPOSE.notice)
    return redirect(desk_address(call))


@require_POST
def choose(request: HttpRequest, slug: str, number: int, scenario: int) -> HttpResponse:
    """Approve what somebody else put forward."""
    found = _scenario(slug, number, scenario)
    try:
        act.choose_scenario(found, by=actor(request))
    except (ValidationError, PermissionDenied) as problem:
        told = problem.messages if isinstance(problem, ValidationError) else [str(problem)]
        return desk_page(request, found.call, problems=told)
    messages.success(request, CHOOSE.notice)
    return redirect(desk_address(found.call))


@require_POST
def take_back(request: HttpRequest, slug: str, number: int, scenario: int) -> HttpResponse:
    """Take back what was put forward or chosen, with a reason."""
    found = _scenario(slug, number, scenario)
    reason = request.POST.get("reason", "")
    try:
        act.take_back_scenario(found, reason, by=actor(request))
    except ValidationError as problem:
        return desk_page(request, found.call, problems=problem.messages, typed=reason)
    messages.success(request, TAKE_BACK.notice)
    return redirect(desk_address(found.call))


@require_POST
def drop(request: HttpRequest, slug: str, number: int, scenario: int) -> HttpResponse:
    """Throw a kept scenario away."""
    found = _scenario(slug, number, scenario)
    try:
        act.drop_scenario(found, by=actor(request))
    except ValidationError as problem:
        return desk_page(request, found.call, problems=problem.messages)
    messages.success(request, DROP.notice)
    return redirect(desk_address(found.call))

"""A plan for who reads it: goals and measures, one measure, what is missing, time line, budget and staff."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from draad.accounts.guards import held_by
from draad.accounts.middleware import actor
from draad.accounts.roles import Role
from draad.documents.tables import Table
from draad.plans import budgetchart, coverage, sums
from draad.plans.actions.plans import coordinates
from draad.plans.choosing import choice_of
from draad.plans.editing_policies import can_change
from draad.plans.editions import WORKING, Edition, edition, newest, published_versions, worked_out
from draad.plans.history import history_of_measure
from draad.plans.milestonechart import chart
from draad.plans.milestonelines import MilestoneLine, milestone_lines
from draad.plans.models import Measure, Plan, PlanVersion
from draad.plans.progress_policies import may_write
from draad.plans.progress_queries import approved_of
from draad.plans.provenance import read_values
from draad.plans.readingtables import (
    BUDGETS,
    NOT_SAID,
    Place,
    bodies_table,
    budget_table,
    gaps_table,
    goals_table,
    milestones_table,
    missing_table,
    sheets_table,
    staff_table,
    years_table,
)
from draad.plans.sections import sections
from draad.plans.sheetshown import shown_sheet
from draad.plans.views.places import example_of
from draad.web.sections import rendered, stops_of
from draad.web.tables import table_page
from draad.web.thread import Stop, thread

COORDINATORS = held_by(Role.ADMINISTRATOR, Role.PLAN_COORDINATOR)
ROWS_OF_CHART = 60
T = TypeVar("T")


@dataclass(frozen=True)
class Read:
    """A plan as this reader asked for it."""

    plan: Plan
    versions: list[PlanVersion]
    edition: Edition
    may_work: bool
    coordinates: bool

    @property
    def place(self) -> Place:
        """For addresses that stay in this edition."""
        return Place(self.plan, self.edition.number, newest(self.versions))

    def worked_out(self, make: Callable[..., T], *more: Hashable) -> T:
        """What a function makes of the measures, and of ``more``, remembered as long as they stay as they are."""
        return worked_out(make, self.plan, self.edition.number, *more)

    @property
    def context(self) -> dict[str, Any]:
        """What every page of a plan shows."""
        return {
            "plan": self.plan,
            **example_of(self.plan),
            "versions": self.versions,
            "edition": self.edition,
            "place": self.place,
            "may_work": self.may_work,
            "coordinates": self.coordinates,
        }


def read_plan(request: HttpRequest, slug: str) -> Read:
    """The plan in the newest published version, or the one of ``?versie=``; 0 is what is worked on.

    Raises:
        Http404: for a plan without published version, or for the working content, to who does not coordinate plans.
    """
    plan = get_object_or_404(Plan.objects.select_related("owner"), slug=slug)
    versions = published_versions(plan)
    may_work = COORDINATORS.allows(actor(request))
    asked = request.GET.get("versie", "")
    number = int(asked) if asked.isdecimal() else newest(versions)
    known = {version.number for version in versions} | ({WORKING} if may_work else set())
    if number not in known:
        raise Http404
    return Read(plan, versions, edition(plan, number), may_work, coordinates(plan, actor(request)))


def plans(request: HttpRequest) -> HttpResponse:
    """Every plan that is published; coordinators see those in preparation too."""
    rows = Plan.objects.select_related("owner").prefetch_related("versions")
    may_work = COORDINATORS.allows(actor(request))
    found = [(plan, published) for plan in rows if (published := _numbers(plan)) or may_work]
    return render(request, "plans/plans.html", {"plans": found, "may_work": may_work})


def _numbers(plan: Plan) -> list[int]:
    return sorted(version.number for version in plan.versions.all() if version.number)


def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """Goals and measures, with search, filters and what is missing."""
    found = read_plan(request, slug)
    choice = choice_of(found.plan, found.edition, request.GET)
    shown = choice.sheets()
    context = {
        **found.context,
        "goals": _goal_rows(found.edition),
        "choice": choice,
        "asked": request.GET.get("zoek", ""),
        "shown": len(shown),
        "milestones": sum(len(sheet.content["milestones"]) for sheet in found.edition.sheets),
        "stations": thread({}, here="plan"),
    }
    return table_page(request, "plans/plan.html", [sheets_table(found.place, found.edition, shown)], context)


def _goal_rows(found: Edition) -> list[dict[str, Any]]:
    """The goals with how many measures serve each, strategic ones through those under them too."""
    serving: dict[str, set[int]] = {}
    parents = {goal["code"]: goal["parent"] for goal in found.goals}
    for sheet in found.sheets:
        for cited in sheet.content["goals"]:
            code = cited["plan_code"]
            for one in (code, parents.get(code)):
                if one:
                    serving.setdefault(one, set()).add(sheet.number)
    return [{**goal, "count": len(serving.get(goal["code"], ()))} for goal in found.goals]


def measure(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One measure: the sheet, its goals and milestones, its progress, and what rooms above know of it."""
    found = read_plan(request, slug)
    sheet = found.edition.sheet(number)
    if sheet is None:
        raise Http404
    stored = Measure.objects.select_related("plan__owner").filter(pk=sheet.measure).first()
    read = read_values(stored, sheet.content) if stored and found.edition.number == WORKING else {}
    added = sections.of(stored) if stored else []
    numbers = [one.number for one in found.edition.sheets]
    place = numbers.index(number)
    context = {
        **found.context,
        "sheet": sheet,
        "shown": shown_sheet(sheet, read),
        "gaps": coverage.gaps_of(sheet.content),
        "before": numbers[place - 1] if place else None,
        "after": numbers[place + 1] if place + 1 < len(numbers) else None,
        "progress": approved_of(stored) if stored else [],
        "may_write": stored is not None and may_write(stored, actor(request)),
        "this_year": min(found.plan.last_year, timezone.localdate().year),
        "may_change": stored is not None and not stored.withdrawn and can_change(stored, actor(request)),
        "history": history_of_measure(stored, actor(request)) if stored and found.may_work else [],
        "sections": rendered(added, request),
        "stations": thread({**stops_of(added), "plan": Stop(_("maatregel %(n)s") % {"n": number})}, here="plan"),
    }
    return render(request, "plans/measure.html", context)


def missing(request: HttpRequest, slug: str) -> HttpResponse:
    """What is missing: goals, fields, years, administrations, with counts that lead to the sheets."""
    found = read_plan(request, slug)
    counts = found.worked_out(coverage.gap_counts)
    context = {
        **found.context,
        "served": not coverage.goals_without_measures(found.edition),
        "silent": sum(not line.state for line in milestone_lines(found.plan, found.edition.number)),
        "silent_words": str(NOT_SAID),
    }
    tables: list[Table[Any]] = [
        gaps_table(found.place, counts, len(found.edition.sheets)),
        goals_table(found.place, coverage.goals_without_measures(found.edition)),
        years_table(found.place, found.worked_out(coverage.year_counts, found.plan.first_year, found.plan.last_year)),
        bodies_table(found.place, coverage.body_counts(found.worked_out(coverage.body_parts))),
        missing_table(found.place, counts),
    ]
    return table_page(request, "plans/missing.html", tables, context)


def timeline(request: HttpRequest, slug: str) -> HttpResponse:
    """The milestones of the plan on a line of years, with the table behind it."""
    found = read_plan(request, slug)
    lines = milestone_lines(found.plan, found.edition.number)
    today = timezone.localdate()
    by_measure: dict[int, tuple[str, list[MilestoneLine]]] = {}
    for line in lines:
        by_measure.setdefault(line.number, (line.title, []))[1].append(line)
    first = dict(list(by_measure.items())[:ROWS_OF_CHART])
    context = {
        **found.context,
        "chart": chart(found.plan.first_year, found.plan.last_year, first, today),
        "drawn": len(first),
        "measures": len(by_measure),
        "late": sum(line.is_late(today) for line in lines),
    }
    return table_page(request, "plans/timeline.html", [milestones_table(found.place, lines, today)], context)


def money(request: HttpRequest, slug: str) -> HttpResponse:
    """Budget per year, administration and source, and staff, as far as the sheets give numbers."""
    found = read_plan(request, slug)
    budget = found.worked_out(sums.budget_sums)
    typed = {"budgets": found.worked_out(sums.typed_budgets), "staff": found.worked_out(sums.typed_staff)}
    context = {**found.context, **typed, "chart": budgetchart.chart(budget)}
    tables: list[Table[Any]] = [
        *(budget_table(found.place, sums.together(budget, by=by), by=by) for by in BUDGETS),
        staff_table(found.place, found.worked_out(sums.staff_sums)),
    ]
    return table_page(request, "plans/money.html", tables, context)

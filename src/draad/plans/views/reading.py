"""A plan for who reads it: goals and measures, one measure, what is missing, time line, budget and staff."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from draad.accounts.freshness import while_unchanged
from draad.accounts.guards import held_by
from draad.accounts.middleware import actor
from draad.accounts.roles import Role
from draad.documents.tables import Table
from draad.plans import coverage, sums
from draad.plans.actions.plans import coordinates
from draad.plans.editions import WORKING, Edition, Sheet, edition, newest, published_versions, worked_out
from draad.plans.milestonechart import chart
from draad.plans.milestonelines import MilestoneLine, milestone_lines
from draad.plans.models import Measure, Plan, PlanVersion
from draad.plans.progress_policies import may_write
from draad.plans.progress_queries import approved_of
from draad.plans.readingtables import (
    Place,
    bodies_table,
    budget_table,
    gaps_table,
    milestones_table,
    missing_table,
    sheets_table,
    staff_table,
    years_table,
)
from draad.plans.searching import Index, index_of
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

    def worked_out(self, make: Callable[[Sequence[Sheet]], T]) -> T:
        """What a function makes of the measures, remembered until something is written."""
        return worked_out(make, self.plan, self.edition.number)

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
    shown = _chosen(request, found)
    gap = coverage.GAPS.get(request.GET.get("leemte", ""))
    context = {
        **found.context,
        "goals": _goal_rows(found.edition),
        "asked": request.GET.get("zoek", ""),
        "gap": gap,
        "goal": request.GET.get("doel", ""),
        "shown": len(shown),
        "milestones": sum(len(sheet.content["milestones"]) for sheet in found.edition.sheets),
        "stations": thread({}, here="plan"),
    }
    return table_page(request, "plans/plan.html", [sheets_table(found.place, found.edition, shown)], context)


def _chosen(request: HttpRequest, found: Read) -> list[Sheet]:
    """The measures that fit the search, the goal and the gap that were asked for; best first when searched."""
    sheets = list(found.edition.sheets)
    gap = coverage.GAPS.get(request.GET.get("leemte", ""))
    goal = request.GET.get("doel", "")
    if gap:
        sheets = [sheet for sheet in sheets if gap.lacks(sheet.content)]
    if goal:
        under = {goal, *(g["code"] for g in found.edition.goals if g["parent"] == goal)}
        sheets = [s for s in sheets if any(g["plan_code"] in under for g in s.content["goals"])]
    numbers = _index(found.plan, found.edition.number).find(request.GET.get("zoek", ""))
    if numbers is None:
        return sheets
    place = {number: position for position, number in enumerate(numbers)}
    return sorted((sheet for sheet in sheets if sheet.number in place), key=lambda sheet: place[sheet.number])


@while_unchanged
def _index(plan: Plan, number: int) -> Index:
    return index_of({sheet.number: sheet.content for sheet in edition(plan, number).sheets})


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
    stored = Measure.objects.select_related("plan").filter(key=sheet.key).first()
    added = sections.of(stored) if stored else []
    numbers = [one.number for one in found.edition.sheets]
    place = numbers.index(number)
    context = {
        **found.context,
        "sheet": sheet,
        "shown": shown_sheet(sheet),
        "gaps": coverage.gaps_of(sheet.content),
        "before": numbers[place - 1] if place else None,
        "after": numbers[place + 1] if place + 1 < len(numbers) else None,
        "progress": approved_of(stored) if stored else [],
        "may_write": stored is not None and may_write(stored, actor(request)),
        "this_year": min(found.plan.last_year, timezone.localdate().year),
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
        "empty_goals": coverage.goals_without_measures(found.edition),
        "silent": sum(not line.state for line in milestone_lines(found.plan, found.edition.number)),
    }
    tables: list[Table[Any]] = [
        gaps_table(found.place, counts, len(found.edition.sheets)),
        years_table(found.place, _years(found.plan, found.edition.number)),
        bodies_table(found.place, coverage.body_counts(found.worked_out(coverage.body_parts))),
        missing_table(found.place, counts),
    ]
    return table_page(request, "plans/missing.html", tables, context)


@while_unchanged
def _years(plan: Plan, number: int) -> list[coverage.YearCount]:
    return coverage.year_counts(plan, edition(plan, number).sheets)


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
    """Budget and staff per year and administration, as far as the sheets give numbers."""
    found = read_plan(request, slug)
    budget = found.worked_out(sums.budget_sums)
    typed = {"budgets": found.worked_out(sums.typed_budgets), "staff": found.worked_out(sums.typed_staff)}
    context = {**found.context, **typed}
    tables: list[Table[Any]] = [
        budget_table(found.place, list(sums.by_year(budget).values()), bodies=False),
        budget_table(found.place, budget, bodies=True),
        staff_table(found.place, found.worked_out(sums.staff_sums)),
    ]
    return table_page(request, "plans/money.html", tables, context)

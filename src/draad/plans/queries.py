"""Reads of plans, measures and documents that more than one place needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Min, Prefetch, Q, QuerySet, prefetch_related_objects
from django.db.models.fields.json import KeyTextTransform
from django.urls import reverse

from draad.plans.models import (
    BudgetLine,
    Goal,
    Indicator,
    IndicatorTarget,
    Measure,
    MeasureGoal,
    MeasureParty,
    Milestone,
    PartyGroup,
    Plan,
    ReadSheet,
    SheetUpload,
    StaffLine,
)
from draad.web.together import hang, point, together, under


def measures_where(rows: QuerySet[Measure] | None = None, **which: Any) -> list[Measure]:
    """Measures by number with all that their content holds: two statements, however many there are.

    Args:
        rows: what is read of the measures themselves, locked perhaps.
        which: which measures, as a filter.
    """
    found = list((Measure.objects.all() if rows is None else rows).filter(**which).order_by("number"))
    if not found:
        return found
    of = under("measure", which)
    cited = MeasureGoal.objects.filter(**of).order_by("position")
    goals, serving, budget, indicators, targets, milestones, staff = together(
        Goal.objects.filter(pk__in=cited.order_by().values("goal")).order_by("pk"),
        cited,
        BudgetLine.objects.filter(**of).order_by("position"),
        Indicator.objects.filter(withdrawn=False, **of).order_by("kind", "position"),
        IndicatorTarget.objects.filter(indicator__withdrawn=False, **under("indicator", of)).order_by("year", "unit"),
        Milestone.objects.filter(withdrawn=False, **of).order_by("position"),
        StaffLine.objects.filter(milestone__withdrawn=False, **under("milestone", of)).order_by("position"),
    )
    point(serving, "goal", goals)
    hang(indicators, "targets", targets)
    hang(milestones, "staff", staff)
    hang(found, "goals", serving)
    hang(found, "budget_lines", budget)
    hang(found, "indicators", indicators)
    hang(found, "milestones", milestones)
    return found


def with_parties(found: list[Measure]) -> list[Measure]:
    """The same measures with the names of their parties too: one statement more."""
    parties = MeasureParty.objects.select_related("organisation").order_by("role", "position")
    prefetch_related_objects(found, Prefetch("parties", parties))
    return found


def measures_of(plan: Plan | int) -> list[Measure]:
    """The measures of the working content of a plan (or its primary key), with all that their content holds."""
    return measures_where(plan=plan, withdrawn=False)


def plans_with_counts() -> QuerySet[Plan]:
    """Plans, newest first, with ``measure_count`` and ``reviewing``: documents that wait to be looked through."""
    found: QuerySet[Plan] = Plan.objects.select_related("owner").annotate(
        measure_count=Count("measures", filter=Q(measures__withdrawn=False), distinct=True),
        reviewing=Count("uploads", filter=Q(uploads__state="review"), distinct=True),
    )
    return found.order_by("-first_year", "title")


def uploads_of(plan: Plan) -> QuerySet[SheetUpload]:
    """The documents that were read for a plan, newest first, with ``sheet_count`` and ``open_count``."""
    shown = ~Q(sheets__state__in=["merged", "split"])
    found: QuerySet[SheetUpload] = (
        SheetUpload.objects.filter(plan=plan)
        .select_related("uploaded_by")
        .annotate(
            sheet_count=Count("sheets", filter=shown), open_count=Count("sheets", filter=Q(sheets__state="open"))
        )
    )
    return found.order_by("-uploaded_at", "-pk")


def sheets_of(upload: SheetUpload) -> QuerySet[ReadSheet]:
    """The sheets of a document in order, those that went up in others left out; without their lines."""
    found = ReadSheet.objects.filter(upload=upload).exclude(state__in=["merged", "split"])
    return found.order_by("first_line", "pk").defer("lines")


def sheet_list(upload: SheetUpload) -> list[ReadSheet]:
    """The sheets of a document in order with their ``title`` only, for lists."""
    light = sheets_of(upload).annotate(title=KeyTextTransform("title", "values")).select_related("measure")
    return list(light.defer("lines", "values", "decisions", "corrections"))


def missing_measures(upload: SheetUpload) -> QuerySet[Measure]:
    """The measures of the plan that no sheet of a document is a reading of."""
    read = ReadSheet.objects.filter(upload=upload, measure__isnull=False).exclude(state__in=["merged", "split"])
    found: QuerySet[Measure] = Measure.objects.filter(plan_id=upload.plan_id, withdrawn=False)
    return found.exclude(pk__in=read.values("measure")).order_by("number")


@dataclass(frozen=True)
class PrintedGoal:
    """A goal of the plan as a document prints it; ``own`` is the text that the plan has, or None."""

    code: str
    text: str
    own: str | None


def printed_goals(upload: SheetUpload) -> list[PrintedGoal]:
    """The goals of a document that the plan does not have, or has with other words."""
    own = dict(upload.plan.goals.values_list("code", "title"))
    return [PrintedGoal(code, text, own.get(code)) for code, text in upload.goals if own.get(code) != text]


@dataclass(frozen=True)
class UnknownName:
    """A name in plans without organisation: in which group, how often, and a measure that has it."""

    group: str
    folded: str
    name: str
    count: int
    example: str

    @property
    def group_label(self) -> str:
        """The group in words."""
        return str(PartyGroup(self.group).label)

    @property
    def address(self) -> str:
        """The page on which a person says what it means."""
        return reverse("plans:name", args=[self.group]) + "?" + urlencode({"naam": self.name})


def unknown_names() -> list[UnknownName]:
    """The queue of unknown names, the most frequent first."""
    waiting = MeasureParty.objects.filter(organisation__isnull=True, measure__withdrawn=False)
    rows = waiting.values("group", "folded").annotate(
        count=Count("pk"), printed=Min("name"), title=Min("measure__title")
    )
    found = [UnknownName(r["group"], r["folded"], r["printed"], r["count"], r["title"]) for r in rows]
    return sorted(found, key=lambda name: (-name.count, name.folded))

"""Reads of plans, measures and documents that more than one place needs."""

from __future__ import annotations

from django.db.models import Count, Prefetch, Q, QuerySet

from draad.plans.models import (
    BudgetLine,
    Indicator,
    Measure,
    MeasureGoal,
    MeasureParty,
    Milestone,
    Plan,
    ReadSheet,
    SheetUpload,
    StaffLine,
)


def with_everything(measures: QuerySet[Measure]) -> QuerySet[Measure]:
    """Measures with all that hangs on them: seven statements, however many measures there are."""
    staff = Prefetch("staff", StaffLine.objects.order_by("position"))
    return measures.order_by("number").prefetch_related(
        Prefetch("goals", MeasureGoal.objects.select_related("goal").order_by("position")),
        Prefetch("parties", MeasureParty.objects.select_related("organisation").order_by("role", "position")),
        Prefetch("budget_lines", BudgetLine.objects.order_by("position")),
        Prefetch("indicators", Indicator.objects.filter(withdrawn=False).order_by("kind", "position")),
        Prefetch("milestones", Milestone.objects.filter(withdrawn=False).order_by("position").prefetch_related(staff)),
    )


def measures_of(plan: Plan) -> QuerySet[Measure]:
    """The measures of the working content of a plan, with all that hangs on them."""
    return with_everything(Measure.objects.filter(plan=plan, withdrawn=False))


def plans_with_counts() -> QuerySet[Plan]:
    """Plans with ``measure_count`` and ``reviewing``: documents that wait to be looked through."""
    found: QuerySet[Plan] = Plan.objects.select_related("owner").annotate(
        measure_count=Count("measures", filter=Q(measures__withdrawn=False), distinct=True),
        reviewing=Count("uploads", filter=Q(uploads__state="review"), distinct=True),
    )
    return found


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
    return found


def sheets_of(upload: SheetUpload) -> QuerySet[ReadSheet]:
    """The sheets of a document in order, those that went up in others left out; without their lines."""
    found = ReadSheet.objects.filter(upload=upload).exclude(state__in=["merged", "split"])
    return found.order_by("first_line", "pk").defer("lines")

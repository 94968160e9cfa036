"""The progress of the invented plan: written, handed in and approved, but for some that are still under way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from draad.accounts.actor import Actor
from draad.datasets.example_plan.content import Measure
from draad.plans.actions.progress import (
    ProgressContent,
    SaidOfIndicator,
    SaidOfMilestone,
    approve_progress,
    start_progress,
    submit_progress,
    write_progress,
)
from draad.plans.models import Plan, ProgressReport, ProgressState, ValueState
from draad.plans.progress_policies import TO_EXPLAIN
from draad.plans.states import DRAFT

Progress = Mapping[str, Any]


def follow(plan: Plan, measures: Sequence[Measure], year: int, *, by: Actor) -> None:
    """Bring in the progress of a year of the measures that have some."""
    by_title = {measure.title: measure for measure in plan.measures.filter(withdrawn=False)}
    for measure in measures:
        progress = measure["progress"].get(str(year))
        if progress:
            report = start_progress(by_title[measure["title"]], year, by=by)
            report = write_progress(report, _said(report, progress), revision=report.revision, by=by)
            _bring_to(progress.get("state", ProgressState.APPROVED), report, by)


def _bring_to(state: str, report: ProgressReport, by: Actor) -> None:
    if state != DRAFT:
        report = submit_progress(report, by=by)
    if state == ProgressState.APPROVED:
        approve_progress(report, by=by)


def _said(report: ProgressReport, progress: Progress) -> ProgressContent:
    why = progress.get("why", "")
    rows = zip(report.milestones.all(), progress["states"], strict=True)
    milestones = {
        row.milestone_id: SaidOfMilestone(state, explanation=why if state in TO_EXPLAIN else "") for row, state in rows
    }
    values = progress["values"]
    indicators = {
        row.indicator_id: _value(values[row.indicator.kind], why)
        for row in report.indicators.select_related("indicator")
    }
    return ProgressContent(progress.get("explanation", ""), milestones, indicators)


def _value(said: str, why: str) -> SaidOfIndicator:
    """A number as people write it, “~” before an estimate, or the state of a value that is none."""
    if said in ValueState.values:
        return SaidOfIndicator(said, explanation=why if said == ValueState.MISSING else "")
    number = Decimal(said.removeprefix("~").replace(",", "."))
    state = ValueState.ESTIMATED if said.startswith("~") else ValueState.NUMBER if number else ValueState.ZERO
    return SaidOfIndicator(state, number)

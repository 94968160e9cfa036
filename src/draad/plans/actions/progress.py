"""Keeps the yearly progress of a measure: the owner writes and submits, the coordinator of the plan approves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from typing import Any

from django.utils import timezone

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.audit import Recording
from draad.accounts.revisions import check_revision
from draad.plans.actions.plans import require_coordinator
from draad.plans.models import (
    IndicatorProgress,
    Measure,
    MilestoneProgress,
    ProgressReport,
    ValueState,
)
from draad.plans.progress_policies import (
    check_complete,
    check_value,
    check_why,
    check_writer,
    check_year,
    gather,
)
from draad.plans.states import APPROVE, SEND_BACK, START, SUBMIT, WRITE


@dataclass(frozen=True)
class SaidOfMilestone:
    """What the owner says of a milestone; an empty state is nothing said yet."""

    state: str = ""
    evidence: str = ""
    explanation: str = ""


@dataclass(frozen=True)
class SaidOfIndicator:
    """What the owner says of an indicator; a value only with the states number, zero and estimated."""

    state: str = ValueState.MISSING
    value: Decimal | None = None
    evidence: str = ""
    explanation: str = ""


@dataclass(frozen=True)
class ProgressContent:
    """The progress of a year: milestones and indicators by primary key, and the measure as a whole."""

    explanation: str = ""
    milestones: Mapping[int, SaidOfMilestone] = field(default_factory=dict)
    indicators: Mapping[int, SaidOfIndicator] = field(default_factory=dict)


def start_progress(measure: Measure, year: int, *, by: Actor) -> ProgressReport:
    """Begin the progress of a year, with the states of the milestones as they were last approved.

    Gives the progress that is there already, when there is some.

    Raises:
        PermissionDenied: for who neither owns the measure nor coordinates the plan.
        ValidationError: for a year outside the plan or that has not begun.
    """
    check_writer(measure, by)
    check_year(measure.plan, year)
    with audit.recording(by=by) as log:
        Measure.objects.select_for_update().get(pk=measure.pk)
        found: ProgressReport | None = ProgressReport.objects.filter(measure=measure, year=year).first()
        if found:
            return found
        report = log.create(ProgressReport(measure=measure, year=year), verb=START.verb)
        milestones = measure.milestones.filter(withdrawn=False)
        log.create_many(
            [MilestoneProgress(report=report, milestone=m, state=m.state) for m in milestones], verb=START.verb
        )
        indicators = measure.indicators.filter(withdrawn=False)
        log.create_many([IndicatorProgress(report=report, indicator=i) for i in indicators], verb=START.verb)
    return report


def write_progress(report: ProgressReport, said: ProgressContent, *, revision: int, by: Actor) -> ProgressReport:
    """Save what was said so far; what is not named stays as it was.

    Raises:
        PermissionDenied: for who neither owns the measure nor coordinates the plan.
        ChangedMeanwhileError: when somebody else saved it since ``revision``.
        ValidationError: for values that contradict their state, or when it was submitted.
    """
    with audit.recording(by=by) as log:
        current = _locked(report)
        check_writer(current.measure, by)
        WRITE.check(current.state, current.get_state_display())
        check_revision(current.revision, revision)
        _write(log, current, said)
        log.change(current, verb=WRITE.verb, explanation=said.explanation.strip(), revision=current.revision + 1)
    return current


def _write(log: Recording, report: ProgressReport, said: ProgressContent) -> None:
    with gather() as problems:
        for row in report.milestones.select_related("milestone"):
            about = said.milestones.get(row.milestone_id)
            if about:
                values = {"state": about.state, "evidence": about.evidence.strip()}
                log.change(row, verb=WRITE.verb, explanation=about.explanation.strip(), **values)
        for measured in report.indicators.select_related("indicator"):
            given = said.indicators.get(measured.indicator_id)
            if given:
                problems.run(partial(check_value, measured.indicator, given.state, given.value))
                if not problems.found:
                    log.change(measured, verb=WRITE.verb, **_columns(given))


def _columns(given: SaidOfIndicator) -> dict[str, Any]:
    return {
        "state": given.state,
        "value": given.value,
        "evidence": given.evidence.strip(),
        "explanation": given.explanation.strip(),
    }


def submit_progress(report: ProgressReport, *, by: Actor) -> ProgressReport:
    """Hand the progress to the coordinator.

    Raises:
        PermissionDenied: for who neither owns the measure nor coordinates the plan.
        ValidationError: with a sentence for each milestone and indicator that nothing is said of.
    """
    with audit.recording(by=by) as log:
        current = _locked(report)
        check_writer(current.measure, by)
        SUBMIT.check(current.state, current.get_state_display())
        check_complete(current)
        log.change(
            current, verb=SUBMIT.verb, state=SUBMIT.after, submitted_at=timezone.now(), submitted_by=by.user,
            returned_because="",
        )  # fmt: skip
    return current


def send_back(report: ProgressReport, why: str, *, by: Actor) -> ProgressReport:
    """Give the progress back to who wrote it.

    Raises:
        PermissionDenied: for who does not coordinate the plan.
        ValidationError: without a reason, or when it was not submitted.
    """
    with audit.recording(by=by, reason=why) as log:
        current = _locked(report)
        require_coordinator(current.measure.plan, by)
        SEND_BACK.check(current.state, current.get_state_display())
        log.change(current, verb=SEND_BACK.verb, state=SEND_BACK.after, returned_because=check_why(why))
    return current


def approve_progress(report: ProgressReport, *, by: Actor) -> ProgressReport:
    """Approve the progress: it becomes public, and the milestones of the plan take its states.

    An older year that is approved after a newer one leaves the milestones as the newer one said.

    Raises:
        PermissionDenied: for who does not coordinate the plan.
        ValidationError: when it was not submitted.
    """
    with audit.recording(by=by) as log:
        current = _locked(report)
        require_coordinator(current.measure.plan, by)
        APPROVE.check(current.state, current.get_state_display())
        log.change(current, verb=APPROVE.verb, state=APPROVE.after, approved_at=timezone.now(), approved_by=by.user)
        newer = ProgressReport.objects.filter(measure=current.measure, year__gt=current.year, state=APPROVE.after)
        if not newer.exists():
            for row in current.milestones.select_related("milestone"):
                if row.state:
                    log.change(row.milestone, verb="plans.milestone.state", state=row.state)
    return current


def _locked(report: ProgressReport) -> ProgressReport:
    rows = ProgressReport.objects.select_for_update(of=("self",)).select_related("measure__plan__owner")
    found: ProgressReport = rows.get(pk=report.pk)
    return found

"""Changes to the measures of a plan that a person makes by hand, without a document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.audit import Recording
from draad.accounts.revisions import check_revision
from draad.plans.actions.measures import MEASURE, Written, change_measure, create_measures
from draad.plans.actions.plans import coordinates, draft_of, lock_plan, require_coordinator
from draad.plans.amounts_kept import AMOUNTS, read_again
from draad.plans.content import GOAL_FIELDS, Content, measure_content
from draad.plans.editing_policies import check_can_change, check_content, check_part, check_reason
from draad.plans.models import IndicatorKind, Measure, Milestone, Plan
from draad.plans.names import directories
from draad.plans.queries import measures_where, with_parties
from draad.plans.reading.sheet import TEXT_FIELDS
from draad.plans.reading.staff import staff
from draad.plans.rows import INDICATOR_BOXES
from draad.plans.states import CHANGE_DRAFT

BY_HAND = "changed"
"""What the provenance says of a value that a person changed after it was in the plan."""


@dataclass(frozen=True)
class Said:
    """What a person wrote of a measure.

    Args:
        content: its content; the staff of milestones and the codes of goals follow from the texts.
        milestones: for each row of milestones the key of the one that it continues, or None for a new one.
        states: for each row of milestones how it stands; empty rows of states leave them as they are.
        typed_amounts: whether the person touched the amounts; else they follow the text of the budget.
    """

    content: Content
    milestones: Sequence[int | None] = ()
    states: Sequence[str] = field(default=())
    typed_amounts: bool = True


def add_measure(plan: Plan, said: Said, *, by: Actor) -> Measure:
    """Add a measure to the working content of a plan.

    Raises:
        PermissionDenied: for who does not coordinate the plan.
        ValidationError: for what a measure cannot hold.
    """
    require_coordinator(plan, by)
    content = _worked_out(said, [])
    check_content(content)
    with audit.recording(by=by) as log:
        _touch(log, plan)
        made = create_measures(log, plan, [Written(content)], goals=list(plan.goals.all()), directories=directories())[
            0
        ]
        _write_states(log, made, said.states)
    return made


def change_by_hand(measure: Measure, said: Said, *, revision: int, by: Actor) -> bool:
    """Give a measure the content that a person wrote.

    Values that were read from a document keep their place in it, so that both can be shown.

    Returns:
        Whether anything was written.

    Raises:
        PermissionDenied: for who neither coordinates the plan nor owns the measure in a plan that allows it.
        ChangedMeanwhileError: when somebody else changed the measure since ``revision``.
        ValidationError: for what a measure cannot hold, or a part that belongs to the coordinator.
    """
    with audit.recording(by=by) as log:
        found = _locked(measure)
        check_can_change(found, by)
        check_revision(found.revision, revision)
        old = measure_content(found)
        content = _worked_out(said, old["amounts"])
        coordinator = coordinates(found.plan, by)
        check_part(old, content, coordinator=coordinator)
        check_content(content)
        known = {row.pk: row for row in found.milestones.all()}
        rows = [known.get(pk or 0) for pk in said.milestones]
        new = Written(content, _provenance(found, old, content, typed=said.typed_amounts), rows)
        goals = list(found.plan.goals.all())
        changed = change_measure(log, found, new, goals=goals, directories=directories())
        if coordinator and _write_states(log, found, said.states) and not changed:
            changed = log.change(found, verb=f"{MEASURE}.change", revision=found.revision + 1)
        if changed:
            _touch(log, found.plan)
    return changed


def withdraw_measure(measure: Measure, reason: str, *, revision: int, by: Actor) -> None:
    """Take a measure out of the working content of a plan; older versions and progress keep it.

    Raises:
        PermissionDenied: for who does not coordinate the plan.
        ChangedMeanwhileError: when somebody else changed the measure since ``revision``.
        ValidationError: without a reason, or when it was withdrawn already.
    """
    require_coordinator(measure.plan, by)
    reason = check_reason(reason)
    with audit.recording(by=by, reason=reason) as log:
        found = _locked(measure)
        check_can_change(found, by)
        check_revision(found.revision, revision)
        log.change(found, verb=f"{MEASURE}.withdraw", withdrawn=True, revision=found.revision + 1)
        _touch(log, found.plan)


def let_owners_change(plan: Plan, *, allowed: bool, by: Actor) -> None:
    """Say whether the owners of measures may change them.

    Raises:
        PermissionDenied: for who does not coordinate the plan.
    """
    require_coordinator(plan, by)
    with audit.recording(by=by) as log:
        log.change(plan, verb="plans.plan.change", owners_change=allowed)


def _locked(measure: Measure) -> Measure:
    """The measure as it is now; its plan is locked before it, as everywhere."""
    lock_plan(measure.plan)
    rows: models.QuerySet[Measure] = Measure.objects.select_for_update(of=("self",)).select_related("plan__owner")
    return with_parties(measures_where(rows, pk=measure.pk))[0]


def _touch(log: Recording, plan: Plan) -> None:
    """Count a change in the draft of the plan, so that nobody publishes what they did not see."""
    draft = draft_of(log, plan)
    log.change(draft, verb=CHANGE_DRAFT.verb, revision=draft.revision + 1)


def _worked_out(said: Said, before: Sequence[dict[str, Any]]) -> Content:
    """The content with what follows from its texts; an indicator without words has no targets."""
    content = dict(said.content)
    content["milestones"] = [
        {**row, "staff": [line.as_dict() for line in staff(row["fte"])]} for row in content["milestones"]
    ]
    for name, prefix in GOAL_FIELDS.items():
        codes = [goal["code"] for goal in content["goals"] if goal["code"].startswith(prefix)]
        content[name] = list(dict.fromkeys(codes))
    if not said.typed_amounts:
        content["amounts"] = read_again(content["budget"], before)
    written = [kind for kind, box in INDICATOR_BOXES.items() if content[box]]
    content["targets"] = [t for t in content.get("targets", []) if IndicatorKind(t["kind"]) in written]
    return content


def _provenance(measure: Measure, old: Content, new: Content, *, typed: bool) -> dict[str, Any]:
    """Where each value comes from; one that a person changed keeps its place in the document."""
    found: dict[str, Any] = dict(measure.provenance)
    for name in (*TEXT_FIELDS, *GOAL_FIELDS):
        if old[name] != new[name]:
            found[name] = {**found.get(name, {}), "decision": BY_HAND}
    if not typed:
        found.pop(AMOUNTS, None)
    elif old["amounts"] != new["amounts"]:
        found[AMOUNTS] = {"decision": BY_HAND}
    return found


def _write_states(log: Recording, measure: Measure, states: Sequence[str]) -> bool:
    """Give the milestones their states in order; whether one changed."""
    rows = Milestone.objects.filter(measure=measure, withdrawn=False).order_by("position")
    before: Mapping[str, str] = {row.period: row.state for row in rows}
    changed = [
        log.change(row, verb="plans.milestone.state", state=said) for row, said in zip(rows, states, strict=False)
    ]
    if any(changed):
        after = {row.period: row.state for row in rows}
        log.note(
            measure,
            verb=f"{MEASURE}.change",
            before={"milestones": _lines(before)},
            after={"milestones": _lines(after)},
        )
    return any(changed)


def _lines(states: Mapping[str, str]) -> str:
    return "\n".join(f"{period}: {state}" for period, state in states.items())

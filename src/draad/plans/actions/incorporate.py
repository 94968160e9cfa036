"""Makes accepted sheets part of the draft of a plan, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.audit import Recording
from draad.plans.actions.measures import Written, change_measure, create_measures
from draad.plans.actions.plans import draft_of, require_coordinator
from draad.plans.amounts_kept import AMOUNTS, kept_by_hand
from draad.plans.content import GOAL_FIELDS
from draad.plans.models import Goal, Measure, Milestone, Plan, ReadSheet, SheetState, SheetUpload
from draad.plans.names import directories
from draad.plans.policies import check_something_accepted
from draad.plans.queries import measures_where, sheets_of, with_parties
from draad.plans.reading.sheet import TEXT_FIELDS
from draad.plans.review import KEPT, ROW_PARTS, Review, outcome, review_of
from draad.plans.states import ACCEPTED, CHANGE_DRAFT, FINISH, INCORPORATE, OPEN


@dataclass(frozen=True)
class Incorporated:
    """What became part of the plan: how many measures are new, changed, and were the same already."""

    added: int
    changed: int
    same: int


def incorporate(
    upload: SheetUpload, *, by: Actor, withdraw: Sequence[Measure] = (), replace_goals: bool = False
) -> Incorporated:
    """Make the accepted sheets of a document part of the plan's draft.

    Args:
        upload: the document.
        by: who does it.
        withdraw: measures of the plan that the newer document no longer has and that leave the plan with it.
        replace_goals: whether goals take the words of the document; else the plan keeps its own words, and only
            goals that it does not have are added.

    Raises:
        PermissionDenied: for who does not coordinate the plan.
        ValidationError: when no sheet is accepted, or the document is processed or thrown away.
    """
    require_coordinator(upload.plan, by)
    with audit.recording(by=by, reason=upload.file_name) as log:
        found: SheetUpload = (
            SheetUpload.objects.select_for_update(of=("self",)).select_related("plan").get(pk=upload.pk)
        )
        FINISH.check(found.state, found.get_state_display())
        sheets = list(sheets_of(found).filter(state=ACCEPTED))
        check_something_accepted(sheets)
        draft = draft_of(log, found.plan)
        goals = write_goals(log, found.plan, found.goals, replace=replace_goals)
        counted = _write_sheets(log, found.plan, sheets, goals)
        for measure in withdraw:
            log.change(measure, verb="plans.measure.withdraw", withdrawn=True, revision=measure.revision + 1)
        log.change(draft, verb=CHANGE_DRAFT.verb, revision=draft.revision + 1)
        if not found.sheets.filter(state=OPEN).exists():
            log.change(found, verb=FINISH.verb, state=FINISH.after)
    return counted


def write_goals(log: Recording, plan: Plan, printed: Iterable[Sequence[str]], *, replace: bool) -> list[Goal]:
    """Add the goals that the plan does not have; an operational goal stands under the strategic goal of its number."""
    known: dict[str, Goal] = {goal.code: goal for goal in plan.goals.all()}
    for code, title in printed:
        if code not in known:
            above = known.get(f"SD {code[3:].split('.')[0]}") if code.startswith("OD") else None
            goal = Goal(plan=plan, code=code, title=title, parent=above, position=len(known))
            known[code] = log.create(goal, verb="plans.goal.add")
        elif replace:
            log.change(known[code], verb="plans.goal.change", title=title)
    return list(known.values())


def _write_sheets(log: Recording, plan: Plan, sheets: Sequence[ReadSheet], goals: Sequence[Goal]) -> Incorporated:
    names = directories()
    wanted = [sheet.measure_id for sheet in sheets if sheet.measure_id]
    known = {measure.pk: measure for measure in with_parties(measures_where(pk__in=wanted))}
    reviews = [(sheet, review_of(sheet, known.get(sheet.measure_id or 0))) for sheet in sheets]
    changed = 0
    for sheet, review in reviews:
        if sheet.measure_id:
            measure = known[sheet.measure_id]
            changed += change_measure(log, measure, _written(sheet, review, measure), goals=goals, directories=names)
    new = [(sheet, review) for sheet, review in reviews if not sheet.measure_id]
    made = create_measures(
        log, plan, [_written(sheet, review, None) for sheet, review in new], goals=goals, directories=names
    )
    measure_of = {sheet.pk: measure for (sheet, _review), measure in zip(new, made, strict=True)}
    for sheet in sheets:
        log.change(
            sheet,
            verb=INCORPORATE.verb,
            state=SheetState(INCORPORATE.after),
            measure=measure_of.get(sheet.pk, sheet.measure),
            revision=sheet.revision + 1,
        )
    return Incorporated(len(made), changed, len(sheets) - len(made) - changed)


def _written(sheet: ReadSheet, review: Review, measure: Measure | None) -> Written:
    content, milestones, origin = outcome(review)
    before: dict[str, Any] = measure.provenance if measure else {}
    if measure:
        content |= kept_by_hand(content["budget"], measure)
    provenance = {
        name: before.get(name, {}) if sheet.decisions.get(name) == KEPT else _place(sheet, name)
        for name in (*TEXT_FIELDS, *GOAL_FIELDS)
    }
    if measure and AMOUNTS in before and measure.budget == content["budget"]:
        provenance[AMOUNTS] = before[AMOUNTS]
    rows = [_row_provenance(sheet, i, known) for i, known in zip(origin, milestones, strict=True)]
    return Written(content, provenance, milestones, rows)


def _place(sheet: ReadSheet, name: str) -> dict[str, Any]:
    """Where a value stands: the sheet, the place in its document, and what a person did with it."""
    return {"sheet": sheet.pk, "source": sheet.values["source"][name], "decision": sheet.decisions.get(name, "")}


def _row_provenance(sheet: ReadSheet, i: int, known: Milestone | None) -> dict[str, Any]:
    rows = sheet.values["milestones"]
    if i < 0 and known:
        return dict(known.provenance)
    if i >= len(rows):
        return {part: {"sheet": sheet.pk, "source": {}, "decision": "corrected"} for part in ROW_PARTS}
    decided = {part: sheet.decisions.get(f"milestones.{i}.{part}", "") for part in ROW_PARTS}
    return {
        part: {"sheet": sheet.pk, "source": rows[i]["source"][part], "decision": decided[part]} for part in ROW_PARTS
    }

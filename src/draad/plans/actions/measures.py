"""Writes measures into the working tables of a plan: many new ones at once, or a new content of one that is there."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from draad.accounts.audit import Recording, state_of
from draad.plans import rows
from draad.plans.content import Content, measure_content, rows_as_text
from draad.plans.models import Goal, Indicator, Measure, Milestone, Plan
from draad.plans.rows import Directories

MEASURE, MILESTONE, INDICATOR = "plans.measure", "plans.milestone", "plans.indicator"


@dataclass(frozen=True)
class Written:
    """What is to be written as a measure.

    Args:
        content: the canonical plain data.
        provenance: where each text field comes from.
        milestones: for each row of milestones the one of the plan that it continues, or None for a new one; empty
            when all are new.
        row_provenance: where each row of milestones comes from.
    """

    content: Content
    provenance: dict[str, Any] = field(default_factory=dict)
    milestones: Sequence[Milestone | None] = ()
    row_provenance: Sequence[dict[str, Any]] = ()

    def provenance_of_row(self, position: int) -> dict[str, Any]:
        """Where a row of milestones comes from; nothing when nobody said."""
        return self.row_provenance[position] if position < len(self.row_provenance) else {}


def create_measures(
    log: Recording, plan: Plan, written: Sequence[Written], *, goals: Sequence[Goal], directories: Directories
) -> list[Measure]:
    """Add measures to a plan, numbered after those that it has; one statement for each table."""
    first = (plan.measures.aggregate(last=models.Max("number"))["last"] or 0) + 1
    measures: list[Measure] = log.create_many(
        [
            Measure(plan=plan, number=number, provenance=new.provenance, **rows.texts_of(new.content))
            for number, new in enumerate(written, start=first)
        ],
        verb=f"{MEASURE}.add",
    )
    pairs = list(zip(measures, written, strict=True))
    for made, verb in (
        ([row for measure, new in pairs for row in rows.goal_rows(measure, new.content, goals)], "goal.cite"),
        ([row for measure, new in pairs for row in rows.party_rows(measure, new.content, directories)], "party.add"),
        ([row for measure, new in pairs for row in rows.budget_rows(measure, new.content)], "budget.add"),
    ):
        _create_many(log, made, verb=f"plans.{verb}")
    followed = [(row, new) for measure, new in pairs for row in rows.indicator_rows(measure, new.content)]
    log.create_many([row for row, _new in followed], verb=f"{INDICATOR}.add")
    targets = [target for row, new in followed for target in rows.target_rows(row, new.content)]
    log.create_many(targets, verb="plans.target.add")
    milestones = [
        (Milestone(measure=measure, provenance=new.provenance_of_row(i), **rows.milestone_values(row, i)), row)
        for measure, new in pairs
        for i, row in enumerate(new.content["milestones"])
    ]
    stored = log.create_many([milestone for milestone, _row in milestones], verb=f"{MILESTONE}.add")
    staff = [
        line
        for milestone, (_made, row) in zip(stored, milestones, strict=True)
        for line in rows.staff_rows(milestone, row)
    ]
    log.create_many(staff, verb="plans.staff.add")
    return measures


def change_measure(
    log: Recording, measure: Measure, new: Written, *, goals: Sequence[Goal], directories: Directories
) -> bool:
    """Give a measure a new content; milestones and indicators that it keeps stay the same rows.

    Args:
        log: the recording; the measure itself gets an event that names what changed of the rows that hang on it.
        measure: the measure with everything that hangs on it, as it was read.
        new: its new content.
        goals: the goals of the plan.
        directories: the known names.

    Returns:
        Whether anything was written.
    """
    before, old = len(log.entries), rows_as_text(measure_content(measure))
    log.change(measure, verb=f"{MEASURE}.change", withdrawn=False, **rows.texts_of(new.content))
    _replace(log, measure.goals.all(), rows.goal_rows(measure, new.content, goals), verb="plans.goal")
    _replace(log, measure.parties.all(), rows.party_rows(measure, new.content, directories), verb="plans.party")
    _replace(log, measure.budget_lines.all(), rows.budget_rows(measure, new.content), verb="plans.budget")
    _write_milestones(log, measure, new)
    _write_indicators(log, measure, new.content)
    changed = len(log.entries) > before
    if changed:
        log.change(
            measure, verb=f"{MEASURE}.change", provenance=new.provenance or measure.provenance,
            revision=measure.revision + 1,
        )  # fmt: skip
        _note_rows(log, measure, old, rows_as_text(new.content))
    return changed


def _note_rows(log: Recording, measure: Measure, old: dict[str, str], new: dict[str, str]) -> None:
    """Say in the history of the measure which of its rows changed; the rows have events of their own."""
    names = [name for name in old if old[name] != new[name]]
    if names:
        before, after = ({name: texts[name] for name in names} for texts in (old, new))
        log.note(measure, verb=f"{MEASURE}.change", before=before, after=after)


def match_parties(log: Recording, measure: Measure, directories: Directories) -> None:
    """Look the names in the boxes of a measure up again, after more of them became known."""
    fresh = rows.party_rows(measure, rows.texts_of(measure), directories)
    _replace(log, measure.parties.all(), fresh, verb="plans.party")


def _create_many(log: Recording, made: Sequence[models.Model], *, verb: str) -> None:
    log.create_many(list(made), verb=verb)


def _replace(log: Recording, present: models.QuerySet[Any], fresh: Sequence[models.Model], *, verb: str) -> None:
    """Put rows in the place of others; nothing is written when they say the same."""
    old = list(present)
    if sorted(map(_said, old)) == sorted(map(_said, fresh)):
        return
    for row in old:
        log.remove(row, verb=f"{verb}.remove")
    _create_many(log, fresh, verb=f"{verb}.add")


def _said(row: models.Model) -> str:
    """What a row says, whatever its key."""
    return json.dumps({**state_of(row), "id": None}, sort_keys=True)


def _write_milestones(log: Recording, measure: Measure, new: Written) -> None:
    kept = [milestone.pk for milestone in new.milestones if milestone]
    for gone in measure.milestones.filter(withdrawn=False).exclude(pk__in=kept):
        log.change(gone, verb=f"{MILESTONE}.withdraw", withdrawn=True)
    _make_room(log, [milestone for milestone in new.milestones if milestone], new)
    for i, row in enumerate(new.content["milestones"]):
        known = new.milestones[i] if i < len(new.milestones) else None
        values = rows.milestone_values(row, i)
        if known is None:
            known = log.create(
                Milestone(measure=measure, provenance=new.provenance_of_row(i), **values), verb=f"{MILESTONE}.add"
            )
        else:
            log.change(known, verb=f"{MILESTONE}.change", withdrawn=False, **values)
        _replace(log, known.staff.all(), rows.staff_rows(known, row), verb="plans.staff")


def _make_room(log: Recording, kept: Sequence[Milestone], new: Written) -> None:
    """Move milestones that change places out of the way first: no two may stand on one place at any moment."""
    places = {milestone.pk: i for i, milestone in enumerate(new.milestones) if milestone}
    moving = [milestone for milestone in kept if milestone.position != places[milestone.pk]]
    free = max([len(new.content["milestones"]), *(milestone.position + 1 for milestone in kept)])
    for i, milestone in enumerate(moving):
        log.change(milestone, verb=f"{MILESTONE}.move", position=free + i)


def _write_indicators(log: Recording, measure: Measure, content: Content) -> None:
    """The indicator of each box follows its text; one whose box is empty now is withdrawn."""
    texts = rows.indicator_texts(content)
    present = {indicator.kind: indicator for indicator in measure.indicators.filter(position=0, withdrawn=False)}
    for kind, indicator in present.items():
        if kind in texts:
            log.change(indicator, verb=f"{INDICATOR}.change", text=texts[kind])
        else:
            log.change(indicator, verb=f"{INDICATOR}.withdraw", withdrawn=True)
    fresh = [
        Indicator(measure=measure, kind=kind, position=0, text=text)
        for kind, text in texts.items()
        if kind not in present
    ]
    for indicator in [*present.values(), *log.create_many(fresh, verb=f"{INDICATOR}.add")]:
        if not indicator.withdrawn:
            _replace(log, indicator.targets.all(), rows.target_rows(indicator, content), verb="plans.target")

"""Every decision about a sheet that was read: on a field, on the sheet, splitting, merging, which measure it is."""

from __future__ import annotations

from copy import copy
from typing import Any

from django.utils.translation import gettext as _

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.audit import Recording
from draad.accounts.revisions import check_revision
from draad.accounts.transitions import Transition
from draad.documents.source import Line
from draad.plans import review as words
from draad.plans.actions.plans import require_coordinator
from draad.plans.joining import joined, reread
from draad.plans.lines import lines_of, stored_lines
from draad.plans.models import Measure, ReadSheet, SheetState, SheetUpload
from draad.plans.policies import (
    check_can_empty,
    check_correction,
    check_decided,
    check_follows,
    check_measure,
    check_row,
    check_sheet,
    check_split,
)
from draad.plans.queries import measures_where, sheets_of
from draad.plans.review import Review, review_of
from draad.plans.states import ACCEPT, DECIDE, LEAVE_OUT, MERGE, OPEN, READ_SHEET, REOPEN, SPLIT_UP


def reviewed(sheet: ReadSheet) -> Review:
    """A sheet with its fields beside those of the measure that it is a newer reading of."""
    found = measures_where(pk=sheet.measure_id) if sheet.measure_id else []
    return review_of(sheet, next(iter(found), None))


def decide(sheet: ReadSheet, name: str, decision: str, *, text: str = "", revision: int, by: Actor) -> ReadSheet:
    """Decide about a field; "" takes a decision back.

    Args:
        sheet: the sheet.
        name: the name of the field.
        decision: ``accepted``, ``corrected`` (with ``text``), ``empty``, ``kept`` or "".
        text: the corrected value.
        revision: the revision of the sheet that the person saw.
        by: who decides.

    Raises:
        PermissionDenied: for who does not coordinate the plan.
        ChangedMeanwhileError: when somebody else changed the sheet since.
        ValidationError: when the sheet is not open or the field cannot hold the text.
    """
    require_coordinator(sheet.upload.plan, by)
    with audit.recording(by=by) as log:
        found = _locked(sheet, DECIDE, revision)
        field = reviewed(found).named(name)
        check_row(field)
        decisions, corrections = dict(found.decisions), dict(found.corrections)
        decisions.pop(name, None)
        if not _is_added(found, name):
            corrections.pop(name, None)
        text = "\n".join(line.strip() for line in text.strip().splitlines())
        if decision == words.CORRECTED and field and text == field.read:
            decision = words.ACCEPTED
        if decision == words.CORRECTED:
            check_correction(name, text)
            corrections[name] = text
        if decision == words.EMPTY:
            check_can_empty(name)
        if decision:
            decisions[name] = decision
        _write(log, found, DECIDE, decisions=decisions, corrections=corrections)
    return found


def _is_added(sheet: ReadSheet, name: str) -> bool:
    """Whether the field is in a row that a person added: such a row lives in the corrections."""
    return name.startswith("milestones.") and int(name.split(".")[1]) >= len(sheet.values["milestones"])


def add_milestone(sheet: ReadSheet, *, revision: int, by: Actor) -> ReadSheet:
    """Add an empty row of milestones that the reading missed.

    Raises:
        PermissionDenied: for who does not coordinate the plan.
        ChangedMeanwhileError: when somebody else changed the sheet since.
        ValidationError: when the sheet is not open.
    """
    require_coordinator(sheet.upload.plan, by)
    with audit.recording(by=by) as log:
        found = _locked(sheet, DECIDE, revision)
        row = words.row_count(found)
        names = [f"milestones.{row}.{part}" for part in words.ROW_PARTS]
        _write(
            log, found, DECIDE,
            decisions={**found.decisions, **dict.fromkeys(names, words.CORRECTED)},
            corrections={**found.corrections, **dict.fromkeys(names, "")},
        )  # fmt: skip
    return found


def accept_sheet(sheet: ReadSheet, *, revision: int, by: Actor) -> ReadSheet:
    """Accept a sheet: what it holds now may become part of the plan.

    Raises:
        PermissionDenied: for who does not coordinate the plan.
        ChangedMeanwhileError: when somebody else changed the sheet since.
        ValidationError: when a field waits for a decision or the sheet is not open.
    """
    require_coordinator(sheet.upload.plan, by)
    with audit.recording(by=by) as log:
        found = _locked(sheet, ACCEPT, revision)
        _accept(log, found)
    return found


def _accept(log: Recording, sheet: ReadSheet) -> None:
    review = reviewed(sheet)
    check_decided(len(review.undecided))
    title = review.named("title")
    check_correction("title", title.value if title else "")
    _write(log, sheet, ACCEPT)


def accept_certain(upload: SheetUpload, *, by: Actor) -> int:
    """Accept every open sheet of a document in which no field waits; returns how many.

    Raises:
        PermissionDenied: for who does not coordinate the plan.
    """
    require_coordinator(upload.plan, by)
    with audit.recording(by=by) as log:
        sheets = list(sheets_of(upload).filter(state=OPEN, waiting=0).select_related("upload"))
        certain = [sheet for sheet in sheets if not reviewed(sheet).undecided and sheet.values["title"]]
        for sheet in certain:
            check_sheet(sheet, ACCEPT)
            _accept(log, sheet)
    return len(certain)


def reopen_sheet(sheet: ReadSheet, *, by: Actor) -> ReadSheet:
    """Take back that a sheet was accepted or left out.

    Raises:
        PermissionDenied: for who does not coordinate the plan.
        ValidationError: when it is in the plan already.
    """
    return _step(sheet, REOPEN, by)


def leave_out(sheet: ReadSheet, *, by: Actor) -> ReadSheet:
    """Leave a sheet out: it does not become part of the plan.

    Raises:
        PermissionDenied: for who does not coordinate the plan.
        ValidationError: when it is not open.
    """
    return _step(sheet, LEAVE_OUT, by)


def _step(sheet: ReadSheet, transition: Transition, by: Actor) -> ReadSheet:
    require_coordinator(sheet.upload.plan, by)
    with audit.recording(by=by) as log:
        found = _locked(sheet, transition)
        _write(log, found, transition)
    return found


def set_measure(sheet: ReadSheet, measure: Measure | None, *, revision: int, by: Actor) -> ReadSheet:
    """Say of which measure of the plan a sheet is a newer reading, or that it is a new one.

    Decisions that chose between the sheet and the other measure are taken back.

    Raises:
        PermissionDenied: for who does not coordinate the plan.
        ChangedMeanwhileError: when somebody else changed the sheet since.
        ValidationError: when the sheet is not open.
    """
    require_coordinator(sheet.upload.plan, by)
    with audit.recording(by=by) as log:
        found = _locked(sheet, DECIDE, revision)
        check_measure(found, measure)
        decisions = {
            name: what for name, what in found.decisions.items() if what != words.KEPT and "gone." not in name
        }
        _write(log, found, DECIDE, measure=measure, decisions=decisions)
    return found


def split_sheet(sheet: ReadSheet, line: int, *, revision: int, by: Actor) -> tuple[ReadSheet, ReadSheet]:
    """Split a sheet in two, the second from ``line`` of the document on; both are read again and are open.

    Raises:
        PermissionDenied: for who does not coordinate the plan.
        ChangedMeanwhileError: when somebody else changed the sheet since.
        ValidationError: when the line is not within the sheet, or the sheet is not open.
    """
    require_coordinator(sheet.upload.plan, by)
    with audit.recording(by=by) as log:
        found = _locked(sheet, SPLIT_UP, revision)
        lines = lines_of(found.lines)
        halves = [each for each in lines if each.number < line], [each for each in lines if each.number >= line]
        check_split(*halves)
        _write(log, found, SPLIT_UP)
        first, second = (_counted(_part(found, half)) for half in halves)
        log.create(first, verb=READ_SHEET.verb)
        log.create(second, verb=READ_SHEET.verb)
    return first, second


def _counted(sheet: ReadSheet) -> ReadSheet:
    sheet.waiting = len(reviewed(sheet).undecided)
    return sheet


def _part(whole: ReadSheet, lines: list[Line]) -> ReadSheet:
    return ReadSheet(
        upload=whole.upload,
        first_line=lines[0].number,
        values=reread(lines, whole.values, whole.upload.goals),
        lines=stored_lines(lines),
        came_from=whole,
        measure=whole.measure if lines[0].number == whole.first_line else None,
    )


def merge_with_next(sheet: ReadSheet, *, revision: int, by: Actor) -> ReadSheet:
    """Join a sheet with the next one of the document: a new, open sheet that holds the texts of both.

    Raises:
        PermissionDenied: for who does not coordinate the plan.
        ChangedMeanwhileError: when somebody else changed the sheet since.
        ValidationError: when there is no next sheet, or one of both is not open.
    """
    require_coordinator(sheet.upload.plan, by)
    with audit.recording(by=by) as log:
        found = _locked(sheet, MERGE, revision)
        later = sheets_of(found.upload).filter(first_line__gt=found.first_line).first()
        follower = _locked(check_follows(later), MERGE)
        _write(log, found, MERGE)
        _write(log, follower, MERGE)
        both = ReadSheet(
            upload=found.upload,
            first_line=found.first_line,
            values=joined(found.values, follower.values),
            lines=[*found.lines, *follower.lines],
            came_from=found,
            measure=found.measure or follower.measure,
        )
        return log.create(_counted(both), verb=READ_SHEET.verb, reason=_("samengevoegd uit twee fiches"))


def _locked(sheet: ReadSheet, transition: Transition, revision: int | None = None) -> ReadSheet:
    found: ReadSheet = (
        ReadSheet.objects.select_for_update(of=("self",)).select_related("upload", "measure").get(pk=sheet.pk)
    )
    check_sheet(found, transition)
    if revision is not None:
        check_revision(found.revision, revision)
    return found


def _write(log: Recording, sheet: ReadSheet, transition: Transition, **values: Any) -> None:
    after = copy(sheet)
    for name, value in values.items():
        setattr(after, name, value)
    log.change(
        sheet,
        verb=transition.verb,
        state=SheetState(transition.after),
        waiting=len(reviewed(after).undecided),
        revision=sheet.revision + 1,
        **values,
    )

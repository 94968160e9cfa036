"""Every transition of a version, a document, a sheet and progress: every role, another plan, every other state."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from draad.accounts.actor import Actor
from draad.accounts.roles import Role
from draad.organisations.models import Organisation
from draad.plans import states
from draad.plans.actions import progress
from draad.plans.actions.incorporate import incorporate
from draad.plans.actions.plans import PlanAbout, create_plan, publish_version
from draad.plans.actions.reading import drop_upload, put_on_desk, read_file
from draad.plans.actions.review import (
    accept_sheet,
    decide,
    leave_out,
    merge_with_next,
    reopen_sheet,
    reviewed,
    split_sheet,
)  # fmt: skip
from draad.plans.models import (
    MilestoneState,
    Plan,
    PlanVersion,
    ProgressReport,
    ProgressState,
    ReadSheet,
    SheetState,
    SheetUpload,
    UploadState,
)
from draad.plans.review import ACCEPTED
from tests.plans.conftest import BY, as_upload
from tests.plans.desk import accept_all, first, in_plan, put, sheets, word_file
from tests.trying import MakeActor, Try, check_role, check_state, every_role, every_wrong_state, tried
from tests.trying import put as put_state

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation")]
SUBMITTED_AT = datetime(2018, 1, 1, tzinfo=UTC)


def the_plan() -> Plan:
    """The plan of the test organisation."""
    owner = Organisation.objects.get(slug="testbestuur")
    return Plan.objects.filter(owner=owner).first() or create_plan(
        PlanAbout("testplan", "Testplan", 2016, 2020, owner), by=BY
    )


def upload_in(state: str) -> SheetUpload:
    """A document of which every sheet is accepted, so that it can be processed."""
    upload = put(the_plan(), sheets())
    accept_all(upload)
    return put_state(upload, state=state)


def sheet_in(state: str) -> ReadSheet:
    """The first of two sheets, without doubts; the second stays open."""
    sheet = first(put(the_plan(), sheets()))
    for field in reviewed(sheet).undecided:
        sheet = decide(sheet, field.name, ACCEPTED, revision=sheet.revision, by=BY)
    return put_state(sheet, state=state)


def report_in(state: str) -> ProgressReport:
    """The progress of 2017 with something said of every milestone and indicator."""
    report = progress.start_progress(in_plan(the_plan())[0], 2017, by=BY)
    said = progress.ProgressContent(
        "Goed.",
        {row.milestone_id: progress.SaidOfMilestone(MilestoneState.DONE) for row in report.milestones.all()},
        {row.indicator_id: progress.SaidOfIndicator("not_applicable") for row in report.indicators.all()},
    )
    written = progress.write_progress(report, said, revision=report.revision, by=BY)
    return put_state(written, state=state, submitted_at=SUBMITTED_AT)


def split(sheet: ReadSheet, by: Actor) -> Any:
    return split_sheet(sheet, sheet.first_line + 5, revision=sheet.revision, by=by)


def write(report: ProgressReport, by: Actor) -> Any:
    content = progress.ProgressContent("Beter.")
    return progress.write_progress(report, content, revision=report.revision, by=by)


UPLOADS = [
    Try(states.FINISH, upload_in, lambda it, by: incorporate(it, by=by)),
    Try(states.DROP, upload_in, lambda it, by: drop_upload(it, by=by)),
]
SHEETS = [
    Try(states.DECIDE, sheet_in, lambda it, by: decide(it, "target", ACCEPTED, revision=it.revision, by=by)),
    Try(states.ACCEPT, sheet_in, lambda it, by: accept_sheet(it, revision=it.revision, by=by)),
    Try(states.REOPEN, sheet_in, lambda it, by: reopen_sheet(it, by=by)),
    Try(states.LEAVE_OUT, sheet_in, lambda it, by: leave_out(it, by=by)),
    Try(states.SPLIT_UP, sheet_in, split),
    Try(states.MERGE, sheet_in, lambda it, by: merge_with_next(it, revision=it.revision, by=by)),
]
PROGRESS = [
    Try(states.WRITE, report_in, write),
    Try(states.SUBMIT, report_in, lambda it, by: progress.submit_progress(it, by=by)),
    Try(states.SEND_BACK, report_in, lambda it, by: progress.send_back(it, "Nog iets.", by=by)),
    Try(states.APPROVE, report_in, lambda it, by: progress.approve_progress(it, by=by)),
]
TRIES = [*UPLOADS, *SHEETS, *PROGRESS]


@every_role(TRIES)
def test_each_role_for_the_own_plan(one: Try, role: Role, person_with: MakeActor) -> None:
    check_role(one, role, person_with(role))


@pytest.mark.parametrize("one", TRIES, ids=str)
def test_a_coordinator_of_another_plan_does_nothing(one: Try, person_with: MakeActor) -> None:
    thing = one.make(one.first)
    stranger = person_with(Role.PLAN_COORDINATOR, held_for=Organisation.objects.get(slug="gent"))
    with pytest.raises(PermissionDenied), transaction.atomic():
        one.do(thing, stranger)
    thing.refresh_from_db()
    assert thing.state == one.first


@every_wrong_state(UPLOADS, UploadState)
def test_a_document_in_another_state(one: Try, state: str) -> None:
    check_state(one, state)


@every_wrong_state(SHEETS, SheetState)
def test_a_sheet_in_another_state(one: Try, state: str) -> None:
    check_state(one, state)


@every_wrong_state(PROGRESS, ProgressState)
def test_progress_in_another_state(one: Try, state: str) -> None:
    approved = SUBMITTED_AT if state == ProgressState.APPROVED else None
    check_state(one, state, approved_at=approved)


@pytest.mark.parametrize("state", [UploadState.DONE, UploadState.DISCARDED])
@pytest.mark.parametrize("one", SHEETS, ids=str)
def test_a_sheet_of_a_document_that_is_done_stays_as_it_is(one: Try, state: str) -> None:
    sheet = one.make(one.first)
    put_state(sheet.upload, state=state)
    with pytest.raises(ValidationError, match="al verwerkt of weggegooid"):
        one.do(sheet, BY)


@pytest.mark.parametrize("state", list(SheetState))
def test_sheets_go_with_their_document(state: str) -> None:
    """What waits or was accepted is thrown away with the document; what is in the plan stays there."""
    sheet = sheet_in(state)
    drop_upload(sheet.upload, by=BY)
    sheet.refresh_from_db()
    assert sheet.state == (states.DROP_SHEET.after if states.DROP_SHEET.fits(state) else state)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize(
    "begin",
    [
        pytest.param(lambda by: put_on_desk(the_plan(), read_file(as_upload(word_file(sheets()), "a.docx")), by=by),
                     id="read"),
        pytest.param(lambda by: progress.start_progress(in_plan(the_plan())[0], 2017, by=by), id="progress"),
    ],
)  # fmt: skip
def test_who_begins(begin: Callable[[Actor], Any], role: Role, person_with: MakeActor) -> None:
    by = person_with(role)
    if role in states.COORDINATING:
        made = begin(by)
        assert made.state in {states.READ.after, states.START.after}
        if isinstance(made, SheetUpload):
            assert {sheet.state for sheet in made.sheets.all()} == {states.READ_SHEET.after}
        return
    with pytest.raises(PermissionDenied):
        begin(by)


@pytest.mark.parametrize("role", list(Role))
def test_who_makes_and_publishes_a_version(role: Role, person_with: MakeActor) -> None:
    plan = the_plan()
    in_plan(plan)
    draft = PlanVersion.objects.get(plan=plan)
    assert (draft.state, draft.revision) == (states.OPEN_DRAFT.after, 1)
    by = person_with(role)
    if role not in states.PUBLISH.roles:
        with pytest.raises(PermissionDenied):
            publish_version(plan, note="", revision=draft.revision, by=by)
        return
    assert publish_version(plan, note="", revision=draft.revision, by=by).state == states.PUBLISH.after


def test_what_is_put_in_the_plan_is_in_it() -> None:
    upload = upload_in("review")
    incorporate(upload, by=BY)
    assert {sheet.state for sheet in upload.sheets.all()} == {states.INCORPORATE.after}


def test_every_transition_is_tried() -> None:
    by_hand = {states.READ, states.READ_SHEET, states.DROP_SHEET, states.INCORPORATE, states.START}
    versions = {states.OPEN_DRAFT, states.CHANGE_DRAFT, states.PUBLISH}
    every = {step for table in states.TABLES for step in table.steps}
    assert tried(TRIES, *by_hand, *versions) == every

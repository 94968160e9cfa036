"""Handing in and joining at the same moment, on either database: once, and who comes second is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from pytest_django.plugin import DjangoDbBlocker

from draad.accounts import audit
from draad.accounts.roles import Role
from draad.applications.actions.members import accept, invite
from draad.applications.actions.submission import reopen, submit
from draad.applications.models import ActionClaim, Application, Call, LineShare, Member, MemberState, Submission
from draad.programmes.models import RoundRule
from tests.applications.making import BY, CLOSES, DURING, government, make_application, make_call, person, round_one
from tests.copies import PATIENCE, alone, at_once, copied_database

APPROVER, EDITOR = Role.GOVERNMENT_APPROVER, Role.GOVERNMENT_EDITOR


@pytest.fixture
def clock(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path
) -> Iterator[time_machine.Traveller]:
    """A copy of the database, on a clock that stands still until a test moves it."""
    with (
        django_db_blocker.unblock(),
        copied_database(tmp_path),
        time_machine.travel(DURING, tick=False) as found,
    ):
        yield found


@pytest.mark.django_db
def test_the_database_that_is_copied_holds_the_facts_and_no_call() -> None:
    """It also asks for the test database: the tests below do not, because they write in a copy of it."""
    assert RoundRule.objects.filter(round=round_one()).exists()
    assert not Call.objects.exists()


def parted(results: list[Any]) -> tuple[list[Any], list[str]]:
    """What was done, and the sentences of who was refused; anything else that went wrong is raised."""
    for result in results:
        if isinstance(result, Exception) and not isinstance(result, ValidationError):
            raise result
    refused = [" ".join(result.messages) for result in results if isinstance(result, ValidationError)]
    return [result for result in results if not isinstance(result, ValidationError)], refused


def draft(name: str = "Gent") -> Application:
    """A complete draft, and two people who approve for its applicant."""
    call = Call.objects.first() or make_call()
    for mark in ("", "2"):
        person(APPROVER, name, mark=mark)
    return make_application(call, name, {5: (1, 10)})


def hand_in(application: Application, mark: str = "") -> Submission:
    found = Application.objects.get(pk=application.pk)
    return submit(found, revision=found.revision, by=person(APPROVER, found.applicant, mark=mark))


@pytest.mark.parametrize("second", ["", "2"])
def test_two_clicks_or_two_people_hand_in_once(clock: time_machine.Traveller, second: str) -> None:
    made = alone(draft)
    done, refused = parted(at_once(lambda: hand_in(made), lambda: hand_in(made, second)))
    assert len(done) == 1
    assert "al ingediend, op 15 juni 2022" in refused[0]
    assert alone(Submission.objects.count) == 1
    assert alone(ActionClaim.objects.count) == 1


def test_an_action_is_claimed_once_when_two_hand_in_at_once(clock: time_machine.Traveller) -> None:
    """Gent alone, and Aalst with Gent, ask the same action for Gent."""

    def both() -> tuple[Application, Application]:
        mine, theirs = draft("Gent"), draft("Aalst")
        with audit.recording(by=BY) as log:
            log.remove(RoundRule.objects.get(round=round_one(), key="one_reference_region"), verb="test.rule")
            other = Member(application=theirs, organisation=government("Gent"), state=MemberState.ACCEPTED)
            other.invited_at = other.responded_at = DURING
            log.create(other, verb="test.member")
            _share(log, theirs)
        return mine, theirs

    mine, theirs = alone(both)
    done, refused = parted(at_once(lambda: hand_in(mine), lambda: hand_in(theirs)))
    assert len(done) == 1
    assert "Actie 5 is voor Gent al aangevraagd" in refused[0]
    taken = alone(lambda: list(ActionClaim.objects.values_list("organisation__name", flat=True)))
    assert taken.count("Gent") == 1


def _share(log: audit.Recording, application: Application) -> None:
    for member, planned in zip(application.members.order_by("pk"), (6, 4), strict=True):
        log.create(LineShare(line=application.lines.get(), member=member, planned=planned), verb="test.share")


def test_the_closing_is_looked_at_once_the_call_is_locked(clock: time_machine.Traveller) -> None:
    """Who waits for the call while it closes, is too late; who has it, is in time."""
    made = alone(draft)
    holds = Event()

    def keep_the_call() -> None:
        with audit.recording(by=BY):
            Call.objects.select_for_update().get()
            holds.set()
            clock.move_to(CLOSES)

    def wait_for_it() -> Submission:
        assert holds.wait(PATIENCE)
        return hand_in(made)

    done, refused = parted(at_once(keep_the_call, wait_for_it))
    assert done == [None]
    assert "De oproep is gesloten: indienen kon" in refused[0]
    assert alone(Submission.objects.count) == 0


def test_handing_in_and_taking_back_at_once_leaves_one_truth(clock: time_machine.Traveller) -> None:
    made = alone(draft)
    alone(lambda: hand_in(made))
    parted(at_once(lambda: reopen(made, by=person(APPROVER, "Gent")), lambda: hand_in(made, "2")))
    state = alone(lambda: Application.objects.get(pk=made.pk).state)
    standing = alone(Submission.objects.filter(withdrawn_at=None).count)
    claims = alone(ActionClaim.objects.count)
    assert (state, standing, claims) in [("draft", 0, 0), ("submitted", 1, 1)]


def test_a_government_joins_one_partnership_when_it_accepts_two_at_once(clock: time_machine.Traveller) -> None:
    def invitations() -> list[Member]:
        call = make_call()
        with audit.recording(by=BY) as log:
            values = {"round": round_one(), "parameters": {"since": 1}, "knowledge": "stated", "source": "test"}
            log.create(RoundRule(key="one_partnership", **values), verb="test.rule")
        person(APPROVER, "Essen")
        leads = ["Kalmthout", "Brasschaat"]
        return [invite(make_application(call, lead), government("Essen"), by=person(EDITOR, lead)) for lead in leads]

    first, second = alone(invitations)
    done, refused = parted(
        at_once(
            lambda: accept(first, by=person(APPROVER, "Essen")),
            lambda: accept(second, by=person(APPROVER, "Essen")),
        )
    )
    assert len(done) == 1
    assert "Essen doet al mee aan de samenwerking van" in refused[0]
    states = alone(lambda: sorted(Member.objects.filter(is_applicant=False).values_list("state", flat=True)))
    assert states == ["accepted", "invited"]

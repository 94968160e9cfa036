"""What people of governments find: their applications, invitations, and the dossier of one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.roles import Role
from draad.applications.models import Application, ApplicationState, Call, Member, MemberState
from draad.applications.queries import mine as read
from tests.applications.making import BY, CLOSES, DURING, enter, government, make_application, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> Actor:
    return person(Role.GOVERNMENT_EDITOR, "Gent")


def invite(application: Application, name: str) -> None:
    with audit.recording(by=BY) as log:
        member = Member(
            application=application, organisation=government(name), state=MemberState.INVITED, invited_at=DURING
        )
        log.create(member, verb="test.invite")


def test_own_applications_and_those_one_takes_part_in(call: Call, editor: Actor) -> None:
    own = make_application(call, "Gent", {5: (1, 900)})
    joined = make_application(call, "Aalst", {5: (1, 10)}, members=("Gent",))
    make_application(call, "Brugge", {5: (1, 10)})
    assert list(read.mine(editor)) == [own, joined]


def test_a_government_that_left_sees_it_no_longer(call: Call, editor: Actor) -> None:
    joined = make_application(call, "Aalst", {5: (1, 10)}, members=("Gent",))
    with audit.recording(by=BY) as log:
        log.change(joined.members.get(organisation=government("Gent")), verb="test.leave", state=MemberState.RELEASED)
    assert list(read.mine(editor)) == []
    assert enter(editor).get(reverse("applications:dossier", args=[joined.pk])).status_code == 403


def test_the_page_says_what_is_next(call: Call, editor: Actor) -> None:
    make_application(call, "Gent", {5: (1, 900)})
    invite(make_application(call, "Aalst", {5: (1, 10)}), "Gent")
    with time_machine.travel(DURING, tick=False):
        page = enter(editor).get(reverse("applications:mine")).content.decode()
    assert "Vul aan en dien in: dat kan tot en met 1 juli 2022." in page
    assert "Aalst nodigt Gent uit" in page


@pytest.mark.parametrize(
    ("state", "during", "after", "as_member"),
    [
        ("draft", "Vul aan", "Niet ingediend", "u leest mee"),
        ("submitted", "Aanpassen kan tot en met 1 juli 2022.", "U hoeft niets", "U hoeft niets"),
        ("assessment", "loopt", "loopt", "loopt"),
        ("questioned", "Antwoord daarop", "Antwoord daarop", "De aanvrager antwoordt"),
        ("advised", "volgt", "volgt", "volgt"),
        ("decided", "Lees de brief", "Lees de brief", "Lees de brief"),
        ("withdrawn", "Ingetrokken", "Ingetrokken", "Ingetrokken"),
    ],
)
def test_each_state_has_a_next_step(call: Call, state: str, during: str, after: str, as_member: str) -> None:
    application = make_application(call, state=state)
    with time_machine.travel(DURING, tick=False):
        assert during in read.what_next(application, owns=True)
        assert as_member in read.what_next(application, owns=False)
    with time_machine.travel(CLOSES, tick=False):
        assert after in read.what_next(application, owns=True)


def test_what_happened_is_told_in_order(call: Call) -> None:
    application = make_application(call, "Gent", {5: (1, 900)}, state=ApplicationState.SUBMITTED)
    from draad.applications.models import Question, Submission

    with audit.recording(by=BY) as log:
        log.create(
            Submission(application=application, number=1, at=DURING, content={}, sha256="0"), verb="test.submit"
        )
        question = Question(
            application=application, number=1, text="Echt?", due_on=timezone.localdate(), asked_at=timezone.now(),
            answered_at=timezone.now(), answer="Ja.",
        )  # fmt: skip
        log.create(question, verb="test.ask")
    texts = [event.text for event in read.events_of(application, read.standing_decision(application))]
    assert texts == ["Begonnen", "Ingediend, nummer 1", "Vraag 1 van de beoordelaar", "Vraag 1 beantwoord"]


def test_a_dossier_is_for_its_governments(call: Call, editor: Actor) -> None:
    application = make_application(call, "Gent", {5: (1, 900)}, state=ApplicationState.SUBMITTED, members=("Aalst",))
    where = reverse("applications:dossier", args=[application.pk])
    for name in ("Gent", "Aalst"):
        assert enter(person(Role.GOVERNMENT_EDITOR, name)).get(where).status_code == 200
    assert enter(person(Role.GOVERNMENT_EDITOR, "Brugge")).get(where).status_code == 403
    assert enter(person(Role.ASSESSOR)).get(where).status_code == 200
    assert Client().get(where).status_code == 302


@pytest.mark.parametrize("many", [1, 4])
def test_pages_ask_little(
    call: Call, editor: Actor, many: int, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    application = make_application(call, "Gent", {5: (1, 900)}, state=ApplicationState.SUBMITTED)
    for name in ["Aalst", "Brugge", "Hasselt", "Genk"][:many]:
        make_application(call, name, {5: (1, 10)}, members=("Gent",))
    client = enter(editor)
    for where in (reverse("applications:mine"), reverse("applications:dossier", args=[application.pk])):
        client.get(where)
        with django_assert_max_num_queries(15):
            client.get(where)

"""Questions back: what opens, what an answer changed, who may."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.roles import Role
from draad.applications.actions import assessment
from draad.applications.actions import questions as act
from draad.applications.models import Application, ApplicationState, Question
from draad.applications.policies.fields import line_field
from draad.applications.policies.questions import is_late
from draad.applications.queries.assessment import with_fields
from draad.applications.queries.questions import changes_of, choices_of, labelled, open_question
from tests.applications.making import BY, make_application, make_call, person

pytestmark = pytest.mark.django_db


def soon() -> date:
    return timezone.localdate() + timedelta(days=7)


@pytest.fixture
def assessor() -> Actor:
    return person(Role.ASSESSOR)


@pytest.fixture
def approver() -> Actor:
    return person(Role.GOVERNMENT_APPROVER, "Gent")


@pytest.fixture
def begun(assessor: Actor) -> Application:
    made = make_application(make_call(), "Gent", {5: (1, 900), 9: (2, 60)}, state=ApplicationState.SUBMITTED)
    return assessment.begin(made, by=assessor)


@pytest.fixture
def planned(begun: Application) -> str:
    """The name of the planned units of the first line."""
    return line_field(begun.lines.order_by("priority")[0].pk, "planned")


def known(application: Application) -> dict[str, Any]:
    return labelled(choices_of(with_fields(application)))


def set_planned(application: Application, units: int) -> None:
    with audit.recording(by=BY) as log:
        log.change(application.lines.order_by("priority")[0], verb="test.line", planned=units)


def test_asking_remembers_what_the_fields_held(begun: Application, planned: str, assessor: Actor) -> None:
    asked = act.ask(begun, "Is 900 haalbaar?", [planned, "iban", planned], due_on=soon(), by=assessor)
    assert asked.fields == [planned, "iban"]
    assert asked.before == {planned: "900", "iban": "BE68539007547034"}
    begun.refresh_from_db()
    assert begun.state == ApplicationState.QUESTIONED
    assert open_question(begun) == asked


def test_an_answer_shows_what_it_changed(begun: Application, planned: str, assessor: Actor, approver: Actor) -> None:
    act.ask(begun, "Is 900 haalbaar?", [planned, "iban"], due_on=soon(), by=assessor)
    set_planned(begun, 700)
    act.answer(begun, "Toch 700.", by=approver)
    set_planned(begun, 1)  # whatever happens later, the answer stays what it was
    question = Question.objects.get()
    changes = {
        change.label: (change.before, change.now, change.differs) for change in changes_of(question, known(begun))
    }
    assert changes["Gepland bijkomend bereik"] == ("900", "700", True)
    assert changes["Rekeningnummer (IBAN)"][2] is False
    begun.refresh_from_db()
    assert begun.state == ApplicationState.ASSESSMENT
    assert open_question(begun) is None


def test_both_sides_are_told(
    begun: Application, assessor: Actor, approver: Actor, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        act.ask(begun, "Is 900 haalbaar?", [], due_on=soon(), by=assessor)
    assert approver.user is not None
    assert mail.outbox[-1].to == [approver.user.email]
    assert "Is 900 haalbaar?" in str(mail.outbox[-1].body)
    with django_capture_on_commit_callbacks(execute=True):
        act.answer(begun, "Ja.", by=approver)
    assert assessor.user is not None
    assert mail.outbox[-1].to == [assessor.user.email]


def test_a_recalled_question_leaves_the_work_to_the_assessor(begun: Application, assessor: Actor) -> None:
    act.ask(begun, "Is 900 haalbaar?", [], due_on=soon(), by=assessor)
    act.recall(begun, by=assessor)
    begun.refresh_from_db()
    assert begun.state == ApplicationState.ASSESSMENT
    assert Question.objects.get().withdrawn_at is not None
    assert act.ask(begun, "Andere vraag?", [], due_on=soon(), by=assessor).number == 2


@pytest.mark.parametrize(
    ("text", "fields", "days", "words"),
    [
        (" ", [], 7, "Schrijf uw vraag"),
        ("Echt?", ["line:0:planned"], 7, "Kies opnieuw"),
        ("Echt?", [], 0, "tot morgen"),
    ],
)
def test_a_question_that_cannot_be_asked(
    begun: Application, assessor: Actor, text: str, fields: list[str], days: int, words: str
) -> None:
    with pytest.raises(ValidationError, match=words):
        act.ask(begun, text, fields, due_on=timezone.localdate() + timedelta(days=days), by=assessor)
    assert not Question.objects.exists()
    begun.refresh_from_db()
    assert begun.state == ApplicationState.ASSESSMENT


def test_an_answer_needs_words_and_a_clean_form(begun: Application, assessor: Actor, approver: Actor) -> None:
    act.ask(begun, "Is 900 haalbaar?", [], due_on=soon(), by=assessor)
    with pytest.raises(ValidationError, match="één zin"):
        act.answer(begun, "  ", by=approver)
    with audit.recording(by=BY) as log:
        log.change(begun, verb="test.typed", unsaved={"iban": "BE68 kapot"})
    with pytest.raises(ValidationError, match="niet bewaard"):
        act.answer(begun, "Ja.", by=approver)


@pytest.mark.parametrize("state", [s for s in ApplicationState if s not in ("assessment", "draft", "cancelled")])
def test_asking_is_for_who_is_assessing(state: str, assessor: Actor) -> None:
    application = make_application(make_call(), "Gent", {5: (1, 900)}, state=state)
    with pytest.raises(ValidationError, match="de toestand is nu"):
        act.ask(application, "Echt?", [], due_on=soon(), by=assessor)


@pytest.mark.parametrize("role", list(Role))
def test_who_asks_and_who_answers(role: Role, begun: Application, assessor: Actor) -> None:
    somebody = person(role, "Gent", mark="x")
    if role in (Role.ASSESSOR, Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR):
        act.ask(begun, "Echt?", [], due_on=soon(), by=somebody)
        act.recall(begun, by=somebody)
    else:
        with pytest.raises(PermissionDenied):
            act.ask(begun, "Echt?", [], due_on=soon(), by=somebody)
    act.ask(begun, "Nog een vraag?", [], due_on=soon(), by=assessor)
    if role == Role.GOVERNMENT_APPROVER:
        act.answer(begun, "Ja.", by=somebody)
    else:
        with pytest.raises(PermissionDenied):
            act.answer(begun, "Ja.", by=somebody)


def test_nobody_answers_for_another_government(begun: Application, assessor: Actor) -> None:
    act.ask(begun, "Echt?", [], due_on=soon(), by=assessor)
    with pytest.raises(PermissionDenied):
        act.answer(begun, "Ja.", by=person(Role.GOVERNMENT_APPROVER, "Aalst"))


def test_the_last_day_is_still_in_time() -> None:
    assert not is_late(date(2022, 8, 1), date(2022, 8, 1))
    assert is_late(date(2022, 8, 1), date(2022, 8, 2))

"""Every transition of an application, a member and a request: each role that may, every other one, every other state.

The decision itself is made with its list; ``test_decisions`` tries that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils import timezone

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.roles import Role
from draad.accounts.transitions import NOTHING, Transition
from draad.applications import states
from draad.applications.actions import amendments, assessment, form, formstart, members, questions, submission
from draad.applications.actions.amendments import Asked
from draad.applications.models import (
    Amendment,
    AmendmentState,
    Application,
    ApplicationState,
    Assessment,
    LineAdvice,
    Member,
    MemberState,
    Question,
)
from tests.applications.deciding import published
from tests.applications.making import BY, CLOSES, DURING, government, make_application, make_call, person

pytestmark = pytest.mark.django_db
GOVERNMENT_ROLES = frozenset([Role.GOVERNMENT_EDITOR, Role.GOVERNMENT_APPROVER])
AGENCY = "Agentschap Binnenlands Bestuur"
AFTER = CLOSES + timedelta(days=1)
Do = Callable[[Any, Actor], Any]


@dataclass(frozen=True)
class Try:
    """How a test does a transition: with what, when, and for which government a role counts."""

    transition: Transition
    do: Do
    own: str = "Kalmthout"
    late: bool = False


def application_in(state: str) -> Application:
    """The application of Kalmthout in a state, with what belongs to it."""
    made = make_application(make_call(), "Kalmthout", {5: (1, 10)}, state=state)
    line = made.lines.get()
    with audit.recording(by=BY) as log:
        if state != ApplicationState.DRAFT:
            found = log.create(Assessment(application=made, summary="Goed."), verb="test.assessment")
            log.create(LineAdvice(assessment=found, line=line, advice="grant"), verb="test.advice")
        if state == ApplicationState.QUESTIONED:
            asked = Question(
                application=made, number=1, text="Klopt dit?", due_on=AFTER.date() + timedelta(days=7), asked_at=AFTER
            )
            log.create(asked, verb="test.question")
    return made


def save(application: Application, by: Actor) -> Any:
    typed = form.Typed({"contact_name": "Nieuw"}, {"contact_name": "Ans Aanvraag"}, application.revision)
    return form.save_form(application, typed, by=by)


def ask(application: Application, by: Actor) -> Any:
    due = timezone.localdate() + timedelta(days=7)
    return questions.ask(application, "Klopt dit?", [], due_on=due, by=by)


APPLICATION = [
    Try(states.SAVE, save),
    Try(states.SUBMIT, lambda it, by: submission.submit(it, revision=it.revision, by=by)),
    Try(states.REOPEN, lambda it, by: submission.reopen(it, by=by)),
    Try(states.CANCEL, lambda it, by: submission.cancel(it, by=by)),
    Try(states.WITHDRAW, lambda it, by: submission.withdraw(it, "Geen tijd.", by=by), late=True),
    Try(states.ASSESS, lambda it, by: assessment.begin(it, by=by), late=True),
    Try(states.ASK, ask, late=True),
    Try(states.ANSWER, lambda it, by: questions.answer(it, "Ja.", by=by), late=True),
    Try(states.RECALL, lambda it, by: questions.recall(it, by=by), late=True),
    Try(states.ADVISE, lambda it, by: assessment.advise(it, by=by), late=True),
    Try(states.RECONSIDER, lambda it, by: assessment.reconsider(it, by=by), late=True),
]


def member_in(state: str) -> Member:
    """The membership of Essen in a draft of Kalmthout."""
    made = make_application(make_call(), "Kalmthout", {5: (1, 10)})
    with audit.recording(by=BY) as log:
        invited = Member(application=made, organisation=government("Essen"), state=state, invited_at=DURING)
        return log.create(invited, verb="test.member")


MEMBER = [
    Try(states.INVITE, lambda it, by: members.invite(it.application, it.organisation, by=by)),
    Try(states.ACCEPT, lambda it, by: members.accept(it, by=by), own="Essen"),
    Try(states.DECLINE, lambda it, by: members.decline(it, "Geen tijd.", by=by), own="Essen"),
    Try(states.RELEASE, lambda it, by: members.release(it, by=by)),
]


def amendment_in(state: str) -> Amendment:
    """A request of Gent after its decision."""
    application = published().decisions.get(application__applicant__name="Gent").application
    change = {"field": "contact_name", "label": "Contact", "before": "Ans Aanvraag", "after": "Bo"}
    with audit.recording(by=BY) as log:
        asked = Amendment(application=application, number=1, state=state, reason="Opvolging.", changes=[change])
        asked.requested_at = DURING
        asked.checked_at = DURING if state == AmendmentState.CHECKED else None
        return log.create(asked, verb="test.amendment")


AMENDMENT = [
    Try(states.CHECK_AMENDMENT, lambda it, by: amendments.check_amendment(it, by=by), own="Gent"),
    Try(states.ACCEPT_AMENDMENT, lambda it, by: amendments.accept_amendment(it, by=by), own="Gent"),
    Try(states.REFUSE_AMENDMENT, lambda it, by: amendments.refuse_amendment(it, "Nee.", by=by), own="Gent"),
    Try(states.WITHDRAW_AMENDMENT, lambda it, by: amendments.withdraw_amendment(it, by=by), own="Gent"),
]

MAKE: dict[str, Callable[[str], models.Model]] = {
    "application": application_in,
    "member": member_in,
    "amendment": amendment_in,
}
MOMENTS: dict[str, dict[str, Any]] = {"application": {"submitted_at": DURING}, "amendment": {"checked_at": DURING}}
KINDS: dict[str, tuple[list[Try], type[models.TextChoices]]] = {
    "application": (APPLICATION, ApplicationState),
    "member": (MEMBER, MemberState),
    "amendment": (AMENDMENT, AmendmentState),
}
TRIES = [(kind, one) for kind, (tries, _states) in KINDS.items() for one in tries]
FIRST = {state: place for place, state in enumerate([*ApplicationState, *MemberState, *AmendmentState])}


def first_state(one: Try) -> str:
    """A state in which it may be done."""
    return min(one.transition.before - {NOTHING}, key=lambda state: FIRST[state])


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(DURING, tick=False) as found:
        yield found


def allowed(one: Try) -> Iterable[Role]:
    return sorted(one.transition.roles)


@pytest.mark.parametrize(
    ("kind", "one", "role"),
    [pytest.param(kind, one, role, id=f"{kind}-{one.transition.name}-{role}") for kind, one in TRIES
     for role in allowed(one)],
)  # fmt: skip
def test_who_may_does(clock: time_machine.Traveller, kind: str, one: Try, role: Role) -> None:
    thing: Any = MAKE[kind](first_state(one))
    by = person(role, one.own if role in GOVERNMENT_ROLES else AGENCY)
    if one.late:
        clock.move_to(AFTER)
    one.do(thing, by)
    thing.refresh_from_db()
    assert thing.state == one.transition.after


@pytest.mark.parametrize(
    ("kind", "one"), [pytest.param(kind, one, id=f"{kind}-{one.transition.name}") for kind, one in TRIES]
)
def test_nobody_else_does(clock: time_machine.Traveller, kind: str, one: Try) -> None:
    """Every other role for the same government, and every role of governments for another one."""
    thing: Any = MAKE[kind](first_state(one))
    strangers = [person(role, "Brugge") for role in sorted(GOVERNMENT_ROLES)]
    others = [person(role, one.own if role in GOVERNMENT_ROLES else AGENCY)
              for role in Role if role not in one.transition.roles]  # fmt: skip
    if one.late:
        clock.move_to(AFTER)
    for by in [*strangers, *others, Actor()]:
        with pytest.raises(PermissionDenied), transaction.atomic():
            one.do(thing, by)
    thing.refresh_from_db()
    assert thing.state == first_state(one)


@pytest.mark.parametrize(
    ("kind", "one"), [pytest.param(kind, one, id=f"{kind}-{one.transition.name}") for kind, one in TRIES]
)
def test_not_in_another_state(clock: time_machine.Traveller, kind: str, one: Try) -> None:
    thing: Any = MAKE[kind](first_state(one))
    role = min(one.transition.roles)
    by = person(role, one.own if role in GOVERNMENT_ROLES else AGENCY)
    if one.late:
        clock.move_to(AFTER)
    for state in KINDS[kind][1]:
        if state in one.transition.before:
            continue
        values = MOMENTS.get(kind, {})
        with audit.recording(by=BY) as log:
            log.change(thing, verb="test.state", state=state, **values)
        with pytest.raises(ValidationError), transaction.atomic():
            one.do(thing, by)
        thing.refresh_from_db()
        assert thing.state == state


@pytest.mark.parametrize("role", list(Role))
def test_who_begins_an_application(role: Role) -> None:
    call = make_call()
    by = person(role, "Kalmthout" if role in GOVERNMENT_ROLES else AGENCY)
    if role in states.START.roles:
        assert formstart.start_application(call, government("Kalmthout"), by=by).state == states.START.after
        by = person(role, "Brugge")
    with pytest.raises(PermissionDenied):
        formstart.start_application(call, government("Kalmthout"), by=by)


@pytest.mark.parametrize("role", list(Role))
def test_who_asks_a_change(role: Role) -> None:
    application = published().decisions.get(application__applicant__name="Gent").application
    by = person(role, "Gent" if role in GOVERNMENT_ROLES else AGENCY)
    if role in states.REQUEST.roles:
        made = amendments.request_amendment(application, Asked({"contact_name": "Bo"}, "Opvolging."), by=by)
        assert made.state == states.REQUEST.after
        by = person(role, "Brugge")
    with pytest.raises(PermissionDenied):
        amendments.request_amendment(application, Asked({"contact_name": "Ca"}, "Opvolging."), by=by)


def test_every_transition_is_tried() -> None:
    tried = {one.transition for _kind, one in TRIES} | {states.START, states.REQUEST, states.DECIDE}
    assert tried == {*states.APPLICATION, *states.MEMBER, *states.AMENDMENT}

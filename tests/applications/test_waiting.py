"""What waits for each role, from the first invitation to the payment; nothing when nothing waits."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.roles import Role
from draad.accounts.waiting import waiting_for
from draad.applications.actions.decisions import prepare_decisions, publish_decisions, sign
from draad.applications.actions.desk import choose_scenario, propose_scenario
from draad.applications.actions.payments import make_order
from draad.applications.models import (
    Amendment,
    Application,
    ApplicationState,
    Assessment,
    Call,
    DecisionListState,
    Member,
    MemberState,
    Question,
)
from draad.applications.queries.payments import planned_payments
from draad.methods.allocation import Rule
from tests.applications.deciding import SECOND
from tests.applications.desks import advised, kept, manager, three_towns
from tests.applications.making import BY, CLOSES, DURING, government, make_application, make_call, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def call() -> Call:
    return make_call()


def told(who: Actor) -> list[str]:
    return [one.sentence.replace("\u00a0", " ") for one in waiting_for(who)]


def during() -> Any:
    return time_machine.travel(DURING, tick=False)


def client_of(who: Actor) -> Client:
    client = Client()
    assert who.user is not None
    client.force_login(who.user, backend="draad.accounts.backend.AccountBackend")
    return client


def words(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def asked(application: Application) -> None:
    """An open question about an application."""
    with audit.recording(by=BY) as log:
        log.change(application, verb="test.ask", state=ApplicationState.QUESTIONED)
        question = Question(
            application=application,
            number=1,
            text="Hoeveel?",
            due_on=CLOSES.date() + timedelta(days=9),
            asked_at=CLOSES,
        )
        log.create(question, verb="test.ask")


def assigned(application: Application, to: Actor | None) -> None:
    with audit.recording(by=BY) as log:
        log.create(Assessment(application=application, assessor=to.user if to else None), verb="test.assign")


# governments --------------------------------------------------------------------------------------------------------
def test_a_draft_waits_while_the_call_is_open(call: Call) -> None:
    make_application(call, "Gent", {5: (1, 10)})
    make_application(call, "Brugge", {5: (1, 10)})
    editor = person(Role.GOVERNMENT_EDITOR, "Gent")
    with during():
        (one,) = waiting_for(editor)
        assert one.sentence == "Aanvraag 1 van Gent voor Plan Samenleven, ronde 1 is nog niet ingediend."
        assert (one.before, one.when) == (CLOSES, "tot en met 1 juli 2022")
        assert one.address == f"/aanvragen/{Application.objects.get(applicant__name='Gent').pk}/"
    assert told(editor) == [], "the call is closed"


def test_an_invitation_waits_for_who_approves(call: Call) -> None:
    application = make_application(call, "Aalst", {5: (1, 10)})
    with audit.recording(by=BY) as log:
        member = Member(
            application=application, organisation=government("Gent"), state=MemberState.INVITED, invited_at=DURING
        )
        log.create(member, verb="test.invite")
    with during():
        assert told(person(Role.GOVERNMENT_APPROVER, "Gent")) == [
            "Aalst nodigt Gent uit om samen in te dienen voor Plan Samenleven, ronde 1."
        ]
        assert told(person(Role.GOVERNMENT_EDITOR, "Gent")) == [
            "Aalst nodigt Gent uit om samen in te dienen voor Plan Samenleven, ronde 1. Wie goedkeurt, antwoordt."
        ]
        assert told(person(Role.GOVERNMENT_APPROVER, "Brugge")) == []


def test_a_question_waits_for_the_applicant_until_its_day(call: Call) -> None:
    asked(make_application(call, "Gent", {5: (1, 10)}, state=ApplicationState.SUBMITTED, members=("Aalst",)))
    (one,) = waiting_for(person(Role.GOVERNMENT_EDITOR, "Gent"))
    assert one.sentence == "Een beoordelaar stelt een vraag over aanvraag 1 voor Plan Samenleven, ronde 1."
    assert one.when == "tot en met 10 juli 2022"
    assert told(person(Role.GOVERNMENT_EDITOR, "Aalst")) == [], "the applicant answers"


# the agency ---------------------------------------------------------------------------------------------------------
def test_an_assessor_hears_of_their_own_and_a_manager_of_those_without(call: Call) -> None:
    bas, els = person(Role.ASSESSOR), person(Role.ASSESSOR, mark="-two")
    for name, who in (("Gent", bas), ("Aalst", bas), ("Brugge", None)):
        assigned(make_application(call, name, {5: (1, 10)}, state=ApplicationState.SUBMITTED), who)
    with during():
        assert told(bas) == [], "before the call closes an applicant may still change everything"
    assert told(bas) == ["2 aanvragen voor Plan Samenleven, ronde 1 wachten op uw beoordeling."]
    assert told(els) == []
    assert told(manager()) == ["1 aanvraag voor Plan Samenleven, ronde 1 heeft nog geen beoordelaar."]


def test_from_distribution_to_payment_each_step_waits_for_who_can_take_it(call: Call) -> None:
    one, two = manager(), manager(SECOND)
    three_towns(call)
    assert told(one) == []
    scenario = propose_scenario(kept(call, Rule.PRIORITY, "40000.00"), "Prioriteiten gelden.", by=one)
    assert told(one) == [], "who put it forward does not approve it"
    assert told(two) == ["De verdeling “priority” van Plan Samenleven, ronde 1 wacht op uw goedkeuring."]
    scenario = choose_scenario(scenario, by=two)
    assert "de beslissingen zijn nog niet voorbereid" in told(one)[0]
    listed = prepare_decisions(scenario, by=one)
    sentence = "De beslissingen van lijst 1 van Plan Samenleven, ronde 1 wachten op uw handtekening."
    assert told(one) == told(two) == [sentence]
    sign(listed, revision=0, by=one)
    assert (told(one), told(two)) == ([], [sentence])
    listed = sign(listed, revision=0, by=two)
    assert listed.state == DecisionListState.SIGNED
    assert (
        told(one) == told(two) == ["De brieven van lijst 1 van Plan Samenleven, ronde 1 zijn nog niet bekendgemaakt."]
    )
    publish_decisions(listed, by=one)
    assert told(one) == ["3 betalingen voor Plan Samenleven, ronde 1 staan klaar: € 32.000."]
    ready = planned_payments(call)
    total = sum(payment.amount for payment in ready)
    make_order(call, [p.pk for p in ready], execute_on=timezone.localdate(), seen=(3, total), by=one)  # type: ignore[arg-type]  # amounts add up to one
    assert told(one) == [
        "Betaalopdracht 1 voor Plan Samenleven, ronde 1: van 3 betalingen is nog niet gemeld wat ze werden."
    ]


def test_a_request_after_the_decision_waits_for_a_manager(call: Call) -> None:
    application = advised(call, "Gent", state=ApplicationState.DECIDED)
    with audit.recording(by=BY) as log:
        request = Amendment(application=application, number=1, reason="Verhuisd.", changes=[], requested_at=CLOSES)
        log.create(request, verb="test.request")
    assert told(manager()) == ["Gent vraagt een wijziging na de beslissing over Plan Samenleven, ronde 1."]


@pytest.mark.parametrize("role", [Role.READER, Role.PLAN_COORDINATOR, Role.EVALUATOR, Role.SUPPORT_OFFICER])
def test_nothing_of_this_waits_for_others(call: Call, role: Role) -> None:
    assigned(make_application(call, "Gent", {5: (1, 10)}, state=ApplicationState.SUBMITTED), None)
    assert told(person(role)) == []


# pages --------------------------------------------------------------------------------------------------------------
def test_it_stands_in_the_workspace_and_among_the_own_applications() -> None:
    make_application(make_call(example=True), "Gent", {5: (1, 10)})
    client = client_of(person(Role.GOVERNMENT_APPROVER, "Gent"))
    with during():
        for address in ("/beheer/", reverse("applications:mine")):
            page = words(client.get(address))
            assert "Dit wacht op u" in page, address
            assert "is nog niet ingediend. voorbeeld Vul aan" in page, "example data says so"
            assert "tot en met 1 juli 2022" in page
        assert "is not submitted yet" in words(client.get("/en/beheer/"))
        assert 'href="/beheer/"' in client.get("/").content.decode()
        assert "Wat op u wacht" not in words(Client().get("/"))
    assert "Dit wacht op u" not in words(client.get("/beheer/")), "nothing when nothing waits"


def test_it_takes_few_queries_however_much_waits(call: Call, django_assert_max_num_queries: Any) -> None:
    three_towns(call)
    for place, name in enumerate(("Ieper", "Genk", "Hasselt", "Leuven"), start=1):
        assigned(make_application(call, name, {5: (place, 10)}, state=ApplicationState.SUBMITTED), None)
    scenario = kept(call, Rule.PRIORITY, "40000.00")
    with audit.recording(by=BY) as log:
        log.change(scenario, verb="test.propose", state="proposed", reason="x", proposed_at=CLOSES)
    client = client_of(manager())
    client.get("/beheer/")
    with django_assert_max_num_queries(15):
        page = words(client.get("/beheer/"))
    assert "wacht op uw goedkeuring" in page
    assert "4 aanvragen" in page

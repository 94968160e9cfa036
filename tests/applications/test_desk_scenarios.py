"""Scenarios: every transition for every role and state, four eyes, one put forward, and what makes one outdated."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.models import AuditEvent
from draad.accounts.roles import Role
from draad.accounts.transitions import NOTHING, Transition
from draad.applications.actions.desk import (
    choose_scenario,
    drop_scenario,
    keep_scenario,
    propose_scenario,
    take_back_scenario,
)
from draad.applications.models import (
    Advice,
    ApplicationState,
    Call,
    DecisionList,
    DecisionListState,
    Extension,
    Incentive,
    Scenario,
    ScenarioAward,
    ScenarioState,
)
from draad.applications.policies.desk import is_outdated
from draad.applications.queries.desk_claims import desk_of
from draad.applications.states import CHOOSE, DROP, KEEP, PROPOSE, SCENARIO, TAKE_BACK
from tests.applications.desks import advise, advised, kept, manager, plan, three_towns
from tests.applications.making import BY, CLOSES, make_call, person

pytestmark = pytest.mark.django_db
REASON = "De oproep kondigde dit aan."


@pytest.fixture
def call() -> Call:
    made = make_call()
    three_towns(made)
    return made


@pytest.fixture
def scenario(call: Call) -> Scenario:
    return kept(call)


def brought_to(scenario: Scenario, state: str) -> Scenario:
    """The scenario in that state, put forward by one manager and approved by another."""
    if state != ScenarioState.KEPT:
        scenario = propose_scenario(scenario, REASON, by=manager("voorlegger"))
    if state == ScenarioState.CHOSEN:
        scenario = choose_scenario(scenario, by=manager("goedkeurder"))
    return scenario


DO: dict[Transition, Callable[[Scenario, Actor], object]] = {
    KEEP: lambda scenario, by: keep_scenario(scenario.call, plan(), by=by),
    DROP: lambda scenario, by: drop_scenario(scenario, by=by),
    PROPOSE: lambda scenario, by: propose_scenario(scenario, REASON, by=by),
    TAKE_BACK: lambda scenario, by: take_back_scenario(scenario, REASON, by=by),
    CHOOSE: lambda scenario, by: choose_scenario(scenario, by=by),
}


def test_every_transition_is_tried() -> None:
    assert set(DO) == set(SCENARIO)


@pytest.mark.parametrize("transition", SCENARIO, ids=lambda transition: transition.name)
@pytest.mark.parametrize("role", Role)
def test_only_who_may_passes(call: Call, scenario: Scenario, role: Role, transition: Transition) -> None:
    before = next(iter(transition.before - {NOTHING}), ScenarioState.KEPT)
    brought_to(scenario, before)
    by = person(role, mark="proef")
    if role in transition.roles:
        DO[transition](scenario, by)
        assert Scenario.objects.filter(call=call, state=transition.after or ScenarioState.KEPT).exists() or (
            transition is DROP
        )
    else:
        count = AuditEvent.objects.count()
        with pytest.raises(PermissionDenied):
            DO[transition](scenario, by)
        assert AuditEvent.objects.count() == count


@pytest.mark.parametrize(
    ("transition", "state"),
    [(t, state) for t in SCENARIO if t is not KEEP for state in ScenarioState if state not in t.before],
    ids=str,
)
def test_a_state_that_does_not_allow_it_refuses(scenario: Scenario, transition: Transition, state: str) -> None:
    found = brought_to(scenario, state)
    with pytest.raises(ValidationError, match="kan niet: de toestand is nu"):
        DO[transition](found, manager("proef"))
    assert Scenario.objects.get(pk=scenario.pk).state == state


def test_the_whole_way_leaves_who_when_and_why(scenario: Scenario) -> None:
    with time_machine.travel(CLOSES + timedelta(days=3), tick=False):
        propose_scenario(scenario, f"  {REASON} ", by=manager("een"))
    with time_machine.travel(CLOSES + timedelta(days=4), tick=False):
        found = choose_scenario(scenario, by=manager("twee"))
    assert (found.state, found.reason) == (ScenarioState.CHOSEN, REASON)
    assert found.proposed_at == CLOSES + timedelta(days=3)
    assert found.chosen_at == CLOSES + timedelta(days=4)
    assert found.proposed_by != found.chosen_by
    verbs = AuditEvent.objects.filter(object_type="applications.scenario").order_by("number")
    told = [(KEEP.verb, ""), (PROPOSE.verb, REASON), (CHOOSE.verb, "")]
    assert list(verbs.values_list("verb", "reason")) == told


def test_who_puts_forward_does_not_approve(scenario: Scenario) -> None:
    propose_scenario(scenario, REASON, by=manager())
    with pytest.raises(PermissionDenied, match="Iemand anders"):
        choose_scenario(scenario, by=manager())
    assert Scenario.objects.get(pk=scenario.pk).state == ScenarioState.PROPOSED


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_putting_forward_and_taking_back_need_a_reason(scenario: Scenario, reason: str) -> None:
    with pytest.raises(ValidationError, match="waarom"):
        propose_scenario(scenario, reason, by=manager())
    propose_scenario(scenario, REASON, by=manager())
    with pytest.raises(ValidationError, match="waarom"):
        take_back_scenario(scenario, reason, by=manager())


def test_taking_back_keeps_the_scenario_and_tells_why_in_the_audit(scenario: Scenario) -> None:
    brought_to(scenario, ScenarioState.CHOSEN)
    found = take_back_scenario(scenario, "Er is een fout in een advies.", by=manager())
    assert (found.state, found.proposed_by, found.proposed_at, found.chosen_by, found.chosen_at) == (
        ScenarioState.KEPT, None, None, None, None,
    )  # fmt: skip
    assert AuditEvent.objects.latest("number").reason == "Er is een fout in een advies."
    assert propose_scenario(scenario, REASON, by=manager()).state == ScenarioState.PROPOSED


def test_only_one_is_put_forward(call: Call, scenario: Scenario) -> None:
    propose_scenario(scenario, REASON, by=manager())
    other = kept(call, envelope="6000.00")
    with pytest.raises(ValidationError, match="is al voorgelegd"):
        propose_scenario(other, REASON, by=manager())


def test_the_database_too_holds_only_one_put_forward(call: Call, scenario: Scenario) -> None:
    propose_scenario(scenario, REASON, by=manager())
    other = kept(call)
    with pytest.raises(IntegrityError), transaction.atomic(), audit.recording(by=BY) as log:
        log.change(other, verb="test.change", state=ScenarioState.PROPOSED, reason=REASON)


def test_dropping_takes_the_awards_along(scenario: Scenario) -> None:
    drop_scenario(scenario, by=manager())
    assert not ScenarioAward.objects.exists()
    event = AuditEvent.objects.latest("number")
    assert (event.verb, event.before["name"]) == (DROP.verb, scenario.name)


def withdraw(call: Call) -> None:
    application = call.applications.get(applicant__name="Brugge")
    with audit.recording(by=BY) as log:
        log.change(application, verb="test.withdraw", state=ApplicationState.WITHDRAWN)


def ask_more(call: Call) -> None:
    line = call.applications.get(applicant__name="Brugge").lines.get()
    with audit.recording(by=BY) as log:
        log.change(line, verb="test.change", amount=line.amount + 1)


def advise_less(call: Call) -> None:
    advise(call.applications.get(applicant__name="Brugge"), 7, Advice.PARTLY, 3)


def add(call: Call) -> None:
    advised(call, "Hasselt")


def ask_an_incentive(call: Call) -> None:
    application = call.applications.get(applicant__name="Brugge")
    with audit.recording(by=BY) as log:
        asked = Incentive(
            application=application, kind="cooperation", organisation=application.applicant, amount=Decimal(10_000)
        )
        log.create(asked, verb="test.incentive")


def exclude(call: Call) -> None:
    word = call.applications.get(applicant__name="Brugge").eligibility_decision
    with audit.recording(by=BY) as log:
        log.change(word, verb="test.change", eligible=False)


@pytest.mark.parametrize("change", [withdraw, ask_more, advise_less, add, ask_an_incentive, exclude])
def test_a_change_of_the_claims_makes_a_scenario_outdated(
    call: Call, scenario: Scenario, change: Callable[[Call], None]
) -> None:
    assert not is_outdated(scenario, desk_of(call.pk))
    change(call)
    assert is_outdated(scenario, desk_of(call.pk))
    with pytest.raises(ValidationError, match="Maak de verdeling opnieuw"):
        propose_scenario(scenario, REASON, by=manager())


def test_what_does_not_touch_the_claims_leaves_a_scenario_as_it_is(call: Call, scenario: Scenario) -> None:
    with audit.recording(by=BY) as log:
        application = call.applications.first()
        log.change(application, verb="test.change", contact_name="Iemand anders")
        log.change(application, verb="test.decide", state=ApplicationState.DECIDED)
    assert not is_outdated(scenario, desk_of(call.pk))


def test_a_change_after_putting_forward_keeps_the_second_person_from_approving(call: Call, scenario: Scenario) -> None:
    propose_scenario(scenario, REASON, by=manager("een"))
    withdraw(call)
    with pytest.raises(ValidationError, match="gewijzigd"):
        choose_scenario(scenario, by=manager("twee"))
    assert take_back_scenario(scenario, REASON, by=manager("twee")).state == ScenarioState.KEPT


@pytest.mark.parametrize(
    "state", [ApplicationState.SUBMITTED, ApplicationState.ASSESSMENT, ApplicationState.QUESTIONED]
)
def test_an_advice_that_is_not_ready_counts_but_keeps_from_putting_forward(call: Call, state: str) -> None:
    advised(call, "Hasselt", state=state)
    scenario = kept(call)
    assert desk_of(call.pk).claimed == Decimal("57000.00")
    with pytest.raises(ValidationError, match="advies over 1 aanvraag is nog niet klaar"):
        propose_scenario(scenario, REASON, by=manager())


def test_who_is_not_yet_judged_does_not_count_and_keeps_from_putting_forward(call: Call) -> None:
    advised(call, "Hasselt", eligible=None)
    advised(call, "Genk", eligible=False)
    desk = desk_of(call.pk)
    assert [a.applicant for a in desk.undecided] == ["Hasselt"]
    assert [a.applicant for a in desk.ineligible] == ["Genk"]
    assert desk.claimed == Decimal("44500.00")
    with pytest.raises(ValidationError, match="Van 1 aanvraag is nog niet beslist"):
        propose_scenario(kept(call), REASON, by=manager())


@pytest.mark.parametrize("state", [ApplicationState.DRAFT, ApplicationState.CANCELLED, ApplicationState.WITHDRAWN])
def test_what_was_not_handed_in_or_taken_back_is_no_claim(call: Call, state: str) -> None:
    advised(call, "Hasselt", state=state)
    assert desk_of(call.pk).claimed == Decimal("44500.00")


def test_dividing_waits_until_the_call_is_closed_for_everybody(call: Call) -> None:
    with time_machine.travel(CLOSES - timedelta(seconds=1)), pytest.raises(ValidationError, match="nog niet voor"):
        keep_scenario(call, plan(), by=manager())
    with audit.recording(by=BY) as log:
        later = Extension(
            call=call, organisation=person(Role.GOVERNMENT_EDITOR, "Gent").user.memberships.get().organisation,
            closes_at=CLOSES + timedelta(days=2), reason="test", created_at=CLOSES,
        )  # fmt: skip
        log.create(later, verb="test.extension")
    with time_machine.travel(CLOSES), pytest.raises(ValidationError, match="4 juli 2022"):
        keep_scenario(call, plan(), by=manager())
    with time_machine.travel(CLOSES + timedelta(days=2)):
        assert keep_scenario(call, plan(), by=manager()).number == 1


def decided(call: Call, scenario: Scenario, state: str) -> None:
    with audit.recording(by=BY) as log:
        made = DecisionList(
            call=call, scenario=scenario, number=1, state=state, prepared_at=CLOSES, granted=scenario.granted,
            published_at=timezone.now() if state == DecisionListState.PUBLISHED else None,
        )  # fmt: skip
        log.create(made, verb="test.list")


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (DecisionListState.PREPARED, "Laat die eerst vervallen"),
        (DecisionListState.SIGNED, "Laat die eerst vervallen"),
        (DecisionListState.PUBLISHED, "al bekendgemaakt"),
    ],
)
def test_what_decisions_are_made_from_is_not_taken_back(
    call: Call, scenario: Scenario, state: str, words: str
) -> None:
    brought_to(scenario, ScenarioState.CHOSEN)
    decided(call, scenario, state)
    with pytest.raises(ValidationError, match=words):
        take_back_scenario(scenario, REASON, by=manager())


def test_a_list_that_lapsed_lets_the_scenario_go_but_not_vanish(call: Call, scenario: Scenario) -> None:
    brought_to(scenario, ScenarioState.CHOSEN)
    decided(call, scenario, DecisionListState.DISCARDED)
    take_back_scenario(scenario, REASON, by=manager())
    with pytest.raises(ValidationError, match="blijft bewaard"):
        drop_scenario(scenario, by=manager())


def test_after_the_decisions_nothing_is_put_forward_any_more(call: Call, scenario: Scenario) -> None:
    decided(call, scenario, DecisionListState.PUBLISHED)
    with pytest.raises(ValidationError, match="al bekendgemaakt"):
        propose_scenario(kept(call), REASON, by=manager())

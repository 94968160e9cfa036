"""Choosing a scenario at the desk by clicking: putting forward, approving, taking back, dropping."""

from __future__ import annotations

import pytest
from django.test import Client

from draad.accounts import audit
from draad.applications.actions.desk import choose_scenario, propose_scenario
from draad.applications.models import ApplicationState, Call, DecisionList, Scenario, ScenarioState
from tests.applications.desks import (
    DESK,
    REASON,
    advised,
    kept,
    manager,
    short_call,
    text,
    three,
)
from tests.applications.making import BY, CLOSES, enter

pytestmark = pytest.mark.django_db


@pytest.fixture
def call() -> Call:
    return short_call()


@pytest.fixture
def client() -> Client:
    return enter(manager())


def test_putting_forward_and_approving_by_clicking(call: Call, client: Client) -> None:
    three(call)
    assert "Kies een verdeling" in text(client.get(DESK))
    response = client.post(f"{DESK}voorleggen/", {"scenario": "2", "reason": REASON}, follow=True)
    seen = text(response)
    assert "De verdeling is voorgelegd." in seen
    assert "U legde deze verdeling voor. Iemand anders keurt ze goed." in seen
    assert "Keur de verdeling goed" not in seen
    refused = client.post(f"{DESK}2/goedkeuren/")
    assert refused.status_code == 422
    assert "Iemand anders keurt ze goed" in text(refused)
    second = enter(manager("tweede"))
    assert "Keur de verdeling goed" in text(second.get(DESK))
    seen = text(second.post(f"{DESK}2/goedkeuren/", follow=True))
    assert "De verdeling is gekozen." in seen
    assert REASON in seen
    history = text(second.get(f"{DESK}2/"))
    assert "De verdeling is gekozen." in history
    assert f"De verdeling is voorgelegd. Reden: {REASON}" in history


def test_a_refused_proposal_keeps_what_was_typed_and_what_was_compared(call: Call, client: Client) -> None:
    three(call)
    advised(call, "Hasselt")
    response = client.post(f"{DESK}voorleggen/?verdeling=1&verdeling=2", {"scenario": "2", "reason": "Mijn reden"})
    assert response.status_code == 422
    seen = text(response)
    assert "Maak de verdeling opnieuw" in seen
    assert [s.number for s in response.context["shown"]] == [1, 2]
    empty = client.post(f"{DESK}voorleggen/", {"scenario": "2", "reason": " "})
    assert empty.status_code == 422


def test_a_reason_that_is_missing_is_asked_with_the_same_scenario_picked(call: Call, client: Client) -> None:
    three(call)
    response = client.post(f"{DESK}voorleggen/", {"scenario": "2", "reason": " "})
    assert response.status_code == 422
    assert "Schrijf waarom." in text(response)
    assert 'value="2" id="r2" form="keuze" checked' in response.content.decode()


@pytest.mark.parametrize("scenario", ["", "x", "99"])
def test_a_scenario_that_is_not_there_is_asked_for_and_the_reason_kept(
    call: Call, client: Client, scenario: str
) -> None:
    kept(call)
    response = client.post(f"{DESK}voorleggen/", {"scenario": scenario, "reason": REASON})
    assert response.status_code == 422
    assert "Duid de verdeling aan die u wilt voorleggen." in text(response)
    assert f">{REASON}</textarea>" in response.content.decode()


def test_an_outdated_scenario_cannot_be_picked(call: Call, client: Client) -> None:
    kept(call)
    advised(call, "Hasselt")
    response = client.get(DESK)
    assert "verouderd" in text(response)
    assert "Maak ze opnieuw" in text(response)
    assert 'name="scenario"' not in response.content.decode()
    assert "Ze kan niet meer worden voorgelegd" in text(client.get(f"{DESK}1/"))


def test_an_outdated_scenario_still_shows_what_was_taken_back_since(call: Call, client: Client) -> None:
    kept(call, envelope="22250.00")
    application = call.applications.get(applicant__name="Gent")
    with audit.recording(by=BY) as log:
        log.change(application, verb="test.reopen", state=ApplicationState.DRAFT)
        log.change(application.lines.first(), verb="test.change", amount=None, planned=None)
    assert "Gent" in text(client.get(f"{DESK}aanvragers/"))
    assert "Gent" not in text(client.get(f"{DESK}vragen/"))
    assert "€ 22.250,00" in text(client.get(DESK))


def test_taking_back_by_clicking(call: Call, client: Client) -> None:
    scenario = three(call)[0]
    choose_scenario(propose_scenario(scenario, REASON, by=manager("een")), by=manager("twee"))
    refused = client.post(f"{DESK}1/terugnemen/", {"reason": ""})
    assert refused.status_code == 422
    seen = text(client.post(f"{DESK}1/terugnemen/", {"reason": "Een fout."}, follow=True))
    assert "De verdeling is teruggenomen." in seen
    assert Scenario.objects.get(pk=scenario.pk).state == ScenarioState.KEPT
    assert "De verdeling is teruggenomen. Reden: Een fout." in text(client.get(f"{DESK}1/"))


def test_once_the_decisions_are_published_the_desk_only_shows(call: Call, client: Client) -> None:
    scenario = three(call)[0]
    choose_scenario(propose_scenario(scenario, REASON, by=manager("een")), by=manager("twee"))
    with audit.recording(by=BY) as log:
        made = DecisionList(
            call=call, scenario=scenario, number=1, state="published", prepared_at=CLOSES, published_at=CLOSES,
            granted=scenario.granted,
        )  # fmt: skip
        log.create(made, verb="test.list")
    page = client.get(DESK)
    assert "De beslissingen van deze ronde zijn al bekendgemaakt." in text(page)
    assert 'name="reason"' not in page.content.decode()


def test_what_the_system_put_forward_says_so(call: Call, client: Client) -> None:
    choose_scenario(propose_scenario(kept(call), REASON, by=BY), by=BY)
    assert "voorgelegd door Draad op" in text(client.get(DESK))


def test_dropping_by_clicking(call: Call, client: Client) -> None:
    scenario = three(call)[0]
    propose_scenario(scenario, REASON, by=manager())
    assert client.post(f"{DESK}1/verwijderen/").status_code == 422
    seen = text(client.post(f"{DESK}3/verwijderen/", follow=True))
    assert "De verdeling is verwijderd." in seen
    assert Scenario.objects.count() == 2


@pytest.mark.parametrize("step", ["voorleggen/", "1/goedkeuren/", "1/terugnemen/", "1/verwijderen/"])
def test_what_changes_something_is_a_post(call: Call, client: Client, step: str) -> None:
    kept(call)
    assert client.get(f"{DESK}{step}").status_code == 405

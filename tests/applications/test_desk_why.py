"""Why each line gets what it gets: in a scenario, on its pages, and in the dossier after the decision."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.roles import Role
from draad.applications.actions.decisions import prepare_decisions
from draad.applications.actions.desk import choose_scenario, propose_scenario
from draad.applications.models import Advice, Application, Call, Scenario, ScenarioAward
from draad.applications.queries.desk_why import why, whys
from draad.methods.allocation import Ground, Rule
from tests.applications.deciding import SECOND, published
from tests.applications.desks import UNMEASURED, advise, advised, kept, manager, three_towns
from tests.applications.making import BY, make_call, person

pytestmark = pytest.mark.django_db
DESK = "/verdeling/plan-samenleven/ronde-1/"


@pytest.fixture
def call() -> Call:
    return make_call()


def told(scenario: Scenario, applicant: str) -> list[str]:
    """The explanation of each line of an applicant, with ordinary spaces."""
    application = Application.objects.get(applicant__name=applicant)
    return [one.text.replace("\u00a0", " ") for one in whys(scenario, application.pk)]


def client_of(who: Actor) -> Client:
    client = Client()
    assert who.user is not None
    client.force_login(who.user, backend="draad.accounts.backend.AccountBackend")
    return client


def text(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).replace("\u00a0", " ").split())


def test_where_the_money_runs_out_is_told_with_both_amounts(call: Call) -> None:
    three_towns(call)
    scenario = kept(call, Rule.PRIORITY, "40000.00")
    assert told(scenario, "Gent") == [
        "Gevraagd € 6.000,00, prioriteit 1. Volledig toegekend.",
        "Gevraagd € 6.500,00, prioriteit 2. Het geld raakt hier op: € 2.000,00 voor € 6.500,00. "
        "Verdeeld naar verhouding: elke vraag krijgt 30,77 %.",
    ]
    assert told(scenario, "Brugge") == ["Gevraagd € 26.000,00, prioriteit 1. Volledig toegekend."]


def test_after_the_money_is_gone_nothing_is_left_for_later_priorities(call: Call) -> None:
    three_towns(call)
    scenario = kept(call, Rule.PRIORITY, "30000.00")
    assert told(scenario, "Gent")[1] == (
        "Gevraagd € 6.500,00, prioriteit 2. Het geld was op bij een eerdere prioriteit."
    )


@pytest.mark.parametrize(
    ("rule", "more", "says"),
    [
        (Rule.PROPORTIONAL, {}, "Verdeeld naar verhouding: elke vraag krijgt 50,00 %."),
        (Rule.EQUAL_AWARDS, {}, "Verdeeld volgens “gelijk tot aan de vraag”: elke vraag krijgt hoogstens € 5.562,50."),
        (Rule.EQUAL_LOSSES, {}, "elke vraag mist hoogstens"),
        (Rule.TALMUD, {}, "Verdeeld volgens “eerst de helft, dan gelijk verlies”"),
        (Rule.PROPORTIONAL, {"together": True}, "De lijnen van een aanvrager tellen daarbij samen."),
        (Rule.PROPORTIONAL, {"ceiling": Decimal("1000.00")}, "Een aanvrager krijgt in totaal hoogstens € 1.000,00."),
    ],
)
def test_every_rule_explains_itself(call: Call, rule: Rule, more: dict[str, Any], says: str) -> None:
    three_towns(call)
    lines = told(kept(call, rule, "22250.00", **more), "Gent")
    assert any(says in line for line in lines)
    assert all(line.startswith("Gevraagd €") for line in lines)


def test_what_the_advice_allows_is_told(call: Call) -> None:
    made = advised(call, "Gent", {5: (1, 100)})
    advise(made, 5, Advice.PARTLY, 40)
    assert told(kept(call, envelope="60000.00"), "Gent") == [
        "Gevraagd € 6.000,00, volgens het advies hoogstens € 2.400,00. Alles wat het advies toelaat, is toegekend."
    ]


def test_it_is_told_in_english_too(call: Call) -> None:
    three_towns(call)
    scenario = kept(call, Rule.PRIORITY, "40000.00")
    with translation.override("en"):
        assert told(scenario, "Gent")[1] == (
            "Asked €6,500.00, priority 2. The money runs out here: €2,000.00 for €6,500.00. "
            "Divided in proportion: every request receives 30.77%."
        )


@pytest.mark.parametrize("ground", list(Ground))
@pytest.mark.parametrize("rule", [Rule.PRIORITY, Rule.TALMUD])
def test_every_ground_has_words(ground: Ground, rule: Rule) -> None:
    level = {"priority": 1 if rule is Rule.PRIORITY else None, "reach": "part", "rule": "talmud", "losses": True,
             "value": "12.00", "asked": "100.00", "available": "50.00"}  # fmt: skip
    scenario = Scenario(rule=str(rule), parameters={"ceiling": "10.00"}, measures={"levels": [level]})
    award = ScenarioAward(claimed=Decimal(100), most=Decimal(80), amount=Decimal(50), priority=1, ground=ground)
    sentences = why(award, scenario)
    assert len(sentences) >= 2
    assert all(sentence.endswith(".") for sentence in sentences)


def test_a_scenario_from_before_says_that_it_does_not_know() -> None:
    award = ScenarioAward(claimed=Decimal(100), amount=Decimal(50))
    assert why(award, Scenario(rule="priority", measures={"levels": []})) == [
        "Deze verdeling is gemaakt voor Draad de uitleg per lijn bewaarde."
    ]


def test_the_explanation_stays_when_the_claims_change(call: Call) -> None:
    three_towns(call)
    scenario = kept(call, Rule.PRIORITY, "40000.00")
    before = told(scenario, "Gent")
    with audit.recording(by=BY) as log:
        line = Application.objects.get(applicant__name="Gent").lines.get(priority=2)
        log.change(line, verb="test.change", priority=1, amount=Decimal("1.00"))
    assert told(scenario, "Gent") == before


# pages ------------------------------------------------------------------------------------------------------------
def test_every_row_leads_to_why(call: Call) -> None:
    three_towns(call)
    kept(call, Rule.PRIORITY, "40000.00")
    client = client_of(person(Role.ASSESSOR))
    here = f"{DESK}1/waarom/1/"
    assert here in client.get(f"{DESK}1/").content.decode()
    assert here in client.get(f"{DESK}aanvragers/").content.decode()
    page = text(client.get(here))
    assert "Gent krijgt € 8.000" in page
    assert "Het geld raakt hier op: € 2.000,00 voor € 6.500,00." in page
    assert "The money runs out here: €2,000.00 for €6,500.00." in text(client.get(f"/en{here}"))


def test_an_application_that_does_not_count_has_no_such_page(call: Call) -> None:
    three_towns(call)
    kept(call)
    advised(call, "Ieper", eligible=False)
    client = client_of(manager())
    assert client.get(f"{DESK}1/waarom/4/").status_code == 404
    assert client.get(f"{DESK}1/waarom/99/").status_code == 404


def test_few_queries_whatever_the_lines(call: Call, django_assert_max_num_queries: Any) -> None:
    advised(call, "Gent", {5: (1, 100), 7: (2, 10), 9: (3, 10), 13: (4, 5)})
    kept(call)
    client = client_of(manager())
    client.get(f"{DESK}1/waarom/1/")
    with django_assert_max_num_queries(15):
        client.get(f"{DESK}1/waarom/1/")


def test_the_applicant_reads_it_once_the_decision_is_known(call: Call, django_assert_max_num_queries: Any) -> None:
    gent = client_of(person(Role.GOVERNMENT_EDITOR, "Gent"))
    three_towns(call)
    scenario = kept(call, Rule.PRIORITY, "40000.00")
    address = reverse("applications:dossier", args=[Application.objects.get(applicant__name="Gent").pk])
    assert "Hoe uw bedrag er kwam" not in text(gent.get(address)), "a scenario is not a decision"
    scenario = propose_scenario(scenario, "Prioriteiten gelden.", by=manager())
    listed = prepare_decisions(choose_scenario(scenario, by=manager(SECOND)), by=manager())
    assert "Hoe uw bedrag er kwam" not in text(gent.get(address)), "not published yet"
    published(listed)
    page = text(gent.get(address))
    assert "Hoe uw bedrag er kwam" in page
    assert "Het geld raakt hier op: € 2.000,00 voor € 6.500,00." in page
    assert "€ 26.000,00" not in page, "nothing of another applicant"
    with django_assert_max_num_queries(15):
        gent.get(address)


def test_the_database_refuses_a_scenario_that_was_not_measured(call: Call) -> None:
    three_towns(call)
    made = kept(call)
    for gone in UNMEASURED:
        lacking = {name: value for name, value in UNMEASURED.items() if name != gone}
        with audit.recording(by=BY) as log, pytest.raises(IntegrityError), transaction.atomic():
            log.change(made, verb="test.change", measures=lacking)


def test_what_is_kept_in_dutch_only_is_marked_on_an_english_page(call: Call) -> None:
    three_towns(call)
    kept(call, Rule.PRIORITY, "40000.00")
    client = client_of(manager())
    line = Application.objects.get(applicant__name="Brugge").lines.get().indicator
    label, action = escape(line.label), escape(str(line.terms.action))
    english = client.get(f"/en{DESK}1/").content.decode()
    assert f'<span lang="nl">{label}</span>' in english
    assert f'<span lang="nl">{action}</span>' in english
    assert f'<span lang="nl">{label}</span>' not in client.get(f"{DESK}1/").content.decode(), "no need on a Dutch page"
    assert f'<th scope="row" lang="nl">{action}' in client.get(f"/en{DESK}1/waarom/3/").content.decode()

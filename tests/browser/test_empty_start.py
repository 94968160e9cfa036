"""Round 1 of Plan Samenleven, from a database without any programme to the open call, by clicking alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from draad.datasets.facts import Fact, read
from draad.datasets.plan_samenleven.rules import rules
from draad.programmes.rules import AMOUNT, NAMES, RULES
from tests.browser.round_terms import stored
from tests.browser.site import said_by, served
from tests.browser.test_every_page import violations
from tests.browser.test_round_flow import press

PASSWORD = "een-eigen-wachtwoord-9"
CALL = {
    "introduction": "De eerste ronde.",
    "contact_name": "Team Samenleven",
    "contact_email": "team@example.org",
    "cofinancing_statement": "Het bestuur betaalt de andere helft.",
    "payer_name": "Agentschap",
    "payer_iban": "BE68 5390 0754 7034",
    "payer_bic": "TRIOBEBB",
}
PLAN = "/beheer/programmas/plan-samenleven/"


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site with governments, without a programme and without people."""
    with served(tmp_path_factory.mktemp("empty"), "--empty") as address:
        yield address


@pytest.fixture
def page(empty: str, browser: Browser) -> Iterator[Page]:
    """A page of somebody who has never been there."""
    context = browser.new_context(base_url=empty, locale="nl-BE")
    yield context.new_page()
    context.close()


def test_round_1_is_made_by_clicking(empty: str, page: Page) -> None:
    sign_in_for_the_first_time(page, empty)
    make_the_programme(page)
    make_the_round(page)
    choose_the_rules(page)
    publish_the_terms(page)
    open_the_call(page)
    assert stored(empty) == {"rules": _rules(), "terms": _terms()}


def sign_in_for_the_first_time(page: Page, site: str) -> None:
    """The first person is made on the command line, chooses a password, and is shown where to begin."""
    words = said_by(site, "create-administrator", "baas@example.org", "--name", "Bo Baas")
    page.goto(words.split()[-1])
    page.fill("input[name=password1]", PASSWORD)
    page.fill("input[name=password2]", PASSWORD)
    press(page, "Bewaar wachtwoord")
    page.goto("/account/login/")
    page.fill("input[name=login]", "baas@example.org")
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda address: "/account/login" not in address)
    page.goto("/")
    press(page, "Maak een programma")
    assert violations(page) == []


def make_the_programme(page: Page) -> None:
    """Seven objectives and 24 actions, each form leading to the next."""
    actions = read("actions")
    page.get_by_label("Naam", exact=True).fill("Plan Samenleven")
    page.get_by_label("Eigenaar").fill("Agentschap Binnenlands Bestuur (ABB)")
    press(page, "Maak het programma")
    press(page, "Voeg een doelstelling toe")
    for title in dict.fromkeys(fact["objective"] for fact in actions):
        page.get_by_label("Naam", exact=True).fill(title)
        press(page, "Bewaar en voeg er nog een toe")
    press(page, "Terug zonder te bewaren")
    press(page, "Voeg een actie toe")
    for fact in actions:
        page.get_by_label("Nummer", exact=True).fill(fact["number"])
        page.get_by_label("Naam", exact=True).fill(fact["title"])
        page.get_by_label("Doelstelling").select_option(label=f"{fact['objective_number']} {fact['objective']}")
        press(page, "Bewaar en voeg er nog een toe")
    assert violations(page) == []


def make_the_round(page: Page) -> None:
    """The project year, the budget and the days of the reports."""
    fact = read("rounds")[0]
    page.goto(PLAN)
    press(page, "Voeg een ronde toe")
    for name in ("starts_on", "ends_on", "midterm_due_on", "final_due_on"):
        page.locator(f"[name={name}]").fill(fact[name])
    page.get_by_label("Budget in euro").fill("16.000.000,00")
    press(page, "Bewaar")
    assert violations(page) == []


def choose_the_rules(page: Page) -> None:
    """Each rule of the sources with its values."""
    for key, parameters in _rules().items():
        page.goto(f"{PLAN}rondes/1/regels/{key}/")
        for name, value in parameters.items():
            box = page.locator(f"[name=p_{name}]")
            if box.evaluate("e => e.tagName") == "SELECT":
                box.select_option(value)
            else:
                box.fill(_typed(RULES[key].parameters[name], value))
        press(page, "Voeg de regel toe")
    assert violations(page) == []


def _typed(parameter: Any, value: Any) -> str:
    """A value as a person types it in Dutch."""
    if parameter == NAMES:
        return "\n".join(value)
    return str(value).replace(".", ",") if parameter == AMOUNT else str(value)


def publish_the_terms(page: Page) -> None:
    """The terms of every action: draft, look, publish."""
    for action in read("actions"):
        page.goto(f"/beheer/voorwaarden/plan-samenleven/{action['number']}/ronde-1/")
        press(page, "Schrijf een nieuwe versie")
        page.locator("[name=subsidised]").select_option("yes" if action["subsidised_round1"] == "1" else "no")
        for index, fact in enumerate(_lines(action["number"])):
            press(page, "Voeg een KPI-lijn toe")
            _fill_line(page, index, fact)
        page.get_by_label("Geldt vanaf").fill("2022-05-01")
        page.get_by_label("Bron van wat u wijzigt").fill("aanvraagformulier")
        page.get_by_label("Reden van deze versie").fill("Eerste versie.")
        press(page, "Bewaar en kijk na")
        press(page, "Publiceer")
    assert violations(page) == []


def _fill_line(page: Page, index: int, fact: Fact) -> None:
    page.locator(f"[name=lines-{index}-label]").fill(fact["indicator_nl"])
    page.locator(f"[name=lines-{index}-unit]").select_option(fact["unit_kind"])
    page.locator(f"[name=lines-{index}-counting]").select_option(fact["counting"])
    page.locator(f"[name=lines-{index}-unit_amount]").fill(fact["unit_amount_eur"])
    page.locator(f"[name=lines-{index}-max_units]").fill(fact["max_units"])


def open_the_call(page: Page) -> None:
    """The call is filled in and published; everybody reads that it is open."""
    page.goto(f"{PLAN}rondes/1/")
    press(page, "Begin de oproep")
    page.goto("/beheer/oproepen/plan-samenleven/ronde-1/")
    press(page, "Vul de oproep in")
    now = timezone.localtime()
    page.get_by_label("Opent op").fill((now - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M"))
    page.get_by_label("Sluit op").fill((now + timedelta(days=7)).strftime("%Y-%m-%dT%H:%M"))
    for name, words in CALL.items():
        page.locator(f"[name={name}]").fill(words)
    press(page, "Bewaar")
    press(page, "Publiceer de oproep")
    assert violations(page) == []
    page.goto("/oproepen/")
    expect(page.locator("main")).to_contain_text("Plan Samenleven")


def _rules() -> dict[str, Any]:
    return {rule.key: dict(rule.parameters) for rule in rules(read("programme_rules"), [1]) if rule.round == 1}


def _lines(action: str) -> list[Fact]:
    return [fact for fact in read("action_terms") if (fact["round"], fact["action_number"]) == ("1", action)]


def _terms() -> dict[str, Any]:
    return {
        action["number"]: {
            "subsidised": action["subsidised_round1"] == "1",
            "lines": [_line(fact) for fact in _lines(action["number"])],
        }
        for action in read("actions")
    }


def _line(fact: Fact) -> list[Any]:
    amount = str(Decimal(fact["unit_amount_eur"]).quantize(Decimal("0.01")))
    return [fact["indicator_nl"], fact["unit_kind"], fact["counting"], amount, int(fact["max_units"])]

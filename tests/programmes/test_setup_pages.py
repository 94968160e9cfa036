"""A manager sets up a programme by clicking, from an empty database to published terms; mistakes are explained."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from draad.accounts.freshness import look_again
from draad.accounts.roles import Role
from draad.organisations.models import Organisation
from draad.programmes.actions.drafts import DraftContent, change_draft
from draad.programmes.models import Action, ActionTerms, Knowledge, Objective, Programme, Round, RoundRule
from draad.programmes.protection import PUBLISHED_TERMS
from draad.programmes.queries import rule_values
from draad.programmes.rules import RULES, Rule
from draad.programmes.values import values_of
from tests.programmes.conftest import BY
from tests.programmes.test_rules import sample

pytestmark = pytest.mark.django_db
SignIn = Callable[[Role | None], Client]
SETUP = "/beheer/programmas/"
PLAN = f"{SETUP}plan-samenleven/"


@pytest.fixture
def empty(db: None) -> None:
    """A database without facts: every table emptied until the end of the test."""
    PUBLISHED_TERMS.lift("default")
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        for table in connection.introspection.django_table_names(only_existing=True):
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")
    connection.check_constraints()
    PUBLISHED_TERMS.protect("default")
    look_again()


@pytest.fixture
def manager(sign_in: SignIn) -> Client:
    return sign_in(Role.PROGRAMME_MANAGER)


def words(response: Any) -> str:
    """What the page says, in one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).replace("&nbsp;", " ").split())


def send(client: Client, address: str, **values: str) -> Any:
    """Fill in the form at an address as a browser would, and send it."""
    form = client.get(address).context["form"]
    given = {field.html_name: field.value() for field in form.hidden_fields() if field.value() is not None}
    return client.post(address, {**given, **values}, follow=True)


def test_from_an_empty_database_to_published_terms(empty: None, sign_in: SignIn) -> None:
    client = sign_in(Role.PROGRAMME_MANAGER)
    assert Programme.objects.count() == 0
    assert Organisation.objects.count() == 1
    assert SETUP in client.get("/beheer/").content.decode()
    assert "Er is nog geen programma" in words(client.get(SETUP))

    page = send(client, f"{SETUP}nieuw/", name="Plan Samenleven 2029", owner="Agentschap", source="besluit")
    assert page.redirect_chain[-1][0] == f"{SETUP}plan-samenleven-2029/"
    assert "Begin met de doelstellingen" in words(page)

    here = page.redirect_chain[-1][0]
    page = send(client, f"{here}doelstellingen/nieuw/", number="1", title="Samen wonen", another="1")
    assert page.context["form"]["number"].value() == 2
    send(client, f"{here}doelstellingen/nieuw/", number="2", title="Samen leren")
    assert "Voeg nu de acties toe" in words(client.get(here))
    for number, title in ((1, "Buurtwerk"), (2, "Huistaak")):
        objective = Objective.objects.get(number=number)
        send(client, f"{here}acties/nieuw/", number=str(number), title=title, objective=str(objective.pk))
    assert "Maak een eerste ronde" in words(client.get(here))

    page = send(client, f"{here}rondes/nieuw/", number="1", starts_on="2029-10-01", ends_on="2030-09-30",
                envelope="16.000.000,00", midterm_due_on="15-04-2030", final_due_on="2030-10-31")  # fmt: skip
    of_round = page.redirect_chain[-1][0]
    assert of_round == f"{here}rondes/1/"
    assert "Kies eerst de regels" in words(page)
    assert "€ 16.000.000" in words(page).replace("\u00a0", " ")

    page = send(client, f"{of_round}regels/eligibility_threshold/", p_persons="7.500", p_origin="EU-14",
                knowledge="stated")  # fmt: skip
    assert "Bewaard: Een bestuur dient in als" in words(page)
    send(client, f"{of_round}regels/balance/", p_share="20", knowledge="stated")
    assert "2 van de 2 acties" in words(client.get(of_round))

    for number in (1, 2):
        publish(client, f"/beheer/voorwaarden/plan-samenleven-2029/{number}/ronde-1/")
    assert ActionTerms.objects.filter(state="published").count() == 2
    assert "klaar voor een oproep" in words(client.get(of_round))
    public = words(client.get("/programmas/plan-samenleven-2029/rondes/1/"))
    assert "7.500" in public.replace("\u00a0", " ")
    assert "ingevoerd door een medewerker" in public
    assert client.get("/programmas/plan-samenleven-2029/").status_code == 200
    assert client.get("/").status_code == 200
    call_command("verify_audit")


def publish(client: Client, place: str) -> None:
    """Write and publish the terms of an action: subsidised, one line."""
    draft = client.post(f"{place}nieuw/")["Location"]
    more = {"revision": "0", "subsidised": "yes", "source": "besluit", "effective_on": "2029-10-01"}
    lines = {"lines-TOTAL_FORMS": "1", "lines-INITIAL_FORMS": "0", "lines-0-label": "personen",
             "lines-0-unit": "person", "lines-0-counting": "unique", "lines-0-unit_amount": "60,00",
             "lines-0-max_units": "100"}  # fmt: skip
    preview = client.post(draft, {**more, **lines, "preview": "1"}, follow=True)
    assert preview.status_code == 200, words(preview)
    revision = preview.context["draft"].revision
    assert client.post(f"{draft}publiceren/", {"revision": revision, "corrects": ""}).status_code == 302


class TestMistakes:
    def test_an_empty_form_says_what_is_missing(self, manager: Client) -> None:
        response = manager.post(f"{SETUP}nieuw/", {"owner": "Agentschap"})
        assert response.status_code == 422
        assert "Geef het programma een naam" in words(response)
        assert 'value="Agentschap"' in response.content.decode()

    @pytest.mark.parametrize(("slug", "says"), [("Plan 2029!", "zoals plan-2029"), ("nieuw", "andere korte naam")])
    def test_a_short_name_is_an_address(self, manager: Client, slug: str, says: str) -> None:
        response = manager.post(f"{SETUP}nieuw/", {"name": "Plan", "owner": "x", "slug": slug})
        assert response.status_code == 422
        assert says in words(response)
        assert slug in response.content.decode()

    def test_a_taken_number_is_said_at_its_field(self, manager: Client) -> None:
        response = manager.post(f"{PLAN}doelstellingen/nieuw/", {"number": "1", "title": "Nog een"})
        assert response.status_code == 422
        assert 'href="#id_number">Nummer 1 is al gebruikt' in response.content.decode()
        assert 'value="Nog een"' in response.content.decode()

    def test_days_in_disorder(self, manager: Client) -> None:
        response = manager.post(
            f"{PLAN}rondes/nieuw/", {"number": "9", "starts_on": "2030-01-01", "ends_on": "2029-01-01"}
        )
        assert response.status_code == 422
        assert "valt vóór de eerste" in words(response)
        assert not Round.objects.filter(number=9).exists()

    def test_an_objective_of_another_programme(self, manager: Client) -> None:
        response = manager.post(f"{PLAN}acties/nieuw/", {"number": "99", "title": "x", "objective": "987654"})
        assert "Kies een doelstelling van dit programma" in words(response)

    def test_another_number_for_what_is_published(self, manager: Client) -> None:
        response = send(manager, f"{PLAN}acties/9/wijzigen/", number="99", title="Sport",
                        objective=str(Action.objects.get(number=9).objective_id))  # fmt: skip
        assert response.status_code == 422
        assert "Dit blijft 9" in words(response)

    @pytest.mark.parametrize(
        ("key", "values", "says"),
        [
            ("balance", {"p_share": "veel"}, "Percentage: “veel” is geen getal"),
            ("balance", {"p_share": "101"}, "100"),
            ("incentive_mentor", {"p_amount": "-5"}, "-5 is negatief"),
            ("reference_date", {"p_day": "31/31/2029"}, "Dit is geen datum"),
            ("always_eligible", {"p_organisations": " \n "}, "Noem er minstens één"),
            ("change_practice", {"p_action": "99"}, "geen actie 99"),
            ("change_target_groups", {"p_actions": "9, x", "p_doubtful": "5"}, "x is geen nummer"),
        ],
    )
    def test_wrong_values_of_a_rule(self, manager: Client, key: str, values: dict[str, str], says: str) -> None:
        before = rule_values(Round.objects.get(programme__slug="plan-samenleven", number=1))
        response = manager.post(f"{PLAN}rondes/1/regels/{key}/", {**values, "knowledge": "stated"})
        assert response.status_code == 422
        assert says in words(response)
        assert rule_values(Round.objects.get(programme__slug="plan-samenleven", number=1)) == before

    def test_a_rule_that_does_not_exist(self, manager: Client) -> None:
        assert manager.get(f"{PLAN}rondes/1/regels/tombola/").status_code == 404


class TestTwoEditors:
    def test_of_a_part(self, manager: Client) -> None:
        address = f"{PLAN}doelstellingen/1/wijzigen/"
        stale = {f.html_name: f.value() for f in manager.get(address).context["form"]}
        send(manager, address, number="1", title="Van de eerste")
        response = manager.post(address, {**stale, "title": "Van de tweede"})
        assert response.status_code == 409
        assert "Iemand anders wijzigde dit intussen" in words(response)
        assert "Nu bewaard: Van de eerste" in words(response)
        assert 'value="Van de tweede"' in response.content.decode()
        seen = re.search(r'name="seen" value="(\w+)"', response.content.decode())
        assert seen
        again = manager.post(address, {**stale, "title": "Van de tweede", "seen": seen[1]})
        assert again.status_code == 302
        assert Objective.objects.get(programme__slug="plan-samenleven", number=1).title == "Van de tweede"

    def test_of_a_rule(self, manager: Client) -> None:
        address = f"{PLAN}rondes/1/regels/balance/"
        stale = {f.html_name: f.value() for f in manager.get(address).context["form"]}
        send(manager, address, p_share="30", knowledge="stated")
        response = manager.post(address, {**stale, "p_share": "40"})
        assert response.status_code == 409
        assert "Nu bewaard: 30" in words(response).replace("\u00a0", " ")
        assert RoundRule.objects.get(round__number=1, key="balance").parameters == {"share": 30}


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())
def test_every_rule_has_a_form_that_gives_back_what_is_stored(manager: Client, rule: Rule) -> None:
    address = f"{PLAN}rondes/3/regels/{rule.key}/"
    of_round = Round.objects.get(programme__slug="plan-samenleven", number=3)
    page = manager.get(address)
    assert page.status_code == 200
    assert "%(" not in page.content.decode()
    typed = {f"p_{name}": TYPED.get(name, "5") for name in rule.parameters}
    saved = send(manager, address, **typed, knowledge="stated", source="besluit")
    assert saved.redirect_chain, words(saved)
    stored = RoundRule.objects.get(round=of_round, key=rule.key)
    assert set(stored.parameters) == set(sample(rule))
    assert " ".join(rule.sentence(stored.parameters).split()) in words(saved)
    form = manager.get(address).context["form"]
    again = {field.html_name: shown(field) for field in form}
    assert manager.post(address, again).status_code == 302
    assert RoundRule.objects.get(pk=stored.pk).parameters == stored.parameters


TYPED = {"origin": "EU-15", "day": "2029-01-01", "organisations": "VGC\nDe Rand vzw", "scope": "application",
         "amount": "10.000,50", "sentences": "Wie stopt, meldt dat.", "actions": "9, 13"}  # fmt: skip


def shown(field: Any) -> str:
    """The value of a field as the browser would send it back."""
    value = field.field.widget.format_value(field.value())
    value = value[0] if isinstance(value, list) and value else value
    return str(value or "")


class TestRemoving:
    def test_what_is_used_has_no_button_and_is_refused(self, manager: Client) -> None:
        assert "Verwijder dit" not in words(manager.get(f"{PLAN}acties/9/wijzigen/"))
        response = manager.post(f"{PLAN}acties/9/verwijderen/", follow=True)
        assert "in gebruik en kan niet weg: er horen" in words(response)
        assert Action.objects.filter(programme__slug="plan-samenleven", number=9).exists()

    def test_what_is_not_used_goes(self, manager: Client) -> None:
        send(manager, f"{PLAN}doelstellingen/nieuw/", number="77", title="Vergissing")
        assert "Verwijder dit" in words(manager.get(f"{PLAN}doelstellingen/77/wijzigen/"))
        response = manager.post(f"{PLAN}doelstellingen/77/verwijderen/", follow=True)
        assert "Verwijderd: 77 Vergissing" in words(response)
        assert not Objective.objects.filter(number=77).exists()

    def test_a_whole_programme(self, manager: Client) -> None:
        send(manager, f"{SETUP}nieuw/", name="Vergissing", owner="x")
        assert manager.post(f"{SETUP}vergissing/verwijderen/", follow=True).redirect_chain[-1][0] == SETUP
        assert "in gebruik" in words(manager.post(f"{PLAN}verwijderen/", follow=True))

    def test_a_rule(self, manager: Client) -> None:
        response = manager.post(f"{PLAN}rondes/1/regels/balance/verwijderen/", follow=True)
        assert "De regel is weg: Saldo." in words(response)

    @pytest.mark.parametrize(
        "path", ["verwijderen/", "acties/9/verwijderen/", "rondes/1/regels/balance/verwijderen/",
                 "rondes/1/regels/overnemen/", "rondes/1/voorwaarden/overnemen/", "rondes/1/voorwaarden/publiceren/"]
    )  # fmt: skip
    def test_only_by_post(self, manager: Client, path: str) -> None:
        assert manager.get(PLAN + path).status_code == 405


def test_a_next_round_takes_over_rules_and_terms(manager: Client) -> None:
    last = Round.objects.filter(programme__slug="plan-samenleven").order_by("number").last()
    assert last is not None
    form = manager.get(f"{PLAN}rondes/nieuw/").context["form"]
    assert form["number"].value() == last.number + 1
    assert (form["starts_on"].value() - last.ends_on).days == 1
    days = {"starts_on": str(form["starts_on"].value()), "ends_on": str(form["ends_on"].value())}
    page = send(manager, f"{PLAN}rondes/nieuw/", number=str(last.number + 1), **days)
    here = page.redirect_chain[-1][0]
    assert f"Neem de regels van ronde {last.number} over" in words(page)
    assert "regels overgenomen" in words(manager.post(f"{here}regels/overnemen/", follow=True))
    assert "24 ontwerpen gemaakt" in words(manager.post(f"{here}voorwaarden/overnemen/", follow=True))
    carried = RoundRule.objects.filter(round__number=last.number + 1)
    assert {rule.knowledge for rule in carried} == {Knowledge.CARRIED}
    assert "Maak ontwerpen" not in words(manager.get(here))


def shown_drafts(page: Any) -> list[str]:
    """What the form that publishes first versions sends."""
    return re.findall(r'name="draft" value="([^"]+)"', page.content.decode())


def test_first_versions_are_published_together_and_each_is_checked(manager: Client) -> None:
    last = Round.objects.filter(programme__slug="plan-samenleven").order_by("number").last()
    assert last is not None
    form = manager.get(f"{PLAN}rondes/nieuw/").context["form"]
    days = {"starts_on": str(form["starts_on"].value()), "ends_on": str(form["ends_on"].value())}
    here = send(manager, f"{PLAN}rondes/nieuw/", number=str(last.number + 1), **days).redirect_chain[-1][0]
    assert "Publiceer de ontwerpen" not in words(manager.get(here))
    manager.post(f"{here}voorwaarden/overnemen/")
    page = manager.get(here)
    assert "Publiceer de ontwerpen van 24 acties" in words(page)
    draft = ActionTerms.objects.get(round__number=last.number + 1, action__number=5)
    change_draft(draft, DraftContent(values_of(draft), "", None), revision=0, by=BY)

    done = manager.post(f"{here}voorwaarden/publiceren/", {"draft": shown_drafts(page)}, follow=True)
    assert "23 ontwerpen zijn gepubliceerd." in words(done)
    assert "Actie 5: Intussen is er iets gewijzigd. Kijk dit ontwerp eerst na." in words(done)
    assert ActionTerms.objects.filter(round=draft.round, state="published", version=1).count() == 23
    [left] = shown_drafts(done)
    assert "Publiceer het ontwerp van 1 actie" in words(done)

    done = manager.post(f"{here}voorwaarden/publiceren/", {"draft": left}, follow=True)
    assert "Actie 5: Geef de dag vanaf wanneer deze versie geldt." in words(done)
    assert ActionTerms.objects.get(pk=draft.pk).state == "draft"
    change_draft(draft, DraftContent(values_of(draft), "", draft.round.starts_on), revision=1, by=BY)
    done = manager.post(f"{here}voorwaarden/publiceren/", {"draft": shown_drafts(manager.get(here))}, follow=True)
    assert "1 ontwerp is gepubliceerd." in words(done)
    assert shown_drafts(done) == []


@pytest.mark.parametrize("sent", [[], ["x"], ["1-"], ["-1-0"], ["9" * 30 + "-0"], ["999999999-0"]])
def test_publishing_no_draft_says_so(manager: Client, sent: list[str]) -> None:
    page = manager.post(f"{PLAN}rondes/2/voorwaarden/publiceren/", {"draft": sent}, follow=True)
    assert "Er is geen ontwerp om te publiceren." in words(page)


def test_the_first_round_says_why_nothing_is_taken_over(manager: Client) -> None:
    response = manager.post(f"{PLAN}rondes/1/regels/overnemen/", follow=True)
    assert "Dit is de eerste ronde" in words(response)


@pytest.mark.parametrize("path", ["", "plan-samenleven/", "plan-samenleven/wijzigen/", "plan-samenleven/rondes/2/",
                                  "plan-samenleven/rondes/2/regels/balance/"])  # fmt: skip
def test_pages_ask_few_queries(
    manager: Client, django_assert_max_num_queries: Callable[[int], Any], path: str
) -> None:
    manager.get(SETUP + path)
    with django_assert_max_num_queries(20 if "wijzigen" in path else 15):
        assert manager.get(SETUP + path).status_code == 200

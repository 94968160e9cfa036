"""The distribution desk in the browser, without scripts: what is shown, what links where, and what is refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from draad.accounts import audit
from draad.accounts.freshness import forget
from draad.accounts.roles import Role
from draad.applications.actions.desk import propose_scenario
from draad.applications.models import Advice, ApplicationState, Call, Scenario
from draad.applications.queries.desk_claims import desk_of
from draad.methods.allocation import Rule
from draad.organisations.models import Organisation
from tests.applications.desks import (
    DESK,
    REASON,
    advise,
    advised,
    kept,
    manager,
    shared,
    short_call,
    text,
    three,
    three_towns,
)
from tests.applications.making import BY, enter, make_call, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def call() -> Call:
    return short_call()


@pytest.fixture
def client() -> Client:
    return enter(manager())


def filled(**changes: str) -> dict[str, str]:
    """The form as a browser sends it."""
    start = {
        "rule": "priority", "within": "proportional", "compared": "lines", "envelope": "22.250,00", "reserved": "0,00",
        "ceiling": "", "name": "",
    }  # fmt: skip
    return {name: value for name, value in (start | changes).items() if value is not None}


def test_the_heading_says_what_is_short(call: Call, client: Client) -> None:
    seen = text(client.get(DESK))
    assert "Er is € 22.250 te weinig" in seen
    assert "Gevraagd, binnen de plafonds € 44.500" in seen
    assert "Budget dekt 50,0 %" in seen
    assert "3 aanvragen komen in aanmerking" in seen
    assert "Er is nog geen verdeling" in seen


def test_a_budget_that_is_enough_makes_every_rule_the_same(call: Call, client: Client) -> None:
    with audit.recording(by=BY) as log:
        log.change(call.round, verb="test.envelope", envelope=Decimal("44500.00"))
    seen = text(client.get(DESK))
    assert "Het budget volstaat" in seen
    assert "Elke regel geeft dan hetzelfde" in seen
    assert "Budget dekt 100,0 % van lijnen en stimulansen" in seen


def test_what_is_left_of_a_budget_is_an_amount_and_no_percentage(call: Call, client: Client) -> None:
    with audit.recording(by=BY) as log:
        log.change(call.round, verb="test.envelope", envelope=Decimal("1000000.00"))
    assert "Budget dekt 100,0 % er blijft € 955.500 over" in text(client.get(DESK))


def test_a_budget_that_is_not_known_is_not_zero(call: Call, client: Client) -> None:
    with audit.recording(by=BY) as log:
        log.change(call.round, verb="test.envelope", envelope=None)
    seen = text(client.get(DESK))
    assert "Het budget is nog niet bekend" in seen
    assert "nog te zeggen" not in seen


def test_before_the_closing_the_desk_says_from_when(client: Client) -> None:
    make_call(closes_at="2099-07-01T22:00Z")
    seen = text(client.get(DESK))
    assert "Verdelen kan vanaf 2 juli 2099 om 0.00 uur" in seen
    assert "Maak een verdeling" not in seen
    assert "Verdelen kan vanaf" in text(client.get(f"{DESK}nieuw/"))


def test_making_one_by_clicking(call: Call, client: Client) -> None:
    form = client.get(f"{DESK}nieuw/").content.decode()
    assert 'value="22.250,00"' in form
    response = client.post(f"{DESK}nieuw/", filled(within="constrained_equal_awards"), follow=True)
    seen = text(response)
    made = Scenario.objects.get()
    assert (made.name, made.rule, made.granted) == ("Op prioriteit", "priority", Decimal("22250.00"))
    assert made.parameters["within"] == "constrained_equal_awards"
    assert "De verdeling is bewaard." in seen
    assert "het geld raakt op bij prioriteit 1" in seen
    assert "Waar het geld opraakt, wordt verdeeld volgens “gelijk tot aan de vraag”." in seen


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"envelope": ""}, "Vul een bedrag in"),
        ({"envelope": "veel"}, "Budget: “veel” is geen bedrag. Schrijf het als 12.500,50."),
        ({"envelope": "-1"}, "Budget: -1 is negatief. Geef 0 of meer."),
        ({"envelope": "10,005"}, "10,005 is niet duidelijk. Schrijf 10.005, of hoogstens twee decimalen."),
        ({"reserved": "22.250,01"}, "Dit is meer dan het budget van € 22.250"),
        ({"rule": "loten"}, "geldige keuze"),
        ({"name": "x" * 101}, "100 tekens"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    call: Call, client: Client, changes: dict[str, str], words: str
) -> None:
    response = client.post(f"{DESK}nieuw/", filled(name=changes.pop("name", "Mijn poging"), ceiling="777", **changes))
    assert response.status_code == 422
    assert words in text(response)
    assert 'value="777"' in response.content.decode()
    assert not Scenario.objects.exists()


@pytest.mark.parametrize(("place", "typed"), [("", "22.250,50"), ("/en", "22,250.50"), ("/en", "22.250,50")])
def test_an_amount_is_read_in_the_notation_of_either_language(
    call: Call, client: Client, place: str, typed: str
) -> None:
    shown = client.get(f"{place}{DESK}nieuw/").content.decode()
    assert ('value="22.250,00"' in shown) is (place == "")
    assert ('value="22,250.00"' in shown) is (place == "/en")
    assert client.post(f"{place}{DESK}nieuw/", filled(envelope=typed)).status_code == 302
    assert Scenario.objects.get().envelope == Decimal("22250.50")


def test_a_rule_that_the_claims_cannot_bear_is_refused_at_its_field(call: Call, client: Client) -> None:
    with audit.recording(by=BY) as log:
        for line in call.applications.get(applicant__name="Gent").lines.all():
            log.change(line, verb="test.change", priority=None)
    assert (
        'value="proportional" id="id_rule_1" aria-describedby="rule-1" checked'
        in client.get(f"{DESK}nieuw/").content.decode()
    )
    response = client.post(f"{DESK}nieuw/", filled())
    assert response.status_code == 422
    assert (
        '<a href="#id_rule">Op prioriteit kan niet: 2 lijnen hebben geen prioriteit.</a>' in response.content.decode()
    )


def test_three_side_by_side_show_what_matters(call: Call, client: Client) -> None:
    three(call)
    seen = text(client.get(DESK))
    assert "Volledig vervuld 0 van 3 Onder 70 % van de vraag 3 Laagste 28,1 % Gent" in seen
    assert "Laagste 50,0 % iedereen" in seen
    assert "elke vraag krijgt 50,0 %" in seen
    assert "elke vraag krijgt hoogstens € 5.562,50" in seen
    assert "Toon alle 3 aanvragers als tabel" in seen
    assert "Ongelijkheid van de delen (Gini)" in seen


def test_which_stand_side_by_side_is_chosen(call: Call, client: Client) -> None:
    three(call)
    kept(call, name="Vierde")
    kept(call, name="Vijfde")
    assert [s.number for s in client.get(DESK).context["shown"]] == [3, 4, 5]
    assert [s.number for s in client.get(f"{DESK}?verdeling=1&verdeling=4").context["shown"]] == [1, 4]
    everything = "&".join(f"verdeling={n}" for n in range(1, 6))
    assert [s.number for s in client.get(f"{DESK}?{everything}").context["shown"]] == [1, 2, 3, 4]
    assert [s.number for s in client.get(f"{DESK}?verdeling=99&verdeling=x").context["shown"]] == [3, 4, 5]


def test_what_is_put_forward_always_stands_among_the_first(call: Call, client: Client) -> None:
    first = three(call)[0]
    kept(call, name="Vierde")
    propose_scenario(first, REASON, by=manager("ander"))
    assert [s.number for s in client.get(DESK).context["shown"]] == [1, 3, 4]


@pytest.mark.parametrize(
    ("per", "rows"),
    [
        ("provincie", ["Oost-Vlaanderen", "West-Vlaanderen"]),
        ("doelstelling", ["Nederlands", "Competenties", "Werk"]),
        ("actie", ["5 Oefenkansen Nederlands organiseren", "7 ", "9 "]),
        ("soort", ["samenwerking", "centrumstad"]),
        ("onzin", ["Oost-Vlaanderen", "West-Vlaanderen"]),
    ],
)
def test_totals_per_group_lead_to_the_lines_behind_them(call: Call, client: Client, per: str, rows: list[str]) -> None:
    three(call)
    page = client.get(f"{DESK}?per={per}").content.decode()
    table = page[page.index('id="per"') : page.index("</table>", page.index('id="per"'))]
    for row in rows:
        assert row in table
    links = re.findall(r'href="(/verdeling[^"]+groep=[^"]+)">([^<]+)', table)
    assert len(links) % 3 == 0
    for address, amount in links:
        behind = client.get(address.replace("&amp;", "&"))
        assert behind.status_code == 200
        assert f"{behind.context['pair'].granted_words}" == amount


def test_an_unknown_group_is_not_found(call: Call, client: Client) -> None:
    kept(call)
    assert client.get(f"{DESK}1/?per=provincie&groep=Utrecht").status_code == 404
    assert client.get(f"{DESK}1/?per=kleur&groep=rood").status_code == 404


def test_the_lines_of_one_application(call: Call, client: Client) -> None:
    kept(call, envelope="44500.00")
    seen = text(client.get(f"{DESK}1/?per=aanvraag&groep=1"))
    assert "2 lijnen: € 12.500 van € 12.500." in seen
    assert "0 lijnen" in text(client.get(f"{DESK}1/?per=aanvraag&groep=x"))


def test_the_map_shows_every_member_of_a_partnership(call: Call, client: Client) -> None:
    shared(call.applications.get(applicant__name="Aalst"), 5, {"Aalst": "6000.00"})
    kept(call, envelope="22250.00")
    page = client.get(DESK).content.decode()
    for town in ("Gent", "Aalst", "Ninove", "Brugge"):
        assert re.search(rf'aria-label="{town}: 50,0.%', page)
    assert 'aria-label="Hasselt: geen aanvraag"' in page


def test_with_one_scenario_there_is_nothing_to_compare(call: Call, client: Client) -> None:
    kept(call)
    assert "Kies een tweede verdeling om te vergelijken." in text(client.get(DESK))


def test_scenarios_that_give_the_same_say_so(call: Call, client: Client) -> None:
    kept(call, Rule.PROPORTIONAL, "50000.00")
    kept(call, Rule.TALMUD, "50000.00")
    assert "geven elke aanvrager hetzelfde deel" in text(client.get(DESK))


def test_the_applicants_gain_and_lose(call: Call, client: Client) -> None:
    three(call)
    seen = text(client.get(f"{DESK}aanvragers/?verdelingen=1,2"))
    assert "Wint of verliest: van Op prioriteit naar Naar verhouding" in seen
    assert "−€ 2.223,68" in seen
    other = text(client.get(f"{DESK}aanvragers/?verdelingen=1,2&van=2&naar=1"))
    assert "van Naar verhouding naar Op prioriteit" in other
    assert "€ 2.223,68" in other


@pytest.mark.parametrize("place", ["aanvragers/", "vragen/", "1/", "1/besturen/"])
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_every_table_is_a_file_too(call: Call, client: Client, place: str, form: str) -> None:
    three(call)
    response = client.get(f"{DESK}{place}?format={form}")
    assert response.status_code == 200
    assert f".{form}" in response["Content-Disposition"]


def test_example_data_is_marked_on_every_page_and_file(client: Client) -> None:
    call = make_call(example=True)
    three_towns(call)
    kept(call)
    for page in ("", "nieuw/", "vragen/", "aanvragers/", "1/", "1/besturen/"):
        assert "Voorbeeldgegevens" in client.get(f"{DESK}{page}").content.decode()
    assert "Voorbeeldgegevens" in client.get(f"{DESK}1/?format=csv").content.decode("utf-8-sig")


def test_the_claims_tell_what_does_not_count(call: Call, client: Client) -> None:
    advised(call, "Hasselt", eligible=None)
    advised(call, "Genk", eligible=False)
    advised(call, "Leuven", state=ApplicationState.ASSESSMENT)
    advise(call.applications.get(applicant__name="Brugge"), 7, Advice.REFUSE)
    seen = text(client.get(f"{DESK}vragen/"))
    assert "Hasselt Limburg centrumstad advies klaar nog te beslissen of ze in aanmerking komt 0 € 0" in seen
    assert "komt niet in aanmerking" in seen
    assert "advies nog niet klaar" in seen
    assert "Het advies weigert 1 lijn." in seen
    desk = text(client.get(DESK))
    assert "Het advies over 1 aanvraag is nog niet klaar" in desk
    assert "Van 1 aanvraag is nog niet beslist" in desk
    assert "1 aanvraag komt niet in aanmerking" in desk
    link = re.search(r'href="([^"]+vragen/\?standing=[^"]+)"', client.get(DESK).content.decode())
    assert link
    assert "1 rij" in text(client.get(link[1]))


def test_an_assessor_reads_and_does_not_write(call: Call) -> None:
    three(call)
    client = enter(person(Role.ASSESSOR))
    page = client.get(DESK)
    assert page.status_code == 200
    assert "Een programmabeheerder legt een verdeling voor" in text(page)
    assert 'name="reason"' not in page.content.decode()
    assert "nieuw/" not in page.content.decode()
    for step in ("nieuw/", "voorleggen/", "1/goedkeuren/", "1/terugnemen/", "1/verwijderen/"):
        assert client.post(f"{DESK}{step}", {"scenario": "1", "reason": REASON}).status_code == 403


@pytest.mark.parametrize("role", [Role.GOVERNMENT_APPROVER, Role.SUPPORT_OFFICER, Role.READER])
def test_governments_do_not_see_the_desk(call: Call, role: Role) -> None:
    kept(call)
    client = enter(person(role, "Gent"))
    for page in ("", "vragen/", "aanvragers/", "1/", "1/besturen/"):
        assert client.get(f"{DESK}{page}").status_code == 403


def test_the_list_of_desks(call: Call, client: Client) -> None:
    assert client.get("/verdeling/")["Location"] == DESK
    with audit.recording(by=BY) as log:
        log.change(call, verb="test.change", state="cancelled")
    assert "Er is nog geen oproep gepubliceerd" in text(client.get("/verdeling/"))
    assert client.get(DESK).status_code == 404


def many(call: Call, count: int) -> None:
    taken = set(call.applications.values_list("applicant_id", flat=True))
    towns = Organisation.objects.filter(kind="local_government", valid_to=None).exclude(pk__in=taken).order_by("name")
    for town in towns[:count]:
        advised(call, town, {5: (1, 100), 9: (2, 10)})  # type: ignore[arg-type]


PAGES = ["", "vragen/", "aanvragers/", "nieuw/", "{}/", "{}/besturen/", "{}/?per=soort&groep=centrumstad"]


@pytest.mark.parametrize("place", PAGES)
def test_the_number_of_queries_does_not_grow_with_the_applications(
    call: Call, client: Client, place: str, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    """Cold, when nothing is remembered, and warm, as the pages are otherwise."""
    three(call)
    few = queries(client, place.format(1), django_assert_max_num_queries)
    many(call, 27)
    three(call)
    assert queries(client, place.format(4), django_assert_max_num_queries) == few
    assert len(desk_of(call.pk).applications) == 30


def queries(client: Client, place: str, limit: Callable[[int], Any]) -> tuple[int, int]:
    client.get("/verdeling/")
    forget()
    with limit(28) as cold:
        assert client.get(f"{DESK}{place}").status_code == 200
    with limit(15) as warm:
        client.get(f"{DESK}{place}")
    return len(cold), len(warm)

"""The page on which a person writes a measure: rows added without scripts, nothing typed lost, who sees what."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from draad.accounts.actor import Actor, system
from draad.accounts.roles import Role
from draad.organisations.models import Organisation, OrganisationKind
from draad.plans.actions.editing import let_owners_change
from draad.plans.actions.names import NewBody, give_name_to_new
from draad.plans.content import measure_content
from draad.plans.measure_forms import EMPTY, MeasureForm
from draad.plans.models import Measure, PartyGroup, Plan
from draad.plans.queries import measures_where
from tests.plans.desk import in_plan

pytestmark = pytest.mark.django_db
BY = system("test")
Fields = dict[str, str | list[str]]


@pytest.fixture
def measure(plan: Plan) -> Measure:
    """The measure about buses, with its milestones of 2017 and 2018."""
    return in_plan(plan)[0]


@pytest.fixture
def client(client: Client, plan: Plan, person_with: Callable[..., Actor]) -> Client:
    """The browser of a coordinator of the plan."""
    user = person_with(Role.PLAN_COORDINATOR, held_for=plan.owner).user
    assert user
    client.force_login(user)
    return client


def address(measure: Measure, name: str = "measure_change") -> str:
    return reverse(f"plans:{name}", args=[measure.plan.slug, measure.number])


def filled(measure: Measure, **more: Any) -> Fields:
    """What a browser posts when nothing was changed, but for what is named."""
    content = measure_content(measure)
    rows = [(row.pk, row.state) for row in measure.milestones.all()]
    goals = list(measure.plan.goals.values_list("code", "title"))
    form = MeasureForm(content, goals, revision=measure.revision, milestones=rows)
    parts = [form.texts, *(part for table in form.rows.values() for part in (table.management_form, *table.forms))]
    posted: Fields = {}
    for part in parts:
        for field in part:
            value = field.value()
            if value is not None and value is not False and field.name != "DELETE":
                posted[field.html_name] = value if isinstance(value, list) else str(value)
    return posted | more


def stored(measure: Measure) -> dict[str, Any]:
    """The content as it is stored now."""
    return measure_content(measures_where(pk=measure.pk)[0])


def words(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_saving_what_is_there_changes_nothing(client: Client, measure: Measure) -> None:
    before = stored(measure)
    page = client.post(address(measure), filled(measure), follow=True)
    assert "Er was niets gewijzigd" in words(page.content.decode())
    assert stored(measure) == before


def test_every_table_of_the_form_is_kept(client: Client, measure: Measure) -> None:
    more = {
        "target": "160 ritten",
        "goals": ["OD 1.2"],
        "amounts-0-funding": "Vlaamse overheid",
        "amounts-TOTAL_FORMS": "2",
        "amounts-1-euro": "1.250,75",
        "amounts-1-year_from": "2018",
        "targets-TOTAL_FORMS": "1",
        "targets-0-kind": "output",
        "targets-0-year": "2018",
        "targets-0-value": "12,5",
        "targets-0-unit": "ritten",
        "milestones-0-state": "done",
        "milestones-1-DELETE": "on",
    }
    assert client.post(address(measure), filled(measure, **more)).status_code == 302
    content = stored(measure)
    assert (content["target"], content["operational_goals"], content["strategic_goals"]) == (
        "160 ritten",
        ["OD 1.2"],
        [],
    )
    assert [(a["euro"], a["year_from"], a["year_to"], a.get("funding")) for a in content["amounts"]] == [
        ("200000.00", 2017, 2017, "Vlaamse overheid"),
        ("1250.75", 2018, 2018, None),
    ]
    assert content["targets"] == [{"kind": "output", "year": 2018, "value": "12.5", "unit": "ritten"}]
    assert [(row.period, row.state) for row in measure.milestones.filter(withdrawn=False)] == [("2017", "done")]


@pytest.mark.parametrize("table", ["milestones", "amounts", "targets"])
def test_one_row_more_keeps_what_was_typed_and_saves_nothing(client: Client, measure: Measure, table: str) -> None:
    before = stored(measure)
    page = client.post(address(measure), filled(measure, add=table, target="half getypt")).content.decode()
    count = len(before.get(table, []))
    assert f'name="{table}-{count}-DELETE"' in page
    assert f'name="{table}-{count + 1}-DELETE"' not in page
    assert "half getypt" in page
    assert "Er is iets niet juist" not in page
    assert stored(measure) == before


def test_a_row_that_stays_empty_is_none(client: Client, measure: Measure) -> None:
    before = stored(measure)
    tables = {
        f"{name}-TOTAL_FORMS": str(len(before.get(name, [])) + 2) for name in ("milestones", "amounts", "targets")
    }
    kinds = {"targets-0-kind": "effect", "targets-1-kind": "effect"}
    assert client.post(address(measure), filled(measure, **tables, **kinds)).status_code == 302
    assert stored(measure) == before


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"title": "  "}, "heeft een naam nodig"),
        ({"amounts-0-euro": "veel"}, "Geef een getal"),
        ({"amounts-0-euro": ""}, "Vul het bedrag in, of maak de rij leeg"),
        ({"amounts-0-euro": "-5"}, "nul of meer"),
        ({"amounts-0-euro_to": "5"}, "Wissel ze om"),
        ({"amounts-0-year_from": "zeventien"}, "Geef een jaar"),
        ({"amounts-0-year_from": ""}, "Vul het eerste jaar in"),
        ({"milestones-0-period": ""}, "heeft een periode nodig"),
        ({"targets-TOTAL_FORMS": "1", "targets-0-kind": "output", "targets-0-year": "2018"}, "Vul de streefwaarde in"),
        ({"targets-TOTAL_FORMS": "1", "targets-0-kind": "output", "targets-0-value": "3"}, "Voor welk jaar"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    client: Client, measure: Measure, more: dict[str, str], sentence: str
) -> None:
    before = stored(measure)
    answer = client.post(address(measure), filled(measure, explanation="Nieuwe woorden") | more)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count(sentence) == 2, "above the form and at the field"
    linked = re.findall(r'<li><a href="#([^"]+)">[^<]*' + re.escape(sentence), page)
    assert linked
    assert f'id="{linked[0]}"' in page
    assert "Nieuwe woorden" in page
    assert stored(measure) == before


def test_the_second_editor_is_told_and_loses_nothing(client: Client, measure: Measure) -> None:
    mine = filled(measure, target="van mij", **{"amounts-0-funding": "Mijn bron"})
    assert client.post(address(measure), filled(measure, target="van een ander")).status_code == 302
    answer = client.post(address(measure), mine)
    text = words(answer.content.decode())
    assert answer.status_code == 409
    assert "Nu bewaard: van een ander Van u: van mij" in text
    page = answer.content.decode()
    assert re.search(r"<textarea[^>]*name=\"target\"[^>]*>\s*van mij</textarea>", page), "as typed, ready to be saved"
    assert 'value="Mijn bron"' in page or ">\nMijn bron</textarea>" in page
    for name in ("milestones-TOTAL_FORMS", "amounts-TOTAL_FORMS", "targets-TOTAL_FORMS"):
        assert re.search(rf'name="{name}" value="{mine[name]}"', page), "every row is still there"
    assert "ManagementForm" not in page
    assert len(re.findall(r'name="goals"[^>]*checked', page)) == len(mine["goals"])
    again = re.search(r'name="revision" value="(\d+)"', page)
    assert again
    assert client.post(address(measure), mine | {"revision": again[1]}).status_code == 302
    assert stored(measure)["target"] == "van mij"


def test_what_the_document_says_is_shown_beside_a_changed_value(client: Client, measure: Measure) -> None:
    client.post(address(measure), filled(measure, target="van mij"))
    for page in (address(measure), f"{address(measure, 'measure')}?versie=0"):
        assert "In het document: 150 ritten plan.docx" in words(client.get(page).content.decode())


def test_a_new_measure(client: Client, plan: Plan, measure: Measure) -> None:
    where = reverse("plans:measure_add", args=[plan.slug])
    assert client.get(where).status_code == 200
    tables = {
        f"{name}-{part}": "0"
        for name in ("milestones", "amounts", "targets")
        for part in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    wrong = client.post(where, {**tables, "explanation": "Om veilig te rijden"})
    assert (wrong.status_code, "Om veilig te rijden" in wrong.content.decode()) == (422, True)
    page = client.post(where, {**tables, "title": "Fietsen mee op de bus", "goals": ["SD 1"]}, follow=True)
    assert "De maatregel is toegevoegd als nummer 3" in words(page.content.decode())
    made = Measure.objects.get(plan=plan, number=3)
    assert [goal.goal and goal.goal.code for goal in made.goals.all()] == ["SD 1"]
    assert EMPTY["title"] == "", "the empty measure stays empty"


def test_a_measure_leaves_the_plan_with_a_reason(client: Client, measure: Measure) -> None:
    where = address(measure, "measure_withdraw")
    refused = client.post(where, {"reason": " ", "revision": measure.revision}, follow=True)
    assert "Schrijf waarom" in words(refused.content.decode())
    stale = client.post(where, {"reason": "weg", "revision": "x"}, follow=True)
    assert "Iemand anders bewaarde dit" in words(stale.content.decode())
    done = client.post(where, {"reason": "Dubbel", "revision": measure.revision}, follow=True)
    assert "Maatregel 1 is uit het plan genomen" in words(done.content.decode())
    assert client.get(f"{address(measure, 'measure')}?versie=0").status_code == 404


def test_an_owner_sees_what_is_not_his_but_cannot_change_it(
    client: Client, measure: Measure, person_with: Callable[..., Actor]
) -> None:
    give_name_to_new(PartyGroup.BODY, "Dienst Vervoer", NewBody("Vervoer", OrganisationKind.ADMINISTRATION), by=BY)
    vervoer = Organisation.objects.get(slug="vervoer")
    owner = person_with(Role.PLAN_COORDINATOR, email="eigenaar@example.org", held_for=vervoer).user
    assert owner
    switch = reverse("plans:owners", args=[measure.plan.slug])
    posted = filled(measure, target="van de eigenaar", title="Gekaapt", **{"milestones-0-state": "done"})
    other = Client()
    other.force_login(owner)
    assert other.get(address(measure)).status_code == 403
    assert client.post(switch, {"allow": "1"}).status_code == 302
    page = other.get(address(measure)).content.decode()
    assert re.search(r'<textarea[^>]*name="title"[^>]*disabled', page)
    assert "uit het plan nemen" not in page
    assert other.post(address(measure), posted).status_code == 302
    assert (stored(measure)["target"], stored(measure)["title"]) == (
        "van de eigenaar",
        "De nachtbus rijdt tot drie uur",
    )
    assert {row.state for row in measure.milestones.all()} == {""}
    assert other.post(switch, {"allow": "1"}).status_code == 403
    client.post(switch)
    assert other.post(address(measure), posted).status_code == 403


def test_the_page_of_a_measure_leads_to_its_form(client: Client, measure: Measure) -> None:
    page = client.get(f"{address(measure, 'measure')}?versie=0").content.decode()
    assert address(measure) in page
    assert "Wijzigingen" in page
    let_owners_change(measure.plan, allowed=False, by=BY)
    visitor = Client().get(address(measure, "measure"))
    assert address(measure) not in visitor.content.decode()


def test_the_form_takes_few_statements(
    client: Client, measure: Measure, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    with django_assert_max_num_queries(15):
        client.get(address(measure))
    where = f"{address(measure, 'measure')}?versie=0"
    with django_assert_max_num_queries(20):
        client.get(where)
    with django_assert_max_num_queries(15):
        client.get(where)

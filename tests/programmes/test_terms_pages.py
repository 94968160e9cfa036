"""Setting terms in the browser, without scripts: draft, lines, review, publish, and two people at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from draad.accounts.roles import Role
from draad.programmes.models import ActionTerms, Knowledge
from draad.programmes.values import values_of

pytestmark = pytest.mark.django_db
SignIn = Callable[[Role | None], Client]
LIST = "/beheer/voorwaarden/"
PLACE = f"{LIST}plan-samenleven/9/ronde-1/"


@pytest.fixture
def manager(sign_in: SignIn) -> Client:
    return sign_in(Role.PROGRAMME_MANAGER)


def edit_address(draft: ActionTerms) -> str:
    return f"{LIST}ontwerp/{draft.pk}/"


def posted(client: Client, address: str, **changes: str) -> dict[str, str]:
    """The form as the browser would send it, with some fields filled in otherwise."""
    context = client.get(address).context
    form = context["form"]
    data: dict[str, str] = {}
    for part in (form.terms, form.lines.management_form, *form.lines.forms):
        for field in part:
            value = field.value()
            widget = field.field.widget
            shown = widget.format_value(value) if hasattr(widget, "format_value") else value
            shown = shown[0] if isinstance(shown, list) and shown else shown
            if shown not in (None, "", [], False) and field.name not in ("DELETE", "confirms"):
                data[field.html_name] = str(shown)
    return {**data, **changes}


def save(client: Client, draft: ActionTerms, **changes: str) -> Any:
    return client.post(edit_address(draft), posted(client, edit_address(draft), **changes))


def stored(draft: ActionTerms) -> ActionTerms:
    found: ActionTerms = ActionTerms.objects.get(pk=draft.pk)
    return found


def test_the_list_holds_every_action_in_every_round(
    manager: Client, django_assert_max_num_queries: Callable[[int], Any], draft: ActionTerms
) -> None:
    with django_assert_max_num_queries(15):
        response = manager.get(LIST)
    assert response.content.decode().count("/ronde-") == 2 * 72
    assert edit_address(draft) in response.content.decode()


@pytest.mark.parametrize("path", [PLACE, "edit", "preview"])
def test_pages_ask_few_queries(
    manager: Client, django_assert_max_num_queries: Callable[[int], Any], draft: ActionTerms, path: str
) -> None:
    paths = {"edit": edit_address(draft), "preview": f"{edit_address(draft)}nakijken/"}
    with django_assert_max_num_queries(15):
        assert manager.get(paths.get(path, path)).status_code == 200


def test_a_draft_is_started_once(manager: Client) -> None:
    response = manager.post(f"{PLACE}nieuw/")
    draft = ActionTerms.objects.get(state="draft")
    assert response["Location"] == edit_address(draft)
    again = manager.post(f"{PLACE}nieuw/", follow=True)
    assert "Er is al een ontwerp" in again.content.decode()
    assert ActionTerms.objects.filter(state="draft").count() == 1
    assert "Werk verder in het ontwerp" in manager.get(PLACE).content.decode()


def test_starting_and_publishing_are_posts(manager: Client, draft: ActionTerms) -> None:
    for path in (f"{PLACE}nieuw/", f"{edit_address(draft)}publiceren/", f"{edit_address(draft)}weggooien/"):
        assert manager.get(path).status_code == 405


def test_saving_the_form_as_it_is_changes_nothing(manager: Client, draft: ActionTerms) -> None:
    before = values_of(draft)
    assert save(manager, draft).status_code == 302
    assert values_of(stored(draft)) == before
    assert stored(draft).revision == 0


def test_amounts_are_written_and_read_as_people_in_flanders_do(manager: Client, draft: ActionTerms) -> None:
    data = posted(manager, edit_address(draft))
    assert (data["ceiling"], data["lines-0-unit_amount"]) == ("170.625,00", "650,00")
    assert save(manager, draft, ceiling="170.950,50", source="besluit").status_code == 302
    assert str(stored(draft).ceiling) == "170950.50"


def test_a_changed_value_needs_a_source_and_gets_it(manager: Client, draft: ActionTerms) -> None:
    response = save(manager, draft, ceiling="170.950,00")
    assert response.status_code == 422
    assert "Noem het document" in response.content.decode()
    assert 'href="#id_source"' in response.content.decode()
    save(manager, draft, ceiling="170.950,00", source="ministerieel besluit")
    term = values_of(stored(draft)).term("ceiling")
    assert (term.knowledge, term.source) == (Knowledge.STATED, "ministerieel besluit")
    assert values_of(stored(draft)).subsidised.source != "ministerieel besluit"


def test_emptying_a_field_makes_it_unknown(manager: Client, draft: ActionTerms) -> None:
    assert save(manager, draft, ceiling="").status_code == 302
    assert not values_of(stored(draft)).term("ceiling").known


def test_lines_are_added_and_removed_without_scripts(manager: Client, draft: ActionTerms) -> None:
    more = manager.post(edit_address(draft), posted(manager, edit_address(draft), add_line="1"))
    assert more.status_code == 200
    assert 'name="lines-3-label"' in more.content.decode()
    new = {
        "lines-TOTAL_FORMS": "4", "lines-3-label": "begeleide vrouwen", "lines-3-unit": "person",
        "lines-3-max_units": "1.250", "lines-0-DELETE": "on", "source": "besluit",
    }  # fmt: skip
    assert save(manager, draft, **new).status_code == 302
    values = values_of(stored(draft))
    assert list(values.lines) == [2, 3, 4]
    assert values.lines[4]["label"].value == "begeleide vrouwen"
    assert values.lines[4]["max_units"].value == 1250
    assert not values.lines[4]["unit_amount"].known


def test_adding_a_line_keeps_what_was_typed(manager: Client, draft: ActionTerms) -> None:
    data = posted(manager, edit_address(draft), add_line="1", change_reason="half geschreven")
    content = manager.post(edit_address(draft), data).content.decode()
    assert "half geschreven" in content
    assert stored(draft).change_reason == ""


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"ceiling": "veel"}, "ceiling"),
        ({"ceiling": "-1"}, "ceiling"),
        ({"effective_on": "morgen"}, "effective_on"),
        ({"lines-0-max_units": "1,5"}, "lines-0-max_units"),
        ({"lines-0-label": "", "source": "x"}, "Schrijf wat deze lijn telt"),
        ({"subsidised": "no", "source": "x"}, "Zonder subsidie"),
        ({"subsidised": "misschien"}, "subsidised"),
    ],
)
def test_wrong_input_is_told_at_its_field_and_kept(
    manager: Client, draft: ActionTerms, changes: dict[str, str], problem: str
) -> None:
    response = save(manager, draft, **changes, change_reason="blijft staan")
    content = response.content.decode()
    assert response.status_code == 422
    assert "govuk-error-summary" in content
    assert problem in content
    assert "blijft staan" in content
    assert stored(draft).revision == 0


def test_from_subsidised_to_not(manager: Client, draft: ActionTerms) -> None:
    emptied = {f"lines-{n}-DELETE": "on" for n in range(3)} | {"target_group": "", "ceiling": ""}
    assert save(manager, draft, **emptied, subsidised="no", source="besluit").status_code == 302
    assert values_of(stored(draft)).refused


def test_a_source_that_confirms_turns_carried_into_stated(manager: Client) -> None:
    manager.post(f"{LIST}plan-samenleven/7/ronde-2/nieuw/")
    draft = ActionTerms.objects.get(state="draft")
    assert save(manager, draft, confirms="on").status_code == 422
    assert save(manager, draft, confirms="on", source="oproep 2023").status_code == 302
    line = values_of(stored(draft)).lines[1]
    assert {term.knowledge for term in line.values()} == {Knowledge.STATED}
    assert line["unit_amount"].source == "oproep 2023"


class TestTwoEditors:
    def test_the_second_sees_both_values_and_chooses(
        self, manager: Client, sign_in: SignIn, draft: ActionTerms
    ) -> None:
        other = posted(manager, edit_address(draft), ceiling="2,00", source="b", change_reason="mijn reden")
        save(manager, draft, ceiling="1,00", source="a")
        response = manager.post(edit_address(draft), other)
        content = response.content.decode().replace("\u00a0", " ")
        assert response.status_code == 409
        assert "Iemand anders bewaarde dit ontwerp intussen" in content
        assert "€ 1<" in content
        assert "€ 2<" in content
        assert "mijn reden" in content
        assert str(stored(draft).ceiling) == "1.00"
        revision = re.search(r'name="revision" value="(\d+)"', content)
        assert revision is not None
        assert manager.post(edit_address(draft), {**other, "revision": revision[1]}).status_code == 302
        assert str(stored(draft).ceiling) == "2.00"

    def test_when_only_the_reason_differs(self, manager: Client, draft: ActionTerms) -> None:
        other = posted(manager, edit_address(draft), change_reason="mijn reden")
        save(manager, draft, change_reason="hun reden")
        content = manager.post(edit_address(draft), other).content.decode()
        assert "Alle voorwaarden zijn gelijk" in content
        assert "hun reden" in content
        assert "mijn reden" in content


class TestPublish:
    def test_review_shows_the_difference_and_publishing_makes_it_public(
        self, manager: Client, draft: ActionTerms
    ) -> None:
        response = save(
            manager, draft, ceiling="170.950,00", source="besluit", change_reason="Rekenfout", effective_on="2023-01-01",
            preview="1",
        )  # fmt: skip
        assert response["Location"] == f"{edit_address(draft)}nakijken/"
        review = manager.get(response["Location"])
        text = review.content.decode().replace("\u00a0", " ")
        assert "€ 170.625" in text
        assert "€ 170.950" in text
        assert "KPI-lijn" not in text.split("<main")[1].split("</main>")[0]
        done = manager.post(f"{edit_address(draft)}publiceren/", {"revision": "1", "corrects": "1"}, follow=True)
        assert "De voorwaarden zijn gepubliceerd." in done.content.decode()
        assert stored(draft).version == 2
        public = Client().get("/programmas/plan-samenleven/acties/9/versies/").content.decode()
        assert "Rekenfout" in public

    def test_without_reason_and_day_it_says_what_is_missing(self, manager: Client, draft: ActionTerms) -> None:
        save(manager, draft, ceiling="1,00", source="x")
        response = manager.post(f"{edit_address(draft)}publiceren/", {"revision": "1", "corrects": "1"})
        assert response.status_code == 422
        assert "Geef de dag" in response.content.decode()
        assert "Schrijf waarom" in response.content.decode()
        assert stored(draft).state == "draft"

    @pytest.mark.parametrize("sent", [{"revision": "0", "corrects": "1"}, {"revision": "1", "corrects": ""}, {}])
    def test_what_was_not_reviewed_is_not_published(
        self, manager: Client, draft: ActionTerms, sent: dict[str, str]
    ) -> None:
        save(manager, draft, ceiling="1,00", source="x", change_reason="a", effective_on="2023-01-01")
        response = manager.post(f"{edit_address(draft)}publiceren/", sent)
        assert response.status_code == 422
        assert "Kijk de verschillen opnieuw na" in response.content.decode()
        assert stored(draft).state == "draft"

    def test_published_terms_have_no_form(self, manager: Client, terms_of: Callable[..., ActionTerms]) -> None:
        published = terms_of(9, 1)
        for path in (edit_address(published), f"{edit_address(published)}nakijken/"):
            assert manager.get(path).status_code == 404

    def test_a_draft_is_thrown_away(self, manager: Client, draft: ActionTerms) -> None:
        done = manager.post(f"{edit_address(draft)}weggooien/", follow=True)
        assert "Het ontwerp is weggegooid." in done.content.decode()
        assert not ActionTerms.objects.filter(state="draft").exists()


@pytest.mark.parametrize("role", [None, *Role])
def test_who_may_see_the_forms(sign_in: SignIn, draft: ActionTerms, role: Role | None) -> None:
    client = sign_in(role)
    expected = 200 if role in {Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER} else 403
    for path in (LIST, PLACE, edit_address(draft), f"{edit_address(draft)}nakijken/"):
        assert client.get(path).status_code == expected


def test_a_visitor_is_asked_to_sign_in(client: Client) -> None:
    response = client.get(LIST)
    assert response.status_code == 302
    assert "/account/login/" in response["Location"]

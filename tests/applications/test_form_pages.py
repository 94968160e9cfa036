"""The form in the browser, without scripts: every field, every button, every mistake, and two people at once."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from draad.accounts import audit
from draad.accounts.roles import Role
from draad.applications.models import Application, ApplicationState, Incentive, Question
from draad.applications.policies.fields import explanation_field, incentive_field, line_field, share_field
from tests.applications.filling import field_of, read, typing
from tests.applications.making import BY, CLOSES, DURING, indicator, inhabitants, make_application, make_call, person

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n" \
      b"trailer<</Root 1 0 R>>\n%%EOF"  # fmt: skip
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


@pytest.fixture(autouse=True)
def _during(settings: Any, tmp_path: Any) -> object:
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel(DURING, tick=False):
        yield


def entered(role: Role = Role.GOVERNMENT_EDITOR, name: str = "Gent") -> Client:
    """A browser in which a person of a government is signed in."""
    client = Client()
    client.force_login(person(role, name).user)  # type: ignore[arg-type]  # a person
    return client


@pytest.fixture
def client() -> Client:
    """Who fills in for Gent."""
    return entered()


@pytest.fixture
def draft() -> Application:
    """A draft of Gent with two lines."""
    return make_application(make_call(), "Gent", {5: (1, 100), 17: (2, 60)})


def address(draft: Application) -> str:
    return f"/aanvragen/{draft.pk}/"


def controls(html: str) -> dict[str, str]:
    """What a browser would post: the value of each box of the form that is not disabled."""
    inner = html[html.index('<form id="aanvraag"') : html.index("</form>", html.index('<form id="aanvraag"'))]
    found = {}
    for tag in re.findall(r"<input[^>]*>", inner):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        kind = attributes.get("type", "text")
        if kind == "file" or (kind == "checkbox" and not re.search(r"\schecked", tag)):
            continue
        found[unescape(attributes["name"])] = unescape(attributes.get("value", ""))
    for name, text in re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\n?(.*?)</textarea>', inner, re.DOTALL):
        found[name] = unescape(text)
    return found


def save(client: Client, draft: Application, opened: dict[str, str] | None = None, **extra: Any) -> Any:
    """Post the whole form with some fields filled in otherwise."""
    form = opened or controls(client.get(address(draft)).content.decode())
    return client.post(address(draft), {**form, **extra})


def test_the_whole_form_goes_and_comes_back(client: Client, draft: Application) -> None:
    posted = controls(client.get(address(draft)).content.decode())
    assert posted[field_of(draft, 5, "planned")] == "100"
    assert json.loads(posted["base"])["contact_name"] == "Ans Aanvraag"
    response = save(client, draft)
    assert (response.status_code, response["Location"]) == (302, address(draft))
    assert read(draft).application.revision == 0, "nothing changed"


def test_numbers_text_and_boxes_are_saved_together(client: Client, draft: Application) -> None:
    save(client, draft, **{
        field_of(draft, 5, "planned"): "900", "remarks": "Graag voor de zomer.",
        explanation_field(indicator(5).terms.action_id): "Met de bibliotheek.",
        incentive_field("impact_bond", draft.applicant_id): "on",
    })  # fmt: skip
    page = client.get(address(draft)).content.decode()
    assert "€\u00a054.000" in page
    assert "€\u00a084.400" in page, "lines and bond together"
    assert "Met de bibliotheek." in page
    assert Incentive.objects.filter(application=draft).count() == 1


def test_an_unticked_box_is_not_asked_any_more(client: Client, draft: Application) -> None:
    name = incentive_field("impact_bond", draft.applicant_id)
    save(client, draft, **{name: "on"})
    form = controls(client.get(address(draft)).content.decode())
    del form[name], form["cofinancing_confirmed"]
    save(client, draft, form)
    draft.refresh_from_db()
    assert not Incentive.objects.filter(application=draft).exists()
    assert draft.cofinancing_confirmed is False


def test_wrong_text_is_explained_beside_its_field_and_survives_a_reload(client: Client, draft: Application) -> None:
    wrong, right = field_of(draft, 5, "planned"), field_of(draft, 17, "planned")
    response = save(client, draft, **{wrong: "veel <b>", right: "70"})
    assert response.status_code == 422
    for page in (response.content.decode(), client.get(address(draft)).content.decode()):
        assert "“veel &lt;b&gt;” is geen getal" in page
        assert 'value="veel &lt;b&gt;"' in page
        assert f'href="#veld-{wrong.replace(":", "-")}"' in page
        assert 'aria-invalid="true"' in page
        assert "niet bewaard: verbeter" in page
    assert draft.lines.get(indicator=indicator(17)).planned == 70


def test_the_account_is_checked_and_shown_in_groups(client: Client, draft: Application) -> None:
    response = save(client, draft, iban="BE68 5390 0754 7035")
    assert "controlecijfers" in response.content.decode()
    save(client, draft, iban="be68539007547034")
    assert 'value="BE68 5390 0754 7034"' in client.get(address(draft)).content.decode()


def test_double_priorities_are_stored_and_flagged(client: Client, draft: Application) -> None:
    save(client, draft, **{field_of(draft, 17, "priority"): "1"})
    page = client.get(address(draft)).content.decode()
    assert page.count(">dubbel</p>") == 2
    assert "2 lijnen hebben prioriteit 1" in page


def test_more_than_the_ceiling_is_told(client: Client, draft: Application) -> None:
    save(client, draft, **{field_of(draft, 17, "planned"): "180"})
    page = client.get(address(draft)).content.decode()
    assert "30 boven het plafond" in page
    assert "€\u00a013.500" in page


def test_the_buttons_change_the_order_and_lose_nothing(client: Client, draft: Application) -> None:
    second = draft.lines.get(indicator=indicator(17))
    response = save(client, draft, up=str(second.pk), contact_phone="03 123 45 67")
    assert response["Location"] == f"{address(draft)}#lijn-{second.pk}"
    assert read(draft).lines[0].pk == second.pk
    draft.refresh_from_db()
    assert draft.contact_phone == "03 123 45 67"
    save(client, draft, down=str(second.pk))
    assert [line.pk for line in read(draft).lines][1] == second.pk


def test_two_people_the_second_sees_both_values_and_chooses(client: Client, draft: Application) -> None:
    name = field_of(draft, 5, "planned")
    opened = controls(client.get(address(draft)).content.decode())
    second = entered(Role.GOVERNMENT_APPROVER)
    save(second, draft, **{name: "900"})
    response = save(client, draft, opened, **{name: "800", field_of(draft, 5, "existing"): "7"})
    page = response.content.decode()
    assert response.status_code == 409
    assert "Iemand anders bewaarde 900." in page
    assert 'value="800"' in page
    line = draft.lines.get(indicator=indicator(5))
    assert (line.planned, line.existing) == (900, 7), "what only one of them changed is saved"
    save(client, draft)
    assert draft.lines.get(indicator=indicator(5)).planned == 900, "saving the rest is no choice"
    save(client, draft, keep=name)
    assert draft.lines.get(indicator=indicator(5)).planned == 800
    assert "Iemand anders" not in client.get(address(draft)).content.decode()


def test_who_takes_the_other_value_is_rid_of_the_question(client: Client, draft: Application) -> None:
    name = field_of(draft, 5, "planned")
    opened = controls(client.get(address(draft)).content.decode())
    save(entered(Role.GOVERNMENT_APPROVER), draft, **{name: "900"})
    save(client, draft, opened, **{name: "800"})
    assert save(client, draft, take=name).status_code == 302
    assert controls(client.get(address(draft)).content.decode())[name] == "900"


def test_a_script_sends_what_changed_and_leaves_the_rest(client: Client, draft: Application) -> None:
    name = field_of(draft, 5, "planned")
    posted = {name: "900", "base": json.dumps({name: "100"}), "revision": "0"}
    response = client.post(address(draft), posted, headers={"X-Draad-Part": "1"})
    assert response.status_code == 200
    assert "€\u00a054.000" in response.content.decode()
    draft.refresh_from_db()
    assert draft.contact_name == "Ans Aanvraag", "what was not sent is not emptied"
    assert draft.cofinancing_confirmed is True


@pytest.mark.parametrize("base", ["", "geen json", "[]", "null", '{"iban": 5}', '{"state": "x"}', "9" * 20])
def test_nonsense_about_what_was_read_does_no_harm(client: Client, draft: Application, base: str) -> None:
    assert client.post(address(draft), {"base": base, "revision": "x", "remarks": "a"}).status_code == 302
    draft.refresh_from_db()
    assert draft.remarks == "a"


def test_after_the_closing_what_was_typed_is_given_back(client: Client, draft: Application) -> None:
    opened = controls(client.get(address(draft)).content.decode())
    with time_machine.travel(CLOSES, tick=False):
        response = save(entered(), draft, opened, remarks="net te laat")
        assert response.status_code == 422
        assert "gesloten" in response.content.decode()
        assert "net te laat" in response.content.decode()
    draft.refresh_from_db()
    assert draft.remarks == ""


def test_what_was_typed_in_a_line_that_is_gone_is_given_back(client: Client, draft: Application) -> None:
    opened = controls(client.get(address(draft)).content.decode())
    name = field_of(draft, 5, "planned")
    with audit.recording(by=BY) as log:
        log.remove(draft.lines.get(indicator=indicator(5)), verb="test")
    response = save(client, draft, opened, **{name: "12345"})
    assert response.status_code == 422
    assert "12345" in response.content.decode()


def test_a_member_reads_and_a_stranger_does_not(draft: Application) -> None:
    pair = make_application(draft.call, "Aalst", {9: (1, 5)}, members=("Deinze",))
    page = entered(name="Deinze").get(address(pair))
    assert page.status_code == 200
    assert "<form id=" not in page.content.decode()
    assert entered(name="Deinze").post(address(pair), {"remarks": "x"}).status_code == 403
    assert entered(name="Antwerpen").get(address(pair)).status_code == 403
    assert entered(Role.ASSESSOR, "Gent").get(address(pair)).status_code == 403
    assert Client().get(address(pair)).status_code == 302
    assert entered().get("/aanvragen/999999/").status_code == 404


def test_what_is_handed_in_is_shown_without_boxes(client: Client) -> None:
    handed_in = make_application(make_call(), "Gent", {5: (1, 100)}, state=ApplicationState.SUBMITTED)
    page = client.get(address(handed_in)).content.decode()
    assert "<form id=" not in page
    assert "U kunt ze lezen, niet wijzigen" in page
    assert entered(Role.ASSESSOR, "Gent").get(address(handed_in)).status_code == 200


def test_an_open_question_opens_only_its_fields() -> None:
    asked = make_application(make_call(), "Gent", {5: (1, 100), 17: (2, 60)}, state=ApplicationState.QUESTIONED)
    name = field_of(asked, 5, "planned")
    values = {"number": 1, "text": "Klopt 100?", "fields": [name], "due_on": DURING.date(), "asked_at": DURING}
    with audit.recording(by=BY) as log:
        log.create(Question(application=asked, **values), verb="test")
    with time_machine.travel(CLOSES, tick=False):
        client = entered()
        page = client.get(address(asked)).content.decode()
        assert "Klopt 100?" in page
        posted = controls(page)
        assert name in posted
        assert field_of(asked, 17, "planned") not in posted
        assert save(client, asked, **{name: "90"}).status_code == 302
        assert read(asked).application.cofinancing_confirmed, "a closed box is not unticked"
    assert asked.lines.get(indicator=indicator(5)).planned == 90


def test_saved_before_it_is_looked_through(client: Client, draft: Application) -> None:
    response = save(client, draft, next="check", remarks="klaar")
    assert response["Location"] == f"{address(draft)}nakijken/"
    assert client.get(response["Location"]).status_code == 200
    draft.refresh_from_db()
    assert draft.remarks == "klaar"
    wrong = save(client, draft, next="check", contact_email="ans")
    assert wrong["Location"] == f"{address(draft)}nakijken/", "what is wrong stands on that page too"


def test_whether_it_comes_into_account_is_a_part_of_its_own(client: Client, draft: Application) -> None:
    assert f"{address(draft)}in-aanmerking/" in client.get(address(draft)).content.decode()
    assert "aanmerking" in client.get(f"{address(draft)}in-aanmerking/").content.decode()
    assert entered(name="Aalst").get(f"{address(draft)}in-aanmerking/").status_code == 403


class TestTogether:
    """Members, their shares, cooperation and mentorships."""

    @pytest.fixture
    def pair(self) -> Application:
        return make_application(make_call(), "Gent", {5: (1, 100)}, members=("Aalst",))

    def test_shares_are_typed_and_add_up(self, client: Client, pair: Application) -> None:
        line, (mine, theirs) = pair.lines.get(), list(pair.members.all())
        assert "Verdeel actie 5" in client.get(address(pair)).content.decode()
        save(client, pair, **{share_field(line.pk, mine.pk): "60", share_field(line.pk, theirs.pk): "30"})
        assert "tellen samen 90; gepland is 100" in client.get(address(pair)).content.decode()
        save(client, pair, **{share_field(line.pk, theirs.pk): "40"})
        page = client.get(address(pair)).content.decode()
        assert "De aandelen van de leden kloppen" in page
        assert "60,0\u00a0%" in page
        assert "€\u00a02.400" in page

    def test_divided_equally_or_by_inhabitants(self, client: Client, pair: Application) -> None:
        assert save(client, pair, divide="equal")["Location"].endswith("#aandelen")
        assert sorted(share.planned or 0 for share in read(pair).shares.values()) == [50, 50]
        response = save(client, pair, divide="inhabitants")
        assert (response.status_code, "niet bekend" in response.content.decode()) == (422, True)
        inhabitants("Gent", 3000)
        inhabitants("Aalst", 1000)
        save(client, pair, divide="inhabitants")
        assert sorted(share.planned or 0 for share in read(pair).shares.values()) == [25, 75]

    def test_cooperation_and_mentorship(self, client: Client, pair: Application) -> None:
        save(client, pair, **{incentive_field("cooperation", pair.applicant_id): "on"})
        member = pair.members.get(is_applicant=False)
        action = indicator(5).terms.action
        save(client, pair, mentor="add", mentor_action=str(action.pk), mentor_member=str(member.organisation_id))
        page = client.get(address(pair)).content.decode()
        assert f"Aalst, {action}" in page
        assert "€\u00a026.000" in page, "6,000 for the line and twice 10,000"
        assert save(client, pair, mentor="add").status_code == 422

    def test_who_applies_alone_sees_no_shares(self, client: Client, draft: Application) -> None:
        page = client.get(address(draft)).content.decode()
        assert "Verdeel gelijk" not in page
        assert "Samenwerking, €" not in page


class TestAttachments:
    """Added after a look at the content, read by who may, taken away."""

    def add(self, client: Client, draft: Application, name: str, content: bytes, **extra: str) -> Any:
        file = SimpleUploadedFile(name, content)
        return save(client, draft, **{"attach": "1", "kind": "other", "title": "", "file": file, **extra})

    def test_added_read_and_taken_away(self, client: Client, draft: Application) -> None:
        assert self.add(client, draft, "plan.png", PNG, title="Plan", remarks="mee bewaard").status_code == 302
        found = draft.attachments.get()
        assert (found.title, found.media_type, found.size) == ("Plan", "image/png", len(PNG))
        response = client.get(f"{address(draft)}bijlagen/{found.pk}/")
        assert b"".join(response.streaming_content) == PNG
        assert response["Content-Disposition"].startswith("attachment")
        assert response["X-Content-Type-Options"] == "nosniff"
        assert entered(name="Aalst").get(f"{address(draft)}bijlagen/{found.pk}/").status_code == 403
        other = make_application(draft.call, "Aalst")
        assert entered(name="Aalst").get(f"{address(other)}bijlagen/{found.pk}/").status_code == 404
        draft.refresh_from_db()
        assert draft.remarks == "mee bewaard"
        save(client, draft, detach=str(found.pk))
        assert not draft.attachments.exists()

    @pytest.mark.parametrize(
        ("name", "content", "says"),
        [("plan.pdf", b"MZ\x90\x00" + b"0" * 50, "geen pdf"), ("plan.pdf", PNG, "extensie"), ("leeg.pdf", b"", "leeg"),
         ("oud.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "oude Office-versie")],
    )  # fmt: skip
    def test_what_is_not_what_it_says_is_refused(
        self, client: Client, draft: Application, name: str, content: bytes, says: str
    ) -> None:
        response = self.add(client, draft, name, content, title="Mijn titel", remarks="blijft")
        assert response.status_code == 422
        assert says in response.content.decode()
        assert "Mijn titel" in response.content.decode()
        assert not draft.attachments.exists()
        draft.refresh_from_db()
        assert draft.remarks == "blijft"

    def test_the_same_file_once_and_a_mandate_of_a_member(self, client: Client, draft: Application) -> None:
        self.add(client, draft, "a.png", PNG)
        assert "zit al bij" in self.add(client, draft, "b.png", PNG).content.decode()
        assert "Kies het lid" in self.add(client, draft, "b.png", PNG, kind="mandate").content.decode()
        assert "Kies waarvoor" in self.add(client, draft, "b.png", PNG + b"1", kind="x").content.decode()
        assert "Kies een bestand" in save(client, draft, attach="1", kind="other").content.decode()


class TestLines:
    """The page on which lines are chosen."""

    def test_chosen_and_taken_away(self, client: Client, draft: Application) -> None:
        before = [str(line.indicator_id) for line in draft.lines.all()]
        posted = {"before": before, "line": [str(indicator(5).pk), str(indicator(9).pk)]}
        assert client.post(f"{address(draft)}lijnen/", posted).status_code == 302
        assert {line.indicator_id for line in draft.lines.all()} == {indicator(5).pk, indicator(9).pk}

    def test_what_another_added_meanwhile_stays(self, client: Client, draft: Application) -> None:
        before = [str(indicator(5).pk)]
        client.post(f"{address(draft)}lijnen/", {"before": before, "line": before})
        assert draft.lines.count() == 2

    def test_search_keeps_what_is_ticked(self, client: Client, draft: Application) -> None:
        page = client.get(f"{address(draft)}lijnen/", {"zoek": "sport"}).content.decode()
        assert "sport" in page
        assert page.count(" checked") == 2
        assert "staan hier niet" in page

    def test_saved_before_leaving(self, client: Client, draft: Application) -> None:
        response = save(client, draft, next="lines", remarks="eerst bewaard")
        assert response["Location"] == f"{address(draft)}lijnen/"
        draft.refresh_from_db()
        assert draft.remarks == "eerst bewaard"

    def test_not_after_the_closing(self, draft: Application) -> None:
        with time_machine.travel(CLOSES, tick=False):
            response = entered().post(f"{address(draft)}lijnen/", {"line": [str(indicator(9).pk)]})
        assert (response.status_code, draft.lines.count()) == (422, 2)

    def test_only_for_who_fills_in(self, draft: Application) -> None:
        assert entered(name="Aalst").get(f"{address(draft)}lijnen/").status_code == 403


class TestStart:
    """Where an application begins."""

    def test_begun_and_gone_on_with(self, client: Client) -> None:
        call = make_call()
        page = client.get("/aanvragen/nieuw/")
        assert "Begin een lege aanvraag" in page.content.decode()
        organisation = page.context["calls"][0][1][0].organisation
        posted = {"call": str(call.pk), "for": str(organisation.pk)}
        response = client.post("/aanvragen/nieuw/", posted)
        made = Application.objects.get()
        assert response["Location"] == address(made)
        assert "Ga verder met aanvraag 1" in client.get("/aanvragen/nieuw/").content.decode()
        client.post("/aanvragen/nieuw/", posted)
        assert Application.objects.count() == 1

    def test_not_for_another_nor_in_a_closed_call(self, client: Client) -> None:
        call = make_call()
        other = person(Role.GOVERNMENT_EDITOR, "Aalst")
        organisation = next(iter(other.grants)).organisation_id
        client.post("/aanvragen/nieuw/", {"call": str(call.pk), "for": str(organisation)})
        with time_machine.travel(CLOSES, tick=False):
            assert "geen oproep open" in entered().get("/aanvragen/nieuw/").content.decode()
        assert not Application.objects.exists()


def test_the_number_of_queries_does_not_grow(
    client: Client, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    members = ("Aalst", "Deinze", "Lokeren", "Ronse", "Zelzate")
    lines = {2: 1, 5: 9, 6: 9, 7: 9, 8: 9, 9: 9, 10: 9, 11: 9, 13: 9, 14: 9, 15: 9, 16: 1, 17: 9, 18: 1, 20: 9, 21: 9}
    large = make_application(
        make_call(), "Gent", {action: (place, units) for place, (action, units) in enumerate(lines.items(), 1)},
        members=members,
    )  # fmt: skip
    by = person(Role.GOVERNMENT_EDITOR, "Gent")
    first = read(large).lines[0]
    typing(large, {line_field(first.pk, "planned"): "1"}, by=by)
    with django_assert_max_num_queries(15):
        assert client.get(address(large)).status_code == 200

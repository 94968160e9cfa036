"""The pages of a call: prepared by a manager by clicking, read by everybody, mistakes explained, nothing lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from draad.accounts.roles import Role
from draad.applications.models import Application, Call, CallDocument, CallState, Extension
from tests.applications.making import CLOSES, DURING, OPENS, make_application, make_call
from tests.documents.test_contents import MINIMAL_PDF, PNG_HEAD

pytestmark = pytest.mark.django_db
SignIn = Callable[[Role | None], Client]
READ, WORK = "/oproepen/plan-samenleven/ronde-1/", "/beheer/oproepen/plan-samenleven/ronde-1/"
BRUSSELS = ZoneInfo("Europe/Brussels")
TYPED = {
    "opens_at": "2099-05-01T00:00",
    "closes_at": "2099-07-02T00:00",
    "introduction": "Samen aan de slag.",
    "cofinancing_statement": "Wij betalen de helft.",
    "contact_name": "Team",
    "contact_email": "team@example.org",
    "payer_name": "Agentschap",
    "payer_iban": "BE68 5390 0754 7034",
    "payer_bic": "gkccbebb",
}


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Any) -> None:
    storages = {**settings.STORAGES}
    storages["default"] = {**storages["default"], "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = storages


@pytest.fixture
def manager(sign_in: SignIn) -> Client:
    return sign_in(Role.PROGRAMME_MANAGER)


@pytest.fixture
def draft(manager: Client) -> Call:
    manager.post(f"{WORK}beginnen/")
    return Call.objects.get()


def words(response: Any) -> str:
    """What the page says, in one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def stored() -> Call:
    return Call.objects.get()


def test_a_manager_makes_a_call_by_clicking(manager: Client, client: Client) -> None:
    assert "Begin de oproep" in words(manager.get("/beheer/programmas/plan-samenleven/rondes/1/"))
    edit = manager.post(f"{WORK}beginnen/", follow=True)
    assert edit.redirect_chain[-1][0] == f"{WORK}wijzigen/"
    assert client.get(READ).status_code == 404
    page = words(manager.get(WORK))
    assert "nog geen begin en einde" in page
    refused = manager.post(f"{WORK}publiceren/", {"revision": "0"})
    assert refused.status_code == 422
    assert "Nog niet gepubliceerd" in words(refused)

    saved = manager.post(f"{WORK}wijzigen/", {**TYPED, "revision": "0"}, follow=True)
    assert "De oproep is bewaard" in words(saved)
    assert "Alles is er" in words(saved)
    assert stored().payer_iban == "BE68539007547034"
    assert stored().payer_bic == "GKCCBEBB"
    assert stored().opens_at == datetime(2099, 4, 30, 22, tzinfo=UTC)

    file = SimpleUploadedFile("besluit.pdf", MINIMAL_PDF)
    added = manager.post(f"{WORK}documenten/nieuw/", {"title": "Besluit", "file": file}, follow=True)
    assert "Het document staat bij de oproep" in words(added)
    manager.post(f"{WORK}mails/submitted/", {"subject": "Binnen: {nummer}", "body": "Dank u, {bestuur}."})
    assert stored().mail_templates.get().subject == "Binnen: {nummer}"

    published = manager.post(f"{WORK}publiceren/", {"revision": "1"}, follow=True)
    assert "Ze opent en sluit vanzelf" in words(published)
    public = words(client.get(READ))
    for said in ("aangekondigd", "Indienen kan van 1 mei 2099", "Samen aan de slag.", "16.000.000", "Besluit",
                 "team@example.org", "inwoners van herkomst buiten de EU-15"):  # fmt: skip
        assert said in public
    assert "Lees de oproep" in words(client.get("/programmas/plan-samenleven/rondes/1/"))
    assert "Haar regels veranderen niet meer" in words(manager.get("/beheer/programmas/plan-samenleven/rondes/1/"))


def test_a_draft_is_for_managers_only(manager: Client, client: Client, draft: Call, sign_in: SignIn) -> None:
    for path in (READ, f"{READ}formulier/"):
        assert manager.get(path).status_code == 200
        assert client.get(path).status_code == 404
        assert sign_in(Role.ASSESSOR).get(path).status_code == 404
        break
    assert "Ronde 1" not in words(client.get("/oproepen/")).replace("Ronde 1 van", "")
    assert "ontwerp" in words(manager.get("/oproepen/"))


@pytest.mark.parametrize(
    ("now", "says", "listed"),
    [
        (OPENS - timedelta(seconds=1), "Indienen kan van 1 mei 2022 om 0.00 uur", "Er staat nu geen oproep open."),
        (OPENS, "Indienen kan nu, tot en met 1 juli 2022.", "Ronde 1 van Plan Samenleven staat open."),
        (CLOSES - timedelta(seconds=1), "Indienen kan nu", "Ronde 1 van Plan Samenleven staat open."),
        (CLOSES, "De oproep is gesloten: indienen kon tot en met 1 juli 2022.", "Er staat nu geen oproep open."),
    ],
)
def test_pages_follow_the_clock(client: Client, now: datetime, says: str, listed: str) -> None:
    make_call()
    with time_machine.travel(now, tick=False):
        assert says in words(client.get(READ))
        assert listed in words(client.get("/oproepen/"))


def test_the_form_can_be_read_before_the_call_opens(client: Client) -> None:
    make_call()
    with time_machine.travel(OPENS - timedelta(days=1), tick=False):
        page = words(client.get(f"{READ}formulier/"))
    assert "Dit zult u invullen" in page
    assert "Gepland bijkomend" in page
    assert "Het bestuur betaalt de andere helft" in page
    assert "Oefenkansen Nederlands organiseren" in page
    assert not Application.objects.exists()


def test_the_preview_leads_nowhere_that_does_not_exist(client: Client) -> None:
    make_call()
    page = client.get(f"{READ}formulier/").content.decode()
    assert "/aanvragen/0/" not in page
    assert "<fieldset disabled>" in page


def test_an_open_call_leads_to_an_application(client: Client, sign_in: SignIn) -> None:
    make_call()
    button = "Begin een aanvraag"
    with time_machine.travel(DURING, tick=False):
        assert button in words(client.get(READ))
    with time_machine.travel(CLOSES, tick=False):
        assert button not in words(client.get(READ))
    with time_machine.travel(DURING, tick=False):
        assert button in words(sign_in(Role.GOVERNMENT_EDITOR).get(READ))
        assert button not in words(sign_in(Role.ASSESSOR).get(READ)), "an assessor does not apply"


def test_an_example_says_so(client: Client) -> None:
    make_call(example=True)
    for path in (READ, f"{READ}formulier/", "/oproepen/"):
        assert "voorbeeld" in words(client.get(path))


class TestMistakes:
    @pytest.mark.parametrize(
        ("field", "typed", "says"),
        [
            ("closes_at", "2099-04-01T00:00", "sluit voor ze opent"),
            ("closes_at", "morgen", "Dit is geen moment"),
            ("closes_at", "2099-03-29T02:30", "verspringt de klok"),
            ("closes_at", "2099-10-25T02:30", "verspringt de klok"),
            ("contact_email", "team", "Schrijf een e-mailadres"),
            ("payer_iban", "BE68 5390 0754 7035", "controlecijfers"),
            ("payer_bic", "KORT", "8 of 11 tekens"),
        ],
    )
    def test_in_the_call(self, manager: Client, draft: Call, field: str, typed: str, says: str) -> None:
        response = manager.post(f"{WORK}wijzigen/", {**TYPED, field: typed, "revision": "0"})
        assert response.status_code == 422
        assert says in words(response)
        assert f'href="#id_{field}"' in response.content.decode()
        assert typed in response.content.decode()
        assert stored().introduction == ""

    def test_two_editors(self, manager: Client, draft: Call) -> None:
        manager.post(f"{WORK}wijzigen/", {**TYPED, "introduction": "Eerste", "revision": "0"})
        response = manager.post(f"{WORK}wijzigen/", {**TYPED, "introduction": "Tweede", "revision": "0"})
        assert response.status_code == 409
        assert "Nu bewaard: Eerste" in words(response)
        assert "Tweede" in response.content.decode()
        assert 'name="revision" value="1"' in response.content.decode()

    def test_a_file_that_is_something_else(self, manager: Client, draft: Call) -> None:
        file = SimpleUploadedFile("besluit.pdf", PNG_HEAD)
        response = manager.post(f"{WORK}documenten/nieuw/", {"title": "Besluit", "file": file})
        assert response.status_code == 422
        assert "past niet bij wat erin zit" in words(response)
        assert not CallDocument.objects.exists()

    def test_a_name_that_a_mail_does_not_know(self, manager: Client, draft: Call) -> None:
        response = manager.post(f"{WORK}mails/submitted/", {"subject": "{naam}", "body": "x"})
        assert response.status_code == 422
        assert "{naam} bestaat niet in dit bericht" in words(response)

    def test_a_mail_shows_the_words_that_are_sent_whatever_the_language_of_the_page(
        self, manager: Client, draft: Call
    ) -> None:
        response = manager.get(f"/en{WORK}mails/submitted/")
        assert "Subject" in words(response)
        assert "Aanvraag {nummer} van {bestuur} is ingediend" in response.content.decode()

    def test_a_mail_that_does_not_exist(self, manager: Client, draft: Call) -> None:
        assert manager.get(f"{WORK}mails/verjaardag/").status_code == 404

    def test_an_extension(self, manager: Client) -> None:
        make_call()
        with time_machine.travel(DURING):
            response = manager.post(f"{WORK}verlengen/", {"closes_at": "2022-07-01T12:00", "reason": "x"})
        assert response.status_code == 422
        assert "Verlengen kan alleen tot na 1 juli 2022 om 24.00 uur" in words(response)
        response = manager.post(f"{WORK}verlengen/", {"closes_at": "2022-07-09T12:00", "organisation": "Atlantis"})
        assert "Schrijf in een zin waarom" in words(response)
        assert "Atlantis" in response.content.decode()

    def test_publishing_what_was_changed_meanwhile(self, manager: Client, draft: Call) -> None:
        manager.post(f"{WORK}wijzigen/", {**TYPED, "revision": "0"})
        response = manager.post(f"{WORK}publiceren/", {"revision": "0"})
        assert response.status_code == 422
        assert "Intussen is er iets gewijzigd" in words(response)


def test_an_extension_for_one_government(manager: Client, client: Client) -> None:
    make_call()
    with time_machine.travel(DURING):
        form = {"closes_at": "2022-07-09T12:00", "organisation": "Gent", "reason": "brand"}
        page = manager.post(f"{WORK}verlengen/", form, follow=True)
        assert "Gent" in words(page)
        assert Extension.objects.get().closes_at == datetime(2022, 7, 9, 12, tzinfo=BRUSSELS)
        assert "brand" not in words(client.get(READ)), "why one government has longer is not for everybody"
        manager.post(f"{WORK}verlengen/", {**form, "organisation": "", "closes_at": "2022-07-20T12:00",
                                           "reason": "storing"})  # fmt: skip
        assert "storing" in words(client.get(READ))
        assert "tot 20 juli 2022 om 12.00 uur" in words(client.get(READ))


def test_a_published_call_asks_contact_and_account_only(manager: Client) -> None:
    make_call()
    form = manager.get(f"{WORK}wijzigen/").context["form"]
    assert [name for name in form.fields if name in ("opens_at", "introduction")] == []
    manager.post(f"{WORK}wijzigen/", {**TYPED, "contact_name": "Nieuw", "revision": "0"})
    assert (stored().contact_name, stored().opens_at) == ("Nieuw", OPENS)


def test_cancelled_and_begun_anew(manager: Client, client: Client) -> None:
    make_call()
    assert "Schrijf in een zin waarom" in words(manager.post(f"{WORK}intrekken/", {"reason": ""}))
    page = manager.post(f"{WORK}intrekken/", {"reason": "geen budget"}, follow=True)
    assert "De oproep is ingetrokken" in words(page)
    assert "ingetrokken" in words(client.get(READ))
    assert manager.get(f"{WORK}wijzigen/").status_code == 302
    manager.post(f"{WORK}hernemen/")
    assert stored().state == CallState.DRAFT
    assert client.get(READ).status_code == 404


def test_what_cannot_be_begun_anew_says_why(manager: Client) -> None:
    make_application(make_call())
    manager.post(f"{WORK}intrekken/", {"reason": "x"})
    assert "al aanvragen" in words(manager.post(f"{WORK}hernemen/", follow=True))


def test_a_draft_is_thrown_away(manager: Client, draft: Call) -> None:
    page = manager.post(f"{WORK}weggooien/", follow=True)
    assert "weggegooid" in words(page)
    assert not Call.objects.exists()


def test_a_document_is_saved_and_never_shown_as_a_page(manager: Client, client: Client, draft: Call) -> None:
    file = SimpleUploadedFile("besluit.pdf", MINIMAL_PDF)
    manager.post(f"{WORK}documenten/nieuw/", {"title": "Besluit", "file": file})
    address = f"{READ}documenten/{CallDocument.objects.get().pk}/"
    assert client.get(address).status_code == 404
    response = manager.get(address)
    assert response.content == MINIMAL_PDF
    assert response["Content-Disposition"] == 'attachment; filename="besluit.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    pk = CallDocument.objects.get().pk
    assert "Het document is weg" in words(manager.post(f"{WORK}documenten/{pk}/verwijderen/", follow=True))


@pytest.mark.parametrize("path", ["publiceren/", "hernemen/", "weggooien/", "beginnen/"])
def test_only_by_post(manager: Client, path: str) -> None:
    assert manager.get(WORK + path).status_code == 405


@pytest.mark.parametrize("path", ["/oproepen/", READ, f"{READ}formulier/", WORK, f"{WORK}wijzigen/",
                                  f"{WORK}verlengen/", f"{WORK}mails/submitted/"])  # fmt: skip
def test_pages_ask_few_queries(
    manager: Client, django_assert_max_num_queries: Callable[[int], Any], path: str
) -> None:
    make_call(state=CallState.DRAFT if path.startswith("/beheer") and "verlengen" not in path else "published")
    manager.get(path)
    with django_assert_max_num_queries(15):
        assert manager.get(path).status_code == 200

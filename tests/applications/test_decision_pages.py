import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from draad.accounts.actor import Actor
from draad.accounts.roles import Role
from draad.applications.actions.decisions import explain, sign
from draad.applications.models import Application, Decision, DecisionList, LetterTemplate
from draad.applications.queries.decisions import decisions_of
from draad.documents.letter_template import own_template
from tests.applications.deciding import (
    SECOND,
    advised,
    chosen,
    manager,
    prepared,
    published,
    signed,
    two_applications,
)
from tests.applications.making import make_call, person
from tests.documents.test_word_letters import with_paragraphs

pytestmark = pytest.mark.django_db
SHORT = {("Gent", 9): "20000.00", ("Aalst", 9): "0.00"}
ROUND = ["plan-samenleven", 1]
NotMore = Callable[..., object]


def client_of(who: Actor) -> Client:
    client = Client()
    assert who.user is not None
    client.force_login(who.user, backend="draad.accounts.backend.AccountBackend")
    return client


def at(name: str, *arguments: object) -> str:
    return reverse(f"applications:{name}", args=arguments)


@pytest.fixture
def managing(db: None) -> Client:
    return client_of(manager())


def told(response: HttpResponse) -> str:
    return response.content.decode()


def decision_on(decision_list: DecisionList, applicant: str) -> Decision:
    return next(d for d in decisions_of(decision_list) if d.application.applicant.name == applicant)


def typed(decision: Decision, **more: str) -> dict[str, str]:
    """What the form of a decision on Gent holds: its whole and the line that was cut."""
    cut = next(part for part in decision.lines.all() if part.outcome == "partly")
    values = {
        f"decision-{decision.pk}-key": "terms",
        f"decision-{decision.pk}-text": "Geen werving.",
        f"grantline-{cut.pk}-key": "budget",
        f"grantline-{cut.pk}-text": "",
        "revision": "0",
    }
    return values | more


# the list ---------------------------------------------------------------------------------------------------------
def test_an_empty_site_says_what_comes_first(managing: Client) -> None:
    assert "Er is nog geen verdeling gekozen" in told(managing.get(at("decisions")))


def test_a_chosen_distribution_waits_to_be_prepared(managing: Client) -> None:
    scenario = chosen(two_applications())
    assert "De verdeling “Op prioriteit” is gekozen" in told(managing.get(at("decisions")))
    response = managing.post(at("decisions_prepare", scenario.pk), follow=True)
    assert "De beslissingen staan klaar." in told(response)
    assert "De verdeling “Op prioriteit” is gekozen" not in told(managing.get(at("decisions")))


def test_why_nothing_can_be_prepared_is_told(managing: Client) -> None:
    scenario = chosen(two_applications(), state="kept")
    response = managing.post(at("decisions_prepare", scenario.pk), follow=True)
    assert "Kies eerst een verdeling" in told(response)


def test_a_list_shows_asked_and_granted_and_who_must_sign(managing: Client) -> None:
    page = told(managing.get(at("decision_list", prepared(awards=SHORT).pk)))
    for words in ("Nog 2 handtekeningen nodig.", "€\u00a0103.000", "€\u00a084.000", "deels toegekend", "geweigerd",
                  "budget volstaat niet", "De oproep kondigde aan"):  # fmt: skip
        assert words in page


def test_a_list_is_filtered_by_what_people_read(managing: Client) -> None:
    made = prepared(awards=SHORT)
    page = told(managing.get(at("decision_list", made.pk), {"beslissing": "geweigerd"}))
    assert "Aalst" in page
    assert ">Gent<" not in page


def test_signing_and_publishing_by_clicking(managing: Client) -> None:
    made = prepared()
    page = told(managing.post(at("decisions_sign", made.pk), {"revision": "0"}, follow=True))
    assert "U hebt ondertekend." in page
    assert "Nog 1 handtekening van iemand anders" in page
    again = told(managing.post(at("decisions_sign", made.pk), {"revision": "0"}, follow=True))
    assert "U hebt al ondertekend" in again
    second = client_of(manager(SECOND))
    assert "Iedereen heeft ondertekend" in told(
        second.post(at("decisions_sign", made.pk), {"revision": "0"}, follow=True)
    )
    page = told(second.post(at("decisions_publish", made.pk), follow=True))
    assert "De beslissingen zijn bekend." in page
    assert "Maak de betaalopdracht voor de voorschotten" in page
    assert "saldi" not in page


@pytest.mark.parametrize("revision", ["", "1", "x"])
def test_a_list_that_changed_is_not_signed(managing: Client, revision: str) -> None:
    made = prepared()
    page = told(managing.post(at("decisions_sign", made.pk), {"revision": revision}, follow=True))
    assert "Iemand anders bewaarde dit intussen" in page
    assert not made.signatures.exists()


def test_why_a_list_cannot_be_published_is_told(managing: Client) -> None:
    page = told(managing.post(at("decisions_publish", prepared().pk), follow=True))
    assert "de toestand is nu “in voorbereiding”" in page


def test_letting_a_list_lapse_needs_a_reason(managing: Client) -> None:
    made = prepared()
    response = managing.post(at("decisions_discard", made.pk), {"reason": ""})
    assert response.status_code == 422
    assert "Schrijf waarom." in told(response)
    assert "De lijst is vervallen." in told(
        managing.post(at("decisions_discard", made.pk), {"reason": "Fout."}, follow=True)
    )


def test_a_published_list_does_not_lapse(managing: Client) -> None:
    page = told(managing.post(at("decisions_discard", published().pk), {"reason": "Fout."}, follow=True))
    assert "de toestand is nu “bekendgemaakt”" in page


@pytest.mark.parametrize("many", [2, 12])
def test_pages_of_lists_take_as_many_queries_whatever_the_number(
    managing: Client, django_assert_max_num_queries: NotMore, many: int
) -> None:
    call = make_call()
    for number, name in enumerate(("Gent", "Aalst", "Genk", "Brugge", "Leuven", "Mechelen", "Kortrijk", "Oostende",
                                   "Hasselt", "Mol", "Geel", "Boom")[:many]):  # fmt: skip
        advised(call, name, {5: (1, 10 + number), 9: (2, 1)})
    made = prepared(call)
    decision = made.decisions.all()[0]
    for address in (at("decisions"), at("decision_list", made.pk), at("decision", decision.pk),
                    at("letter", decision.application_id)):  # fmt: skip
        with django_assert_max_num_queries(15):  # type: ignore[attr-defined]
            assert managing.get(address).status_code == 200


# one decision -----------------------------------------------------------------------------------------------------
def test_reasons_are_saved(managing: Client) -> None:
    gent = decision_on(prepared(awards=SHORT), "Gent")
    page = told(managing.post(at("decision", gent.pk), typed(gent), follow=True))
    assert "De beslissing is bewaard." in page
    assert "past niet bij de voorwaarden" in page
    assert "De handtekeningen zijn vervallen" not in page


def test_saving_after_a_signature_tells_that_it_lapsed(managing: Client) -> None:
    made = sign(prepared(awards=SHORT), revision=0, by=manager())
    gent = decision_on(made, "Gent")
    assert "Deze lijst is al ondertekend" in told(managing.get(at("decision", gent.pk)))
    assert "De handtekeningen zijn vervallen" in told(managing.post(at("decision", gent.pk), typed(gent), follow=True))


def test_all_that_is_wrong_is_told_and_nothing_typed_is_lost(managing: Client) -> None:
    gent = decision_on(prepared(awards=SHORT), "Gent")
    cut = next(part for part in gent.lines.all() if part.outcome == "partly")
    wrong = {f"decision-{gent.pk}-key": "", f"grantline-{cut.pk}-key": "other", f"grantline-{cut.pk}-text": " "}
    response = managing.post(at("decision", gent.pk), typed(gent, **wrong))
    assert response.status_code == 422
    page = told(response)
    assert "Kies waarom er minder is toegekend dan gevraagd." in page
    assert "Leg deze reden uit" in page
    assert "Geen werving." in page
    assert decision_on(gent.decision_list, "Gent").reason_key == "budget"


def test_a_second_writer_sees_both_and_loses_nothing(managing: Client) -> None:
    gent = decision_on(prepared(awards=SHORT), "Gent")
    explain(gent, {gent: ("other", "Van een ander.")}, revision=0, by=manager(SECOND))
    response = managing.post(at("decision", gent.pk), typed(gent))
    assert response.status_code == 409
    page = told(response)
    assert "Iemand anders bewaarde dit intussen" in page
    assert "Van een ander." in page
    assert "Geen werving." in page
    assert 'name="revision" value="1"' in page
    assert managing.post(at("decision", gent.pk), typed(gent, revision="1")).status_code == 302
    assert decision_on(gent.decision_list, "Gent").reason == "Geen werving."


def test_a_published_decision_is_read_only(managing: Client) -> None:
    gent = decision_on(published(prepared(awards=SHORT)), "Gent")
    assert "<textarea" not in told(managing.get(at("decision", gent.pk)))
    page = told(managing.post(at("decision", gent.pk), typed(gent), follow=True))
    assert "de toestand is nu “bekendgemaakt”" in page


# letters ----------------------------------------------------------------------------------------------------------
def letter_of(name: str) -> str:
    return at("letter", Application.objects.get(applicant__name=name).pk)


def test_the_applicant_reads_nothing_before_publication() -> None:
    signed()
    for role in (Role.GOVERNMENT_EDITOR, Role.GOVERNMENT_APPROVER):
        assert client_of(person(role, "Gent")).get(letter_of("Gent")).status_code == 404
    assert client_of(person(Role.ASSESSOR)).get(letter_of("Gent")).status_code == 404


def test_the_manager_reads_the_draft_of_a_letter(managing: Client) -> None:
    prepared(awards=SHORT)
    assert "Ontwerp, nog niet bekendgemaakt" in told(managing.get(letter_of("Gent")))


def test_a_discarded_list_has_no_letters(managing: Client) -> None:
    made = prepared()
    managing.post(at("decisions_discard", made.pk), {"reason": "Fout."})
    assert managing.get(letter_of("Gent")).status_code == 404


def test_the_applicant_reads_the_letter() -> None:
    published(prepared(awards=SHORT))
    page = told(client_of(person(Role.GOVERNMENT_EDITOR, "Gent")).get(letter_of("Gent")))
    for words in (
        "U vroeg €\u00a0103.000,00. U krijgt €\u00a084.000,00.", "Het budget volstaat niet voor alle aanvragen.",
        "Zo is het budget verdeeld: De oproep kondigde aan dat prioriteiten gelden.", "€\u00a0500,00 daarvan is geen hele eenheid.",
        "Stimulans: samenwerking", "een voorschot van 80\u00a0%: €\u00a067.200,00", "BE68 5390 0754 7034 van Gent",
        "te betalen", "Wacht op het eindrapport.", "Raad van State", "samenleven@example.org",
    ):  # fmt: skip
        assert words in page
    assert "Ontwerp" not in page
    assert "Naar de lijst" not in page


def test_a_refusal_names_no_payment() -> None:
    published(prepared(awards=SHORT))
    page = told(client_of(person(Role.GOVERNMENT_EDITOR, "Aalst")).get(letter_of("Aalst")))
    assert "U krijgt geen subsidie." in page
    assert "voorschot" not in page
    assert "We betalen" not in page


def test_a_member_reads_the_letter_and_a_stranger_does_not() -> None:
    call = make_call()
    advised(call, "Gent", {5: (1, 100)}, members=("Aalst", "Genk"))
    published(prepared(call))
    page = told(client_of(person(Role.GOVERNMENT_EDITOR, "Aalst")).get(letter_of("Gent")))
    assert "U diende in samen met Aalst en Genk. Het bedrag gaat naar u als aanvrager." in page
    assert client_of(person(Role.GOVERNMENT_EDITOR, "Brugge")).get(letter_of("Gent")).status_code == 403


@pytest.mark.parametrize(("form", "begins"), [("pdf", b"%PDF"), ("docx", b"PK")])
def test_the_letter_is_a_file_too(form: str, begins: bytes) -> None:
    published()
    reading = client_of(person(Role.GOVERNMENT_APPROVER, "Gent"))
    first = reading.get(letter_of("Gent"), {"format": form})
    assert first.content.startswith(begins)
    assert f"brief-plan-samenleven-1-0001.{form}" in first.headers["Content-Disposition"]
    assert reading.get(letter_of("Gent"), {"format": form}).content == first.content


def test_a_letter_is_in_dutch_whatever_the_language_of_the_page() -> None:
    published(prepared(awards=SHORT))
    reading = client_of(person(Role.GOVERNMENT_APPROVER, "Gent"))
    page = told(reading.get(f"/en{letter_of('Gent')}"))
    assert '<html lang="en"' in page
    assert "Beslissing over uw aanvraag" in page
    assert "€\u00a084.000,00" in page


def test_examples_say_so_on_the_letter_and_the_list(managing: Client) -> None:
    call = make_call(example=True)
    advised(call, "Gent", {5: (1, 100)})
    made = published(prepared(call))
    assert "Voorbeeld, geen echte beslissing" in told(managing.get(letter_of("Gent")))
    assert "draad-tag--example" in told(managing.get(at("decision_list", made.pk)))


# templates --------------------------------------------------------------------------------------------------------
def upload(client: Client, content: bytes, name: str = "brief.docx", key: str = "partly") -> HttpResponse:
    file = SimpleUploadedFile(name, content)
    return client.post(at("letter_templates", *ROUND), {"key": key, "file": file}, follow=True)  # type: ignore[return-value]


def test_an_own_template_is_used_for_its_outcome(managing: Client) -> None:
    made = published(prepared(awards=SHORT))
    assert "Het sjabloon is bewaard." in told(upload(managing, with_paragraphs("Dag {{ bestuur }}, {{ toegekend }}")))
    page = told(managing.get(at("letter_templates", *ROUND)))
    assert "brief.docx" in page
    content = managing.get(letter_of("Gent"), {"format": "docx"}).content
    assert "Dag Gent, €\u00a084.000,00" in zipfile.ZipFile(BytesIO(content)).read("word/document.xml").decode()
    refused = managing.get(letter_of("Aalst"), {"format": "docx"}).content
    assert "Dag" not in zipfile.ZipFile(BytesIO(refused)).read("word/document.xml").decode()
    assert made.pk


def test_a_second_template_takes_the_place_of_the_first(managing: Client) -> None:
    make_call()
    upload(managing, with_paragraphs("Eerst {{ bestuur }}"))
    upload(managing, with_paragraphs("Dan {{ bestuur }}"), name="nieuw.docx")
    assert LetterTemplate.objects.get().file_name == "nieuw.docx"


def test_a_template_is_removed(managing: Client) -> None:
    make_call()
    upload(managing, with_paragraphs("Dag {{ bestuur }}"))
    managing.post(at("letter_template_remove", *ROUND, "partly"))
    assert managing.get(at("letter_template", *ROUND, "partly")).content == own_template()


def test_there_is_no_template_for_another_outcome(managing: Client) -> None:
    make_call()
    assert managing.get(at("letter_template", *ROUND, "later")).status_code == 404


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"tekst", "Dit is geen Word-document"),
        (b"", "Het bestand is leeg"),
        (with_paragraphs("{{ burgemeester }}"), "Deze invulvelden bestaan niet: burgemeester"),
        (with_paragraphs("{{ bestuur"), "Een invulveld is niet juist geschreven"),
        (with_paragraphs("{{ bestuur | upper }}"), "Gebruik alleen de invulvelden uit de lijst"),
        (with_paragraphs("Geachte"), "Er staat geen enkel invulveld"),
        (b"PK" + b"0" * 5 * 1024 * 1024, "Het bestand is groter dan 5 MB"),
    ],
)
def test_what_is_wrong_with_a_template_is_told(managing: Client, content: bytes, words: str) -> None:
    make_call()
    response = upload(managing, content)
    assert response.status_code == 422
    assert words in told(response)
    assert not LetterTemplate.objects.exists()


def test_a_file_must_be_chosen(managing: Client) -> None:
    make_call()
    assert "Kies een bestand." in told(managing.post(at("letter_templates", *ROUND), {"key": "partly"}))

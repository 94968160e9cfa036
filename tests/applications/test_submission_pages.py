"""Handing in on the web: what is read before, the receipt on screen and as a file, the ways back."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
import time_machine
from django.urls import reverse

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.roles import Role
from draad.applications.actions.submission import submit
from draad.applications.models import Application, ApplicationState, Call, LineShare, Submission
from draad.applications.receipt import content_blocks, receipt_pdf
from draad.documents.pdf import Grid
from draad.programmes.models import IndicatorTerms
from tests.applications.making import BY, CLOSES, enter, make_application, make_call, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("during")]


@pytest.fixture
def application(call: Call) -> Application:
    return make_application(call, "Gent", {5: (1, 900), 9: (2, 60)})


@pytest.fixture
def approver() -> Actor:
    return person(Role.GOVERNMENT_APPROVER, "Gent")


def at(step: str, application: Application, *more: int) -> str:
    return reverse(f"applications:{step}", args=[application.pk, *more])


@pytest.fixture
def submission(application: Application, approver: Actor) -> Submission:
    return submit(application, revision=application.revision, by=approver)


def test_everything_is_read_before_it_is_handed_in(application: Application, approver: Actor) -> None:
    page = enter(approver).get(at("review", application)).content.decode()
    for words in ("BE68 5390 0754 7034", "ans@example.org", "€\xa054.000", ">900<", "Dien in"):
        assert words in page
    assert "inwoners van herkomst buiten de EU-15" in page


def test_an_editor_is_told_who_hands_in(application: Application) -> None:
    page = enter(person(Role.GOVERNMENT_EDITOR, "Gent")).get(at("review", application)).content.decode()
    assert "Indienen doet wie goedkeurt voor Gent." in page
    assert at("submit", application) not in page


def test_what_is_needed_leads_to_its_field(call: Call, approver: Actor) -> None:
    application = make_application(call, "Gent", {5: (1, None)}, contact_email="")
    page = enter(approver).get(at("review", application)).content.decode()
    assert "#veld-contact_email" in page
    assert at("submit", application) not in page
    refused = enter(approver).post(at("submit", application), {"revision": application.revision})
    assert refused.status_code == 422
    assert "Niet ingediend" in refused.content.decode()


def test_handing_in_leads_to_the_receipt(application: Application, approver: Actor) -> None:
    client = enter(approver)
    page = client.post(at("submit", application), {"revision": application.revision}, follow=True)
    assert page.redirect_chain[0][0] == at("receipt", application, 1)
    text = page.content.decode()
    assert "Het ontvangstbewijs staat klaar" in text
    assert Submission.objects.get().sha256 in text
    assert ">klopt<" in text
    again = client.post(at("submit", application), {"revision": application.revision})
    assert again.status_code == 422
    assert "al ingediend, op 15 juni 2022 om 12.00 uur" in again.content.decode()


@pytest.mark.parametrize("revision", ["", "x", "99"])
def test_who_read_something_else_reads_again(application: Application, approver: Actor, revision: str) -> None:
    page = enter(approver).post(at("submit", application), {"revision": revision})
    assert page.status_code == 422
    assert "gewijzigd sinds u ze nakeek" in page.content.decode()
    assert f'name="revision" value="{application.revision}"' in page.content.decode()


def test_the_data_can_be_checked_by_anyone(submission: Submission, application: Application, approver: Actor) -> None:
    file = enter(approver).get(at("receipt", application, 1), {"format": "json"})
    assert sha256(file.content).hexdigest() == submission.sha256
    assert file["Content-Disposition"] == 'attachment; filename="ontvangstbewijs-1-1-1.json"'


def test_changed_data_shows(submission: Submission, application: Application, approver: Actor) -> None:
    with audit.recording(by=BY) as log:
        log.change(submission, verb="test.tamper", content={**submission.content, "requested": "999999.00"})
    page = enter(approver).get(at("receipt", application, 1)).content.decode()
    assert "klopt niet" in page


def words_of(pdf: bytes) -> str:
    """The text of a file on one line."""
    pages = pypdfium2.PdfDocument(BytesIO(pdf))
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pages).split())


def test_the_receipt_as_a_file(submission: Submission, application: Application, approver: Actor) -> None:
    file = enter(approver).get(at("receipt", application, 1), {"format": "pdf"})
    assert file["Content-Type"] == "application/pdf"
    text = words_of(file.content)
    for words in ("Ontvangstbewijs: aanvraag 1 van Gent", "54.000", "BE68 5390 0754 7034",
                  "15 juni 2022 om 12.00 uur", "Bladzijde 1 van", submission.sha256):  # fmt: skip
        assert words in text
    assert "voorbeeld" not in text.lower()


def test_the_same_submission_gives_the_same_bytes(submission: Submission) -> None:
    first = receipt_pdf(submission)
    with time_machine.travel(CLOSES, tick=False):
        assert receipt_pdf(Submission.objects.get(pk=submission.pk)) == first


def test_an_example_says_so_on_every_page(approver: Actor) -> None:
    application = make_application(make_call(example=True), "Gent", {5: (1, 900)})
    made = submit(application, revision=application.revision, by=approver)
    document = pypdfium2.PdfDocument(BytesIO(receipt_pdf(made)))
    assert all("voorbeeld" in page.get_textpage().get_text_bounded().lower() for page in document)


def test_a_partnership_on_the_receipt(call: Call) -> None:
    application = make_application(call, "Kalmthout", {5: (1, 100)}, members=("Essen",))
    line = application.lines.get()
    with audit.recording(by=BY) as log:
        for member, planned in zip(application.members.order_by("pk"), (70, 30), strict=True):
            log.create(LineShare(line=line, member=member, planned=planned, amount=planned * 60), verb="test.share")
    made = submit(application, revision=application.revision, by=person(Role.GOVERNMENT_APPROVER, "Kalmthout"))
    grids = [block for block in content_blocks(made.content) if isinstance(block, Grid)]
    cells = [[str(cell).replace("\xa0", " ") for cell in row] for grid in grids for row in grid.rows]
    assert any(row[1:] == ["Essen", "30", "€ 1.800"] for row in cells)
    essen = enter(person(Role.GOVERNMENT_EDITOR, "Essen"))
    assert essen.get(at("receipt", application, 1)).status_code == 200


@pytest.mark.parametrize(
    ("role", "name", "status"),
    [
        (Role.GOVERNMENT_EDITOR, "Gent", 200),
        (Role.ASSESSOR, "Agentschap Binnenlands Bestuur", 200),
        (Role.PROGRAMME_MANAGER, "Agentschap Binnenlands Bestuur", 200),
        (Role.GOVERNMENT_APPROVER, "Brugge", 403),
        (Role.READER, "Gent", 403),
    ],
)
def test_who_reads_a_receipt(
    submission: Submission, application: Application, role: Role, name: str, status: int
) -> None:
    client = enter(person(role, name))
    assert client.get(at("receipt", application, 1)).status_code == status
    assert client.get(at("receipt", application, 9)).status_code == (404 if status == 200 else 403)


def test_back_to_a_draft_and_away(submission: Submission, application: Application, approver: Actor) -> None:
    client = enter(approver)
    dossier = client.get(at("dossier", application)).content.decode()
    assert at("reopen", application) in dossier
    assert at("receipt", application, 1) in dossier
    page = client.post(at("reopen", application), follow=True).content.decode()
    assert "De indiening is ingetrokken" in page
    assert (
        "Deze indiening is ingetrokken op 15 juni 2022" in client.get(at("receipt", application, 1)).content.decode()
    )
    page = client.post(at("cancel", application), follow=True).content.decode()
    assert "De aanvraag is weggegooid" in page


def test_too_late_to_take_back(submission: Submission, application: Application, approver: Actor) -> None:
    with time_machine.travel(CLOSES, tick=False):
        client = enter(approver)
        assert at("reopen", application) not in client.get(at("dossier", application)).content.decode()
        page = client.post(at("reopen", application), follow=True).content.decode()
    assert "De oproep is gesloten" in page


def test_ending_keeps_what_was_typed(submission: Submission, application: Application, approver: Actor) -> None:
    client = enter(approver)
    page = client.post(at("withdraw", application), {"reason": " "})
    assert page.status_code == 422
    assert "één zin volstaat" in page.content.decode()
    page = client.post(at("withdraw", application), {"reason": "De raad wil niet."}, follow=True)
    assert "niet verder beoordeeld" in page.content.decode()
    late = client.post(at("withdraw", application), {"reason": "Nog eens, met uitleg."})
    assert late.status_code == 422
    assert Application.objects.get().state == ApplicationState.WITHDRAWN
    assert "Intrekken kan niet" in client.get(at("withdraw", application)).content.decode()


@pytest.mark.parametrize("step", ["review", "receipt"])
@pytest.mark.parametrize("lines", [2, 12])
def test_pages_ask_as_little_of_many_lines(
    call: Call, approver: Actor, step: str, lines: int, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    found = IndicatorTerms.objects.filter(terms__round__number=1, line=1, terms__state="published")
    actions = sorted(set(found.values_list("terms__action__number", flat=True)))[:lines]
    application = make_application(call, "Gent", {action: (place, 1) for place, action in enumerate(actions, 1)})
    client, more = enter(approver), []
    if step == "receipt":
        submit(application, revision=application.revision, by=approver)
        more = [1]
    address = at(step, application, *more)
    client.get(address)
    with django_assert_max_num_queries(15):
        assert client.get(address).status_code == 200


def test_what_was_handed_in_is_dutch_on_an_english_page_and_says_so(
    submission: Submission, application: Application, approver: Actor
) -> None:
    page = enter(approver).get(f"/en{at('receipt', application, submission.number)}").content.decode()
    before, _mark, after = page.partition('<div lang="nl">')
    assert "Wat is aangevraagd" in after
    assert "Wat is aangevraagd" not in before
    assert "What is requested" not in after
    assert "Check that nothing has changed" in after

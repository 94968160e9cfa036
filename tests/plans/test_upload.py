"""The pages on which documents are read: what a coordinator sees, and that a refused file leaves nothing behind."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse

from draad.accounts.actor import Actor
from draad.accounts.roles import Role
from draad.documents.source import DocumentError, DocumentFault
from draad.organisations.models import Organisation
from draad.plans.actions.plans import PlanAbout, create_plan
from draad.plans.actions.reading import DamagedSheetsError, drop_upload, put_on_desk, read_file
from draad.plans.actions.review import accept_sheet
from draad.plans.models import Measure, Plan, ReadSheet, SheetUpload
from draad.plans.queries import measures_of, sheets_of
from draad.plans.words import FAULTS, fault_sentences
from tests.plans.conftest import as_upload
from tests.plans.desk import BY, accept_all, first, in_plan, put, sheets, word_file
from tests.plans.making import WORD, make_pdf, pack_docx
from tests.plans.test_damaged_documents import RC4_LOCKED_PDF

pytestmark = pytest.mark.django_db
Enter = Callable[[Role | None], Client]


@pytest.fixture
def client(sign_in: Enter) -> Client:
    return sign_in(Role.PLAN_COORDINATOR)


def text(response: HttpResponseBase) -> str:
    assert isinstance(response, HttpResponse)
    return unescape(response.content.decode())


def send(client: Client, plan: Plan, content: bytes, name: str = "plan.docx", **more: str) -> Any:
    """Send a file to the page on which documents are read."""
    return client.post(reverse("plans:upload", args=[plan.slug]), {"file": as_upload(content, name), **more})


def bomb(folder: Path) -> bytes:
    body = f'<w:document xmlns:w="{WORD}"><w:body>{" " * 40_000_000}</w:body></w:document>'
    return pack_docx(folder / "bomb.docx", body).read_bytes()


def other_zip() -> bytes:
    held = BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        package.writestr("other.txt", "x")
    return held.getvalue()


def _without_target() -> bytes:
    """A document of which the first sheet has lost the label of its target."""
    content = word_file(sheets())
    held = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(held, "w") as new:
        for part in old.namelist():
            data = old.read(part)
            new.writestr(part, data.replace(b">Streefwaarde<", b">Iets anders<", 1))
    return held.getvalue()


def test_a_document_is_read_and_can_be_left_and_found_again(client: Client, plan: Plan) -> None:
    answer = send(client, plan, word_file(sheets()))
    upload = SheetUpload.objects.get()
    assert answer["Location"] == reverse("plans:desk", args=[upload.pk])
    assert (upload.kind, upload.sheets.count(), str(upload.uploaded_by)) == ("docx", 2, "Test plan_coordinator")
    listed = text(client.get(reverse("plans:upload", args=[plan.slug])))
    assert "plan.docx" in listed
    assert "wordt nagelezen" in listed
    assert not Measure.objects.exists()


def test_a_pdf_keeps_its_pages(client: Client, plan: Plan, tmp_path: Path) -> None:
    content = make_pdf(tmp_path / "plan.pdf", sheets()).read_bytes()
    send(client, plan, content, "plan.pdf")
    upload = SheetUpload.objects.get()
    assert (upload.kind, upload.pages) == ("pdf", 2)
    assert "blz. 2" in text(client.get(reverse("plans:sheet", args=[list(sheets_of(upload))[1].pk])))


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("plan.docx", b"", "Dit bestand is leeg"),
        ("plan.odt", b"iets", "Dit is geen PDF, geen Word-document"),
        ("plan", b"iets", "Dit is geen PDF, geen Word-document"),
        ("plan.docx", other_zip(), "Dit is geen PDF, geen Word-document"),
        ("plan.docx", b"PK rommel", "Dit bestand is beschadigd"),
        ("plan.docx", bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 64, "beveiligd met een wachtwoord"),
        ("plan.pdf", RC4_LOCKED_PDF, "beveiligd met een wachtwoord"),
        ("plan.pdf", b"%PDF-1.7 rommel", "Dit bestand is beschadigd"),
        ("plan.txt", b"Een brief zonder fiches.", "staan geen actiefiches"),
        ("plan.txt", "Maatregel één".encode("cp1252"), "Regel 1 bevat tekens die geen UTF-8 zijn"),
        ("plan.txt", b"a\0b", "Dit is geen PDF, geen Word-document"),
        ("plan.txt", ("één " * 300).encode().decode("cp1252").encode(), "dubbel gecodeerd, voor het eerst op regel 1"),
    ],
)
def test_a_refused_file_is_told_clearly_and_leaves_nothing(
    client: Client, plan: Plan, name: str, content: bytes, sentence: str
) -> None:
    answer = send(client, plan, content, name)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert "Er is niets bewaard." in text(answer)
    assert "Lees ook beschadigde fiches" not in text(answer)
    assert not SheetUpload.objects.exists()


def test_a_zip_bomb_is_told_and_leaves_nothing(client: Client, plan: Plan, tmp_path: Path) -> None:
    answer = send(client, plan, bomb(tmp_path))
    assert "zo dicht ingepakt" in text(answer)
    assert not SheetUpload.objects.exists()


class Huge(SimpleUploadedFile):
    """A file of 200 MB of which nobody reads a byte."""

    @property
    def read(self) -> Any:
        raise AssertionError("read")


def test_a_file_of_200_megabytes_is_not_read() -> None:
    file = Huge("plan.pdf", b"%PDF")
    file.size = 200_000_000
    with pytest.raises(DocumentError) as refused:
        read_file(file)
    assert "te groot: hoogstens 64 MB" in fault_sentences(refused.value)[0]


def test_no_file_is_asked_for(client: Client, plan: Plan) -> None:
    assert "Kies een bestand." in text(client.post(reverse("plans:upload", args=[plan.slug]), {}))


def test_every_fault_has_a_sentence() -> None:
    assert set(FAULTS) == set(DocumentFault)


def test_a_damaged_sheet_is_named_with_what_it_misses_and_read_on_request(client: Client, plan: Plan) -> None:
    answer = send(client, plan, _without_target())
    assert "Fiche 1 mist: streefwaarde." in text(answer)
    assert "Lees ook beschadigde fiches" in text(answer)
    assert not SheetUpload.objects.exists()
    send(client, plan, _without_target(), keep_damaged="on")
    sheet = first(SheetUpload.objects.get())
    assert (sheet.values["target"], sheet.values["confidence"]["target"]) == ("", 0.0)
    assert sheet.waiting >= 1
    page = text(client.get(reverse("plans:sheet", args=[sheet.pk]) + "?veld=target"))
    assert "Het opschrift van dit vak staat niet in de fiche." in page


def test_many_damaged_sheets_are_counted() -> None:
    told = fault_sentences(DamagedSheetsError([(n, ["target", "milestones"]) for n in range(1, 11)]))
    assert told[0] == "Fiche 1 mist: streefwaarde, mijlpalen."
    assert "En nog 4 fiches." in told


def test_the_same_file_is_not_read_twice(client: Client, plan: Plan) -> None:
    content = word_file(sheets())
    send(client, plan, content)
    answer = send(client, plan, content, "kopie.docx")
    assert "al ingelezen, als “plan.docx”" in text(answer)
    client.post(reverse("plans:drop", args=[SheetUpload.objects.get().pk]))
    assert send(client, plan, content).status_code == 302


def test_a_document_that_was_thrown_away_changes_no_more(client: Client, plan: Plan) -> None:
    upload = put(plan, sheets())
    drop_upload(upload, by=BY)
    assert set(upload.sheets.values_list("state", flat=True)) == {"discarded"}
    with pytest.raises(ValidationError, match="nu “weggegooid”"):
        drop_upload(upload, by=BY)
    with pytest.raises(ValidationError, match="al verwerkt of weggegooid"):
        accept_sheet(first(upload), revision=0, by=BY)
    assert "nu “weggegooid”" in text(client.post(reverse("plans:drop", args=[upload.pk]), follow=True))


def test_from_document_to_plan_on_the_pages(client: Client, plan: Plan) -> None:
    send(client, plan, word_file(sheets()))
    upload = SheetUpload.objects.get()
    desk = reverse("plans:desk", args=[upload.pk])
    assert "Aanvaard 2 zekere fiches" in text(client.get(desk))
    client.post(reverse("plans:accept_certain", args=[upload.pk]))
    page = text(client.get(desk))
    assert "Neem 2 aanvaarde fiches op in het plan" in page
    assert "OD 1.2" in page
    done = client.post(reverse("plans:incorporate", args=[upload.pk]), follow=True)
    assert "2 nieuwe maatregelen, 0 gewijzigd, 0 bleven gelijk" in text(done)
    assert "Alle fiches van dit document zijn verwerkt." in text(done)
    again = client.post(reverse("plans:incorporate", args=[upload.pk]), follow=True)
    assert "de toestand is nu “verwerkt”" in text(again)
    assert "maatregel 1" in text(client.get(reverse("plans:sheet", args=[first(upload).pk])))


def test_missing_measures_are_withdrawn_when_ticked(client: Client, plan: Plan) -> None:
    measures = in_plan(plan)
    upload = put(plan, sheets({**sheets()[0], "title": "Fietsen mee op de bus"})[1:], name="nieuw.docx")
    accept_all(upload)
    assert "Trek maatregel 1 in" in text(client.get(reverse("plans:desk", args=[upload.pk])))
    client.post(reverse("plans:incorporate", args=[upload.pk]), {"withdraw": [measures[0].pk, measures[1].pk, "x"]})
    assert [m.title for m in measures_of(plan)] == ["Hellingen aan elke halte", "Fietsen mee op de bus"]


@pytest.mark.parametrize("many", [2, 12])
def test_pages_take_few_statements_however_many_sheets(
    client: Client, plan: Plan, many: int, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    upload = put(plan, [{**sheets()[0], "title": f"Buslijn {n} rijdt om de {n} minuten"} for n in range(many)])
    for address in (
        reverse("plans:manage"),
        reverse("plans:upload", args=[plan.slug]),
        reverse("plans:desk", args=[upload.pk]),
        reverse("plans:sheet", args=[first(upload).pk]),
    ):
        client.get(address)
        with django_assert_max_num_queries(15):
            assert client.get(address).status_code == 200


def test_a_coordinator_of_another_organisation_is_refused(client: Client, other_plan: Plan) -> None:
    upload = put(other_plan, sheets())
    for route, args in (
        ("plans:upload", [other_plan.slug]),
        ("plans:desk", [upload.pk]),
        ("plans:sheet", [first(upload).pk]),
    ):
        assert client.get(reverse(route, args=args)).status_code == 403
    assert "Ander plan" not in text(client.get(reverse("plans:manage")))
    assert send(client, other_plan, b"x").status_code == 403


def test_what_is_not_there_is_not_found(client: Client, plan: Plan) -> None:
    assert client.get(reverse("plans:upload", args=["geen"])).status_code == 404
    assert client.get(reverse("plans:desk", args=[99])).status_code == 404
    assert client.get(reverse("plans:sheet", args=[99])).status_code == 404


def test_a_plan_is_made_on_its_page(client: Client, plan: Plan, organisation: Organisation) -> None:
    values = {"title": "Fietsplan 2024-2026", "first_year": 2024, "last_year": 2026, "owner": organisation.pk}
    assert client.post(reverse("plans:create"), values).status_code == 302
    made = Plan.objects.get(slug="fietsplan-2024-2026")
    assert (made.years, made.versions.get().state) == ("2024–2026", "draft")
    again = client.post(reverse("plans:create"), values)
    assert again.status_code == 422
    assert "Er is al een plan met deze titel" in text(again)
    wrong = client.post(reverse("plans:create"), {**values, "title": "Ander", "first_year": 2030})
    assert "ligt voor het eerste jaar" in text(wrong)
    assert 'value="2030"' in text(wrong)


def test_a_coordinator_makes_plans_for_their_own_organisation_only(
    client: Client, organisation: Organisation, person_with: Callable[..., Actor]
) -> None:
    gent = Organisation.objects.get(slug="gent")
    assert "Gent" not in text(client.get(reverse("plans:create")))
    values = {"title": "Plan", "first_year": 2024, "last_year": 2026, "owner": gent.pk}
    assert client.post(reverse("plans:create"), values).status_code == 422
    by = person_with(Role.PLAN_COORDINATOR, email="tweede@example.org")
    with pytest.raises(PermissionDenied):
        create_plan(PlanAbout("plan", "Plan", 2024, 2026, gent), by=by)
    for role in (Role.READER, Role.PROGRAMME_MANAGER):
        with pytest.raises(PermissionDenied):
            create_plan(PlanAbout("plan", "Plan", 2024, 2026, organisation), by=person_with(role))


def test_an_example_plan_says_so_on_every_page(client: Client, organisation: Organisation) -> None:
    plan = create_plan(PlanAbout("proef", "Proef", 2016, 2020, organisation, example=True), by=BY)
    upload = put_on_desk(plan, read_file(as_upload(word_file(sheets()), "plan.docx")), by=BY)
    for route, args in (
        ("plans:upload", [plan.slug]),
        ("plans:desk", [upload.pk]),
        ("plans:sheet", [ReadSheet.objects.filter(upload=upload)[0].pk]),
    ):
        assert "draad-example" in text(client.get(reverse(route, args=args)))

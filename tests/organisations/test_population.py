"""Inhabitants that people upload: the template, the rows, the preview, the confirmation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from python_calamine import CalamineWorkbook

from draad.accounts.actor import Actor
from draad.accounts.models import AuditEvent
from draad.accounts.roles import Role
from draad.documents.uploads import Cell, UploadedRow, read_upload
from draad.organisations.actions.population import About, confirm_population_upload, keep_population_upload
from draad.organisations.models import PopulationFigure, PopulationGroup, PopulationUpload, Territory
from draad.organisations.policies import PolicyError, can_confirm
from draad.organisations.population_file import COLUMNS, OPTIONAL, Checked, Problem, check_rows, template_rows
from draad.organisations.population_preview import preview
from draad.organisations.population_template import template_csv, template_xlsx
from draad.organisations.queries.timeline import timeline

pytestmark = pytest.mark.django_db
ON = date(2024, 1, 1)
ADDRESS = "/beheer/inwoners/"


def check(*rows: tuple[Cell, Cell], on: date = ON, most: dict[str, int] | None = None) -> Checked:
    lines = [
        UploadedRow(n, {"nis": nis, "name": None, "persons": persons}) for n, (nis, persons) in enumerate(rows, 2)
    ]
    return check_rows(lines, timeline(), on, most or {})


def test_good_rows_are_kept_and_empty_ones_skipped() -> None:
    found = check((44021, 5), ("11002", "0"), ("71069", None))
    assert found == Checked([("44021", 5), ("11002", 0)], [], [4])


@pytest.mark.parametrize(
    ("nis", "persons", "field", "sentence"),
    [
        (None, 5, "NIS-code", "De NIS-code ontbreekt"),
        ("abc", 5, "NIS-code", "“abc” is geen NIS-code"),
        ("99999", 5, "NIS-code", "NIS-code 99999 bestaat niet in Vlaanderen."),
        ("71071", 5, "NIS-code", "Op die dag: Ham (71069), Tessenderlo (71057)."),
        ("44021", -1, "Aantal", "-1 is negatief"),
        ("44021", "-7", "Aantal", "-7 is negatief"),
        ("44021", Decimal("1.5"), "Aantal", "1,5 is geen geheel getal"),
        ("44021", "12.345", "Aantal", "“12.345” is geen aantal. Schrijf enkel cijfers"),
        ("44021", "veel", "Aantal", "“veel” is geen aantal"),
        ("44021", "#N/A", "Aantal", "“#N/A” is geen aantal"),
        ("44021", True, "Aantal", "“True” is geen aantal"),
        ("44021", date(2020, 1, 1), "Aantal", "is geen aantal"),
        ("44021", "٣", "Aantal", "is geen aantal"),
        ("44021", 10_000_001, "Aantal", "10.000.001 is meer dan een gemeente kan tellen"),
        ("44021", 901, "Aantal", "901 is meer dan alle inwoners op die dag (900)"),
    ],
)
def test_a_wrong_row_says_what_is_wrong(nis: Cell, persons: Cell, field: str, sentence: str) -> None:
    found = check(("11002", 1), (nis, persons), most={"44021": 900})
    assert found.good == [("11002", 1)]
    assert [(problem.row, problem.field) for problem in found.problems] == [(3, field)]
    assert sentence in found.problems[0].sentence


def test_a_code_that_ended_names_its_successor() -> None:
    found = check(("71069", 5), on=date(2025, 1, 1))
    assert found.problems[0].sentence == (
        "Ham (71069) is niet geldig op 1 januari 2025. Op die dag: Tessenderlo-Ham (71071)."
    )


def test_a_second_row_for_a_municipality_names_the_first() -> None:
    found = check(("44021", 1), ("44021", 2))
    assert found.good == [("44021", 1)]
    assert "staat ook op rij 2" in found.problems[0].sentence


def test_a_name_that_is_not_that_of_the_code() -> None:
    row = UploadedRow(2, {"nis": "44021", "name": "Gand", "persons": 1})
    same = UploadedRow(3, {"nis": "46021", "name": "SINT NIKLAAS", "persons": 1})
    found = check_rows([row, same], timeline(), ON, {})
    assert found.problems == [Problem(2, "Gemeente", "NIS-code 44021 is Gent, niet Gand. Welke bedoelt u?")]
    assert found.good == [("46021", 1)]


class TestAnyCell(TestCase):
    @given(st.one_of(st.none(), st.text(max_size=8), st.integers(), st.decimals(), st.booleans(), st.dates()))
    def test_any_cell_is_stored_skipped_or_explained(self, cell: Cell) -> None:
        found = check(("44021", cell))
        assert len(found.good) + len(found.problems) + len(found.skipped) == 1
        assert all(0 <= persons <= 10_000_000 for _nis, persons in found.good)


# the template ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("on", "count"), [(ON, 300), (date(2025, 1, 1), 285)])
def test_a_filled_in_template_comes_back_right(on: date, count: int) -> None:
    rows = template_rows(timeline(), on)
    assert len(rows) == count
    for content in (template_xlsx(rows, on), template_csv(rows)):
        found = check_rows(read_upload(content, COLUMNS, optional=OPTIONAL), timeline(), on, {})
        assert (found.good, found.problems, len(found.skipped)) == ([], [], count)


def test_the_template_explains_itself() -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(template_xlsx(template_rows(timeline(), ON), ON)))
    assert book.sheet_names == ["Inwoners", "Uitleg"]
    lines = book.get_sheet_by_name("Uitleg").to_python()
    assert lines[0] == ["Inwoners per gemeente op 1 januari 2024"]
    assert book.get_sheet_by_name("Inwoners").to_python()[0] == ["NIS-code", "Gemeente", "Aantal"]


def test_templates_are_downloaded(sign_in: Callable[[Role | None], Client]) -> None:
    client = sign_in(Role.PROGRAMME_MANAGER)
    response = client.get(f"{ADDRESS}sjabloon/?op=2024-01-01&format=csv")
    assert response["Content-Disposition"] == 'attachment; filename="inwoners-2024-01-01.csv"'
    assert response.content.decode("utf-8-sig").splitlines()[1] == "11001;Aartselaar;"
    assert client.get(f"{ADDRESS}sjabloon/?op=2024-01-01")["Content-Type"].endswith("sheet")
    assert client.get(f"{ADDRESS}sjabloon/?op=straks").status_code == 400


def test_an_english_template_is_understood_too(sign_in: Callable[[Role | None], Client]) -> None:
    client = sign_in(Role.PROGRAMME_MANAGER)
    content = client.get(f"/en{ADDRESS}sjabloon/?op=2024-01-01&format=csv").content
    assert len(read_upload(content, COLUMNS, optional=OPTIONAL)) == 300


# the pages ------------------------------------------------------------------------------------------------------


def send(client: Client, content: bytes | str, *, name: str = "cijfers.csv", **fields: str) -> str:
    """Upload a file; gives the page that follows."""
    data = {"reference_date": "2024-01-01", "group": "non_eu15", "source": "dienst", **fields}
    raw = content.encode() if isinstance(content, str) else content
    response = client.post(ADDRESS, {**data, "file": SimpleUploadedFile(name, raw)}, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def figures(group: str = "non_eu15") -> dict[str, int]:
    rows = PopulationFigure.objects.filter(group=group, reference_date=ON)
    return dict(rows.values_list("territory__nis", "persons"))


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER])
def test_upload_preview_confirm(sign_in: Callable[[Role | None], Client], role: Role) -> None:
    client = sign_in(role)
    html = send(client, "NIS;Aantal\n44021;12\n11002;\n11001;0")
    assert "Controleer voor u bewaart" in html
    assert figures() == {}
    upload = PopulationUpload.objects.get()
    response = client.post(f"{ADDRESS}{upload.pk}/", {"action": "confirm"}, follow=True)
    assert "Bewaard: 2 nieuw, 0 gewijzigd, 0 bleven gelijk." in response.content.decode()
    assert figures() == {"44021": 12, "11001": 0}
    assert not PopulationUpload.objects.exists()


def test_uploading_again_changes_with_an_event(sign_in: Callable[[Role | None], Client]) -> None:
    client = sign_in(Role.ADMINISTRATOR)
    for content in ("NIS;Aantal\n44021;12\n11001;3", "NIS;Aantal\n44021;13\n11001;3"):
        send(client, content)
        client.post(f"{ADDRESS}{PopulationUpload.objects.get().pk}/", {"action": "confirm"})
    event = AuditEvent.objects.latest("number")
    assert (event.verb, event.before, event.after) == (
        "organisations.populationfigure.change", {"persons": 12}, {"persons": 13},
    )  # fmt: skip
    assert event.user is not None
    assert event.reason == "opgeladen: cijfers.csv"
    assert figures() == {"44021": 13, "11001": 3}


def test_with_wrong_rows_nothing_is_stored_unless_chosen(sign_in: Callable[[Role | None], Client]) -> None:
    client = sign_in(Role.PROGRAMME_MANAGER)
    html = send(client, "NIS;Aantal\n44021;12\n99999;1")
    assert "NIS-code 99999 bestaat niet in Vlaanderen." in html
    address = f"{ADDRESS}{PopulationUpload.objects.get().pk}/"
    refused = client.post(address, {"action": "confirm"}, follow=True).content.decode()
    assert "Er zijn rijen met fouten." in refused
    assert figures() == {}
    client.post(address, {"action": "confirm", "good_rows_only": "1"})
    assert figures() == {"44021": 12}


def test_with_only_wrong_rows_there_is_nothing_to_store(sign_in: Callable[[Role | None], Client]) -> None:
    client = sign_in(Role.PROGRAMME_MANAGER)
    assert 'value="confirm"' not in send(client, "NIS;Aantal\n99999;1")
    address = f"{ADDRESS}{PopulationUpload.objects.get().pk}/"
    html = client.post(address, {"action": "confirm", "good_rows_only": "1"}, follow=True).content.decode()
    assert "Geen enkele rij kan worden bewaard." in html


def test_an_upload_can_be_thrown_away(sign_in: Callable[[Role | None], Client]) -> None:
    client = sign_in(Role.PROGRAMME_MANAGER)
    send(client, "NIS;Aantal\n44021;12")
    html = client.post(f"{ADDRESS}{PopulationUpload.objects.get().pk}/", {"action": "drop"}, follow=True)
    assert "Er is niets bewaard." in html.content.decode()
    assert figures() == {}
    assert not PopulationUpload.objects.exists()


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "leeg.csv", "Het bestand is leeg."),
        (b"x" * (5 * 1024 * 1024 + 1), "groot.csv", "Het bestand is groter dan 5 MB."),
        (b"%PDF-1.7\x00\x01" * 40, "brief.pdf", "Dit is geen Excel- of csv-bestand."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 99, "dicht.xlsx", "beveiligd met een wachtwoord"),
        (b"PK\x03\x04stuk", "stuk.xlsx", "Het bestand is beschadigd"),
        (b"Naam;Som\nGent;1", "andere.csv", "Deze kolommen ontbreken: NIS-code, Aantal."),
        (b"NIS;Aantal\n" + b"44021;1\n" * 20_001, "lang.csv", "Het bestand telt meer dan 20.000 rijen."),
    ],
)
def test_a_file_that_cannot_be_read(
    sign_in: Callable[[Role | None], Client], content: bytes, name: str, sentence: str
) -> None:
    html = send(sign_in(Role.PROGRAMME_MANAGER), content, name=name)
    assert sentence in html
    assert 'value="dienst"' in html
    assert not PopulationUpload.objects.exists()


def test_a_form_without_its_fields_names_each(sign_in: Callable[[Role | None], Client]) -> None:
    client = sign_in(Role.PROGRAMME_MANAGER)
    html = client.post(ADDRESS, {}).content.decode()
    assert 'id="fouten"' in html
    for field in ("file", "reference_date", "group", "source"):
        assert f'href="#id_{field}"' in html


def test_a_day_to_come_is_refused(sign_in: Callable[[Role | None], Client]) -> None:
    html = send(sign_in(Role.PROGRAMME_MANAGER), "NIS;Aantal\n44021;1", reference_date="2099-01-01")
    assert "Deze dag moet nog komen." in html


def test_an_upload_belongs_to_its_uploader(sign_in: Callable[[Role | None], Client]) -> None:
    first, second = sign_in(Role.PROGRAMME_MANAGER), sign_in(Role.ADMINISTRATOR)
    send(first, "NIS;Aantal\n44021;1")
    address = f"{ADDRESS}{PopulationUpload.objects.get().pk}/"
    assert first.get(address).status_code == 200
    assert second.get(address).status_code == 404
    assert second.post(address, {"action": "confirm"}).status_code == 404


def test_a_part_cannot_exceed_the_whole_of_that_day(sign_in: Callable[[Role | None], Client]) -> None:
    html = send(sign_in(Role.PROGRAMME_MANAGER), "NIS;Aantal\n44021;263928", reference_date="2020-01-01")
    assert "263.928 is meer dan alle inwoners op die dag (263.927)." in html


def test_uploaded_origin_shows_on_public_pages(sign_in: Callable[[Role | None], Client], client: Client) -> None:
    manager = sign_in(Role.PROGRAMME_MANAGER)
    codes = [place.nis for place in template_rows(timeline(), ON)]
    send(manager, "NIS;Aantal\n" + "\n".join(f"{nis};10" for nis in codes))
    manager.post(f"{ADDRESS}{PopulationUpload.objects.get().pk}/", {"action": "confirm"})
    html = client.get("/gebieden/?op=2025-01-01").content.decode()
    assert "Herkomst van inwoners per gemeente: niet openbaar" not in html
    assert "3.000" in html
    assert "niet openbaar" not in client.get("/besturen/ham/").content.decode().split("EU-14")[0]


def test_the_list_of_figures_counts_what_is_missing(sign_in: Callable[[Role | None], Client]) -> None:
    response = sign_in(Role.PROGRAMME_MANAGER).get(ADDRESS)
    rows = [[cell.shown for cell in row] for row in response.context["tables"]["cijfers"].rows]
    assert rows[0][:4] == ["alle inwoners", "1 januari 2020", "300", "0"]
    assert "niet openbaar" in rows[1][2]


def test_management_pages_take_few_queries(
    sign_in: Callable[[Role | None], Client], django_assert_max_num_queries: Callable[[int], object]
) -> None:
    client = sign_in(Role.PROGRAMME_MANAGER)
    send(client, "NIS;Aantal\n44021;12\n99999;1")
    pk = PopulationUpload.objects.get().pk
    for address in (ADDRESS, f"{ADDRESS}{pk}/"):
        with django_assert_max_num_queries(15):  # type: ignore[attr-defined]
            client.get(address)


# the actions ----------------------------------------------------------------------------------------------------

ABOUT = About("cijfers.csv", ON, PopulationGroup.NON_EU15, "dienst")


def test_uploads_wait_for_a_day(person_with: Callable[..., Actor]) -> None:
    by, start = person_with(Role.PROGRAMME_MANAGER), datetime(2026, 3, 1, 9, tzinfo=ZoneInfo("Europe/Brussels"))
    with time_machine.travel(start, tick=False):
        upload = keep_population_upload(Checked([("44021", 1)]), ABOUT, by=by)
    with time_machine.travel(start + timedelta(hours=23), tick=False):
        assert can_confirm(upload, good_rows_only=False)
    with time_machine.travel(start + timedelta(hours=25), tick=False):
        assert not can_confirm(upload, good_rows_only=True)
        with pytest.raises(PolicyError, match="meer dan een dag geleden"):
            confirm_population_upload(upload, by=by)
        keep_population_upload(Checked([("44021", 1)]), ABOUT, by=by)
        assert PopulationUpload.objects.count() == 1


def test_preview_counts_what_would_happen(person_with: Callable[..., Actor]) -> None:
    by = person_with(Role.ADMINISTRATOR)
    confirm_population_upload(keep_population_upload(Checked([("44021", 1), ("11001", 5)]), ABOUT, by=by), by=by)
    seen = preview(keep_population_upload(Checked([("44021", 1), ("11001", 6), ("11002", 0)], [], [9]), ABOUT, by=by))
    assert seen.counts == {"new": 1, "changed": 1, "same": 1}
    assert seen.skipped == [9]


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER)])
def test_other_roles_upload_nothing(person_with: Callable[..., Actor], role: Role) -> None:
    with pytest.raises(PermissionDenied):
        keep_population_upload(Checked(), ABOUT, by=person_with(role))


def test_figures_lie_on_known_territories_only() -> None:
    assert set(figures("total")) <= set(Territory.objects.values_list("nis", flat=True))

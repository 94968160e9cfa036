"""The lines as an Excel file: what stands in it, and every mistake told with its cell."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from draad.accounts import audit
from draad.accounts.roles import Role
from draad.applications.lineworkbook import HEADINGS_ROW, mark_of, read_workbook, workbook
from draad.applications.models import Application
from draad.applications.queries.form import offered
from tests.applications.filling import read
from tests.applications.making import BY, indicator, make_application, make_call, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("during")]


@pytest.fixture
def draft() -> Application:
    """A draft of Gent with one line."""
    return make_application(make_call(), "Gent", {5: (1, 100)})


@pytest.fixture
def client() -> Client:
    """Who fills in for Gent, signed in."""
    found = Client()
    found.force_login(person(Role.GOVERNMENT_EDITOR, "Gent").user)  # type: ignore[arg-type]  # a person
    return found


def written(draft: Application) -> bytes:
    form = read(draft)
    return workbook(form, offered(form.round))


def changed(content: bytes, action: int, **cells: Any) -> bytes:
    """The file with other values in the row of the first line of an action."""
    book = load_workbook(BytesIO(content))
    sheet = book.active
    columns = {"priority": "C", "existing": "D", "planned": "E", "key": "H", "mark": "I"}
    row = next(r for r in range(HEADINGS_ROW + 2, sheet.max_row + 1) if sheet[f"H{r}"].value == indicator(action).pk)
    for name, value in cells.items():
        sheet[f"{columns[name]}{row}"] = value
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def cell_of(content: bytes, action: int, column: str) -> str:
    sheet = load_workbook(BytesIO(content)).active
    return next(f"{column}{r}" for r in range(1, sheet.max_row + 1) if sheet[f"H{r}"].value == indicator(action).pk)


def test_the_file_holds_every_line_and_what_is_filled_in(draft: Application) -> None:
    book = load_workbook(BytesIO(written(draft)))
    sheet = book.active
    rows = list(sheet.iter_rows(min_row=HEADINGS_ROW + 2, values_only=True))
    assert len(rows) == len(offered(draft.call.round))
    mine = next(row for row in rows if row[7] == indicator(5).pk)
    assert mine[2:7] == (1, 0, 100, 60, 2250)
    assert sheet.protection.sheet
    assert sheet.column_dimensions["H"].hidden
    assert len(sheet.data_validations.dataValidation) == 3


def test_an_untouched_file_changes_nothing(draft: Application) -> None:
    form = read(draft)
    found = read_workbook(written(draft), form, offered(form.round))
    assert (list(found.rows), found.problems) == ([indicator(5).pk], [])


def test_numbers_are_read_by_row(draft: Application) -> None:
    form = read(draft)
    content = changed(changed(written(draft), 5, planned=900), 17, priority=2, planned=60)
    found = read_workbook(content, form, offered(form.round)).rows
    assert found[indicator(5).pk].planned == 900
    assert (found[indicator(17).pk].priority, found[indicator(17).pk].existing) == (2, None)


@pytest.mark.parametrize(
    ("column", "name", "value", "says"),
    [
        ("E", "planned", "veel", "geen getal"),
        ("E", "planned", 1.5, "geen geheel getal"),
        ("D", "existing", -4, "negatief"),
        ("C", "priority", 0, "1 tot 999"),
    ],
)
def test_a_wrong_cell_is_named(draft: Application, column: str, name: str, value: Any, says: str) -> None:
    content = changed(written(draft), 5, **{name: value})
    form = read(draft)
    problems = read_workbook(content, form, offered(form.round)).problems
    assert [problem.cell for problem in problems] == [cell_of(content, 5, column)]
    assert says in problems[0].sentence


def test_all_wrong_cells_are_told_at_once(draft: Application) -> None:
    content = changed(changed(written(draft), 5, planned="x", existing="y"), 17, priority="z")
    form = read(draft)
    assert len(read_workbook(content, form, offered(form.round)).problems) == 3


def test_a_changed_key_is_told(draft: Application) -> None:
    content = changed(written(draft), 5, key=999_999)
    form = read(draft)
    assert "verborgen kolommen" in read_workbook(content, form, offered(form.round)).problems[0].sentence


def test_older_terms_and_another_call_are_refused(draft: Application) -> None:
    form = read(draft)
    offers = offered(form.round)
    mark = mark_of(form.call, offers)
    older = changed(written(draft), 5, mark=f"{form.call.pk}-000000000000")
    with pytest.raises(ValidationError, match="voorwaarden zijn gewijzigd"):
        read_workbook(older, form, offers)
    other = changed(written(draft), 5, mark=f"{form.call.pk + 1}-{mark.partition('-')[2]}")
    with pytest.raises(ValidationError, match="andere oproep"):
        read_workbook(other, form, offers)
    offers[0].max_units = 151
    assert mark_of(form.call, offers) != mark


@pytest.mark.parametrize("content", [b"", b"MZ\x90\x00 program", b"a;b;c\n1;2;3\n", b"PK\x03\x04 broken"])
def test_what_is_no_such_file_is_refused_in_words(draft: Application, content: bytes) -> None:
    form = read(draft)
    with pytest.raises(ValidationError, match="bestand"):
        read_workbook(content, form, offered(form.round))


class TestPages:
    """Download, a look, and storing."""

    def post(self, client: Client, draft: Application, content: bytes) -> Any:
        return client.post(f"/aanvragen/{draft.pk}/excel/", {"file": SimpleUploadedFile("lijnen.xlsx", content)})

    def test_out_and_in(self, client: Client, draft: Application) -> None:
        content = client.get(f"/aanvragen/{draft.pk}/excel/bestand/").content
        page = self.post(client, draft, changed(content, 5, planned=900))
        assert (page.status_code, [(c.before, c.after) for c in page.context["changes"]]) == (200, [("100", "900")])
        assert read(draft).lines[0].planned == 100, "a look stores nothing"
        rows = {f"row:{key}": text for key, text in page.context["packed"].items()}
        address = f"/aanvragen/{draft.pk}/excel/bewaren/"
        assert client.post(address, {"revision": "0", **rows}).status_code == 302
        assert read(draft).lines[0].planned == 900

    def test_a_mistake_stores_nothing(self, client: Client, draft: Application) -> None:
        page = self.post(client, draft, changed(written(draft), 5, planned="veel", priority=7))
        assert page.status_code == 422
        assert cell_of(written(draft), 5, "E") in page.content.decode()
        assert "row:" not in page.content.decode()

    def test_who_was_overtaken_sees_the_new_difference(self, client: Client, draft: Application) -> None:
        page = self.post(client, draft, changed(written(draft), 5, planned=900))
        rows = {f"row:{key}": text for key, text in page.context["packed"].items()}
        with audit.recording(by=BY) as log:
            log.change(draft, verb="test", revision=7)
        again = client.post(f"/aanvragen/{draft.pk}/excel/bewaren/", {"revision": "0", **rows})
        assert "intussen" in again.content.decode()
        assert [(c.before, c.after) for c in again.context["changes"]] == [("100", "900")]
        assert read(draft).lines[0].planned == 100

    def test_nothing_and_nonsense(self, client: Client, draft: Application) -> None:
        assert client.post(f"/aanvragen/{draft.pk}/excel/").status_code == 422
        assert client.get(f"/aanvragen/{draft.pk}/excel/").status_code == 200
        address = f"/aanvragen/{draft.pk}/excel/bewaren/"
        posted = {"revision": "0", f"row:{indicator(5).pk}": "x|y|z", "row:nee": "1|2|3"}
        assert client.post(address, posted).status_code == 422

    def test_strangers_and_members_get_nothing(self, draft: Application) -> None:
        for name in ("Aalst", "Gent"):
            other = Client()
            role = Role.GOVERNMENT_EDITOR if name == "Aalst" else Role.READER
            other.force_login(person(role, name).user)  # type: ignore[arg-type]  # a person
            assert other.get(f"/aanvragen/{draft.pk}/excel/bestand/").status_code == 403

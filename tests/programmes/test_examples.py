"""An invented programme: every page and file says that it is one, and it never takes the place of a real one."""

from __future__ import annotations

import csv
from datetime import date
from io import BytesIO, StringIO

import pypdfium2
import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from draad.accounts.actor import system
from draad.programmes.actions.setup import add_item
from draad.programmes.examples import example_of, marked
from draad.programmes.models import Action, Objective, Programme, Round
from draad.programmes.tables import round_table
from draad.publication.home import current_programme

pytestmark = pytest.mark.django_db
BY = system("test")
SAYS = "Dit programma is verzonnen"
HERE = "/programmas/verzonnen/"


@pytest.fixture
def invented() -> Programme:
    """An invented programme with an action and two rounds, of which the last begins after all real ones."""
    programme = add_item(Programme(slug="verzonnen", name="Verzonnen", owner="ABB", example=True), by=BY)
    objective = add_item(Objective(programme=programme, number=1, title="Samen"), by=BY)
    add_item(Action(programme=programme, objective=objective, number=1, title="Buurten"), by=BY)
    for n in (1, 2):
        days = {"starts_on": date(2090 + n, 1, 1), "ends_on": date(2090 + n, 12, 31)}
        add_item(Round(programme=programme, number=n, **days), by=BY)
    return programme


@pytest.fixture
def real() -> Programme:
    """Plan Samenleven."""
    return Programme.objects.get(slug="plan-samenleven")


@pytest.mark.parametrize(("place", "says"), [("", SAYS), ("/en", "This programme was invented")])
def test_the_comparison_as_pdf_says_so_on_every_page(
    client: Client, invented: Programme, place: str, says: str
) -> None:
    address = f"{place}{HERE}voorwaarden/vergelijk/?oud=ronde-1&nieuw=ronde-2&vorm=pdf"
    document = pypdfium2.PdfDocument(client.get(address).content)
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    assert says in " ".join(pages[0].split())
    assert all("example" in page if place else "voorbeeld" in page for page in pages)


def test_the_comparison_of_a_real_programme_says_nothing_of_examples(client: Client, real: Programme) -> None:
    address = f"/programmas/{real.slug}/voorwaarden/vergelijk/?oud=ronde-1&nieuw=ronde-2&vorm=pdf"
    document = pypdfium2.PdfDocument(client.get(address).content)
    assert SAYS not in " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()


@pytest.mark.parametrize(
    "place", ["", "acties/1/", "acties/1/versies/", "rondes/1/", "voorwaarden/vergelijk/?oud=ronde-1&nieuw=ronde-2"]
)
def test_every_page_says_so(client: Client, invented: Programme, place: str) -> None:
    page = client.get(f"{HERE}{place}")
    assert page.status_code == 200
    assert SAYS in page.content.decode()


@pytest.mark.parametrize("place", ["", "acties/1/", "rondes/1/"])
def test_a_real_programme_says_nothing_of_it(client: Client, invented: Programme, place: str) -> None:
    assert SAYS not in client.get(f"/programmas/plan-samenleven/{place}").content.decode()


def test_the_frame_is_told_of_an_invented_programme_only(invented: Programme, real: Programme) -> None:
    assert example_of(real) == {}
    assert example_of(invented)["example"] is True


def test_tables_of_an_invented_programme_are_marked(invented: Programme, real: Programme) -> None:
    tables = [round_table(invented, list(invented.rounds.all()))]
    assert [table.example for table in marked(tables, invented)] == [True]
    assert [table.example for table in marked(tables, real)] == [False]
    assert not tables[0].example


def test_the_files_say_so_too(client: Client, invented: Programme) -> None:
    key = round_table(invented, []).key
    text = client.get(f"{HERE}?table={key}&format=csv").content.decode("utf-8-sig")
    rows = [row for row in csv.reader(StringIO(text), delimiter=";") if row]
    assert len(rows) > 2
    assert all("ja" in row for row in rows[1:])


def test_it_has_its_own_source(client: Client, invented: Programme) -> None:
    page = client.get(HERE).content.decode()
    assert "ingevoerd door een medewerker" in page
    assert "492" not in page


def test_a_compared_workbook_says_so_on_every_sheet(client: Client, invented: Programme) -> None:
    file = client.get(f"{HERE}voorwaarden/vergelijk/?oud=ronde-1&nieuw=ronde-2&vorm=xlsx")
    book = CalamineWorkbook.from_filelike(BytesIO(file.content))
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python()
        assert any("oorbeeld" in str(cell) for row in rows for cell in row), name


def test_the_home_page_is_that_of_the_real_programme(client: Client, invented: Programme, real: Programme) -> None:
    assert current_programme() == real
    assert "Plan Samenleven" in client.get("/").content.decode()

"""The public pages: what they say, in both languages, as files, and with how few queries."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from django.template import Context, Template
from django.test import Client, RequestFactory
from python_calamine import CalamineWorkbook

from draad.programmes.models import Action, Programme, Round
from draad.programmes.search import search
from draad.programmes.sections import programme_sections, sections
from draad.web.sections import Section
from draad.web.thread import Stop
from tests.programmes.conftest import publish_correction

pytestmark = pytest.mark.django_db
BASE = "/programmas/plan-samenleven"
COMPARE = f"{BASE}/voorwaarden/vergelijk/"
PAGES = [
    f"{BASE}/",
    f"{BASE}/acties/5/",
    f"{BASE}/acties/1/",
    f"{BASE}/acties/9/versies/",
    f"{BASE}/rondes/2/",
    COMPARE,
]


def text_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    plain = re.sub(r"<[^>]+>", " ", response.content.decode()).replace("&nbsp;", " ").replace("\u00a0", " ")
    return re.sub(r"\s+", " ", plain)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["", "/en"])
def test_every_page_with_at_most_15_queries(
    client: Client, django_assert_max_num_queries: Callable[[int], Any], path: str, language: str
) -> None:
    with django_assert_max_num_queries(15):
        response = client.get(language + path)
    assert response.status_code == 200
    assert "style=" not in response.content.decode()
    assert "<script>" not in response.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/programmas/geen/", f"{BASE}/acties/25/", f"{BASE}/acties/25/versies/", f"{BASE}/rondes/4/",
        f"{COMPARE}?van=ronde-9", f"{COMPARE}?van=gisteren", f"{COMPARE}?actie=99",
    ],
)  # fmt: skip
def test_what_does_not_exist_is_not_found(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


class TestProgramme:
    def test_objectives_actions_and_squares(self, client: Client) -> None:
        content = client.get(f"{BASE}/").content.decode()
        assert content.count('class="draad-objective"') == 7
        assert content.count('class="draad-dots" role="img"') == 24
        assert content.count('<i class="on"></i>') == 59 + 1  # 19 + 20 + 20 subsidised, and the legend
        assert 'aria-label="gesubsidieerd in ronde 2, 3"' in content

    def test_rounds_and_rules(self, client: Client) -> None:
        text = text_of(client, f"{BASE}/")
        assert "€ 16.970.780" in text
        assert "meer dan 7.500 inwoners van herkomst buiten de EU-15" in text
        assert "1, 2 (overgenomen), 3 (overgenomen)" in text

    def test_sections_of_higher_rooms(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(programme_sections, "_makers", [(1, lambda _p: Section("web/footer.html"))])
        assert client.get(f"{BASE}/").content.decode().count("draad-footer__grid") == 2

    def test_lists_as_files(self, client: Client) -> None:
        for table, rows in (("acties", 24), ("rondes", 3), ("regels", 24)):
            response = client.get(f"{BASE}/?table={table}&format=csv")
            assert len(response.content.decode("utf-8-sig").strip().splitlines()) >= rows + 1


class TestAction:
    def test_terms_beside_each_other(self, client: Client) -> None:
        text = text_of(client, f"{BASE}/acties/5/")
        assert "volwassen anderstaligen" in text
        assert "oefenkansen Nederlands" in text
        assert "In ronde 2 wijzigden 3 voorwaarden. In ronde 3 is geen wijziging bekend." in text
        assert "€ 135.000" in text
        assert "niet te berekenen" in text
        assert "daar gedrukt als actie 15" in text

    def test_changed_cells_are_marked_with_a_word(self, client: Client) -> None:
        content = client.get(f"{BASE}/acties/5/").content.decode()
        assert content.count("draad-cell--changed") == 3
        assert content.count(">gewijzigd</span>") == 3

    def test_unknown_is_hatched_and_not_applicable_is_not(self, client: Client) -> None:
        paid, never = (client.get(f"{BASE}/acties/{n}/").content.decode() for n in (5, 1))
        assert "draad-value--missing" in paid
        assert "n.v.t." in never
        assert "Besturen kunnen deze actie uitvoeren" in never

    def test_published_and_computed_maximum_stand_apart(self, client: Client) -> None:
        text = text_of(client, f"{BASE}/acties/9/")
        assert "€ 170.625" in text
        assert "€ 170.950" in text
        assert "De hele actie" in text

    def test_rules_that_touch_it(self, client: Client) -> None:
        assert "Actie 5 telt oefenkansen" in text_of(client, f"{BASE}/acties/5/")
        assert "Actie 5 telt oefenkansen" not in text_of(client, f"{BASE}/acties/6/")
        assert "of het ook voor acties 10, 11 en 14 geldt" in text_of(client, f"{BASE}/acties/14/")

    def test_thread_and_sections_of_higher_rooms(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        made = Section("web/footer.html", stops={"grant": Stop("€ 4 miljoen", href="#g"), "terms": Stop("fout")})
        monkeypatch.setattr(sections, "_makers", [(1, lambda action: made if action.number == 5 else None)])
        content = client.get(f"{BASE}/acties/5/").content.decode()
        assert content.count("draad-footer__grid") == 2
        assert "€ 4 miljoen" in content
        assert "fout" not in content
        assert "3 rondes" in content
        assert client.get(f"{BASE}/acties/6/").content.decode().count("draad-footer__grid") == 1

    def test_as_a_file(self, client: Client) -> None:
        response = client.get(f"{BASE}/acties/5/?table=actie-5-voorwaarden&format=xlsx")
        rows = CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_index(0).to_python()
        found = {str(row[0]): row[1:4] for row in rows}
        assert found["Wat telt (KPI)"] == [
            "volwassen anderstaligen",
            "oefenkansen Nederlands",
            "oefenkansen Nederlands",
        ]
        assert found["Bedrag per eenheid"] == ["€\u00a060", "niet gepubliceerd", "niet gepubliceerd"]

    def test_a_correction_shows(self, client: Client, programme: Programme) -> None:
        action, first = Action.objects.get(number=9), Round.objects.get(number=1)
        publish_correction(action, first, "170950.00", reason="Rekenfout in de som")
        assert "€ 170.625" not in text_of(client, f"{BASE}/acties/9/").split("Bevindingen")[0]
        versions = text_of(client, f"{BASE}/acties/9/versies/")
        assert "Rekenfout in de som" in versions
        assert "€ 170.625 € 170.950 gewijzigd" in versions

    def test_in_english(self, client: Client) -> None:
        text = text_of(client, f"/en{BASE}/acties/5/")
        assert "3 terms changed" in text
        assert "practice opportunity" in text
        assert "not published" in text


class TestRound:
    def test_days_budget_and_gaps(self, client: Client) -> None:
        text = text_of(client, f"{BASE}/rondes/1/")
        assert "19 acties worden gesubsidieerd" in text
        assert "€ 16.000.000" in text
        assert "begin van de oproep: niet gepubliceerd" in text
        assert "5 mei 2023" in text

    def test_rules_say_what_happened_since_the_round_before(self, client: Client) -> None:
        rows = client.get(f"{BASE}/rondes/2/?table=regels&format=csv").content.decode("utf-8-sig").splitlines()
        word = {row.split(";")[0].strip('"'): row for row in rows}
        assert "gewijzigd" in word["Wie kan indienen"]
        assert "nieuw" in word["Samenwerking: hoeveel"]
        assert "overgenomen" in word["Voorrang"]
        assert "gelijk" in word["Saldo"]
        assert "wijziging" in word["Wijziging: doelgroepen"]
        assert "Tegenover de vorige ronde" not in text_of(client, f"{BASE}/rondes/1/")

    def test_lines_as_a_file(self, client: Client) -> None:
        response = client.get(f"{BASE}/rondes/1/?table=kpi-lijnen&format=xlsx")
        rows = CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_index(0).to_python()
        lines = [row for row in rows if isinstance(row[0], int | float)]
        assert len(lines) == 27
        by_action = {int(row[0]): row for row in lines}
        assert by_action[5][5:8] == [60, 2250, 135000]
        assert {row[8] for row in lines} == {"vermeld"}

    def test_how_lines_of_round_2_are_known(self, client: Client) -> None:
        response = client.get(f"{BASE}/rondes/2/?table=kpi-lijnen&format=csv")
        text = response.content.decode("utf-8-sig")
        assert "deels: niet gepubliceerd" in text
        assert "overgenomen" in text
        assert "niet te berekenen" in text


class TestCompare:
    def test_first_two_rounds_by_default(self, client: Client) -> None:
        text = text_of(client, COMPARE)
        assert "Wat verschilt er tussen Ronde 1 en Ronde 2?" in text
        assert "Gewijzigd: 19 voorwaarden van 7 acties." in text
        assert "herkomst buiten de EU-14" in text

    def test_rounds_2_and_3_do_not_differ(self, client: Client) -> None:
        text = text_of(client, f"{COMPARE}?van=ronde-2&naar=ronde-3")
        assert "Geen bron noemt een wijziging van de voorwaarden." in text
        assert "Aan één kant bekend" not in text

    def test_one_action(self, client: Client) -> None:
        text = text_of(client, f"{COMPARE}?actie=5")
        assert "Gewijzigd: 3 voorwaarden van 1 actie." in text

    def test_a_round_with_itself(self, client: Client) -> None:
        assert "Geen bron noemt een wijziging" in text_of(client, f"{COMPARE}?van=ronde-1&naar=ronde-1")

    def test_versions_can_be_chosen_once_there_are_some(self, client: Client) -> None:
        assert "versie 2" not in text_of(client, COMPARE)
        publish_correction(Action.objects.get(number=9), Round.objects.get(number=1), "170950.00")
        assert "Ronde 1, versie 2" in text_of(client, COMPARE)
        text = text_of(client, f"{COMPARE}?van=ronde-1-versie-1&naar=ronde-1-versie-2")
        assert "Gewijzigd: 1 voorwaarde van 1 actie." in text
        assert "€ 170.950" in text

    def test_workbook_holds_every_difference_and_everything_beside_each_other(self, client: Client) -> None:
        response = client.get(f"{COMPARE}?vorm=xlsx")
        assert 'filename="voorwaarden-ronde-1-ronde-2.xlsx"' in response["Content-Disposition"]
        book = CalamineWorkbook.from_filelike(BytesIO(response.content))
        assert book.sheet_names == [
            "Gewijzigde voorwaarden", "Gewijzigde regels", "Bekend aan één kant", "Zelfde waarde, overgenomen",
            "Alle voorwaarden naast elkaar",
        ]  # fmt: skip
        changed = numbered(book, "Gewijzigde voorwaarden")
        everything = numbered(book, "Alle voorwaarden naast elkaar")
        assert len(changed) == 19
        assert {int(row[0]) for row in changed} == {5, 6, 9, 13, 15, 23, 24}
        assert {int(row[0]) for row in everything} == set(range(1, 25))
        marked = [row for row in everything if row[6] in ("gewijzigd", "nieuwe KPI-lijn")]
        assert len(marked) == 19
        known = numbered(book, "Bekend aan één kant")
        assert len([row for row in everything if row[6] in ("nu bekend", "niet gepubliceerd")]) == len(known)

    def test_pdf_is_tagged_titled_and_holds_the_changes(self, client: Client) -> None:
        response = client.get(f"{COMPARE}?vorm=pdf")
        assert response["Content-Type"] == "application/pdf"
        document = pypdfium2.PdfDocument(response.content)
        text = " ".join(page.get_textpage().get_text_range() for page in document)
        assert document.get_metadata_value("Title") == "Voorwaarden: Ronde 1 en Ronde 2 vergeleken"
        for words in (
            "Plan Samenleven",
            "oefenkansen Nederlands",
            "Actie 23 In contact brengen met jeugdwerk",
            "EU-14",
        ):
            assert words in text
        document.close()

    def test_pdf_of_nothing_and_in_english(self, client: Client) -> None:
        document = pypdfium2.PdfDocument(client.get(f"/en{COMPARE}?van=ronde-2&naar=ronde-3&vorm=pdf").content)
        text = " ".join(page.get_textpage().get_text_range() for page in document)
        assert "No source mentions a change of the terms." in text
        document.close()


def numbered(book: CalamineWorkbook, sheet: str) -> list[list[Any]]:
    """The rows of a sheet that begin with the number of an action."""
    rows = book.get_sheet_by_name(sheet).to_python()
    return [row for row in rows if isinstance(row[0], int | float)]


class TestSearch:
    def test_by_words_in_any_order(self) -> None:
        assert [hit.title for hit in search("jeugdwerk contact")] == ["23 In contact brengen met jeugdwerk"]

    def test_by_number(self) -> None:
        (hit,) = search("17")
        assert hit.title.startswith("17 ")
        assert hit.address == f"{BASE}/acties/17/"

    def test_objectives_and_programmes(self) -> None:
        assert {hit.kind for hit in search("nederlands")} == {"Doelstelling", "Actie"}
        assert search("samenleven")[0].address == f"{BASE}/"

    def test_nothing(self) -> None:
        assert search("zwembad") == []
        assert search("²") == []


def test_lists_can_be_shown_without_a_request_of_their_own(programme: Programme) -> None:
    """The home page shows the objectives with the same part."""
    request = RequestFactory().get("/")
    page = Template('{% include "programmes/objectives.html" %}').render(
        Context({"request": request, "programme": programme, "objectives": []})
    )
    assert "draad-objectives" in page

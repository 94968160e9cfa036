"""The overview workbook of round 1: what each sheet says, to the number."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from draad.findings.models import Finding
from tests.accountability.conftest import Open
from tests.accountability.reading import read

SHEETS = [
    "Leeswijzer", "Per provincie", "Per provincie, gedrukt", "Samenwerkingen", "Leden", "Mentors per provincie",
    "Mentorschappen", "Voorwaarden", "Cijfers", "Per gemeente", "Bronnen", "Bevindingen",
]  # fmt: skip
ENGLISH = [
    "Guide", "Per province", "Per province, printed", "Partnerships", "Members", "Mentors per province", "Mentorships",
    "Terms", "Figures", "Per municipality", "Sources", "Findings",
]  # fmt: skip


def test_a_sheet_for_each_question(book: Any) -> None:
    assert book.sheetnames == SHEETS


def test_english_has_the_same_sheets(opened: Open) -> None:
    assert opened(1, "en").sheetnames == ENGLISH


@pytest.mark.parametrize("number", [2, 3])
def test_a_round_without_lists_has_no_sheets_of_lists(opened: Open, number: int) -> None:
    assert opened(number).sheetnames == [
        "Leeswijzer",
        "Voorwaarden",
        "Cijfers",
        "Per gemeente",
        "Bronnen",
        "Bevindingen",
    ]


@pytest.mark.parametrize("name", SHEETS)
def test_every_sheet_is_ready_to_use(book: Any, name: str) -> None:
    sheet = book[name]
    table = read(sheet)
    assert sheet.freeze_panes == f"B{table.head_row + 1}"
    assert sheet.auto_filter.ref
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.paperSize == 9
    assert sheet.page_setup.fitToWidth in {1, None}
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.print_title_rows == f"${table.head_row}:${table.head_row}"
    assert table.rows
    assert len(set(table.head)) == len(table.head)


@pytest.mark.parametrize("name", SHEETS)
def test_no_cell_is_a_formula_or_an_error(book: Any, name: str) -> None:
    for row in book[name].iter_rows():
        for cell in row:
            assert cell.data_type in {"s", "n", "d", "b"}
            assert not str(cell.value).startswith(("=", "#"))


@pytest.mark.parametrize("name", SHEETS)
def test_every_total_is_the_sum_of_its_parts(book: Any, name: str) -> None:
    table = read(book[name])
    for heading, total in (table.totals or {}).items():
        if isinstance(total, int | float):
            parts = [value for value in table.column(heading) if isinstance(value, int | float)]
            assert total == sum(parts)


def test_which_sheets_have_totals(book: Any) -> None:
    with_totals = {name for name in SHEETS if read(book[name]).totals}
    assert with_totals == {"Per provincie", "Per provincie, gedrukt", "Mentors per provincie", "Per gemeente"}


def test_per_province_where_they_lie(book: Any) -> None:
    table = read(book["Per provincie"])
    found = {row["Provincie"]: list(row.values())[1:] for row in table.rows}
    assert found == {
        "Antwerpen": [69, 5, 18, 23, 0],
        "Limburg": [42, 1, 7, 8, 0],
        "Oost-Vlaanderen": [60, 7, 11, 18, 0],
        "Vlaams-Brabant": [65, 4, 10, 14, 1],
        "West-Vlaanderen": [64, 4, 9, 13, 0],
        "zonder grondgebied": [None, 2, 0, 2, 0],
    }
    assert table.totals is not None
    assert list(table.totals.values()) == ["Totaal", 300, 23, 55, 78, 1]


def test_per_province_as_printed(book: Any) -> None:
    table = read(book["Per provincie, gedrukt"])
    assert [list(row.values()) for row in table.rows] == [
        ["West-Vlaanderen", 4, 4, 4, 15],
        ["Oost-Vlaanderen", 7, 7, 7, 25],
        ["Vlaams-Brabant", 5, 5, 5, 16],
        ["Antwerpen", 5, 4, 4, 22],
        ["Limburg", 2, 2, 2, 13],
        ["Brussel", 1, 1, 1, 1],
    ]
    assert table.totals is not None
    assert list(table.totals.values()) == ["Totaal", 24, 23, 23, 92]


def test_partnerships_as_printed(book: Any) -> None:
    table = read(book["Samenwerkingen"])
    assert len(table.rows) == 24
    geel = [row for row in table.rows if row["Indiener"] == "Geel"]
    assert [(row["Plaats"], row["Keer gedrukt"]) for row in geel] == [(18, 2), (20, 2)]
    boom = next(row for row in table.rows if row["Indiener"] == "Boom")
    assert (boom["Gedrukt onder"], boom["Ligt in"]) == ("Limburg", "Antwerpen")


def test_every_printed_name_is_a_row(book: Any) -> None:
    table = read(book["Leden"])
    assert len(table.rows) == 92
    assert Counter(table.column("Rol")) == {"indiener": 24, "partner": 68}
    assert len(set(table.column("Organisatie"))) == 78
    municipalities = {row["Organisatie"] for row in table.rows if row["Gemeente"] == "ja"}
    assert len(municipalities) == 76
    assert [row["Naam zoals gedrukt"] for row in table.rows if row["Namens"]] == ["De Rand (io Wemmel)"]


def test_members_and_provinces_agree(book: Any) -> None:
    lies_in = {row["Organisatie"]: row["Provincie toen"] for row in read(book["Leden"]).rows}
    located = {row["Provincie"]: row["Verschillende besturen samen"] for row in read(book["Per provincie"]).rows}
    counted = Counter(lies_in.values())
    assert counted.pop("geen grondgebied") == located.pop("zonder grondgebied")
    assert counted == located


def test_mentorships(book: Any) -> None:
    table = read(book["Mentors per provincie"])
    assert [list(row.values()) for row in table.rows] == [
        ["Antwerpen", 6, 3, "5, 8, 9, 15, 18, 22"],
        ["Oost-Vlaanderen", 4, 2, "2, 13, 16, 17"],
        ["West-Vlaanderen", 2, 1, "10, 11"],
    ]
    assert len(read(book["Mentorschappen"]).rows) == 12


def test_terms(book: Any) -> None:
    table = read(book["Voorwaarden"])
    assert len(table.rows) == 27
    five = next(row for row in table.rows if row["Actie"] == 5)
    assert (five["Bedrag per eenheid"], five["Hoogste aantal eenheden"]) == (60, 2250)
    assert 135000 in five.values()


def test_figures(book: Any) -> None:
    table = read(book["Cijfers"])
    granted = [row for row in table.rows if row["Wat telt"] == "toegekend bedrag" and row["Actie"] == "hele programma"]
    assert [row["Bedrag in euro"] for row in granted] == [14136359, 14136359]
    assert set(table.column("Ronde")) == {"1", "niet vermeld"}
    participants = [row["Aantal"] for row in table.rows
                    if row["Wat telt"] == "deelnemende besturen" and row["Actie"] == "hele programma"]  # fmt: skip
    assert participants == [104, 103, 106]


def test_every_municipality(book: Any) -> None:
    table = read(book["Per gemeente"])
    assert len(table.rows) == 300
    assert Counter(table.column("Rol in de lijst van samenwerkingen")) == {
        "niet in de lijst": 223,
        "lid": 56,
        "indiener": 21,
    }
    assert Counter(table.column("Mentorbestuur")) == {"nee": 294, "ja": 6}
    assert set(table.column("Toegekend in euro")) == {"niet openbaar"}
    assert set(table.column("Inwoners van herkomst buiten de EU-15")) == {"niet openbaar"}
    wemmel = next(row for row in table.rows if row["Gemeente"] == "Wemmel")
    assert (wemmel["Rol in de lijst van samenwerkingen"], wemmel["Plaatsen in de lijst"]) == ("lid", "14")
    assert all(isinstance(value, int) for value in table.column("Inwoners"))
    assert table.totals is not None
    assert table.totals["Inwoners"] == 6_629_143


def test_codes_stay_text(book: Any) -> None:
    table = read(book["Per gemeente"])
    assert all(isinstance(code, str) and len(code) == 5 for code in table.column("NIS-code"))
    assert all(isinstance(code, str) and len(code) == 10 for code in table.column("Ondernemingsnummer"))


def test_municipalities_of_a_round_without_a_list(opened: Open) -> None:
    table = read(opened(2)["Per gemeente"])
    assert set(table.column("Rol in de lijst van samenwerkingen")) == {"niet gepubliceerd"}
    assert set(table.column("Mentorbestuur")) == {"niet gepubliceerd"}


def test_every_finding_about_the_round(book: Any) -> None:
    table = read(book["Bevindingen"])
    expected = Finding.objects.filter(about__key="round:plan-samenleven/1").exclude(state="gone")
    assert sorted(table.column("Bevinding")) == sorted(finding.title for finding in expected)
    assert any("Boom staat onder Limburg" in title for title in table.column("Bevinding"))
    assert all(table.column("Waarop dit rust"))


def test_many_records_are_cut_and_that_is_said(book: Any) -> None:
    table = read(book["Bevindingen"])
    row = next(row for row in table.rows if row["Bevinding"].startswith("Ronde 1: 80 besturen"))
    lines = row["Waarop dit rust"].split("\n")
    assert len(lines) == 13
    assert lines[-1].startswith("en nog 68")


def test_every_source_with_its_sheets(book: Any) -> None:
    table = read(book["Bronnen"])
    found = dict(zip(table.column("Bron"), table.column("Bladen"), strict=True))
    assert found["schriftelijke vraag nr. 492: antwoord 2"].startswith("Per provincie, Per provincie, gedrukt")
    assert found["schriftelijke vraag nr. 492: antwoord 7"] == "Mentors per provincie, Mentorschappen"
    named = set(read(book["Cijfers"]).column("Bron"))
    assert named <= set(found)

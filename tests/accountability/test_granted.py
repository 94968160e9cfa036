"""The sheets on what was granted: two readings that add up to the same total, marked as example, made again alike."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from draad.accountability.overview import overview
from draad.accountability.overview.facts import RoundFacts
from draad.accountability.overview.grants import grant_rows, granted_per_province_table, granted_table
from draad.accountability.overview.questions import questions
from draad.accountability.queries import round_numbered
from tests.accountability.reading import ReadSheet, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("example_rounds")]
DIVIDED, PAID = "Toegekend, verdeeld over de leden", "Toegekend, bij de aanvrager"
TOTAL = Decimal("14136359.00")
OF_MUNICIPALITIES = "Hoeveel euro kreeg elke gemeente, per actie?"


def sheet(name: str, language: str = "nl") -> ReadSheet:
    return read(book(language)[name])


def book(language: str = "nl") -> Any:
    return load_workbook(BytesIO(overview(round_numbered(1), language)))


def test_both_readings_add_up_to_the_published_total() -> None:
    table = sheet("Toegekende subsidie")
    assert table.totals is not None
    assert (table.totals[DIVIDED], table.totals[PAID]) == (14_136_359, 14_136_359)
    for heading in (DIVIDED, PAID):
        assert sum(Decimal(str(value)).quantize(Decimal("0.01")) for value in table.column(heading)) == TOTAL
    _per_action(table)
    _per_applicant(table)
    _provinces_agree(table)
    _everybody_is_there(table)


def _per_action(table: ReadSheet) -> None:
    """The published amounts of actions, without the incentives for mentors."""
    amounts: dict[int, float] = defaultdict(float)
    for row in table.rows:
        if "stimulans" not in row["Actie of stimulans"]:
            amounts[row["Nr. van de actie"]] += row[DIVIDED]
    assert round(amounts[5], 2) == 3_389_566
    assert round(amounts[2], 2) == 400_000
    assert round(amounts[21], 2) == 28_600
    of_21 = {row["Gemeente of organisatie"] for row in table.rows if row["Nr. van de actie"] == 21}
    assert of_21 == {"Leuven", "Sint-Niklaas"}


def _per_applicant(table: ReadSheet) -> None:
    """What is divided within an application is what the applicant receives."""
    divided: dict[int, float] = defaultdict(float)
    paid: dict[int, float] = defaultdict(float)
    for row in table.rows:
        divided[row["Aanvraag"]] += row[DIVIDED]
        paid[row["Aanvraag"]] += row[PAID]
        assert row[PAID] == 0 or row["Gemeente of organisatie"] == row["Aanvrager"]
    assert len(paid) == 50
    assert {number: round(euro, 2) for number, euro in divided.items()} == {n: round(e, 2) for n, e in paid.items()}


def _provinces_agree(table: ReadSheet) -> None:
    provinces = sheet("Toegekend per provincie")
    assert provinces.totals is not None
    assert provinces.totals["Samen"] == 14_136_359
    for row in provinces.rows:
        cells = [row_[DIVIDED] for row_ in table.rows if row_["Provincie"] == row["Provincie"]]
        assert round(sum(cells), 2) == row["Samen"]
        assert round(sum(value for key, value in row.items() if key not in {"Provincie", "Samen"}), 2) == row["Samen"]
    assert len(provinces.rows) == 6


def _everybody_is_there(table: ReadSheet) -> None:
    names = {row["Gemeente of organisatie"] for row in table.rows}
    assert len(names) == 106
    assert {"Vlaamse Gemeenschapscommissie", "vzw De Rand", "Wemmel"} <= names


def test_it_is_marked_and_names_what_it_was_made_from() -> None:
    made = book()
    for name in ("Toegekende subsidie", "Toegekend per provincie"):
        above = [made[name].cell(row, 1).value for row in range(1, 5)]
        assert any("Voorbeeldgegevens" in str(text) for text in above)
        assert any("seed 1, scale 1, sha256" in str(text) for text in above)
    sources = read(made["Bronnen"]).column("Bron")
    assert any("voorbeeld, gemaakt door Draad" in source for source in sources)


def test_the_same_data_give_the_same_bytes() -> None:
    assert overview(round_numbered(1), "nl") == overview(round_numbered(1), "nl")


def test_the_question_is_answered_as_example_only() -> None:
    question = next(q for q in questions(RoundFacts(round_numbered(1))) if q.text == OF_MUNICIPALITIES)
    assert question.sheets == ["Toegekende subsidie", "Toegekend per provincie"]
    assert question.answer == "alleen als voorbeeld"
    assert "niet openbaar" in question.missing


def test_real_grants_answer_the_question(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RoundFacts, "grants_are_example", False)
    facts = RoundFacts(round_numbered(1))
    question = next(q for q in questions(facts) if q.text == OF_MUNICIPALITIES)
    assert (question.answer, question.missing) == ("ja", "")
    table = granted_table(facts)
    assert not table.example
    assert table.source == "bekendgemaakte beslissingen in Draad"


def test_governments_without_a_province_come_last() -> None:
    rows = grant_rows(RoundFacts(round_numbered(1)))
    provinces = list(dict.fromkeys(row.province for row in rows))
    assert provinces == [
        "Antwerpen", "Limburg", "Oost-Vlaanderen", "Vlaams-Brabant", "West-Vlaanderen", "zonder grondgebied",
    ]  # fmt: skip


def test_the_number_of_queries_does_not_grow(django_assert_max_num_queries: Any) -> None:
    facts = RoundFacts(round_numbered(3))
    assert facts.provinces
    with django_assert_max_num_queries(10):
        list(granted_table(facts).rows)
        list(granted_per_province_table(facts).rows)

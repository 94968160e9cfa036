"""Rows of milestones of which the text and the staff stand on one line, and periods that a narrow column breaks."""

from __future__ import annotations

import pytest

from draad.plans.reading.periods import find_rows
from draad.plans.reading.staff_column import split_rows
from tests.plans.test_milestones import pieces, rows

EMPTY_ROW = "2020 Slot  \n"
"""A row with the space of an empty cell, so that a row without it names staff."""


def first(row: str, *, after: str = f"\n{EMPTY_ROW}") -> tuple[str, str, str]:
    """Period, text and staff of a row that others follow."""
    return rows(f"{row}\n{after}")[0]


@pytest.mark.parametrize(
    ("text", "staff"),
    [
        ("Opening van het huis", "zie 2021"),
        ("Opening van het huis.", "nog te bepalen"),
        ("Opening van het huis", "n.t.b."),
        ("Opening van het huis", "idem 2021"),
        ("Opening van het huis", "1 halftijdse medewerker"),
        ("Opening van het huis", "1 projectmedewerker"),
        ("Opening van het huis", "2 x 0,5 VTE"),
        ("Opening van het huis", "3/4 VTE"),
        ("Opening van het huis", "10% VTE"),
        ("Opening van het huis", "15 uur per week"),
        ("Opening van het huis", "Niet te ramen"),
        ("Opening van het huis", "Dienst Wonen (3 personen)"),
        ("Het geldt voor alle wijken", "Pool van 12 coaches"),
        ("Een feest voor de buren", "Deeltijdse inzet van de dienst voor het feest; drie stagiairs in de zomer"),
        ("Opening van het huis", "wisselende inzet van de diensten"),
        ("Opening van het huis", "Projectleider 0,8 VTE"),
        ("Opening van het huis", "Onderzoekers: 18 mensmaanden"),
        ("Overleg met de buren", "5 à 6 VTE verspreid over de wijken"),
        ("Overleg met de buren", "Vrijwilligers"),
        ("", "Onderzoekers: 18 mensmaanden"),
    ],
)
def test_staff_on_the_line_of_its_text(text: str, staff: str) -> None:
    assert first(f"2019 {text} {staff} ") == ("2019", text, staff)


def test_the_number_of_staff_is_kept_whole_beside_the_same_without_what_comes_before() -> None:
    found = rows("2019 Feest 2 x 0,5 VTE \n\n2020 Meer 0,5 VTE \n\n2021 Avondfeest 0,5 VTE \n\n2022 Slot  \n")
    assert [row[2] for row in found] == ["2 x 0,5 VTE", "0,5 VTE", "0,5 VTE", ""]


@pytest.mark.parametrize("words", ["Overleg met de Dienst Bruggen  ", "Drie medewerkers opgeleid  ", "Zie 2021  "])
def test_the_space_of_an_empty_cell_shows_that_no_staff_is_named(words: str) -> None:
    assert first(f"2019 {words}") == ("2019", words.strip(), "")


@pytest.mark.parametrize("words", ["Overleg met de Dienst Bruggen ", "Opening van het huis uitbesteed werk "])
def test_where_no_empty_cell_leaves_a_space_a_capital_begins_no_staff(words: str) -> None:
    assert first(f"2019 {words}", after="\n2020 Slot \n") == ("2019", words.strip(), "")


def test_a_row_that_must_name_staff_is_doubtful_when_none_is_found() -> None:
    [table] = split_rows([find_rows(pieces(f"2019 opening van het huis \n\n{EMPTY_ROW}"))])
    assert table[0].staff == []
    assert table[0].confidence <= 0.5
    assert table[1].confidence > 0.7


def test_the_end_of_a_page_does_not_hide_that_a_short_row_names_staff() -> None:
    text = "2018 Feest  \n\n2019 Opening van het huis zie 2018 \n~ "
    assert rows(text)[1] == ("2019", "Opening van het huis", "zie 2018")


def test_staff_that_other_rows_name_after_other_words() -> None:
    tables = [
        find_rows(pieces("2019 Start hulp van wie er woont \n\n2020 Slot  \n")),
        find_rows(pieces("2019 Nog een feest hulp van wie er woont \n\n2020 Slot  \n")),
    ]
    found = [table[0] for table in split_rows(tables)]
    assert ["".join(piece.text for piece in row.staff).strip() for row in found] == ["hulp van wie er woont"] * 2


def test_staff_with_a_capital_over_two_lines() -> None:
    row = "2019 Start Inzet van de dienst voor alle feesten van het huis en van de \n\nbuurt eromheen "
    assert first(row)[1:] == ("Start", "Inzet van de dienst voor alle feesten van het huis en van de buurt eromheen")


def test_a_list_goes_on_before_the_staff() -> None:
    row = "2019 - meting \n\n- aanstelling van een projectleider \n\n- plan \n\n2,5 VTE projectmedewerkers "
    assert first(row)[2] == "2,5 VTE projectmedewerkers"


@pytest.mark.parametrize(
    ("printed", "period"),
    [
        ("2021 \n(najaar) Opening", "2021 (najaar)"),
        ("2021 \n\n(najaar) Opening", "2021 (najaar)"),
        ("2020 - \n2021 Opening", "2020 - 2021"),
        ("2020 en \n2021 Opening", "2020 en 2021"),
        ("Najaar \n2021 Opening", "Najaar 2021"),
        ("2022 (eerste \nhelft) Opening", "2022 (eerste helft)"),
    ],
)
def test_a_period_over_two_lines(printed: str, period: str) -> None:
    found = rows(f"{printed} van het huis  \n\n2023 Slot  \n")
    assert found == [(period, "Opening van het huis", ""), ("2023", "Slot", "")]


@pytest.mark.parametrize("first_row", ["2021  ", "2021  / ", "2021 / "])
def test_an_empty_row_does_not_take_the_next_period(first_row: str) -> None:
    assert [row[0] for row in rows(f"{first_row}\n\n2022 Opening \n")] == ["2021", "2022"]


@pytest.mark.parametrize("period", ["Vanaf 2022", "Najaar 2022", "December 2022"])
def test_a_worded_period_after_one_that_is_a_year(period: str) -> None:
    table = f"2021 Opening van het huis zie 2020 \n\n{period} Feest 1 VTE \n"
    assert [row[0] for row in rows(table)] == ["2021", period]


def test_a_worded_period_in_a_sentence_begins_no_row() -> None:
    text = "2021 Opening van het huis. \n\nVanaf 2022 wordt er elke week gefeest. \n\n \n\n2023 Slot  \n"
    assert [row[0] for row in rows(text)] == ["2021", "2023"]


def test_a_season_that_ends_a_cell_is_no_part_of_the_next_period() -> None:
    text = "2021 Opening van het huis 1 VTE tot in de \nzomer \n\n2022 Slot  \n"
    assert [row[0] for row in rows(text)] == ["2021", "2022"]


def test_a_worded_period_with_an_empty_text_begins_a_row() -> None:
    text = "2021 Opening van het huis 1 VTE \n\nVanaf 2022  zie 2021 \n\n2024 Slot  \n"
    assert rows(text)[1] == ("Vanaf 2022", "", "zie 2021")


def test_the_second_year_of_a_range_begins_no_row() -> None:
    text = "2021 Opname in de overeenkomst 2024-\n2028 \n\n1 VTE \n\n2022 Slot  \n"
    assert rows(text)[0] == ("2021", "Opname in de overeenkomst 2024- 2028", "1 VTE")


def test_a_bullet_of_one_letter_begins_a_row() -> None:
    assert [row[0] for row in rows("2021 Opening  \n\n2022 o feest \no slot  \n")] == ["2021", "2022"]


def test_both_columns_go_on_over_a_page() -> None:
    text = (
        "2021 Opening van het grote huis dat de stad in de wijk heeft \n\n2 VTE van de dienst en van \n"
        "~ gebouwd en ingericht voor de buren. \n\nde buurt \n\n2022 Slot  \n"
    )
    assert rows(text)[0][1:] == (
        "Opening van het grote huis dat de stad in de wijk heeft gebouwd en ingericht voor de buren.",
        "2 VTE van de dienst en van de buurt",
    )


def test_staff_that_other_rows_have_in_full_does_not_go_on() -> None:
    text = (
        "2020 Start wisselende inzet van de dienst \n\n2021 Opening van het grote huis dat de stad in de wijk heeft \n\n"
        "wisselende inzet van de dienst \n~ gebouwd met geld van wie er woont \nen van de stad. \n\n2022 Slot  \n"
    )
    assert rows(text)[1][2] == "wisselende inzet van de dienst"

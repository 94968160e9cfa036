"""Rows of the milestone table, and its two columns told apart."""

from __future__ import annotations

import pytest

from draad.documents.source import Cell, Line
from draad.documents.text import split_lines
from draad.plans.reading.milestone_cells import rows_from_cells, staff_column
from draad.plans.reading.periods import PERIOD, find_rows
from draad.plans.reading.pieces import Piece, plain
from draad.plans.reading.staff_column import SplitRow, split_rows

WIDE = "Het loket wordt elke dag bezocht door mensen van de wijk die er hulp vinden bij"


def pieces(text: str) -> list[Piece]:
    """The lines of a text as pieces; a line that begins with ~ begins a page."""
    found: list[Piece] = []
    leaf = 1
    for line in split_lines(text):
        leaf += line.text.startswith("~")
        clean = line.text.removeprefix("~")
        found.append(Piece(clean, line, leaf, apart=not found or not found[-1].filled))
    return found


def rows(text: str) -> list[tuple[str, str, str]]:
    """Period, text and staff of each row of a table."""
    [table] = split_rows([find_rows(pieces(text))])
    return [(row.row.period, plain(row.text), plain(row.staff)) for row in table]


@pytest.mark.parametrize(
    "period",
    [
        "2018",
        "2018 (voorjaar)",
        "2016 -2018",
        "2015-2016",
        "2015–2016",
        "2018-19",
        "2020 t/m 2022",
        "Vanaf 2020",
        "2020 en verder",
        "2020 e.v.",
        "Najaar 2021",
        "September 2018",
        "2de helft 2018",
        "Q3 2021",
        "schooljaar 2018-2019",
    ],
)
def test_periods(period: str) -> None:
    match = PERIOD.fullmatch(period)
    assert match
    assert match["period"] == period


@pytest.mark.parametrize(
    "text", ["", "18", "1234", "12018", "Doelstelling 2018", "2018a", "in het jaar 2018 begint het"]
)
def test_what_is_no_period(text: str) -> None:
    assert not PERIOD.match(text)


def test_rows_with_text_and_staff_on_one_line() -> None:
    assert rows("\n2018 Opening  2 VTE \n\n2019 Sluiting 0,5 VTE \n\n2020   \n") == [
        ("2018", "Opening", "2 VTE"),
        ("2019", "Sluiting", "0,5 VTE"),
        ("2020", "", ""),
    ]


def test_staff_without_text() -> None:
    assert rows("2015   \n\n2016  0,5 VTE bij de dienst  \n\n2017 Feest \n")[1] == (
        "2016",
        "",
        "0,5 VTE bij de dienst",
    )


def test_an_empty_cell_leaves_its_space() -> None:
    text = f"2018 {WIDE} \nhet invullen van papieren. \n\nDe medewerkers gaan langs. \n\n \n\n2019 Meer \n\n \n"
    assert [row[2] for row in rows(text)] == ["", ""]


def test_the_column_of_staff_is_narrower() -> None:
    text = (
        f"2018 {WIDE} \nhet invullen van papieren. \n\n"
        "De stad kiest zelf wie dat doet en hoe zij de vragen \nvan mensen opvolgen in overleg met alle diensten die \n"
        "er iets van weten. \n\n2019 Meer \n"
    )
    first = rows(text)[0]
    assert first[1] == f"{WIDE} het invullen van papieren."
    assert first[2].startswith("De stad kiest zelf")


def test_words_of_one_row_help_with_another() -> None:
    text = "2018 Opening van het huis. \n\nDienst Loketten met hulp van de wijk \n\n2019 Feest Dienst Loketten met hulp van de wijk \n"
    text += "\n2020 Opening van de tuin. \n\nDienst Loketten met hulp van de wijk \n"
    assert [row[2] for row in rows(text)] == ["Dienst Loketten met hulp van de wijk"] * 3


def test_words_that_end_two_rows_are_staff_wherever_they_begin() -> None:
    text = (
        "2018 Opening van het huis wisselende VTE inzet van de wijk \n\n2019 Feest wisselende VTE inzet van de wijk \n"
    )
    assert rows(text) == [
        ("2018", "Opening van het huis", "wisselende VTE inzet van de wijk"),
        ("2019", "Feest", "wisselende VTE inzet van de wijk"),
    ]


@pytest.mark.parametrize("words", ["Zelfde als hierboven", "idem", "Zie boven", "nog te bepalen"])
def test_a_reference_is_staff(words: str) -> None:
    assert rows(f"2018 Opening van het huis in de wijk \n\n{words} \n\n2019 Feest 1 VTE \n")[0][2] == words


def test_a_list_is_no_staff() -> None:
    text = "2018 - opleiden van de medewerkers van het loket \n\n- vragen aan de begeleiders van de wijk \n\n \n\n2019 Feest \n"
    assert [row[2] for row in rows(text)] == ["", ""]


def test_a_year_within_the_text_begins_no_row() -> None:
    wrapped = "Het plan van de stad zegt dat er tegen de zomer van het jaar"
    text = f"2018 {wrapped} \n2019 nog een loket komt in elke wijk van de stad. \n\n2019 Feest \n\n2020 Slot \n"
    assert [row[0] for row in rows(text)] == ["2018", "2019", "2020"]
    assert rows(text)[0][1].endswith("een loket komt in elke wijk van de stad.")


def test_a_row_goes_on_over_a_page() -> None:
    text = f"2018 {WIDE} \n\n1 VTE \n~het invullen van papieren en brieven. \n\n2019 Feest 2 VTE \n"
    assert rows(text) == [
        ("2018", f"{WIDE} het invullen van papieren en brieven.", "1 VTE"),
        ("2019", "Feest", "2 VTE"),
    ]


def test_the_taller_column_goes_on_over_a_page() -> None:
    staff = "Dienst Wijken 1 VTE \nDienst Loketten 2 VTE \nDienst Tuinen 1 VTE en \n"
    text = f"2018 {WIDE} \n\n{staff}~dienst Markten 3 VTE \n\n2019 Feest \n"
    assert rows(text)[0] == ("2018", WIDE, f"{plain(pieces(staff))} dienst Markten 3 VTE")


def test_a_table_without_periods_has_no_rows() -> None:
    assert rows("Nog te bepalen \n") == []
    assert rows("") == []


def test_certainty_is_less_where_there_was_a_choice() -> None:
    text = "2018 Opening van het huis. \n\nInzet van de wijk en de stad \n\n \n\n2019 Slot   \n"
    [table] = split_rows([find_rows(pieces(text))])
    assert 0 <= table[0].confidence < 0.9
    assert table[1].confidence == 1


def cell_piece(text: str, row: int, column: int) -> Piece:
    return Piece(text, Line(text, 1, cell=Cell(row, column)), 1)


def shown(found: list[SplitRow]) -> list[tuple[str, str, str]]:
    return [(row.row.period, plain(row.text), plain(row.staff)) for row in found]


def test_cells_need_no_guess() -> None:
    own = [
        cell_piece("2018", 1, 1),
        cell_piece("1 VTE is genoeg", 1, 2),
        cell_piece("Wie weet", 1, 8),
        cell_piece("", 2, 1),
        cell_piece("zegt men", 2, 2),
        cell_piece("", 2, 8),
        cell_piece("Doorlopend", 3, 1),
        cell_piece("", 3, 2),
        cell_piece("idem", 3, 8),
    ]
    assert shown(rows_from_cells(own, 8)) == [
        ("2018", "1 VTE is genoeg zegt men", "Wie weet"),
        ("Doorlopend", "", "idem"),
    ]


def test_cells_without_any_period_are_no_rows() -> None:
    assert rows_from_cells([cell_piece("Later", 1, 1), cell_piece("", 1, 8)], 8) == []


def test_the_staff_column_begins_where_its_heading_does() -> None:
    label = [Line("Mijlpalen", 1, cell=Cell(1, 1)), Line("Geschatte personeelsinzet", 2, cell=Cell(1, 8))]
    assert staff_column(label, [cell_piece("2018", 2, 1)]) == 8
    assert staff_column(label[:1], []) is None
    assert staff_column([Line("Mijlpalen Geschatte personeelsinzet", 1)], []) is None
    assert staff_column([], []) is None

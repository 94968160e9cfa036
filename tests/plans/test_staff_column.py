"""Signs that tell where the column of staff begins, each in a row that they alone decide."""

from __future__ import annotations

import pytest

from draad.plans.reading.periods import find_rows
from draad.plans.reading.pieces import plain
from draad.plans.reading.staff_column import split_rows
from tests.plans.test_milestones import pieces, rows

WIDE = "wij bouwen voort aan een net van huizen waar iedereen in de straat binnen kan lopen"
"""A line as wide as the column of text of the documents below."""


def split_in_document(row: str) -> tuple[str, str]:
    """Text and staff of a row, in a document with a hundred lines that are as wide as the column of text."""
    other = "2020 Begin \n\n" + "\n\n".join([f"{WIDE} "] * 100) + "\n\n \n\n2021 Einde  \n"
    found = split_rows([find_rows(pieces(other)), find_rows(pieces(row))])[1][0]
    return plain(found.text), plain(found.staff)


def test_staff_has_no_line_as_wide_as_the_column_of_text() -> None:
    lines = ["2022 Herziening van de afspraken ", "Extra lessen voor {} ", "de kantoren \n~ "]
    people = "medewerkers van het onthaal in elk huis van de regio en in de post van"
    wide, narrow = ("\n\n".join(lines).format(words) for words in (people, "medewerkers van het onthaal"))
    assert split_in_document(wide)[1] == ""
    assert split_in_document(narrow)[1] == "Extra lessen voor medewerkers van het onthaal de kantoren"


def test_the_first_number_of_staff_begins_the_column() -> None:
    text = (
        "2022 Uitrol naar alle streken, met uitleg via huisartsen en thuiszorg \n\n"
        "Ploegen van het fonds voor wie thuis blijft wonen 6 VTE. \n\nCoördinator bij de dienst 45 mensdagen (2020 – \n\n2021) \n~ "
    )
    [(_period, _text, staff)] = rows(text)
    assert staff.startswith("Ploegen van het fonds")


def test_a_list_that_goes_on_after_an_empty_line_is_no_staff() -> None:
    text = (
        "2023 Resultaten van de oproep \n• Minstens veertig clubs hebben een vast uur voor wie wil proeven; \n"
        "• Een kaart waarop iedereen het aanbod in de buurt vindt, met inlichtingen over de \ntoegang van de zalen; \n \n"
        "Resultaten van de uitleendienst: \n• Een tweede en derde huis in twee steden \n• Een reglement \n~ "
    )
    [(_period, _text, staff)] = rows(text)
    assert staff == ""


def test_words_that_close_more_rows_are_staff_without_a_word_for_it() -> None:
    row = "{} {} worden gekozen en \n\nopgeleid. De handleiding wordt getest bij een ploeg uit de streek. \n\ntwee duo’s bij de stad \n\n"
    found = rows(
        "".join(row.format(year, what) for year, what in (("2021", "Zes steden"), ("2022", "Tien dorpen"))) + "~ "
    )
    assert [staff for _period, _text, staff in found] == ["twee duo’s bij de stad"] * 2


def test_words_that_close_more_rows_are_text_where_a_sentence_needs_them() -> None:
    row = "{} De afspraken worden uitgevoerd door de \n\nkoepels en opgevolgd in de stuurgroep. \n\n \n\n"
    found = rows("".join(row.format(year) for year in (2021, 2022)))
    assert [staff for _period, _text, staff in found] == ["", ""]


def test_a_dash_before_words_begins_a_list_and_no_staff() -> None:
    assert rows("2021 Reglement en vier avonden \n\n- Antwerpen en Limburg in maart \n~ ")[0][2] == ""


@pytest.mark.parametrize("who", ["Onderzoeksteam van de hogeschool", "Werkgroep van de bond"])
def test_the_team_of_a_service_is_staff(who: str) -> None:
    text = "2021 Meting van de doorstroom naar de lessen na schooltijd in negen baden. "
    assert rows(f"{text}\n\n{who} \n\n2022 Einde  \n")[0][2] == who

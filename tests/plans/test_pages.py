"""Running headers, link notes, decoration, and boxes that a page break cuts."""

from __future__ import annotations

import pytest

from draad.documents.source import Line, Source
from draad.documents.text import split_lines
from draad.plans.reading.boxes import RawSheet
from draad.plans.reading.decoration import without_decoration, without_ornaments
from draad.plans.reading.furniture import clean
from draad.plans.reading.labels import Label
from draad.plans.reading.page_breaks import mend
from draad.plans.reading.pieces import Piece, plain


def cleaned(text: str) -> list[str]:
    return [line.text for line in clean(split_lines(text)) if line.text.strip()]


@pytest.mark.parametrize(
    "header",
    ["pagina 9 van 116 Plan – bijlage", "Plan van de stad   pagina 3 van 12", "Pagina 4", "blz. 12", "page 3 of 7"],
)
def test_a_running_header_is_no_text(header: str) -> None:
    assert cleaned(f"De brug komt er\n\n\n{header}\n\n \nen blijft.") == ["De brug komt er", "en blijft."]


def test_a_sentence_about_a_page_is_text() -> None:
    text = "Zie het plan op pagina 12 voor de uitleg over de bruggen van de stad."
    assert cleaned(text) == [text]


def test_a_line_that_heads_every_page_is_a_header() -> None:
    words = ["brug", "wijk", "tuin", "haven"]
    lines = [
        line
        for page, word in enumerate(words, start=1)
        for line in (
            Line("Bijlage bij het plan", 3 * page, page),
            Line(f"Tekst over de {word} van de stad", 3 * page + 1, page),
        )
    ]
    assert [line.text for line in clean(lines)] == [f"Tekst over de {word} van de stad" for word in words]


def test_addresses_of_links_below_a_page_are_no_text() -> None:
    text = "De brug komt er.\n\nhttp://www.brug.example\nhttps://wijk.example/a\n En blijft."
    assert cleaned(text) == ["De brug komt er.", " En blijft."]


@pytest.mark.parametrize("between", ["\n", "\n\n", "\n\n \n\n"])
def test_white_space_between_link_notes_hides_none(between: str) -> None:
    text = f"De brug komt er.\n\nhttp://www.brug.example{between}https://wijk.example/a\n En blijft."
    assert cleaned(text) == ["De brug komt er.", " En blijft."]


@pytest.mark.parametrize("form", ["{page} / 9", "- {page} -", "{page}", "{page} van 9"])
def test_a_number_that_rises_with_the_pages_is_no_text(form: str) -> None:
    words = ["brug", "wijk", "tuin", "haven"]
    lines = [
        line
        for page, word in enumerate(words, start=1)
        for line in (Line(f"De {word}", 2 * page, page), Line(form.format(page=page + 3), 2 * page + 1, page))
    ]
    assert [line.text for line in clean(lines)] == [f"De {word}" for word in words]


def test_numbers_that_do_not_rise_with_the_pages_are_text() -> None:
    numbers = ["12", "4", "40", "7 / 9"]
    lines = [Line(number, page, page) for page, number in enumerate(numbers, start=1)]
    assert [line.text for line in clean(lines)] == numbers


def test_white_space_beside_a_running_header_is_no_empty_cell() -> None:
    lines = clean(split_lines("De brug komt er. \n\n \n\n  \n\n\npagina 9 van 116 Plan\n\n \n\nEn blijft."))
    assert [(line.text, line.fresh) for line in lines] == [("De brug komt er. ", True), ("En blijft.", True)]


def test_an_address_within_a_sentence_is_text() -> None:
    text = "De brug staat op\nhttp://www.brug.example\n En blijft."
    assert cleaned(text) == ["De brug staat op", "http://www.brug.example", " En blijft."]


def test_pages_begin_with_a_space_or_a_form_feed() -> None:
    assert [line.fresh for line in clean(split_lines("een\n twee\n\n drie\nvier"))] == [
        True,
        True,
        False,
        False,
        False,
    ]
    marked = clean(split_lines("een\n\ftwee\n\n drie"))
    assert [(line.fresh, line.page) for line in marked] == [(True, 1), (True, 2), (False, 2), (False, 2)]


def piece(text: str, leaf: int = 1) -> Piece:
    return Piece(text, Line(text, 1), leaf)


def test_slashes_beside_the_milestones_are_decoration() -> None:
    own = [
        piece("De brug en/of de tuin"),
        piece("komen er. //"),
        piece("//"),
        piece("/"),
        piece("// // //"),
        piece(""),
    ]
    assert plain(without_decoration(own)) == "De brug en/of de tuin komen er."
    assert plain(without_decoration([piece("tekst"), piece("einde ////")])) == "tekst einde"


def test_ornaments_and_repeated_headings_in_the_milestones() -> None:
    own = [piece("2018 /"), piece("//"), piece("/"), piece("Mijlpalen Geschatte personeelsinzet (VTE)"), piece("2019")]
    assert plain(without_ornaments(own)) == "2018 / / 2019"


def sheet(**boxes: list[Piece]) -> RawSheet:
    return RawSheet(Source(1, 1), {Label[name]: own for name, own in boxes.items()})


def mended(**boxes: list[Piece]) -> dict[str, str]:
    raw = sheet(**boxes)
    mend(raw)
    return {label.name: plain(own) for label, own in raw.boxes.items()}


def lines(*texts: str, leaf: int = 1) -> list[Piece]:
    return [piece(text, leaf) for text in texts]


def test_the_tallest_box_goes_on() -> None:
    found = mended(
        RESPONSIBLE_CABINETS=lines("Wonen"),
        OUTPUT_INDICATOR=lines("- een gids voor", "alle mensen", "- een kaart,", "een route en", "een loket"),
        TARGET=lines("n.v.t.") + lines("- een feest in", "elke wijk", leaf=2),
    )
    assert found["TARGET"] == "n.v.t."
    assert found["OUTPUT_INDICATOR"].endswith("een loket - een feest in elke wijk")


def test_the_unfinished_box_goes_on() -> None:
    found = mended(
        INVOLVED_ADMINISTRATIONS=lines("Dienst Bruggen, Dienst", "Havens, Dienst Wijken.", "Dienst Tuinen."),
        OTHER_PARTNERS=lines("Vereniging van Molens,", "Huis van de Wijk en", "de scholen en")
        + lines("alle winkels.", leaf=2),
    )
    assert found["OTHER_PARTNERS"].endswith("de scholen en alle winkels.")
    assert found["INVOLVED_ADMINISTRATIONS"].endswith("Dienst Tuinen.")


def test_a_goal_goes_on_with_the_goals() -> None:
    found = mended(
        EFFECT_INDICATOR=lines("Meer mensen", "op de brug", "en in de tuin", "van de wijk"),
        OPERATIONAL_GOALS=lines("OD 1.1: We bouwen elk jaar een brug") + lines("OD 1.2: We openen een loket", leaf=2),
    )
    assert found["OPERATIONAL_GOALS"].endswith("OD 1.2: We openen een loket")


def test_a_line_that_is_too_wide_for_a_column_is_not_its_own() -> None:
    found = mended(
        EFFECT_INDICATOR=lines("Meer mensen", "op de brug", "en in de tuin", "van de wijk"),
        OPERATIONAL_GOALS=lines("OD 1.1: We bouwen elk jaar minstens een brug")
        + lines("die alle wijken van de stad verbindt.", leaf=2),
    )
    assert found["OPERATIONAL_GOALS"].endswith("verbindt.")


def test_an_empty_box_does_not_go_on() -> None:
    found = mended(
        RESPONSIBLE_CABINETS=lines("Wonen"),
        OUTPUT_INDICATOR=[],
        TARGET=lines("Elke wijk") + lines("een loket", leaf=2),
    )
    assert found["TARGET"] == "Elke wijk een loket"


def test_numbers_go_on_with_their_list() -> None:
    found = mended(
        OUTPUT_INDICATOR=lines("1. een gids", "2. een kaart"),
        TARGET=lines("Elke wijk een", "loket en een") + lines("3. een route", leaf=2),
    )
    assert found["OUTPUT_INDICATOR"] == "1. een gids 2. een kaart 3. een route"


def test_boxes_that_were_a_choice_are_doubtful() -> None:
    raw = sheet(TITLE=lines("Een brug"), BUDGET=lines("€ 5.000") + lines("per jaar", leaf=2))
    mend(raw)
    assert raw.doubtful == {Label.TITLE, Label.BUDGET}
    whole = sheet(TITLE=lines("Een brug"), BUDGET=lines("€ 5.000"))
    mend(whole)
    assert whole.doubtful == set()

"""Labels in running text, and the boxes between them."""

from __future__ import annotations

import pytest

from draad.documents.text import split_lines
from draad.plans.reading.boxes import cut
from draad.plans.reading.chain import find_labels
from draad.plans.reading.furniture import clean
from draad.plans.reading.headings import WHOLE_ROW, followers
from draad.plans.reading.labels import STYLES, Label
from draad.plans.reading.pieces import plain

SHEET = """ Maatregel  Een brug over het water Raming
Budgettair

engagement

€ 5.000

STRATEGISCHE DOELSTELLING SD 1: Bruggen verbinden
effectindicator

Meer mensen OPERATIONELE DOELSTELLING OD 1.1: Bouwen

verantwoordelijken
kabinet

Wonen
outputindicator

 Streefwaarde

 12

administratie Dienst Bruggen

betrokkenen
kabinet

administratie  Andere partners /

Duiding maatregel

De brug komt er.
De administratie
volgt de bouw.

//
/

Mijlpalen Geschatte personeelsinzet (VTE)

2023 Plan 1 VTE
"""


def boxes(text: str) -> list[dict[str, str]]:
    """The words of each box of each sheet."""
    sheets, _headings = cut(clean(split_lines(text)))
    return [{label.field: plain(pieces) for label, pieces in sheet.boxes.items()} for sheet in sheets]


def test_all_boxes_of_a_sheet() -> None:
    [sheet] = boxes(SHEET)
    assert sheet == {
        "title": "Een brug over het water",
        "budget": "€ 5.000",
        "strategic_goals": "SD 1: Bruggen verbinden",
        "effect_indicator": "Meer mensen",
        "operational_goals": "OD 1.1: Bouwen",
        "responsible_cabinets": "Wonen",
        "output_indicator": "",
        "target": "12",
        "responsible_administrations": "Dienst Bruggen",
        "involved_cabinets": "",
        "involved_administrations": "",
        "other_partners": "/",
        "explanation": "De brug komt er. De administratie volgt de bouw. // /",
        "milestones": "2023 Plan 1 VTE",
    }


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Streefwaarde", "Streefwa\n\narde"),
        ("Streefwaarde", "streefwaarden:"),
        ("outputindicator", "output indicator"),
        ("effectindicator", "Effect-indicatoren"),
        ("verantwoordelijken\nkabinet", "Verantwoordelijken kabinetten"),
        ("Andere partners", "Andere \n\npartners"),
        ("STRATEGISCHE DOELSTELLING", "Strategische\ndoelstelling"),
        ("(VTE)", ""),
        ("Duiding maatregel", "DUIDING MAATREGEL"),
        ("Duiding maatregel", "Duiding bij de maatregel"),
        ("Duiding maatregel", "Duiding \nvan de maatregel"),
        ("verantwoordelijken\nkabinet", "verantwoordelijke\nkabinet"),
        ("betrokkenen\nkabinet", "Betrokkene \nkabinet"),
        ("verantwoordelijken\nkabinet", "verantwoorde\nlijken \n\nkabinet"),
    ],
)
def test_labels_may_be_printed_otherwise(old: str, new: str) -> None:
    assert old in SHEET
    assert boxes(SHEET.replace(old, new)) == boxes(SHEET)


def test_a_word_in_a_sentence_is_no_label() -> None:
    text = SHEET.replace(
        "De brug komt er.", "Maatregel na maatregel.\nStreefwaarde en Andere partners.\nadministratie\nkabinet"
    )
    sheets = boxes(text)
    assert len(sheets) == 1
    assert sheets[0]["target"] == "12"
    assert sheets[0]["explanation"].startswith("Maatregel na maatregel. Streefwaarde en Andere partners.")


@pytest.mark.parametrize(
    "label", [label for label in Label if label not in {Label.TITLE, Label.INVOLVED_ADMINISTRATIONS}]
)
def test_a_missing_label_is_missing_and_the_next_are_found(label: Label) -> None:
    text = SHEET * 2
    places = [found for found in find_labels(text) if found.label is label]
    damaged = text[: places[1].start] + text[places[1].end :]
    first, second = cut(clean(split_lines(damaged)))[0]
    assert first.missing() == []
    expected = [] if label is Label.STRATEGIC_GOALS else [label]
    assert second.missing() == expected
    assert second.unlabelled == ({label} if label is Label.STRATEGIC_GOALS else set())


def test_a_text_without_labels_has_no_sheets() -> None:
    assert cut(split_lines("Een brief over bruggen.")) == ([], [])
    assert find_labels("") == []


def test_each_sheet_begins_at_its_title() -> None:
    sheets, _headings = cut(clean(split_lines(SHEET * 3)))
    height = SHEET.count("\n")
    assert [sheet.source.line_from for sheet in sheets] == [1, 1 + height, 1 + 2 * height]


def test_goals_between_sheets_are_headings_of_the_plan() -> None:
    text = (
        f" SD 1: Bruggen verbinden de\nwijken\n \nOD 1.1: Bouwen\n{SHEET} SD 2: Loketten\n\nOD 2.1: Openen\n\n{SHEET}"
    )
    sheets, headings = cut(clean(split_lines(text)))
    assert [heading.text for heading in headings] == [
        "SD 1: Bruggen verbinden de wijken",
        "OD 1.1: Bouwen",
        "SD 2: Loketten",
        "OD 2.1: Openen",
    ]
    assert [plain(sheet.boxes[Label.MILESTONES]) for sheet in sheets] == ["2023 Plan 1 VTE"] * 2
    assert headings[0].source.as_dict() == {"line_from": 1, "line_to": 2}


def test_every_label_is_its_own_style() -> None:
    for label, style in STYLES.items():
        assert style.pattern.fullmatch(style.words)
        assert label.field == label.name.lower()


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Maatregel", 1),
        ("Raming Budgettair engagement", 1),
        ("verantwoordelijken", 1),
        ("kabinet", 1),
        ("2023", WHOLE_ROW),
        ("2016 -2018", WHOLE_ROW),
        ("2018 (voorjaar)", WHOLE_ROW),
        ("Een brug in 2023", 0),
        ("", 0),
    ],
)
def test_which_cells_head_others(text: str, count: int) -> None:
    assert followers(text) == count

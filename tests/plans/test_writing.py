"""What written documents show: title page, contents, goals, marks, what stands below a sheet; the parts they are made of."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from draad.documents.pdf import typeset
from draad.plans.reading.goals import Goal
from draad.plans.reading.headings import ENDING, FIRST_COLUMNS
from draad.plans.reading.labels import STYLES, Label, label_named
from draad.plans.reading.pieces import JOINER, SEAM
from draad.plans.writing import pdf
from draad.plans.writing.breaks import SHOWN, shown, steered, unlike_a_label
from draad.plans.writing.pdf import pdf_of
from draad.plans.writing.printed import (
    BudgetRow,
    PrintedPlan,
    PrintedSheet,
    Progress,
    ProgressRow,
    grouped,
    headings,
    paragraphs,
)
from draad.plans.writing.table import COLUMNS, blocks, milestone_rows, placed, sheet_rows
from draad.plans.writing.word import word_of
from draad.plans.writing.words import DUTCH, ENGLISH, Words, contents_line, heading, listed_title
from tests.plans.inventing import invent
from tests.plans.writing_texts import GOALS, PLAN, printed

PROGRESS = Progress(2025, [ProgressRow("2018: de gids ligt er", "bereikt", "12 gidsen", "Volgens plan.")])
BUDGET = [BudgetRow("2018", "Europees fonds", "€ 200.000,00")]


def example(seed: int = 1, **more: object) -> PrintedSheet:
    return replace(printed(invent(seed, count=1)[0]), **more)  # type: ignore[arg-type]


def pdf_pages(data: bytes) -> list[str]:
    """The text of each page, with single spaces."""
    document = pdfium.PdfDocument(data)
    return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def word_text(data: bytes) -> str:
    """All text of the body of a Word document, a line for each paragraph."""
    found = Document(io.BytesIO(data)).element.body.iter("{*}p")
    return "\n".join("".join(part.text or "" for part in paragraph.iter("{*}t")) for paragraph in found)


def word_part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name).decode()


SERVING = [
    example(1, serves=("SD 1", "OD 1.1")),
    example(2, serves=("SD 1", "OD 1.1")),
    example(3, serves=("SD 1", "OD 1.2")),
    example(4),
]


def test_sheets_are_grouped_by_the_first_goals_that_they_serve() -> None:
    groups = grouped(SERVING, GOALS)
    assert [(group.strategic, group.operational, len(group.sheets)) for group in groups] == [
        (GOALS[0], GOALS[1], 2),
        (GOALS[0], GOALS[2], 1),
        (None, None, 1),
    ]
    heads = [[(head.kind, head.level, head.goal) for head in new] for new, _group in headings(groups)]
    assert heads == [
        [("strategic", 1, GOALS[0]), ("operational", 2, GOALS[1])],
        [("operational", 2, GOALS[2])],
        [("operational", 1, None)],
    ]


def test_a_goal_that_the_plan_does_not_have_heads_nothing() -> None:
    [group] = grouped([example(1, serves=("SD 9", "OD 9.9"))], GOALS)
    assert (group.strategic, group.operational) == (None, None)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", [""]),
        ("  ", [""]),
        ("een zin", ["een zin"]),
        ("• een • twee", ["• een", "• twee"]),
        ("eerst:\n• een\n\ndan", ["eerst:", "• een", "dan"]),
        ("een•twee", ["een•twee"]),
    ],
)
def test_lists_become_paragraphs(text: str, parts: list[str]) -> None:
    assert paragraphs(text) == parts


@given(st.text())
def test_paragraphs_keep_the_words(text: str) -> None:
    assert " ".join(" ".join(paragraphs(text)).split()) == " ".join(text.split())


def test_every_row_of_every_table_fills_the_columns() -> None:
    sheet = example(budget=BUDGET, progress=PROGRESS)
    tables = [sheet_rows(sheet), milestone_rows(sheet), *(block.rows for block in blocks(sheet, DUTCH))]
    for rows in tables:
        for row in placed(rows):
            assert sum(columns for _column, _box, columns in row) == len(COLUMNS)


def test_the_table_prints_every_label_of_the_template_with_its_value() -> None:
    sheet = PrintedSheet({label.field: label.field for label in Label})
    row = [box for boxes in [*sheet_rows(sheet), *milestone_rows(sheet)] for box in boxes]
    printed_labels = {label: " ".join(box.text for box in row if box.label is label) for label in Label}
    assert all(STYLES[label].pattern.search(text) for label, text in printed_labels.items())
    values = [box.text for box in row if box.label is None]
    assert sorted(values) == sorted(label.field for label in Label if label is not Label.MILESTONES)


@pytest.mark.parametrize("words", [DUTCH, ENGLISH])
def test_what_ends_a_sheet_is_known_to_the_reader(words: Words) -> None:
    assert ENDING.match(words.progress.format(year=2025))
    assert ENDING.match(words.budget)
    assert ENDING.match(words.no_goal)
    assert {words.progress_columns[0].casefold(), words.budget_columns[0].casefold()} <= FIRST_COLUMNS


def test_a_goal_in_the_contents_does_not_begin_with_its_code() -> None:
    assert contents_line(GOALS[0], DUTCH) == "De wijken leven. (SD 1)"
    assert heading(GOALS[0], DUTCH) == "SD 1: De wijken leven."
    assert contents_line(None, DUTCH) == heading(None, DUTCH) == DUTCH.no_goal


def test_a_sheet_without_title_is_listed_as_such() -> None:
    assert listed_title(PrintedSheet({}), DUTCH) == "Zonder titel"
    assert listed_title(PrintedSheet({"title": "een\ntitel"}), DUTCH) == "een titel"


def test_word_shows_title_contents_goals_and_sheets() -> None:
    text = word_text(word_of(SERVING, PLAN))
    order = [
        "Plan van de proef",
        "Versie 2",
        "Inhoud",
        "De wijken leven. (SD 1)",
        "SD 1: De wijken leven.",
        "OD 1.1: We openen",
    ]
    assert sorted(text.index(part) for part in order) == [text.index(part) for part in order]
    assert text.count("Maatregel") == len(SERVING)
    assert DUTCH.example not in text


def test_word_is_an_a4_page_on_its_side_in_dutch_with_properties() -> None:
    data = word_of(SERVING, PLAN)
    document = Document(io.BytesIO(data))
    [section] = document.sections
    assert section.page_width
    assert section.page_height
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    properties = document.core_properties
    assert (properties.title, properties.subject, properties.language) == ("Plan van de proef", "Versie 2", "nl")
    assert 'w:val="nl-BE"' in word_part(data, "word/styles.xml")
    assert "bladzijde " in section.footer.paragraphs[0].text
    assert "Gemaakt met Draad" in section.footer.paragraphs[0].text


def test_word_tags_every_label_cell() -> None:
    found = re.findall(r'<w:tag w:val="([^"]+)"/>', word_part(word_of([example()], PLAN), "word/document.xml"))
    assert {label_named(tag) for tag in found} == set(Label)


def test_every_line_of_the_contents_of_word_leads_to_a_sheet() -> None:
    xml = word_part(word_of(SERVING, PLAN), "word/document.xml")
    anchors = re.findall(r'w:anchor="([^"]+)"', xml)
    assert anchors == re.findall(r'<w:bookmarkStart [^>]*w:name="([^"]+)"', xml)
    assert len(set(anchors)) == len(SERVING)
    assert re.findall(r"PAGEREF (\S+)", xml) == anchors


def test_word_repeats_the_heading_of_milestones_on_each_page() -> None:
    xml = word_part(word_of([example()], PLAN), "word/document.xml")
    assert xml.count("<w:tblHeader/>") == 1
    xml = word_part(word_of([example(budget=BUDGET, progress=PROGRESS)], PLAN), "word/document.xml")
    assert xml.count("<w:tblHeader/>") == 3


def test_one_sheet_alone_has_no_cover() -> None:
    alone = replace(PLAN, cover=False)
    text = word_text(word_of(SERVING[:1], alone))
    assert text.startswith("Maatregel")
    [page, *_more] = pdf_pages(pdf_of(SERVING[:1], alone))
    assert "Inhoud" not in page
    assert "Maatregel" in page


@pytest.mark.parametrize("words", [DUTCH, ENGLISH])
def test_every_page_of_an_example_is_marked(words: Words) -> None:
    plan = replace(PLAN, example=True)
    pages = pdf_pages(pdf_of(SERVING, plan, words))
    assert all(words.example in page for page in pages)
    assert words.example in Document(io.BytesIO(word_of(SERVING, plan, words))).sections[0].header.paragraphs[0].text
    assert not any(words.example in page for page in pdf_pages(pdf_of(SERVING, PLAN, words)))


def test_pdf_tells_the_page_of_every_sheet() -> None:
    pages = pdf_pages(pdf_of(SERVING, PLAN))
    contents = next(page for page in pages if "Inhoud" in page)
    for sheet in SERVING:
        title = listed_title(sheet, DUTCH)
        number = next(i for i, page in enumerate(pages, start=1) if "Raming" in page and title[:30] in page)
        assert re.search(rf"{re.escape(title)} {number}\b", contents)
    assert pages[2].endswith(f"bladzijde 3 van {len(pages)}") or f"bladzijde 3 van {len(pages)}" in pages[2]


@pytest.mark.parametrize(
    "writer", [lambda *given: word_text(word_of(*given)), lambda *given: " ".join(pdf_pages(pdf_of(*given)))]
)
def test_progress_and_budget_stand_below_the_sheet(writer: object) -> None:
    text = writer([example(budget=BUDGET, progress=PROGRESS)], PLAN)  # type: ignore[operator]
    for part in ("Budget per jaar", "€ 200.000,00", "Voortgang in 2025", "bereikt", "12 gidsen", "Volgens plan."):
        assert part in text
    assert text.index("Budget per jaar") < text.index("Voortgang in 2025")


@pytest.mark.parametrize("sheets", [[], [PrintedSheet({})]])
def test_a_plan_without_sheets_and_an_empty_sheet_are_written(sheets: Sequence[PrintedSheet]) -> None:
    assert (DUTCH.no_sheets in word_text(word_of(sheets, PLAN))) == (not sheets)
    assert (DUTCH.no_sheets in " ".join(pdf_pages(pdf_of(sheets, PLAN)))) == (not sheets)


def test_the_same_plan_gives_the_same_pdf() -> None:
    assert pdf_of(SERVING, PLAN) == pdf_of(SERVING, PLAN)


def test_letters_that_xml_cannot_hold_are_left_out_of_word() -> None:
    assert "Bel" in word_text(word_of([PrintedSheet({"title": "B\x07el\ud800"})], PLAN))


def test_letters_that_the_typefaces_lack_are_replaced_in_pdf() -> None:
    [page] = [
        page
        for page in pdf_pages(pdf_of([PrintedSheet({"title": "漢 \x07 😀 \uf0b7 café"})], PLAN))
        if "Raming" in page
    ]
    assert "\ufffd \ufffd \ufffd \ufffd café" in page


def test_every_letter_that_is_said_to_be_shown_is_shown() -> None:
    pattern = re.compile(f"[{SHOWN}]")
    letters = [
        chr(code)
        for code in range(0x21, 0x2800)
        if pattern.match(chr(code)) and unicodedata.category(chr(code)) != "Mn"
    ]
    texts = [" ".join(letters[i : i + 40]) for i in range(0, len(letters), 40)]
    sheet = PrintedSheet({"explanation": "\n".join(texts)})
    assert "\ufffd" not in " ".join(pdf_pages(pdf_of([sheet], replace(PLAN, cover=False))))


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_shown_changes_nothing_but_letters(text: str) -> None:
    composed = unicodedata.normalize("NFC", " ".join(text.split()))
    assert len(shown(text)) == len(composed)
    assert all(left in {right, "\ufffd"} for left, right in zip(shown(text), composed, strict=True))


@given(st.text("abc -/.…–()ABC", max_size=80), st.floats(20, 267))
def test_steered_text_has_the_same_words(text: str, width: float) -> None:
    joined = "".join(steered(text, width, value=False))
    assert joined.replace(SEAM, "") == " ".join(text.split())


def test_words_with_signs_stay_whole_and_long_ones_get_seams() -> None:
    assert steered("een zo-als woord", 60) == ["een ", "zo-als", " woord"]
    assert SEAM in "".join(steered("a" * 80, 40))
    assert SEAM not in "".join(steered("a" * 80, 267))


@pytest.mark.parametrize("text", ["Streefwaarde", "administratie", "2018", "//", "...", "Maatregel 5"])
def test_a_value_that_looks_like_something_else_is_marked(text: str) -> None:
    assert unlike_a_label(text).replace(JOINER, "") == text
    assert JOINER in unlike_a_label(text)


@pytest.mark.parametrize("text", ["", "De streefwaarde is 3", "In 2018", "een zin."])
def test_other_values_are_not_marked(text: str) -> None:
    assert unlike_a_label(text) == text


def test_the_template_can_be_used_as_it_is_told(tmp_path: Path) -> None:
    template = tmp_path / "small.typ"
    template.write_text(
        "#let it = json(bytes(sys.inputs.report))\n#set document(title: it.a)\n#it.a", encoding="utf-8"
    )
    assert pdf_pages(typeset(template, {"a": "één"}, datetime(2026, 1, 1, tzinfo=UTC))) == ["één"]
    assert pdf.TEMPLATE.is_file()


def test_a_plan_of_other_goals_is_headed_by_them() -> None:
    plan = PrintedPlan("P", "", PLAN.made_at, "", [Goal("SD 4", "Het weten groeit.")])
    pages = pdf_pages(pdf_of([example(serves=("SD 4",))], plan))
    assert any("SD 4: Het weten groeit. Zonder operationele doelstelling" in page for page in pages)

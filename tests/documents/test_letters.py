from dataclasses import replace
from datetime import datetime

import pypdfium2
import pytest

from draad.documents.letters import LISTS, WORDS, Letter, LetterLine, make_letter_pdf, make_letters_pdf, placeholders
from tests.documents.letter_example import LETTER

MADE_AT = datetime(2022, 9, 1, 12, 0)


def pages(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    return [page.get_textpage().get_text_bounded() for page in document]


def test_a_letter_holds_all_that_was_decided() -> None:
    (page,) = pages(make_letter_pdf(LETTER, made_at=MADE_AT))
    for words in (
        "Gemeente Kalmthout", "1 september 2022", "1-0007", "Beslissing over uw aanvraag", "U vroeg € 54.000,00.",
        "5. Oefenkansen", "volwassenen", "€ 4.000,00", "geweigerd", "Het budget is op.", "Samen",
        "U kunt in beroep gaan.", "An Peeters", "31 augustus 2022", "Agentschap Binnenlands Bestuur",
    ):  # fmt: skip
        assert words in page


def test_a_letter_is_tagged_for_screen_readers() -> None:
    content = make_letter_pdf(LETTER, made_at=MADE_AT)
    assert b"pdfuaid" in content
    assert b"/Lang" in content


def test_the_same_letter_gives_the_same_bytes() -> None:
    assert make_letter_pdf(LETTER, made_at=MADE_AT) == make_letter_pdf(replace(LETTER), made_at=MADE_AT)


def test_an_example_says_so_on_every_page() -> None:
    many = tuple(replace(LETTER.lines[0], action=f"{number}. Actie") for number in range(60))
    found = pages(make_letter_pdf(replace(LETTER, mark="Voorbeeld, geen beslissing", lines=many), made_at=MADE_AT))
    assert len(found) > 1
    assert all("Voorbeeld, geen beslissing" in page for page in found)


def test_letters_in_one_file_begin_on_a_page_of_their_own_and_count_their_own_pages() -> None:
    found = pages(make_letters_pdf([LETTER, replace(LETTER, organisation="Stad Gent")], made_at=MADE_AT))
    assert ["Gemeente Kalmthout" in page for page in found] == [True, False]
    assert ["Stad Gent" in page for page in found] == [False, True]
    assert all(page.rstrip().endswith("1") for page in found)


def test_a_letter_without_lines_has_no_table() -> None:
    (page,) = pages(make_letter_pdf(replace(LETTER, lines=()), made_at=MADE_AT))
    assert "Samen" not in page


def test_marks_of_typst_in_a_text_stay_text() -> None:
    (page,) = pages(make_letter_pdf(replace(LETTER, paragraphs=("#panic() *a* $x$ <b>",)), made_at=MADE_AT))
    assert "#panic() *a* $x$ <b>" in page


def test_every_name_of_a_template_stands_for_a_part_of_the_letter() -> None:
    assert set(WORDS.values()) <= set(Letter.__dataclass_fields__)
    assert {part for part, _fields in LISTS.values()} <= set(Letter.__dataclass_fields__)
    assert set(LISTS["lijnen"][1].values()) == set(LetterLine.__dataclass_fields__)


def test_a_letter_by_the_names_of_a_template() -> None:
    values = placeholders(LETTER)
    assert values["bestuur"] == "Gemeente Kalmthout"
    assert values["slot"] == ["U kunt in beroep gaan."]
    assert values["ondertekenaars"] == [
        {"naam": "An Peeters", "datum": "30 augustus 2022"},
        {"naam": "Bo Claes", "datum": "31 augustus 2022"},
    ]
    assert values["lijnen"][1]["reden"] == "Het budget is op."  # type: ignore[index]


@pytest.mark.parametrize(
    ("text", "kept"), [("a\x00b", "ab"), ("a\nb", "a\nb"), ("€\u00a012", "€\u00a012"), ("\ufffe", "")]
)
def test_characters_that_word_cannot_hold_fall_away(text: str, kept: str) -> None:
    assert placeholders(replace(LETTER, subject=text))["onderwerp"] == kept

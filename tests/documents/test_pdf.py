"""PDF reports: tagged, titled, in a language, the same bytes twice, and refusing crooked tables."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pypdfium2
import pytest

from draad.documents.pdf import Grid, Heading, Paragraph, Report, make_pdf
from draad.documents.tables import Gap, NotApplicable

MADE_AT = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)


def report(*blocks: Heading | Paragraph | Grid, language: str = "nl", title: str = "Voorwaarden") -> Report:
    return Report(title, "Plan", language, MADE_AT, "Gemaakt met Draad", "bladzijde {n} van {total}", blocks)


def text_of(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return re.sub(r"\s+", " ", text)


GRID = Grid(
    ["Voorwaarde", "Ronde 1", "Ronde 2"],
    [2, 3, 3],
    [["Bedrag", "€ 60", Gap("niet gepubliceerd")], ["Plafond", NotApplicable(), "=1+1 #let *x*"]],
)


def test_is_a_tagged_pdf_in_a_language() -> None:
    made = make_pdf(report(Heading("Hoofdstuk"), GRID))
    assert made.startswith(b"%PDF-1.7")
    assert b"/MarkInfo" in made
    assert b"/StructTreeRoot" in made
    assert re.search(rb"/Lang\s*\(nl", made)
    assert b"pdfuaid:part" in made


@pytest.mark.parametrize("language", ["nl", "en"])
def test_language_and_title_are_those_of_the_report(language: str) -> None:
    made = make_pdf(report(Paragraph("tekst"), language=language, title="Een titel – met streep"))
    assert re.search(rf"/Lang\s*\({language}".encode(), made)
    document = pypdfium2.PdfDocument(made)
    assert document.get_metadata_value("Title") == "Een titel – met streep"
    assert document.get_metadata_value("Author") == "Draad"
    document.close()


def test_holds_every_text_once() -> None:
    text = text_of(make_pdf(report(Heading("Hoofdstuk"), Heading("Deel", level=3), Paragraph("Een zin."), GRID)))
    for words in ("Plan", "Voorwaarden", "Hoofdstuk", "Deel", "Een zin.", "€ 60", "niet gepubliceerd", "n.v.t."):
        assert text.count(words) == 1, words


def test_text_is_text_and_never_mark_up() -> None:
    text = text_of(make_pdf(report(Paragraph("*vet* #let $x$ \\ <b> = kop"), GRID)))
    assert "*vet* #let $x$ \\ <b> = kop" in text
    assert "=1+1 #let *x*" in text


def test_the_same_content_gives_the_same_bytes() -> None:
    assert make_pdf(report(GRID)) == make_pdf(report(GRID))


def test_headings_repeat_on_every_page_and_pages_are_numbered() -> None:
    rows = [[f"rij {n}", "a", "b"] for n in range(80)]
    made = make_pdf(report(Grid(["Kolom A", "B", "C"], [1, 1, 1], rows)))
    document = pypdfium2.PdfDocument(made)
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    assert len(pages) > 1
    for number, text in enumerate(pages, 1):
        assert "Kolom A" in text
        assert f"bladzijde {number} van {len(pages)}" in text


def test_only_typefaces_of_typst_are_used() -> None:
    fonts = set(re.findall(rb"/BaseFont\s*/[A-Z]{6}\+([A-Za-z]+)", make_pdf(report(GRID))))
    assert fonts
    assert all(font.startswith(b"Libertinus") for font in fonts)


@pytest.mark.parametrize("rows", [[["a"]], [["a", "b", "c", "d"]]])
def test_a_crooked_table_is_refused(rows: list[list[str]]) -> None:
    with pytest.raises(ValueError, match="every row needs 3 cells"):
        Grid(["A", "B", "C"], [1, 1, 1], rows)


def test_widths_must_fit_the_headings() -> None:
    with pytest.raises(ValueError, match="every row needs 2 cells"):
        Grid(["A", "B"], [1], [])


def test_an_empty_table_still_has_headings() -> None:
    assert "Kolom A" in text_of(make_pdf(report(Grid(["Kolom A"], [1], []))))

"""Readers of text, Word and PDF: lines with their places."""

from __future__ import annotations

from pathlib import Path

import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st

from draad.documents.pdf_pages import Block, PageLine, join_pages
from draad.documents.pdf_rules import Rule, find_cells
from draad.documents.pdf_text import read_pdf_lines
from draad.documents.source import Cell, DocumentError, Line, Source, check_size, spanning
from draad.documents.text import read_text_lines, split_lines
from draad.documents.word import read_word_lines
from tests.plans.making import WORD, pack_docx

NUMBERING = f"""<w:numbering xmlns:w="{WORD}">
<w:abstractNum w:abstractNumId="0">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="x"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
</w:numbering>"""


def paragraph(content: str, number: str = "", depth: int = 0) -> str:
    properties = (
        f'<w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>' if number else ""
    )
    return f"<w:p>{properties}{content}</w:p>"


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def word(tmp_path: Path, body: str, **parts: str) -> list[Line]:
    document = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return read_word_lines(pack_docx(tmp_path / "a.docx", document, **parts))


def test_text_has_numbered_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("een\r\ntwéé\rdrie\n".encode("utf-8-sig"))
    assert [(line.number, line.text) for line in read_text_lines(path)] == [
        (1, "een"),
        (2, "twéé"),
        (3, "drie"),
        (4, ""),
    ]


@given(
    st.lists(st.text(st.characters(exclude_characters="\r\n\f", exclude_categories=["Cs"]), max_size=10), min_size=1)
)
def test_lines_of_text_are_kept(texts: list[str]) -> None:
    lines = split_lines("\n".join(texts))
    assert [line.text for line in lines] == texts
    assert [line.number for line in lines] == list(range(1, len(texts) + 1))


def test_form_feeds_count_pages() -> None:
    lines = split_lines("een\n\ftwee\ndrie\n\f\fvijf")
    assert [(line.page, line.fresh) for line in lines] == [(1, True), (2, True), (2, False), (4, True)]


def test_a_source_spans_its_lines() -> None:
    lines = [
        Line("a", 3, 1, area=(10, 50, 40, 60)),
        Line("b", 4, 1, area=(5, 62, 30, 72)),
        Line("c", 5, 2, area=(1, 1, 2, 2)),
    ]
    source = spanning(lines)
    assert source == Source(3, 5, 1, 2, (5, 50, 40, 72))
    assert source.as_dict() == {"line_from": 3, "line_to": 5, "page": 1, "page_to": 2, "area": [5, 50, 40, 72]}
    with pytest.raises(ValueError, match="needs a line"):
        spanning([])


def test_the_size_is_checked_first(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 2_000_000)
    check_size(path)
    with pytest.raises(DocumentError, match="the file is 2 MB and at most 1 MB is read"):
        check_size(path, largest=1024 * 1024)


def test_word_paragraphs_and_cells(tmp_path: Path) -> None:
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr>{content}</w:tc>'
    table = (
        "<w:tbl><w:tr>" + cell.format(span=2, content=paragraph(run("een"))) + cell.format(span=1, content=paragraph(run("twee")))
        + "</w:tr><w:tr>" + cell.format(span=1, content=paragraph("")) + cell.format(span=2, content=paragraph(run("drie")) * 2)
        + "</w:tr></w:tbl>"
    )  # fmt: skip
    lines = word(tmp_path, paragraph(run("vooraf")) + table)
    assert [(line.text, line.cell) for line in lines] == [
        ("vooraf", None),
        ("een", Cell(1, 0)),
        ("twee", Cell(1, 2)),
        ("", Cell(2, 0)),
        ("drie", Cell(2, 1)),
        ("drie", Cell(2, 1)),
    ]
    assert [line.number for line in lines] == [1, 2, 3, 4, 5, 6]


def test_word_reads_what_a_person_sees(tmp_path: Path) -> None:
    content = (
        run("een")
        + "<w:del><w:r><w:delText>weg</w:delText></w:r></w:del>"
        + f"<w:ins>{run(' nieuw')}</w:ins><w:r><w:tab/></w:r><w:hyperlink>{run('brug')}</w:hyperlink>"
        + f"<w:r><w:noBreakHyphen/></w:r><w:sdt><w:sdtContent>{run('loket')}</w:sdtContent></w:sdt><w:r><w:br/></w:r>{run('twee')}"
    )
    assert [line.text for line in word(tmp_path, paragraph(content))] == ["een nieuw brug-loket", "twee"]


def test_word_prints_the_numbers_of_lists(tmp_path: Path) -> None:
    body = (
        paragraph(run("a"), "1") + paragraph(run("b"), "1") + paragraph(run("c"), "1", 1) + paragraph(run("d"), "1", 1)
        + paragraph(run("e"), "1") + paragraph(run("f"), "1", 1) + paragraph(run("g"), "2") + paragraph(run("h"), "9")
    )  # fmt: skip
    shown = [line.text for line in word(tmp_path, body, numbering=NUMBERING)]
    assert shown == ["1. a", "2. b", "2.a) c", "2.b) d", "3. e", "3.a) f", "• g", "h"]


def test_a_table_within_a_cell_is_text_of_that_cell(tmp_path: Path) -> None:
    inner = f"<w:tbl><w:tr><w:tc>{paragraph(run('binnen'))}</w:tc></w:tr></w:tbl>"
    lines = word(tmp_path, f"<w:tbl><w:tr><w:tc>{paragraph(run('buiten'))}{inner}</w:tc></w:tr></w:tbl>")
    assert [(line.text, line.cell) for line in lines] == [("buiten", Cell(1, 0)), ("binnen", Cell(1, 0))]


def pdf(tmp_path: Path, source: str) -> list[Line]:
    (tmp_path / "a.typ").write_text(f"#set page(width: 12cm, height: 8cm, margin: 1cm)\n{source}", encoding="utf-8")
    (tmp_path / "a.pdf").write_bytes(typst.compile(str(tmp_path / "a.typ")))
    return read_pdf_lines(tmp_path / "a.pdf")


def test_pdf_cells_over_rows_and_columns(tmp_path: Path) -> None:
    lines = pdf(
        tmp_path,
        "Vooraf.\n#table(columns: (2cm, 2cm, 2cm), table.cell(rowspan: 2)[een], table.cell(colspan: 2)[twee], [drie], [vier])",
    )
    texts = {line.text: line.cell for line in lines}
    assert list(texts) == ["Vooraf.", "een", "twee", "drie", "vier"]
    assert texts["Vooraf."] is None
    een, twee, drie, vier = (texts[word] for word in ("een", "twee", "drie", "vier"))
    assert een
    assert twee
    assert drie
    assert vier
    assert een.row == twee.row < drie.row == vier.row
    assert een.column < twee.column == drie.column < vier.column


def test_pdf_keeps_words_whole_and_apart(tmp_path: Path) -> None:
    lines = pdf(tmp_path, "#set par(justify: true)\n#box(width: 4cm)[Een brug over het brede water van de stad.]")
    assert " ".join(line.text for line in lines) == "Een brug over het brede water van de stad."


@pytest.mark.parametrize("beside", ["Jaarverslag", "Evaluatie", "A", ""])
def test_pdf_letters_of_a_word_that_is_wider_than_its_cell_stay_with_it(tmp_path: Path, beside: str) -> None:
    cells = f"*outputindicator*], [{beside}], [kabinet"
    lines = pdf(tmp_path, f"#set text(size: 8.5pt)\n#table(columns: (60pt, 90pt, 60pt), [{cells}])")
    assert [line.text for line in lines if line.text] == ["outputindicator", *([beside] if beside else []), "kabinet"]


@pytest.mark.parametrize("words", ["Afhandeling van fk en ffh", "Afbouw, koffie, fiets, ffi"])
def test_pdf_letters_that_are_drawn_as_one_stay_one_word(tmp_path: Path, words: str) -> None:
    text = f'#set text(font: "Libertinus Serif", size: 10pt)\n#table(columns: 7cm, [{words}])'
    assert [line.text for line in pdf(tmp_path, text)] == [words]


def test_pdf_lines_tell_page_and_area(tmp_path: Path) -> None:
    first, second = pdf(tmp_path, "Een #pagebreak() Twee")
    assert (first.page, second.page) == (1, 2)
    assert first.fresh
    assert second.fresh
    assert first.area
    assert first.area[0] == pytest.approx(28.3, abs=1)


def rectangle(left: float, top: float, right: float, bottom: float) -> list[Rule]:
    return [
        Rule(horizontal=True, at=top, start=left, stop=right),
        Rule(horizontal=True, at=bottom, start=left, stop=right),
        Rule(horizontal=False, at=left, start=top, stop=bottom),
        Rule(horizontal=False, at=right, start=top, stop=bottom),
    ]


def test_rules_enclose_cells() -> None:
    cells = find_cells([*rectangle(10, 10, 110, 60), Rule(horizontal=False, at=60, start=10, stop=30)])
    assert list(cells.areas.values()) == [(10, 10, 110, 60)]
    closed = find_cells([*rectangle(10, 10, 110, 60), Rule(horizontal=False, at=60, start=10, stop=60)])
    assert list(closed.areas.values()) == [(10, 10, 60, 60), (60, 10, 110, 60)]
    assert closed.at(20, 20) == 0
    assert closed.at(100, 20) == 1
    assert closed.at(5, 20) is None


def test_an_open_frame_is_no_cell() -> None:
    assert find_cells(rectangle(10, 10, 110, 60)[:3]).areas == {}
    assert find_cells([]).areas == {}


@given(st.lists(st.integers(20, 90), min_size=1, max_size=6), st.lists(st.integers(20, 90), min_size=1, max_size=6))
def test_a_grid_has_all_its_cells(widths: list[int], heights: list[int]) -> None:
    rules, top = [], 10
    for height in heights:
        left = 10
        for width in widths:
            rules += rectangle(left, top, left + width, top + height)
            left += width
        top += height
    cells = find_cells(rules)
    assert len(cells.areas) == len(widths) * len(heights)
    assert sum((right - left) * (bottom - top) for left, top, right, bottom in cells.areas.values()) == sum(
        widths
    ) * sum(heights)


def block(text: str, left: float, top: float, right: float) -> Block:
    area = (left, top, right, top + 20)
    return Block([PageLine(text, (left + 1, top + 1, right - 1, top + 12))] if text else [], area)


def test_a_row_that_a_page_cuts_is_joined() -> None:
    pages = [
        [block("2018", 0, 0, 50), block("Een brug", 50, 0, 200), block("1 VTE", 200, 0, 300)],
        [block("", 0, 0, 50), block("over water", 50, 0, 200), block("", 200, 0, 300), block("2019", 0, 20, 50)],
    ]
    lines = join_pages(pages, lambda text: 9 if text.isdigit() else 0)
    assert [(line.text, line.page) for line in lines] == [
        ("2018", 1), ("Een brug", 1), ("over water", 2), ("1 VTE", 1), ("2019", 2),
    ]  # fmt: skip
    assert lines[1].cell == lines[2].cell


def test_a_row_that_begins_on_a_page_is_not_joined() -> None:
    pages = [
        [block("2018", 0, 0, 50), block("Een brug", 50, 0, 200)],
        [block("2019", 0, 0, 50), block("Een tuin", 50, 0, 200)],
    ]
    lines = join_pages(pages, lambda text: 9 if text.isdigit() else 0)
    assert [line.text for line in lines] == ["2018", "Een brug", "2019", "Een tuin"]
    assert len({line.cell for line in lines}) == 4


def test_a_heading_that_a_page_repeats_is_read_once() -> None:
    heading = [block("Jaar", 0, 0, 50), block("Werk", 50, 0, 200)]
    pages = [
        [*heading, block("2018", 0, 20, 50), block("Een brug", 50, 20, 200)],
        [block("Jaar", 0, 0, 50), block("Werk", 50, 0, 200), block("", 0, 20, 50), block("en een tuin", 50, 20, 200)],
    ]
    lines = join_pages(pages, lambda text: 9 if text.isdigit() else 0)
    assert [line.text for line in lines] == ["Jaar", "Werk", "2018", "Een brug", "en een tuin"]

"""Documents that are damaged, locked, too large or something else: clear words, an exit status, and no file."""

from __future__ import annotations

import argparse
import io
import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium
import pytest
import xlsxwriter

from draad.documents.source import LARGEST_FILE, DocumentError
from draad.plans import cli
from draad.plans.reading.reading import read_sheets
from draad.plans.writing.pdf import pdf_of
from draad.plans.writing.word import word_of
from tests.plans.flattening import flat_text
from tests.plans.inventing import differences, invent
from tests.plans.making import RELATIONS, TYPES, WORD, make_docx, make_pdf, pack_docx
from tests.plans.writing_texts import PLAN, printed

RC4_LOCKED_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\n"
    b"4 0 obj<</Filter/Standard/V 1/R 2/O<" + b"28" * 32 + b">/U<" + b"4e" * 32 + b">/P -64>>endobj\n"
    b"trailer<</Root 1 0 R/Encrypt 4 0 R/ID[<" + b"61" * 16 + b"><" + b"61" * 16 + b">]/Size 5>>\n%%EOF\n"
)
"""A PDF whose password is not known to anyone."""


def run(*arguments: str) -> tuple[int, str, str]:
    """The exit status, and what was said on both channels."""
    parser = argparse.ArgumentParser()
    cli.add_arguments(parser)
    out, errors = io.StringIO(), io.StringIO()
    status = cli.run(parser.parse_args(arguments), out, errors)
    return status, out.getvalue(), errors.getvalue()


def refused(path: Path) -> str:
    """The sentence with which a file is refused; asserts that nothing is written for it."""
    target = path.parent / "result.json"
    status, out, errors = run("read", str(path), "--json", str(target))
    assert status == cli.REFUSED
    assert out == ""
    assert not target.exists()
    assert [other for other in path.parent.iterdir() if other.suffix == ".part"] == []
    return errors


@pytest.fixture
def text() -> str:
    return flat_text(invent(1, count=3), seed=3)


def write(folder: Path, text: str) -> Path:
    path = folder / "annex.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert "there is no such file" in refused(tmp_path / "annex.txt")


def test_an_empty_file(tmp_path: Path) -> None:
    assert "the file is empty" in refused(write(tmp_path, ""))


def test_a_kind_of_file_that_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "annex.odt"
    path.write_text("x")
    assert ".txt, .pdf, .docx" in refused(path)


def test_a_document_without_sheets(tmp_path: Path) -> None:
    assert "no action sheet was found" in refused(write(tmp_path, "Een brief.\n\nMet groeten.\n"))


def test_a_file_of_200_megabytes_is_not_even_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "annex.pdf"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    monkeypatch.setattr(Path, "open", lambda *_args, **_more: pytest.fail("the file was opened"))
    with pytest.raises(DocumentError, match="the file is 200 MB and at most 64 MB is read"):
        read_sheets(path)


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_another_encoding_is_named_with_its_line(tmp_path: Path, text: str, encoding: str) -> None:
    path = tmp_path / "annex.txt"
    path.write_bytes(text.replace("Wonen", "Coördinatie").encode(encoding))
    line = text[: text.index("Wonen")].count("\n") + 1
    assert f"line {line} holds bytes that are not UTF-8" in refused(path)


def test_letters_that_were_encoded_twice(tmp_path: Path, text: str) -> None:
    twice = text.replace("Wonen", "Coördinatie è é").encode().decode("cp1252")
    assert "encoded twice" in refused(write(tmp_path, twice))


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "annex.txt"
    path.write_bytes(b"Maatregel\0\0\0")
    assert "this is no text" in refused(path)


def test_utf_16_that_says_so_is_read(tmp_path: Path, text: str) -> None:
    path = tmp_path / "annex.txt"
    path.write_bytes(text.encode("utf-16"))
    assert len(read_sheets(path)) == 3


@pytest.mark.parametrize(
    ("label", "printed"),
    [
        ("Streefwaarde", "Streefwaarde"),
        ("effectindicator", "effectindicator"),
        ("Andere partners", "Andere partners"),
        ("Duiding maatregel", "Duiding maatregel"),
        ("STRATEGISCHE DOELSTELLING", "STRATEGISCHE DOELSTELLING"),
    ],
)
def test_a_missing_label_is_named_with_its_sheet(tmp_path: Path, text: str, label: str, printed: str) -> None:
    first, second = [match.start() for match in re.finditer(re.escape(label), text)][:2]
    damaged = text[:second] + text[second + len(label) :]
    if label.startswith("STRATEGISCHE"):
        damaged = damaged[:second] + damaged[second:].lstrip().replace("SD", "Doel", 1)
    message = refused(write(tmp_path, damaged))
    assert f"has no label “{printed}”" in message
    assert "Sheet 2 (line" in message
    assert first < second


def test_a_page_that_was_cut_is_told_by_the_labels_it_held(tmp_path: Path, text: str) -> None:
    begin = text.index("betrokkenen", text.index("betrokkenen") + 1)
    end = text.index("Mijlpalen", begin)
    end = text.index("\n", end)
    message = refused(write(tmp_path, text[:begin] + text[end:]))
    missing = ["betrokkenen kabinet", "administratie", "Andere partners", "Duiding maatregel", "Mijlpalen Geschatte"]
    assert [label for label in missing if f"“{label}" not in message] == []
    assert "Sheet 1" not in message
    assert "Sheet 3" not in message


def test_the_first_page_of_a_sheet_was_cut(tmp_path: Path, text: str) -> None:
    begin = text.index("Maatregel")
    end = text.index("verantwoordelijken")
    message = refused(write(tmp_path, text[:begin] + text[end:]))
    assert "Sheet 1 (line 1) has no label “Maatregel”" in message


def test_damaged_sheets_are_kept_on_request(tmp_path: Path, text: str) -> None:
    path = write(tmp_path, text.replace("Streefwaarde", "", 1))
    target = tmp_path / "result.json"
    status, out, errors = run("read", str(path), "--json", str(target), "--keep-damaged")
    assert status == 0
    assert "“Streefwaarde”" in errors
    assert out.startswith("3 sheets")
    first = json.loads(target.read_text(encoding="utf-8"))[0]
    assert first["target"] == ""
    assert first["confidence"]["target"] == 0
    assert first["confidence"]["output_indicator"] <= 0.5
    assert [finding["kind"] for finding in first["findings"]].count("missing_label") == 1


def test_one_damaged_file_among_good_ones_writes_nothing(tmp_path: Path, text: str) -> None:
    good, bad = write(tmp_path, text), tmp_path / "other.txt"
    bad.write_text("niets", encoding="utf-8")
    target = tmp_path / "result.json"
    status, _out, errors = run("read", str(good), str(bad), "--json", str(target))
    assert status == cli.REFUSED
    assert "other.txt" in errors
    assert not target.exists()


def test_two_sheets_on_a_page_are_two_sheets(tmp_path: Path) -> None:
    sheets = invent(4, count=4)
    reading = [sheet.as_dict() for sheet in read_sheets(make_pdf(tmp_path / "a.pdf", sheets, per_page=False))]
    assert differences(reading, sheets) == []
    pages = [sheet["source"]["title"]["page"] for sheet in reading]
    assert len(set(pages)) < len(pages)


def test_a_pdf_with_a_password(tmp_path: Path) -> None:
    path = tmp_path / "annex.pdf"
    path.write_bytes(RC4_LOCKED_PDF)
    assert "locked with a password" in refused(path)


@pytest.mark.parametrize("share", [0.05, 0.5])
def test_a_pdf_that_was_cut_off(tmp_path: Path, share: float) -> None:
    path = make_pdf(tmp_path / "annex.pdf", invent(1))
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    assert "damaged" in refused(path)


def test_a_pdf_of_pictures(tmp_path: Path) -> None:
    path = tmp_path / "annex.pdf"
    source = tmp_path / "page.typ"
    source.write_text("#rect(width: 5cm, height: 5cm, fill: red)")
    import typst

    path.write_bytes(typst.compile(str(source)))
    assert "recognise the text first" in refused(path)


def test_a_word_document_with_a_password(tmp_path: Path) -> None:
    path = tmp_path / "annex.docx"
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 512)
    assert "locked with a password" in refused(path)


@pytest.mark.parametrize("share", [0.3, 0.9])
def test_a_word_document_that_was_cut_off(tmp_path: Path, share: float) -> None:
    path = make_docx(tmp_path / "annex.docx", invent(1))
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    assert "damaged or no Word document" in refused(path)


def test_a_zip_that_is_no_word_document(tmp_path: Path) -> None:
    path = tmp_path / "annex.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("other.txt", "x")
    assert "holds no Word document" in refused(path)


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    body = f'<w:document xmlns:w="{WORD}"><w:body>{" " * 80_000_000}</w:body></w:document>'
    path = pack_docx(tmp_path / "annex.docx", body)
    assert path.stat().st_size < 200_000
    assert "unpacks to more than 200 times" in refused(path)


def test_a_bomb_of_entities_is_not_read(tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 9))
    body = f'<!DOCTYPE d [<!ENTITY e0 "ha">{entities}]><w:document xmlns:w="{WORD}"><w:body>&e8;</w:body></w:document>'
    assert "damaged inside" in refused(pack_docx(tmp_path / "annex.docx", body))


def test_a_package_of_too_many_parts(tmp_path: Path) -> None:
    path = tmp_path / "annex.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("[Content_Types].xml", TYPES)
        package.writestr("_rels/.rels", RELATIONS)
        for number in range(5001):
            package.writestr(f"word/media/{number}", "")
    assert "parts are packed in the file" in refused(path)


@pytest.mark.parametrize(
    ("document", "said"),
    [("<w:document", "damaged inside"), (f'<w:document xmlns:w="{WORD}"/>', "has no body")],
)
def test_word_documents_that_are_broken_inside(tmp_path: Path, document: str, said: str) -> None:
    assert said in refused(pack_docx(tmp_path / "annex.docx", document))


def test_a_folder_that_cannot_be_written(tmp_path: Path, text: str) -> None:
    path = write(tmp_path, text)
    status, _out, errors = run("read", str(path), "--json", str(tmp_path / "nowhere" / "result.json"))
    assert status == cli.REFUSED
    assert "cannot be written" in errors


def test_the_result_replaces_an_older_one_whole(tmp_path: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path, target = write(tmp_path, text), tmp_path / "result.json"
    target.write_text("older")

    def broken(*_args: object, **_more: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(json, "dump", broken)
        assert run("read", str(path), "--json", str(target))[0] == cli.REFUSED
    assert target.read_text() == "older"
    assert sorted(other.name for other in tmp_path.iterdir()) == ["annex.txt", "result.json"]
    assert run("read", str(path), "--json", str(target))[0] == 0
    assert len(json.loads(target.read_text(encoding="utf-8"))) == 3


def test_the_limit_is_as_documented() -> None:
    assert LARGEST_FILE == 64 * 1024 * 1024


def without_page(data: bytes, number: int) -> bytes:
    """A PDF without one of its pages, counted from 0."""
    document = pdfium.PdfDocument(data)
    document.del_page(number)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_a_page_cut_from_a_pdf_is_told_by_the_text_that_has_no_place(tmp_path: Path) -> None:
    long = " ".join(["Een zin die de bladzijde vult."] * 200)
    sheets = [printed(sheet) for sheet in invent(1, count=2)]
    sheets[1] = replace(sheets[1], values={**sheets[1].values, "explanation": long})
    data = pdf_of(sheets, replace(PLAN, cover=False))
    first_of_second = next(
        number
        for number, page in enumerate(pdfium.PdfDocument(data))
        if number and "Raming" in page.get_textpage().get_text_range()
    )
    path = tmp_path / "annex.pdf"
    path.write_bytes(without_page(data, first_of_second))
    message = refused(path)
    assert "Sheet 1 (page 1) has text of another sheet among its milestones" in message
    assert "a page before it may be missing" in message
    path.write_bytes(data)
    assert len(read_sheets(path)) == 2


def test_an_excel_file_that_is_named_as_word(tmp_path: Path) -> None:
    path = tmp_path / "annex.docx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write("A1", "Maatregel")
    assert "holds no Word document" in refused(path)


@pytest.mark.parametrize(("ending", "said"), [(".docx", "no Word document"), (".pdf", "no PDF")])
def test_a_file_under_the_name_of_another_kind(tmp_path: Path, ending: str, said: str) -> None:
    writer = word_of if ending == ".pdf" else pdf_of
    path = tmp_path / f"annex{ending}"
    path.write_bytes(writer([printed(invent(1, count=1)[0])], PLAN))
    assert said in refused(path)


def test_a_word_document_that_lost_a_label_cell(tmp_path: Path) -> None:
    path = tmp_path / "annex.docx"
    path.write_bytes(word_of([printed(sheet) for sheet in invent(1, count=2)], PLAN))
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    xml = parts["word/document.xml"].decode()
    begin = xml.rindex("<w:sdt>", 0, xml.index("draad:target"))
    end = xml.index("</w:sdt>", begin) + len("</w:sdt>")
    parts["word/document.xml"] = (xml[:begin] + xml[end:]).encode()
    with zipfile.ZipFile(path, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)
    message = refused(path)
    assert "Sheet 1" in message
    assert "“Streefwaarde”" in message
    assert "Sheet 2" not in message


def test_a_foreign_sheet_pasted_into_a_document_of_draad_is_not_swallowed(tmp_path: Path) -> None:
    own = word_of([printed(invent(1, count=1)[0])], PLAN)
    foreign = make_docx(tmp_path / "foreign.docx", invent(2, count=1))
    with zipfile.ZipFile(foreign) as package:
        table = re.search(r"<w:tbl>.*</w:tbl>", package.read("word/document.xml").decode(), re.DOTALL)
    assert table
    path = tmp_path / "annex.docx"
    with zipfile.ZipFile(io.BytesIO(own)) as package, zipfile.ZipFile(path, "w") as target:
        for name in package.namelist():
            part = package.read(name)
            if name == "word/document.xml":
                part = part.replace(b"<w:sectPr", table[0].encode() + b"<w:sectPr", 1)
            target.writestr(name, part)
    reading = [sheet.as_dict() for sheet in read_sheets(path)]
    assert differences(reading, [*invent(1, count=1), *invent(2, count=1)]) == []

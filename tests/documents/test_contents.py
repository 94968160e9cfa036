"""Files are what they are, not what they are called."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from docx import Document

from draad.documents.contents import DOCX, JPEG, PDF, PNG, XLSX, ContentFault, RefusedFileError, media_type_of

PNG_HEAD = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
JPEG_HEAD = b"\xff\xd8\xff\xe0" + b"\0" * 20
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 20
MINIMAL_PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 72 72]>>endobj
trailer<</Root 1 0 R>>
%%EOF"""


def word() -> bytes:
    file = BytesIO()
    Document().save(file)
    return file.getvalue()


def packed(*names: str, content: bytes = b"x") -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (MINIMAL_PDF, "besluit.pdf", PDF),
        (MINIMAL_PDF, "BESLUIT.PDF", PDF),
        (PNG_HEAD, "plan.png", PNG),
        (JPEG_HEAD, "plan.jpeg", JPEG),
        (word(), "brief.docx", DOCX),
        (packed("xl/workbook.xml"), "lijst.xlsx", XLSX),
    ],
)
def test_what_people_read_is_accepted(content: bytes, name: str, kind: str) -> None:
    assert media_type_of(content, name) == kind


@pytest.mark.parametrize(
    ("content", "name", "fault"),
    [
        (b"", "leeg.pdf", ContentFault.EMPTY),
        (b"MZ\x90\0 program", "rekening.pdf", ContentFault.KIND),
        (b"<script>alert(1)</script>", "pagina.html", ContentFault.KIND),
        (b"<svg onload='x()'/>", "tekening.png", ContentFault.KIND),
        (MINIMAL_PDF, "besluit.docx", ContentFault.NAME),
        (MINIMAL_PDF, "besluit.pdf.exe", ContentFault.NAME),
        (MINIMAL_PDF, "besluit", ContentFault.NAME),
        (word(), "brief.docm", ContentFault.NAME),
        (packed("word/document.xml", "word/vbaProject.bin"), "brief.docx", ContentFault.PROGRAM),
        (packed("xl/workbook.xml", "xl/embeddings/start.EXE"), "lijst.xlsx", ContentFault.PROGRAM),
        (packed("readme.txt"), "lijst.xlsx", ContentFault.KIND),
        (b"PK\x03\x04 broken", "brief.docx", ContentFault.DAMAGED),
        (b"%PDF-1.4 broken", "besluit.pdf", ContentFault.DAMAGED),
        (OLD_OFFICE, "brief.docx", ContentFault.PROTECTED),
    ],
)
def test_the_rest_is_refused_with_the_reason(content: bytes, name: str, fault: ContentFault) -> None:
    with pytest.raises(RefusedFileError) as raised:
        media_type_of(content, name)
    assert raised.value.fault is fault


def test_a_file_has_a_largest_size() -> None:
    assert media_type_of(PNG_HEAD, "a.png", most_bytes=len(PNG_HEAD)) == PNG
    with pytest.raises(RefusedFileError, match="too large"):
        media_type_of(PNG_HEAD, "a.png", most_bytes=len(PNG_HEAD) - 1)


def test_a_small_file_that_unpacks_to_a_huge_one_is_too_large() -> None:
    bomb = packed("xl/workbook.xml", content=b"\0" * (201 * 1024 * 1024))
    assert len(bomb) < 1024 * 1024
    with pytest.raises(RefusedFileError, match="too large"):
        media_type_of(bomb, "bom.xlsx")

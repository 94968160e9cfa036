"""Looks at what a file is, whatever its name says: only documents that people read, without programs in them."""

from __future__ import annotations

import zipfile
from enum import Enum
from io import BytesIO
from pathlib import PurePath

import pypdfium2

MEGABYTE = 1024 * 1024
MOST_BYTES = 10 * MEGABYTE
MOST_UNPACKED = 200 * MEGABYTE
PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ENDINGS = {PDF: (".pdf",), DOCX: (".docx",), XLSX: (".xlsx",), PNG: (".png",), JPEG: (".jpg", ".jpeg")}
_ZIP, _COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OFFICE = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
_PROGRAMS = ("vbaproject.bin", ".exe", ".js", ".vbs", ".dll")


class ContentFault(Enum):
    """Why a file is refused."""

    EMPTY = "empty"
    TOO_LARGE = "too large"
    KIND = "of a kind that is not accepted"
    NAME = "named as another kind than it is"
    PROGRAM = "with macros or a program in it"
    PROTECTED = "protected with a password, or of an old Office version"
    DAMAGED = "damaged"


class RefusedFileError(ValueError):
    """A file that is not accepted, and why."""

    def __init__(self, fault: ContentFault) -> None:
        super().__init__(f"file is {fault.value}")
        self.fault = fault


def media_type_of(content: bytes, name: str, *, most_bytes: int = MOST_BYTES) -> str:
    """The media type of a PDF, Word, Excel, PNG or JPEG file, by its content.

    Args:
        content: the whole file.
        name: its name; the ending must fit the content.
        most_bytes: larger is refused.

    Raises:
        RefusedFileError: saying why it is not accepted.
    """
    if not content:
        raise RefusedFileError(ContentFault.EMPTY)
    if len(content) > most_bytes:
        raise RefusedFileError(ContentFault.TOO_LARGE)
    found = _recognised(content)
    if PurePath(name).suffix.lower() not in ENDINGS[found]:
        raise RefusedFileError(ContentFault.NAME)
    return found


def _recognised(content: bytes) -> str:
    if content.startswith(b"%PDF-"):
        _open_pdf(content)
        return PDF
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(_ZIP):
        return _office(content)
    raise RefusedFileError(ContentFault.PROTECTED if content.startswith(_COMPOUND) else ContentFault.KIND)


def _open_pdf(content: bytes) -> None:
    try:
        pypdfium2.PdfDocument(content).close()
    except pypdfium2.PdfiumError as error:
        protected = "password" in str(error).lower()
        raise RefusedFileError(ContentFault.PROTECTED if protected else ContentFault.DAMAGED) from error


def _office(content: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            parts = packed.infolist()
    except zipfile.BadZipFile as error:
        raise RefusedFileError(ContentFault.DAMAGED) from error
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise RefusedFileError(ContentFault.TOO_LARGE)
    names = [part.filename.lower() for part in parts]
    kind = next((kind for part, kind in _OFFICE.items() if part in names), None)
    if kind is None:
        raise RefusedFileError(ContentFault.KIND)
    if any(name.endswith(_PROGRAMS) for name in names):
        raise RefusedFileError(ContentFault.PROGRAM)
    return kind

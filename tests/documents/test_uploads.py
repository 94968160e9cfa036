"""Uploaded tables: what is understood, and why a file is refused."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from draad.documents.uploads import MOST_BYTES, Cell, Fault, UnreadableFileError, read_upload

COLUMNS = {"code": ("NIS-code", "NIS"), "name": ("Gemeente",), "count": ("Aantal",)}


def read(content: bytes, **options: int) -> list[tuple[int, dict[str, Cell]]]:
    return [(row.number, dict(row.cells)) for row in read_upload(content, COLUMNS, optional=["name"], **options)]


def excel(*lines: list[object], before: Callable[[xlsxwriter.Workbook], None] | None = None) -> bytes:
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for row, line in enumerate(lines):
            for column, value in enumerate(line):
                if isinstance(value, date):
                    sheet.write_datetime(row, column, value, day)
                else:
                    sheet.write(row, column, value)
        if before:
            before(book)
    return buffer.getvalue()


def test_numbers_text_days_and_empty_cells_of_excel() -> None:
    content = excel(["NIS-code", "Gemeente", "Aantal"], [11002, " Antwerpen ", 12], ["11004", "", 1.5],
                    [11005, date(2020, 1, 1), True])  # fmt: skip
    assert read(content) == [
        (2, {"code": 11002, "name": "Antwerpen", "count": 12}),
        (3, {"code": "11004", "name": None, "count": Decimal("1.5")}),
        (4, {"code": 11005, "name": date(2020, 1, 1), "count": True}),
    ]


def test_rows_keep_the_number_that_the_spreadsheet_shows() -> None:
    content = excel([], ["Titel"], [], ["Aantal", "x", "NIS"], [5, "", 11002], [], [6, "", 11004])
    assert read(content) == [
        (5, {"code": 11002, "name": None, "count": 5}),
        (7, {"code": 11004, "name": None, "count": 6}),
    ]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_of_every_sort(delimiter: str, encoding: str) -> None:
    text = f"nis code{delimiter}GEMEENTE{delimiter}aantal\r\n11002{delimiter}Brée{delimiter}12\r\n\r\n11004{delimiter}"
    assert read(text.encode(encoding)) == [
        (2, {"code": "11002", "name": "Brée", "count": "12"}),
        (4, {"code": "11004", "name": None, "count": None}),
    ]


@given(st.lists(st.tuples(st.integers(10000, 99999), st.integers(0, 10**9)), min_size=1, max_size=30))
def test_what_is_written_is_read_back(rows: list[tuple[int, int]]) -> None:
    lines = [f"{code};{count}" for code, count in rows]
    found = read(("NIS;Aantal\n" + "\n".join(lines)).encode())
    assert [(cells["code"], cells["count"]) for _number, cells in found] == [(str(a), str(b)) for a, b in rows]


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_in_words(content: bytes) -> None:
    rows: list[tuple[int, dict[str, Cell]]] | None = None
    with suppress(UnreadableFileError):
        rows = read(content)
    assert rows is None or len(rows) > 0


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", Fault.EMPTY),
        (b"\r\n  \r\n", Fault.EMPTY),
        (b"NIS;Aantal\r\n", Fault.EMPTY),
        (b"NIS;Aantal\r\n;\r\n", Fault.EMPTY),
        (b"x" * (MOST_BYTES + 1), Fault.TOO_LARGE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 900, Fault.PROTECTED),
        (b"PK\x03\x04" + b"x" * 900, Fault.DAMAGED),
        (b"%PDF-1.7\x00\x01\x02\x03" * 20, Fault.NO_TABLE),
        (bytes(range(1, 256)) * 4, Fault.NO_TABLE),
        (b"NIS;Aantal\n11002;\"open", Fault.DAMAGED),
        (b"Naam;Waarde\nGent;1", Fault.HEADINGS),
    ],
)  # fmt: skip
def test_files_that_cannot_be_read(content: bytes, fault: Fault) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        read(content)
    assert caught.value.fault is fault


def test_missing_headings_are_named() -> None:
    with pytest.raises(UnreadableFileError, match="NIS-code, Aantal") as caught:
        read(b"Gemeente;Waarde\nGent;1")
    assert caught.value.missing == ("NIS-code", "Aantal")


def test_too_many_rows() -> None:
    with pytest.raises(UnreadableFileError) as caught:
        read(b"NIS;Aantal\n" + b"11002;1\n" * 6, most_rows=5)
    assert caught.value.fault is Fault.TOO_MANY_ROWS


def test_an_archive_that_unpacks_to_far_more_is_refused_unread() -> None:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"\x00" * (101 * 1024 * 1024))
    with pytest.raises(UnreadableFileError) as caught:
        read(buffer.getvalue())
    assert caught.value.fault is Fault.TOO_LARGE


def test_a_zip_that_is_no_workbook() -> None:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("readme.txt", b"hello")
    with pytest.raises(UnreadableFileError) as caught:
        read(buffer.getvalue())
    assert caught.value.fault is Fault.DAMAGED

"""Every list that everybody may read is a file too: the same rows, in Excel and CSV, with the filter of the page."""

from __future__ import annotations

import csv
import re
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

pytestmark = pytest.mark.django_db
LISTS = [
    ("/besturen/", "besturen", 280),
    ("/cijfers/", "cijfers", 20),
    ("/bevindingen/", "bevindingen", 5),
    ("/samenwerkingen/", "", 20),
    ("/mentorschappen/", "", 5),
    ("/programmas/plan-samenleven/rondes/1/", "", 10),
]
each_list = pytest.mark.parametrize(("address", "key", "least"), LISTS, ids=[one[0] for one in LISTS])
in_each_language = pytest.mark.parametrize("language", ["", "/en"])


def links(page: str) -> dict[str, str]:
    """The addresses of the files on a page, by form: of its first table."""
    found: dict[str, str] = {}
    for query, form in re.findall(r'href="(\?[^"]*format=(xlsx|csv)[^"]*)"', page):
        found.setdefault(form, query.replace("&amp;", "&"))
    return found


def excel(client: Client, address: str) -> list[list[Any]]:
    """The table of the file: headings and rows; a title above it and a total below are left out."""
    answer = client.get(address)
    assert answer.status_code == 200
    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    if sheet.auto_filter.ref is None:
        return []
    first, last = (int(re.sub(r"\D", "", part)) for part in sheet.auto_filter.ref.split(":"))
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=first, max_row=last)]


def comma(client: Client, address: str) -> list[list[str]]:
    answer = client.get(address)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    text = answer.content.decode("utf-8-sig")
    return [row for row in csv.reader(StringIO(text), delimiter=";" if ";" in text.splitlines()[0] else ",") if row]


@each_list
@in_each_language
def test_both_files_have_the_rows_of_the_list(
    client: Client, address: str, key: str, least: int, language: str
) -> None:
    page = client.get(f"{language}{address}")
    assert page.status_code == 200
    files = links(page.content.decode())
    assert set(files) == {"xlsx", "csv"}
    table = excel(client, f"{language}{address}{files['xlsx']}")
    text = comma(client, f"{language}{address}{files['csv']}")
    assert len(table) - 1 >= least
    heading = next(place for place, row in enumerate(text) if len(row) == len(text[-1]) and row[0] == table[0][0])
    assert len(text) - heading >= len(table)
    assert [str(value) for value in table[0] if value] == [value for value in text[heading] if value]
    if key:
        answer = client.get(f"{language}{address}{files['xlsx']}")
        assert answer["Content-Disposition"] == f'attachment; filename="{key}.xlsx"'


@pytest.mark.parametrize(
    ("address", "word"), [("/besturen/", "gent"), ("/cijfers/", "ronde"), ("/bevindingen/", "de")]
)
def test_a_file_has_what_passes_the_filter_of_the_page(client: Client, address: str, word: str) -> None:
    whole = excel(client, f"{address}?format=xlsx")
    part = excel(client, f"{address}?format=xlsx&q={word}")
    assert 1 < len(part) <= len(whole)
    assert {tuple(row) for row in part} <= {tuple(row) for row in whole}
    assert links(client.get(f"{address}?q={word}").content.decode())["xlsx"] in {
        f"?q={word}&format=xlsx", f"?format=xlsx&q={word}",
    }  # fmt: skip


@pytest.mark.parametrize("address", ["/besturen/", "/cijfers/", "/bevindingen/"])
def test_a_file_keeps_the_order_that_was_asked(client: Client, address: str) -> None:
    page = client.get(address).content.decode()
    column = re.findall(r'href="\?sort=([a-z_]+)"', page)[0]
    up = excel(client, f"{address}?format=xlsx&sort={column}")
    down = excel(client, f"{address}?format=xlsx&sort=-{column}")
    assert sorted(map(str, up)) == sorted(map(str, down))
    assert [row[0] for row in up[1:]] != [row[0] for row in down[1:]]


def test_a_filter_that_nothing_passes_gives_a_file_without_rows(client: Client) -> None:
    assert len(excel(client, "/besturen/?format=xlsx&q=qqqqqqqq")) <= 1
    assert not any("Gent" in row for row in comma(client, "/besturen/?format=csv&q=qqqqqqqq"))


def test_codes_stay_text_in_the_file(client: Client) -> None:
    """A NIS or KBO code is a name and no number: zeros before it count."""
    table = excel(client, "/besturen/?format=xlsx")
    codes = [value for row in table[1:] for value in row if isinstance(value, str) and re.fullmatch(r"\d{5}", value)]
    assert len(codes) > 200

"""Pages of partnerships and mentors, what they add to other pages, search, and their queries."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from draad.applications.counting import PrintedList
from draad.applications.search import search
from draad.applications.tables import member_rows, whereabouts

pytestmark = pytest.mark.django_db


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_counts_and_shows(client: Client) -> None:
    text = text_of(client, "/samenwerkingen/")
    assert "Gedrukte samenwerkingen, ronde 1" in text
    for number in ("24", "23", "76"):
        assert f">{number}</a>" in text
    assert "en Wemmel, via een partner" in text
    assert "De Rand (io Wemmel)" in text
    assert "niet gepubliceerd" in text
    assert "ronde 2, ronde 3" in text


def test_filter_on_the_province_in_which_the_lead_lies(client: Client) -> None:
    text = text_of(client, "/samenwerkingen/?samenwerkingen.province=Antwerpen")
    assert ">Boom</a>" in text
    assert ">Pelt</a>" not in text


def test_search_in_the_list_finds_a_partner(client: Client) -> None:
    text = text_of(client, "/samenwerkingen/?samenwerkingen.q=hemiksem")
    assert ">Boom</a>" in text
    assert ">Geel</a>" not in text


def test_the_download_has_numbers(client: Client) -> None:
    answer = client.get("/samenwerkingen/?format=xlsx&table=samenwerkingen")
    sheet: Any = load_workbook(BytesIO(answer.content)).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    geel = [row for row in rows if row[0] == "Geel"]
    assert len(geel) == 2
    assert geel[0][2] == 4
    assert isinstance(geel[0][2], int)


def test_the_table_per_province_downloads_too(client: Client) -> None:
    text = client.get("/samenwerkingen/?format=csv&table=per-provincie").content.decode("utf-8-sig")
    assert text.splitlines()[0] == "Provincie;Indiener;Lid;Niet in de lijst"
    assert "Antwerpen;5;17;45" in text


@pytest.mark.parametrize("position", range(1, 25))
def test_every_entry_has_a_page(client: Client, listed: PrintedList, position: int) -> None:
    entry = listed.entries[position - 1]
    text = text_of(client, entry.get_absolute_url())
    assert f"Samenwerking van {entry.lead_as_printed}" in text
    assert f"plaats {position} in de lijst" in text
    assert all(partner.as_printed in text for partner in entry.partners.all())


def test_a_page_shows_what_was_found_about_it(client: Client) -> None:
    text = text_of(client, "/samenwerkingen/plan-samenleven/ronde-1/22/")
    assert "Boom staat onder Limburg, maar ligt in Antwerpen" in text
    assert "schriftelijke vraag nr. 492: antwoord 2" in text
    assert 'href="/programmas/plan-samenleven/rondes/1/"' in text


def test_the_english_page(client: Client) -> None:
    text = text_of(client, "/en/samenwerkingen/plan-samenleven/ronde-1/22/")
    assert "Partnership of Boom" in text
    assert "written question 492: answer 2" in text


@pytest.mark.parametrize("part", ["ronde-1/25", "ronde-1/0", "ronde-2/1", "ronde-9/1"])
def test_an_entry_that_is_not_printed_is_not_found(client: Client, part: str) -> None:
    assert client.get(f"/samenwerkingen/plan-samenleven/{part}/").status_code == 404


def test_members_with_where_they_lay(listed: PrintedList) -> None:
    londerzeel = listed.entries[13]
    rows = member_rows(londerzeel, whereabouts(listed.round.starts_on))
    assert [(r.as_printed, r.role, r.province) for r in rows] == [
        ("Londerzeel", "indiener", "Vlaams-Brabant"),
        ("Meise", "partner", "Vlaams-Brabant"),
        ("De Rand (io Wemmel)", "partner", None),
    ]
    assert rows[2].stands_for is not None


def test_mentors(client: Client) -> None:
    text = text_of(client, "/mentorschappen/")
    assert "6 besturen zijn samen 12 keer mentor" in text
    assert "Omstaanderstrainingen" in text
    assert "/programmas/plan-samenleven/acties/17/" in text


@pytest.mark.parametrize(
    ("slug", "words"),
    [
        ("kruibeke", ["Samenwerking van Temse", "plaats 7 in de lijst", "indiener", "partner"]),
        ("wemmel", ["Samenwerking van Londerzeel", "via vzw De Rand"]),
        ("gent", ["Mentorbestuur in ronde 1: Omstaanderstrainingen"]),
        ("boom", ["Boom staat onder Limburg, maar ligt in Antwerpen"]),
        ("zwijndrecht", ["Zwijndrecht in 2 verschillende samenwerkingen"]),
    ],
)
def test_the_page_of_a_government_shows_what_the_lists_say(client: Client, slug: str, words: list[str]) -> None:
    text = text_of(client, f"/besturen/{slug}/")
    assert all(word in text for word in words)


def test_a_government_that_no_list_names_has_no_such_section(client: Client) -> None:
    assert "Samenwerkingen en mentorschap" not in text_of(client, "/besturen/brugge/")


def test_the_page_of_an_action_shows_its_mentors(client: Client) -> None:
    text = text_of(client, "/programmas/plan-samenleven/acties/5/")
    assert 'id="mentor"' in text
    assert "/besturen/antwerpen/" in text
    assert 'id="mentor"' not in text_of(client, "/programmas/plan-samenleven/acties/6/")


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("hemiksem", ["Samenwerking van Boom"]),
        ("Wemmel", ["Samenwerking van Londerzeel"]),
        ("pleinmakers", ["Mechelen, mentorbestuur"]),
        ("boom  Hemiksem", ["Samenwerking van Boom"]),
        ("mechelen pleinmakers", ["Mechelen, mentorbestuur"]),
        ("boom geel", []),
        ("oostende", ["Oostende, mentorbestuur", "Oostende, mentorbestuur"]),
        ("geel", ["Samenwerking van Geel", "Samenwerking van Geel"]),
        ("bestaat niet", []),
        ("", []),
    ],
)
def test_search(text: str, titles: list[str]) -> None:
    assert [hit.title for hit in search(text)] == titles


@pytest.mark.parametrize(
    "address",
    [
        "/samenwerkingen/",
        "/samenwerkingen/plan-samenleven/ronde-1/7/",
        "/mentorschappen/",
        "/besturen/kruibeke/",
        "/en/samenwerkingen/",
    ],
)
def test_pages_take_few_queries(client: Client, django_assert_max_num_queries: Any, address: str) -> None:
    with django_assert_max_num_queries(15):
        client.get(address)

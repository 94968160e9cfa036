"""The list of findings, its filters and downloads, the part of a page, and search."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation
from openpyxl import load_workbook

from draad.accounts.actor import system
from draad.findings.actions import close
from draad.findings.models import Finding
from draad.findings.search import search
from draad.findings.sections import section_about
from tests.findings.conftest import World, thing


@pytest.fixture
def three(world: World) -> World:
    world.holds(thing("aap"), thing("beer", 5), thing("cavia", about=("action:x/2",)))
    close(Finding.objects.get(subject="beer"), "bekend", by=system("test"))
    return world


def rows(client: Client, query: str = "") -> str:
    return client.get(f"/bevindingen/{query}").content.decode()


def test_the_list_counts_what_is_open(three: World, client: Client) -> None:
    text = rows(client)
    assert "2 plaatsen waar een bron" in text
    assert all(name in text for name in ("aap te veel", "beer te veel", "cavia te veel"))


def test_one_open_finding_is_said_in_the_singular(world: World, client: Client) -> None:
    world.holds(thing("aap"))
    assert "1 plaats waar een bron" in rows(client)
    assert "1 place where a source" in client.get("/en/bevindingen/").content.decode()


def test_filter_on_state(three: World, client: Client) -> None:
    text = rows(client, "?state=afgesloten")
    assert "beer te veel" in text
    assert "aap te veel" not in text


def test_filter_on_words_of_the_sentence(three: World, client: Client) -> None:
    text = rows(client, "?q=zijn er 5")
    assert "beer te veel" in text
    assert "aap te veel" not in text


def test_nothing_found_is_said(three: World, client: Client) -> None:
    assert "Niets gevonden" in rows(client, "?q=zebra")


def test_download_as_excel(three: World, client: Client) -> None:
    answer = client.get("/bevindingen/?format=xlsx")
    sheet: Any = load_workbook(BytesIO(answer.content)).worksheets[0]
    texts = [cell.value for row in sheet.iter_rows() for cell in row]
    assert "Wat er staat" in texts
    assert "Van beer zijn er 5." in texts


def test_download_as_csv_holds_what_the_filter_left(three: World, client: Client) -> None:
    text = client.get("/bevindingen/?format=csv&state=afgesloten").content.decode("utf-8-sig")
    lines = text.splitlines()
    assert lines[0] == "Bevinding;Wat er staat;Onderwerp;Toestand;Reacties"
    assert lines[1] == "beer te veel;Van beer zijn er 5.;proef;afgesloten;0"
    assert len(lines) == 2


def test_the_list_takes_few_queries(world: World, client: Client, django_assert_max_num_queries: Any) -> None:
    world.holds(*[thing(str(n)) for n in range(40)])
    with django_assert_max_num_queries(4):
        client.get("/bevindingen/")


def test_a_finding_takes_few_queries(world: World, client: Client, django_assert_max_num_queries: Any) -> None:
    world.holds(thing("aap"))
    pk = Finding.objects.get().pk
    with django_assert_max_num_queries(6):
        client.get(f"/bevindingen/{pk}/")


def test_the_section_shows_the_findings_about_an_object(three: World) -> None:
    section = section_about(["action:x/1"])
    assert section is not None
    text = render_to_string(section.template, dict(section.context))
    assert "aap te veel" in text
    assert "beer te veel" in text
    assert "cavia te veel" not in text
    assert "afgesloten" in text


def test_the_section_can_leave_a_rule_to_another_place(three: World) -> None:
    assert section_about(["action:x/1"], without="test.toy") is None


def test_no_section_without_findings(three: World) -> None:
    assert section_about(["action:x/99"]) is None


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("aap", ["aap te veel"]),
        ("AAP", ["aap te veel"]),
        ("beer 5", ["beer te veel"]),
        ("beer 6", []),
        ("", []),
        ("  ", []),
        ("te veel", ["aap te veel", "cavia te veel", "beer te veel"]),
    ],
)
def test_search(three: World, text: str, titles: list[str]) -> None:
    assert [hit.title for hit in search(text)] == titles


def test_search_leads_to_the_page_in_the_language_of_the_reader(three: World) -> None:
    with translation.override("en"):
        hit = search("aap")[0]
    assert hit.address.startswith("/en/bevindingen/")
    assert (hit.kind, hit.note) == ("finding", "Van aap zijn er 2.")


def test_search_leaves_out_what_is_gone(three: World) -> None:
    three.holds()
    assert search("aap") == []

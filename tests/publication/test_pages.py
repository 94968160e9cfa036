"""The public pages: home, search, about, errors, in both languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from draad.publication.search import MOST_OF_A_KIND, finders, search_everything

Limit = Callable[..., object]
PAGES = ["/", "/zoeken/", "/bouwstenen/", "/over/tellen/", "/over/toegankelijkheid/", "/over/privacy/"]


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_answers_in_both_languages(db: None, client: Client, path: str, prefix: str) -> None:
    response = client.get(f"{prefix}{path}")
    assert response.status_code == 200
    assert f'<html lang="{"en" if prefix else "nl"}"' in response.content.decode()


def test_the_language_of_the_browser_does_not_change_the_address(db: None, client: Client) -> None:
    response = client.get("/over/privacy/", headers={"accept-language": "en"})
    assert 'lang="nl"' in response.content.decode()


def test_an_unknown_address_says_so_in_plain_words(db: None, client: Client) -> None:
    response = client.get("/bestaat-niet/")
    assert response.status_code == 404
    assert "Deze pagina bestaat niet" in response.content.decode()


def test_health_says_ok(db: None, client: Client) -> None:
    assert client.get("/gezond/").content == b"ok"


def test_robots_stay_out_of_the_workspaces(db: None, client: Client) -> None:
    text = client.get("/robots.txt").content.decode()
    assert {"Disallow: /beheer/", "Disallow: /en/account/"} <= set(text.splitlines())


def test_the_icon_is_found_under_its_old_name(db: None, client: Client) -> None:
    assert client.get("/favicon.ico").headers["Location"].endswith("draad/icon.svg")


def test_several_rooms_take_part_in_search() -> None:
    rooms = {find.__module__.split(".")[1] for find in finders()}
    assert {"organisations", "programmes", "applications", "figures", "findings"} <= rooms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("gent", "Gent"),
        ("Kruibeke", "Beveren-Kruibeke-Zwijndrecht"),
        ("oefenkansen", "Oefenkansen Nederlands organiseren"),
        ("OEFENKANSEN", "Oefenkansen Nederlands organiseren"),
        ("0216772234", "Tessenderlo-Ham"),
    ],
)
def test_search_finds_what_people_type(db: None, text: str, expected: str) -> None:
    titles = [hit.title for group in search_everything(text) for hit in group.hits]
    assert any(expected in title for title in titles), titles


@pytest.mark.parametrize("text", ["", "a", " ", "qqqqqqqq"])
def test_search_for_nothing_finds_nothing(db: None, text: str) -> None:
    assert search_everything(text) == []


def test_search_shows_a_limited_number_of_each_kind(db: None) -> None:
    assert all(len(group.hits) <= MOST_OF_A_KIND for group in search_everything("en"))
    assert any(group.more for group in search_everything("en"))


@pytest.mark.parametrize("text", ["gent", "actie", "en"])
def test_search_asks_the_database_little(
    db: None, client: Client, django_assert_max_num_queries: Limit, text: str
) -> None:
    client.get("/zoeken/", {"q": text})
    with django_assert_max_num_queries(15):  # type: ignore[attr-defined]  # a context manager of pytest-django
        client.get("/zoeken/", {"q": text})


def test_what_was_typed_is_escaped_and_kept(db: None, client: Client) -> None:
    html = client.get("/zoeken/", {"q": '<script>alert("x")</script>'}).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html


def test_a_search_of_one_letter_says_what_is_needed(db: None, client: Client) -> None:
    assert "Typ minstens twee letters." in client.get("/zoeken/", {"q": "a"}).content.decode()


@pytest.mark.parametrize("path", ["/", "/en/", "/bouwstenen/"])
def test_pages_ask_the_database_little(
    db: None, client: Client, django_assert_max_num_queries: Limit, path: str
) -> None:
    client.get(path)
    with django_assert_max_num_queries(15):  # type: ignore[attr-defined]  # a context manager of pytest-django
        client.get(path)

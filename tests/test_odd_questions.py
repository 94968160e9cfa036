"""Every page that everybody may read answers odd questions too: whatever stands behind the ``?``, it never breaks.

The names of the parameters are those of the forms and links of the page itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from draad.accounts.guards import guard_of
from tests.routes import Arguments, Route, ask, routes

pytestmark = pytest.mark.django_db
ODD = ["zoiets is er niet", "9" * 40, "²", "-1", "a\x00b", "\ud800", "2022-02-30", "xy " * 1500]
ALWAYS = ("q", "page", "sort", "format", "table")


class Asked(HTMLParser):
    """The parameters that a page itself asks with: fields of forms that get, and links to the same page."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self._getting = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._getting = given.get("method", "get").lower() == "get"
        if tag in {"input", "select"} and self._getting and given.get("name"):
            self.names.add(given["name"])
        if tag == "a" and given.get("href", "").startswith("?"):
            self.names |= {name for name, _value in parse_qsl(urlsplit(given["href"]).query, keep_blank_values=True)}

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._getting = False


def names_on(page: str) -> list[str]:
    found = Asked()
    found.feed(page)
    return sorted({*found.names, *ALWAYS} - {"csrfmiddlewaretoken"})


def open_routes() -> list[Route]:
    return [route for route in routes() if guard_of(route.name).everyone and not route.name.startswith("account_")]


def test_no_page_breaks_on_an_odd_question(client: Client, arguments: Mapping[str, Arguments]) -> None:
    client.raise_request_exception = False
    wrong = []
    for route in open_routes():
        given = dict(arguments.get(route.name, {}))
        if route.parameters == frozenset(given):
            wrong += broken(client, reverse(route.name, kwargs=given))
    assert wrong == []


def broken(client: Client, address: str) -> list[str]:
    """The questions on which a page breaks, every parameter of it odd; none for a file."""
    page = ask(client, "get", address)
    if page.status_code != 200 or not page.headers["Content-Type"].startswith("text/html"):
        return []
    names = names_on(page.content.decode())
    asked = [urlencode(dict.fromkeys(names, odd), errors="surrogatepass") for odd in ODD]
    return [
        f"{address}?{query[:200]}" for query in asked if ask(client, "get", f"{address}?{query}").status_code >= 500
    ]

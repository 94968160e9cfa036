"""Walks the site by its own links: one page for each route, so that a new page is tested without being listed."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from django.utils import translation
from playwright.sync_api import Page

LEAVE_OUT = {"account_logout"}


def route_of(path: str) -> str | None:
    """The route of a path of the site; None for files and what the site does not know."""
    with translation.override("en" if path.startswith("/en/") else "nl"):
        try:
            return resolve(path).view_name
        except Resolver404:
            return None


def links_of(page: Page, site: str) -> list[str]:
    """The paths of the site that the page links to, without parameters."""
    addresses: list[str] = page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
    found = [urlsplit(address) for address in addresses if address.startswith(site)]
    return list(dict.fromkeys(part.path for part in found if not part.query and "download" not in part.path))


def walk(page: Page, site: str, start: str, *, per_route: int = 1, limit: int = 80) -> Iterator[str]:
    """Open ``start`` and, link by link, ``per_route`` pages of every route in the same language; yields each path."""
    english = start.startswith("/en/")
    seen: dict[str, int] = {}
    queue, known = [start], {start}
    while queue and sum(seen.values()) < limit:
        path = queue.pop(0)
        route = route_of(path)
        if route is None or route in LEAVE_OUT or seen.get(route, 0) >= per_route:
            continue
        if path.endswith((".xlsx", ".csv", ".pdf", ".txt")):
            continue
        seen[route] = seen.get(route, 0) + 1
        page.goto(path)
        yield path
        for link in links_of(page, site):
            if link not in known and link.startswith("/en/") == english:
                known.add(link)
                queue.append(link)

"""Walks the site by its own links: one page for each route, so that a new page is tested without being listed."""

from __future__ import annotations

from collections.abc import Container, Iterator
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from django.utils import translation
from playwright.sync_api import Error, Page

LEAVE_OUT = frozenset({"account_logout"})


def route_of(path: str) -> str | None:
    """The route of a path of the site; None for files and what the site does not know."""
    with translation.override("en" if path.startswith("/en/") else "nl"):
        try:
            return resolve(path).view_name
        except Resolver404:
            return None


def links_of(page: Page, site: str) -> list[str]:
    """The paths of the site that the page links to, without parameters."""
    addresses: list[str] = page.eval_on_selector_all(
        "a[href]", "links => links.map(link => new URL(link.getAttribute('href'), document.baseURI).href)"
    )
    found = [urlsplit(address) for address in addresses if address.startswith(site)]
    return list(dict.fromkeys(part.path for part in found if not part.query and "download" not in part.path))


def is_file(page: Page, path: str) -> bool:
    """Open a path; whether it is a file to keep and no page."""
    try:
        page.goto(path)
    except Error as refused:
        if "Download is starting" in refused.message:
            return True
        raise
    return False


def walk(
    page: Page, site: str, start: str, *, leave_out: Container[str] = LEAVE_OUT, limit: int = 80
) -> Iterator[str]:
    """Open ``start`` and, link by link, one page of every route in the same language; yields each path."""
    english = start.startswith("/en/")
    seen: set[str] = set()
    queue, known = [start], {start}
    while queue and len(seen) < limit:
        path = queue.pop(0)
        route = route_of(path)
        if route is None or route in seen or (route in leave_out and path != start):
            continue
        seen.add(route)
        if is_file(page, path):
            continue
        yield path
        for link in links_of(page, site):
            if link not in known and link.startswith("/en/") == english:
                known.add(link)
                queue.append(link)

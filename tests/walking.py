"""Walks the site with the test client, link by link, and counts the SQL of a page in several cases."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from http import HTTPStatus
from secrets import token_hex
from typing import Any

from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, resolve

from draad.accounts.freshness import forget
from draad.accounts.models import AuditHead, User
from draad.accounts.statements import recorded_tables
from draad.config.warming import warm

LINK = re.compile(r'<a\b[^>]*?\bhref="(/[^"?#]*)(?:#[^"]*)?"')
LEFT_OUT = frozenset({"account_logout"})
STARTS = ("/", "/beheer/", "/mijn-account/")


def client_of(person: str) -> Client:
    """The client of a demonstration person, by the first part of their address; of a visitor when there is none."""
    client = Client()
    if person:
        client.force_login(User.objects.get(email=f"{person}@example.org"), "draad.accounts.backend.AccountBackend")
    return client


@dataclass(frozen=True)
class Looked:
    """A page: its route and path, and how to look at it once more."""

    route: str
    path: str
    look: Callable[[], Any]

    def warm(self) -> int:
        """The SQL of a look when everything is remembered."""
        self.look()
        return self._counted()

    def cold(self) -> int:
        """The SQL of a look when nothing is remembered."""
        forget()
        return self._counted()

    def first(self) -> int:
        """The SQL of a look in a server that just began."""
        forget()
        warm()
        return self._counted()

    def after_a_write(self) -> dict[str, int]:
        """By room the SQL of a look after every table of that room was written."""
        counts = {}
        for room in rooms():
            self.look()
            touch(room)
            counts[room] = self._counted()
        return counts

    def _counted(self) -> int:
        with CaptureQueriesContext(connection) as captured:
            self.look()
        return len(captured)


def rooms() -> dict[str, list[str]]:
    """The tables of each room that are written in recordings."""
    found: dict[str, list[str]] = {}
    for model in apps.get_models():
        if model._meta.db_table in recorded_tables():
            found.setdefault(model._meta.app_label, []).append(model._meta.db_table)
    return found


def touch(room: str) -> None:
    """Do as if every table of a room was written."""
    head, _made = AuditHead.objects.get_or_create(id=1)
    head.marks |= dict.fromkeys(rooms()[room], token_hex(8))
    head.save()


def pages(client: Client, *starts: str, of_each: int = 2, refused: list[str] | None = None) -> Iterator[Looked]:
    """Open, link by link, ``of_each`` pages of every route in Dutch that can be reached from ``starts``.

    Links that lead nowhere or where one may not go are added to ``refused``, with the answer.
    """
    seen: Counter[str] = Counter()
    queue, known = list(starts), set(starts)
    while queue:
        path = queue.pop(0)
        route = _route(path)
        if route is None or route in LEFT_OUT or seen[route] >= of_each:
            continue
        response: Any = client.get(path)
        if response.status_code != HTTPStatus.OK or response.streaming or "html" not in response["Content-Type"]:
            _read_to_its_end(response)
            if response.status_code >= HTTPStatus.BAD_REQUEST and refused is not None:
                refused.append(f"{path}: {response.status_code}")
            continue
        seen[route] += 1
        yield Looked(route, path, lambda path=path: client.get(path))  # type: ignore[misc]  # bound at once
        links = [unescape(link) for link in LINK.findall(response.content.decode())]
        queue += [link for link in dict.fromkeys(links) if link not in known and not link.startswith("/en/")]
        known.update(links)


def _read_to_its_end(response: Any) -> None:
    """Let go of the file of a download. To close the response would end the connection, in the midst of a transaction."""
    if response.streaming:
        for _part in response.streaming_content:
            pass


def _route(path: str) -> str | None:
    try:
        return resolve(path).view_name
    except Resolver404:
        return None

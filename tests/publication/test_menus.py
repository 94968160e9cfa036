"""The menus are written once for all pages that have the same, and never for somebody else's language or roles."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import resolve
from django.utils import translation

from draad.accounts.actor import Actor
from draad.accounts.roles import Role
from draad.publication.navigation import frame
from draad.web.context import Frame

pytestmark = pytest.mark.django_db


@pytest.fixture
def framed(rf: RequestFactory) -> Callable[..., Frame]:
    def make(path: str, by: Actor | None = None) -> Frame:
        request: HttpRequest = rf.get(path)
        request.resolver_match = resolve(path)
        request.actor = lambda: by or Actor()  # type: ignore[attr-defined]  # as the middleware does
        return frame(request)

    return make


def labels(found: Frame) -> list[str]:
    return [item.label for item in found.menus.main]


def test_pages_with_the_same_menus_share_them(framed: Callable[..., Frame]) -> None:
    one, other = framed("/besturen/"), framed("/besturen/")
    assert one.menus is other.menus
    assert framed("/cijfers/").menus is not one.menus


def test_each_page_marks_its_own_entry(framed: Callable[..., Frame]) -> None:
    for path, label in (("/besturen/", "Besturen"), ("/cijfers/", "Cijfers"), ("/", "Programma")):
        menus = framed(path).menus
        assert [item.label for item in menus.main if item.here] == [label]
        assert menus.main_written.count('aria-current="page"') == 1


def test_menus_are_in_the_language_of_the_reader(framed: Callable[..., Frame]) -> None:
    dutch = framed("/besturen/").menus
    with translation.override("en"):
        english = framed("/en/besturen/").menus
        assert [item.address for item in english.main] == [f"/en{item.address}" for item in dutch.main]
        assert "Besturen" not in english.main_written
    assert "Besturen" in dutch.main_written
    assert [group.label for group in dutch.footer] == ["Lezen", "Over"]
    assert "Toegankelijkheid" in dutch.footer_written


@pytest.mark.parametrize(
    ("role", "more"),
    [
        (Role.GOVERNMENT_EDITOR, ["Mijn aanvragen"]),
        (Role.PROGRAMME_MANAGER, ["Beheer"]),
        (Role.ASSESSOR, ["Beheer"]),
    ],
)
def test_who_works_here_finds_the_way(
    framed: Callable[..., Frame], person_with: Callable[..., Actor], role: Role, more: list[str]
) -> None:
    visitor = labels(framed("/besturen/"))
    assert not {"Mijn aanvragen", "Beheer"} & set(visitor)
    assert labels(framed("/besturen/", person_with(role))) == [*visitor, *more]
    assert labels(framed("/besturen/")) == visitor


def test_a_page_holds_its_menus_once(client: Client) -> None:
    text = client.get("/over/privacy/").content.decode()
    assert text.count('class="draad-nav"') == 1
    assert text.count('class="draad-footer"') == 1
    assert "&lt;nav" not in text

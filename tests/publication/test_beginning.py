"""What the home page says: how to begin where there is no programme, and what the programme says of itself."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

import pytest
from django.test import Client

from draad.accounts import audit
from draad.accounts.actor import system
from draad.accounts.roles import Role
from draad.programmes.models import Programme

BUTTON = 'href="/beheer/programmas/nieuw/"'


@pytest.fixture
def no_programme(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("draad.publication.views.home"), "current_programme", lambda: None)


def introduce(dutch: str, english: str) -> None:
    programme = Programme.objects.get(slug="plan-samenleven")
    with audit.recording(by=system("test")) as log:
        log.change(programme, verb="test.change", introduction=dutch, introduction_en=english)


@pytest.mark.parametrize(("role", "may"), [(Role.PROGRAMME_MANAGER, True), (Role.ASSESSOR, False)])
def test_who_may_begin_is_led_to_the_form(
    no_programme: None, sign_in: Callable[[Role | None], Client], role: Role, may: bool
) -> None:
    page = sign_in(role).get("/").content.decode()
    assert "Er is nog geen programma." in page
    assert (BUTTON in page) is may
    assert ("Een programmabeheerder maakt het" in page) is not may


@pytest.mark.django_db
def test_a_visitor_is_told_who_begins(no_programme: None, client: Client) -> None:
    page = client.get("/en/").content.decode()
    assert "A programme manager makes it after signing in." in page
    assert BUTTON not in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("start", "dutch", "english", "shown"),
    [
        ("/", "Waarom dit bestaat.", "Why this exists.", '<span lang="nl">Waarom dit bestaat.</span>'),
        ("/en/", "Waarom dit bestaat.", "Why this exists.", '<span lang="en">Why this exists.</span>'),
        ("/en/", "Waarom dit bestaat.", "", '<span lang="nl">Waarom dit bestaat.</span>'),
    ],
)
def test_the_introduction_is_data(client: Client, start: str, dutch: str, english: str, shown: str) -> None:
    introduce(dutch, english)
    assert shown in client.get(start).content.decode()


@pytest.mark.django_db
def test_a_programme_without_introduction_has_no_empty_words(client: Client) -> None:
    introduce("", "")
    page = client.get("/").content.decode()
    assert '<p class="draad-lede">7 doelstellingen, 24 acties, elk projectjaar opnieuw gemeten.</p>' in page

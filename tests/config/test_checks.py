"""Combinations of settings that are refused at start, each with a hint; and those that are fine."""

from __future__ import annotations

import pytest
from django.core.checks import Error, run_checks
from django.core.checks import Warning as Caution
from pytest_django import Settings

from draad.accounts.roles import Role
from draad.config.checks import refuse_unknown_roles, refuse_wrong_combinations

PUBLIC = "https://draad.example.be"


@pytest.fixture
def public(settings: Settings) -> Settings:
    """Settings of a public site that are right."""
    settings.BASE_URL, settings.DEMONSTRATION, settings.DEBUG = PUBLIC, False, False
    settings.DATABASE_URL = "postgresql://draad@127.0.0.1/draad"
    return settings


def ids() -> list[str]:
    return [str(message.id) for message in refuse_wrong_combinations(None)]


def test_what_people_start_with_is_right() -> None:
    assert ids() == []
    assert [message for message in run_checks() if message.id and message.id.startswith("draad.")] == []


def test_a_public_site_that_is_right(public: Settings) -> None:
    assert ids() == []


@pytest.mark.parametrize(
    "address", ["draad.example.be", "ftp://draad.example.be", "https://", "https://draad.example.be/x"]
)
def test_the_address_must_be_one_of_a_site(public: Settings, address: str) -> None:
    public.BASE_URL = address
    assert "draad.E001" in ids()


def test_known_passwords_are_for_this_computer_only(public: Settings) -> None:
    public.DEMONSTRATION = True
    assert ids() == ["draad.E002"]


def test_technical_details_are_for_this_computer_only(public: Settings) -> None:
    public.DEBUG = True
    assert ids() == ["draad.E003"]


def test_passwords_do_not_travel_in_the_clear(public: Settings) -> None:
    public.BASE_URL = "http://draad.example.be"
    assert ids() == ["draad.E004"]


def test_a_public_site_on_sqlite_is_cautioned(public: Settings) -> None:
    public.DATABASE_URL = ""
    [message] = refuse_wrong_combinations(None)
    assert isinstance(message, Caution)
    assert message.id == "draad.W001"


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]"])
def test_this_computer_may_demonstrate_without_https(settings: Settings, host: str) -> None:
    settings.BASE_URL, settings.DEMONSTRATION, settings.DATABASE_URL = f"http://{host}:8000", True, ""
    assert ids() == []


@pytest.mark.parametrize("words", [["auto"], ["none"], ["administrator"], list(Role.values)])
def test_roles_that_need_a_second_factor_are_roles(settings: Settings, words: list[str]) -> None:
    settings.SECOND_FACTOR_ROLES = words
    assert refuse_unknown_roles(None) == []


@pytest.mark.parametrize(
    "words", [[], ["beheerder"], ["administrator", "none"], ["auto", "reader"], ["Administrator"]]
)
def test_words_that_are_no_roles_are_refused(settings: Settings, words: list[str]) -> None:
    settings.SECOND_FACTOR_ROLES = words
    [message] = refuse_unknown_roles(None)
    assert isinstance(message, Error)
    assert message.id == "draad.E005"
    assert "administrator, programme_manager" in str(message.hint)


def test_every_message_has_a_hint(settings: Settings) -> None:
    settings.BASE_URL, settings.DEMONSTRATION, settings.DEBUG, settings.DATABASE_URL = (
        "http://x.example/y",
        True,
        True,
        "",
    )
    found = refuse_wrong_combinations(None)
    assert len(found) == 5
    assert all(message.hint for message in found)

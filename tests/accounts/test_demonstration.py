"""Demonstration logins: one for each role, once, marked, and never outside a demonstration."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from draad.accounts.actor import actor_of
from draad.accounts.models import AuditEvent, User
from draad.accounts.roles import Role
from draad.datasets.demonstration import PASSWORD, PEOPLE, load
from draad.organisations.models import Organisation


def test_there_is_one_for_each_role() -> None:
    assert sorted(person.role for person in PEOPLE) == sorted(Role)
    assert len({person.email for person in PEOPLE}) == len(PEOPLE)


def test_the_addresses_are_nobody_s() -> None:
    assert all(person.email.endswith("@example.org") for person in PEOPLE)


def test_loading_makes_them_once(db: None) -> None:
    assert str(load()["demonstration logins"]) == "9 added, 0 changed, 0 as they were"
    events = AuditEvent.objects.count()
    assert str(load()["demonstration logins"]) == "0 added, 0 changed, 9 as they were"
    assert AuditEvent.objects.count() == events


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.role)
def test_each_holds_its_role_for_a_real_organisation(db: None, person: object) -> None:
    load()
    user = User.objects.get(email=person.email)  # type: ignore[attr-defined]  # a Person
    assert user.demonstration
    assert actor_of(user).roles == {person.role}  # type: ignore[attr-defined]  # a Person
    held = Organisation.objects.get(pk=next(iter(actor_of(user).grants)).organisation_id)
    assert held.name == person.organisation  # type: ignore[attr-defined]  # a Person


def test_each_can_sign_in(db: None) -> None:
    load()
    for person in PEOPLE:
        client = Client()
        client.post("/account/login/", {"login": person.email, "password": PASSWORD})
        assert person.name in client.get("/mijn-account/").content.decode()
        assert "demonstratie" in client.get("/mijn-account/").content.decode()


def test_outside_a_demonstration_nothing_is_made(db: None, settings: Settings) -> None:
    settings.DEMONSTRATION = False
    with pytest.raises(CommandError, match="DRAAD_DEMONSTRATION is off"):
        call_command("load", "demonstration")
    assert not User.objects.filter(demonstration=True).exists()


def test_what_was_made_before_opens_nothing_once_demonstrating_is_off(db: None, settings: Settings) -> None:
    load()
    settings.DEMONSTRATION = False
    client = Client()
    response = client.post("/account/login/", {"login": PEOPLE[0].email, "password": PASSWORD})
    assert response["Location"] == "/account/inactive/"
    assert client.get("/beheer/audit/").status_code == 302


def test_the_command_says_what_it_made(db: None) -> None:
    out = StringIO()
    call_command("load", "demonstration", stdout=out)
    assert out.getvalue() == "demonstration logins: 9 added, 0 changed, 0 as they were\n"

"""Actors, roles with dates, guards: who may."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from draad.accounts import audit, guards
from draad.accounts.actor import Actor, Grant, actor_of, system
from draad.accounts.guards import (
    ADMINISTRATORS,
    EVERYONE,
    MANAGERS,
    NOBODY,
    SIGNED_IN,
    access_table,
    guard_of,
    held_by,
)
from draad.accounts.models import User
from draad.accounts.roles import Role
from draad.organisations.models import Membership, Organisation

MakeActor = Callable[..., Actor]


def test_a_visitor_holds_nothing() -> None:
    visitor = actor_of(AnonymousUser())
    assert (visitor.signed_in, visitor.roles, visitor.label) == (False, frozenset(), "visitor")
    assert not visitor.has(*Role)


def test_the_system_may_everything_and_says_its_name() -> None:
    loader = system("draad load")
    loader.require(Role.ADMINISTRATOR)
    assert loader.acts_for(1, Role.READER)
    assert loader.label == "draad load"


def test_a_role_is_held_for_an_organisation() -> None:
    actor = Actor(grants=frozenset({Grant(Role.GOVERNMENT_EDITOR, 7)}))
    assert actor.acts_for(7, Role.GOVERNMENT_EDITOR, Role.READER)
    assert not actor.acts_for(8, Role.GOVERNMENT_EDITOR)
    assert not actor.acts_for(7, Role.GOVERNMENT_APPROVER)


def test_who_may_not_is_told_who_may() -> None:
    with pytest.raises(PermissionDenied, match="beheerder, programmabeheerder"):
        Actor().require(Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER)


@pytest.mark.parametrize(
    ("on", "held"),
    [(date(2023, 12, 31), False), (date(2024, 1, 1), True), (date(2024, 6, 30), True), (date(2024, 7, 1), False)],
)
def test_a_role_holds_from_its_first_to_its_last_day(organisation: Organisation, on: date, held: bool) -> None:
    user = User(email="a@example.org", name="A")
    user.save()
    with audit.recording(by=system("test")) as log:
        log.create(
            Membership(
                user=user,
                organisation=organisation,
                role=Role.READER,
                valid_from=date(2024, 1, 1),
                valid_to=date(2024, 6, 30),
            ),
            verb="test.grant",
        )
    with time_machine.travel(on):
        assert (Role.READER in actor_of(user).roles) is held


def test_a_day_begins_at_midnight_in_brussels(organisation: Organisation) -> None:
    user = User(email="a@example.org", name="A")
    user.save()
    with audit.recording(by=system("test")) as log:
        log.create(
            Membership(user=user, organisation=organisation, role=Role.READER, valid_from=date(2024, 7, 1)),
            verb="test.grant",
        )
    with time_machine.travel("2024-06-30T21:59:00Z"):
        assert actor_of(user).roles == frozenset()
    with time_machine.travel("2024-06-30T22:01:00Z"):
        assert actor_of(user).roles == {Role.READER}


def test_closed_access_holds_no_role(person_with: MakeActor) -> None:
    user = person_with(Role.ADMINISTRATOR).user
    assert user
    user.is_active = False
    user.save()
    assert actor_of(user).roles == frozenset()


def test_mail_addresses_are_one_whatever_their_capitals(db: None) -> None:
    User(email="a@example.org", name="A").save()
    assert User.objects.get_by_natural_key("A@Example.ORG").name == "A"
    assert not User.objects.get(name="A").is_staff
    assert not User.objects.get(name="A").is_superuser


@pytest.mark.parametrize("guard", [EVERYONE, SIGNED_IN, MANAGERS, ADMINISTRATORS, held_by(Role.READER), NOBODY])
@pytest.mark.parametrize("role", [None, *Role])
def test_guards_let_in_whom_they_say(guard: guards.Guard, role: Role | None) -> None:
    actor = Actor(user=User(name="x"), grants=frozenset({Grant(role, 1)}) if role else frozenset())
    expected = guard.everyone or guard.signed_in or role in guard.roles
    assert guard.allows(actor) is expected
    assert guard.allows(Actor()) is guard.everyone


def test_an_undeclared_route_is_closed() -> None:
    assert guard_of("no:such") is NOBODY
    assert guard_of("") is NOBODY


def test_a_route_declared_twice_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from draad.publication import access

    monkeypatch.setitem(access.ACCESS, "accounts:me", EVERYONE)
    access_table.cache_clear()
    try:
        with pytest.raises(ValueError, match="accounts:me is declared twice"):
            access_table()
    finally:
        monkeypatch.undo()
        access_table.cache_clear()

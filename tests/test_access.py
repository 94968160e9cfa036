"""Every route is declared, and every role is tried on every route: it gets what the guard says, no more, no less."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation

from draad.accounts.actor import Actor
from draad.accounts.guards import access_table, guard_of
from draad.accounts.roles import Role
from tests.routes import Route, answer, own, routes, with_example

MakeActor = Callable[..., Actor]
VISITOR = "visitor"
READERS = [VISITOR, None, *Role]
LOGIN = "/account/login/"

# Pages about a second factor or key that these people do not have.
NOTHING_TO_SHOW = {
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_edit_webauthn",
    "mfa_remove_webauthn",
}
# Ways to confirm who one is that need a second factor: who has none is sent to the password or refused by allauth.
NEEDS_SECOND_FACTOR = {"mfa_reauthenticate", "mfa_reauthenticate_webauthn", "mfa_generate_recovery_codes"}
# What people may open but not change: the action says no to a post. Who assesses reads a form and does not fill it in;
# an approver takes a government out of an application, an editor does not.
READ_ONLY = {
    "applications:form": {Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER, Role.ASSESSOR},
    "applications:member_release": {Role.GOVERNMENT_EDITOR},
}


def test_every_route_has_a_name_and_a_guard() -> None:
    names = {route.name for route in routes()}
    assert sorted(names - set(access_table())) == []


def test_every_guard_has_a_route() -> None:
    names = {route.name for route in routes()}
    assert sorted(set(access_table()) - names) == []


def test_no_route_is_closed_to_everyone() -> None:
    closed = [name for name, guard in access_table().items() if not (guard.everyone or guard.signed_in or guard.roles)]
    assert closed == []


def test_what_changes_the_house_is_never_open_to_everyone() -> None:
    with translation.override("nl"):
        addresses = {route.name: reverse(route.name) for route in routes() if not route.parameters}
    work = [name for name, address in addresses.items() if address.startswith("/beheer/")]
    assert len(work) > 5
    assert [name for name in work if guard_of(name).everyone] == []
    assert [name for name in work if guard_of(name).signed_in] == ["publication:work"]


def test_every_route_with_parameters_has_an_example(db: None, arguments: Mapping[str, Mapping[str, Any]]) -> None:
    missing = set(routes()) - set(with_example({**arguments, **own(None)}))
    assert sorted(route.name for route in missing) == [], "add arguments to tests/routes.py or a module it joins"


@pytest.fixture
def enter(person_with: MakeActor) -> Callable[[Any], tuple[Client, Actor]]:
    """A client and the actor who uses it."""

    def make(who: Any) -> tuple[Client, Actor]:
        client = Client()
        if who == VISITOR:
            return client, Actor()
        actor = person_with(who)
        assert actor.user is not None
        client.force_login(actor.user)
        return client, actor

    return make


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("who", READERS)
def test_every_role_on_every_route(
    who: Any,
    method: str,
    enter: Callable[[Any], tuple[Client, Actor]],
    arguments: Mapping[str, Mapping[str, Any]],
) -> None:
    client, actor = enter(who)
    known = {**arguments, **own(actor.user)}
    wrong = []
    for language, _name in (
        settings.LANGUAGES if method == "get" and who in {VISITOR, Role.ADMINISTRATOR} else [("nl", "")]
    ):
        for route in with_example(known):
            status, location = answer(client, method, route, known.get(route.name, {}), language)
            problem = problem_with(route, actor, method, status, location)
            if problem:
                wrong.append(f"{method} {route.name} ({language}): {problem}")
    assert wrong == []


def problem_with(route: Route, actor: Actor, method: str, status: int, location: str) -> str:
    """What differs from what the guard says; empty when all is right."""
    to_login = status == HTTPStatus.FOUND and location.removeprefix("/en").startswith(LOGIN + "?next=")
    if not guard_of(route.name).allows(actor):
        right = status == HTTPStatus.FORBIDDEN if actor.signed_in else to_login
        return "" if right else f"should be refused, answers {status} {location}"
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return f"fails with {status}"
    if method == "post" and actor.roles & READ_ONLY.get(route.name, set()):
        return "" if status == HTTPStatus.FORBIDDEN else f"should only be read, answers {status}"
    if status == HTTPStatus.FORBIDDEN and route.name not in NEEDS_SECOND_FACTOR:
        return "should be let in, is refused"
    if status == HTTPStatus.NOT_FOUND and route.name not in NOTHING_TO_SHOW:
        return "is not found with the arguments of tests/routes.py"
    if method == "get" and to_login:
        return "should be let in, is sent to sign in"
    return ""

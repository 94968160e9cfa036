"""What is of one government stays closed to the people of another, on every route."""

from __future__ import annotations

from http import HTTPStatus

import pytest

from draad.accounts.guards import guard_of
from draad.accounts.roles import Role
from draad.applications.states import WRITING
from tests.applications.dossiers import dossier_routes
from tests.applications.making import enter, government, person
from tests.routes import answer, with_example

# How a page of somebody else answers: not allowed, not found, or no page that can be opened at all.
CLOSED = {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED}


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", sorted(WRITING))
def test_the_people_of_a_government_neither_see_nor_change_what_is_of_another(role: Role, method: str) -> None:
    actor = person(role, "Gent")
    client = enter(actor)
    theirs = dossier_routes(government("Antwerpen"))
    tried = [route for route in with_example(theirs) if route.name in theirs and guard_of(route.name).allows(actor)]
    answers = {route.name: answer(client, method, route, theirs[route.name], "nl")[0] for route in tried}
    assert len(tried) > 10
    assert {name: status for name, status in answers.items() if status not in CLOSED} == {}

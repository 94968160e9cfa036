"""Fixtures that every test can use: a database that holds the facts of Plan Samenleven, and people with roles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.db import transaction
from django.test import Client
from django.utils import translation
from pytest_django.plugin import DjangoDbBlocker

from draad.accounts import audit
from draad.accounts.actor import Actor, actor_of, system
from draad.accounts.models import User
from draad.accounts.roles import Role
from draad.organisations.models import Membership, Organisation

MakeActor = Callable[..., Actor]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Load the facts once; each test runs in a transaction on top of them."""
    from draad.datasets import DATASETS

    with django_db_blocker.unblock():
        DATASETS["plan-samenleven"]()


@pytest.fixture(scope="module")
def example_rounds(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The example rounds, for all tests of a module: each test runs on top of them, after the last they are gone."""
    from draad.datasets.example.loading import load

    with django_db_blocker.unblock(), transaction.atomic():
        load()
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def dutch() -> None:
    """Each test begins in Dutch: a request for an English page leaves English on in its thread."""
    translation.activate("nl")


@pytest.fixture
def organisation(db: None) -> Organisation:
    """Some organisation to hold roles for."""
    with audit.recording(by=system("test")) as log:
        return log.create(
            Organisation(slug="testbestuur", kind="local_government", name="Testbestuur", source="test"),
            verb="test.add",
        )


@pytest.fixture
def person_with(organisation: Organisation) -> MakeActor:
    """Makes a person who holds a role since 2020, by default for the test organisation; gives the actor."""

    def make(role: Role | None, *, email: str = "", held_for: Organisation | None = None) -> Actor:
        user = User(email=email or f"{role or 'nobody'}@example.org", name=f"Test {role}")
        user.set_password("rode-draad-test")
        user.save()
        if role:
            with audit.recording(by=system("test")) as log:
                log.create(
                    Membership(
                        user=user, organisation=held_for or organisation, role=role, valid_from=date(2020, 1, 1)
                    ),
                    verb="test.grant",
                )
        return actor_of(user)

    return make


@pytest.fixture
def sign_in(person_with: MakeActor) -> Callable[[Role | None], Client]:
    """Gives a test client in which a person with that role is signed in."""

    def enter(role: Role | None) -> Client:
        client = Client()
        user = person_with(role).user
        assert user is not None
        client.force_login(user, backend="draad.accounts.backend.AccountBackend")
        return client

    return enter

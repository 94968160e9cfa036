"""Fixtures that every test can use: a database that holds the facts of Plan Samenleven, and people with roles."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import translation
from hypothesis import HealthCheck, settings
from pytest_django.plugin import DjangoDbBlocker

from draad.accounts import audit, freshness
from draad.accounts.actor import Actor, actor_of, system
from draad.accounts.models import User
from draad.accounts.roles import Role
from draad.organisations.models import Membership, Organisation
from tests.browser.site import own_database

MakeActor = Callable[..., Actor]
Arguments = Mapping[str, Any]

# Properties are held to their answers, not to the clock of a busy machine, and try the same examples each time:
# what fails is what changed. With DRAAD_TEST_RANDOM=1 they look for examples that nobody tried.
settings.register_profile(
    "draad",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=not os.environ.get("DRAAD_TEST_RANDOM"),
    database=None,
)
settings.load_profile("draad")


LOADED_PER_MODULE = {"example_rounds", "demonstration"}
WITH_A_DATABASE = {"db", "django_db_setup", "environment", "site", "empty"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep a module that loads much in one process; on PostgreSQL run only what has to do with a database.

    The suite runs on SQLite and then on PostgreSQL: what asks for no database gives the same twice.
    """
    for item in items:
        if LOADED_PER_MODULE & _fixtures(item):
            item.add_marker(pytest.mark.xdist_group(item.location[0]))
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        chosen = [item for item in items if item.get_closest_marker("django_db") or WITH_A_DATABASE & _fixtures(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in set(chosen)])
        items[:] = chosen


def _fixtures(item: pytest.Item) -> set[str]:
    """The names of all fixtures that a test uses."""
    return set(getattr(item, "fixturenames", ()))


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


@pytest.fixture(scope="module")
def demonstration(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """All that ``draad prepare`` loads: people, example rounds, a plan, a round to try."""
    with django_db_blocker.unblock(), transaction.atomic():
        for name in ("demonstration", "example", "example-plan", "example-round"):
            call_command("load", name, verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def remembered_only_what_is_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test begins with nothing remembered; to remember what comes from a table that anybody may write fails it."""
    freshness.forget()

    def fail(make: Callable[..., object], tables: Collection[str]) -> None:
        pytest.fail(f"{make.__qualname__} is remembered but reads {sorted(tables)}, which no recording guards")

    monkeypatch.setattr(freshness, "not_remembered", fail)


@pytest.fixture(scope="module")
def arguments(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Mapping[str, Arguments]]:
    """What every route needs, with what it leads to, for all tests of a module; after the last it is gone."""
    from tests.routes import prepare

    with django_db_blocker.unblock(), translation.override("nl"), transaction.atomic():
        the_organisation()
        yield prepare(make_person)
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def dutch() -> None:
    """Each test begins in Dutch: a request for an English page leaves English on in its thread."""
    translation.activate("nl")


def the_organisation() -> Organisation:
    """The organisation that people of tests hold roles for; made when it is not there."""
    found: Organisation | None = Organisation.objects.filter(slug="testbestuur").first()
    if found:
        return found
    with audit.recording(by=system("test")) as log:
        return log.create(
            Organisation(slug="testbestuur", kind="local_government", name="Testbestuur", source="test"),
            verb="test.add",
        )


def make_person(role: Role | None, *, email: str = "", held_for: Organisation | None = None) -> Actor:
    """A person who holds a role since 2020, by default for the test organisation."""
    user = User(email=email or f"{role or 'nobody'}@example.org", name=f"Test {role}")
    user.set_password("rode-draad-test")
    user.save()
    if role:
        held = {"organisation": held_for or the_organisation(), "role": role, "valid_from": date(2020, 1, 1)}
        with audit.recording(by=system("test")) as log:
            log.create(Membership(user=user, **held), verb="test.grant")
    return actor_of(user)


@pytest.fixture
def organisation(db: None) -> Organisation:
    """Some organisation to hold roles for."""
    return the_organisation()


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    """For commands in a process of their own: a data folder and a database of the kind that the suite runs on."""
    with own_database(os.environ.get("DATABASE_URL", "")) as address:
        yield {
            **os.environ,
            "DATABASE_URL": address,
            "DRAAD_DATA_DIR": str(tmp_path / "data"),
            "DRAAD_BASE_URL": "http://127.0.0.1:8000",
            "DJANGO_SETTINGS_MODULE": "draad.config.settings",
        }


@pytest.fixture
def person_with(organisation: Organisation) -> MakeActor:
    """Makes a person who holds a role since 2020, by default for the test organisation; gives the actor."""
    return make_person


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

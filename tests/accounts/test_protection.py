"""What a room publishes is kept by the database itself: refused, lifted for a migration or ``flush``, and put back."""

from __future__ import annotations

import pytest
from django.db import Error, connection, transaction
from django.db.models.signals import post_migrate, pre_migrate

from draad.accounts.models import User
from draad.accounts.protection import PROTECTIONS, Protection

pytestmark = pytest.mark.django_db
FIXED = Protection(
    "test_fixed",
    "who is fixed stays",
    {("accounts_user", verb): f"{row}.name = 'vast'" for verb, row in
     [("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD")]},
)  # fmt: skip


def triggers(name: str) -> set[str]:
    names = "tgname FROM pg_trigger WHERE NOT tgisinternal AND tgname"
    if connection.vendor == "sqlite":
        names = "name FROM sqlite_master WHERE type = 'trigger' AND name"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {names} LIKE %s", [f"{name}%"])
        return {row[0] for row in cursor.fetchall()}


@pytest.fixture
def fixed() -> User:
    user: User = User.objects.create(email="vast@example.org", name="vast")
    FIXED.protect("default")
    return user


def test_the_database_refuses_with_the_words_of_the_room(fixed: User) -> None:
    with pytest.raises(Error, match="who is fixed stays"), transaction.atomic():
        User.objects.filter(pk=fixed.pk).update(name="los")
    with pytest.raises(Error, match="who is fixed stays"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM accounts_user WHERE id = %s", [fixed.pk])
    with pytest.raises(Error, match="who is fixed stays"), transaction.atomic():
        User.objects.create(email="ook@example.org", name="vast")
    assert User.objects.filter(name="vast").count() == 1


def test_what_the_condition_does_not_name_is_free(fixed: User) -> None:
    other = User.objects.create(email="los@example.org", name="los")
    User.objects.filter(pk=other.pk).update(name="anders")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM accounts_user WHERE id = %s", [other.pk])
        assert cursor.rowcount == 1


def test_protecting_twice_is_protecting_once(fixed: User) -> None:
    once = triggers("test_fixed")
    FIXED.protect("default")
    assert triggers("test_fixed") == once
    assert len(once) == len(FIXED.refused)


def test_a_migration_lifts_it_and_puts_it_back(fixed: User) -> None:
    FIXED.before_migrate(using="default", verbosity=0)
    assert triggers("test_fixed") == set()
    User.objects.filter(pk=fixed.pk).update(name="even los")
    FIXED.after_migrate(using="default", verbosity=0)
    assert len(triggers("test_fixed")) == 3


def test_without_its_tables_a_migration_leaves_it_alone() -> None:
    nothing = Protection("test_nothing", "never", {("test_no_such_table", "UPDATE"): "OLD.id = 1"})
    nothing.before_migrate(using="default")
    nothing.after_migrate(using="default")
    assert triggers("test_nothing") == set()


def test_what_is_published_is_protected_in_this_database() -> None:
    assert set(PROTECTIONS) == {"published_plan", "published_terms"}
    for name, protection in PROTECTIONS.items():
        assert triggers(name) == {protection.trigger(table, verb) for table, verb in protection.refused}


def test_names_are_short_enough_for_every_database() -> None:
    """PostgreSQL cuts a name after 63 characters, and two that were cut may be one."""
    names = [one.trigger(table, verb) for one in PROTECTIONS.values() for table, verb in one.refused]
    assert len(set(names)) == len(names)
    assert max(len(name) for name in names) <= 63


def test_every_protection_follows_the_migrations_of_its_room() -> None:
    for signal in (pre_migrate, post_migrate):
        known = [key[0] for key, *_rest in signal.receivers]
        assert {name for name in PROTECTIONS if any(name in str(one) for one in known)} == set(PROTECTIONS)

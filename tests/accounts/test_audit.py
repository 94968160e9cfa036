"""Recordings: one transaction, one event for each object, with before and after; nothing passes them by."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import models

from draad.accounts import audit
from draad.accounts.actor import Actor, system
from draad.accounts.audit import state_of
from draad.accounts.models import AuditEvent, AuditHead, User
from draad.accounts.sync import SyncCount, sync
from draad.accounts.writing import UnrecordedWriteError
from draad.organisations.models import Membership, Organisation

TEST = system("test")


def make(slug: str = "proef", **values: object) -> Organisation:
    return Organisation(**{"slug": slug, "kind": "agency", "name": slug.title(), "source": "test", **values})


def last() -> AuditEvent:
    event = AuditEvent.objects.order_by("-number").first()
    assert event
    return event


def test_a_new_object_leaves_an_event_with_all_that_was_stored(db: None) -> None:
    with audit.recording(by=TEST, reason="om te proberen") as log:
        made = log.create(make(valid_from=date(2022, 1, 1)), verb="test.add")
    event = last()
    assert (event.verb, event.object_type, event.object_key) == (
        "test.add",
        "organisations.organisation",
        str(made.pk),
    )
    assert (event.actor, event.reason, event.before) == ("test", "om te proberen", None)
    assert event.after["slug"] == "proef"
    assert event.after["valid_from"] == "2022-01-01"


def test_a_change_keeps_only_the_fields_that_changed(db: None) -> None:
    with audit.recording(by=TEST) as log:
        made = log.create(make(), verb="test.add")
    with audit.recording(by=TEST) as log:
        assert log.change(made, verb="test.change", name="Anders", source="test")
    assert (last().before, last().after) == ({"name": "Proef"}, {"name": "Anders"})


def test_no_change_writes_nothing(db: None) -> None:
    with audit.recording(by=TEST) as log:
        made = log.create(make(), verb="test.add")
    before = AuditEvent.objects.count()
    with audit.recording(by=TEST) as log:
        assert not log.change(made, verb="test.change", name="Proef")
    assert AuditEvent.objects.count() == before


def test_a_removed_object_leaves_its_last_state(db: None) -> None:
    with audit.recording(by=TEST) as log:
        made = log.create(make(), verb="test.add")
    with audit.recording(by=TEST, reason="weg") as log:
        log.remove(made, verb="test.remove", reason="dubbel")
    assert last().before["slug"] == "proef"
    assert (last().after, last().reason) == (None, "dubbel")
    assert not Organisation.objects.filter(slug="proef").exists()


def test_many_new_objects_leave_one_event_each(db: None) -> None:
    start = AuditEvent.objects.count()
    with audit.recording(by=TEST) as log:
        log.create_many([make(f"o{n}") for n in range(20)], verb="test.add")
        log.create_many([], verb="test.add")
    assert AuditEvent.objects.count() == start + 20


def test_what_fails_leaves_neither_object_nor_event(db: None) -> None:
    start = AuditEvent.objects.count()

    def fail() -> None:
        with audit.recording(by=TEST) as log:
            log.create(make(), verb="test.add")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert AuditEvent.objects.count() == start
    assert not Organisation.objects.filter(slug="proef").exists()


def test_an_empty_recording_leaves_nothing(db: None) -> None:
    head = AuditHead.objects.get().number
    with audit.recording(by=TEST):
        pass
    assert AuditHead.objects.get().number == head


@pytest.mark.parametrize(
    "write",
    [
        lambda: make().save(),
        lambda: Organisation.objects.create(slug="x", kind="agency", name="x", source="x"),
        lambda: Organisation.objects.bulk_create([make()]),
        lambda: Organisation.objects.update(name="x"),
        lambda: Organisation.objects.all().delete(),
        lambda: Organisation.objects.bulk_update(Organisation.objects.all()[:1], ["name"]),
        lambda: Organisation.objects.all()[0].delete(),
        lambda: Membership(valid_from=date(2020, 1, 1)).save(),
    ],
)
def test_no_write_passes_the_audit_by(db: None, write: object) -> None:
    with pytest.raises(UnrecordedWriteError, match=r"only inside audit\.recording"):
        write()  # type: ignore[operator]  # one of the lambdas above


def test_passwords_never_appear(db: None) -> None:
    user = User(email="a@example.org", name="A")
    user.set_password("geheim-woord-123")
    with audit.recording(by=TEST) as log:
        log.create(user, verb="test.add")
    assert "password" not in last().after
    assert user.password not in str(last().after)


class Sum(models.Model):
    """A table that exists only here, for values of every kind."""

    amount = models.DecimalField(max_digits=9, decimal_places=2)
    share = models.FloatField()
    on = models.DateField(null=True)

    class Meta:
        app_label = "tests"
        managed = False

    def __str__(self) -> str:
        return str(self.amount)


@pytest.mark.parametrize("amount", [60, "60", Decimal(60), Decimal("60.0"), Decimal("60.00")])
def test_one_amount_is_stored_in_one_way(amount: object) -> None:
    assert state_of(Sum(amount=amount, share=0.0))["amount"] == "60.00"


@pytest.mark.parametrize(("share", "stored"), [(0.1, "0.1"), (1e16, "1e+16"), (-0.0, "-0.0"), (1e-7, "1e-07")])
def test_fractions_are_text_because_databases_write_them_differently(share: float, stored: str) -> None:
    assert state_of(Sum(amount=1, share=share))["share"] == stored


def test_a_note_is_kept_as_both_databases_give_it_back(db: None) -> None:
    user = User(email="a@example.org", name="A")
    user.save()
    with audit.recording(by=Actor(user=user)) as log:
        log.note(user, verb="test.note", before=None, after={"rate": 0.25, "on": date(2026, 1, 1), "n": 3})
    assert last().after == {"rate": "0.25", "on": "2026-01-01", "n": 3}
    assert last().user == user


def test_long_labels_are_cut(db: None) -> None:
    user = User(email="a@example.org", name="N" * 150)
    user.save()
    with audit.recording(by=Actor(user=user)) as log:
        log.note(user, verb="test.note", before=None, after=None)
    assert len(last().actor) == 150


def test_sync_adds_changes_and_leaves_alone(db: None) -> None:
    rows = [
        {"slug": "a", "kind": "agency", "name": "A", "source": "s"},
        {"slug": "b", "kind": "agency", "name": "B", "source": "s"},
    ]
    with audit.recording(by=TEST) as log:
        assert sync(log, Organisation, rows, key=["slug"], room="test") == SyncCount(added=2)
    rows[1]["name"] = "Bee"
    with audit.recording(by=TEST) as log:
        count = sync(log, Organisation, rows, key=["slug"], room="test")
    assert str(count) == "0 added, 1 changed, 1 as they were"
    assert (last().verb, last().after) == ("test.organisation.change", {"name": "Bee"})
    assert count + SyncCount(1, 1, 1) == SyncCount(1, 2, 2)


def test_sync_refuses_two_rows_with_one_key(db: None) -> None:
    rows = [{"slug": "a", "kind": "agency", "name": "A", "source": "s"}] * 2
    with pytest.raises(ValueError, match="occurs twice"), audit.recording(by=TEST) as log:
        sync(log, Organisation, rows, key=["slug"], room="test")

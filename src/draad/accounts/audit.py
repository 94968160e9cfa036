"""Every write of Draad goes through a recording: one transaction, one event per object, chained by hash.

How the chain is made and verified stands in ``draad.accounts.chain``.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from secrets import token_hex
from typing import Any, TypeVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone

from draad.accounts.actor import Actor
from draad.accounts.chain import hash_of
from draad.accounts.freshness import look_again
from draad.accounts.models import AuditEvent, AuditHead
from draad.accounts.statements import recorded_tables, tables_written
from draad.accounts.writing import writing_allowed

M = TypeVar("M", bound=models.Model)
Values = dict[str, Any]


@dataclass(frozen=True)
class Entry:
    """An event that waits for its place in the chain."""

    verb: str
    object_type: str
    object_key: str
    object_label: str
    before: Values | None
    after: Values | None
    reason: str


def state_of(instance: models.Model, fields: Sequence[str] | None = None) -> Values:
    """The stored values of an object as plain JSON values, by column name; secrets never appear."""
    values = {
        field.attname: _stored(field, instance)
        for field in instance._meta.concrete_fields
        if field.attname != "password" and (fields is None or field.name in fields or field.attname in fields)
    }
    return _plain(values)


def _plain(values: Values) -> Values:
    """Values as both databases give them back; a fraction becomes text, because they write one number differently."""
    return dict(json.loads(json.dumps(values, cls=DjangoJSONEncoder), parse_float=str))


def _stored(field: models.Field[Any, Any], instance: models.Model) -> Any:
    """The value as the database will give it back, so that 60 and 60.00 euro are one amount; a file by its name."""
    value = field.to_python(field.value_from_object(instance))
    if isinstance(field, models.DecimalField) and value is not None:
        return value.quantize(Decimal(1).scaleb(-(field.decimal_places or 0)))
    if isinstance(field, models.FileField):
        return str(value)
    return value


@dataclass
class Recording:
    """What is written in one transaction, and the events it leaves."""

    by: Actor
    reason: str = ""
    entries: list[Entry] = field(default_factory=list)

    def create(self, instance: M, *, verb: str, reason: str = "") -> M:
        """Store a new object."""
        instance.save(force_insert=True)
        self.note(instance, verb=verb, before=None, after=state_of(instance), reason=reason)
        return instance

    def create_many(self, instances: Sequence[M], *, verb: str, reason: str = "") -> list[M]:
        """Store new objects of one table at once; one event each."""
        if not instances:
            return []
        stored: list[M] = type(instances[0])._default_manager.bulk_create(instances)
        for instance in stored:
            self.note(instance, verb=verb, before=None, after=state_of(instance), reason=reason)
        return stored

    def change(self, instance: M, *, verb: str, reason: str | None = None, **values: Any) -> bool:
        """Give an object new values; nothing is written and False returned when all are as they were.

        ``reason`` says why in the event; a table that has a column of that name keeps it there as well.
        """
        if reason is not None and any(field.name == "reason" for field in instance._meta.concrete_fields):
            values["reason"] = reason
        before = state_of(instance, list(values))
        for name, value in values.items():
            setattr(instance, name, value)
        after = state_of(instance, list(values))
        if before == after:
            return False
        instance.save(update_fields=list(values))
        changed = {name for name in after if after[name] != before[name]}
        self.note(
            instance,
            verb=verb,
            before={name: before[name] for name in sorted(changed)},
            after={name: after[name] for name in sorted(changed)},
            reason=reason or "",
        )
        return True

    def remove(self, instance: models.Model, *, verb: str, reason: str = "") -> None:
        """Delete an object; its last state stays in the event."""
        self.note(instance, verb=verb, before=state_of(instance), after=None, reason=reason)
        instance.delete()

    def note(
        self, instance: models.Model, *, verb: str, before: Values | None, after: Values | None, reason: str = ""
    ) -> None:
        """Add an event about an object without writing the object itself, such as a sign-in or an export."""
        self.entries.append(
            Entry(
                verb=verb,
                object_type=instance._meta.label_lower,
                object_key=str(instance.pk),
                object_label=str(instance)[:300],
                before=None if before is None else _plain(before),
                after=None if after is None else _plain(after),
                reason=reason or self.reason,
            )
        )


@contextmanager
def recording(*, by: Actor, reason: str = "") -> Iterator[Recording]:
    """Open the only door to audited tables: all that is written inside is one transaction with its events.

    Args:
        by: who writes.
        reason: why, for every event that names no reason of its own.
    """
    with transaction.atomic(), writing_allowed(), tables_written() as tables:
        opened = Recording(by=by, reason=reason)
        yield opened
        _seal(opened, recorded_tables().intersection(tables))


def _locked_head() -> AuditHead:
    """The head of the chain, which nobody else moves until the transaction ends; the first recording makes it."""
    heads = AuditHead.objects.select_for_update()
    head: AuditHead | None = heads.filter(id=1).first()
    if head is None:
        AuditHead.objects.get_or_create(id=1)
        head = heads.get(id=1)
    return head


def _seal(opened: Recording, written: Collection[str]) -> None:
    if not opened.entries and not written:
        return
    head = _locked_head()
    at = timezone.now()
    events = []
    for entry in opened.entries:
        event = AuditEvent(
            number=head.number + 1,
            at=at,
            user=opened.by.user,
            actor=opened.by.label[:150],
            verb=entry.verb,
            object_type=entry.object_type,
            object_key=entry.object_key,
            object_label=entry.object_label,
            before=entry.before,
            after=entry.after,
            reason=entry.reason,
            previous_hash=head.hash,
        )
        event.hash = hash_of(event)
        head.number, head.hash = event.number, event.hash
        events.append(event)
    AuditEvent.objects.bulk_create(events, batch_size=500)
    head.marks |= dict.fromkeys(written, token_hex(8))
    head.save()
    look_again()

"""Reads of the audit that more than one page needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.db.models import QuerySet
from django.urls import reverse

from draad.accounts.actor import Actor
from draad.accounts.models import AuditEvent
from draad.accounts.roles import Role
from draad.accounts.words import field_in_words, value_in_words, verb_in_words
from draad.documents.tables import Value

LONGEST_HISTORY = 50


@dataclass(frozen=True)
class Change:
    """One field of an event: its name, and its value before and after."""

    field: str
    before: Value
    after: Value


@dataclass(frozen=True)
class Happening:
    """An event as a history tells it. ``who`` is empty and ``href`` None for a reader who may not see them."""

    at: datetime
    what: str
    who: str
    reason: str
    fields: Sequence[str]
    href: str | None


def events_of(instance: models.Model) -> QuerySet[AuditEvent]:
    """Every event about an object, the newest first."""
    about = AuditEvent.objects.filter(object_type=instance._meta.label_lower, object_key=str(instance.pk))
    return about.order_by("-number")


def history_of(instance: models.Model, reader: Actor | None = None) -> list[Happening]:
    """The latest events about an object, for ``<c-history :events="…" />``.

    Args:
        instance: the object.
        reader: who reads; names of people are for who signed in, links to events for administrators.
    """
    return happenings(events_of(instance)[:LONGEST_HISTORY], reader)


def happenings(events: QuerySet[AuditEvent], reader: Actor | None = None) -> list[Happening]:
    """Events as a history tells them, in their order."""
    named = reader is not None and reader.signed_in
    linked = reader is not None and reader.has(Role.ADMINISTRATOR)
    return [
        Happening(
            at=event.at,
            what=verb_in_words(event.verb),
            who=event.actor if named or event.user_id is None else "",
            reason=event.reason,
            fields=[change.field for change in changes_of(event)] if event.before and event.after else [],
            href=reverse("accounts:audit_event", args=[event.number]) if linked else None,
        )
        for event in events
    ]


def changes_of(event: AuditEvent) -> list[Change]:
    """Field by field what an event changed."""
    columns = list(dict.fromkeys([*(event.before or {}), *(event.after or {})]))
    return [
        Change(
            field_in_words(event.object_type, column),
            value_in_words(event.before, column),
            value_in_words(event.after, column),
        )
        for column in columns
    ]

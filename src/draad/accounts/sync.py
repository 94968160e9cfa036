"""Bring a table in line with a list of facts: add what is new, change what differs, leave the rest alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import models

from draad.accounts.audit import Recording

M = TypeVar("M", bound=models.Model)


@dataclass
class SyncCount:
    """How many rows a synchronisation added, changed and left as they were."""

    added: int = 0
    changed: int = 0
    same: int = 0

    def __add__(self, other: SyncCount) -> SyncCount:
        return SyncCount(self.added + other.added, self.changed + other.changed, self.same + other.same)

    def __str__(self) -> str:
        return f"{self.added} added, {self.changed} changed, {self.same} as they were"


def sync(
    log: Recording,
    model: type[M],
    rows: Sequence[Mapping[str, Any]],
    *,
    key: Sequence[str],
    room: str,
    within: models.Q | None = None,
) -> SyncCount:
    """Add or change rows of ``model`` so that they equal ``rows``; what is absent from ``rows`` stays.

    Args:
        log: the open recording; each addition and change leaves an event.
        model: the table.
        rows: field values by column name (``attname``: a foreign key as ``round_id``).
        key: the columns that identify a row.
        room: prefix of the audit verbs, such as ``organisations.territory``.
        within: limits the existing rows that are read.

    Raises:
        ValueError: when two rows have the same key.
    """
    name = model.__name__.lower()
    existing = {
        tuple(getattr(found, part) for part in key): found
        for found in model._default_manager.filter(within or models.Q())
    }
    count = SyncCount()
    fresh: dict[tuple[Any, ...], M] = {}
    for row in rows:
        identity = tuple(row[part] for part in key)
        if identity in fresh:
            raise ValueError(f"{name} occurs twice in the facts: {identity}")
        found = existing.get(identity)
        if found is None:
            fresh[identity] = model(**row)
        elif log.change(found, verb=f"{room}.{name}.change", **{k: v for k, v in row.items() if k not in key}):
            count.changed += 1
        else:
            count.same += 1
    log.create_many(list(fresh.values()), verb=f"{room}.{name}.add")
    count.added = len(fresh)
    return count

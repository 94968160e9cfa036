"""Brings rows in line with a complete list: adds, changes, and removes what the list no longer has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models

from draad.accounts.audit import Recording
from draad.accounts.sync import SyncCount, sync

ROOM = "organisations"


def mirror(
    log: Recording,
    model: type[models.Model],
    rows: Sequence[Mapping[str, Any]],
    *,
    key: Sequence[str],
    within: models.Q,
) -> SyncCount:
    """Make the rows of ``model`` that lie ``within`` equal ``rows``; each write leaves an event.

    Args:
        log: the open recording.
        model: the table.
        rows: field values by column name.
        key: the columns that identify a row.
        within: the rows that the list speaks of; of these, what the list lacks is removed.
    """
    kept = {tuple(row[part] for part in key) for row in rows}
    for found in list(model._default_manager.filter(within)):
        if tuple(getattr(found, part) for part in key) not in kept:
            log.remove(found, verb=f"{ROOM}.{model.__name__.lower()}.remove")
    return sync(log, model, rows, key=key, room=ROOM, within=within)

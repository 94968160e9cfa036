"""What happened to a measure, one line for each time that somebody wrote it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from draad.accounts.actor import Actor
from draad.accounts.queries import Happening, history_of
from draad.accounts.words import field_in_words
from draad.plans.models import Measure

TECHNICAL = ("provenance", "revision")
"""Columns that tell a reader nothing."""


def history_of_measure(measure: Measure, reader: Actor) -> list[Happening]:
    """The times that a measure was written, the newest first, with the fields and rows that changed."""
    silent = {field_in_words(measure._meta.label_lower, column) for column in TECHNICAL}
    written = groupby(history_of(measure, reader), key=lambda happening: (happening.at, happening.what))
    return [_together(list(events), silent) for _when, events in written]


def _together(events: Sequence[Happening], silent: set[str]) -> Happening:
    """The events of one writing as one: all that it changed."""
    fields = [field for event in reversed(events) for field in event.fields if field not in silent]
    return replace(events[-1], fields=list(dict.fromkeys(fields)))

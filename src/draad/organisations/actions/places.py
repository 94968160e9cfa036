"""Figures and positions of territories from lists with a source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.roles import Role
from draad.accounts.sync import SyncCount, sync
from draad.organisations.actions.mirror import ROOM, mirror
from draad.organisations.models import PopulationFigure, PopulationGroup, Territory, TilePosition


@dataclass(frozen=True)
class Inhabitants:
    """How many persons live in a territory."""

    nis: str
    persons: int


@dataclass(frozen=True)
class Place:
    """The square of a territory on the grid of an edition."""

    edition: str
    nis: str
    column: int
    row: int


def publish_population(
    figures: Sequence[Inhabitants], *, by: Actor, reference_date: date, group: PopulationGroup, source: str
) -> SyncCount:
    """Store published inhabitants; a figure that people have since given from another source stays theirs."""
    by.require(Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER)
    pks = _territories()
    within = Q(reference_date=reference_date, group=group)
    theirs = set(PopulationFigure.objects.filter(within).exclude(source=source).values_list("territory_id", flat=True))
    with audit.recording(by=by) as log:
        rows = [
            {"territory_id": pks[figure.nis], "reference_date": reference_date, "group": group.value,
             "persons": figure.persons, "source": source}
            for figure in figures
            if pks[figure.nis] not in theirs
        ]  # fmt: skip
        return sync(log, PopulationFigure, rows, key=["territory_id"], room=ROOM, within=within)


def lay_tiles(places: Sequence[Place], *, by: Actor) -> SyncCount:
    """Store the complete grid of the editions that occur in ``places``."""
    by.require(Role.ADMINISTRATOR)
    pks = _territories()
    rows: list[dict[str, Any]] = [
        {"edition": place.edition, "territory_id": pks[place.nis], "column": place.column, "row": place.row}
        for place in places
    ]
    within = Q(edition__in={place.edition for place in places})
    with audit.recording(by=by) as log:
        return mirror(log, TilePosition, rows, key=["edition", "territory_id"], within=within)


def _territories() -> dict[str, int]:
    return dict(Territory.objects.values_list("nis", "pk"))

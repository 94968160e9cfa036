"""Inhabitants of territories: as published, and for a merged municipality the sum of its predecessors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from draad.documents.tables import Gap
from draad.organisations.models import PopulationFigure, PopulationGroup, Territory
from draad.organisations.queries.timeline import Timeline


@dataclass(frozen=True)
class Inhabitants:
    """Persons in a territory; ``parts`` are the predecessors whose figures were added up, if any were."""

    persons: int | Gap
    parts: tuple[str, ...] = ()
    source: str = ""


def gap_for(group: str) -> Gap:
    """Why a figure of this group is missing: the total is public, origin per municipality is not."""
    return Gap(_("niet bekend") if group == PopulationGroup.TOTAL else _("niet openbaar"))


def reference_dates_on(on: date) -> dict[str, date]:
    """Per group the date of the figures that count on a day: the newest not after it, else the oldest."""
    known: dict[str, list[date]] = {}
    rows = PopulationFigure.objects.order_by("group", "reference_date").values_list("group", "reference_date")
    for group, day in rows.distinct():
        known.setdefault(group, []).append(day)
    return {group: max((day for day in dates if day <= on), default=dates[0]) for group, dates in known.items()}


def inhabitants(
    history: Timeline, reference_date: date | None, group: str = PopulationGroup.TOTAL
) -> dict[int, Inhabitants]:
    """For each territory (primary key) its inhabitants on ``reference_date``.

    A territory without a figure of its own that came from others gets the sum of theirs: mergers in Flanders join
    whole municipalities. When one of them is missing, so is the sum.
    """
    known: dict[int, PopulationFigure] = {}
    if reference_date:
        rows = PopulationFigure.objects.filter(reference_date=reference_date, group=group)
        known = {figure.territory_id: figure for figure in rows}
    return {pk: _of(place, history, known, group) for pk, place in history.territories.items()}


def _of(place: Territory, history: Timeline, known: Mapping[int, PopulationFigure], group: str) -> Inhabitants:
    figure = known.get(place.pk)
    if figure:
        return Inhabitants(figure.persons, (), figure.source)
    parts = [history.territories[pk] for pk in history.predecessors.get(place.pk, [])]
    values = [_of(part, history, known, group) for part in parts]
    persons = [value.persons for value in values if isinstance(value.persons, int)]
    if not parts or len(persons) < len(parts):
        return Inhabitants(gap_for(group))
    return Inhabitants(sum(persons), tuple(sorted(part.name for part in parts)), values[0].source)


def figures_of(territories: Sequence[int]) -> list[Any]:
    """Every population figure of some territories (primary keys), newest first."""
    rows = PopulationFigure.objects.filter(territory__in=territories).select_related("territory")
    return list(rows.order_by("-reference_date", "group", "territory__nis"))

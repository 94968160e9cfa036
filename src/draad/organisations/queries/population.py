"""Inhabitants of territories: as published, and for a merged municipality the sum of its parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from draad.accounts.freshness import while_unchanged
from draad.documents.tables import Gap
from draad.organisations.models import PopulationFigure, PopulationGroup
from draad.organisations.queries.timeline import Timeline


@dataclass(frozen=True)
class Inhabitants:
    """Persons in a territory; ``parts`` names the territories whose figures were added up, when there were more."""

    persons: int | Gap
    parts: tuple[str, ...] = ()
    source: str = ""


def gap_for(group: str) -> Gap:
    """Why a figure of this group is missing: the total is public, origin per municipality is not."""
    return Gap(_("niet bekend") if group == PopulationGroup.TOTAL else _("niet openbaar"))


@while_unchanged
def _figures() -> dict[str, dict[date, dict[int, PopulationFigure]]]:
    """Every figure by group, reference date and territory (primary key), groups and dates in order; one query."""
    found: dict[str, dict[date, dict[int, PopulationFigure]]] = {}
    for figure in PopulationFigure.objects.order_by("group", "reference_date", "territory__nis"):
        found.setdefault(figure.group, {}).setdefault(figure.reference_date, {})[figure.territory_id] = figure
    return found


def reference_dates_on(on: date) -> dict[str, date]:
    """Per group the date of the figures that count on a day: the newest not after it, else the oldest."""
    return {
        group: max((day for day in dates if day <= on), default=next(iter(dates)))
        for group, dates in _figures().items()
    }


def inhabitants(
    history: Timeline, reference_date: date | None, on: date, group: str = PopulationGroup.TOTAL
) -> dict[int, Inhabitants]:
    """For each territory (primary key), as it is on ``on``, its inhabitants on ``reference_date``.

    What merged in between is added up: mergers in Flanders join whole municipalities. When the figure of one part is
    missing, so is the sum.
    """
    known = _figures().get(group, {}).get(reference_date, {}) if reference_date else {}
    then = reference_date or on
    return {pk: _of(history, history.parts_of(pk, then, on), known, group) for pk in history.territories}


def _of(history: Timeline, parts: Sequence[int], known: Mapping[int, PopulationFigure], group: str) -> Inhabitants:
    figures = [known[part] for part in parts if part in known]
    if not figures or len(figures) < len(parts):
        return Inhabitants(gap_for(group))
    names = tuple(sorted(history.territories[part].name for part in parts)) if len(parts) > 1 else ()
    return Inhabitants(sum(figure.persons for figure in figures), names, figures[0].source)


def figures_of(territories: Sequence[int]) -> list[PopulationFigure]:
    """Every figure of some territories (primary keys), newest first, then by group and code of the territory."""
    found = [
        figure
        for dates in _figures().values()
        for by_territory in dates.values()
        for figure in by_territory.values()
        if figure.territory_id in territories
    ]
    return sorted(found, key=lambda figure: figure.reference_date, reverse=True)

"""What every page with places draws on is read in one query each, and is all that the tables hold."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from draad.accounts.freshness import forget, one_glance
from draad.organisations.maps import editions, tile_map
from draad.organisations.models import (
    Area,
    AreaKind,
    Jurisdiction,
    PopulationFigure,
    Succession,
    Territory,
    TerritoryArea,
    TilePosition,
)
from draad.organisations.queries import timeline, valid_on
from draad.organisations.queries.areas import areas, areas_on, edition_on, provinces_of_governments
from draad.organisations.queries.population import figures_of, reference_dates_on
from draad.web.tilemap import categories

DAYS = [date(2019, 1, 1), date(2022, 7, 1), date(2024, 12, 31), date(2025, 1, 1), date(2026, 6, 1)]
Limit = Callable[..., Any]


@pytest.mark.parametrize(
    "read",
    [timeline, areas, editions, lambda: reference_dates_on(DAYS[0])],
    ids=["history", "areas", "tiles", "people"],
)
def test_one_query_each(db: None, read: Callable[[], object], django_assert_num_queries: Limit) -> None:
    forget()
    with one_glance():
        with django_assert_num_queries(2):  # the marks of what was written, and the reading itself
            first = read()
        with django_assert_num_queries(0):
            assert read() == first


def test_the_history_holds_every_territory_merger_and_jurisdiction(db: None) -> None:
    history = timeline()
    assert list(history.territories) == list(Territory.objects.order_by("nis").values_list("pk", flat=True))
    rows = Succession.objects.order_by("pk").values_list("predecessor_id", "successor_id", "on")
    assert [(before, after, on) for (before, after), on in history.merged_on.items()] == list(rows)
    for before, after, _on in rows:
        assert after in history.successors[before]
        assert before in history.predecessors[after]
    jurisdictions = set(Jurisdiction.objects.all())
    assert {held for rows in history.held.values() for held in rows} == jurisdictions
    assert {held for rows in history.governed.values() for held in rows} == jurisdictions
    for rows in history.held.values():
        assert [(row.valid_from or date.min, row.pk) for row in rows] == sorted(
            (row.valid_from or date.min, row.pk) for row in rows
        )


@pytest.mark.parametrize("day", DAYS)
def test_who_governs_on_a_day(db: None, day: date) -> None:
    stored = Jurisdiction.objects.filter(valid_on(day)).select_related("territory")
    found = timeline().governing(day)
    names = [timeline().territories[held.territory_id].name for held in found]
    assert set(found) == set(stored)
    assert names == sorted(names)


@pytest.mark.parametrize("day", DAYS)
def test_areas_are_those_of_the_edition_of_the_day(db: None, day: date) -> None:
    for kind in AreaKind.values:
        stored = TerritoryArea.objects.filter(kind=kind, edition=edition_on(kind, day))
        assert areas_on(day)[kind] == dict(stored.values_list("territory_id", "area__name"))


def test_an_edition_without_territories_is_an_edition(db: None) -> None:
    known = {kind: set(Area.objects.filter(kind=kind).values_list("edition", flat=True)) for kind in AreaKind.values}
    assert {kind: set(editions) for kind, editions in areas().items()} == known


@pytest.mark.parametrize("day", DAYS)
def test_provinces_of_governments(db: None, day: date) -> None:
    provinces = areas_on(day)[AreaKind.PROVINCE]
    stored = Jurisdiction.objects.filter(valid_on(day), territory__in=provinces)
    expected = {held.organisation_id: provinces[held.territory_id] for held in stored}
    assert provinces_of_governments(day) == expected


def test_figures_of_territories_stand_newest_first(db: None) -> None:
    some = list(Territory.objects.order_by("nis").values_list("pk", flat=True)[:20])
    stored = PopulationFigure.objects.filter(territory__in=some)
    assert figures_of(some) == list(stored.order_by("-reference_date", "group", "territory__nis"))
    assert figures_of([]) == []


def test_every_edition_of_the_map_draws_its_tiles(db: None) -> None:
    assert editions() == sorted(set(TilePosition.objects.values_list("edition", flat=True)))
    for edition in editions():
        drawn = tile_map(edition, {}, classes=categories([("x", "x")]), key="k", title="t")
        assert len(drawn.shapes) > 280

"""Maps of the municipalities of Flanders: a tile for each, or real boundaries when an administrator loaded them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from draad.accounts.freshness import while_unchanged
from draad.organisations.models import AreaKind, Boundary, BoundarySet, TilePosition
from draad.organisations.queries import areas_on, timeline
from draad.web.tilemap import Ground, Label, Outline, Place, Scale, Square, TileMap, TileValue, draw, grid

BOUNDARY_SIZE = 1000
HALF_LETTER = 3
OUTSIDE = _("niet in de lijst")


@while_unchanged
def _positions() -> dict[str, list[tuple[str, int, int]]]:
    """By edition the NIS code, column and row of every tile, row by row; one query."""
    found: dict[str, list[tuple[str, int, int]]] = {}
    positions = TilePosition.objects.order_by("edition", "row", "column")
    for edition, *tile in positions.values_list("edition", "territory__nis", "column", "row"):
        found.setdefault(edition, []).append(tuple(tile))
    return found


def editions() -> list[str]:
    """The years for which there is a grid of tiles, oldest first."""
    return list(_positions())


def edition_on(on: date) -> str:
    """The edition that shows the municipalities of a day: the newest of that year or before, else the oldest."""
    known = editions()
    return max((edition for edition in known if edition <= str(on.year)), default=min(known, default=""))


def has_boundaries(edition: str) -> bool:
    """Whether an administrator loaded real boundaries for an edition."""
    return bool(BoundarySet.objects.filter(edition=edition).exists())


def tile_map(
    edition: str,
    values: Mapping[str, TileValue],
    *,
    classes: Scale,
    key: str,
    title: Any,
    about: Any = "",
    outside: Any = OUTSIDE,
    markers: Collection[str] = (),
    marker_label: Any = "",
    boundaries: bool = False,
    places: Sequence[Place] | None = None,
) -> TileMap:
    """The map of an edition (2024, 2025), each municipality a link to its government.

    Args:
        edition: which municipalities; see ``edition_on``.
        values: by NIS code of that edition; a municipality without value is outlined, a ``Gap`` is hatched.
        classes: from ``quantiles``, ``breaks`` or ``categories``.
        key: unique on the page.
        title: what the map shows, for screen readers.
        about: the same in a sentence.
        outside: the words for a municipality without value.
        markers: NIS codes with a ring.
        marker_label: what the ring means.
        boundaries: real boundaries instead of tiles, when there are any.
        places: the municipalities, when the caller has read them already; see ``place``.

    Raises:
        ValueError: when a NIS code does not belong to the edition.
    """
    drawn = _places(edition) if places is None else places
    ground = (_outlines(edition, drawn) if boundaries else None) or _tiles(edition, drawn)
    return draw(drawn, ground, values, classes, key=key, title=title, about=about, outside=outside,
                marked=markers, marker_label=marker_label)  # fmt: skip


def place(nis: str, name: str, province: str, slug: str) -> Place:
    """A municipality as the map needs it, with a link to the page of its government."""
    return Place(nis, name, province, reverse("organisations:government", args=[slug]))


@while_unchanged
def _places(edition: str) -> list[Place]:
    """The municipalities on the last day of an edition, in alphabetical order."""
    on = date(int(edition), 12, 31)
    provinces, history = areas_on(on)[AreaKind.PROVINCE], timeline()
    found = []
    for held in history.governing(on):
        ground = history.territories[held.territory_id]
        found.append(place(ground.nis, ground.name, provinces.get(ground.pk, ""), held.organisation.slug))
    return found


def _tiles(edition: str, places: Sequence[Place]) -> Ground:
    groups = {place.key: place.group for place in places}
    found = _positions().get(edition, [])
    return grid(tuple(Square(nis, groups[nis], column, row) for nis, column, row in found if nis in groups))


def _outlines(edition: str, places: Sequence[Place]) -> Ground | None:
    found = BoundarySet.objects.filter(edition=edition).first()
    if found is None:
        return None
    rows = Boundary.objects.filter(boundary_set=found).values_list("territory__nis", "path", "x", "y")
    outlines = {nis: Outline(path, x, y) for nis, path, x, y in rows}
    return Ground(BOUNDARY_SIZE, found.height, 0, outlines, found.borders, _names(places, outlines))


def _names(places: Sequence[Place], outlines: Mapping[str, Outline]) -> list[Label]:
    """The name of each province in the middle of its municipalities."""
    points: dict[str, list[Outline]] = defaultdict(list)
    for place in places:
        if place.key in outlines:
            points[place.group].append(outlines[place.key])
    return [
        Label(name, round(sum(p.x for p in found) / len(found)) - len(name) * HALF_LETTER,
              round(sum(p.y for p in found) / len(found)))
        for name, found in sorted(points.items())
    ]  # fmt: skip

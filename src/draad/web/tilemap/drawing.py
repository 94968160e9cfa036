"""A map as data: which place is filled how, what it says, the legend, and the table behind it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from draad.documents.tables import Column, Gap, Kind, Table
from draad.web.formatting import number
from draad.web.tilemap.ground import Ground, Label, Outline
from draad.web.tilemap.scale import MapValue, Scale
from draad.web.tilemap.tiles import tiles_of

OUTSIDE, NO_VALUE = "t0", "gap"


@dataclass(frozen=True)
class Place:
    """Something on the map that has a page: a municipality, and the group (province) it lies in."""

    key: str
    name: str
    group: str
    href: str


@dataclass(frozen=True)
class TileValue:
    """The value of a place. ``shown`` is how it is written; empty: as a number, or as the legend says."""

    value: MapValue
    shown: str = ""


@dataclass(frozen=True)
class Shape:
    """A place as it is drawn. ``fill`` is ``t0`` outside the set, ``gap`` without value, else ``1`` to ``6``."""

    place: Place
    outline: Outline
    fill: str
    value: MapValue | None
    shown: str
    marked: bool

    @property
    def says(self) -> str:
        """Name and value in words, for a pointer, the keyboard and a screen reader."""
        return f"{self.place.name}: {self.shown}"


@dataclass(frozen=True)
class LegendItem:
    """One line of the legend."""

    fill: str
    label: Any


@dataclass(frozen=True)
class TileMap:
    """Everything that ``<c-tile_map :map="…" />`` draws."""

    key: str
    title: Any
    about: Any
    ground: Ground
    shapes: Sequence[Shape]
    legend: Sequence[LegendItem]

    @property
    def labels(self) -> Sequence[Label]:
        """The names of the groups."""
        return self.ground.labels

    @property
    def tiles(self) -> SafeString:
        """The places as SVG."""
        return tiles_of(self.shapes, self.key)


def draw(
    places: Sequence[Place],
    ground: Ground,
    values: Mapping[str, TileValue],
    scale: Scale,
    *,
    key: str,
    title: Any,
    about: Any = "",
    outside: Any,
    marked: Collection[str] = (),
    marker_label: Any = "",
) -> TileMap:
    """Fill a ground with values.

    Args:
        places: what may be drawn; a place without outline in the ground is left out.
        ground: squares or real outlines.
        values: by key of place; a place without value is outside the set and only outlined; a ``Gap`` is hatched.
        scale: the classes.
        key: unique on the page; ends up in the ids of the drawing.
        title: the name of the map for screen readers.
        about: what the map shows, in a sentence.
        outside: the words for a place outside the set.
        marked: keys of places with a ring.
        marker_label: the words for the ring; also said at the place.

    Raises:
        ValueError: when a value or a mark is for a place that is not among ``places``.
    """
    unknown = sorted({*values, *marked} - {place.key for place in places})
    if unknown:
        raise ValueError(f"no such place on the map: {', '.join(unknown)}")
    shapes = [
        _shape(place, ground.outlines[place.key], values.get(place.key), scale, str(outside),
               str(marker_label) if place.key in marked else "")
        for place in places
        if place.key in ground.outlines
    ]  # fmt: skip
    return TileMap(key, title, about, ground, shapes, _legend(shapes, scale, outside, marker_label))


def _shape(place: Place, outline: Outline, value: TileValue | None, scale: Scale, outside: str, marker: str) -> Shape:
    if value is None:
        fill, shown = OUTSIDE, outside
    elif isinstance(value.value, Gap):
        fill, shown = NO_VALUE, value.shown or str(value.value)
    else:
        found = scale.place(value.value)
        written = found.label if isinstance(value.value, str) else number(value.value)
        fill, shown = str(found.fill), value.shown or written
    words = f"{shown}, {marker}" if marker else shown
    return Shape(place, outline, fill, value.value if value else None, words, bool(marker))


def _legend(shapes: Sequence[Shape], scale: Scale, outside: Any, marker_label: Any) -> list[LegendItem]:
    present = {shape.fill for shape in shapes}
    reasons = sorted({str(shape.value) for shape in shapes if isinstance(shape.value, Gap)})
    legend = [LegendItem(str(known.fill), known.label) for known in scale.classes]
    if NO_VALUE in present:
        legend.append(LegendItem(NO_VALUE, ", ".join(reasons)))
    if OUTSIDE in present:
        legend.append(LegendItem(OUTSIDE, outside))
    if any(shape.marked for shape in shapes):
        legend.append(LegendItem("ring", marker_label))
    return legend


def table_behind(
    drawn: TileMap, *, value_label: Any, source: Any = "", place_label: Any, group_label: Any
) -> Table[Shape]:
    """The values of a map as a table: every place with its group and its value; its key is that of the map."""
    numeric = all(isinstance(shape.value, Gap) or not isinstance(shape.value, str) for shape in drawn.shapes)
    return Table(
        key=drawn.key,
        title=drawn.title,
        about=drawn.about,
        columns=[
            Column("place", place_label, lambda shape: shape.place.name, link=lambda shape: shape.place.href),
            Column("group", group_label, lambda shape: shape.place.group, choices=True),
            Column("value", value_label, _table_value, Kind.DECIMAL if numeric else Kind.TEXT, choices=not numeric),
        ],
        rows=drawn.shapes,
        source=source,
        search=lambda shape: shape.place.name,
    )


def _table_value(shape: Shape) -> Any:
    if shape.value is None or isinstance(shape.value, str):
        return shape.shown
    return shape.value

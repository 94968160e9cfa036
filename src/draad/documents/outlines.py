"""Turns boundaries into outlines for a drawing 1000 wide: recognised, scaled, lightly simplified."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from draad.documents.boundaries import RING, BoundaryFault, BoundaryFileError, Feature, Point, Ring

WIDTH = 1000
GRAIN = 2
"""Points lie on multiples of 1/2: about 120 metres in Flanders."""

Cell = tuple[int, int]
Box = tuple[float, float, float, float]

SYSTEMS: Mapping[str, Box] = {
    "WGS84": (2.0, 49.0, 7.0, 52.0),
    "Lambert 72": (20_000.0, 20_000.0, 300_000.0, 250_000.0),
    "Lambert 2008": (520_000.0, 520_000.0, 800_000.0, 750_000.0),
}
"""Belgium in each system: west, south, east, north. Degrees, or metres (EPSG 31370 and 3812)."""


@dataclass(frozen=True)
class Outlined:
    """A place in the drawing: its SVG path and a point inside."""

    code: str
    path: str
    x: float
    y: float


@dataclass(frozen=True)
class Drawing:
    """All places, 1000 wide; ``borders`` are the lines between places of different groups."""

    system: str
    height: int
    places: list[Outlined]
    borders: str


def system_of(features: Sequence[Feature]) -> str:
    """The system of coordinates in which every point lies in Belgium.

    Raises:
        BoundaryFileError: when there is none, with the code of a feature that lies outside.
    """
    outside = {
        name: [f.code for f in features if not all(_inside(point, box) for ring in f.rings for point in ring)]
        for name, box in SYSTEMS.items()
    }
    best = min(outside, key=lambda name: len(outside[name]))
    if outside[best]:
        raise BoundaryFileError(BoundaryFault.PROJECTION, outside[best][0])
    return best


def _inside(point: Point, box: Box) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def drawing(features: Sequence[Feature], groups: Mapping[str, str]) -> Drawing:
    """The outlines of the features; ``groups`` gives the group (province) of each code.

    Raises:
        BoundaryFileError: when the system of coordinates is not recognised, or a place is too small to draw.
    """
    system = system_of(features)
    place, height = _scaling(features, system)
    cells = {feature.code: _cells(feature.rings, place) for feature in features}
    for code, rings in cells.items():
        if not rings:
            raise BoundaryFileError(BoundaryFault.COORDINATES, code)
    outlined = [Outlined(code, _path(rings), *_point_inside(rings)) for code, rings in cells.items()]
    return Drawing(system, math.ceil(height), outlined, _borders(cells, groups))


def _scaling(features: Sequence[Feature], system: str) -> tuple[Callable[[Point], Cell], float]:
    """How a point becomes a cell of the grain, and the height of the drawing.

    Degrees are drawn as a flat map around the middle latitude, where a degree of longitude is cos(latitude) as wide
    as one of latitude.
    """
    points = [point for feature in features for ring in feature.rings for point in ring]
    west, east = min(x for x, _y in points), max(x for x, _y in points)
    south, north = min(y for _x, y in points), max(y for _x, y in points)
    if east == west or north == south:
        raise BoundaryFileError(BoundaryFault.COORDINATES, features[0].code)
    narrow = math.cos(math.radians((south + north) / 2)) if system == "WGS84" else 1.0
    scale = WIDTH / ((east - west) * narrow)

    def place(point: Point) -> Cell:
        return round((point[0] - west) * narrow * scale * GRAIN), round((north - point[1]) * scale * GRAIN)

    return place, (north - south) * scale


def _cells(rings: Iterable[Ring], place: Callable[[Point], Cell]) -> list[list[Cell]]:
    """The rings on the grain, without points that fall together and without rings that vanish."""
    found = []
    for ring in rings:
        cells = [place(point) for point in ring]
        once = [cell for number, cell in enumerate(cells) if cell != cells[number - 1] or number == 0]
        if len(once) > 1 and once[0] == once[-1]:
            once.pop()
        if len(set(once)) >= RING and _area(once):
            found.append(once)
    return found


def _area(ring: Sequence[Cell]) -> float:
    """The signed area of a ring, by the shoelace formula."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in _sides(ring)) / 2


def _sides(ring: Sequence[Cell]) -> Iterable[tuple[Cell, Cell]]:
    return zip(ring, [*ring[1:], ring[0]], strict=True)


def _path(rings: Iterable[Sequence[Cell]]) -> str:
    return "".join(_line(_straightened(ring)) + "z" for ring in rings)


def _straightened(ring: Sequence[Cell]) -> list[Cell]:
    """The ring without points that lie on the line between their neighbours."""
    kept = []
    for number, (x, y) in enumerate(ring):
        (px, py), (nx, ny) = ring[number - 1], ring[(number + 1) % len(ring)]
        if (x - px) * (ny - y) != (y - py) * (nx - x):
            kept.append((x, y))
    return kept or list(ring)


def _line(cells: Sequence[Cell]) -> str:
    """An SVG path along cells: where it starts, then steps."""
    (x, y), rest = cells[0], cells[1:]
    parts = [f"M{_number(x)} {_number(y)}"]
    if rest:
        parts.append("l")
    for nx, ny in rest:
        parts.append(f"{_number(nx - x)} {_number(ny - y)} ")
        x, y = nx, ny
    return "".join(parts).rstrip()


def _number(value: int) -> str:
    return f"{value / GRAIN:g}"


def _point_inside(rings: Sequence[Sequence[Cell]]) -> tuple[float, float]:
    """The middle of the widest part of the largest ring at half its height."""
    ring = max(rings, key=lambda cells: abs(_area(cells)))
    level = (min(y for _x, y in ring) + max(y for _x, y in ring)) // 2 + 0.5
    crossings = sorted(
        x1 + (level - y1) * (x2 - x1) / (y2 - y1)
        for (x1, y1), (x2, y2) in _sides(ring)
        if (y1 < level) != (y2 < level)
    )
    left, right = max(zip(crossings[::2], crossings[1::2], strict=True), key=lambda span: span[1] - span[0])
    return round((left + right) / 2 / GRAIN, 1), round(level / GRAIN, 1)


def _borders(cells: Mapping[str, Sequence[Sequence[Cell]]], groups: Mapping[str, str]) -> str:
    """The sides that places of different groups share, joined into lines."""
    sharing: dict[frozenset[Cell], set[str]] = defaultdict(set)
    for code, rings in cells.items():
        for ring in rings:
            for side in _sides(ring):
                sharing[frozenset(side)].add(groups.get(code, ""))
    wanted = {side for side, found in sharing.items() if len(found) > 1}
    lines: list[list[Cell]] = []
    for rings in cells.values():
        for ring in rings:
            for start, end in _sides(ring):
                if frozenset((start, end)) not in wanted:
                    continue
                wanted.discard(frozenset((start, end)))
                if lines and lines[-1][-1] == start:
                    lines[-1].append(end)
                else:
                    lines.append([start, end])
    return "".join(_line(line) for line in lines)

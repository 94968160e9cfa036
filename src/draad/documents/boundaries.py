"""Reads boundaries from GeoJSON (RFC 7946) and TopoJSON (specification 1.0): features with a code and their rings."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

MOST_BYTES = 20 * 1024 * 1024
MOST_POINTS = 2_000_000
CODE = re.compile(r"[1-9][0-9]{4}")
RING = 3

Point = tuple[float, float]
Ring = list[Point]


class BoundaryFault(Enum):
    """Why a file with boundaries cannot be used."""

    TOO_LARGE = "too large"
    NO_JSON = "not JSON"
    NO_BOUNDARIES = "neither a GeoJSON FeatureCollection nor a TopoJSON Topology"
    NO_CODE = "a feature without a code of five digits"
    SHAPE = "a feature that is no polygon"
    COORDINATES = "coordinates that are not numbers or are too few"
    PROJECTION = "coordinates that are neither degrees nor Lambert 72 or 2008"


class BoundaryFileError(ValueError):
    """A file that cannot be used: the fault and the number (from 1) or code of the feature where it shows."""

    def __init__(self, fault: BoundaryFault, where: str = "") -> None:
        super().__init__(f"{fault.value}: {where}" if where else fault.value)
        self.fault = fault
        self.where = where


@dataclass(frozen=True)
class Feature:
    """A place: its code and the rings of its polygons, holes included."""

    code: str
    rings: list[Ring]


def read_boundaries(content: bytes) -> list[Feature]:
    """The features of a file, one for each code; parts with the same code are taken together.

    Raises:
        BoundaryFileError: when the file has another form, or a feature cannot be read.
    """
    if len(content) > MOST_BYTES:
        raise BoundaryFileError(BoundaryFault.TOO_LARGE)
    try:
        data = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise BoundaryFileError(BoundaryFault.NO_JSON) from error
    kind = data.get("type") if isinstance(data, dict) else None
    if kind == "Topology":
        found = _from_topology(data)
    elif kind == "FeatureCollection":
        found = _from_features(data)
    else:
        raise BoundaryFileError(BoundaryFault.NO_BOUNDARIES)
    if not found:
        raise BoundaryFileError(BoundaryFault.NO_BOUNDARIES)
    codes = _codes([properties for properties, _rings in found])
    together: dict[str, list[Ring]] = {}
    for code, (_properties, rings) in zip(codes, found, strict=True):
        together.setdefault(code, []).extend(rings)
    return [Feature(code, rings) for code, rings in together.items()]


Found = tuple[Mapping[str, Any], list[Ring]]


def _from_features(data: Mapping[str, Any]) -> list[Found]:
    features = data.get("features")
    if not isinstance(features, list):
        raise BoundaryFileError(BoundaryFault.NO_BOUNDARIES)
    found = []
    for number, feature in enumerate(features, start=1):
        if not isinstance(feature, dict) or not isinstance(feature.get("geometry"), dict):
            raise BoundaryFileError(BoundaryFault.SHAPE, str(number))
        geometry = feature["geometry"]
        rings = [_ring(ring, number) for ring in _ring_lists(geometry, "coordinates", number)]
        found.append((_properties(feature), rings))
    return found


def _from_topology(data: Mapping[str, Any]) -> list[Found]:
    """The object with most geometries; a topology may also hold outlines of other levels."""
    objects = data.get("objects")
    collections: list[list[Any]] = [
        item["geometries"]
        for item in (objects.values() if isinstance(objects, dict) else [])
        if isinstance(item, dict) and isinstance(item.get("geometries"), list)
    ]
    if not collections:
        raise BoundaryFileError(BoundaryFault.NO_BOUNDARIES)
    largest, arcs = max(collections, key=len), _arcs(data)
    found = []
    for number, geometry in enumerate(largest, start=1):
        if not isinstance(geometry, dict):
            raise BoundaryFileError(BoundaryFault.SHAPE, str(number))
        rings = [_joined(ring, arcs, number) for ring in _ring_lists(geometry, "arcs", number)]
        found.append((_properties(geometry), rings))
    return found


def _arcs(data: Mapping[str, Any]) -> list[Ring]:
    """The arcs in real coordinates: quantised ones are steps from point to point, scaled and moved."""
    transform = data.get("transform")
    try:
        if transform is None:
            return [_points(arc) for arc in data["arcs"]]
        (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
        arcs = []
        for arc in data["arcs"]:
            x = y = 0.0
            points = []
            for step in _points(arc):
                x, y = x + step[0], y + step[1]
                points.append((x * sx + tx, y * sy + ty))
            arcs.append(points)
    except (KeyError, TypeError, ValueError) as error:
        raise BoundaryFileError(BoundaryFault.COORDINATES) from error
    return arcs


def _joined(numbers: Any, arcs: Sequence[Ring], where: int) -> Ring:
    """A ring from its arcs: a negative number is the arc ~number backwards; joints are one point."""
    ring: Ring = []
    try:
        for number in numbers:
            arc = arcs[number] if number >= 0 else arcs[~number][::-1]
            ring += arc[1:] if ring else arc
    except (IndexError, TypeError) as error:
        raise BoundaryFileError(BoundaryFault.COORDINATES, str(where)) from error
    return _checked(ring, where)


def _ring_lists(geometry: Mapping[str, Any], key: str, number: int) -> Iterable[Any]:
    """The rings of a polygon or of several, as they stand in the file."""
    content, kind = geometry.get(key), geometry.get("type")
    if not isinstance(content, list) or kind not in ("Polygon", "MultiPolygon"):
        raise BoundaryFileError(BoundaryFault.SHAPE, str(number))
    if kind == "Polygon":
        return content
    if not all(isinstance(polygon, list) for polygon in content):
        raise BoundaryFileError(BoundaryFault.COORDINATES, str(number))
    return [ring for polygon in content for ring in polygon]


def _ring(points: Any, number: int) -> Ring:
    try:
        return _checked(_points(points), number)
    except (TypeError, ValueError, IndexError) as error:
        if isinstance(error, BoundaryFileError):
            raise
        raise BoundaryFileError(BoundaryFault.COORDINATES, str(number)) from error


def _points(points: Any) -> Ring:
    """Pairs of finite numbers; a third coordinate (height) is left out.

    Raises:
        ValueError, TypeError: when they are something else.
    """
    found = []
    for x, y, *_height in points:
        if isinstance(x, bool) or isinstance(y, bool) or not (math.isfinite(x) and math.isfinite(y)):
            raise ValueError(f"no point: {x}, {y}")
        found.append((float(x), float(y)))
    return found


def _checked(ring: Ring, number: int) -> Ring:
    if len(set(ring)) < RING:
        raise BoundaryFileError(BoundaryFault.COORDINATES, str(number))
    return ring


def _properties(feature: Mapping[str, Any]) -> Mapping[str, Any]:
    properties = feature.get("properties")
    return {**(properties if isinstance(properties, dict) else {}), "id": feature.get("id")}


def _codes(features: Sequence[Mapping[str, Any]]) -> list[str]:
    """The code of each feature: the property that holds one most often, first of all one with ``nis`` in its name."""
    fits: Counter[str] = Counter()
    for properties in features:
        fits.update(name for name, value in properties.items() if _code(value))
    if not fits:
        raise BoundaryFileError(BoundaryFault.NO_CODE, "1")
    chosen = max(fits, key=lambda name: (fits[name] == len(features), "nis" in name.casefold(), fits[name], name))
    codes = [_code(properties.get(chosen)) for properties in features]
    if "" in codes:
        raise BoundaryFileError(BoundaryFault.NO_CODE, str(codes.index("") + 1))
    return codes


def _code(value: Any) -> str:
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    return text if not isinstance(value, bool) and CODE.fullmatch(text) else ""

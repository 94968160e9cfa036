"""Boundaries from GeoJSON and TopoJSON: codes, rings, coordinates, outlines and the lines between provinces."""

from __future__ import annotations

import json
import math
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draad.documents.boundaries import BoundaryFault, BoundaryFileError, Feature, read_boundaries
from draad.documents.outlines import drawing, system_of


def square(x: float, y: float, side: float = 10_000) -> list[list[float]]:
    return [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]


def feature(code: Any, rings: list[Any], key: str = "nis", kind: str = "Polygon") -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {key: code, "name": "x"},
        "geometry": {"type": kind, "coordinates": rings},
    }


def geojson(*features: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


PAIR = geojson(feature("11001", [square(100_000, 200_000)]), feature("11002", [square(110_000, 200_000)]))


def test_features_with_their_code_and_rings() -> None:
    found = read_boundaries(PAIR)
    assert [item.code for item in found] == ["11001", "11002"]
    assert found[0].rings[0][:2] == [(100_000.0, 200_000.0), (110_000.0, 200_000.0)]


@pytest.mark.parametrize("key", ["nis", "NISCODE", "CODE_INS", "refnis", "id5"])
@pytest.mark.parametrize("code", ["11001", 11001, 11001.0])
def test_the_code_is_found_under_any_name(key: str, code: Any) -> None:
    assert read_boundaries(geojson(feature(code, [square(0, 0)], key)))[0].code == "11001"


def test_a_name_with_nis_goes_before_another_that_holds_five_digits_too() -> None:
    item = feature("11001", [square(0, 0)])
    item["properties"] = {"area": "12345", "nis": "11001", "zip": 23456}
    assert read_boundaries(geojson(item))[0].code == "11001"


def test_the_id_of_a_feature_may_be_its_code() -> None:
    item = feature("x", [square(0, 0)]) | {"id": 11001}
    assert read_boundaries(geojson(item))[0].code == "11001"


def test_parts_with_one_code_are_one_place() -> None:
    found = read_boundaries(geojson(feature("11001", [square(0, 0)]), feature("11001", [square(50_000, 0)])))
    assert [(item.code, len(item.rings)) for item in found] == [("11001", 2)]


def test_several_polygons_with_heights_and_holes() -> None:
    high = [[x, y, 3.5] for x, y in square(0, 0)]
    found = read_boundaries(geojson(feature("11001", [[high, square(2_000, 2_000, 100)], [square(50_000, 0)]],
                                            kind="MultiPolygon")))  # fmt: skip
    assert len(found[0].rings) == 3


TOPOLOGY: dict[str, Any] = {
    "type": "Topology",
    "transform": {"scale": [100, 100], "translate": [100_000, 200_000]},
    "arcs": [[[100, 0], [0, 100]], [[100, 100], [-100, 0], [0, -100], [100, 0]], [[100, 0], [100, 0], [0, 100], [-100, 0]]],
    "objects": {
        "land": {"type": "GeometryCollection", "geometries": []},
        "municipalities": {"type": "GeometryCollection", "geometries": [
            {"type": "Polygon", "arcs": [[0, 1]], "properties": {"nis": "11001"}},
            {"type": "Polygon", "arcs": [[2, -1]], "properties": {"nis": "11002"}},
        ]},
    },
}  # fmt: skip


def test_topojson_gives_the_same_rings_as_geojson() -> None:
    shared, plain = read_boundaries(json.dumps(TOPOLOGY).encode()), read_boundaries(PAIR)
    for one, other in zip(shared, plain, strict=True):
        assert one.code == other.code
        assert set(one.rings[0]) == set(other.rings[0])
        assert one.rings[0][0] == one.rings[0][-1]


def test_topojson_without_transform_holds_real_coordinates() -> None:
    plain = json.loads(json.dumps(TOPOLOGY))
    del plain["transform"]
    plain["arcs"] = [square(1, 2, 3)]
    plain["objects"]["municipalities"]["geometries"] = [
        {"type": "MultiPolygon", "arcs": [[[0]]], "properties": {"nis": 11001}}
    ]
    assert read_boundaries(json.dumps(plain).encode())[0].rings == [[(x, y) for x, y in square(1, 2, 3)]]


def broken(**changes: Any) -> bytes:
    return json.dumps(TOPOLOGY | changes).encode()


@pytest.mark.parametrize(
    ("content", "fault", "where"),
    [
        (b"", BoundaryFault.NO_JSON, ""),
        (b"<kml/>", BoundaryFault.NO_JSON, ""),
        (b"[" * 100_000, BoundaryFault.NO_JSON, ""),
        (b" " * (20 * 1024 * 1024 + 1), BoundaryFault.TOO_LARGE, ""),
        (b"[]", BoundaryFault.NO_BOUNDARIES, ""),
        (b'{"type": "Feature"}', BoundaryFault.NO_BOUNDARIES, ""),
        (b'{"type": "FeatureCollection"}', BoundaryFault.NO_BOUNDARIES, ""),
        (geojson(), BoundaryFault.NO_BOUNDARIES, ""),
        (geojson(3), BoundaryFault.SHAPE, "1"),
        (geojson(feature("11001", [square(0, 0)]), {"type": "Feature", "geometry": None}), BoundaryFault.SHAPE, "2"),
        (geojson(feature("11001", [1, 2], kind="Point")), BoundaryFault.SHAPE, "1"),
        (geojson(feature("11001", [3], kind="MultiPolygon")), BoundaryFault.COORDINATES, "1"),
        (geojson(feature("11001", [[[1, 2], [3, "4"], [5, 6]]])), BoundaryFault.COORDINATES, "1"),
        (geojson(feature("11001", [[[1, 2], [True, 4], [5, 6]]])), BoundaryFault.COORDINATES, "1"),
        (geojson(feature("11001", [[[1, 2], [3], [5, 6]]])), BoundaryFault.COORDINATES, "1"),
        (geojson(feature("11001", [[[1, 2], [3, 4], [1, 2]]])), BoundaryFault.COORDINATES, "1"),
        (geojson(feature("11001", [None])), BoundaryFault.COORDINATES, "1"),
        (geojson(feature("11001", [square(0, float("nan"))])), BoundaryFault.COORDINATES, "1"),
        (geojson(feature("Gent", [square(0, 0)])), BoundaryFault.NO_CODE, "1"),
        (geojson(feature("11001", [square(0, 0)]), feature("", [square(0, 0)])), BoundaryFault.NO_CODE, "2"),
        (broken(objects=None), BoundaryFault.NO_BOUNDARIES, ""),
        (broken(arcs=None), BoundaryFault.COORDINATES, ""),
        (broken(arcs=[[[1, 2]]]), BoundaryFault.COORDINATES, "1"),
        (broken(transform={"scale": 3}), BoundaryFault.COORDINATES, ""),
    ],
)
def test_files_that_cannot_be_used(content: bytes, fault: BoundaryFault, where: str) -> None:
    with pytest.raises(BoundaryFileError) as caught:
        read_boundaries(content)
    assert (caught.value.fault, caught.value.where) == (fault, where)


# outlines -------------------------------------------------------------------------------------------------------


def place(code: str, x: float, y: float, side: float = 10_000) -> Feature:
    return Feature(code, [[(a, b) for a, b in square(x, y, side)]])


@pytest.mark.parametrize(
    ("x", "y", "side", "system"),
    [(3.7, 51.0, 0.1, "WGS84"), (104_000, 193_000, 9_000, "Lambert 72"), (604_000, 693_000, 9_000, "Lambert 2008")],
)
def test_the_system_of_coordinates_is_recognised(x: float, y: float, side: float, system: str) -> None:
    assert system_of([place("44021", x, y, side)]) == system


@pytest.mark.parametrize(("x", "y"), [(51.0, 3.7), (500_000.0, 5_600_000.0), (-1.0, 51.0)])
def test_coordinates_outside_belgium_are_refused_with_the_code(x: float, y: float) -> None:
    with pytest.raises(BoundaryFileError) as caught:
        system_of([place("11001", 3.7, 51.0, 0.1), place("44021", x, y, 0.1)])
    assert (caught.value.fault, caught.value.where) == (BoundaryFault.PROJECTION, "44021")


def points(path: str) -> list[tuple[float, float]]:
    found, x, y = [], 0.0, 0.0
    for letter, numbers in re.findall(r"([Ml])([^Mlz]*)", path):
        values = [float(number) for number in re.findall(r"-?[\d.]+", numbers)]
        for dx, dy in zip(values[::2], values[1::2], strict=True):
            x, y = (dx, dy) if letter == "M" else (x + dx, y + dy)
            found.append((x, y))
    return found


def test_the_drawing_is_1000_wide_with_north_above() -> None:
    drawn = drawing([place("11001", 100_000, 200_000), place("11002", 110_000, 210_000)], {})
    south, north = (points(item.path) for item in drawn.places)
    assert (drawn.height, drawn.system) == (1000, "Lambert 72")
    assert max(x for x, _y in north) == 1000
    assert max(y for _x, y in north) == min(y for _x, y in south) == 500


def test_degrees_of_longitude_are_narrower_than_of_latitude() -> None:
    drawn = drawing([place("44021", 3.5, 50.5, 1.0)], {})
    assert drawn.height == math.ceil(1000 / math.cos(math.radians(51.0)))


def test_points_on_a_straight_side_are_left_out() -> None:
    steps = [(0, 0), (2_500, 0), (5_000, 0), (10_000, 0), (10_000, 10_000), (0, 10_000)]
    ring = [(1e5 + x, 2e5 + y) for x, y in steps]
    assert len(points(drawing([Feature("11001", [ring])], {}).places[0].path)) == 4


def test_a_point_stands_inside_even_a_hollow_place() -> None:
    steps = [(0, 0), (9e3, 0), (9e3, 9e3), (6e3, 9e3), (6e3, 1e3), (3e3, 1e3), (3e3, 9e3), (0, 9e3)]
    ring = [(1e5 + x, 2e5 + y) for x, y in steps]
    found = drawing([Feature("11001", [ring])], {}).places[0]
    assert found.x < 334 or found.x > 666


def test_a_line_stands_where_provinces_meet_and_only_there() -> None:
    three = [place("11001", 100_000, 200_000), place("11002", 110_000, 200_000), place("44021", 120_000, 200_000)]
    groups = {"11001": "Antwerpen", "11002": "Antwerpen", "44021": "Oost-Vlaanderen"}
    assert {x for x, _y in points(drawing(three, groups).borders)} == {666.5}
    assert drawing(three, dict.fromkeys(groups, "Antwerpen")).borders == ""


def test_a_place_too_small_to_draw_is_refused_with_its_code() -> None:
    with pytest.raises(BoundaryFileError) as caught:
        drawing([place("11001", 100_000, 200_000), place("11002", 120_000, 200_000, 1.0)], {})
    assert (caught.value.fault, caught.value.where) == (BoundaryFault.COORDINATES, "11002")


def test_places_on_one_line_are_refused() -> None:
    with pytest.raises(BoundaryFileError, match="11001"):
        drawing([Feature("11001", [[(1e5, 2e5), (1.1e5, 2e5), (1.2e5, 2e5)]])], {})


@given(st.integers(2, 5), st.integers(2, 5), st.data())
def test_every_side_between_groups_is_drawn_once(columns: int, rows: int, data: st.DataObject) -> None:
    cells = [(c, r) for c in range(columns) for r in range(rows)]
    group = {cell: data.draw(st.sampled_from("ab")) for cell in cells}
    codes = {cell: str(10_000 + number) for number, cell in enumerate(cells)}
    features = [place(codes[c, r], 100_000 + c * 1e4, 200_000 - r * 1e4) for c, r in cells]
    drawn = drawing(features, {codes[cell]: group[cell] for cell in cells})
    differing = sum(
        group[c, r] != group.get((c + dc, r + dr), group[c, r]) for c, r in cells for dc, dr in ((1, 0), (0, 1))
    )
    lines = [points(line) for line in drawn.borders.split("M") if line]
    steps = sum(len(points(f"M{line}")) - 1 for line in drawn.borders.split("M") if line)
    assert steps == differing
    assert all(lines) or not differing

"""Real boundaries that an administrator loads: checks, drawing, switch and removal."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from draad.accounts.actor import Actor, system
from draad.accounts.models import AuditEvent
from draad.accounts.roles import Role
from draad.organisations.actions.boundaries import load_boundaries
from draad.organisations.maps import editions, tile_map
from draad.organisations.models import Boundary, BoundarySet, TilePosition
from draad.organisations.policies import PolicyError
from draad.web.tilemap import TileValue, breaks

pytestmark = pytest.mark.django_db
BY = system("test")


def features(edition: str = "2025", side: int = 4_000) -> list[dict[str, Any]]:
    """A square of four kilometres for every tile, in Lambert 72."""
    made = []
    for tile in TilePosition.objects.filter(edition=edition).select_related("territory"):
        x, y = 40_000 + tile.column * side, 230_000 - tile.row * side
        ring = [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]
        made.append({"type": "Feature", "properties": {"NISCODE": tile.territory.nis},
                     "geometry": {"type": "Polygon", "coordinates": [ring]}})  # fmt: skip
    return made


def packed(items: list[dict[str, Any]]) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": items}).encode()


def test_boundaries_are_stored_for_every_municipality_with_one_event() -> None:
    before = AuditEvent.objects.count()
    found = load_boundaries(packed(features()), edition="2025", source="proef", by=BY)
    assert Boundary.objects.filter(boundary_set=found).count() == 285
    assert found.borders.startswith("M")
    assert AuditEvent.objects.count() == before + 1
    assert AuditEvent.objects.latest("number").verb == "organisations.boundaryset.add"


def test_loading_again_replaces() -> None:
    load_boundaries(packed(features()), edition="2025", source="eerst", by=BY)
    load_boundaries(packed(features()), edition="2025", source="later", by=BY)
    assert BoundarySet.objects.get().source == "later"
    assert Boundary.objects.count() == 285


def test_unknown_codes_are_named() -> None:
    items = features()
    items[0]["properties"]["NISCODE"] = "62063"
    with pytest.raises(PolicyError, match=r"geen Vlaamse gemeente van 2025: 62063\."):
        load_boundaries(packed(items), edition="2025", source="x", by=BY)
    assert not BoundarySet.objects.exists()


def test_missing_municipalities_are_named_and_counted() -> None:
    items = [item for item in features() if item["properties"]["NISCODE"] != "44021"]
    with pytest.raises(PolicyError, match=r"ontbreken in het bestand: Gent \(44021\)\."):
        load_boundaries(packed(items), edition="2025", source="x", by=BY)
    with pytest.raises(PolicyError, match="en nog 265"):
        load_boundaries(packed(features()[:10]), edition="2025", source="x", by=BY)


def test_a_file_of_another_edition_is_refused() -> None:
    with pytest.raises(PolicyError, match="geen Vlaamse gemeente van 2025"):
        load_boundaries(packed(features("2024")), edition="2025", source="x", by=BY)
    assert load_boundaries(packed(features("2024")), edition="2024", source="x", by=BY).edition == "2024"


def test_only_administrators_load(person_with: Callable[..., Actor]) -> None:
    with pytest.raises(PermissionDenied):
        load_boundaries(b"{}", edition="2025", source="x", by=person_with(Role.PROGRAMME_MANAGER))


def draw(edition: str = "2025", *, boundaries: bool) -> Any:
    return tile_map(edition, {"44021": TileValue(3)}, classes=breaks([2]), key="m", title="x", boundaries=boundaries)


def test_a_map_uses_boundaries_when_asked_and_there() -> None:
    assert draw(boundaries=True).ground.box.startswith("0 ")
    tiles = draw(boundaries=True)
    load_boundaries(packed(features()), edition="2025", source="x", by=BY)
    real = draw(boundaries=True)
    assert tiles.ground != real.ground
    assert real.ground.width == 1000
    assert len(real.shapes) == 285
    assert {label.text for label in real.labels} == {label.text for label in tiles.labels}
    assert draw(boundaries=False).ground == tiles.ground


@pytest.mark.parametrize(("edition", "count"), [("2024", 300), ("2025", 285)])
def test_tile_maps_of_both_editions(edition: str, count: int) -> None:
    drawn = draw(edition, boundaries=False)
    assert len(drawn.shapes) == count
    assert {label.text for label in drawn.labels} == {
        "Antwerpen", "Limburg", "Oost-Vlaanderen", "Vlaams-Brabant", "West-Vlaanderen",
    }  # fmt: skip
    says = {shape.place.key: shape.says for shape in drawn.shapes}
    assert says["44021"] == "Gent: 3"
    assert says["11001"] == "Aartselaar: niet in de lijst"


def test_a_code_of_another_edition_is_refused() -> None:
    with pytest.raises(ValueError, match="71069"):
        tile_map("2025", {"71069": TileValue(1)}, classes=breaks([2]), key="m", title="x")


def test_editions_are_those_of_the_tiles() -> None:
    assert editions() == ["2024", "2025"]


# the pages ------------------------------------------------------------------------------------------------------


def send(client: Client, content: bytes) -> str:
    data = {"file": SimpleUploadedFile("grenzen.geojson", content), "edition": "2025", "source": "proef"}
    return client.post("/beheer/grenzen/", data, follow=True).content.decode()


def test_an_administrator_loads_switches_and_removes(sign_in: Callable[[Role | None], Client], client: Client) -> None:
    administrator = sign_in(Role.ADMINISTRATOR)
    assert "De grenzen van 2025 zijn ingeladen." in send(administrator, packed(features()))
    html = client.get("/besturen/?op=2025-01-01&kaart=grenzen").content.decode()
    assert "Grenzen zoals ingeladen door een beheerder." in html
    assert "kaart=grenzen" in client.get("/besturen/?op=2025-01-01").content.decode()
    administrator.post("/beheer/grenzen/2025/verwijderen/")
    assert not BoundarySet.objects.exists()
    assert AuditEvent.objects.latest("number").verb == "organisations.boundaryset.remove"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"geen json", "het is geen JSON"),
        (b'{"type": "Polygon"}', "In dit bestand staan geen grenzen."),
        (packed([{"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [1, 2]}}]),
         "Onderdeel 1 is geen vlak"),
    ],
)  # fmt: skip
def test_a_wrong_file_says_why_at_the_field(
    sign_in: Callable[[Role | None], Client], content: bytes, sentence: str
) -> None:
    html = send(sign_in(Role.ADMINISTRATOR), content)
    assert sentence in html
    assert 'href="#id_file"' in html


def test_removing_needs_a_post(sign_in: Callable[[Role | None], Client]) -> None:
    assert sign_in(Role.ADMINISTRATOR).get("/beheer/grenzen/2025/verwijderen/").status_code == 405

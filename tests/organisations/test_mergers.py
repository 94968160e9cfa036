"""The mergers of 1 January 2025 one by one, and how the areas of Flanders were before and after."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from draad.organisations.models import AreaKind, Organisation, Succession, Territory
from draad.organisations.queries import find, government_named, members_of, predecessors_of, successor_of, territory_on
from draad.organisations.queries.register import register
from draad.organisations.queries.totals import area_totals

pytestmark = pytest.mark.django_db
BEFORE, AFTER = date(2024, 12, 31), date(2025, 1, 1)

# what came: code, name, number kept from (or new), who went up in it
MERGERS = [
    ("11002", "Antwerpen", "Antwerpen", ["Borsbeek"]),
    ("23106", "Pajottegem", "", ["Galmaarden", "Gooik", "Herne"]),
    ("37021", "Wingene", "Wingene", ["Ruiselede", "Wingene"]),
    ("37022", "Tielt", "Tielt", ["Meulebeke", "Tielt"]),
    ("44086", "Nazareth-De Pinte", "", ["De Pinte", "Nazareth"]),
    ("44087", "Lochristi", "Lochristi", ["Lochristi", "Wachtebeke"]),
    ("44088", "Merelbeke-Melle", "", ["Melle", "Merelbeke"]),
    ("46029", "Lokeren", "Lokeren", ["Lokeren", "Moerbeke"]),
    ("46030", "Beveren-Kruibeke-Zwijndrecht", "", ["Beveren", "Kruibeke", "Zwijndrecht"]),
    ("71071", "Tessenderlo-Ham", "Ham", ["Ham", "Tessenderlo"]),
    ("71072", "Hasselt", "Hasselt", ["Hasselt", "Kortessem"]),
    ("73110", "Bilzen-Hoeselt", "Bilzen", ["Bilzen", "Hoeselt"]),
    ("73111", "Tongeren-Borgloon", "Tongeren", ["Borgloon", "Tongeren"]),
]
CENTRE_CITIES = [
    "Aalst", "Antwerpen", "Brugge", "Genk", "Gent", "Hasselt", "Kortrijk", "Leuven", "Mechelen", "Oostende",
    "Roeselare", "Sint-Niklaas", "Turnhout",
]  # fmt: skip
REGIONS_2022 = {
    "Denderregio": 14, "Halle-Vilvoorde": 33, "Kempen": 27, "Limburg": 42, "Midwest": 17, "Oost-Brabant": 32,
    "Regio Antwerpen": 30, "Regio Brugge": 10, "Regio Gent": 23, "Regio Oostende": 7, "Rivierenland": 12,
    "Vlaamse Ardennen": 14, "Waasland": 9, "Westhoek": 17, "Zuid-West-Vlaanderen": 13,
}  # fmt: skip
REGIONS_2025 = {
    "Denderregio": 14, "Halle-Vilvoorde": 31, "Kempen": 27, "Limburg": 38, "Middenkust": 7, "Midwest": 15,
    "Oost-Brabant": 32, "Regio Antwerpen": 28, "Regio Brugge": 10, "Regio Gent": 20, "Rivierenland": 12,
    "Vlaamse Ardennen": 14, "Waasland": 7, "Westhoek": 17, "Zuid-West-Vlaanderen": 13,
}  # fmt: skip


@pytest.mark.parametrize(("nis", "name", "kept", "parts"), MERGERS)
def test_who_went_up_in_the_territory(nis: str, name: str, kept: str, parts: list[str]) -> None:
    rows = Succession.objects.filter(successor__nis=nis).order_by("predecessor__name")
    assert [row.predecessor.name for row in rows] == parts
    assert {row.on for row in rows} == {AFTER}
    assert Territory.objects.get(nis=nis).name == name


@pytest.mark.parametrize(("nis", "name", "kept", "parts"), MERGERS)
def test_every_part_leads_to_the_territory(nis: str, name: str, kept: str, parts: list[str]) -> None:
    for part in parts:
        before = Territory.objects.get(name=part, successions__successor__nis=nis)
        assert territory_on(before.nis, BEFORE) == before
        assert territory_on(before.nis, AFTER).nis == nis


@pytest.mark.parametrize(("nis", "name", "kept", "parts"), MERGERS)
def test_the_government_keeps_its_number_or_is_new(nis: str, name: str, kept: str, parts: list[str]) -> None:
    now = government_named(name, AFTER)
    others = [part for part in parts if part != kept]
    assert [organisation.name for organisation in predecessors_of(now)] == others
    if kept:
        assert government_named(kept, BEFORE) == now
    else:
        assert now.valid_from == AFTER
    for other in others:
        gone = government_named(other, BEFORE)
        assert gone.valid_to == BEFORE
        assert successor_of(gone) == now


@pytest.mark.parametrize(("nis", "name", "kept", "parts"), MERGERS)
def test_former_names_are_found_in_search_and_list(
    client: Client, nis: str, name: str, kept: str, parts: list[str]
) -> None:
    for part in parts:
        assert name in [found.organisation.name for found in find(part, AFTER)]
        response = client.get("/besturen/", {"op": "2025-01-01", "q": part})
        assert nis in [row[5].value for row in response.context["tables"]["besturen"].rows]


def test_there_are_no_other_mergers() -> None:
    pairs = sum(len(parts) for _nis, _name, _kept, parts in MERGERS)
    assert Succession.objects.count() == pairs
    assert Organisation.objects.filter(kind="local_government", valid_to__isnull=False).count() == 304 - 285


@pytest.mark.parametrize("on", [BEFORE, AFTER])
def test_the_centre_cities_by_name(on: date) -> None:
    places = Territory.objects.filter(centre_city=True, jurisdictions__valid_from__lte=on)
    there = {place.name for place in places if place.valid_to is None or place.valid_to >= on}
    assert sorted(there) == CENTRE_CITIES


@pytest.mark.parametrize(("on", "regions"), [(BEFORE, REGIONS_2022), (AFTER, REGIONS_2025)])
def test_reference_regions_with_their_number_of_governments(on: date, regions: dict[str, int]) -> None:
    totals = area_totals(register(on), AreaKind.REFERENCE_REGION)
    assert {row.name: row.governments for row in totals} == regions


@pytest.mark.parametrize(
    ("arrondissement", "before", "after"),
    [("Antwerpen", 30, 28), ("Gent", 17, 13), ("Sint-Niklaas", 7, 6), ("Tielt", 9, 7), ("Hasselt", 17, 16),
     ("Tongeren", 13, 10), ("Halle-Vilvoorde", 35, 33), ("Leuven", 30, 30), ("Eeklo", 6, 6)],
)  # fmt: skip
def test_arrondissements_before_and_after(arrondissement: str, before: int, after: int) -> None:
    assert len(members_of(AreaKind.ARRONDISSEMENT, arrondissement, BEFORE)) == before
    assert len(members_of(AreaKind.ARRONDISSEMENT, arrondissement, AFTER)) == after


def test_no_inhabitant_changes_but_by_zwijndrecht_between_provinces() -> None:
    before, after = (
        {row.name: row.inhabitants for row in area_totals(register(on), AreaKind.PROVINCE)} for on in (BEFORE, AFTER)
    )
    zwijndrecht = 19_154
    assert after["Antwerpen"] == before["Antwerpen"] - zwijndrecht  # type: ignore[operator]
    assert after["Oost-Vlaanderen"] == before["Oost-Vlaanderen"] + zwijndrecht  # type: ignore[operator]
    for province in ("Limburg", "Vlaams-Brabant", "West-Vlaanderen"):
        assert after[province] == before[province]

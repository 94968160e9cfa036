"""What is known of the municipalities of Flanders, as answers that anyone can check."""

from __future__ import annotations

from datetime import date

import pytest

from draad.organisations.models import AreaKind, Jurisdiction, Organisation, Succession, Territory, TilePosition
from draad.organisations.queries import (
    UnknownNameError,
    area_of,
    government_named,
    governments_on,
    members_of,
    name_on,
    predecessors_of,
    province_of,
    provinces_of_governments,
    successor_of,
    territory_on,
    valid_on,
)

BEFORE, AFTER = date(2023, 1, 1), date(2025, 1, 1)
LAST_DAY = date(2024, 12, 31)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("on", "count"), [(BEFORE, 300), (LAST_DAY, 300), (AFTER, 285)])
def test_number_of_municipalities(on: date, count: int) -> None:
    assert Territory.objects.filter(valid_on(on)).count() == count
    assert Jurisdiction.objects.filter(valid_on(on)).values("organisation").distinct().count() == count


def test_all_rows_are_there() -> None:
    assert Territory.objects.count() == 312
    assert Organisation.objects.filter(kind="local_government").count() == 304
    assert Succession.objects.count() == 27
    assert TilePosition.objects.filter(edition="2024").count() == 300
    assert TilePosition.objects.filter(edition="2025").count() == 285


@pytest.mark.parametrize("on", [BEFORE, AFTER])
def test_thirteen_centre_cities(on: date) -> None:
    assert Territory.objects.filter(valid_on(on), centre_city=True).count() == 13


def test_city_title_is_unknown_where_no_source_gives_it() -> None:
    assert Territory.objects.filter(city_title__isnull=True).count() == 9


def test_ham_keeps_its_number_under_a_new_name() -> None:
    ham = government_named("Ham", BEFORE)
    assert ham.kbo == "0216772234"
    assert government_named("Tessenderlo-Ham", AFTER) == ham
    assert name_on(ham, BEFORE) == "Ham"
    assert name_on(ham, AFTER) == "Tessenderlo-Ham"
    assert ham.slug == "ham"
    assert [o.name for o in predecessors_of(ham)] == ["Tessenderlo"]
    assert successor_of(ham) is None


def test_zwijndrecht_changes_province() -> None:
    zwijndrecht = government_named("Zwijndrecht", BEFORE)
    assert province_of(zwijndrecht, BEFORE) == "Antwerpen"
    assert province_of(zwijndrecht, AFTER) is None
    successor = successor_of(zwijndrecht)
    assert successor is not None
    assert successor.name == "Beveren-Kruibeke-Zwijndrecht"
    assert province_of(successor, AFTER) == "Oost-Vlaanderen"
    assert governments_on([zwijndrecht.pk], AFTER) == {zwijndrecht.pk: [successor.pk]}


def test_ground_of_a_merged_municipality_before_the_merger() -> None:
    merged = government_named("Beveren-Kruibeke-Zwijndrecht", AFTER)
    names = {Organisation.objects.get(pk=pk).name for pk in governments_on([merged.pk], BEFORE)[merged.pk]}
    assert names == {"Beveren", "Kruibeke", "Zwijndrecht"}


def test_kortessem_changes_arrondissement() -> None:
    kortessem = government_named("Kortessem", BEFORE)
    assert area_of(kortessem, AreaKind.ARRONDISSEMENT, BEFORE) == "Tongeren"
    hasselt = successor_of(kortessem)
    assert hasselt is not None
    assert hasselt.name == "Hasselt"
    assert area_of(hasselt, AreaKind.ARRONDISSEMENT, AFTER) == "Hasselt"


def test_territory_at_the_time_and_of_a_chosen_date() -> None:
    assert territory_on("11056", BEFORE).name == "Zwijndrecht"
    assert territory_on("11056", AFTER).nis == "46030"
    assert territory_on("46030", AFTER).nis == "46030"
    assert territory_on("71071", AFTER).name == "Tessenderlo-Ham"


def test_territory_that_was_several_is_refused_with_their_names() -> None:
    with pytest.raises(LookupError, match=r"Beveren.*Kruibeke.*|Zwijndrecht"):
        territory_on("46030", BEFORE)
    with pytest.raises(LookupError, match="99999"):
        territory_on("99999", AFTER)


def test_history_that_is_not_known_gives_no_territory() -> None:
    with pytest.raises(LookupError, match="none"):
        territory_on("12041", date(2018, 12, 31))


@pytest.mark.parametrize(
    ("province", "before", "after"),
    [("Antwerpen", 69, 67), ("Limburg", 42, 38), ("Oost-Vlaanderen", 60, 55), ("Vlaams-Brabant", 65, 63),
     ("West-Vlaanderen", 64, 62)],
)  # fmt: skip
def test_members_of_a_province(province: str, before: int, after: int) -> None:
    assert len(members_of(AreaKind.PROVINCE, province, BEFORE)) == before
    counted = list(provinces_of_governments(BEFORE).values())
    assert counted.count(province) == before
    assert len(members_of(AreaKind.PROVINCE, province, AFTER)) == after


def test_reference_regions_have_editions() -> None:
    de_haan = government_named("De Haan", BEFORE)
    assert area_of(de_haan, AreaKind.REFERENCE_REGION, BEFORE) == "Regio Oostende"
    assert area_of(de_haan, AreaKind.REFERENCE_REGION, date(2026, 1, 1)) == "Middenkust"
    assert area_of(de_haan, AreaKind.REFERENCE_REGION, date(2019, 1, 1)) == "Regio Oostende"
    assert de_haan in members_of(AreaKind.REFERENCE_REGION, "Middenkust", AFTER)
    assert members_of(AreaKind.REFERENCE_REGION, "Middenkust", BEFORE) == []


@pytest.mark.parametrize(
    ("printed", "name"),
    [("VGC", "Vlaamse Gemeenschapscommissie"), ("De Rand vzw", "vzw De Rand"), ("De Rand", "vzw De Rand"),
     ("sint niklaas", "Sint-Niklaas"), ("St.-Niklaas", "Sint-Niklaas"), ("ABB", "Agentschap Binnenlands Bestuur")],
)  # fmt: skip
def test_names_as_they_are_printed(printed: str, name: str) -> None:
    assert government_named(printed, BEFORE).name == name


@pytest.mark.parametrize(
    ("printed", "on", "helps"),
    [("Krubeke", BEFORE, "Kruibeke"), ("Kruibeke", AFTER, "gold tot en met 31 december 2024"),
     ("Pajottegem", BEFORE, "geldt pas vanaf 1 januari 2025"), ("Xyzzy", BEFORE, "Geen bestuur heet “Xyzzy”")],
)  # fmt: skip
def test_unknown_name_is_refused_with_help(printed: str, on: date, helps: str) -> None:
    with pytest.raises(UnknownNameError, match=helps):
        government_named(printed, on)

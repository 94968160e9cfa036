"""Roles on the map for lists of the test's own, on any day."""

from __future__ import annotations

from datetime import date

import pytest

from draad.applications.actions.listed import PrintedMentorship, record_mentorships
from draad.applications.counting import PrintedList
from draad.applications.roles import ListedRole, edition_day, roles_of_municipalities, roles_on, roles_per_province
from draad.organisations.models import Territory
from draad.organisations.queries import valid_on
from draad.programmes.models import Round
from tests.applications.conftest import BY, MakeList, entry

BEFORE, AFTER = date(2024, 6, 1), date(2025, 6, 1)


def role_of(listed: PrintedList, name: str, day: date) -> ListedRole:
    return {row.name: row.role for row in roles_on(listed, day).values()}[name]


@pytest.mark.parametrize("day", [BEFORE, AFTER, date(2023, 10, 1)])
def test_every_municipality_of_the_day_has_a_role(prints: MakeList, day: date) -> None:
    roles = roles_on(prints(entry("Geel", "Mol")), day)
    assert set(roles) == set(Territory.objects.filter(valid_on(day)).values_list("nis", flat=True))


def test_an_empty_list_gives_nobody_a_role(prints: MakeList) -> None:
    assert {row.role for row in roles_on(prints(), AFTER).values()} == {ListedRole.NOT_LISTED}


def test_who_leads_and_is_partner_leads(prints: MakeList) -> None:
    listed = prints(entry("Geel", "Mol"), entry("Balen", "Geel"))
    assert role_of(listed, "Geel", AFTER) is ListedRole.LEAD
    assert role_of(listed, "Balen", AFTER) is ListedRole.LEAD
    assert role_of(listed, "Mol", AFTER) is ListedRole.MEMBER


@pytest.mark.parametrize(
    ("entries", "role"),
    [
        ([entry("Kruibeke", "Temse")], ListedRole.LEAD),
        ([entry("Temse", "Kruibeke")], ListedRole.MEMBER),
        ([entry("Temse", "Kruibeke", "Zwijndrecht")], ListedRole.MEMBER),
        ([entry("Temse", "Kruibeke"), entry("Zwijndrecht", "Temse")], ListedRole.LEAD),
        ([entry("Temse", "Stekene")], ListedRole.NOT_LISTED),
    ],
)
def test_the_strongest_role_of_those_that_merged(prints: MakeList, entries: list[object], role: ListedRole) -> None:
    assert role_of(prints(*entries), "Beveren-Kruibeke-Zwijndrecht", AFTER) is role


def test_the_names_of_then_stand_with_the_municipality_of_today(prints: MakeList) -> None:
    listed = prints(entry("Temse", "Kruibeke", "Zwijndrecht"))
    merged = {row.name: row for row in roles_on(listed, AFTER).values()}["Beveren-Kruibeke-Zwijndrecht"]
    assert merged.named == {"Kruibeke", "Zwijndrecht"}
    assert {row.name: row.named for row in roles_on(listed, BEFORE).values()}["Kruibeke"] == frozenset()


def test_who_stands_for_another_gives_that_one_a_role(prints: MakeList) -> None:
    listed = prints(entry("Londerzeel", "De Rand (io Wemmel)"))
    assert role_of(listed, "Wemmel", AFTER) is ListedRole.MEMBER


def test_an_organisation_without_territory_has_no_place_on_the_map(prints: MakeList) -> None:
    roles = roles_on(prints(entry("VGC")), AFTER)
    assert {row.role for row in roles.values()} == {ListedRole.NOT_LISTED}


def test_a_mentor_has_a_ring_and_keeps_its_role(prints: MakeList, second: Round) -> None:
    listed = prints(entry("Geel", "Mol"))
    for name in ("Geel", "Kruibeke"):
        record_mentorships(second, [PrintedMentorship(5, "Oefenkansen", name, "x", "proef")], by=BY)
        mentors = {row.name: row.role for row in roles_on(listed, AFTER).values() if row.mentor}
        expected = (
            {"Geel": ListedRole.LEAD} if name == "Geel" else {"Beveren-Kruibeke-Zwijndrecht": ListedRole.NOT_LISTED}
        )
        assert mentors == expected


@pytest.mark.parametrize("edition", ["2024", "2025"])
def test_provinces_add_up_to_all_municipalities(listed: PrintedList, edition: str) -> None:
    rows = roles_per_province(listed, edition)
    roles = roles_of_municipalities(listed, edition)
    assert sum(row.leads + row.members + row.not_listed for row in rows) == len(roles)
    assert [row.province for row in rows] == sorted(row.province for row in rows)


def test_an_edition_shows_1_january() -> None:
    assert edition_day("2025") == date(2025, 1, 1)


def test_the_stronger_role_is_the_greater() -> None:
    assert ListedRole.LEAD > ListedRole.MEMBER > ListedRole.NOT_LISTED

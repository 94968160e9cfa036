"""The printed list of round 1 against what a careful reader counted in it by hand."""

from __future__ import annotations

import pytest

from draad.applications.counting import PrintedList
from draad.applications.models import ListedMentorship, ListedPartner, ListedPartnership
from draad.applications.roles import ListedRole, roles_of_municipalities, roles_per_province

HEADINGS = {
    "West-Vlaanderen": 4,
    "Oost-Vlaanderen": 7,
    "Vlaams-Brabant": 5,
    "Antwerpen": 5,
    "Limburg": 2,
    "Brussel": 1,
}
LEADS = [
    "Harelbeke", "Kortrijk", "Waregem", "Wevelgem", "Dendermonde", "Eeklo", "Kruibeke", "Lokeren", "Ninove",
    "Sint-Gillis-Waas", "Temse", "Beersel", "De Rand vzw", "Londerzeel", "Ternat", "Tienen", "Bornem", "Geel", "Kalmthout",
    "Geel", "Mol", "Boom", "Pelt", "VGC",
]  # fmt: skip
SEVERAL = {
    "Kruibeke": (1, 2),
    "Temse": (1, 2),
    "Sint-Gillis-Waas": (1, 1),
    "Waregem": (1, 1),
    "Zwevegem": (0, 2),
    "Zwijndrecht": (0, 2),
    "vzw De Rand": (1, 1),
}
MENTORS = [
    ("Oostende", 11), ("Oostende", 10), ("Lier", 15), ("Antwerpen", 5), ("Antwerpen", 8), ("Antwerpen", 18),
    ("Mechelen", 22), ("Mechelen", 9), ("Gent", 17), ("Gent", 16), ("Gent", 13), ("Sint-Niklaas", 2),
]  # fmt: skip


def test_24_entries_in_the_order_of_the_source(listed: PrintedList) -> None:
    assert [entry.lead_as_printed for entry in listed.entries] == LEADS
    assert [entry.position for entry in listed.entries] == list(range(1, 25))


@pytest.mark.parametrize(("heading", "number"), HEADINGS.items())
def test_entries_per_heading(listed: PrintedList, heading: str, number: int) -> None:
    assert sum(entry.listed_under == heading for entry in listed.entries) == number


def test_distinct_leads(listed: PrintedList) -> None:
    assert len(listed.leads) == 23
    assert len(listed.leads_with_partners) == 22
    assert sum(lead.kind == "local_government" for lead in listed.leads) == 21


def test_the_duplicate(listed: PrintedList) -> None:
    assert len(listed.different) == 23
    assert [[entry.position for entry in group] for group in listed.repeated] == [[18, 20]]


def test_names(listed: PrintedList) -> None:
    assert listed.mentions == 92
    without_repetition = sum(1 + len(entry.partners.all()) for entry in listed.different)
    assert without_repetition == 87
    assert len(listed.named) == 78


def test_municipalities(listed: PrintedList) -> None:
    assert len(listed.municipalities) == 76
    assert [other.name for other in listed.others] == ["vzw De Rand", "Vlaamse Gemeenschapscommissie"]
    assert [other.name for other in listed.stood_for] == ["Wemmel"]


def test_who_is_in_several_different_partnerships(listed: PrintedList) -> None:
    found = {p.organisation.name: (p.as_lead, p.as_partner) for p in listed.parts.values() if p.all > 1}
    assert found == SEVERAL


def test_every_organisation_has_a_part(listed: PrintedList) -> None:
    assert len(listed.parts) == 78
    assert all(part.all >= 1 for part in listed.parts.values())
    assert sum(part.as_lead for part in listed.parts.values()) == 23


def test_de_rand_stands_for_wemmel(listed: PrintedList) -> None:
    partner = ListedPartner.objects.get(as_printed="De Rand (io Wemmel)")
    assert partner.organisation.name == "vzw De Rand"
    assert partner.on_behalf_of is not None
    assert partner.on_behalf_of.name == "Wemmel"
    assert partner.partnership.lead_as_printed == "Londerzeel"


def test_only_that_partner_stands_for_another(listed: PrintedList) -> None:
    assert ListedPartner.objects.filter(on_behalf_of__isnull=False).count() == 1


def test_a_name_that_is_printed_wrongly_is_kept_and_understood(listed: PrintedList) -> None:
    partner = ListedPartner.objects.get(as_printed="Wezenbeek-Oppem")
    assert partner.organisation.name == "Wezembeek-Oppem"


def test_every_entry_has_its_source(listed: PrintedList) -> None:
    assert {entry.source for entry in listed.entries} == {"written question 492: answer 2"}


def test_mentors(listed: PrintedList) -> None:
    rows = ListedMentorship.objects.select_related("action").order_by("position")
    assert [(row.as_printed, row.action.number) for row in rows] == MENTORS
    assert len({row.organisation_id for row in rows}) == 6


@pytest.mark.parametrize(
    ("edition", "leads", "members", "all_of_them"), [("2025", 21, 54, 285), ("2024", 21, 56, 300)]
)
def test_roles_on_the_map(listed: PrintedList, edition: str, leads: int, members: int, all_of_them: int) -> None:
    roles = [row.role for row in roles_of_municipalities(listed, edition).values()]
    assert roles.count(ListedRole.LEAD) == leads
    assert roles.count(ListedRole.MEMBER) == members
    assert len(roles) == all_of_them


@pytest.mark.parametrize(
    ("province", "leads", "members", "not_listed"),
    [
        ("Antwerpen", 5, 17, 45),
        ("Limburg", 1, 7, 30),
        ("Oost-Vlaanderen", 7, 10, 38),
        ("Vlaams-Brabant", 4, 11, 48),
        ("West-Vlaanderen", 4, 9, 49),
    ],
)
def test_roles_per_province_of_today(
    listed: PrintedList, province: str, leads: int, members: int, not_listed: int
) -> None:
    found = {row.province: row for row in roles_per_province(listed, "2025")}
    assert len(found) == 5
    row = found[province]
    assert (row.leads, row.members, row.not_listed) == (leads, members, not_listed)


def test_a_merged_municipality_takes_the_strongest_role(listed: PrintedList) -> None:
    merged = roles_of_municipalities(listed, "2025")["46030"]
    assert merged.name == "Beveren-Kruibeke-Zwijndrecht"
    assert merged.role is ListedRole.LEAD
    assert merged.named == {"Kruibeke", "Zwijndrecht"}
    assert merged.province == "Oost-Vlaanderen"


def test_before_the_merger_each_has_its_own_role(listed: PrintedList) -> None:
    roles = {row.name: row for row in roles_of_municipalities(listed, "2024").values()}
    assert roles["Kruibeke"].role is ListedRole.LEAD
    assert roles["Zwijndrecht"].role is ListedRole.MEMBER
    assert roles["Beveren"].role is ListedRole.NOT_LISTED
    assert roles["Kruibeke"].named == frozenset()


def test_who_is_listed_through_a_partner_is_a_member(listed: PrintedList) -> None:
    roles = {row.name: row for row in roles_of_municipalities(listed, "2025").values()}
    assert roles["Wemmel"].role is ListedRole.MEMBER


def test_mentors_on_the_map(listed: PrintedList) -> None:
    mentors = {row.name for row in roles_of_municipalities(listed, "2025").values() if row.mentor}
    assert mentors == {"Oostende", "Lier", "Antwerpen", "Mechelen", "Gent", "Sint-Niklaas"}


def test_nothing_else_is_stored(listed: PrintedList) -> None:
    assert ListedPartnership.objects.count() == 24
    assert ListedPartner.objects.count() == 68
    assert ListedMentorship.objects.count() == 12

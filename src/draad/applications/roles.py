"""Who is lead, member or not listed, shown on the municipalities of any day: mergers take the strongest role."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date
from enum import IntEnum

from draad.applications.counting import PrintedList
from draad.applications.models import ListedMentorship
from draad.organisations.models import AreaKind, Territory
from draad.organisations.queries import Timeline, area_names, holds, timeline
from draad.programmes.models import Round


class ListedRole(IntEnum):
    """The role of a municipality in the list of partnerships; a higher number is a stronger role."""

    NOT_LISTED = 0
    MEMBER = 1
    LEAD = 2


@dataclass(frozen=True)
class MunicipalityRole:
    """What the lists of a round say of a municipality: its role, whether it mentors, and under which names.

    ``named`` holds the names of the governments of the round, when they are others than the municipality itself.
    """

    nis: str
    name: str
    province: str
    role: ListedRole = ListedRole.NOT_LISTED
    mentor: bool = False
    named: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True)
class ProvinceRoles:
    """How many municipalities of a province have each role."""

    province: str
    leads: int
    members: int
    not_listed: int


def edition_day(edition: str) -> date:
    """The day for which an edition of the map shows the municipalities: 1 January of its year."""
    return date(int(edition), 1, 1)


def roles_of_municipalities(listed: PrintedList, edition: str) -> dict[str, MunicipalityRole]:
    """What the lists of a round say of every municipality (NIS code) of an edition of the map, such as 2025."""
    return roles_on(listed, edition_day(edition))


def roles_on(listed: PrintedList, day: date) -> dict[str, MunicipalityRole]:
    """What the lists of a round say of every municipality (NIS code) of a day.

    Partners that stand for a municipality make it a member. A merged municipality takes the strongest role of those
    that went up in it.
    """
    history = timeline()
    provinces = area_names(AreaKind.PROVINCE, day)
    found = {
        place.pk: MunicipalityRole(place.nis, place.name, provinces.get(place.pk, ""))
        for place in history.territories.values()
        if holds(place.valid_from, place.valid_to, day)
    }
    round_ = listed.round
    for organisation, role in _listed_roles(listed).items():
        for then, now in _ground(history, organisation, round_, day):
            found[now.pk] = _merged(found[now.pk], then, role=role)
    for organisation in ListedMentorship.objects.filter(round=round_).values_list("organisation_id", flat=True):
        for then, now in _ground(history, organisation, round_, day):
            found[now.pk] = _merged(found[now.pk], then, mentor=True)
    return {row.nis: row for row in sorted(found.values(), key=lambda row: row.nis)}


def roles_per_province(listed: PrintedList, edition: str) -> list[ProvinceRoles]:
    """How many municipalities of an edition have each role, per province in the order of the alphabet."""
    counts: dict[str, Counter[ListedRole]] = {}
    for row in roles_of_municipalities(listed, edition).values():
        counts.setdefault(row.province, Counter())[row.role] += 1
    return [
        ProvinceRoles(name, counts[name][ListedRole.LEAD], counts[name][ListedRole.MEMBER],
                      counts[name][ListedRole.NOT_LISTED])
        for name in sorted(counts)
    ]  # fmt: skip


def _listed_roles(listed: PrintedList) -> dict[int, ListedRole]:
    roles = dict.fromkeys((o.pk for o in [*listed.named, *listed.stood_for]), ListedRole.MEMBER)
    return roles | dict.fromkeys((lead.pk for lead in listed.leads), ListedRole.LEAD)


def _ground(history: Timeline, organisation: int, round_: Round, day: date) -> list[tuple[Territory, Territory]]:
    """The territory of an organisation in the round, with each territory that lies there on the day."""
    then = history.territory_of(organisation, round_.starts_on)
    return [(then, now) for now in history.on(then.pk, day)] if then else []


def _merged(
    known: MunicipalityRole, then: Territory, *, role: ListedRole = ListedRole.NOT_LISTED, mentor: bool = False
) -> MunicipalityRole:
    other = {then.name} if then.nis != known.nis else set()
    return replace(known, role=max(known.role, role), mentor=known.mentor or mentor, named=known.named | other)

"""Registers governments with their territories, and partners, from lists with a source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.db.models import Q
from django.utils.text import slugify

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.audit import Recording
from draad.accounts.roles import Role
from draad.accounts.sync import SyncCount, sync
from draad.organisations import identifiers
from draad.organisations.actions.mirror import ROOM, mirror
from draad.organisations.models import (
    Area,
    AreaKind,
    Jurisdiction,
    NameKind,
    Organisation,
    OrganisationKind,
    OrganisationName,
    Succession,
    Territory,
    TerritoryArea,
)
from draad.organisations.names import fold

Counts = dict[str, SyncCount]
AreaKey = tuple[str, str, str]


@dataclass(frozen=True)
class Municipality:
    """One territory with its government, as a code list gives them.

    ``regions`` gives the reference region per edition; ``successor_nis`` is the territory in which this one went up
    on the day after ``valid_to``. ``city_title`` None means that no source tells.
    """

    nis: str
    name: str
    province: str
    arrondissement: str
    valid_from: date | None
    valid_to: date | None
    successor_nis: str
    kbo: str
    ovo: str
    identifier_source: str
    centre_city: bool
    city_title: bool | None
    regions: Mapping[str, str]
    source: str

    def __post_init__(self) -> None:
        identifiers.nis(self.nis)
        identifiers.kbo(self.kbo)
        identifiers.ovo(self.ovo)
        if self.successor_nis and self.valid_to is None:
            raise ValueError(f"{self.name} ({self.nis}) has a successor but no last day")

    @property
    def areas(self) -> list[AreaKey]:
        """The kind, edition and name of every area it lies in."""
        regions = [(AreaKind.REFERENCE_REGION.value, edition, name) for edition, name in self.regions.items()]
        return [
            (AreaKind.PROVINCE.value, "", self.province),
            (AreaKind.ARRONDISSEMENT.value, "", self.arrondissement),
            *regions,
        ]


@dataclass(frozen=True)
class Partner:
    """An organisation without territory; numbers that are not known are empty."""

    name: str
    kind: OrganisationKind
    aliases: Sequence[str]
    kbo: str
    ovo: str
    source: str


def register_municipalities(municipalities: Sequence[Municipality], *, by: Actor) -> Counts:
    """Store a complete list of municipalities: organisations (key KBO), territories (key NIS) and what joins them.

    A KBO that occurs in several rows is one organisation with several territories, and names, in time.

    Returns:
        What was added and changed per table; a second time nothing.
    """
    by.require(Role.ADMINISTRATOR)
    with audit.recording(by=by) as log:
        organisations = _organisations(log, municipalities)
        governments = _pks(Organisation, "kbo", {m.kbo for m in municipalities})
        names = _official_names(log, municipalities, governments)
        territories = _territories(log, municipalities)
        places = _pks(Territory, "nis", {m.nis for m in municipalities})
        return {
            "organisations": organisations,
            "names": names,
            "territories": territories,
            "areas": _areas(log, municipalities, places),
            "jurisdictions": _jurisdictions(log, municipalities, governments, places),
            "successions": _successions(log, municipalities, places),
        }


def register_partners(partners: Sequence[Partner], *, by: Actor) -> Counts:
    """Store organisations without territory, known by their name, with the other names in use for them."""
    by.require(Role.ADMINISTRATOR)
    with audit.recording(by=by) as log:
        rows = [
            {"slug": slugify(p.name), "kind": p.kind.value, "name": p.name, "source": p.source,
             "kbo": identifiers.kbo(p.kbo) if p.kbo else None, "ovo": identifiers.ovo(p.ovo) if p.ovo else None}
            for p in partners
        ]  # fmt: skip
        organisations = sync(log, Organisation, rows, key=["slug"], room=ROOM)
        pks = _pks(Organisation, "slug", {slugify(p.name) for p in partners})
        names = [
            _name(pks[slugify(p.name)], text, kind, None, None, p.source)
            for p in partners
            for text, kind in [(p.name, NameKind.OFFICIAL), *((alias, NameKind.ALIAS) for alias in p.aliases)]
        ]
        within = Q(organisation__in=pks.values())
        return {
            "organisations": organisations,
            "names": mirror(log, OrganisationName, names, key=["organisation_id", "name"], within=within),
        }


def _pks(model: type[Organisation] | type[Territory], field: str, values: Iterable[str]) -> dict[str, int]:
    return dict(model.objects.filter(**{f"{field}__in": list(values)}).values_list(field, "pk"))


def _lives(municipalities: Sequence[Municipality]) -> list[list[Municipality]]:
    """The rows of each organisation, in the order of time."""
    ordered = sorted(municipalities, key=lambda m: (m.kbo, m.valid_from or date.min))
    return [list(rows) for _kbo, rows in groupby(ordered, key=lambda m: m.kbo)]


def _organisations(log: Recording, municipalities: Sequence[Municipality]) -> SyncCount:
    rows = [
        {"kbo": life[0].kbo, "ovo": life[0].ovo, "slug": slugify(life[0].name), "name": life[-1].name,
         "kind": OrganisationKind.LOCAL_GOVERNMENT.value, "valid_from": life[0].valid_from,
         "valid_to": life[-1].valid_to, "source": life[0].source}
        for life in _lives(municipalities)
    ]  # fmt: skip
    return sync(log, Organisation, rows, key=["kbo"], room=ROOM)


def _official_names(log: Recording, municipalities: Sequence[Municipality], pks: Mapping[str, int]) -> SyncCount:
    rows = []
    for life in _lives(municipalities):
        for name, group in groupby(life, key=lambda m: m.name):
            same = list(group)
            rows.append(_name(pks[life[0].kbo], name, NameKind.OFFICIAL, same[0].valid_from, same[-1].valid_to,
                              same[0].source))  # fmt: skip
    within = Q(organisation__in=pks.values(), kind=NameKind.OFFICIAL)
    return mirror(log, OrganisationName, rows, key=["organisation_id", "name", "valid_from"], within=within)


def _name(
    organisation: int, name: str, kind: NameKind, valid_from: date | None, valid_to: date | None, source: str
) -> dict[str, Any]:
    return {"organisation_id": organisation, "name": name, "folded": fold(name), "kind": kind.value,
            "valid_from": valid_from, "valid_to": valid_to, "source": source}  # fmt: skip


def _territories(log: Recording, municipalities: Sequence[Municipality]) -> SyncCount:
    rows = [
        {"nis": m.nis, "name": m.name, "valid_from": m.valid_from, "valid_to": m.valid_to,
         "centre_city": m.centre_city, "city_title": m.city_title, "source": m.source}
        for m in municipalities
    ]  # fmt: skip
    return sync(log, Territory, rows, key=["nis"], room=ROOM)


def _areas(log: Recording, municipalities: Sequence[Municipality], places: Mapping[str, int]) -> SyncCount:
    sources = {area: m.source for m in municipalities for area in m.areas}
    rows: list[Mapping[str, Any]] = [
        {"kind": kind, "edition": edition, "name": name, "source": source}
        for (kind, edition, name), source in sorted(sources.items())
    ]
    count = sync(log, Area, rows, key=["kind", "edition", "name"], room=ROOM)
    pks = {(area.kind, area.edition, area.name): area.pk for area in Area.objects.all()}
    lies_in = [
        {"territory_id": places[m.nis], "area_id": pks[area], "kind": area[0], "edition": area[1]}
        for m in municipalities
        for area in m.areas
    ]
    within = Q(territory__in=places.values())
    return count + mirror(log, TerritoryArea, lies_in, key=["territory_id", "kind", "edition"], within=within)


def _jurisdictions(
    log: Recording, municipalities: Sequence[Municipality], governments: Mapping[str, int], places: Mapping[str, int]
) -> SyncCount:
    rows = [
        {"organisation_id": governments[m.kbo], "territory_id": places[m.nis], "valid_from": m.valid_from,
         "valid_to": m.valid_to, "identifier_source": m.identifier_source}
        for m in municipalities
    ]  # fmt: skip
    within = Q(territory__in=places.values())
    return mirror(log, Jurisdiction, rows, key=["organisation_id", "territory_id"], within=within)


def _successions(log: Recording, municipalities: Sequence[Municipality], places: Mapping[str, int]) -> SyncCount:
    rows = [
        {"predecessor_id": places[m.nis], "successor_id": _successor(m, places), "source": m.source,
         "on": m.valid_to + timedelta(days=1)}
        for m in municipalities
        if m.successor_nis and m.valid_to
    ]  # fmt: skip
    within = Q(predecessor__in=places.values())
    return mirror(log, Succession, rows, key=["predecessor_id", "successor_id"], within=within)


def _successor(municipality: Municipality, places: Mapping[str, int]) -> int:
    if municipality.successor_nis not in places:
        raise ValueError(
            f"{municipality.name} ({municipality.nis}): successor {municipality.successor_nis} not listed"
        )
    return places[municipality.successor_nis]

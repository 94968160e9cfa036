"""Walks from territory to territory through mergers, and from government to territory, for any day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from draad.accounts.freshness import while_unchanged
from draad.organisations.models import Jurisdiction, Organisation, Territory
from draad.organisations.queries.periods import holds


@dataclass(frozen=True)
class Timeline:
    """All territories with what followed what and who governed them; everything is asked by primary key.

    ``territories`` stand in the order of their codes. ``held`` gives the jurisdictions of an organisation,
    ``governed`` those over a territory, both with the organisation; ``merged_on`` the day on which a first territory
    went up in a second.
    """

    territories: dict[int, Territory]
    successors: dict[int, list[int]]
    predecessors: dict[int, list[int]]
    held: dict[int, list[Jurisdiction]]
    governed: dict[int, list[Jurisdiction]]
    merged_on: dict[tuple[int, int], date]

    def on(self, territory: int, day: date) -> list[Territory]:
        """What lies on that day where this territory lies: itself, its successor, or its predecessors.

        Empty when the history that is known does not reach that day.
        """
        found = self.territories[territory]
        if holds(found.valid_from, found.valid_to, day):
            return [found]
        later = found.valid_to is not None and found.valid_to < day
        steps = (self.successors if later else self.predecessors).get(territory, [])
        return list({place.pk: place for step in steps for place in self.on(step, day)}.values())

    def parts_of(self, territory: int, then: date, now: date) -> list[int]:
        """The territories of ``then`` that make up a territory as it is ``now``.

        A code may live on through a merger: Antwerpen of 2025 (11002) is Antwerpen (11002) and Borsbeek of 2020.
        """
        place = self.territories[territory]
        joined = [
            before
            for before in self.predecessors.get(territory, [])
            if then < self.merged_on[before, territory] <= now
        ]
        own = [territory] if holds(place.valid_from, place.valid_to, then) else []
        return own + [part for before in joined for part in self.parts_of(before, then, now)]

    def government_of(self, territory: int, day: date) -> int | None:
        """The organisation that governs a territory on that day."""
        held = self.governed.get(territory, [])
        return next((j.organisation_id for j in held if holds(j.valid_from, j.valid_to, day)), None)

    def territory_of(self, organisation: int, day: date) -> Territory | None:
        """The territory an organisation governs on that day, or None."""
        held = self.held.get(organisation, [])
        return next((self.territories[j.territory_id] for j in held if holds(j.valid_from, j.valid_to, day)), None)

    def governing(self, day: date) -> list[Jurisdiction]:
        """Who governs each territory of a day, by the name of the territory."""
        found = [j for all_of_them in self.held.values() for j in all_of_them if holds(j.valid_from, j.valid_to, day)]
        return sorted(found, key=lambda j: self.territories[j.territory_id].name)

    def territory_near(self, organisation: int, day: date) -> Territory | None:
        """The territory an organisation governs on that day, else its last before, else its first after, else None."""
        held = self.held.get(organisation, [])
        past = [self.territories[j.territory_id] for j in held if j.valid_to and j.valid_to < day]
        first = [self.territories[j.territory_id] for j in held[:1]]
        return self.territory_of(organisation, day) or next(iter(past[-1:] or first), None)

    def ground_of(self, organisation: int, day: date) -> list[Territory]:
        """The territories of that day that an organisation governs, or that its ground has become or was before."""
        start = self.territory_near(organisation, day)
        return self.on(start.pk, day) if start else []

    def governments_on(self, organisation: int, day: date) -> list[int]:
        """Who governs on that day the ground of an organisation: itself, its successor, or its predecessors."""
        governments = (self.government_of(place.pk, day) for place in self.ground_of(organisation, day))
        return list(dict.fromkeys(pk for pk in governments if pk is not None))


@while_unchanged
def timeline() -> Timeline:
    """The whole history that Draad knows, remembered until one of its tables is written; one query.

    It holds the territories that somebody governed on some day, which is all of them.
    """
    known: dict[int, Jurisdiction] = {}
    mergers: dict[int, tuple[int, int, date]] = {}
    rows = Jurisdiction.objects.select_related("territory", "organisation").annotate(
        merger=F("territory__successions"),
        after=F("territory__successions__successor"),
        merged_on=F("territory__successions__on"),
    )
    for row in rows.order_by(F("valid_from").asc(nulls_first=True), "pk"):
        known[row.pk] = row
        if row.merger is not None:
            mergers[row.merger] = (row.territory_id, row.after, row.merged_on)
    held: dict[int, list[Jurisdiction]] = defaultdict(list)
    governed: dict[int, list[Jurisdiction]] = defaultdict(list)
    for jurisdiction in known.values():
        held[jurisdiction.organisation_id].append(jurisdiction)
        governed[jurisdiction.territory_id].append(jurisdiction)
    forward: dict[int, list[int]] = defaultdict(list)
    back: dict[int, list[int]] = defaultdict(list)
    merged: dict[tuple[int, int], date] = {}
    for _merger, (before, after, on) in sorted(mergers.items()):
        merged[before, after] = on
        forward[before].append(after)
        back[after].append(before)
    territories = sorted((j.territory for j in known.values()), key=lambda territory: territory.nis)
    by_key = {territory.pk: territory for territory in territories}
    return Timeline(by_key, dict(forward), dict(back), dict(held), dict(governed), merged)


def territory_on(nis: str, on: date) -> Territory:
    """The one territory that lies on a day where territory ``nis`` lies, following mergers.

    Raises:
        LookupError: when the code is not known, or the day lies before a merger, when there were several.
    """
    history = timeline()
    start = next((place for place in history.territories.values() if place.nis == nis), None)
    if start is None:
        raise LookupError(f"no territory has NIS code {nis}")
    found = history.on(start.pk, on)
    if len(found) != 1:
        names = ", ".join(place.name for place in found) or "none"
        raise LookupError(f"{start.name} ({nis}) is not one territory on {on}: {names}")
    return found[0]


def governments_on(organisations: Iterable[int], on: date) -> dict[int, list[int]]:
    """For each organisation (primary key) who governs its ground on a day; one reading for all."""
    history = timeline()
    return {organisation: history.governments_on(organisation, on) for organisation in organisations}


def nis_codes_on(organisations: Iterable[int], on: date) -> dict[int, list[str]]:
    """For each organisation (primary key) the NIS codes of a day on which its ground lies; for a map of that day."""
    history = timeline()
    return {
        organisation: [place.nis for place in history.ground_of(organisation, on)] for organisation in organisations
    }


def successor_of(organisation: Organisation) -> Organisation | None:
    """The organisation in which this one went up, or None while it lasts."""
    if organisation.valid_to is None:
        return None
    path = "jurisdictions__territory__precessions__predecessor__jurisdictions__organisation"
    return Organisation.objects.filter(**{path: organisation}).exclude(pk=organisation.pk).order_by("pk").first()


def predecessors_of(organisation: Organisation) -> list[Organisation]:
    """The other organisations that went up in this one, by name."""
    path = "jurisdictions__territory__successions__successor__jurisdictions__organisation"
    found = Organisation.objects.filter(**{path: organisation}).exclude(pk=organisation.pk)
    return list(found.order_by("name").distinct())

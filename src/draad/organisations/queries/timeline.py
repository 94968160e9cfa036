"""Walks from territory to territory through mergers, and from government to territory, for any day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from draad.organisations.models import Jurisdiction, Organisation, Succession, Territory
from draad.organisations.queries.periods import holds


@dataclass(frozen=True)
class Timeline:
    """All territories with what followed what; reads the database three times, whatever is asked afterwards."""

    territories: dict[int, Territory]
    successors: dict[int, list[int]]
    predecessors: dict[int, list[int]]
    jurisdictions: list[Jurisdiction]

    def on(self, territory: int, day: date) -> list[Territory]:
        """What lies on that day where this territory (primary key) lies: itself, its successor, or its predecessors.

        Empty when the history that is known does not reach that day.
        """
        found = self.territories[territory]
        if holds(found.valid_from, found.valid_to, day):
            return [found]
        later = found.valid_to is not None and found.valid_to < day
        steps = (self.successors if later else self.predecessors).get(territory, [])
        return list({place.pk: place for step in steps for place in self.on(step, day)}.values())

    def government_of(self, territory: int, day: date) -> int | None:
        """The primary key of the organisation that governs a territory on that day."""
        return self._governments(day).get(territory)

    def territory_of(self, organisation: int, day: date) -> Territory | None:
        """The territory that an organisation (primary key) governs on that day."""
        held = (j for j in self.jurisdictions if j.organisation_id == organisation)
        return next((self.territories[j.territory_id] for j in held if holds(j.valid_from, j.valid_to, day)), None)

    def last_territory_of(self, organisation: int, day: date) -> Territory | None:
        """The territory it governs on that day, else the one nearest in time, or None for who governs none."""
        current = self.territory_of(organisation, day)
        if current:
            return current
        held = [self.territories[j.territory_id] for j in self.jurisdictions if j.organisation_id == organisation]
        past = [place for place in held if place.valid_to and place.valid_to < day]
        if past:
            return max(past, key=lambda place: place.valid_to or date.min)
        return min(held, key=lambda place: place.valid_from or date.min, default=None)

    def governments_on(self, organisation: int, day: date) -> list[int]:
        """Who governs on that day the ground of an organisation: itself, its successor, or its predecessors."""
        start = self.last_territory_of(organisation, day)
        if start is None:
            return []
        governments = self._governments(day)
        return list(
            dict.fromkeys(governments[place.pk] for place in self.on(start.pk, day) if place.pk in governments)
        )

    def _governments(self, day: date) -> dict[int, int]:
        return {j.territory_id: j.organisation_id for j in self.jurisdictions if holds(j.valid_from, j.valid_to, day)}


def timeline() -> Timeline:
    """The whole history that Draad knows."""
    forward: dict[int, list[int]] = defaultdict(list)
    back: dict[int, list[int]] = defaultdict(list)
    for before, after in Succession.objects.order_by("pk").values_list("predecessor_id", "successor_id"):
        forward[before].append(after)
        back[after].append(before)
    territories = {territory.pk: territory for territory in Territory.objects.order_by("nis")}
    return Timeline(territories, dict(forward), dict(back), list(Jurisdiction.objects.order_by("valid_from", "pk")))


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

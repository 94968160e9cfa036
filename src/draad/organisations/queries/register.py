"""The local governments of a day, each with where it lies and how many people live there."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from draad.accounts.freshness import while_unchanged
from draad.documents.tables import Gap
from draad.organisations.models import AreaKind, OrganisationName, PopulationGroup
from draad.organisations.names import fold
from draad.organisations.queries.areas import areas_on
from draad.organisations.queries.periods import holds
from draad.organisations.queries.population import inhabitants, reference_dates_on
from draad.organisations.queries.timeline import Timeline, timeline


@dataclass(frozen=True)
class Government:
    """A local government on a day. ``known_as`` holds every name that should find it."""

    pk: int
    slug: str
    name: str
    nis: str
    kbo: str
    province: str
    arrondissement: str
    region: str
    inhabitants: int | Gap
    non_eu15: int | Gap
    added_up: bool
    known_as: str


@dataclass(frozen=True)
class Register:
    """All governments of a day, by name; the dates are those of the inhabitants and of their origin."""

    on: date
    governments: list[Government]
    reference_date: date | None
    origin_date: date | None


@while_unchanged
def register(on: date) -> Register:
    """The local governments that have a territory on ``on``."""
    history = timeline()
    dates = reference_dates_on(on)
    people, origin = (
        inhabitants(history, dates.get(group), on, group)
        for group in (PopulationGroup.TOTAL, PopulationGroup.NON_EU15)
    )
    areas = areas_on(on)
    former = _names(history, on)
    governments = [
        Government(
            pk=j.organisation_id,
            slug=j.organisation.slug,
            name=history.territories[j.territory_id].name,
            nis=history.territories[j.territory_id].nis,
            kbo=j.organisation.kbo or "",
            province=areas[AreaKind.PROVINCE].get(j.territory_id, ""),
            arrondissement=areas[AreaKind.ARRONDISSEMENT].get(j.territory_id, ""),
            region=areas[AreaKind.REFERENCE_REGION].get(j.territory_id, ""),
            inhabitants=people[j.territory_id].persons,
            non_eu15=origin[j.territory_id].persons,
            added_up=bool(people[j.territory_id].parts),
            known_as=" ".join(former[j.organisation_id]),
        )
        for j in history.governing(on)
    ]
    return Register(on, governments, dates.get(PopulationGroup.TOTAL), dates.get(PopulationGroup.NON_EU15))


def _names(history: Timeline, on: date) -> dict[int, list[str]]:
    """For each organisation of that day its own names, and those of who governed its ground before or after."""
    names: dict[int, list[str]] = defaultdict(list)
    rows = OrganisationName.objects.order_by(F("valid_from").asc(nulls_first=True), "pk").values_list(
        "organisation_id", "name", "organisation__valid_from", "organisation__valid_to"
    )
    for organisation, name, start, end in rows:
        heirs = [organisation] if holds(start, end, on) else history.governments_on(organisation, on)
        for heir in heirs:
            names[heir] += [name, fold(name)]
    return names

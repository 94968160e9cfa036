"""Governments with their territories, partners, inhabitants and tile positions."""

from __future__ import annotations

from datetime import date

from draad.accounts.actor import Actor
from draad.accounts.sync import SyncCount
from draad.datasets.facts import Fact, day, read, whole, yes_no
from draad.organisations.actions.places import Inhabitants, Place, lay_tiles, publish_population
from draad.organisations.actions.register import Municipality, Partner, register_municipalities, register_partners
from draad.organisations.models import OrganisationKind, PopulationGroup

SOURCE = "national and Flemish lists of territorial codes; register of local governments"
POPULATION_DATE = date(2020, 1, 1)
POPULATION_SOURCE = "Statbel: population on 1-1-2020"
EDITIONS = ("2022", "2025")


def load(by: Actor) -> dict[str, SyncCount]:
    """Bring the organisations room in line with the facts; returns what happened per kind of fact."""
    facts = read("municipalities")
    counts = register_municipalities([_municipality(fact) for fact in facts], by=by)
    partners = register_partners([_partner(fact) for fact in read("partners")], by=by)
    for what, count in partners.items():
        counts[what] += count
    figures = [
        Inhabitants(fact["nis"], persons) for fact in facts if (persons := whole(fact["population_2020"])) is not None
    ]
    counts["population"] = publish_population(
        figures, by=by, reference_date=POPULATION_DATE, group=PopulationGroup.TOTAL, source=POPULATION_SOURCE
    )
    counts["tiles"] = lay_tiles([_place(fact) for fact in read("tile_grid")], by=by)
    return counts


def _municipality(fact: Fact) -> Municipality:
    return Municipality(
        nis=fact["nis"],
        name=fact["name"],
        province=fact["province"],
        arrondissement=fact["arrondissement"],
        valid_from=day(fact["valid_from"]),
        valid_to=day(fact["valid_to"]),
        successor_nis=fact["successor_nis"],
        kbo=fact["kbo"],
        ovo=fact["ovo"],
        identifier_source=fact["identifier_source"],
        centre_city=bool(yes_no(fact["centrumstad"])),
        city_title=yes_no(fact["city_title"]),
        regions={edition: name for edition in EDITIONS if (name := fact[f"reference_region_{edition}"])},
        source=SOURCE,
    )


def _partner(fact: Fact) -> Partner:
    return Partner(
        name=fact["name"],
        kind=OrganisationKind(fact["kind"]),
        aliases=[alias for alias in fact["aliases"].split(";") if alias],
        kbo=fact["kbo"],
        ovo=fact["ovo"],
        source=fact["source"],
    )


def _place(fact: Fact) -> Place:
    return Place(fact["edition"], fact["nis"], int(fact["column"]), int(fact["row"]))

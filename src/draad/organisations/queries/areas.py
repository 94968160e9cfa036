"""Provinces, arrondissements and reference regions, and who lies in them on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from draad.accounts.freshness import while_unchanged
from draad.organisations.models import Area, AreaKind, Jurisdiction, Organisation, TerritoryArea
from draad.organisations.queries.periods import valid_on


def edition_on(kind: str, on: date) -> str:
    """The edition of the reference regions that counts on a day: the newest of that year or before, else the first."""
    editions = Area.objects.filter(kind=kind).order_by("edition").values_list("edition", flat=True).distinct()
    return _edition(list(editions), on)


def _edition(editions: Sequence[str], on: date) -> str:
    return max((edition for edition in editions if edition <= str(on.year)), default=min(editions, default=""))


@while_unchanged
def areas_on(on: date) -> dict[str, dict[int, str]]:
    """Per kind of area the name of the one in which each territory (primary key) lies, in the edition of a day."""
    editions: dict[str, list[str]] = {kind: [] for kind in AreaKind.values}
    for kind, edition in Area.objects.order_by("kind", "edition").values_list("kind", "edition").distinct():
        editions[kind].append(edition)
    wanted = Q()
    for kind, known in editions.items():
        wanted |= Q(kind=kind, edition=_edition(known, on))
    found: dict[str, dict[int, str]] = {kind: {} for kind in AreaKind.values}
    for kind, territory, name in TerritoryArea.objects.filter(wanted).values_list(
        "kind", "territory_id", "area__name"
    ):
        found[kind][territory] = name
    return found


def area_names(kind: str, on: date) -> dict[int, str]:
    """The name of the area of one kind in which each territory (primary key) lies, in the edition of a day."""
    return areas_on(on)[kind]


def area_of(organisation: Organisation, kind: str, on: date) -> str | None:
    """The area of that kind in which a government lies on a day; None for who has no territory then."""
    return (
        TerritoryArea.objects.filter(
            valid_on(on, "territory__jurisdictions__"),
            territory__jurisdictions__organisation=organisation,
            kind=kind,
            edition=edition_on(kind, on),
        )
        .values_list("area__name", flat=True)
        .first()
    )


def province_of(organisation: Organisation, on: date) -> str | None:
    """The province of a government on a day; None for who has no territory then."""
    return area_of(organisation, AreaKind.PROVINCE, on)


def provinces_of_governments(on: date) -> dict[int, str]:
    """The province of every government (primary key) on a day."""
    provinces = areas_on(on)[AreaKind.PROVINCE]
    held = Jurisdiction.objects.filter(valid_on(on)).values_list("organisation_id", "territory_id")
    return {organisation: provinces[territory] for organisation, territory in held if territory in provinces}


def members_of(kind: str, name: str, on: date) -> list[Organisation]:
    """The governments that lie on a day in the area of that kind and name, by name."""
    held = Jurisdiction.objects.filter(
        valid_on(on), territory__areas__area__name=name, territory__areas__kind=kind,
        territory__areas__edition=edition_on(kind, on),
    )  # fmt: skip
    return list(Organisation.objects.filter(pk__in=held.values("organisation")).order_by("name"))

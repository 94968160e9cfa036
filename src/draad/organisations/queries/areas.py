"""Provinces, arrondissements and reference regions, and who lies in them on a day."""

from __future__ import annotations

from datetime import date

from draad.organisations.models import Area, AreaKind, Jurisdiction, Organisation, TerritoryArea
from draad.organisations.queries.periods import valid_on


def edition_on(kind: str, on: date) -> str:
    """The edition of the reference regions that counts on a day: the newest of that year or before, else the first."""
    if kind != AreaKind.REFERENCE_REGION:
        return ""
    editions = sorted(Area.objects.filter(kind=kind).values_list("edition", flat=True).distinct())
    return max((edition for edition in editions if edition <= str(on.year)), default=min(editions, default=""))


def area_names(kind: str, on: date) -> dict[int, str]:
    """The name of the area of that kind in which each territory (primary key) lies, in the edition of the day."""
    rows = TerritoryArea.objects.filter(kind=kind, edition=edition_on(kind, on))
    return dict(rows.values_list("territory_id", "area__name"))


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
    provinces = area_names(AreaKind.PROVINCE, on)
    held = Jurisdiction.objects.filter(valid_on(on)).values_list("organisation_id", "territory_id")
    return {organisation: provinces[territory] for organisation, territory in held if territory in provinces}


def members_of(kind: str, name: str, on: date) -> list[Organisation]:
    """The governments that lie on a day in the area of that kind and name, by name."""
    held = Jurisdiction.objects.filter(
        valid_on(on), territory__areas__area__name=name, territory__areas__kind=kind,
        territory__areas__edition=edition_on(kind, on),
    )  # fmt: skip
    return list(Organisation.objects.filter(pk__in=held.values("organisation")).order_by("name"))

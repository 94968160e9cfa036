"""Provinces, arrondissements and reference regions, and who lies in them on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from draad.accounts.freshness import while_unchanged
from draad.organisations.models import Area, AreaKind, Jurisdiction, Organisation, TerritoryArea
from draad.organisations.queries.periods import valid_on
from draad.organisations.queries.timeline import timeline


def edition_on(kind: str, on: date) -> str:
    """The edition of the reference regions that counts on a day: the newest of that year or before, else the first."""
    return _edition(list(areas()[kind]), on)


def _edition(editions: Sequence[str], on: date) -> str:
    return max((edition for edition in editions if edition <= str(on.year)), default=min(editions, default=""))


@while_unchanged
def areas() -> dict[str, dict[str, dict[int, str]]]:
    """Per kind and edition, in order, the name of the area in which each territory (primary key) lies; one query."""
    found: dict[str, dict[str, dict[int, str]]] = {kind: {} for kind in AreaKind.values}
    rows = Area.objects.order_by("kind", "edition").values_list("kind", "edition", "name", "territories__territory")
    for kind, edition, name, territory in rows:
        known = found[kind].setdefault(edition, {})
        if territory is not None:
            known[territory] = name
    return found


def areas_on(on: date) -> dict[str, dict[int, str]]:
    """Per kind of area the name of the one in which each territory (primary key) lies, in the edition of a day."""
    return {kind: editions.get(_edition(list(editions), on), {}) for kind, editions in areas().items()}


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
    held = timeline().governing(on)
    return {j.organisation_id: provinces[j.territory_id] for j in held if j.territory_id in provinces}


def members_of(kind: str, name: str, on: date) -> list[Organisation]:
    """The governments that lie on a day in the area of that kind and name, by name."""
    held = Jurisdiction.objects.filter(
        valid_on(on), territory__areas__area__name=name, territory__areas__kind=kind,
        territory__areas__edition=edition_on(kind, on),
    )  # fmt: skip
    return list(Organisation.objects.filter(pk__in=held.values("organisation")).order_by("name"))

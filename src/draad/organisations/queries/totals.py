"""Provinces, reference regions and arrondissements of a day, with their governments and inhabitants."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from draad.documents.tables import Gap
from draad.organisations.models import AreaKind, PopulationGroup
from draad.organisations.queries.population import gap_for
from draad.organisations.queries.register import Government, Register


@dataclass(frozen=True)
class AreaTotal:
    """An area on a day: how many governments it has and how many persons live there, in all and by origin.

    A sum with a part that is missing is a gap that says how many parts are missing.
    """

    kind: AreaKind
    name: str
    governments: int
    inhabitants: int | Gap
    non_eu15: int | Gap


def area_totals(found: Register, kind: AreaKind) -> list[AreaTotal]:
    """The areas of a kind that have governments on the day of the register, by name."""
    members: dict[str, list[Government]] = defaultdict(list)
    for row in found.governments:
        members[_area(row, kind)].append(row)
    return [
        AreaTotal(
            kind,
            name,
            len(rows),
            total([row.inhabitants for row in rows], PopulationGroup.TOTAL),
            total([row.non_eu15 for row in rows], PopulationGroup.NON_EU15),
        )
        for name, rows in sorted(members.items())
        if name
    ]


def _area(row: Government, kind: AreaKind) -> str:
    areas = {AreaKind.PROVINCE: row.province, AreaKind.ARRONDISSEMENT: row.arrondissement}
    return areas.get(kind, row.region)


def total(values: Sequence[int | Gap], group: PopulationGroup) -> int | Gap:
    """The sum of persons. Missing is not zero: with a part missing it is a gap that says how many are."""
    known = [value for value in values if isinstance(value, int)]
    if not known:
        return gap_for(group)
    if len(known) < len(values):
        words = {"missing": len(values) - len(known), "all": len(values)}
        return Gap(_("%(missing)s van %(all)s ontbreken") % words)
    return sum(known)

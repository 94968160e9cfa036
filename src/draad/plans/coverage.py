"""What is missing in a plan: goals without measures, measures without what a sheet asks, years and bodies left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from draad.organisations.models import Organisation, OrganisationKind
from draad.plans.content import Content
from draad.plans.editions import Edition, Sheet
from draad.plans.models import PartyGroup
from draad.plans.names import Directory, directory
from draad.plans.periods import days_of

BODIES = (OrganisationKind.ADMINISTRATION, OrganisationKind.AGENCY)


@dataclass(frozen=True)
class Gap:
    """Something that a sheet can lack."""

    key: str
    label: Any
    lacks: Callable[[Content], bool]


def _empty(*names: str) -> Callable[[Content], bool]:
    return lambda content: not any(content[name].strip() for name in names)


def _no_staff(content: Content) -> bool:
    return not any(row["fte"].strip() for row in content["milestones"])


GAPS: Mapping[str, Gap] = {
    gap.key: gap
    for gap in [
        Gap("doel", gettext_lazy("geen doelstelling"), lambda c: not c["goals"]),
        Gap("streefwaarde", gettext_lazy("geen streefwaarde"), _empty("target")),
        Gap("effect", gettext_lazy("geen effectindicator"), _empty("effect_indicator")),
        Gap("output", gettext_lazy("geen outputindicator"), _empty("output_indicator")),
        Gap("budget", gettext_lazy("geen budget"), _empty("budget")),
        Gap("bedrag", gettext_lazy("geen bedrag als getal"), lambda c: not c["amounts"]),
        Gap("personeel", gettext_lazy("geen personeel"), _no_staff),
        Gap("eigenaar", gettext_lazy("geen verantwoordelijke administratie"), _empty("responsible_administrations")),
        Gap("kabinet", gettext_lazy("geen verantwoordelijk kabinet"), _empty("responsible_cabinets")),
        Gap("mijlpalen", gettext_lazy("geen mijlpalen"), lambda c: not c["milestones"]),
    ]
}


def gaps_of(content: Content) -> list[Gap]:
    """What a measure lacks."""
    return [gap for gap in GAPS.values() if gap.lacks(content)]


def years_of(content: Content) -> set[int]:
    """The calendar years in which a measure has a milestone."""
    found: set[int] = set()
    for row in content["milestones"]:
        first, last = days_of(row["period"])
        if first and last:
            found.update(range(first.year, last.year + 1))
    return found


@dataclass(frozen=True)
class GapCount:
    """How many measures lack something."""

    gap: Gap
    sheets: Sequence[Sheet]


def gap_counts(sheets: Sequence[Sheet]) -> list[GapCount]:
    """For each thing that a sheet can lack the measures that do."""
    return [GapCount(gap, [sheet for sheet in sheets if gap.lacks(sheet.content)]) for gap in GAPS.values()]


@dataclass(frozen=True)
class YearCount:
    """How many measures plan something in a year of the plan, and how many do not."""

    year: int
    covered: int
    missing: Sequence[Sheet]


def year_counts(sheets: Sequence[Sheet], first: int, last: int) -> list[YearCount]:
    """For each year from the first to the last the measures without a milestone in it.

    Measures without any year are among them.
    """
    planned = [(sheet, years_of(sheet.content)) for sheet in sheets]
    found = []
    for year in range(first, last + 1):
        missing = [sheet for sheet, years in planned if year not in years]
        found.append(YearCount(year, len(sheets) - len(missing), missing))
    return found


def goals_without_measures(found: Edition) -> list[Content]:
    """The goals of the plan that no measure serves; a strategic goal is served through its operational goals too."""
    served = {goal["plan_code"] for sheet in found.sheets for goal in sheet.content["goals"] if goal["plan_code"]}
    parents = {goal["code"]: goal["parent"] for goal in found.goals}
    served |= {parents.get(code) for code in served}
    return [goal for goal in found.goals if goal["code"] not in served]


@dataclass(frozen=True)
class BodyCount:
    """In how many measures of a plan an administration is responsible, and in how many it is only involved."""

    organisation: Organisation
    responsible: int
    involved: int


def body_parts(sheets: Sequence[Sheet]) -> dict[int, list[bool]]:
    """For each organisation (primary key) that the measures name: for each measure whether it is responsible."""
    known = directory(PartyGroup.BODY)
    found: dict[int, list[bool]] = {}
    for sheet in sheets:
        responsible = _named(known, sheet.content["responsible_administrations"])
        others = _named(known, sheet.content["involved_administrations"], sheet.content["other_partners"])
        for organisation in responsible | others:
            found.setdefault(organisation, []).append(organisation in responsible)
    return found


def _named(known: Directory, *boxes: str) -> set[int]:
    return {name.organisation_id for box in boxes for name in known.names_in(box) if name.organisation_id}


def body_counts(parts: Mapping[int, Sequence[bool]]) -> list[BodyCount]:
    """Every known administration with its part in the measures, those with none too; one statement."""
    return [
        BodyCount(one, sum(parts.get(one.pk, ())), sum(not responsible for responsible in parts.get(one.pk, ())))
        for one in Organisation.objects.filter(kind__in=BODIES).order_by("name")
    ]


def named(numbers: Iterable[int], most: int = 12) -> str:
    """Numbers of measures as people read them: 3, 7, 12 en nog 4."""
    every = sorted(numbers)
    shown = ", ".join(str(number) for number in every[:most])
    rest = len(every) - most
    return shown if rest <= 0 else _("%(shown)s en nog %(n)s") % {"shown": shown, "n": rest}

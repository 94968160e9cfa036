"""The tables of a plan for who reads it: one definition for a page and a download."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from draad.documents.tables import Column, Gap, Kind, Table
from draad.plans.choosing import address_of
from draad.plans.content import Content
from draad.plans.coverage import BodyCount, GapCount, YearCount, gaps_of, named, years_of
from draad.plans.editions import Edition, Sheet
from draad.plans.milestonelines import MilestoneLine
from draad.plans.models import MilestoneState, Plan, StaffUnit
from draad.plans.names import official
from draad.plans.sums import BudgetSum, StaffSum, period_words

NOTHING = Gap("–")
NOT_SAID = gettext_lazy("nog niets gezegd")
NO_NUMBER = Gap(gettext_lazy("niet bekend"))


@dataclass(frozen=True)
class Place:
    """A plan and the edition in which it is read, for addresses."""

    plan: Plan
    number: int
    newest: int

    def sheet(self, number: int) -> str:
        """The page of a measure."""
        return reverse("plans:measure", args=[self.plan.slug, number]) + self.query

    def measures(self, **asked: object) -> str:
        """The measures that fit what is asked for, such as ``leemte="budget"``."""
        return address_of(reverse("plans:plan", args=[self.plan.slug]), self.query, **asked)

    @property
    def query(self) -> str:
        """What an address needs to stay in the edition; nothing for the newest."""
        return "" if self.number == self.newest else f"?versie={self.number}"


def sheets_table(place: Place, found: Edition, shown: Sequence[Sheet]) -> Table[Sheet]:
    """The measures of a plan."""
    titles = {goal["code"]: goal["title"] for goal in found.goals}

    def first_goal(sheet: Sheet) -> str | Gap:
        goals = [goal["plan_code"] or goal["code"] for goal in sheet.content["goals"]]
        codes = [code for code in goals if code in titles] or goals
        operational = [code for code in codes if code.startswith("OD")]
        first: list[str] = operational or codes
        return first[0] if first else NOTHING

    return Table(
        key="maatregelen",
        title=_("Maatregelen"),
        columns=[
            Column("number", _("Nr."), lambda s: s.number, Kind.COUNT, link=lambda s: place.sheet(s.number)),
            Column("title", _("Maatregel"), lambda s: s.content["title"], link=lambda s: place.sheet(s.number),
                   wide=True),
            Column("goal", pgettext("plan", "Doelstelling"), first_goal, Kind.CODE),
            Column("body", _("Verantwoordelijke administratie"),
                   lambda s: official(s.content["responsible_administrations"]) or NOTHING),
            Column("years", _("Jaren"), lambda s: _span(years_of(s.content)) or NOTHING, Kind.CODE),
            Column("milestones", _("Mijlpalen"), lambda s: len(s.content["milestones"]), Kind.COUNT, total=True),
            Column("gaps", _("Ontbreekt"), _gap_words, wide=True),
        ],
        rows=list(shown),
        example=place.plan.example,
        source=f"{place.plan}, {found.label}",
    )  # fmt: skip


def _gap_words(sheet: Sheet) -> str:
    return ", ".join(str(gap.label) for gap in gaps_of(sheet.content))


def _span(years: set[int]) -> str:
    if not years:
        return ""
    return str(min(years)) if len(years) == 1 else f"{min(years)}–{max(years)}"


@dataclass(frozen=True)
class Missing:
    """A measure that lacks something: a row of the download."""

    gap: str
    sheet: Sheet


def gaps_table(place: Place, counts: Sequence[GapCount], total: int) -> Table[GapCount]:
    """How many measures lack what."""
    return Table(
        key="leemten",
        title=_("Wat in de maatregelen ontbreekt"),
        columns=[
            Column("gap", _("Ontbreekt"), lambda c: str(c.gap.label)),
            Column("count", _("Maatregelen"), lambda c: len(c.sheets), Kind.COUNT,
                   link=lambda c: place.measures(leemte=c.gap.key)),
            Column("share", _("Deel"), lambda c: round(100 * len(c.sheets) / total) if total else None, Kind.PERCENT),
            Column("which", _("Welke"), lambda c: named(s.number for s in c.sheets), wide=True),
        ],
        rows=list(counts),
        example=place.plan.example,
    )  # fmt: skip


def missing_table(place: Place, counts: Sequence[GapCount]) -> Table[Missing]:
    """One row for each thing that a measure lacks."""
    return Table(
        key="leemten-per-maatregel",
        title=_("Wat per maatregel ontbreekt"),
        columns=[
            Column("number", _("Nr."), lambda m: m.sheet.number, Kind.COUNT,
                   link=lambda m: place.sheet(m.sheet.number)),
            Column("title", _("Maatregel"), lambda m: m.sheet.content["title"], wide=True),
            Column("gap", _("Ontbreekt"), lambda m: m.gap, choices=True),
            Column("body", _("Verantwoordelijke administratie"),
                   lambda m: official(m.sheet.content["responsible_administrations"]) or NOTHING, choices=True),
        ],
        rows=[Missing(str(count.gap.label), sheet) for count in counts for sheet in count.sheets],
        example=place.plan.example,
        search=lambda m: m.sheet.content["title"],
    )  # fmt: skip


def goals_table(place: Place, goals: Sequence[Content]) -> Table[Content]:
    """The goals that no measure serves."""
    return Table(
        key="doelen",
        title=_("Doelstellingen zonder maatregel"),
        columns=[
            Column("code", _("Code"), lambda g: g["code"], Kind.CODE),
            Column("title", pgettext("plan", "Doelstelling"), lambda g: g["title"], wide=True),
        ],
        rows=list(goals),
        example=place.plan.example,
    )


def years_table(place: Place, counts: Sequence[YearCount]) -> Table[YearCount]:
    """For each year how many measures plan something."""
    return Table(
        key="jaren",
        title=_("Mijlpalen per jaar van het plan"),
        columns=[
            Column("year", _("Jaar"), lambda c: c.year, Kind.YEAR),
            Column("covered", _("Maatregelen met een mijlpaal"), lambda c: c.covered, Kind.COUNT),
            Column("missing", _("Zonder"), lambda c: len(c.missing), Kind.COUNT,
                   link=lambda c: place.measures(zonder_jaar=c.year)),
            Column("which", _("Welke niet"), lambda c: named(s.number for s in c.missing), wide=True),
        ],
        rows=list(counts),
        example=place.plan.example,
    )  # fmt: skip


def bodies_table(place: Place, counts: Sequence[BodyCount]) -> Table[BodyCount]:
    """Administrations with their part in the plan, those with nothing too."""

    def named_in(count: BodyCount) -> str | None:
        return place.measures(administratie=count.organisation.slug) if count.responsible else None

    return Table(
        key="administraties",
        title=_("Administraties en agentschappen"),
        about=_("Namen die Draad nog niet kent, tellen pas mee als een coördinator ze aan een organisatie geeft."),
        columns=[
            Column("name", _("Organisatie"), lambda c: c.organisation.name),
            Column("responsible", _("Verantwoordelijk"), lambda c: c.responsible, Kind.COUNT, link=named_in),
            Column("involved", _("Enkel betrokken"), lambda c: c.involved, Kind.COUNT),
            Column("nothing", _("Niets"), lambda c: not c.responsible and not c.involved, Kind.YES_NO, choices=True),
        ],
        rows=list(counts),
        example=place.plan.example,
        search=lambda c: c.organisation.name,
    )


BUDGETS = {"": "budget", "body": "budget-per-administratie", "funding": "budget-per-bron"}
"""The tables of budget, by what they are split by beside the year."""


def budget_table(place: Place, sums: Sequence[BudgetSum], *, by: str = "") -> Table[BudgetSum]:
    """Amounts per year, or per year and ``body`` (administration) or ``funding`` (source of the means)."""
    titles = {"": _("Budget per jaar"), "body": _("Budget per jaar en administratie"),
              "funding": _("Budget per jaar en bron")}  # fmt: skip
    columns: list[Column[BudgetSum]] = [Column("period", _("Jaar"), _period, choices=bool(by))]
    if by == "body":
        columns.append(Column("body", _("Verantwoordelijke administratie"), lambda s: s.body or NOTHING, choices=True))
    if by == "funding":
        columns.append(Column("funding", _("Bron van de middelen"),
                              lambda s: s.funding or Gap(_("niet gezegd")), choices=True))  # fmt: skip
    columns += [
        Column("least", _("Bedrag"), lambda s: s.least if s.amounts else NO_NUMBER, Kind.EURO, total=True),
        Column("most", _("Hoogstens"), lambda s: s.most if s.amounts else NO_NUMBER, Kind.EURO, total=True),
        Column("amounts", _("Bedragen"), lambda s: s.amounts, Kind.COUNT, total=True),
        Column("sheets", _("Maatregelen"), lambda s: named(s.sheets), wide=True),
    ]
    return Table(
        key=BUDGETS[by],
        title=titles[by],
        about=_("Een bedrag voor meer jaren samen wordt niet verdeeld; een jaarlijks bedrag telt in elk jaar."),
        columns=columns,
        rows=list(sums),
        example=place.plan.example,
        source=str(place.plan),
    )


def _period(found: BudgetSum) -> str:
    return period_words(found.period) if found.amounts else _("geen bedrag als getal")


def staff_table(place: Place, sums: Sequence[StaffSum]) -> Table[StaffSum]:
    """Staff per year, administration and unit."""
    return Table(
        key="personeel",
        title=_("Personeel per jaar en administratie"),
        about=_("Wat de mijlpalen samen noemen. Dezelfde mensen kunnen bij twee mijlpalen staan: dit is geen "
                "personeelstelling."),
        columns=[
            Column("year", _("Jaar"), lambda s: str(s.year) if s.year else _("zonder jaar"), choices=True),
            Column("body", _("Verantwoordelijke administratie"), lambda s: s.body or NOTHING, choices=True),
            Column("least", _("Aantal"), lambda s: s.least, Kind.DECIMAL),
            Column("most", _("Hoogstens"), lambda s: s.most, Kind.DECIMAL),
            Column("unit", _("Eenheid"), lambda s: str(StaffUnit(s.unit).label), choices=True),
            Column("about", _("Ongeveer"), lambda s: s.about, Kind.YES_NO),
            Column("milestones", _("Mijlpalen"), lambda s: s.milestones, Kind.COUNT),
            Column("sheets", _("Maatregelen"), lambda s: named(s.sheets)),
        ],
        rows=list(sums),
        example=place.plan.example,
    )  # fmt: skip


def milestones_table(place: Place, rows: Sequence[MilestoneLine], on: date) -> Table[MilestoneLine]:
    """Every milestone with its state; the table behind the time line."""
    labels: Mapping[str, Any] = dict(MilestoneState.choices)
    return Table(
        key="mijlpalen",
        title=_("Mijlpalen"),
        columns=[
            Column("number", _("Nr."), lambda m: m.number, Kind.COUNT,
                   link=lambda m: place.sheet(m.number)),
            Column("period", _("Periode"), lambda m: m.period),
            Column("text", _("Mijlpaal"), lambda m: m.text, wide=True),
            Column("until", _("Tot en met"), lambda m: m.last_day or Gap(_("geen jaar")), Kind.DATE),
            Column("state", _("Toestand"), lambda m: str(labels.get(m.state, "")) or Gap(NOT_SAID),
                   choices=True),
            Column("late", _("Voorbij"), lambda m: m.is_late(on), Kind.YES_NO, choices=True),
            Column("fte", _("Personeel"), lambda m: m.fte, wide=True),
        ],
        rows=list(rows),
        example=place.plan.example,
        search=lambda m: f"{m.text} {m.title}",
    )  # fmt: skip

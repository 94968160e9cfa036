"""The tables of the distribution desk: claims, applicants beside scenarios, awards, governments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from draad.applications.models import ApplicationState, Call, Scenario, ScenarioAward
from draad.applications.queries.desk_claims import ZERO, Desk, DeskApplication
from draad.applications.queries.desk_totals import ApplicantRow, Pair
from draad.applications.queries.desk_why import why
from draad.documents.tables import Column, Gap, Kind, Table, Value
from draad.organisations.models import Organisation


@dataclass(frozen=True)
class ClaimRow:
    """An application with what its claims ask."""

    application: DeskApplication
    standing: str
    lines: int
    claimed: Decimal
    advised: Decimal
    incentives: Decimal


def claim_rows(desk: Desk) -> list[ClaimRow]:
    """Every application that is submitted and not withdrawn; who does not come into account claims nothing."""
    sums: dict[int, list[Decimal]] = {}
    for line in desk.claims:
        both = sums.setdefault(line.application, [ZERO, ZERO, ZERO])
        both[0] += line.claimed
        both[1] += line.most
        both[2] += 1
    rows = []
    for application in [*desk.in_play, *desk.undecided, *desk.ineligible]:
        claimed, advised, lines = sums.get(application.pk, [ZERO, ZERO, ZERO])
        incentives = desk.incentives.get(application.pk, ZERO) if application.in_play else ZERO
        rows.append(ClaimRow(application, standing(application), int(lines), claimed, advised, incentives))
    return sorted(rows, key=lambda row: row.application.number)


def standing(application: DeskApplication) -> str:
    """Where an application stands for the desk, in words."""
    if application.eligible is None:
        return _("nog te beslissen of ze in aanmerking komt")
    if not application.eligible:
        return _("komt niet in aanmerking")
    return _("klaar") if application.advised else _("advies nog niet klaar")


def claims_table(call: Call, desk: Desk) -> Table[ClaimRow]:
    """What is asked, application by application."""
    return Table(
        key="vragen",
        title=_("Wat wordt gevraagd"),
        about=_("Gevraagd is wat telt: binnen de plafonds, zonder lijnen die het advies weigert."),
        example=call.example,
        columns=[
            Column("number", _("Nummer"), lambda row: row.application.number, Kind.COUNT,
                   link=lambda row: dossier_address(row.application.pk)),
            Column("applicant", _("Aanvrager"), lambda row: row.application.applicant),
            Column("province", _("Provincie"), lambda row: row.application.province[1], choices=True),
            Column("kind", _("Soort"), lambda row: row.application.kind[1], choices=True),
            Column("state", _("Toestand"), lambda row: str(ApplicationState(row.application.state).label),
                   choices=True),
            Column("standing", _("Telt mee"), lambda row: row.standing, choices=True),
            Column("lines", _("Lijnen"), lambda row: row.lines, Kind.COUNT, total=True),
            Column("claimed", _("Gevraagd"), lambda row: row.claimed, Kind.EURO, total=True),
            Column("advised", _("Hoogstens volgens het advies"), lambda row: row.advised, Kind.EURO, total=True),
            Column("incentives", _("Stimulansen"), lambda row: row.incentives, Kind.EURO, total=True),
        ],
        rows=claim_rows(desk),
        search=lambda row: row.application.applicant,
    )  # fmt: skip


def dossier_address(pk: int) -> str:
    """The dossier of an application as assessors see it."""
    return reverse("applications:assessment", args=[pk])


def applicants_table(
    call: Call, scenarios: Sequence[Scenario], rows: Iterable[ApplicantRow], ends: tuple[int, int] | None
) -> Table[ApplicantRow]:
    """What every applicant gets in each scenario, and what it gains from one to another.

    Args:
        call: their call.
        scenarios: in the order of the columns.
        rows: the applicants.
        ends: from which scenario to which the gain is shown (places in ``scenarios``); None for no gain.
    """
    columns: list[Column[ApplicantRow]] = [
        Column("applicant", _("Aanvrager"), lambda row: row.application.applicant,
               link=lambda row: dossier_address(row.application.pk)),
        Column("province", _("Provincie"), lambda row: row.application.province[1], choices=True),
        Column("kind", _("Soort"), lambda row: row.application.kind[1], choices=True),
        Column("claimed", _("Gevraagd"), lambda row: row.claimed, Kind.EURO, total=True),
    ]  # fmt: skip
    for place, scenario in enumerate(scenarios):
        columns += [
            Column(f"granted-{scenario.number}", scenario.name, _granted(place), Kind.EURO, total=True,
                   link=_explained(scenario, place)),
            Column(f"share-{scenario.number}", _("%(name)s, deel in procent") % {"name": scenario.name}, _share(place),
                   Kind.DECIMAL),
        ]  # fmt: skip
    if ends:
        first, second = ends
        label = _("Wint of verliest: van %(first)s naar %(second)s") % {
            "first": scenarios[first].name, "second": scenarios[second].name,
        }  # fmt: skip
        columns.append(Column("gain", label, lambda row: row.gain(first, second), Kind.EURO, total=True))
    return Table(
        key="aanvragers", title=_("Wat elke aanvrager krijgt"), columns=columns, rows=rows, example=call.example,
        search=lambda row: row.application.applicant,
    )  # fmt: skip


def _granted(place: int) -> Callable[[ApplicantRow], Value]:
    def value(row: ApplicantRow) -> Value:
        pair = row.pairs[place]
        return pair.granted if pair else Gap(_("niet meegeteld"))

    return value


def _explained(scenario: Scenario, place: int) -> Callable[[ApplicantRow], str | None]:
    """Where it is explained what an applicant gets; nowhere when the scenario did not know it."""

    def address(row: ApplicantRow) -> str | None:
        return why_address(scenario, row.application.number) if row.pairs[place] else None

    return address


def _share(place: int) -> Callable[[ApplicantRow], Value]:
    def value(row: ApplicantRow) -> Value:
        pair = row.pairs[place]
        return pair.shown_share if pair else None

    return value


def why_address(scenario: Scenario, application: int) -> str:
    """The page that explains what an application (by number) gets in a scenario."""
    of_round = scenario.call.round
    return reverse("applications:scenario_why",
                   args=[of_round.programme.slug, of_round.number, scenario.number, application])  # fmt: skip


def awards_table(scenario: Scenario, awards: QuerySet[ScenarioAward]) -> Table[ScenarioAward]:
    """What every line gets in a scenario, and why."""
    path = "line__indicator__terms__action"
    return Table(
        key="lijnen",
        title=_("Wat elke lijn krijgt"),
        example=scenario.call.example,
        columns=[
            Column("applicant", _("Aanvrager"), lambda row: row.line.application.applicant.name,
                   order_by="line__application__applicant__name",
                   link=lambda row: dossier_address(row.line.application_id)),
            Column("number", _("Aanvraag"), lambda row: row.line.application.number, Kind.COUNT,
                   order_by="line__application__number"),
            Column("action", _("Actie"), lambda row: str(row.line.indicator.terms.action),
                   order_by=f"{path}__number", language="nl"),
            Column("objective", _("Doelstelling"), lambda row: row.line.indicator.terms.action.objective.title,
                   order_by=f"{path}__objective__number", filter_by=f"{path}__objective__title", choices=True,
                   language="nl"),
            Column("indicator", _("KPI"), lambda row: row.line.indicator.label, wide=True,
                   language="nl"),
            Column("priority", _("Prioriteit"), lambda row: row.line.priority, Kind.COUNT,
                   order_by="line__priority", filter_by="line__priority", choices=True),
            Column("claimed", _("Gevraagd"), lambda row: row.claimed, Kind.EURO, order_by="claimed"),
            Column("amount", _("Toegekend"), lambda row: row.amount, Kind.EURO, order_by="amount",
                   link=lambda row: why_address(scenario, row.line.application.number)),
            Column("share", _("Deel in procent"), lambda row: Pair(row.claimed, row.amount).shown_share, Kind.DECIMAL),
            Column("why", _("Waarom"), lambda row: " ".join(why(row, scenario)), wide=True),
        ],
        rows=awards,
        search_by=["line__application__applicant__name"],
    )  # fmt: skip


@dataclass(frozen=True)
class GovernmentRow:
    """A government with what it asks and gets, alone and as a member."""

    organisation: Organisation
    province: str
    pair: Pair


def governments_table(call: Call, rows: Iterable[GovernmentRow]) -> Table[GovernmentRow]:
    """What every government asks and gets."""
    return Table(
        key="besturen",
        title=_("Wat elk bestuur krijgt"),
        about=_("De vraag van een samenwerking is verdeeld zoals de leden ze delen; zonder verdeling staat ze bij de "
                "aanvrager."),
        example=call.example,
        columns=[
            Column("government", _("Bestuur"), lambda row: row.organisation.name,
                   link=lambda row: reverse("organisations:government", args=[row.organisation.slug])),
            Column("province", _("Provincie"), lambda row: row.province, choices=True),
            Column("claimed", _("Gevraagd"), lambda row: row.pair.claimed, Kind.EURO, total=True),
            Column("granted", _("Toegekend"), lambda row: row.pair.granted, Kind.EURO, total=True),
            Column("share", _("Deel in procent"), lambda row: row.pair.shown_share, Kind.DECIMAL),
        ],
        rows=rows,
        search=lambda row: row.organisation.name,
    )  # fmt: skip

"""The sheets on what was granted, as parliament asks it: per province, municipality, objective and action."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from django.utils.translation import gettext as _

from draad.accountability.overview.facts import RoundFacts
from draad.applications.queries.granted import ZERO, GrantPart
from draad.documents.tables import Column, Kind, NotApplicable, Table, Value
from draad.organisations.queries import name_on
from draad.programmes.models import Objective

INCENTIVES = 0


@dataclass(frozen=True)
class GrantRow:
    """A part of a grant with the province, and the names of the government and the applicant when the round began."""

    part: GrantPart
    province: str
    name: str
    applicant: str

    @property
    def objective(self) -> Value:
        """The objective of the action; an incentive for working together has none."""
        return str(self.part.action.objective) if self.part.action else NotApplicable()

    @property
    def number(self) -> Value:
        """The number of the action."""
        return self.part.action.number if self.part.action else NotApplicable()

    @property
    def what(self) -> str:
        """What the amount is for: the action, or which incentive."""
        title = self.part.action.title if self.part.action else ""
        if self.part.kind is None:
            return title
        incentive = _("stimulans: %(kind)s") % {"kind": self.part.kind.label}
        return f"{title} ({incentive})" if title else incentive


def grant_rows(facts: RoundFacts) -> list[GrantRow]:
    """A row for every government in every action of an application, by province, name and action."""
    nowhere = _("zonder grondgebied")
    rows = [
        GrantRow(
            part,
            facts.provinces.get(part.organisation.pk, nowhere),
            name_on(part.organisation, facts.round.starts_on),
            name_on(part.decision.application.applicant, facts.round.starts_on),
        )
        for part in facts.grants
    ]
    return sorted(rows, key=lambda row: (row.province == nowhere, row.province, row.name, _action(row.part)))


def _action(part: GrantPart) -> int:
    return part.action.number if part.action else INCENTIVES


def granted_table(facts: RoundFacts) -> Table[GrantRow]:
    """What each government has of what was granted; both columns of amounts add up to the total of the round."""
    return Table(
        key="toegekende-subsidie",
        title=_("Toegekende subsidie van ronde %(n)s per provincie, gemeente, doelstelling en actie")
        % {"n": facts.round.number},
        about=_("Eén rij per bestuur, actie en aanvraag. Wie samen aanvraagt, krijgt één bedrag op de rekening van de "
                "aanvrager. De ene kolom verdeelt dat bedrag over de leden volgens hun aandeel in de geplande "
                "eenheden; de andere zet het bij de aanvrager. Beide kolommen tellen op tot hetzelfde totaal."),
        columns=[
            Column("name", _("Gemeente of organisatie"), lambda row: row.name),
            Column("province", _("Provincie"), lambda row: row.province, choices=True),
            Column("objective", _("Doelstelling"), lambda row: row.objective, choices=True),
            Column("number", _("Nr. van de actie"), lambda row: row.number, Kind.COUNT),
            Column("what", _("Actie of stimulans"), lambda row: row.what, wide=True),
            Column("application", _("Aanvraag"), lambda row: row.part.decision.application.number, Kind.COUNT),
            Column("applicant", _("Aanvrager"), lambda row: row.applicant),
            Column("divided", _("Toegekend, verdeeld over de leden"), lambda row: row.part.divided, Kind.EURO,
                   total=True),
            Column("paid", _("Toegekend, bij de aanvrager"), lambda row: row.part.paid, Kind.EURO, total=True),
        ],
        rows=grant_rows(facts),
        source=grant_source(facts),
        example=facts.grants_are_example,
    )  # fmt: skip


def grant_source(facts: RoundFacts) -> str:
    """Where the amounts come from; an example names what it was made from."""
    calls = [part.decision.application.call for part in facts.grants]
    if facts.grants_are_example:
        return _("voorbeeld, gemaakt door Draad (%(from)s)") % {"from": calls[0].made_from}
    return _("bekendgemaakte beslissingen in Draad")


@dataclass(frozen=True)
class ProvinceGrants:
    """What was granted in a province, by number of objective; 0 is the incentives that belong to none."""

    province: str
    amounts: Mapping[int, Decimal]

    def amount(self, objective: int) -> Decimal:
        """Euro for an objective."""
        return self.amounts.get(objective, ZERO)

    @property
    def total(self) -> Decimal:
        """Euro for all of them."""
        return sum(self.amounts.values(), start=ZERO)


def granted_per_province_table(facts: RoundFacts) -> Table[ProvinceGrants]:
    """The divided amounts per province and objective."""
    found: dict[str, dict[int, Decimal]] = {}
    for row in grant_rows(facts):
        objective = row.part.action.objective.number if row.part.action else INCENTIVES
        amounts = found.setdefault(row.province, {})
        amounts[objective] = amounts.get(objective, ZERO) + row.part.divided
    objectives = [
        (objective.number, str(objective))
        for objective in Objective.objects.filter(programme=facts.round.programme).order_by("number")
    ]
    return Table(
        key="toegekend-per-provincie",
        title=_("Toegekende subsidie van ronde %(n)s per provincie en doelstelling") % {"n": facts.round.number},
        about=_("Verdeeld over de leden van een samenwerking, in de provincie waar het bestuur bij het begin van de "
                "ronde lag."),
        columns=[
            Column("province", _("Provincie"), lambda row: row.province),
            *[
                Column(f"objective-{number}", title, partial(_amount, objective=number), Kind.EURO, total=True)
                for number, title in objectives
            ],
            Column("incentives", _("Stimulans voor samenwerking of obligatie"), partial(_amount, objective=INCENTIVES),
                   Kind.EURO, total=True),
            Column("total", _("Samen"), lambda row: row.total, Kind.EURO, total=True),
        ],
        rows=[ProvinceGrants(province, amounts) for province, amounts in found.items()],
        source=grant_source(facts),
        example=facts.grants_are_example,
    )  # fmt: skip


def _amount(row: ProvinceGrants, objective: int) -> Decimal:
    return row.amount(objective)

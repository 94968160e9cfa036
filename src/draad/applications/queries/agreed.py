"""What is agreed after the decision: units and euro as granted, or as accepted requests say, and what is paid of it.

Requested and granted stay what they were; what is agreed stands beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import F, Sum

from draad.applications.models import (
    COUNTS_AS_PAID,
    Amendment,
    AmendmentState,
    Application,
    Decision,
    GrantLine,
    MemberState,
    Outcome,
    Payment,
    PaymentState,
)
from draad.applications.policies.fields import line_field
from draad.applications.queries.form import times_ceiling
from draad.programmes.queries import rule_values

ZERO = Decimal("0.00")
CENT = Decimal("0.01")
NOT_LEFT = (PaymentState.PLANNED, PaymentState.WAITING)
Units = Mapping[int, int]


@dataclass(frozen=True)
class Agreement:
    """What holds for a granted application: its granted lines, and the units of each (by primary key of the line).

    A line of which no units are known is not in ``units`` and keeps its amount. ``other`` is what was granted beside
    the lines, in euro; ``governments`` how often a ceiling counts.
    """

    parts: list[GrantLine]
    units: dict[int, int]
    other: Decimal
    governments: int

    @property
    def granted(self) -> Decimal:
        """Euro that was granted."""
        return sum((part.amount for part in self.parts), self.other)

    @property
    def agreed(self) -> Decimal:
        """Euro that is agreed now."""
        return self.total(self.units)

    def total(self, units: Units) -> Decimal:
        """Euro for these units, with all that was granted beside the lines."""
        return sum((self.amount(part, units) for part in self.parts), self.other)

    def amount(self, part: GrantLine, units: Units) -> Decimal:
        """Euro of a line for these units: as granted for the granted units, else units times the unit amount."""
        wanted, unit = units.get(part.line_id), part.line.indicator.unit_amount
        if wanted is None or wanted == part.units or unit is None:
            return part.amount
        return (wanted * unit).quantize(CENT)

    def most_units(self, part: GrantLine) -> int | None:
        """The most units of a line that its terms pay, and never fewer than were granted; None without a ceiling."""
        most = part.line.indicator.max_units
        return None if most is None else max(most * self.governments, part.units or 0)

    def above_ceilings(self, units: Units) -> list[tuple[int, Decimal, Decimal]]:
        """The actions (number) whose lines together get more than their ceiling: the euro, and the ceiling."""
        sums: dict[int, tuple[Decimal, Decimal, Decimal]] = {}
        for part in self.parts:
            terms = part.line.indicator.terms
            if terms.ceiling is not None:
                amount, granted, _most = sums.get(terms.action.number, (ZERO, ZERO, ZERO))
                most = terms.ceiling * self.governments
                sums[terms.action.number] = (amount + self.amount(part, units), granted + part.amount, most)
        return [(n, amount, most) for n, (amount, granted, most) in sums.items() if amount > max(most, granted)]

    def after(self, amendment: Amendment) -> dict[int, int]:
        """The units when a request is accepted."""
        return {**self.units, **_units_in(amendment, self.units)}


def agreement_of(
    application: Application, *, before: Amendment | None = None, decision: Decision | None = None
) -> Agreement:
    """What holds for an application now, or held before a request was answered.

    Args:
        application: what was granted; best with its members and amendments read.
        before: the request, when it is about what held before.
        decision: the standing decision, when it was read already.
    """
    parts = _granted(application)
    units = {part.line_id: part.units for part in parts if part.units is not None}
    accepted = [one for one in application.amendments.all() if one.state == AmendmentState.ACCEPTED]
    for amendment in sorted(accepted, key=_answered):
        if before is None or before.answered_at is None or _answered(amendment) < _answered(before):
            units |= _units_in(amendment, units)
    decision = decision or Decision.objects.filter(application=application, standing=True).first()
    whole = decision.granted if decision else ZERO
    other = whole - sum((part.amount for part in parts), ZERO)
    partners = sum(one.state == MemberState.ACCEPTED and one.joined_on is None for one in application.members.all())
    return Agreement(parts, units, other, times_ceiling(rule_values(application.call.round), partners))


def _answered(amendment: Amendment) -> tuple[Any, int]:
    """Its place among the requests that were answered: of the same moment by number."""
    return amendment.answered_at, amendment.number


def agreed_units(application: Application) -> dict[int, int]:
    """The units that hold by line (primary key): as granted, or as the accepted requests say.

    A line of which no units are known is not in it.
    """
    return agreement_of(application).units


def _units_in(amendment: Amendment, known: Iterable[int]) -> dict[int, int]:
    fields = {line_field(line, "planned"): line for line in known}
    return {fields[one["field"]]: one["after"] for one in amendment.changes if one["field"] in fields}


def _granted(application: Application) -> list[GrantLine]:
    """The lines of the standing decision that were granted, in order of priority."""
    parts = GrantLine.objects.filter(decision__application=application, decision__standing=True)
    rows = parts.exclude(outcome=Outcome.REFUSED).select_related("line__indicator__terms__action")
    return list(rows.order_by(F("line__priority").asc(nulls_last=True), "line__pk"))


@dataclass(frozen=True)
class LineEffect:
    """What a request does to a line: units and euro before and after."""

    part: GrantLine
    units: tuple[int, int]
    amounts: tuple[Decimal, Decimal]


@dataclass(frozen=True)
class Effect:
    """What a request does to the money, in euro.

    Args:
        lines: the lines whose units change.
        granted: what was decided.
        agreed: what is agreed before and after.
        paid: what is paid or on its way to the bank.
    """

    lines: list[LineEffect]
    granted: Decimal
    agreed: tuple[Decimal, Decimal]
    paid: Decimal

    @property
    def due(self) -> tuple[Decimal, Decimal]:
        """What is still to be paid, before and after."""
        before, after = (max(ZERO, one - self.paid) for one in self.agreed)
        return before, after

    @property
    def to_recover(self) -> Decimal:
        """What was paid above what is agreed afterwards."""
        return max(ZERO, self.paid - self.agreed[1])


def effect_of(amendment: Amendment) -> Effect:
    """What accepting a request does, or did, to units and money."""
    agreement = agreement_of(amendment.application, before=amendment)
    after = agreement.after(amendment)
    lines = [
        LineEffect(
            part,
            (agreement.units[part.line_id], after[part.line_id]),
            (agreement.amount(part, agreement.units), agreement.amount(part, after)),
        )
        for part in agreement.parts
        if part.line_id in agreement.units and agreement.units[part.line_id] != after[part.line_id]
    ]
    return Effect(lines, agreement.granted, (agreement.agreed, agreement.total(after)), paid_to(amendment.application))


def paid_to(application: Application) -> Decimal:
    """Euro that is paid to an applicant or on its way to the bank."""
    left = [state for state in COUNTS_AS_PAID if state not in NOT_LEFT]
    rows = Payment.objects.filter(decision__application=application, decision__standing=True, state__in=left)
    found: Decimal | None = rows.aggregate(euro=Sum("amount"))["euro"]
    return found or ZERO

"""From a distribution to decisions: what each application gets, in units and instalments, and why less than asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from draad.applications.models import (
    Advice,
    Application,
    ApplicationLine,
    Decision,
    GrantIncentive,
    GrantLine,
    Incentive,
    LineAdvice,
    Outcome,
)
from draad.applications.reasons import ADVICE, BUDGET, NOT_ELIGIBLE

CENT = Decimal("0.01")
NOTHING = Decimal("0.00")
Awards = Mapping[int, Decimal]


def outcome_of(requested: Decimal, granted: Decimal) -> Outcome:
    """What the two amounts in euro say: all of it, a part, or nothing."""
    if granted >= requested:
        return Outcome.GRANTED
    return Outcome.PARTLY if granted else Outcome.REFUSED


def units_of(amount: Decimal, unit_amount: Decimal | None) -> int | None:
    """The whole units that the amount buys; unknown without an amount per unit.

    Granted units follow the money and are rounded down: published awards are not always whole units.
    """
    return int(amount // unit_amount) if unit_amount else None


def rest_of(amount: Decimal, unit_amount: Decimal | None) -> Decimal:
    """The euro that buy no whole unit; none when the amount per unit is unknown."""
    return amount % unit_amount if unit_amount else Decimal(0)


def instalments(granted: Decimal, advance_share: int) -> tuple[Decimal, Decimal]:
    """The advance, ``advance_share`` percent rounded half up to the cent, and the balance: what is left."""
    advance = (granted * advance_share / 100).quantize(CENT, rounding=ROUND_HALF_UP)
    return advance, granted - advance


@dataclass(frozen=True)
class Grant:
    """The decision on an application with its parts, not stored yet."""

    decision: Decision
    lines: list[GrantLine]
    incentives: list[GrantIncentive]


def grants_of(applications: Iterable[Application], awards: Awards, eligible: set[int]) -> list[Grant]:
    """The decisions that follow from a distribution.

    Args:
        applications: with their lines that ask an amount, the advice on each, and incentives.
        awards: euro by primary key of the line; a line without an award gets nothing.
        eligible: primary keys of the applications that may receive anything.
    """
    return [_grant(application, awards, eligible=application.pk in eligible) for application in applications]


def _grant(application: Application, awards: Awards, *, eligible: bool) -> Grant:
    lines = [_line(line, awards.get(line.pk, NOTHING), eligible=eligible) for line in application.lines.all()]
    incentives = [_incentive(incentive, eligible=eligible) for incentive in application.incentives.all()]
    parts: list[GrantLine | GrantIncentive] = [*lines, *incentives]
    requested = sum((part.requested for part in parts), NOTHING)
    granted = sum((part.amount for part in parts), NOTHING)
    outcome = outcome_of(requested, granted) if eligible else Outcome.REFUSED
    key, text = _why(application, outcome, lines, eligible=eligible)
    decision = Decision(
        application=application, outcome=outcome, requested=requested, granted=granted, reason_key=key, reason=text
    )
    return Grant(decision, lines, incentives)


def _line(line: ApplicationLine, amount: Decimal, *, eligible: bool) -> GrantLine:
    requested = line.amount or NOTHING
    outcome = outcome_of(requested, amount)
    key, text = _why_line(line, outcome, eligible=eligible)
    units = units_of(amount, line.indicator.unit_amount)
    return GrantLine(
        line=line, outcome=outcome, requested=requested, amount=amount, units=units, reason_key=key, reason=text
    )


def _why_line(line: ApplicationLine, outcome: Outcome, *, eligible: bool) -> tuple[str, str]:
    """The reason to begin with: not eligible, the advice when it asked for less, else the budget."""
    if outcome is Outcome.GRANTED:
        return "", ""
    if not eligible:
        return NOT_ELIGIBLE, ""
    advice: LineAdvice | None = getattr(line, "advice", None)
    if advice and advice.advice != Advice.GRANT:
        return ADVICE, advice.reason
    return BUDGET, ""


def _incentive(incentive: Incentive, *, eligible: bool) -> GrantIncentive:
    """An incentive is paid whole, before anything is divided, to who is eligible."""
    amount = incentive.amount if eligible else NOTHING
    outcome = outcome_of(incentive.amount, amount)
    key = "" if outcome is Outcome.GRANTED else NOT_ELIGIBLE
    return GrantIncentive(
        incentive=incentive, outcome=outcome, requested=incentive.amount, amount=amount, reason_key=key
    )


def _why(application: Application, outcome: Outcome, lines: list[GrantLine], *, eligible: bool) -> tuple[str, str]:
    """The reason for the application as a whole: the budget when it played a part, else the advice."""
    if not eligible:
        decided = getattr(application, "eligibility_decision", None)
        return NOT_ELIGIBLE, decided.reason if decided else ""
    if outcome is Outcome.GRANTED:
        return "", ""
    short = next((line for line in lines if line.reason_key == BUDGET), None)
    if short:
        return BUDGET, ""
    advised = next(line for line in lines if line.reason_key)
    return advised.reason_key, advised.reason

"""Divides what the desk has to divide by a rule; everything exact, nothing stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from draad.applications.models.distribution import LevelMeasures, ScenarioMeasures
from draad.applications.queries.desk_claims import ZERO, Desk, DeskLine, digest
from draad.methods.allocation import Allocation, Claim, Ground, LevelOutcome, Measures, Reach, Rule, allocate
from draad.methods.allocation.comparing import measure
from draad.methods.rounding import euro, round_half_up


@dataclass(frozen=True)
class Plan:
    """How to divide: a rule with its parameters, and the money.

    ``within`` is the rule inside a level of priority, ``ceiling`` the most in euro that an applicant gets in all,
    ``reserved`` what incentives take from the ``envelope`` first. ``together`` compares applicants by the sum of their
    lines instead of line by line.
    """

    name: str
    rule: Rule
    envelope: Decimal
    reserved: Decimal = ZERO
    within: Rule | None = None
    whole_units: bool = False
    together: bool = False
    ceiling: Decimal | None = None

    @property
    def to_divide(self) -> Decimal:
        """What is left for the lines."""
        return self.envelope - self.reserved

    @property
    def inner(self) -> Rule | None:
        """The rule inside a level of priority: proportional when none is given; none for the other rules."""
        return (self.within or Rule.PROPORTIONAL) if self.rule is Rule.PRIORITY else None

    @property
    def parameters(self) -> dict[str, Any]:
        """The parameters as they are stored with a scenario."""
        return {
            "within": str(self.inner) if self.inner else "",
            "whole_units": self.whole_units,
            "together": self.together,
            "ceiling": "" if self.ceiling is None else str(self.ceiling),
        }


@dataclass(frozen=True)
class Division:
    """What came out: per claim its award in euro and what decided it, with totals, measures and the hash of all."""

    awards: list[tuple[DeskLine, Decimal, Ground]]
    granted: Decimal
    measures: ScenarioMeasures
    sha256: str


def divide(desk: Desk, plan: Plan) -> Division:
    """Divide what is left of the envelope over the claims.

    Raises:
        MethodError: when the plan asks what the claims do not have, such as a priority; ``policies.desk`` says so
            before in a sentence for people.
    """
    claims = [_claim(line, desk) for line in desk.claims]
    applicants = {claim.applicant for claim in claims}
    allocation = allocate(
        claims,
        plan.to_divide,
        plan.rule,
        within=plan.inner,
        ceilings=dict.fromkeys(applicants, plan.ceiling) if plan.ceiling is not None else None,
        together=plan.together,
        whole_units=plan.whole_units,
    )
    awards = [(line, award.amount, award.ground) for line, award in zip(desk.claims, allocation.awards, strict=True)]
    levels = _levels(desk, plan, allocation)
    measures = ScenarioMeasures(
        applicants=_measured(awards),
        levels=levels,
        end=next((one for one in levels if one["reach"] != Reach.WHOLE), None),
    )
    rows = sorted([line.key, str(line.claimed), str(amount)] for line, amount, _ground in awards)
    return Division(awards, allocation.granted, measures, digest(rows))


def _claim(line: DeskLine, desk: Desk) -> Claim:
    return Claim(
        claim=line.key,
        applicant=f"{desk.applications[line.application].number:06}",
        amount=line.claimed,
        unit_amount=line.unit_amount,
        priority=line.priority,
        maximum=line.most,
    )


def _measured(awards: Iterable[tuple[DeskLine, Decimal, Ground]]) -> dict[str, Any]:
    """How equal the outcome is over applicants; shares as text."""
    cents: dict[int, list[int]] = {}
    for line, amount, _ground in awards:
        both = cents.setdefault(line.application, [0, 0])
        both[0] += int(line.claimed * 100)
        both[1] += int(amount * 100)
    found: Measures = measure([(claimed, granted) for claimed, granted in cents.values()])
    return {name: str(value) if isinstance(value, Decimal) else value for name, value in asdict(found).items()}


def _levels(desk: Desk, plan: Plan, allocation: Allocation) -> list[LevelMeasures]:
    """How far the money reached at each level, in the order in which they were served."""
    asked: dict[int | None, Decimal] = {}
    for line in desk.claims:
        number = line.priority if plan.rule is Rule.PRIORITY else None
        asked[number] = asked.get(number, ZERO) + line.most
    return [_level(level, asked.get(level.number, ZERO)) for level in allocation.levels]


def _level(level: LevelOutcome, asked: Decimal) -> LevelMeasures:
    scale = 100 if level.rule is Rule.PROPORTIONAL else Fraction(1, 100)
    return LevelMeasures(
        priority=level.number,
        reach=str(level.reach),
        rule=str(level.rule),
        losses=level.losses,
        value=str(round_half_up(level.parameter * scale, 2)),
        asked=str(asked),
        available=str(euro(level.available)),
    )

"""Draws the applications of the round that is to be divided: real governments, invented numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_FLOOR, Decimal
from random import Random

from draad.applications.example import (
    Body,
    ExampleApplication,
    ExampleIncentive,
    ExampleLine,
    ExampleMember,
    ExampleRound,
    ExampleShare,
    total,
)
from draad.applications.exampleparts import at
from draad.applications.models import IncentiveKind
from draad.datasets.example.people import account, person
from draad.methods.rounding import split_whole
from draad.organisations.queries.register import register
from draad.programmes.models import IndicatorTerms

ALONE, TOGETHER = 52, 8
ALWAYS = ("Gent", "Brugge")
USUAL = 12_000
"""What a government weighs of which the inhabitants are not known."""
CLAIMED = Decimal("1.15")
"""How many times the budget is what the advice lets applications get."""
OPEN, CLOSED, ASSESSED = timedelta(days=60), timedelta(days=21), timedelta(days=3)
"""How long before today the call opened, closed, and the advice was ready."""
ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Asked:
    """What can be asked: the indicator lines of the round, and what cooperation and a mentorship bring in euro."""

    indicators: Sequence[IndicatorTerms]
    cooperation: Decimal
    mentorship: Decimal


def draw(asked: Asked, today: date, seed: int) -> ExampleRound:
    """The applications of round 1, each with its advice."""
    random = Random(seed)  # noqa: S311  # nosec B311  # an example, not a secret
    groups = _groups(today, random)
    applications = [_application(n, group, asked, today, random) for n, group in enumerate(groups, start=1)]
    return ExampleRound(
        number=1,
        opens_on=today - OPEN,
        closes_on=today - CLOSED,
        decided_on=today,
        advance_on=today,
        balance_on=today,
        payer_iban=account(random),
        applications=tuple(applications),
    )


def budget(example: ExampleRound) -> Decimal:
    """The budget in whole thousands of euro, of which the advice lets applications get ``CLAIMED`` times as much."""
    advised = total(application.granted for application in example.applications)
    return (advised / CLAIMED / 1000).quantize(Decimal(1), ROUND_FLOOR) * 1000


def _groups(on: date, random: Random) -> list[list[Body]]:
    """Who applies, alone or with others of one reference region; the first of each is the applicant."""
    bodies = [
        Body(one.name, True, one.province, one.region, one.inhabitants if isinstance(one.inhabitants, int) else USUAL)
        for one in register(on).governments
    ]
    always = [body for body in bodies if body.name in ALWAYS]
    free = [body for body in bodies if body.name not in ALWAYS]
    random.shuffle(free)
    alone = always + free[: ALONE - len(always)]
    by_region: dict[str, list[Body]] = {}
    for body in free[ALONE - len(always) :]:
        by_region.setdefault(body.region, []).append(body)
    large = sorted(by_region, key=lambda region: (-len(by_region[region]), region))[:TOGETHER]
    together = [by_region[region][: random.randint(2, 5)] for region in large]
    groups = [[body] for body in alone] + together
    random.shuffle(groups)
    return groups


def _application(number: int, group: Sequence[Body], asked: Asked, today: date, random: Random) -> ExampleApplication:
    applicant = group[0]
    contact_name, contact_email = person(random, applicant.name)
    order = random.sample(list(asked.indicators), random.randint(2, min(5, len(asked.indicators))))
    lines = [_line(priority, indicator, group, random) for priority, indicator in enumerate(order, start=1)]
    return ExampleApplication(
        number=number,
        copy=1,
        applicant=applicant,
        members=tuple(ExampleMember(body, _moment(today - OPEN, today - CLOSED * 2, random)) for body in group),
        lines=tuple(lines),
        incentives=tuple(_incentives(group, lines, asked, random)),
        submitted_at=_moment(today - CLOSED * 2, today - CLOSED, random),
        contact_name=contact_name,
        contact_email=contact_email,
        iban=account(random),
        advance=ZERO,
        balance=ZERO,
    )


def _moment(first: date, last: date, random: Random) -> datetime:
    """A moment in office hours from the first day until the day before the last."""
    on = first + timedelta(days=random.randrange((last - first).days))
    return at(on, random.randint(8, 17)) + timedelta(minutes=random.randrange(60))


def _line(priority: int, indicator: IndicatorTerms, group: Sequence[Body], random: Random) -> ExampleLine:
    """A line that asks more where more people live; of one in eight a part is advised, of one in twenty nothing."""
    most, unit = indicator.max_units or 0, indicator.unit_amount or ZERO
    people = sum(body.weight for body in group)
    planned = max(3, min(most, int(most * (people / 90_000) ** 0.5 * random.uniform(0.5, 1.0))))
    drawn = random.random()
    advised = 0 if drawn < 0.05 else planned * 2 // 3 if drawn < 0.175 else planned
    parts = split_whole(planned, [body.weight for body in group])
    return ExampleLine(
        action=indicator.terms.action.number,
        line=indicator.line,
        priority=priority,
        existing=random.choice((0, 0, planned // 4, planned // 2)),
        planned=planned,
        requested=planned * unit,
        granted=advised * unit,
        granted_units=advised,
        shares=tuple(ExampleShare(body.name, part, part * unit) for body, part in zip(group, parts, strict=True)),
    )


def _incentives(
    group: Sequence[Body], lines: Sequence[ExampleLine], asked: Asked, random: Random
) -> list[ExampleIncentive]:
    """Cooperation for who applies together; one in ten of the others is a mentor for its first action."""
    name = group[0].name
    if len(group) > 1:
        return [ExampleIncentive(IncentiveKind.COOPERATION, name, asked.cooperation)]
    if random.random() < 0.1:
        return [ExampleIncentive(IncentiveKind.MENTORSHIP, name, asked.mentorship, lines[0].action)]
    return []


def asked_of(indicators: Sequence[IndicatorTerms], rules: Mapping[str, Mapping[str, str]]) -> Asked:
    """What the terms and the rules of the round let governments ask."""
    amounts = [Decimal(rules[f"incentive_{kind}"]["amount"]) for kind in ("cooperation", "mentor")]
    return Asked(indicators, *amounts)

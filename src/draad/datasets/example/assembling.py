"""Makes applications of calibrated lines: priorities, shares of members, people, accounts, payments."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random
from zoneinfo import ZoneInfo

from draad.applications.example import (
    Body,
    ExampleApplication,
    ExampleIncentive,
    ExampleLine,
    ExampleMember,
    ExampleShare,
    total,
)
from draad.datasets.example.composing import Group
from draad.datasets.example.dividing import bounded_split
from draad.datasets.example.money import Draft
from draad.datasets.example.people import account, person
from draad.datasets.example.world import RoundFacts, World
from draad.methods.rounding import round_half_up

BRUSSELS = ZoneInfo("Europe/Brussels")
# what others than municipalities weigh where units are divided by inhabitants
WEIGHT_OF_OTHERS = 10_000


@dataclass(frozen=True)
class Assembly:
    """What the applications of one round and copy have in common; ``carried`` are in several partnerships."""

    world: World
    facts: RoundFacts
    opens_on: date
    copy: int
    carried: Collection[str]
    random: Random

    def application(
        self, number: int, group: Group, drafts: Sequence[Draft], incentives: Sequence[ExampleIncentive]
    ) -> ExampleApplication:
        """An application with its decision and payments."""
        applicant = self.body(group.names[0])
        lines = self._lines(drafts)
        own = tuple(replace(one, body=self.body(one.body).name) for one in incentives)
        granted = total(line.granted for line in lines) + total(one.amount for one in own)
        balance = round_half_up(Fraction(granted) * self.facts.balance_share / 100, 2)
        contact_name, contact_email = person(self.random, applicant.name)
        return ExampleApplication(
            number=number,
            copy=self.copy,
            applicant=applicant,
            members=tuple(self._member(name, group) for name in group.names),
            lines=lines,
            incentives=own,
            submitted_at=self._moment(self._half, self.facts.call_closes_on),
            contact_name=contact_name,
            contact_email=contact_email,
            iban=account(self.random),
            advance=granted - balance,
            balance=balance,
        )

    def body(self, name: str) -> Body:
        """The real body, or its invented twin in a further copy."""
        real = self.world.bodies[name]
        if self.copy == 1:
            return real
        kind = "Voorbeeldgemeente" if real.government else "Voorbeeldorganisatie"
        return replace(real, name=f"{kind} {self.copy}-{real.name}", invented=True)

    @property
    def _half(self) -> date:
        """The day on which half of the call has passed: members accept before it, applicants submit after it."""
        return self.opens_on + (self.facts.call_closes_on - self.opens_on) // 2

    def _moment(self, first: date, last: date) -> datetime:
        """A moment in office hours from the first day until the day before the last."""
        on = first + timedelta(days=self.random.randrange((last - first).days))
        return datetime.combine(on, time(self.random.randint(8, 17), self.random.randrange(60)), BRUSSELS)

    def _member(self, name: str, group: Group) -> ExampleMember:
        several = group.together and name in self.carried
        return ExampleMember(self.body(name), self._moment(self.opens_on, self._half), carried=several)

    def _lines(self, drafts: Sequence[Draft]) -> tuple[ExampleLine, ...]:
        """The lines by priority: a drawn order, with what gets nothing last."""
        order = list(drafts)
        self.random.shuffle(order)
        order.sort(key=lambda draft: draft.granted == 0)
        return tuple(self._line(draft, priority) for priority, draft in enumerate(order, start=1))

    def _line(self, draft: Draft, priority: int) -> ExampleLine:
        return ExampleLine(
            action=draft.indicator.action,
            line=draft.indicator.line,
            priority=priority,
            existing=draft.existing,
            planned=draft.planned,
            requested=euro(draft.requested),
            granted=euro(draft.granted),
            granted_units=draft.units,
            shares=self._shares(draft),
        )

    def _shares(self, draft: Draft) -> tuple[ExampleShare, ...]:
        """The planned units by inhabitants, at least one each while there are enough."""
        weights = [self.world.bodies[name].weight or WEIGHT_OF_OTHERS for name in draft.names]
        least = int(draft.planned >= len(weights))
        parts = bounded_split(draft.planned, weights, [least] * len(weights), [draft.planned] * len(weights))
        return tuple(
            ExampleShare(self.body(name).name, part, euro(part * draft.indicator.unit_amount))
            for name, part in zip(draft.names, parts, strict=True)
        )


def euro(whole: int) -> Decimal:
    """A whole number of euro as an amount with two places."""
    return Decimal(whole).quantize(Decimal("0.01"))

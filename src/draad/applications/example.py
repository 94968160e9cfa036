"""What an example round holds: applications, decisions and payments, apart from their storage.

Everything is made up except the names of governments, the printed partnerships and the published totals.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True)
class Body:
    """An organisation by the name it has when the rounds run; ``invented`` for one of a further copy of Flanders.

    ``weight`` is its number of inhabitants, 0 for who has none.
    """

    name: str
    government: bool = True
    province: str = ""
    region: str = ""
    weight: int = 0
    invented: bool = False


@dataclass(frozen=True)
class ExampleMember:
    """A body in an application; ``carried`` for a further partnership that was agreed in round 1."""

    body: Body
    accepted_at: datetime
    carried: bool = False


@dataclass(frozen=True)
class ExampleShare:
    """What a member takes of a line: additional units, and the euro that follow from them."""

    member: str
    planned: int
    amount: Decimal


@dataclass(frozen=True)
class ExampleLine:
    """What is asked and granted on one indicator line; amounts in euro, units whole."""

    action: int
    line: int
    priority: int
    existing: int
    planned: int
    requested: Decimal
    granted: Decimal
    granted_units: int
    shares: tuple[ExampleShare, ...]

    @property
    def outcome(self) -> str:
        """``granted``, ``partly`` or ``refused``."""
        if self.granted == self.requested:
            return "granted"
        return "partly" if self.granted else "refused"


@dataclass(frozen=True)
class ExampleIncentive:
    """An incentive, granted as asked; only a mentorship is for an action."""

    kind: str
    body: str
    amount: Decimal
    action: int | None = None


@dataclass(frozen=True)
class ExampleApplication:
    """One application with its decision; ``advance`` and ``balance`` in euro add up to what is granted.

    ``number`` counts from 1 in a round; ``copy`` is 1 for the real governments.
    """

    number: int
    copy: int
    applicant: Body
    members: tuple[ExampleMember, ...]
    lines: tuple[ExampleLine, ...]
    incentives: tuple[ExampleIncentive, ...]
    submitted_at: datetime
    contact_name: str
    contact_email: str
    iban: str
    advance: Decimal
    balance: Decimal

    @property
    def requested(self) -> Decimal:
        """Euro asked on lines and incentives."""
        return total(line.requested for line in self.lines) + total(one.amount for one in self.incentives)

    @property
    def granted(self) -> Decimal:
        """Euro granted on lines and incentives."""
        return total(line.granted for line in self.lines) + total(one.amount for one in self.incentives)


@dataclass(frozen=True)
class ExampleRound:
    """The applications of one round and the days on which things happened; who pays has a made-up account too."""

    number: int
    opens_on: date
    closes_on: date
    decided_on: date
    advance_on: date
    balance_on: date
    payer_iban: str
    applications: tuple[ExampleApplication, ...]


@dataclass(frozen=True)
class Example:
    """All rounds that one seed gives."""

    seed: int
    scale: int
    rounds: tuple[ExampleRound, ...]


def total(amounts: Iterable[Decimal]) -> Decimal:
    """The sum in euro with two places."""
    return sum(amounts, start=Decimal("0.00"))

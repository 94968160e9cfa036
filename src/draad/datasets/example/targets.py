"""The published totals that an example round meets, and the choices where the sources leave one.

A row without a round belongs to the latest round that fits: the action has indicator lines in it, and no more
governments are counted than take part. A figure that was not published for a round is borrowed from the nearest round.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from draad.datasets.example.world import RoundFacts
from draad.datasets.facts import Fact, read, whole
from draad.datasets.plan_samenleven.known import read_participants


@dataclass
class ActionTarget:
    """What was published of an action in a round; None is not published. Amounts in euro."""

    governments: int | None = None
    plans: int | None = None
    amount: int | None = None
    units: int | None = None


@dataclass
class RoundTarget:
    """What was published of a round; ``contact_reach`` is planned with the existing reach included."""

    applicants: int
    governments: int
    granted: int | None = None
    contact_reach: int | None = None
    actions: dict[int, ActionTarget] = field(default_factory=dict)

    def of(self, action: int) -> ActionTarget:
        """What was published of an action; made when nothing was."""
        return self.actions.setdefault(action, ActionTarget())


# which published measure sets which part of a target
OF_ACTION = {
    "participating governments": "governments",
    "plans granted": "plans",
    "plans": "plans",
    "granted amount": "amount",
    "units granted": "units",
}


def read_targets(rounds: Sequence[RoundFacts]) -> dict[int, RoundTarget]:
    """The targets by number of round."""
    facts = read("rounds")
    targets = {int(fact["round"]): _of_round(fact, facts) for fact in facts}
    for row in read("published_figures"):
        number = round_of(row, rounds, targets)
        if number is not None:
            _add(targets[number], row)
    return targets


def _of_round(fact: Fact, facts: Sequence[Fact]) -> RoundTarget:
    participants, _others = read_participants(fact["participants"] or _nearest(fact, facts, "participants"))
    return RoundTarget(
        applicants=int(fact["applicants"] or _nearest(fact, facts, "applicants")),
        governments=int(participants),
        granted=whole(fact["granted_eur"]),
    )


def _nearest(fact: Fact, facts: Sequence[Fact], name: str) -> str:
    """The value of the nearest round that has one; of two equally near the later one."""
    known = [other for other in facts if other[name]]
    number = int(fact["round"])
    return min(known, key=lambda other: (abs(int(other["round"]) - number), -int(other["round"])))[name]


def round_of(row: Fact, rounds: Sequence[RoundFacts], targets: dict[int, RoundTarget]) -> int | None:
    """The round to which a published row belongs; None when it fits none or is of no action in particular."""
    if row["round"]:
        return int(row["round"])
    if not row["action_number"]:
        return None
    action, value = int(row["action_number"]), int(row["value"])
    fitting = [r.number for r in rounds if action in r.indicators and value <= targets[r.number].governments]
    return max(fitting, default=None)


def _add(target: RoundTarget, row: Fact) -> None:
    if row["measure"] == "planned by the contact actions together":
        target.contact_reach = int(row["value"])
    elif row["action_number"] and row["measure"] in OF_ACTION:
        setattr(target.of(int(row["action_number"])), OF_ACTION[row["measure"]], int(row["value"]))

"""Holds an example against every published figure about participation, applications and grants."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from draad.applications.example import Example, ExampleApplication, ExampleRound, total
from draad.datasets.example.targets import read_targets, round_of
from draad.datasets.example.world import RoundFacts, read_world
from draad.datasets.facts import Fact, read
from draad.datasets.plan_samenleven.known import read_participants

Applications = Sequence[ExampleApplication]

# published figures that contradict others: what stands in their place
NOT_MET = {
    ("lead applicants in partnerships", "24"): "the list prints Geel twice and VGC without partners",
    ("governments in partnerships", "80"): "the list names 76 municipalities, and Wemmel for which De Rand stands in",
    ("participating governments", "103"): "the first source says 104",
    ("participating governments", "106"): "the first source says 104",
}


@dataclass(frozen=True)
class Comparison:
    """A published figure beside what the example gives; ``reason`` tells why it is not met."""

    round: int
    action: int | None
    measure: str
    published: Decimal
    given: Decimal
    reason: str = ""

    @property
    def met(self) -> bool:
        """Whether both are equal."""
        return self.published == self.given


def compare(example: Example) -> list[Comparison]:
    """Every published figure that the example can meet, in the order of the facts.

    Results, envelopes and figures that fit no round are left out: they are not about applications.
    """
    world = read_world()
    rounds = {one.number: one for one in example.rounds}
    found = []
    for row in _rows(world.rounds):
        measured = MEASURED.get(row["measure"])
        if measured is None or not row["round"]:
            continue
        action = int(row["action_number"]) if row["action_number"] else None
        given = measured(_real(rounds[int(row["round"])]), action, world.contact_actions)
        reason = NOT_MET.get((row["measure"], row["value"]), "")
        found.append(
            Comparison(int(row["round"]), action, row["measure"], Decimal(row["value"]), Decimal(given), reason)
        )
    return found


def _rows(rounds: Sequence[RoundFacts]) -> Iterator[Fact]:
    """The published rows with the round to which each belongs."""
    targets = read_targets(rounds)
    for row in [*read("published_figures"), *read("further_values")]:
        yield row | {"round": str(round_of(row, rounds, targets) or "")}
    for fact in read("rounds"):
        participants, _others = read_participants(fact["participants"])
        cells = {
            "granted amount": fact["granted_eur"],
            "applicants": fact["applicants"],
            "participating governments": participants,
        }
        for measure, value in cells.items():
            if value:
                yield {"round": fact["round"], "action_number": "", "measure": measure, "value": value}


def _real(one: ExampleRound) -> Applications:
    return [application for application in one.applications if application.copy == 1]


def _granted(applications: Applications, action: int | None, _contact: Sequence[int]) -> Decimal:
    if action is None:
        return total(application.granted for application in applications)
    return total(line.granted for a in applications for line in a.lines if line.action == action)


def _governments(applications: Applications, action: int | None, _contact: Sequence[int]) -> int:
    found = set()
    for application in applications:
        governments = {member.body.name for member in application.members if member.body.government}
        if action is not None:
            lines = [line for line in application.lines if line.action == action and line.granted]
            governments &= {share.member for line in lines for share in line.shares}
        found |= governments
    return len(found)


def _units(applications: Applications, action: int | None, _contact: Sequence[int]) -> int:
    return sum(line.granted_units for a in applications for line in a.lines if line.action == action)


def _contact_reach(applications: Applications, _action: int | None, contact: Sequence[int]) -> int:
    lines = [line for application in applications for line in application.lines if line.action in contact]
    return sum(line.existing + line.planned for line in lines)


def _applicants(applications: Applications, _action: int | None, _contact: Sequence[int]) -> int:
    return len({application.applicant.name for application in applications})


def _in_partnerships(applications: Applications) -> Applications:
    return [application for application in applications if len(application.members) > 1]


def _leads(applications: Applications, action: int | None, contact: Sequence[int]) -> int:
    return _applicants(_in_partnerships(applications), action, contact)


def _together(applications: Applications, action: int | None, contact: Sequence[int]) -> int:
    return _governments(_in_partnerships(applications), action, contact)


def _refused(applications: Applications, _action: int | None, _contact: Sequence[int]) -> int:
    return sum(not application.granted for application in applications)


def _bonds(applications: Applications, _action: int | None, _contact: Sequence[int]) -> int:
    return sum(one.kind == "impact_bond" for application in applications for one in application.incentives)


MEASURED: dict[str, Callable[[Applications, int | None, Sequence[int]], int | Decimal]] = {
    "granted amount": _granted,
    "local governments applying": _governments,
    "participating governments": _governments,
    "lead applicants in partnerships": _leads,
    "governments in partnerships": _together,
    "refused applications": _refused,
    "social impact bond incentives": _bonds,
    "plans granted": _units,
    "plans": _units,
    "units granted": _units,
    "planned by the contact actions together": _contact_reach,
    "applicants": _applicants,
}

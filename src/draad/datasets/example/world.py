"""What the facts give the generator: governments, printed lists, terms, rules and dates, as plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from draad.applications.example import Body
from draad.applications.printed import PrintedName, read_name
from draad.datasets.facts import Fact, day, read, whole
from draad.datasets.plan_samenleven.programme import terms_of_all_rounds
from draad.datasets.plan_samenleven.rules import rules
from draad.programmes.values import Line, TermsValues

LISTED_ROUND = 1


@dataclass(frozen=True)
class Indicator:
    """An indicator line of a round: what one unit asks in euro, and the most units of one application.

    Where the terms of the round leave these open, they are those of the last round in which they were known. That is
    how the example reckons; it is no term.
    """

    action: int
    line: int
    unit_amount: int
    max_units: int


@dataclass(frozen=True)
class RoundFacts:
    """What is known of a round; ``ceilings`` are the published most euro per government, by action."""

    number: int
    starts_on: date
    ends_on: date
    call_opens_on: date | None
    call_closes_on: date
    final_due_on: date | None
    envelope: int
    indicators: Mapping[int, Sequence[Indicator]]
    ceilings: Mapping[int, int]
    incentives: Mapping[str, Decimal]
    balance_share: int


@dataclass(frozen=True)
class World:
    """All that an example is made from; ``mentors`` are pairs of government and action."""

    bodies: Mapping[str, Body]
    rounds: Sequence[RoundFacts]
    partnerships: Sequence[tuple[str, ...]]
    mentors: Sequence[tuple[str, int]]
    contact_actions: Sequence[int]

    @property
    def governments(self) -> list[Body]:
        """The local governments, in the order of the list."""
        return [body for body in self.bodies.values() if body.government]


def read_world() -> World:
    """The world of the facts that come with Draad."""
    actions, facts = read("actions"), read("rounds")
    terms = terms_of_all_rounds(actions, [int(fact["round"]) for fact in facts])
    return World(
        bodies=_bodies(min(fact["starts_on"] for fact in facts)),
        rounds=[_round(fact, terms) for fact in facts],
        partnerships=_partnerships(),
        mentors=[(fact["local_government"], int(fact["action_number"])) for fact in read("mentors_round1")],
        contact_actions=[int(a["number"]) for a in actions if a["title"].startswith("In contact brengen met")],
    )


def _bodies(on: str) -> dict[str, Body]:
    """Everyone who can take part, by name; ``on`` is the ISO date on which a municipality must exist."""
    governments = [
        Body(fact["name"], True, fact["province"], fact["reference_region_2022"], whole(fact["population_2020"]) or 0)
        for fact in read("municipalities")
        if fact["valid_from"] <= on and (not fact["valid_to"] or on <= fact["valid_to"])
    ]
    others = [Body(name, government=False) for name in _always_eligible().values()]
    return {body.name: body for body in [*governments, *others]}


def _always_eligible() -> dict[str, str]:
    """Who may take part without being a local government, by each name in use."""
    names: dict[str, str] = {}
    for fact in read("partners"):
        aliases = fact["aliases"].split(";")
        if set(aliases) & {"VGC", "De Rand"}:
            names |= dict.fromkeys([fact["name"], *aliases], fact["name"])
    return names


def _partnerships() -> list[tuple[str, ...]]:
    """The printed partnerships, the lead first; one that is printed twice is there once.

    Who stands in for a government (``De Rand (io Wemmel)``) is replaced by that government.
    """
    spelling = {fact["as_printed"]: fact["means"] for fact in read("printed_names")} | _always_eligible()

    def name(printed: PrintedName) -> str:
        return spelling.get(printed.on_behalf_of or printed.name, printed.on_behalf_of or printed.name)

    listed = [
        tuple(name(read_name(text)) for text in [fact["lead"], *filter(None, fact["partners"].split(";"))])
        for fact in read("partnerships_round1")
    ]
    return list(dict.fromkeys(listed))


def _round(fact: Fact, terms: Mapping[tuple[int, int], TermsValues]) -> RoundFacts:
    number = int(fact["round"])
    starts_on, ends_on, closes_on = day(fact["starts_on"]), day(fact["ends_on"]), day(fact["call_closes_on"])
    if starts_on is None or ends_on is None or closes_on is None:
        raise ValueError(f"rounds.csv: round {number} lacks a day that the example needs")
    known = {action: values for (action, of_round), values in terms.items() if of_round == number}
    parameters = {
        rule.key: rule.parameters for rule in rules(read("programme_rules"), _numbers()) if rule.round == number
    }
    return RoundFacts(
        number=number,
        starts_on=starts_on,
        ends_on=ends_on,
        call_opens_on=day(fact["call_opens_on"]),
        call_closes_on=closes_on,
        final_due_on=day(fact["final_due_on"]),
        envelope=int(fact["envelope_eur"]),
        indicators={action: _indicators(action, number, terms) for action in known if known[action].lines},
        ceilings={
            action: int(ceiling) for action, values in known.items() if (ceiling := values.fields["ceiling"].value)
        },
        incentives={key: Decimal(parameters[f"incentive_{key}"]["amount"]) for key in INCENTIVES},
        balance_share=int(parameters["balance"]["share"]),
    )


INCENTIVES = ("cooperation", "mentor", "impact_bond")


def _numbers() -> list[int]:
    return [int(fact["round"]) for fact in read("rounds")]


def _indicators(action: int, number: int, terms: Mapping[tuple[int, int], TermsValues]) -> list[Indicator]:
    return [_indicator(action, number, line, terms) for line in sorted(terms[action, number].lines)]


def _indicator(action: int, number: int, line: int, terms: Mapping[tuple[int, int], TermsValues]) -> Indicator:
    def last_known(name: str) -> int:
        for of_round in range(number, 0, -1):
            values: Line = terms[action, of_round].lines.get(line, {})
            if name in values and values[name].value is not None:
                return int(Decimal(str(values[name].value)))
        raise ValueError(f"no round up to {number} tells the {name} of action {action}, line {line}")

    return Indicator(action, line, last_known("unit_amount"), last_known("max_units"))

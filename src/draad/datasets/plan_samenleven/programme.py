"""The programme: objectives, actions, rounds, rules, and the terms of each action in each round.

Round 1 and what sources say of a later round are read from the facts; a later round carries over what no source says
to have changed. Where the indicator changed, amounts and maxima of before no longer hold and are unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from draad.accounts.actor import Actor
from draad.accounts.sync import SyncCount
from draad.datasets.facts import Fact, day, money, read, whole, yes_no
from draad.datasets.plan_samenleven.rules import rules
from draad.programmes.actions.facts import publish_stated_terms
from draad.programmes.actions.programme import (
    ActionFacts,
    ObjectiveFacts,
    ProgrammeFacts,
    RoundFacts,
    set_up_programme,
)
from draad.programmes.models import Programme
from draad.programmes.values import LINE_FIELDS, Line, Term, TermsValues, carried_over, stated, unknown

SLUG = "plan-samenleven"
SOURCE = "written question 492; programme pages"
INTRODUCTION = (
    "Vlaamse gemeenten krijgen geld en ondersteuning om mensen van alle herkomst vlot te laten samenleven.",
    "Flemish municipalities receive money and support so that people of all origins live together well.",
)
Place = tuple[int, int]


def load(by: Actor) -> dict[str, SyncCount]:
    """Bring the programmes room in line with the facts; returns what happened per kind of fact."""
    actions, rounds = read("actions"), read("rounds")
    counts = set_up_programme(_programme(actions, rounds), by=by)
    terms = terms_of_all_rounds(actions, [int(fact["round"]) for fact in rounds])
    return counts | publish_stated_terms(Programme.objects.get(slug=SLUG), terms, by=by)


def _programme(actions: list[Fact], rounds: list[Fact]) -> ProgrammeFacts:
    objectives = {int(fact["objective_number"]): fact for fact in actions}
    return ProgrammeFacts(
        slug=SLUG,
        name="Plan Samenleven",
        owner="Agentschap Binnenlands Bestuur (ABB)",
        source=SOURCE,
        introduction=INTRODUCTION[0],
        introduction_en=INTRODUCTION[1],
        objectives=[ObjectiveFacts(n, fact["objective"], fact["source"]) for n, fact in sorted(objectives.items())],
        actions=[
            ActionFacts(int(fact["number"]), int(fact["objective_number"]), fact["title"], fact["source"])
            for fact in actions
        ],
        rounds=[_round(fact) for fact in rounds],
        rules=rules(read("programme_rules"), [int(fact["round"]) for fact in rounds]),
    )


def _round(fact: Fact) -> RoundFacts:
    starts_on, ends_on = day(fact["starts_on"]), day(fact["ends_on"])
    if starts_on is None or ends_on is None:
        raise ValueError(f"rounds.csv, round {fact['round']}: a round needs a first and a last day")
    return RoundFacts(
        number=int(fact["round"]),
        starts_on=starts_on,
        ends_on=ends_on,
        call_opens_on=day(fact["call_opens_on"]),
        call_closes_on=day(fact["call_closes_on"]),
        envelope=money(fact["envelope_eur"]),
        midterm_due_on=day(fact["midterm_due_on"]),
        final_due_on=day(fact["final_due_on"]),
        source=fact["source"],
    )


@dataclass(frozen=True)
class Known:
    """What the sources say of one action in one round."""

    subsidised: Term
    lines: Mapping[int, Line]
    ceiling: Term
    fields: Mapping[str, Term]


def terms_of_all_rounds(actions: list[Fact], rounds: list[int]) -> dict[Place, TermsValues]:
    """The terms by number of action and number of round."""
    lines, fields = _by_place(read("action_terms")), _by_place(read("term_fields"))
    terms: dict[Place, TermsValues] = {}
    for action in actions:
        number = int(action["number"])
        for of_round in sorted(rounds):
            place = (number, of_round)
            known = _known(action, of_round, lines.get(place, []), fields.get(place, []))
            terms[place] = _terms(known, terms.get((number, of_round - 1)))
    return terms


def _by_place(facts: list[Fact]) -> dict[Place, list[Fact]]:
    found: dict[Place, list[Fact]] = {}
    for fact in facts:
        found.setdefault((int(fact["action_number"]), int(fact["round"])), []).append(fact)
    return found


def _known(action: Fact, of_round: int, lines: list[Fact], fields: list[Fact]) -> Known:
    ceilings = {(fact["published_max_eur"], fact["source"]) for fact in lines}
    if len(ceilings) > 1:
        raise ValueError(f"action_terms.csv: the lines of action {action['number']} give more than one maximum")
    amount, source = ceilings.pop() if ceilings else ("", "")
    return Known(
        subsidised=stated(yes_no(action[f"subsidised_round{of_round}"]), action["source"]),
        lines={int(fact["line"]): _line(fact) for fact in lines},
        ceiling=stated(money(amount), source),
        fields={fact["field"]: stated(fact["value"], fact["source"]) for fact in fields},
    )


def _line(fact: Fact) -> Line:
    values = {
        "label": fact["indicator_nl"],
        "unit": fact["unit_kind"],
        "counting": fact["counting"],
        "unit_amount": money(fact["unit_amount_eur"]),
        "max_units": whole(fact["max_units"]),
    }
    return {name: stated(value, fact["source"]) for name, value in values.items()}


def _terms(known: Known, before: TermsValues | None) -> TermsValues:
    """The terms from what is known of this round and, for the rest, the round before."""
    if known.subsidised.value is False:
        return TermsValues(known.subsidised)
    if before is None or before.refused:
        fields = {"target_group": known.fields.get("target_group", unknown()), "ceiling": known.ceiling}
        return TermsValues(known.subsidised, fields, known.lines)
    kept = carried_over(before)
    fields = {**kept.fields, **{name: term for name, term in known.fields.items() if name == "target_group"}}
    lines = kept.lines
    new_lines = {name: term for name, term in known.fields.items() if name in {"lines", *LINE_FIELDS}}
    if new_lines:
        source = next(iter(new_lines.values())).source
        fields["ceiling"] = unknown(source)
        lines = {} if "lines" in new_lines else _changed_line(lines, new_lines, source)
    return TermsValues(known.subsidised, fields, lines)


def _changed_line(lines: Mapping[int, Line], changed: Mapping[str, Term], source: str) -> Mapping[int, Line]:
    """The only line with another indicator: what a unit of the old one brought no longer holds."""
    if len(lines) != 1:
        raise ValueError(f"term_fields.csv: an indicator changed, but there are {len(lines)} lines ({source})")
    ((number, line),) = lines.items()
    return {number: {**line, "unit_amount": unknown(source), "max_units": unknown(source), **changed}}

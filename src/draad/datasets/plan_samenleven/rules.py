"""Turns the rules in the facts into rules of rounds: the words of a row give its key, its value the parameters."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from draad.datasets.facts import Fact
from draad.programmes.actions.programme import RuleFacts
from draad.programmes.models import Knowledge
from draad.programmes.rules import rule_of

Read = Callable[[str], Mapping[str, Any]]

ROUNDS = {"all rounds": (1, 2, 3), "rounds 2 and 3": (2, 3), "round 1": (1,), "round 2": (2,)}


def _nothing(_value: str) -> Mapping[str, Any]:
    return {}


def _fixed(**parameters: Any) -> Read:
    return lambda _value: parameters


def _share(value: str) -> Mapping[str, Any]:
    return {"share": int(value.removesuffix("%"))}


def _amount(value: str) -> Mapping[str, Any]:
    """The first number of the value, in euro with two decimals."""
    found = re.match(r"(\d+) EUR", value)
    if found is None:
        raise ValueError(f"programme_rules.csv: {value!r} does not begin with an amount such as 10000 EUR")
    return {"amount": str(Decimal(found[1]).quantize(Decimal("0.01")))}


def _threshold(origin: str) -> Read:
    return lambda value: {"persons": int(value), "origin": origin}


READERS: dict[str, tuple[str, Read]] = {
    "eligibility: inhabitants of non-EU-15 origin": ("eligibility_threshold", _threshold("EU-15")),
    "eligibility: inhabitants of non-EU-14 origin": ("eligibility_threshold", _threshold("EU-14")),
    "eligibility: always eligible": ("always_eligible", lambda value: {"organisations": value.split("; ")}),
    "partnership: members lie in one reference region": ("one_reference_region", _nothing),
    "partnership: a government takes part in one partnership only": ("one_partnership", _fixed(since=1)),
    "partnership: one member applies": ("one_applicant", _nothing),
    "amount: planned additional units": ("existing_reach", _nothing),
    "amount: unit amount is half": ("half_of_cost", _share),
    "amount: ceiling per action": ("ceiling_per_action", _nothing),
    "priority: each line has a unique priority": ("unique_priority", _nothing),
    "budget: fixed for the whole plan": ("fixed_budget", _nothing),
    "incentive: cooperation": ("incentive_cooperation", _amount),
    "incentive: mentor government": ("incentive_mentor", _amount),
    "incentive: social impact bond": ("incentive_impact_bond", _amount),
    "reporting: mid-term after 6 months": ("reports", _fixed(midterm=6, final=12)),
    "reporting: below 25% at mid-term": ("midterm_threshold", _share),
    "payment: balance": ("balance", _share),
    "payment: recovery": ("recovery", _nothing),
    "counting: one unit counts under two actions": ("counts_twice", _nothing),
    "change round 2: action 23": ("change_subsidised", _fixed(action=23)),
    "change round 2: target groups": ("change_target_groups", _fixed(actions=[9, 13, 23, 24], doubtful=[10, 11, 14])),
    "change round 2: action 5": ("change_practice", _fixed(action=5)),
    "change round 2: action 6": ("change_diploma", _fixed(action=6)),
    "change round 2: action 15": ("change_education", _fixed(action=15)),
}


def rules(facts: list[Fact], rounds: list[int]) -> list[RuleFacts]:
    """The rules of every round; a later round carries over what no source says to have changed.

    Raises:
        ValueError: for a row that is not known here or names rounds in other words.
    """
    stated = {(rule.round, rule.key): rule for fact in facts for rule in _rules_of(fact)}
    found = dict(stated)
    for of_round in sorted(rounds)[1:]:
        before = [rule for (number, _key), rule in found.items() if number == of_round - 1]
        for rule in before:
            if (of_round, rule.key) not in found and not rule_of(rule.key).tells_of_change:
                carried = RuleFacts(of_round, rule.key, rule.parameters, Knowledge.CARRIED, rule.source)
                found[of_round, rule.key] = carried
    return list(found.values())


def _rules_of(fact: Fact) -> list[RuleFacts]:
    reader = next((reader for words, reader in READERS.items() if fact["rule"].startswith(words)), None)
    if reader is None:
        raise ValueError(f"programme_rules.csv: no rule begins like {fact['rule']!r}")
    if fact["applies_to"] not in ROUNDS:
        raise ValueError(f"programme_rules.csv: {fact['applies_to']!r} is none of {', '.join(ROUNDS)}")
    key, parameters = reader
    return [
        RuleFacts(number, key, parameters(fact["value"]), Knowledge.STATED, fact["source"])
        for number in ROUNDS[fact["applies_to"]]
    ]

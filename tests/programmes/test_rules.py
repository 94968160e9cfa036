"""Rules: their parameters are checked, their sentences hold the values, and they know which actions they touch."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from draad.programmes.rules import (
    ACTION,
    ACTIONS,
    AMOUNT,
    DAY,
    NAMES,
    ORIGIN,
    PERCENT,
    RULES,
    SCOPE,
    SENTENCES,
    WHOLE,
    Rule,
    advance_share,
    rule_of,
)

SAMPLES: dict[int, Any] = {
    id(WHOLE): 7500,
    id(PERCENT): 50,
    id(AMOUNT): "10000.00",
    id(ORIGIN): "EU-15",
    id(NAMES): ["VGC", "De Rand vzw"],
    id(ACTION): 5,
    id(ACTIONS): [9, 13],
    id(DAY): "2026-01-01",
    id(SCOPE): "government",
    id(SENTENCES): ["Wie niet rapporteert, betaalt terug."],
}


def sample(rule: Rule) -> dict[str, Any]:
    return {name: SAMPLES[id(parameter)] for name, parameter in rule.parameters.items()}


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_sentence_can_be_written(rule: Rule, language: str) -> None:
    with translation.override(language):
        sentence = rule.sentence(sample(rule))
        about = str(rule.about)
    assert sentence[0].isupper() or sentence[0].isdigit()
    assert sentence.endswith(".")
    assert "%(" not in sentence
    assert about


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())
def test_every_rule_reads_differently_in_english(rule: Rule) -> None:
    with translation.override("nl"):
        dutch = rule.sentence(sample(rule))
    with translation.override("en"):
        english = rule.sentence(sample(rule))
    assert dutch != english


def test_sentences_hold_the_values() -> None:
    with translation.override("nl"):
        threshold = RULES["eligibility_threshold"].sentence({"persons": 7500, "origin": "EU-14"})
        mentor = RULES["incentive_mentor"].sentence({"amount": "10000.00"})
        always = RULES["always_eligible"].sentence({"organisations": ["VGC", "De Rand vzw"]})
    assert "7.500" in threshold
    assert "EU-14" in threshold
    assert "€\u00a010.000" in mentor
    assert always.startswith("VGC en De Rand vzw")


@pytest.mark.parametrize(
    ("key", "parameters", "what"),
    [
        ("balance", {"share": 0}, "balance, share: 0 is not a whole percentage"),
        ("balance", {"share": 101}, "whole percentage"),
        ("balance", {"share": "20"}, "whole percentage"),
        ("balance", {"share": True}, "whole percentage"),
        ("balance", {}, "takes share, not none"),
        ("balance", {"share": 20, "more": 1}, "takes share, not more, share"),
        ("recovery", {"share": 20}, "takes no parameters, not share"),
        ("incentive_mentor", {"amount": "10000"}, "two decimals"),
        ("incentive_mentor", {"amount": 10000}, "two decimals"),
        ("incentive_mentor", {"amount": "-1.00"}, "two decimals"),
        ("incentive_mentor", {"amount": "veel"}, "two decimals"),
        ("eligibility_threshold", {"persons": 7500, "origin": "EU-27"}, "EU-15 or EU-14"),
        ("eligibility_threshold", {"persons": 0, "origin": "EU-15"}, "above 0"),
        ("always_eligible", {"organisations": []}, "list of names"),
        ("always_eligible", {"organisations": [1]}, "list of names"),
        ("change_target_groups", {"actions": ["9"], "doubtful": []}, "numbers of actions"),
        ("reference_date", {"day": "1/1/2026"}, "a day as text"),
        ("reference_date", {"day": "20260101"}, "a day as text"),
        ("reference_date", {"day": 2026}, "a day as text"),
        ("ceiling_scope", {"scope": "province"}, "government or application"),
        ("own_words", {"sentences": []}, "list of sentences"),
        ("change_practice", {"action": 0}, "above 0|number of an action"),
    ],
)
def test_wrong_parameters_are_refused_with_the_reason(key: str, parameters: dict[str, Any], what: str) -> None:
    with pytest.raises(ValueError, match=what):
        rule_of(key).check(parameters)
    with pytest.raises(ValueError, match=what):
        rule_of(key).sentence(parameters)


@given(st.integers(1, 100))
def test_every_whole_percentage_is_right(share: int) -> None:
    rule_of("balance").check({"share": share})


@given(st.integers(1, 100))
def test_advance_and_balance_are_the_whole_amount(share: int) -> None:
    assert advance_share({"share": share}) + share == 100


def test_an_advance_needs_a_balance() -> None:
    with pytest.raises(ValueError, match="takes share"):
        advance_share({})


def test_an_unknown_rule_is_named() -> None:
    with pytest.raises(ValueError, match="there is no rule tombola"):
        rule_of("tombola")


class TestWhichActions:
    def test_general_rules_touch_every_action(self) -> None:
        assert RULES["existing_reach"].touches({}, 1)
        assert RULES["half_of_cost"].touches({"share": 50}, 24)

    def test_others_touch_none(self) -> None:
        assert not RULES["recovery"].touches({}, 5)
        assert not RULES["balance"].touches({"share": 5}, 5), "a share of 5 is not action 5"

    def test_changes_touch_the_actions_they_name(self) -> None:
        assert RULES["change_practice"].touches({"action": 5}, 5)
        assert not RULES["change_practice"].touches({"action": 5}, 6)

    @pytest.mark.parametrize(("action", "touched"), [(9, True), (14, True), (5, False)])
    def test_doubtful_actions_are_touched_too(self, action: int, touched: bool) -> None:
        parameters = {"actions": [9, 13, 23, 24], "doubtful": [10, 11, 14]}
        assert RULES["change_target_groups"].touches(parameters, action) == touched


def test_only_changes_tell_of_change() -> None:
    assert {key for key, rule in RULES.items() if rule.tells_of_change} == {
        "change_subsidised", "change_target_groups", "change_practice", "change_diploma", "change_education",
    }  # fmt: skip


def test_keys_are_unique_and_fit_the_column() -> None:
    assert all(len(key) <= 60 and key == rule.key for key, rule in RULES.items())
    assert len(RULES) == 27

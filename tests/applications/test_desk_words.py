"""What the desk says and draws: rules, where the money ends, measures, and places of bars and dots."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draad.applications.models import Scenario
from draad.applications.queries.desk_chart import (
    BINS,
    LEFT,
    MOST_ROWS,
    RIGHT,
    Dumbbells,
    dumbbells,
    histogram,
    share_scale,
    signed,
)
from draad.applications.queries.desk_claims import ZERO, DeskApplication, Group
from draad.applications.queries.desk_totals import ApplicantRow, Outcome, Pair
from draad.applications.queries.desk_words import MEASURES, RULE_NAMES, RULE_SENTENCES, how, measured, where_it_ends
from draad.methods.allocation import Rule

NOWHERE: Group = (1, "buiten de provincies")


def scenario(rule: Rule = Rule.PROPORTIONAL, end: dict[str, Any] | None = None, **parameters: Any) -> Scenario:
    return Scenario(rule=str(rule), parameters=parameters, measures={"applicants": {}, "levels": [], "end": end})


def end(rule: Rule, value: str, **more: Any) -> dict[str, Any]:
    return {"priority": None, "reach": "part", "rule": str(rule), "losses": False, "value": value} | more


def test_every_rule_has_a_name_and_a_sentence() -> None:
    assert set(RULE_NAMES) == set(RULE_SENTENCES) == set(Rule)


@pytest.mark.parametrize(
    ("ended", "words"),
    [
        (None, "alles wat kan, is toegekend"),
        (end(Rule.PROPORTIONAL, "86.94"), "elke vraag krijgt 86,9\u00a0%"),
        (end(Rule.EQUAL_AWARDS, "240701.42"), "elke vraag krijgt hoogstens €\u00a0240.701,42"),
        (end(Rule.EQUAL_LOSSES, "100.00", losses=True), "elke vraag mist hoogstens €\u00a0100,00"),
        (end(Rule.TALMUD, "50.00"), "elke vraag krijgt hoogstens €\u00a050,00"),
        (end(Rule.TALMUD, "50.00", losses=True), "elke vraag mist hoogstens €\u00a050,00"),
        (end(Rule.PROPORTIONAL, "12.00", priority=4), "het geld raakt op bij prioriteit 4"),
        (end(Rule.PROPORTIONAL, "0.00", priority=4, reach="none"), "voor prioriteit 4 is er geen geld meer"),
        (end(Rule.PROPORTIONAL, "0.00", reach="none"), "er is niets te verdelen"),
    ],
)
def test_where_the_money_ends(ended: dict[str, Any] | None, words: str) -> None:
    assert where_it_ends(scenario(end=ended)) == words


def test_the_parameters_are_told_in_sentences() -> None:
    told = how(scenario(Rule.PRIORITY, within="talmud", together=True, whole_units=True, ceiling="1500.50"))
    assert told[1:] == [
        "Waar het geld opraakt, wordt verdeeld volgens “eerst de helft, dan gelijk verlies”.",
        "De lijnen van een aanvrager tellen samen.",
        "Alleen hele eenheden.",
        "Hoogstens €\u00a01.500,50 per aanvrager.",
    ]
    assert len(how(scenario(within="", together=False, whole_units=False, ceiling=""))) == 1


def test_measures_are_written_as_what_they_are() -> None:
    found = Scenario(measures={"applicants": {
        "in_full": 1200, "nothing": 0, "lowest_share": "0.385123", "highest_share": "1", "min_max_ratio": "0.385123",
        "gini_shares": "0.09", "gini_awards": None,
    }})  # fmt: skip
    assert [measured(found, words) for words in MEASURES] == [
        "1.200", "0", "38,5\u00a0%", "100,0\u00a0%", "0,385", "0,090", "",
    ]  # fmt: skip


def test_what_was_not_measured_is_empty_and_not_zero() -> None:
    nothing = Scenario(measures={"applicants": dict.fromkeys(words.key for words in MEASURES)})
    assert {measured(nothing, words) for words in MEASURES} == {""}


def outcome(*shares: str) -> Outcome:
    """Applicants who ask 100 euro each and get these shares."""
    pairs = {pk: Pair(Decimal(100), Decimal(share)) for pk, share in enumerate(shares)}
    return Outcome(Pair(), pairs, {})


def test_who_gets_all_stands_in_the_last_bar() -> None:
    drawn = histogram(outcome("0", "9.99", "10", "55", "99.99", "100"))
    assert [bar.count for bar in drawn.bars] == [2, 1, 0, 0, 0, 1, 0, 0, 0, 2]
    assert drawn.says.startswith("0 tot 10 %: 2 aanvragers; 10 tot 20 %: 1 aanvrager")


def test_nobody_gives_no_bars() -> None:
    assert [bar.height for bar in histogram(Outcome(Pair(), {0: Pair()}, {})).bars] == [0] * BINS


@given(st.lists(st.decimals(0, 100, places=2).map(str), min_size=1, max_size=40))
def test_every_applicant_is_in_one_bar_and_every_bar_is_seen(shares: list[str]) -> None:
    bars = histogram(outcome(*shares)).bars
    assert sum(bar.count for bar in bars) == len(shares)
    assert all(bool(bar.height) == bool(bar.count) and bar.y >= 0 for bar in bars)


def row(number: int, *granted: str | None, claimed: str = "100") -> ApplicantRow:
    application = DeskApplication(number, number, "advised", f"A{number}", (number,), True, NOWHERE, NOWHERE)
    pairs = tuple(Pair(Decimal(claimed), Decimal(amount)) if amount is not None else None for amount in granted)
    return ApplicantRow(application, pairs)


def drawn(*rows: ApplicantRow) -> Dumbbells:
    found = dumbbells(rows)
    assert found is not None
    return found


def test_what_differs_most_is_drawn_from_low_to_high() -> None:
    found = drawn(row(1, "50", "50"), row(2, "90", "40"), row(3, "20", "100"))
    assert [one.name for one in found.rows] == ["A3", "A2"]
    assert [one.gain for one in found.rows] == ["−€\u00a080,00", "+€\u00a050,00"]
    assert found.ticks[0] == (LEFT, "20\u00a0%")
    assert found.ticks[-1] == (RIGHT, "100\u00a0%")


def test_the_first_scenario_lies_on_top() -> None:
    assert [dot.series for dot in drawn(row(1, "50", "60", "70")).rows[0].dots] == [2, 1, 0]


def test_equal_shares_are_not_drawn() -> None:
    assert dumbbells([row(1, "50", "50")]) is None
    assert dumbbells([]) is None


def test_who_a_scenario_does_not_know_has_no_dot_and_no_gain() -> None:
    (one,) = drawn(row(1, "50", None, "70")).rows
    assert ([dot.series for dot in one.dots], one.gain) == ([2, 0], "")
    assert row(1, None, None).spread == (ZERO, ZERO)
    assert row(1, None, "5").claimed == 100


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100)), min_size=1, max_size=30))
def test_every_dot_lies_on_the_axis(shares: list[tuple[int, int]]) -> None:
    found = dumbbells([row(n, str(one), str(other)) for n, (one, other) in enumerate(shares)])
    if found is None:
        assert all(one == other for one, other in shares)
        return
    assert len(found.rows) <= MOST_ROWS
    assert all(LEFT <= dot.x <= RIGHT for one in found.rows for dot in one.dots)
    assert all(one.start <= dot.x <= one.end for one in found.rows for dot in one.dots)


@pytest.mark.parametrize(
    ("share", "label"),
    [("59.99", "onder 60 %"), ("60", "60–70"), ("99.999", "90–100"), ("100", "100\u00a0%")],
)
def test_only_all_is_all_on_the_map(share: str, label: str) -> None:
    assert share_scale().place(Decimal(share)).label == label


@pytest.mark.parametrize(
    ("amount", "words"),
    [("12.50", "+€\u00a012,50"), ("-3", "−€\u00a03,00"), ("0", "€\u00a00,00")],
)
def test_a_difference_has_a_sign(amount: str, words: str) -> None:
    assert signed(Decimal(amount)) == words

"""Priority levels: served in order, another rule at the level where the money ends."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draad.methods.allocation import Claim, Reach, Rule, allocate
from draad.methods.errors import MethodError
from tests.methods.allocation.helpers import FLAT_RULES, cents, cents_of, claims_of, euro


@st.composite
def ranked(draw: st.DrawFn) -> tuple[list[int], list[int], list[int], int]:
    """Amounts, priorities, minima, and an envelope of at least the minima."""
    amounts = draw(st.lists(st.integers(0, 300), min_size=1, max_size=8))
    numbers = [draw(st.integers(1, 4)) for _ in amounts]
    minima = [draw(st.one_of(st.just(0), st.integers(0, amount))) for amount in amounts]
    return amounts, numbers, minima, draw(st.integers(sum(minima), sum(amounts) + 5))


def test_levels_are_served_in_order_and_the_inner_rule_divides_the_last() -> None:
    amounts, numbers = [100, 100, 300, 50], [1, 2, 2, 3]
    assert cents(amounts, 300, "priority", priority=numbers) == [100, 50, 150, 0]
    claims = claims_of(amounts, priority=numbers)
    assert cents_of(allocate(claims, Decimal(3), "priority", within="cea")) == [100, 100, 100, 0]
    assert cents_of(allocate(claims, Decimal(3), "priority", within="cel")) == [100, 0, 200, 0]
    assert cents_of(allocate(claims, Decimal(3), "priority", within="talmud")) == [100, 50, 150, 0]


def test_gaps_between_priorities_make_no_difference() -> None:
    assert cents([90, 90, 90], 120, "priority", priority=[3, 70, 70]) == cents(
        [90, 90, 90], 120, "priority", priority=[1, 2, 2]
    )


def test_money_that_ends_exactly_between_two_levels() -> None:
    claims = claims_of([100, 200], priority=[1, 2])
    allocation = allocate(claims, Decimal(1), "priority")
    assert cents_of(allocation) == [100, 0]
    assert [level.reach for level in allocation.levels] == [Reach.WHOLE, Reach.NONE]


def test_a_minimum_of_a_later_level_is_set_aside_first() -> None:
    assert cents([100, 100], 100, "priority", priority=[1, 2], minimum=[None, 30]) == [70, 30]


def test_the_outcome_of_each_level_is_reported() -> None:
    claims = claims_of([100, 300, 50], priority=[1, 2, 4])
    levels = allocate(claims, Decimal(2), "priority", within="cea").levels
    assert [(level.number, level.reach, level.available, level.granted) for level in levels] == [
        (1, Reach.WHOLE, 200, 100),
        (2, Reach.PART, 100, 100),
        (4, Reach.NONE, 0, 0),
    ]


@given(case=ranked(), within=st.sampled_from(FLAT_RULES))
def test_nobody_gets_more_than_a_minimum_while_an_earlier_level_is_short(
    case: tuple[list[int], list[int], list[int], int], within: Rule
) -> None:
    amounts, numbers, minima, envelope = case
    claims = claims_of(amounts, priority=numbers, minimum=minima)
    awards = cents_of(allocate(claims, euro(envelope), "priority", within=within))
    assert sum(awards) == min(envelope, sum(amounts))
    assert all(low <= award <= amount for low, award, amount in zip(minima, awards, amounts, strict=True))
    short = [number for number, award, amount in zip(numbers, awards, amounts, strict=True) if award < amount]
    for number, award, low in zip(numbers, awards, minima, strict=True):
        if short and number > min(short):
            assert award == low


@given(case=ranked(), within=st.sampled_from(FLAT_RULES))
def test_one_level_is_the_inner_rule_alone(case: tuple[list[int], list[int], list[int], int], within: Rule) -> None:
    amounts, _, minima, envelope = case
    ranked_claims = claims_of(amounts, priority=[7] * len(amounts), minimum=minima)
    flat = allocate(ranked_claims, euro(envelope), within)
    assert cents_of(allocate(ranked_claims, euro(envelope), "priority", within=within)) == cents_of(flat)


@pytest.mark.parametrize("rule", FLAT_RULES)
def test_other_rules_do_not_look_at_priorities(rule: Rule) -> None:
    assert cents([100, 200], 90, rule, priority=[2, 1]) == cents([100, 200], 90, rule)


def test_every_claim_needs_a_priority() -> None:
    claims = [Claim("A", "x", Decimal(1), priority=1), Claim("B", "x", Decimal(1), where="row 3")]
    with pytest.raises(MethodError, match=r"^Row 3, claim 'B': there is no priority; the rule priority needs one"):
        allocate(claims, Decimal(1), "priority")


@pytest.mark.parametrize("number", [0, -1])
def test_priorities_count_from_one(number: int) -> None:
    with pytest.raises(MethodError, match=f"the priority is {number}; priorities count from 1"):
        allocate(claims_of([1], priority=[number]), Decimal(1), "priority")


def test_the_rule_within_levels() -> None:
    claims = claims_of([1], priority=[1])
    with pytest.raises(MethodError, match="Within a priority level another rule divides"):
        allocate(claims, Decimal(1), "priority", within="priority")
    with pytest.raises(MethodError, match="belongs to the rule priority, not to talmud"):
        allocate(claims, Decimal(1), "talmud", within="cea")
    assert allocate(claims, Decimal(1), "priority").within is Rule.PROPORTIONAL
    assert allocate(claims, Decimal(1), "talmud").within is None

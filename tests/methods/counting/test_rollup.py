"""Roll-up over members and over time: what is exact, at least, between bounds, estimated, missing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draad.methods.counting import (
    Counting,
    Deduction,
    Nature,
    Overlap,
    Reported,
    State,
    estimated,
    missing,
    not_applicable,
    number,
    over_periods,
    roll_up,
    share_of,
    with_baseline,
)
from draad.methods.errors import MethodError

U, A = Counting.UNIQUE, Counting.ADDITIVE
REPORTED = st.one_of(
    st.integers(0, 500).map(number),
    st.integers(0, 500).map(estimated),
    st.just(missing()),
    st.just(not_applicable()),
)
MEMBERS = st.dictionaries(st.sampled_from("abcdefgh"), REPORTED, min_size=1)


def test_units_that_add_up_have_one_figure() -> None:
    result = roll_up({"a": number(3), "b": number(4)}, A)
    assert (result.figure, result.lower, result.upper, result.state) == (7, 7, 7, State.NUMBER)


def test_unique_persons_of_two_members_lie_between_bounds() -> None:
    result = roll_up({"a": number(30), "b": number(40)}, U)
    assert (result.sum, result.lower, result.upper, result.figure) == (70, 40, 70, None)


def test_unique_persons_of_one_member_are_known() -> None:
    assert roll_up({"a": number(30), "b": number(0)}, U).figure == 30


def test_a_missing_part_makes_the_sum_at_least() -> None:
    result = roll_up({"a": number(3), "b": missing()}, A)
    assert (result.sum, result.lower, result.upper, result.at_least, result.missing) == (3, 3, None, True, ("b",))


def test_a_part_that_does_not_apply_takes_no_part() -> None:
    result = roll_up({"a": number(3), "b": not_applicable()}, A)
    assert (result.figure, result.at_least, result.upper) == (3, False, 3)


def test_an_estimated_part_makes_the_whole_an_estimate() -> None:
    assert roll_up({"a": number(3), "b": estimated(4)}, A).state is State.ESTIMATED


def test_zero_and_zero_is_zero_and_zero_and_missing_is_not() -> None:
    assert roll_up({"a": number(0), "b": number(0)}, U).state is State.ZERO
    assert roll_up({"a": number(0), "b": missing()}, U).state is State.NUMBER


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({"a": missing()}, State.MISSING),
        ({"a": missing(), "b": not_applicable()}, State.MISSING),
        ({"a": not_applicable()}, State.NOT_APPLICABLE),
    ],
)
def test_nothing_known_stays_nothing(values: dict[str, Reported], state: State) -> None:
    result = roll_up(values, A)
    assert (result.state, result.figure) == (state, None)


def test_the_population_closes_the_upper_bound() -> None:
    assert roll_up({"a": number(30), "b": number(40)}, U, population=Decimal(50)).upper == 50
    assert roll_up({"a": number(30), "b": missing()}, U, population=Decimal(50)).upper == 50


def test_more_persons_than_there_are_is_refused() -> None:
    with pytest.raises(MethodError, match="more than the population of 20"):
        roll_up({"a": number(30)}, U, population=Decimal(20))


def test_a_deduction_gives_the_figure_and_its_note() -> None:
    result = roll_up({"a": number(30), "b": number(40)}, U, deduction=Deduction(Decimal(10), "lists", "one course"))
    assert (result.figure, result.note, result.state) == (60, "lists: one course", State.NUMBER)


def test_an_estimated_deduction_gives_an_estimate() -> None:
    deduction = Deduction(Decimal(10), "sample", "one in seven", is_estimate=True)
    assert roll_up({"a": number(30), "b": number(40)}, U, deduction=deduction).state is State.ESTIMATED


def test_measured_overlap_of_two_members_gives_the_figure() -> None:
    assert roll_up({"a": number(30), "b": number(40)}, U, overlaps=[Overlap("a", "b", Decimal(25))]).figure == 45


@pytest.mark.parametrize(
    "options",
    [
        {"overlaps": [Overlap("a", "b", Decimal(1))]},
        {"deduction": Deduction(Decimal(1), "m", "r")},
        {"population": Decimal(100)},
    ],
)
def test_units_that_add_up_take_no_rule_for_persons(options: dict[str, object]) -> None:
    with pytest.raises(MethodError, match="belong to unique persons"):
        roll_up({"a": number(3), "b": number(3)}, A, **options)  # type: ignore[arg-type]  # one option at a time


def test_one_figure_has_one_method() -> None:
    with pytest.raises(MethodError, match="not both"):
        roll_up({"a": number(3), "b": number(3)}, U, overlaps=[Overlap("a", "b", Decimal(1))],
                deduction=Deduction(Decimal(1), "m", "r"))  # fmt: skip


def test_without_members_there_is_no_figure() -> None:
    with pytest.raises(MethodError, match="no members"):
        roll_up({}, A)


@given(MEMBERS, st.sampled_from(Counting))
def test_bounds_hold_and_missing_is_never_zero(values: dict[str, Reported], rule: Counting) -> None:
    result = roll_up(values, rule)
    known = [value.value for value in values.values() if value.value is not None]
    assert result.sum == sum(known)
    assert result.at_least == any(value.state is State.MISSING for value in values.values())
    if result.upper is not None:
        assert result.lower <= result.upper <= result.sum
    if result.at_least:
        assert result.upper is None
        assert result.state is not State.ZERO


@given(MEMBERS, st.sampled_from(Counting))
def test_a_member_more_never_lowers_the_bounds(values: dict[str, Reported], rule: Counting) -> None:
    before, after = roll_up(values, rule), roll_up({**values, "z": number(7)}, rule)
    assert after.lower >= before.lower
    assert after.sum == before.sum + 7


@given(MEMBERS)
def test_the_order_of_members_does_not_matter(values: dict[str, Reported]) -> None:
    assert roll_up(dict(reversed(values.items())), U) == roll_up(values, U)


def test_a_stock_is_that_of_the_last_period() -> None:
    assert over_periods({"mid": number(10), "end": number(8)}, Nature.STOCK, A).figure == 8


def test_a_missing_last_stock_is_not_replaced_by_an_older_one() -> None:
    assert over_periods({"mid": number(10), "end": missing()}, Nature.STOCK, A).state is State.MISSING


def test_a_stock_that_no_longer_applies_is_that_of_the_period_before() -> None:
    assert over_periods({"mid": number(10), "end": not_applicable()}, Nature.STOCK, A).figure == 10
    assert over_periods({"mid": not_applicable()}, Nature.STOCK, A).state is State.NOT_APPLICABLE


def test_a_flow_of_contacts_adds_up_and_of_persons_lies_between() -> None:
    halves = {"first": number(10), "second": number(8)}
    assert over_periods(halves, Nature.FLOW, A).figure == 18
    persons = over_periods(halves, Nature.FLOW, U)
    assert (persons.lower, persons.upper) == (10, 18)


@pytest.mark.parametrize(
    ("reached", "baseline", "included", "expected"),
    [
        (number(30), number(10), True, number(20)),
        (number(10), number(10), True, number(0)),
        (number(30), number(10), False, number(30)),
        (number(30), not_applicable(), True, number(30)),
        (missing(), number(10), True, missing()),
        (number(30), missing(), True, missing()),
        (number(30), estimated(10), True, estimated(20)),
        (not_applicable(), number(10), True, not_applicable()),
    ],
)
def test_existing_reach(reached: Reported, baseline: Reported, included: bool, expected: Reported) -> None:
    assert with_baseline(reached, baseline, included=included) == expected


def test_less_than_there_was_already_is_a_mistake() -> None:
    with pytest.raises(MethodError, match="check whether it is included"):
        with_baseline(number(5), number(10), included=True)


@pytest.mark.parametrize(
    ("reached", "target", "expected"),
    [
        (number(170_951), number(83_110), Decimal(170_951) * 100 / 83_110),
        (number(0), number(5), Decimal(0)),
    ],
)
def test_share_of_a_target(reached: Reported, target: Reported, expected: Decimal) -> None:
    assert share_of(reached, target).value == expected


@pytest.mark.parametrize(
    ("reached", "target", "state"),
    [
        (number(5), number(0), State.NOT_APPLICABLE),
        (missing(), number(5), State.MISSING),
        (number(5), missing(), State.MISSING),
        (not_applicable(), number(5), State.NOT_APPLICABLE),
        (estimated(5), number(5), State.ESTIMATED),
        (number(0), number(5), State.ZERO),
    ],
)
def test_the_state_of_a_share(reached: Reported, target: Reported, state: State) -> None:
    assert share_of(reached, target).state is state

"""Amounts of lines and shares: known answers, and what holds for all numbers."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from draad.applications.amounts import (
    Asked,
    above_ceiling,
    divided,
    line_amounts,
    own_contribution,
    share_amounts,
    total,
)

UNITS = st.integers(min_value=0, max_value=100_000)
EUROS = st.decimals(min_value=0, max_value=30_000, places=2)


def asked(planned: int | None, unit: str | None = "90", most: int | None = 150, **more: Decimal | None) -> Asked:
    return Asked(17, planned, None if unit is None else Decimal(unit), most, **more)


def test_the_amounts_of_the_drawing() -> None:
    lines = [Asked(5, 900, Decimal(60), 2250), Asked(9, 60, Decimal(650), 150), Asked(18, 1, Decimal(25000), 1)]
    assert line_amounts(lines) == [Decimal(54000), Decimal(39000), Decimal(25000)]


def test_what_lies_above_the_ceiling_is_told_and_not_paid() -> None:
    assert line_amounts([asked(180)]) == [Decimal(13500)]
    assert above_ceiling(asked(180)) == 30
    assert above_ceiling(asked(150)) == 0
    assert above_ceiling(asked(None)) == 0
    assert above_ceiling(asked(500, most=None)) == 0


def test_a_missing_number_is_not_zero() -> None:
    assert line_amounts([asked(None), asked(3, unit=None), asked(0)]) == [None, None, Decimal(0)]
    assert total([None, None]) is None
    assert total([None, Decimal("1.10")]) == Decimal("1.10")


def test_the_ceiling_of_an_action_is_used_up_in_order_of_priority() -> None:
    most = {"action_most": Decimal(10000)}
    lines = [asked(100, most=None, **most), asked(100, most=None, **most), asked(1, most=None, **most)]
    assert line_amounts(lines) == [Decimal(9000), Decimal(1000), Decimal(0)]


def test_a_ceiling_of_one_action_does_not_touch_another() -> None:
    one = Asked(1, 10, Decimal(90), None, Decimal(100))
    other = Asked(2, 10, Decimal(90), None, Decimal(1000))
    assert line_amounts([one, other]) == [Decimal(100), Decimal(900)]


def test_the_other_half_and_other_shares() -> None:
    assert own_contribution(Decimal(194000), 50) == Decimal(194000)
    assert own_contribution(Decimal(100), 75) == Decimal("33.33")
    assert own_contribution(Decimal(100), 100) == 0


def test_shares_wait_until_they_add_up() -> None:
    assert share_amounts(Decimal(100), 10, {1: 5, 2: 4}) == {}
    assert share_amounts(Decimal(100), 10, {1: 10, 2: None}) == {}
    assert share_amounts(None, 10, {1: 5, 2: 5}) == {}
    assert share_amounts(Decimal(0), 0, {1: 0, 2: 0}) == {}
    assert share_amounts(Decimal(100), 3, {1: 1, 2: 1, 3: 1}) == {
        1: Decimal("33.34"), 2: Decimal("33.33"), 3: Decimal("33.33"),
    }  # fmt: skip


@given(st.lists(UNITS, min_size=1, max_size=12), EUROS)
def test_shares_add_up_to_the_cent(parts: list[int], amount: Decimal) -> None:
    found = share_amounts(amount, sum(parts), dict(enumerate(parts)))
    if sum(parts):
        assert sum(found.values()) == amount
        assert all(part >= 0 for part in found.values())
    else:
        assert found == {}


@given(UNITS, st.lists(UNITS, min_size=1, max_size=12))
def test_divided_units_add_up(units: int, weights: list[int]) -> None:
    parts = divided(units, weights)
    assert sum(parts) == units
    assert len(parts) == len(weights)


@given(st.lists(st.tuples(UNITS, UNITS), min_size=1, max_size=8), EUROS, EUROS)
def test_no_action_gets_more_than_its_ceiling(lines: list[tuple[int, int]], unit: Decimal, most: Decimal) -> None:
    amounts = line_amounts([Asked(1, planned, unit, ceiling, most) for planned, ceiling in lines])
    known = [amount for amount in amounts if amount is not None]
    assert sum(known) <= most
    for amount, (planned, ceiling) in zip(known, lines, strict=True):
        assert 0 <= amount <= min(planned, ceiling) * unit

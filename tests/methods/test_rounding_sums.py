"""Rounding that adds up."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draad.methods.errors import MethodError
from draad.methods.rounding import euro, euro_text, order_keys, percentages, round_half_up, split_whole

WEIGHTS = st.lists(st.one_of(st.integers(0, 1000), st.fractions(0, 10, max_denominator=60)), min_size=1, max_size=9)


@pytest.mark.parametrize(
    ("cents", "text"), [(0, "0.00"), (5, "0.05"), (2_860_000, "28600.00"), (-5, "-0.05"), (10**17, "1" + "0" * 15 + ".00")]
)  # fmt: skip
def test_euro_of_cents(cents: int, text: str) -> None:
    assert euro_text(cents) == text
    assert str(euro(cents)) == text


@given(
    pairs=st.lists(st.tuples(st.integers(-(10**12), 10**12), st.integers(1, 10**12)), max_size=6),
    twice=st.integers(1, 50),
)
def test_order_keys_sort_as_the_fractions_do(pairs: list[tuple[int, int]], twice: int) -> None:
    pairs += [(n * twice, d * twice) for n, d in pairs]
    keys = order_keys([n for n, _ in pairs], [d for _, d in pairs])
    for (n, d), key in zip(pairs, keys, strict=True):
        for (m, e), other in zip(pairs, keys, strict=True):
            assert (key < other) == (Fraction(n, d) < Fraction(m, e))


@given(n=st.integers(2, 10**9))
def test_order_keys_tell_the_closest_fractions_apart(n: int) -> None:
    first, second = order_keys([n - 1, n - 2], [n, n - 1]) if n > 2 else (1, 0)
    assert first > second


@given(total=st.integers(0, 10**6), weights=WEIGHTS)
def test_parts_of_a_split_add_up_and_lie_within_one_of_exact(total: int, weights: list[int | Fraction]) -> None:
    whole = sum(weights)
    if not whole:
        return
    parts = split_whole(total, weights)
    assert sum(parts) == total
    assert all(abs(part - total * Fraction(w) / whole) < 1 for part, w in zip(parts, weights, strict=True))


def test_equal_remainders_go_to_the_earlier_part() -> None:
    assert split_whole(2, [1, 1, 1]) == [1, 1, 0]
    assert split_whole(2_860_000, [92, 273]) == [720_877, 2_139_123]
    assert split_whole(0, [0, 0]) == [0, 0]
    assert split_whole(5, [Fraction(1, 3), 0, Fraction(2, 3)]) == [2, 0, 3]


def test_what_cannot_be_split_is_refused() -> None:
    with pytest.raises(MethodError, match="There is nothing to split 5 over"):
        split_whole(5, [0, 0])
    with pytest.raises(MethodError, match="A weight is negative"):
        split_whole(5, [1, -1])


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (Fraction(1, 2), 0, "1"),
        (Fraction(-1, 2), 0, "-1"),
        (Fraction(5, 2), 0, "3"),
        (Fraction(1, 3), 2, "0.33"),
        (Fraction(2, 3), 2, "0.67"),
        (Fraction(-1, 200), 2, "-0.01"),
        (Fraction(7), 1, "7.0"),
    ],
)
def test_halves_round_away_from_zero(value: Fraction, decimals: int, text: str) -> None:
    assert str(round_half_up(value, decimals)) == text


@given(value=st.fractions(-1000, 1000), decimals=st.integers(0, 4))
def test_rounding_is_never_more_than_half_a_step_off(value: Fraction, decimals: int) -> None:
    assert abs(Fraction(round_half_up(value, decimals)) - value) <= Fraction(1, 2 * 10**decimals)


def test_percentages_round_each_or_add_up_when_asked() -> None:
    assert percentages([1, 1, 1]) == [33, 33, 33]
    assert percentages([1, 1, 1], add_up=True) == [34, 33, 33]
    assert percentages([1, 1, 1], 1, add_up=True) == [Decimal("33.4"), Decimal("33.3"), Decimal("33.3")]
    assert percentages([1, 7], 1) == [Decimal("12.5"), Decimal("87.5")]
    assert percentages([1, 7]) == [13, 88]


@given(counts=st.lists(st.integers(0, 500), min_size=1, max_size=8).filter(any), decimals=st.integers(0, 2))
def test_percentages_that_add_up_add_up_to_one_hundred(counts: list[int], decimals: int) -> None:
    assert sum(percentages(counts, decimals, add_up=True)) == 100


def test_percentages_of_nothing_are_refused() -> None:
    with pytest.raises(MethodError, match="no answers to take a percentage of"):
        percentages([0, 0])
    with pytest.raises(MethodError, match="A count is negative"):
        percentages([2, -1])

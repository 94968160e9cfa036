"""Controlled rounding against its definition and enumeration."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from draad.methods.disclosure import InnerCell, plan_publication, round_tables, rounding_intervals
from draad.methods.errors import MethodError

from .helpers import cube

tables = st.lists(st.integers(0, 40), min_size=6, max_size=6)


@settings(max_examples=60, deadline=None)
@given(tables, st.integers(2, 10), st.integers(0, 1))
def test_rounded_tables_add_up_near_the_true_ones(values: list[int], base: int, steps: int) -> None:
    publication = plan_publication(cube("ab", [3, 2], values), [("a", "b")])
    rounding = round_tables(publication, base, steps)

    for total, parts in publication.layout.relations:
        assert rounding.rounded[total] == sum(rounding.rounded[part] for part in parts)
    for value, rounded in zip(publication.totals.value, rounding.rounded, strict=True):
        assert rounded % base == 0
        assert rounded >= 0
        assert abs(rounded - value) < base * (steps + 1)
        if steps == 0 and value % base == 0:
            assert rounded == value
    distances = zip(publication.totals.value, rounding.rounded, strict=True)
    assert rounding.cost == sum(abs(rounded - value) for value, rounded in distances)
    assert rounding.optimal
    assert rounding.gap == 0


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=4, max_size=4), st.integers(2, 5))
def test_no_rounding_is_nearer(values: list[int], base: int) -> None:
    publication = plan_publication(cube("ab", [2, 2], values), [("a", "b")])
    layout, true = publication.layout, publication.totals.value
    inner = [layout.numbers[frozenset({("a", f"a{i}"), ("b", f"b{j}")})] for i, j in product(range(2), repeat=2)]
    best = None
    for choice in product(*[{value // base, -(-value // base)} for value in values]):
        rounded = {cell: base * number for cell, number in zip(inner, choice, strict=True)}
        while len(rounded) < len(true):
            for total, parts in layout.relations:
                if total not in rounded and all(part in rounded for part in parts):
                    rounded[total] = sum(rounded[part] for part in parts)
        allowed = all(abs(rounded[cell] - value) < base for cell, value in enumerate(true))
        kept = all(rounded[cell] == value for cell, value in enumerate(true) if value % base == 0)
        if allowed and kept:
            cost = sum(abs(rounded[cell] - value) for cell, value in enumerate(true))
            best = cost if best is None else min(best, cost)

    assert round_tables(publication, base).cost == best


@settings(max_examples=30, deadline=None)
@given(tables, st.integers(2, 6), st.integers(0, 1))
def test_true_values_lie_in_the_intervals(values: list[int], base: int, steps: int) -> None:
    publication = plan_publication(cube("ab", [3, 2], values), [("a", "b")])
    rounding = round_tables(publication, base, steps)
    intervals = rounding_intervals(publication, rounding.rounded, base, steps)

    for value, rounded, interval in zip(publication.totals.value, rounding.rounded, intervals, strict=True):
        assert interval.upper is not None
        assert interval.lower <= value <= interval.upper
        assert interval.lower >= max(0, rounded - base * (steps + 1) + 1)
        assert interval.upper <= rounded + base * (steps + 1) - 1


def test_sums_narrow_the_intervals() -> None:
    inner = [InnerCell({"sex": code}, value, value) for code, value in zip("mf", [9, 9], strict=True)]
    publication = plan_publication(inner, [("sex",)])
    intervals = rounding_intervals(publication, [10, 10, 20], 5)

    assert [(interval.lower, interval.upper) for interval in intervals] == [(6, 14), (6, 14), (16, 24)]
    assert rounding_intervals(publication, [10, 10, 15], 5)[2].lower == 12


def test_joint_tables_are_rounded_from_common_cells() -> None:
    publication = plan_publication(
        cube("abc", [2, 2, 2], [3, 1, 4, 1, 5, 9, 2, 6]), [("a", "b"), ("b", "c"), ("a", "c")]
    )
    rounding = round_tables(publication, 3, 1)

    for total, parts in publication.layout.relations:
        assert rounding.rounded[total] == sum(rounding.rounded[part] for part in parts)


@pytest.mark.parametrize(("base", "steps", "message"), [(1, 0, "at least 2"), (5, -1, "0 or more")])
def test_impossible_settings_are_refused(base: int, steps: int, message: str) -> None:
    publication = plan_publication([InnerCell({"sex": "m"}, 15, 15)], [("sex",)])
    with pytest.raises(MethodError, match=message):
        round_tables(publication, base, steps)


def test_zero_steps_may_be_too_few() -> None:
    # Zero-restricted rounding of three two-way margins need not exist; one step more always gives room here.
    found = 0
    for values in product((0, 1), repeat=8):
        publication = plan_publication(cube("abc", [2, 2, 2], values), [("a", "b", "c")])
        try:
            round_tables(publication, 2)
        except MethodError as error:
            assert "allow one more" in str(error)  # noqa: PT017 (both ends are allowed)
            found += 1
            assert round_tables(publication, 2, 1).optimal
    assert 0 <= found < 256

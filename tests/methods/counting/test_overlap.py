"""Bounds of a union: against real sets, against enumeration, and with known answers."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draad.methods.counting import Deduction, Overlap, deduct, union_bounds
from draad.methods.errors import MethodError

GROUPS = st.lists(st.frozensets(st.integers(0, 11)), min_size=1, max_size=5)


def sizes_of(groups: list[frozenset[int]]) -> dict[str, Decimal]:
    return {f"m{place}": Decimal(len(group)) for place, group in enumerate(groups)}


def overlaps_of(groups: list[frozenset[int]]) -> list[Overlap]:
    numbered = enumerate(groups)
    return [Overlap(f"m{i}", f"m{j}", Decimal(len(a & b))) for (i, a), (j, b) in combinations(numbered, 2)]


def union_of(groups: list[frozenset[int]]) -> Decimal:
    return Decimal(len(frozenset().union(*groups)))


@given(GROUPS)
def test_the_true_union_lies_within_the_bounds(groups: list[frozenset[int]]) -> None:
    lower, upper = union_bounds(sizes_of(groups))
    assert lower <= union_of(groups) <= upper


@given(GROUPS)
def test_known_overlaps_narrow_the_bounds_and_keep_the_truth(groups: list[frozenset[int]]) -> None:
    wide = union_bounds(sizes_of(groups))
    narrow = union_bounds(sizes_of(groups), overlaps_of(groups))
    assert wide[0] <= narrow[0] <= union_of(groups) <= narrow[1] <= wide[1]


@given(GROUPS, st.data())
def test_any_part_of_the_overlaps_keeps_the_truth(groups: list[frozenset[int]], data: st.DataObject) -> None:
    some = [overlap for overlap in overlaps_of(groups) if data.draw(st.booleans())]
    lower, upper = union_bounds(sizes_of(groups), some)
    assert lower <= union_of(groups) <= upper


@given(st.lists(st.frozensets(st.integers(0, 11)), min_size=2, max_size=2))
def test_of_two_groups_the_overlap_gives_the_union_exactly(groups: list[frozenset[int]]) -> None:
    assert union_bounds(sizes_of(groups), overlaps_of(groups)) == (union_of(groups), union_of(groups))


@given(GROUPS)
def test_the_order_of_members_and_overlaps_does_not_matter(groups: list[frozenset[int]]) -> None:
    sizes, overlaps = sizes_of(groups), overlaps_of(groups)
    turned = dict(reversed(sizes.items()))
    assert union_bounds(turned, list(reversed(overlaps))) == union_bounds(sizes, overlaps)


def test_known_answer_of_three_groups() -> None:
    sizes = {"a": Decimal(10), "b": Decimal(8), "c": Decimal(6)}
    overlaps = [Overlap("a", "b", Decimal(4)), Overlap("b", "c", Decimal(3)), Overlap("a", "c", Decimal(1))]
    # Bonferroni takes all three overlaps from the sum of 24, Hunter the two that make the heaviest tree.
    assert union_bounds(sizes, overlaps) == (16, 17)


def test_without_members_there_is_nobody() -> None:
    assert union_bounds({}) == (0, 0)


@pytest.mark.parametrize(
    ("overlaps", "sentence"),
    [
        ([Overlap("a", "x", Decimal(1))], "no value of x"),
        ([Overlap("a", "a", Decimal(1))], "not with itself"),
        ([Overlap("a", "b", Decimal(1)), Overlap("b", "a", Decimal(1))], "given twice"),
        ([Overlap("a", "b", Decimal(9))], "not between 0 and the smaller of both"),
        ([Overlap("a", "b", Decimal(-1))], "not between 0 and the smaller of both"),
    ],
)
def test_a_wrong_overlap_is_named(overlaps: list[Overlap], sentence: str) -> None:
    with pytest.raises(MethodError, match=sentence):
        union_bounds({"a": Decimal(10), "b": Decimal(8)}, overlaps)


@given(st.dictionaries(st.sampled_from("abcde"), st.integers(0, 20).map(Decimal), min_size=2), st.data())
def test_the_lower_bound_never_passes_the_upper(sizes: dict[str, Decimal], data: st.DataObject) -> None:
    overlaps = [
        Overlap(first, second, Decimal(data.draw(st.integers(0, int(min(sizes[first], sizes[second]))))))
        for first, second in combinations(sorted(sizes), 2)
    ]
    lower, upper = union_bounds(sizes, overlaps)
    assert max(sizes.values()) <= lower <= upper <= sum(sizes.values())


def test_a_documented_deduction_gives_the_figure() -> None:
    deduction = Deduction(Decimal(3), "comparison of lists", "both towns share one course")
    assert deduct({"a": Decimal(10), "b": Decimal(8)}, deduction) == 15


def test_a_deduction_cannot_leave_fewer_than_the_largest_member() -> None:
    deduction = Deduction(Decimal(9), "comparison of lists", "both towns share one course")
    with pytest.raises(MethodError, match="at most 8 can be deducted"):
        deduct({"a": Decimal(10), "b": Decimal(8)}, deduction)


@pytest.mark.parametrize(("method", "reason"), [("", "because"), ("lists", ""), (" ", " ")])
def test_a_deduction_without_words_is_a_guess(method: str, reason: str) -> None:
    with pytest.raises(MethodError, match="method and its reason"):
        Deduction(Decimal(1), method, reason)


def test_a_deduction_does_not_add() -> None:
    with pytest.raises(MethodError, match="would add persons"):
        Deduction(Decimal(-1), "m", "r")

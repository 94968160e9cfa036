"""The search against enumeration of every pattern and every table, and its behaviour on larger tables."""

from __future__ import annotations

from fractions import Fraction
from time import process_time

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from draad.methods.disclosure import (
    Hierarchy,
    InnerCell,
    Link,
    Rules,
    Settings,
    audit,
    build_problem,
    plan_publication,
    protect,
    suppress,
)
from draad.methods.errors import MethodError

from .helpers import Enumeration, cube, grid, number_of, open_values

SHAPES = [
    ("ab", [2, 2], [("a", "b")]),
    ("ab", [3, 2], [("a", "b")]),
    ("ab", [2, 3], [("a", "b")]),
    ("abc", [2, 2, 2], [("a", "b"), ("b", "c")]),
    ("abc", [1, 2, 2], [("a", "b"), ("b", "c"), ("a", "c")]),
]
slow = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def small_problems(draw: st.DrawFn) -> tuple[list[InnerCell], list[tuple[str, ...]], Settings]:
    """Draw a few inner cells with a total of at most seven, tables and settings."""
    names, shape, tables = draw(st.sampled_from(SHAPES))
    count = int(np.prod(shape))
    values = [0] * count
    for _ in range(draw(st.integers(1, 7 if count < 8 else 4))):
        values[draw(st.integers(0, count - 1))] += 1
    zeros = draw(st.booleans())
    chosen = Settings(
        Rules(threshold=draw(st.integers(2, 3)), zeros=zeros and draw(st.booleans())),
        cost=draw(st.sampled_from(["value", "frequency", "number"])),
        singletons=draw(st.booleans()),
        hide_zeros=zeros,
    )
    return cube(names, shape, values), tables, chosen


@slow
@given(small_problems())
def test_pattern_is_safe_and_as_cheap_as_the_best_of_all_patterns(
    drawn: tuple[list[InnerCell], list[tuple[str, ...]], Settings],
) -> None:
    inner, tables, chosen = drawn
    publication = plan_publication(inner, tables)
    problem = build_problem(publication, chosen)
    if problem.choice.sum() > 11:
        return
    pattern = suppress(problem)
    excused = [(item.known.tobytes(), item.need.cell) for item in pattern.excused]
    every = Enumeration(publication, inner)

    assert pattern.optimal
    assert every.is_safe(problem, np.flatnonzero(pattern.hidden).tolist(), excused)
    assert pattern.cost == every.cheapest(problem, excused)


@slow
@given(
    st.lists(st.integers(0, 3), min_size=6, max_size=6).filter(lambda values: 0 < sum(values) <= 8),
    st.integers(1, 3),
    st.sampled_from([0, 50, 100]),
)
def test_wider_intervals_are_as_cheap_as_the_best_of_all_patterns(values: list[int], width: int, percent: int) -> None:
    inner = cube("ab", [3, 2], values)
    publication = plan_publication(inner, [("a", "b")])
    problem = build_problem(publication, Settings(Rules(threshold=3), width=width, percent=Fraction(percent)))
    pattern = suppress(problem)

    assert pattern.optimal
    assert pattern.cost == Enumeration(publication, inner).cheapest(problem)


@slow
@given(st.lists(st.integers(0, 4), min_size=4, max_size=4).filter(lambda values: 0 < sum(values) <= 9))
def test_outsiders_who_assume_at_least_one(values: list[int]) -> None:
    inner = cube("ab", [2, 2], values)
    publication = plan_publication(inner, [("a", "b")])
    problem = build_problem(publication, Settings(Rules(threshold=3), lowest=1))
    pattern = suppress(problem)

    assert pattern.optimal
    assert pattern.cost == Enumeration(publication, inner).cheapest(problem)


def test_hierarchy_is_as_cheap_as_the_best_of_all_patterns() -> None:
    inner = [InnerCell({"town": town}, value, value) for town, value in zip("pqrs", [1, 3, 1, 2], strict=True)]
    link = Link("town", "province", {"p": "N", "q": "N", "r": "S", "s": "S"})
    publication = plan_publication(inner, [("town",)], Hierarchy((link,)))
    problem = build_problem(publication, Settings(Rules(threshold=2)))
    keys = publication.layout.keys
    full = [
        InnerCell({"town": cell.codes["town"], "province": link.codes[cell.codes["town"]]}, cell.value, cell.frequency)
        for cell in inner
    ]

    assert frozenset({("province", "N")}) in keys
    assert suppress(problem).cost == Enumeration(publication, full).cheapest(problem) == 3 + 2


def test_only_non_empty_cell_of_a_row_takes_its_margin_along() -> None:
    inner = grid("AB", ["m", "f"], [[2, 0], [9, 7]])
    result = protect(inner, [("region", "sex")], Settings(Rules(threshold=3)))
    publication = result.publication

    assert {number_of(publication, region="A", sex="m"), number_of(publication, region="A")} == set(result.primary)
    assert result.pattern.cost == 9 + 16
    assert result.audit.safe


def test_only_non_empty_cell_of_all_hides_every_total() -> None:
    result = protect(grid("AB", ["m", "f"], [[2, 0], [0, 0]]), [("region", "sex")], Settings(Rules(threshold=3)))

    assert len(result.primary) == 4
    assert {interval.upper for interval in result.audit.intervals.values()} == {None}
    assert result.audit.safe


def test_nothing_small_costs_nothing() -> None:
    result = protect(grid("AB", ["m", "f"], [[8, 9], [7, 6]]), [("region", "sex")], Settings(Rules(threshold=3)))

    assert (result.pattern.cost, result.pattern.gap, result.pattern.optimal) == (0, 0.0, True)
    assert not result.primary
    assert result.audit.safe


def test_linked_tables_are_protected_together() -> None:
    values = [4, 6, 1, 9, 7, 8, 9, 5]
    inner = cube("abc", [2, 2, 2], values)
    tables = [("a", "b"), ("a", "c")]
    together = protect(inner, tables, Settings(Rules(threshold=6)))
    apart = [protect(inner, [table], Settings(Rules(threshold=6))) for table in tables]
    names = {together.publication.layout.name(cell) for cell in together.primary | together.secondary}

    assert together.audit.safe
    assert names >= {part.publication.layout.name(cell) for part in apart for cell in part.primary}
    assert together.pattern.cost >= max(part.pattern.cost for part in apart)


def test_a_margin_shared_by_two_tables_has_one_status() -> None:
    inner = cube("abc", [2, 2, 2], [1, 0, 0, 0, 5, 6, 7, 8])
    result = protect(inner, [("a", "b"), ("a", "c")], Settings(Rules(threshold=3)))
    shared = [
        [place.cell for place in places if place.at["a"] == "a0" and "*" in place.at.values()]
        for _, places in result.publication.layout.tables
    ]

    assert shared[0] == shared[1]
    assert shared[0][0] in result.primary


def test_table_by_province_beside_one_by_town_needs_no_hierarchy_to_be_safe() -> None:
    provinces = {"p": "N", "q": "N", "r": "S", "s": "S"}
    inner = [
        InnerCell({"town": town, "province": provinces[town], "sex": sex}, value, value)
        for town, pair in {"p": (1, 9), "q": (6, 7), "r": (8, 9), "s": (7, 9)}.items()
        for sex, value in zip("mf", pair, strict=True)
    ]
    tables = [("town", "sex"), ("province", "sex")]
    given_levels = protect(
        [InnerCell({"town": c.codes["town"], "sex": c.codes["sex"]}, c.value, c.frequency) for c in inner],
        tables[:1],
        Settings(Rules(threshold=3)),
        Hierarchy((Link("town", "province", provinces),)),
    )
    seen = protect(inner, tables, Settings(Rules(threshold=3)))

    assert seen.pattern.cost == given_levels.pattern.cost
    assert seen.audit.safe
    assert seen.findings == ["Every town lies in one province, so its sums by province count as known."]


def test_three_dimensions_are_proven_optimal_and_safe() -> None:
    random = np.random.default_rng(7)
    inner = cube("abc", [5, 4, 3], [int(value) for value in random.poisson(9, 60)])
    result = protect(inner, [("a", "b", "c")], Settings(Rules(threshold=5)))

    assert result.primary
    assert result.pattern.optimal
    assert result.audit.safe


def test_cyclic_tables_use_the_joint_table() -> None:
    random = np.random.default_rng(3)
    inner = cube("abc", [3, 3, 3], [int(value) for value in random.poisson(2, 27)])
    tables = [("a", "b"), ("b", "c"), ("a", "c")]
    result = protect(inner, tables, Settings(Rules(threshold=4)))

    assert any(result.publication.layout.hidden)
    assert result.pattern.optimal
    assert result.audit.safe


def test_half_moves_do_not_count_as_protection() -> None:
    # In whole numbers three two-way margins can fix a cell that fractions leave free.
    random = np.random.default_rng(11)
    for _ in range(12):
        inner = cube("abc", [2, 2, 2], [int(value) for value in random.integers(0, 2, 8)])
        publication = plan_publication(inner, [("a", "b"), ("b", "c"), ("a", "c")])
        problem = build_problem(publication, Settings(Rules(threshold=2)))
        pattern = suppress(problem)

        assert Enumeration(publication, inner).is_safe(problem, np.flatnonzero(pattern.hidden).tolist())


def _awkward_cube() -> list[InnerCell]:
    random = np.random.default_rng(1)
    return cube("abc", [8, 8, 8], [int(value) for value in random.poisson(6, 512)])


@pytest.mark.parametrize("seconds", [0.0, 0.2])
def test_time_limit_gives_the_best_safe_pattern_and_a_proven_gap(seconds: float) -> None:
    started = process_time()
    result = protect(_awkward_cube(), [("a", "b", "c")], Settings(Rules(threshold=4)), time_limit=seconds)

    assert process_time() - started < 15 + seconds
    assert result.audit.safe
    assert 0 <= result.pattern.bound <= result.pattern.cost
    assert result.pattern.gap == (result.pattern.cost - result.pattern.bound) / result.pattern.cost
    if seconds == 0.0:
        assert not result.pattern.optimal


def test_more_time_is_never_worse() -> None:
    costs = [
        protect(_awkward_cube(), [("a", "b", "c")], Settings(Rules(threshold=4)), time_limit=seconds).pattern.cost
        for seconds in (0.0, 4.0)
    ]

    assert costs[1] <= costs[0]


def test_negative_time_limit_is_refused() -> None:
    with pytest.raises(MethodError, match="0 seconds or more"):
        protect(grid("A", "m", [[1]]), [("region",)], Settings(Rules(threshold=3)), time_limit=-1)


def test_same_input_gives_the_same_pattern() -> None:
    random = np.random.default_rng(5)
    inner = cube("ab", [12, 8], [int(value) for value in random.poisson(8, 96)])
    patterns = [protect(inner, [("a", "b")], Settings(Rules(threshold=5))).secondary for _ in range(2)]

    assert patterns[0] == patterns[1]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(0, 40), min_size=30, max_size=30), st.booleans(), st.booleans())
def test_own_patterns_always_pass_the_audit(values: list[int], singletons: bool, zeros: bool) -> None:
    inner = cube("ab", [6, 5], values)
    if not sum(values):
        return
    chosen = Settings(Rules(threshold=5), singletons=singletons, hide_zeros=zeros)
    result = protect(inner, [("a", "b")], chosen)
    outside = audit(result.publication.layout, open_values(result.publication, result.primary | result.secondary))

    assert result.pattern.optimal
    assert result.audit.safe
    assert outside.safe


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(0, 30), min_size=20, max_size=20))
def test_no_secondary_cell_can_be_spared(values: list[int]) -> None:
    inner = cube("ab", [5, 4], values)
    result = protect(inner, [("a", "b")], Settings(Rules(threshold=5), cost="number"))
    for spared in result.secondary:
        found = audit(
            result.publication.layout,
            open_values(result.publication, (result.primary | result.secondary) - {spared}),
        )
        assert set(found.disclosed) & result.primary


def test_protection_that_cannot_be_had_names_the_cell() -> None:
    publication = plan_publication(grid("AB", ["m", "f"], [[2, 4], [9, 7]]), [("region", "sex")])
    problem = build_problem(publication, Settings(Rules(threshold=3)))
    problem.choice[:] = False

    with pytest.raises(MethodError, match=r"[Cc]ell region=A, sex=m: this cell cannot be protected"):
        suppress(problem)


def test_what_a_contributor_knows_anyway_is_told_and_not_fought() -> None:
    inner = grid("AB", ["m", "f"], [[1, 0], [9, 7]])
    result = protect(inner, [("region", "sex")], Settings(Rules(threshold=3, zeros=True), singletons=True))

    assert result.audit.safe
    assert any("anyway" in finding for finding in result.findings)

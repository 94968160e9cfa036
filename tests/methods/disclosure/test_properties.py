"""What holds for every protection: hierarchies, three dimensions, groups, published files, monotony."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from draad.methods.disclosure import (
    ANY,
    Hierarchy,
    InnerCell,
    Link,
    Protection,
    PublishedCell,
    Rules,
    Settings,
    audit_published,
    build_problem,
    plan_publication,
    protect,
    suppress,
)
from draad.methods.disclosure.bounds import ContradictionError, Unknowns
from draad.methods.disclosure.rules import group_lines
from draad.methods.errors import MethodError

from .helpers import Enumeration, cube, grid, number_of, open_values

slow = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
PROVINCES = {"a0": "N", "a1": "N", "a2": "S"}
ZONES = Hierarchy((Link("a", "zone", PROVINCES),))


def few(count: int, most: int) -> st.SearchStrategy[list[int]]:
    """Draw ``count`` counts with a total of 1 to ``most``."""

    def spread(places: list[int]) -> list[int]:
        return [places.count(place) for place in range(count)]

    return st.lists(st.integers(0, count - 1), min_size=1, max_size=most).map(spread)


def with_zones(inner: Sequence[InnerCell]) -> list[InnerCell]:
    """Return the inner cells with the code of their zone beside that of a."""
    return [
        InnerCell({**cell.codes, "zone": PROVINCES[cell.codes["a"]]}, cell.value, cell.frequency) for cell in inner
    ]


def as_published(result: Protection) -> list[PublishedCell]:
    """Return the cells of a protection as an outsider gets them."""
    hidden = result.primary | result.secondary
    return [
        PublishedCell(place.at, None if place.cell in hidden else result.publication.totals.value[place.cell])
        for _, places in result.publication.layout.tables
        for place in places
    ]


@slow
@given(few(6, 7), st.booleans())
def test_hierarchies_cost_the_least_of_all_patterns(values: list[int], singletons: bool) -> None:
    inner = cube("ab", [3, 2], values)
    publication = plan_publication(inner, [("a", "b")], ZONES)
    problem = build_problem(publication, Settings(Rules(threshold=3), singletons=singletons))
    if problem.choice.sum() > 10:
        return
    pattern = suppress(problem)
    every = Enumeration(publication, with_zones(inner))
    excused = [(item.known.tobytes(), item.need.cell) for item in pattern.excused]

    assert every.is_safe(problem, np.flatnonzero(pattern.hidden).tolist(), excused)
    assert pattern.cost == every.cheapest(problem, excused)


@slow
@given(few(8, 4))
def test_three_dimensions_are_safe_in_all_tables(values: list[int]) -> None:
    inner = cube("abc", [2, 2, 2], values)
    publication = plan_publication(inner, [("a", "b", "c")])
    problem = build_problem(publication, Settings(Rules(threshold=2)))
    pattern = suppress(problem)
    every = Enumeration(publication, inner)

    assert every.is_safe(problem, np.flatnonzero(pattern.hidden).tolist())
    if problem.choice.sum() <= 9:
        assert pattern.cost == every.cheapest(problem)


@slow
@given(few(6, 7), st.booleans())
def test_groups_are_not_given_away(values: list[int], hide_zeros: bool) -> None:
    inner = cube("ab", [3, 2], values)
    publication = plan_publication(inner, [("a", "b")])
    chosen = Settings(Rules(group_disclosure=True), hide_zeros=hide_zeros)
    problem = build_problem(publication, chosen)
    pattern = suppress(problem)
    every = Enumeration(publication, inner)
    shown = open_values(publication, np.flatnonzero(pattern.hidden[: len(publication.layout.keys)]).tolist())
    fitting = every.fitting(shown)

    for whole, others in group_lines(publication.layout, publication.totals):
        assert publication.totals.value[whole] > 0
        assert fitting[:, list(others)].sum(axis=1).max() >= 1


@slow
@given(
    st.lists(st.integers(0, 25), min_size=12, max_size=12).filter(any),
    st.sampled_from([[("a", "b", "c")], [("a", "b"), ("b", "c")], [("a", "b"), ("b", "c"), ("a", "c")], [("a",)]]),
    st.booleans(),
)
def test_an_outsider_finds_the_intervals_that_the_protection_states(
    values: list[int], tables: list[tuple[str, ...]], leveled: bool
) -> None:
    hierarchy = ZONES if leveled else Hierarchy()
    result = protect(cube("abc", [3, 2, 2], values), tables, Settings(Rules(threshold=5)), hierarchy)
    layout, _, found = audit_published(as_published(result), hierarchy)
    own = {result.publication.layout.keys[cell]: interval for cell, interval in result.audit.intervals.items()}

    assert found.safe
    assert {layout.keys[cell]: interval for cell, interval in found.intervals.items()} == own


@slow
@given(st.lists(st.integers(0, 25), min_size=12, max_size=12))
def test_one_cell_has_one_status_in_all_tables(values: list[int]) -> None:
    result = protect(cube("abc", [3, 2, 2], values), [("a", "b"), ("a", "c")], Settings(Rules(threshold=5)))
    status: dict[frozenset[tuple[str, str]], set[bool]] = {}
    for cell in as_published(result):
        key = frozenset(item for item in cell.at.items() if item[1] != ANY)
        status.setdefault(key, set()).add(cell.value is None)

    assert all(len(found) == 1 for found in status.values())


@slow
@given(st.lists(st.integers(0, 30), min_size=12, max_size=12))
def test_primary_and_secondary_are_apart_and_zeros_show(values: list[int]) -> None:
    result = protect(cube("ab", [4, 3], values), [("a", "b")], Settings(Rules(threshold=4)))
    totals = result.publication.totals.value

    assert not result.primary & result.secondary
    assert all(0 < totals[cell] < 4 for cell in result.primary)
    assert all(totals[cell] >= 4 for cell in result.secondary)
    assert result.pattern.cost == sum(totals[cell] for cell in result.secondary)


@slow
@given(st.lists(st.integers(0, 30), min_size=12, max_size=12), st.integers(1, 4))
def test_more_protection_never_costs_less(values: list[int], width: int) -> None:
    inner, tables = cube("ab", [4, 3], values), [("a", "b")]
    rules = Rules(threshold=4)
    plain = protect(inner, tables, Settings(rules)).pattern.cost

    assert protect(inner, tables, Settings(rules, width=width)).pattern.cost >= plain
    assert protect(inner, tables, Settings(rules, percent=Fraction(50))).pattern.cost >= plain
    assert protect(inner, tables, Settings(rules, singletons=True)).pattern.cost >= plain
    assert protect(inner, tables, Settings(rules, lowest=1)).pattern.cost >= plain
    assert protect(inner, tables, Settings(rules, hide_zeros=True)).pattern.cost <= plain


@slow
@given(st.lists(st.integers(0, 30), min_size=12, max_size=12), st.randoms(use_true_random=False))
def test_order_of_rows_and_tables_does_not_change_the_cost(values: list[int], random: object) -> None:
    inner = cube("abc", [3, 2, 2], values)
    tables = [("a", "b"), ("c", "a")]
    turned = list(inner)
    random.shuffle(turned)  # type: ignore[attr-defined]
    chosen = Settings(Rules(threshold=5))

    first = protect(inner, tables, chosen)
    second = protect(turned, [("a", "c"), ("b", "a")], chosen)
    assert first.pattern.cost == second.pattern.cost
    assert len(first.primary) == len(second.primary)


@slow
@given(st.lists(st.integers(0, 40), min_size=12, max_size=12), st.integers(1, 3))
def test_intervals_are_as_wide_as_asked(values: list[int], times: int) -> None:
    chosen = Settings(Rules(threshold=5), width=3 * times, percent=Fraction(25 * times))
    result = protect(cube("ab", [4, 3], values), [("a", "b")], chosen)
    for cell in result.primary:
        interval, value = result.audit.intervals[cell], result.publication.totals.value[cell]
        assert interval.lower <= value * (1 - Fraction(25 * times, 100))
        assert interval.upper is None or interval.upper >= value * (1 + Fraction(25 * times, 100))
        assert interval.upper is None or interval.upper - interval.lower >= 3 * times


def test_the_true_value_always_lies_in_the_interval() -> None:
    random = np.random.default_rng(2)
    inner = cube("ab", [10, 6], [int(value) for value in random.poisson(7, 60)])
    result = protect(inner, [("a", "b")], Settings(Rules(threshold=5)))

    assert result.primary
    for cell, interval in result.audit.intervals.items():
        value = result.publication.totals.value[cell]
        assert interval.lower <= value
        assert interval.upper is None or value <= interval.upper


def test_finer_tables_cost_more_than_their_parts() -> None:
    random = np.random.default_rng(4)
    inner = cube("abc", [4, 3, 3], [int(value) for value in random.poisson(9, 36)])
    chosen = Settings(Rules(threshold=6), cost="number")
    hidden = [
        len(result.primary) + len(result.secondary)
        for result in (
            protect(inner, [("a", "b")], chosen),
            protect(inner, [("a", "b"), ("b", "c")], chosen),
            protect(inner, [("a", "b", "c")], chosen),
        )
    ]

    assert hidden == sorted(hidden)


def test_a_level_with_one_child_is_the_same_quantity() -> None:
    # The only town of a zone and the zone hold the same people: one shown gives the other away.
    inner = [InnerCell({"a": town}, value, value) for town, value in zip(["a0", "a1", "a2"], [9, 8, 2], strict=True)]
    result = protect(inner, [("a",)], Settings(Rules(threshold=3)), ZONES)
    twins = {number_of(result.publication, a="a2"), number_of(result.publication, zone="S")}

    assert twins == set(result.primary)
    assert result.audit.safe
    # Hiding the grand total of 19 is cheaper than hiding 8 and the other zone's 17.
    assert result.pattern.cost == 19


def test_one_dimension_takes_the_smallest_companion() -> None:
    inner = [InnerCell({"a": f"a{number}"}, value, value) for number, value in enumerate([2, 40, 7, 12])]
    result = protect(inner, [("a",)], Settings(Rules(threshold=3)))

    assert result.pattern.cost == 7


def test_two_small_cells_protect_one_another() -> None:
    result = protect(grid("A", "mfx", [[1, 2, 30]]), [("sex",)], Settings(Rules(threshold=3)))

    assert not result.secondary
    assert {(i.lower, i.upper) for i in result.audit.intervals.values()} == {(0, 3)}


def test_linked_singletons_are_protected_in_both_tables() -> None:
    random = np.random.default_rng(8)
    inner = cube("abc", [4, 3, 3], [int(value) for value in random.poisson(1.2, 36)])
    plain = protect(inner, [("a", "b"), ("a", "c")], Settings(Rules(threshold=3)))
    careful = protect(inner, [("a", "b"), ("a", "c")], Settings(Rules(threshold=3), singletons=True))

    assert plain.audit.safe
    assert careful.audit.safe
    assert careful.pattern.cost >= plain.pattern.cost


def unknowns(least: list[int], rows: list[tuple[int, tuple[int, ...]]], known: list[int]) -> Unknowns:
    """Return unknown cells with these least values and sums."""
    return Unknowns(np.array(least, dtype=np.int64), rows, known)


def test_bounds_of_a_sum() -> None:
    # x + y = 7 with y at least 2.
    found = unknowns([0, 2], [(-1, (0, 1))], [-7])

    assert [(found.lowest(cell), found.highest(cell)) for cell in (0, 1)] == [(0, 5), (2, 7)]
    assert found.varies(0, 5)
    assert not found.varies(0, 6)


def test_bounds_of_a_total_without_limit() -> None:
    found = unknowns([0, 0], [(1, (0, -1))], [4])

    assert (found.lowest(1), found.highest(1)) == (4, None)
    assert found.varies(1, 10**6)


def test_bounds_are_whole() -> None:
    # 2x + y = 5 as x + x' + y with x = x': fractions would allow x to be 2.5.
    found = unknowns([0, 0, 0], [(-1, (0, 1, 2)), (0, (1,))], [-5, 0])

    assert (found.lowest(0), found.highest(0)) == (0, 2)
    assert found.lowest(2) == 1


def test_bounds_from_above_are_kept() -> None:
    limited = Unknowns(np.array([0, 0]), [(-1, (0, 1))], [-7], np.array([3, 6]))

    assert [(limited.lowest(cell), limited.highest(cell)) for cell in (0, 1)] == [(1, 3), (4, 6)]


@pytest.mark.parametrize(
    ("least", "known"),
    [([0, 0], -1), ([4, 4], -7)],
)
def test_contradictions_are_told(least: list[int], known: int) -> None:
    target = known if known < -1 else 1
    with pytest.raises(ContradictionError, match="no table of whole numbers"):
        unknowns(least, [(-1, (0, 1))], [target])


def test_whole_numbers_can_contradict_where_fractions_do_not() -> None:
    with pytest.raises(MethodError, match="no table of whole numbers"):
        unknowns([0, 0], [(-1, (0, 1)), (0, (1,))], [-3, 0])

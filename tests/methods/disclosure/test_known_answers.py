"""Published instances whose answers are known: the pattern is safe and costs what the cheapest one costs."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from draad.methods.disclosure import (
    InnerCell,
    Interval,
    Rules,
    Settings,
    audit,
    audit_insider,
    build_problem,
    plan_publication,
    protect,
    round_tables,
    rounding_intervals,
    suppress,
)
from draad.methods.disclosure.audit import Audit
from draad.methods.disclosure.inner import Publication
from draad.methods.disclosure.problem import Need, Problem

from .helpers import grid, number_of, open_values

REGIONS = grid("ABCD", ["m", "f"], [[18, 2], [14, 19], [12, 10], [11, 14]])
FOUR = grid("wxyz", "abcd", [[30, 47, 64, 89], [90, 124, 5, 31], [92, 100, 59, 85], [800, 991, 651, 685]])
FOUR_PRIMARY = ["wa", "wb", "wc", "xa", "xc", "yb", "yd", "zb", "zd"]
SINGLES = grid("12", "abcde", [[1, 1, 7, 1, 0], [1, 0, 0, 2, 8]])


def chosen_primary(publication: Publication, codes: list[str]) -> Problem:
    """Return the problem in which exactly these inner cells are primary, each needing two possible values."""
    problem = build_problem(publication, Settings(Rules(threshold=1)))
    cells = [number_of(publication, region=code[0], sex=code[1]) for code in codes]
    problem.needs = [Need(cell, 0, 0, 1) for cell in cells]
    problem.primary = sorted(cells)
    problem.always[cells] = True
    problem.choice[cells] = False
    return problem


def audited(publication: Publication, codes: list[str]) -> Audit:
    """Return the audit when exactly these inner cells are suppressed."""
    cells = [number_of(publication, region=code[0], sex=code[1]) for code in codes]
    return audit(publication.layout, open_values(publication, cells))


def test_region_by_sex_costs_forty() -> None:
    result = protect(REGIONS, [("region", "sex")], Settings(Rules(threshold=3)))

    assert result.pattern.optimal
    assert result.pattern.cost == 40
    assert result.audit.safe
    assert {result.publication.layout.name(cell) for cell in result.primary} == {"region=A, sex=f"}


def test_region_by_sex_costs_forty_three_through_the_next_best_region() -> None:
    publication = plan_publication(REGIONS, [("region", "sex")])
    problem = build_problem(publication, Settings(Rules(threshold=3)))
    for sex in "mf":
        problem.choice[number_of(publication, region="C", sex=sex)] = False

    assert suppress(problem).cost == 43


def test_four_by_four_two_in_each_line_is_not_safe() -> None:
    publication = plan_publication(FOUR, [("region", "sex")])
    found = audited(publication, FOUR_PRIMARY)
    exposed = number_of(publication, region="w", sex="b")

    assert exposed in found.disclosed
    assert found.intervals[exposed] == Interval(47, 47)


def test_four_by_four_cheapest_addition_is_thirty_one() -> None:
    publication = plan_publication(FOUR, [("region", "sex")])
    pattern = suppress(chosen_primary(publication, FOUR_PRIMARY))
    found = audit(publication.layout, open_values(publication, np.flatnonzero(pattern.hidden).tolist()))

    assert (pattern.cost, pattern.bound) == (31, 31)
    assert found.safe
    assert found.intervals[number_of(publication, region="w", sex="b")] == Interval(0, 78)


@pytest.mark.parametrize("cost", ["value", "number"])
def test_singletons_need_nothing_more_without_their_protection(cost: str) -> None:
    result = protect(SINGLES, [("region", "sex")], Settings(Rules(threshold=3), cost=cost))  # type: ignore[arg-type]

    assert len(result.primary) == 7
    assert not result.secondary
    assert {result.audit.intervals[cell] for cell in result.primary} == {Interval(0, 3)}
    assert result.audit.safe


def test_singletons_tell_one_another_without_protection() -> None:
    publication = plan_publication(SINGLES, [("region", "sex")])
    problem = build_problem(publication, Settings(Rules(threshold=3), singletons=True))
    shown = open_values(publication, problem.primary)
    alone = number_of(publication, region="1", sex="d")
    told = number_of(publication, region="2", sex="a")

    assert told in audit_insider(publication.layout, shown, {alone: 1}, dict.fromkeys(problem.primary, 1))


def test_singletons_need_three_more_cells() -> None:
    settings = Settings(Rules(threshold=3), cost="number", singletons=True)
    result = protect(SINGLES, [("region", "sex")], settings)

    assert result.pattern.optimal
    assert (result.pattern.cost, len(result.secondary)) == (3, 3)
    assert result.audit.safe


@pytest.mark.parametrize(
    ("values", "pair", "intervals"),
    [
        ([0, 0, 0], "ab", [(0, 0), (0, 0)]),
        ([10, 5, 0, 0], "cd", [(0, 0), (0, 0)]),
        ([10, 3, 1, 1], "cd", [(0, 2), (0, 2)]),
        ([10, 5, 0, 0], "bc", [(0, 5), (0, 5)]),
    ],
)
def test_zeros_beside_a_published_sum(values: list[int], pair: str, intervals: list[tuple[int, int]]) -> None:
    publication = plan_publication(
        [InnerCell({"sex": c}, v, v) for c, v in zip("abcd", values, strict=False)], [("sex",)]
    )
    cells = [number_of(publication, sex=code) for code in pair]
    found = audit(publication.layout, open_values(publication, cells))

    assert [found.intervals[cell] for cell in cells] == [Interval(*interval) for interval in intervals]
    assert found.disclosed == [cell for cell, (low, high) in zip(cells, intervals, strict=True) if low == high]


def test_zeros_that_always_show_disclose_a_pair_of_ones() -> None:
    inner = [InnerCell({"sex": code}, value, value) for code, value in zip("abcd", [10, 3, 1, 1], strict=True)]
    publication = plan_publication(inner, [("sex",)])
    cells = [number_of(publication, sex=code) for code in "cd"]

    assert audit(publication.layout, open_values(publication, cells), lowest=1).disclosed == cells


@pytest.mark.parametrize(("zeros", "costs"), [([0, 0, 15], 0), ([1, 14, 0], 14)])
def test_lone_small_cell_takes_its_cheapest_companion(zeros: list[int], costs: int) -> None:
    inner = [InnerCell({"sex": code}, value, value) for code, value in zip("abc", zeros, strict=True)]

    assert protect(inner, [("sex",)], Settings(Rules(threshold=3))).pattern.cost == costs


def test_two_contributors_alone_in_a_row_are_protected_by_a_third_cell() -> None:
    values = {"A": [52, 15, 62, 17], "B": [24, 18, 31, 8]}
    inner = [
        InnerCell({"region": row, "sex": column}, value, 1 if (row, column) in {("A", "b"), ("A", "d")} else 9)
        for row, line in values.items()
        for column, value in zip("abcd", line, strict=True)
    ]
    publication = plan_publication(inner, [("region", "sex")])
    plain = protect(inner, [("region", "sex")], Settings(Rules(threshold=3)))
    careful = protect(inner, [("region", "sex")], Settings(Rules(threshold=3), singletons=True))
    pair = [number_of(publication, region="A", sex=code) for code in "bd"]

    assert plain.pattern.cost == 18 + 8
    assert plain.primary == careful.primary == frozenset(pair)
    # With the pair alone its sum of 32 could be worked out; a contributor would know the other's value.
    hidden = careful.primary | careful.secondary
    shown = open_values(publication, hidden)
    assert [cell for cell in pair if audit_insider(publication.layout, shown, {pair[0]: 15}, {pair[1]: 1})] == []
    row_sum_known = sum(1 for cell in hidden if ("region", "A") in publication.layout.keys[cell]) == 2
    assert not row_sum_known
    assert careful.audit.safe
    assert careful.pattern.cost > plain.pattern.cost


@pytest.mark.parametrize(("steps", "lower", "upper"), [(0, 11, 19), (1, 6, 24)])
def test_published_fifteen_in_base_five(steps: int, lower: int, upper: int) -> None:
    publication = plan_publication([InnerCell({"sex": "m"}, 15, 15)], [("sex",)])

    assert set(rounding_intervals(publication, [15, 15], 5, steps)) == {Interval(lower, upper)}


def test_rounding_of_the_singletons_adds_up() -> None:
    publication = plan_publication(SINGLES, [("region", "sex")])
    rounding = round_tables(publication, 5)

    assert rounding.optimal
    for total, parts in publication.layout.relations:
        assert rounding.rounded[total] == sum(rounding.rounded[part] for part in parts)


def test_percent_interval_of_the_first_instance() -> None:
    settings = Settings(Rules(threshold=3), percent=Fraction(100))
    result = protect(REGIONS, [("region", "sex")], settings)
    (cell,) = result.primary
    interval = result.audit.intervals[cell]

    assert interval.lower == 0
    assert interval.upper is not None
    assert interval.upper >= 4

"""Cell suppression: time to a proven optimum with audit, growth with size, and cells saved against a greedy heuristic.

Run with ``python -m benchmarks.disclosure``. Counts are drawn like municipal statistics: a few large rows and columns
and many small ones, so that 10 to 20 percent of the cells of the reference table are below the threshold.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from math import log2
from time import perf_counter

import numpy as np

from draad.methods.disclosure import (
    InnerCell,
    Problem,
    Protection,
    Publication,
    Rules,
    Settings,
    build_problem,
    plan_publication,
    protect,
    round_tables,
)

BAR_SECONDS = 10.0
SETTINGS = Settings(Rules(threshold=5))


def counts(shape: Sequence[int], mean: float, seed: int) -> list[InnerCell]:
    """Draw inner cells with the dimensions a, b, c from a log-normal size per code."""
    random = np.random.default_rng(seed)
    expected = np.full(shape, mean)
    for axis, size in enumerate(shape):
        factor = np.exp(random.normal(0, 0.8, size))
        expected = expected * factor.reshape([-1 if number == axis else 1 for number in range(len(shape))])
    drawn = random.poisson(expected)
    return [
        InnerCell(dict(zip("abc", map(str, place), strict=False)), int(drawn[tuple(place)]), int(drawn[tuple(place)]))
        for place in product(*map(range, shape))
    ]


def timed(inner: list[InnerCell], tables: list[tuple[str, ...]], chosen: Settings) -> tuple[Protection, float]:
    started = perf_counter()
    result = protect(inner, tables, chosen, time_limit=60)
    return result, perf_counter() - started


def greedy_rectangles(publication: Publication, problem: Problem) -> set[int]:
    """Hide for each small cell in turn the cheapest rectangle through it (the hypercube heuristic of Repsilber)."""
    cost = {cell: float(problem.cost[cell]) for cell in np.flatnonzero(problem.choice)}
    hidden = set(problem.primary)
    nodes = [
        [*sorted({code for key in publication.layout.keys for level, code in key if level == name}), "*"]
        for name in "ab"
    ]
    grid = {
        (row, column): publication.layout.numbers[
            frozenset((name, code) for name, code in (("a", row), ("b", column)) if code != "*")
        ]
        for row, column in product(*nodes)
    }
    for (row, column), cell in grid.items():
        if cell not in problem.primary:
            continue
        corners = (
            (grid[row, other_column], grid[other_row, column], grid[other_row, other_column])
            for other_row in nodes[0]
            for other_column in nodes[1]
            if other_row != row and other_column != column
        )
        best = min(corners, key=lambda three: sum(0.0 if c in hidden else cost.get(c, np.inf) for c in three))
        hidden.update(best)
    return hidden


def line(name: str, result: Protection, seconds: float) -> None:
    cells = len(result.publication.layout.keys)
    proof = "optimal" if result.pattern.optimal else f"gap {result.pattern.gap:.1%}"
    print(
        f"{name:34} {cells:6} cells {len(result.primary) / cells:6.1%} primary {len(result.secondary):4} secondary "
        f"cost {result.pattern.cost:6}  {proof:10} {'safe' if result.audit.safe else 'UNSAFE'} {seconds:6.2f} s"
    )


def reference() -> None:
    print("50 x 20 with margins, ten draws of counts")
    slowest = 0.0
    for seed in range(10):
        result, seconds = timed(counts([50, 20], 12, seed), [("a", "b")], SETTINGS)
        line(f"  draw {seed}", result, seconds)
        slowest = max(slowest, seconds) if result.pattern.optimal and result.audit.safe else float("inf")
    print(f"slowest {slowest:.2f} s, ratio to the bar of {BAR_SECONDS:.0f} s: {slowest / BAR_SECONDS:.3f}\n")


def growth() -> None:
    print("growth with size")
    first, spent = 0.0, {}
    for rows, columns in ((25, 10), (50, 20), (100, 40), (200, 80), (400, 100)):
        result, seconds = timed(counts([rows, columns], 25, 1), [("a", "b")], SETTINGS)
        first = first or seconds
        line(f"  {rows} x {columns} ({seconds / first:.0f} times the first)", result, seconds)
        spent[f"{rows} x {columns}"] = seconds
    for shape in ([6, 6, 6], [10, 10, 10], [15, 10, 10]):
        result, seconds = timed(counts(shape, 25, 1), [("a", "b", "c")], SETTINGS)
        line("  " + " x ".join(map(str, shape)), result, seconds)
        spent[" x ".join(map(str, shape))] = seconds
    print("\n  seconds, each # twice as long as the one before, from a hundredth of a second")
    for name, seconds in spent.items():
        print(f"  {name:14} {'#' * max(round(log2(seconds * 100)), 1)} {seconds:.2f}")
    print()


def variants() -> None:
    print("50 x 20, other settings")
    inner = counts([50, 20], 25, 1)
    for name, chosen in {
        "singletons": Settings(Rules(threshold=5), singletons=True),
        "interval of at least 10": Settings(Rules(threshold=5), width=10),
        "fewest cells": Settings(Rules(threshold=5), cost="number"),
        "zeros may be hidden": Settings(Rules(threshold=5), hide_zeros=True),
    }.items():
        line(f"  {name}", *timed(inner, [("a", "b")], chosen))
    line("  linked 30x8, 30x8", *timed(counts([30, 8, 8], 3, 1), [("a", "b"), ("a", "c")], SETTINGS))
    line("  cyclic 20x6, 6x6, 20x6", *timed(counts([20, 6, 6], 3, 1), [("a", "b"), ("b", "c"), ("a", "c")], SETTINGS))
    started = perf_counter()
    rounding = round_tables(plan_publication(inner, [("a", "b")]), 5)
    print(f"  rounding to base 5: optimal {rounding.optimal}, {perf_counter() - started:.2f} s\n")


def against_greedy() -> None:
    print("secondary cells of the greedy rectangles for each one of the optimum (fewest cells), and their cost")
    for seed in range(5):
        inner = counts([50, 20], 60, seed)
        for cost in ("number", "value"):
            chosen = Settings(Rules(threshold=5), cost=cost)  # type: ignore[arg-type]
            publication = plan_publication(inner, [("a", "b")])
            problem = build_problem(publication, chosen)
            greedy = greedy_rectangles(publication, problem) - set(problem.primary)
            best = protect(inner, [("a", "b")], chosen).pattern.cost
            spent = int(problem.cost[sorted(greedy)].sum())
            ratio = f"{spent / best:.2f} times" if best else "nothing needed"
            print(f"  draw {seed}, cost {cost:6}: greedy {spent:6}, optimal {best:6}, {ratio}")


def main() -> None:
    reference()
    growth()
    variants()
    against_greedy()


if __name__ == "__main__":
    main()

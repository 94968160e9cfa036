"""Small tables for the tests, and slow answers by enumeration that share nothing with the code under test."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations, product

import numpy as np
from numpy.typing import NDArray

from draad.methods.disclosure import InnerCell, Need, Problem, Publication

Integers = NDArray[np.int64]


def grid(rows: Sequence[str], columns: Sequence[str], values: Sequence[Sequence[int]]) -> list[InnerCell]:
    """Return the inner cells of a table by region (rows) and sex (columns) of counts."""
    return [
        InnerCell({"region": row, "sex": column}, value, value)
        for row, line in zip(rows, values, strict=True)
        for column, value in zip(columns, line, strict=True)
    ]


def cube(names: str, shape: Sequence[int], values: Iterable[int]) -> list[InnerCell]:
    """Return the inner cells of a table of counts with the dimensions a, b, c and codes a0, a1, b0…"""
    codes = product(*[[f"{name}{number}" for number in range(size)] for name, size in zip(names, shape, strict=True)])
    return [
        InnerCell(dict(zip(names, code, strict=True)), value, value) for code, value in zip(codes, values, strict=True)
    ]


def number_of(publication: Publication, **codes: str) -> int:
    """Return the number of the cell with these codes."""
    return publication.layout.numbers[frozenset(codes.items())]


def open_values(publication: Publication, hidden: Iterable[int]) -> dict[int, int]:
    """Return the values of all published cells but the hidden ones."""
    out = set(hidden)
    layout = publication.layout
    return {
        cell: publication.totals.value[cell]
        for cell in range(len(layout.keys))
        if cell not in out and not layout.hidden[cell]
    }


@cache
def _tables_up_to(total: int, cells: int) -> Integers:
    def parts(left: int, count: int) -> Iterator[tuple[int, ...]]:
        if count == 0:
            yield ()
            return
        for first in range(left + 1):
            for rest in parts(left - first, count - 1):
                yield (first, *rest)

    return np.array(list(parts(total, cells)), dtype=np.int64)


class Enumeration:
    """Every whole-number table whose grand total is at most a little above the true one."""

    SPARE = 4

    def __init__(self, publication: Publication, inner: Sequence[InnerCell]) -> None:
        self.layout = publication.layout
        self.true = np.array(publication.totals.value, dtype=np.int64)
        self.limit = sum(cell.value for cell in inner) + self.SPARE
        holds = np.array(
            [[set(key) <= set(cell.codes.items()) for key in self.layout.keys] for cell in inner], dtype=np.int64
        )
        self.tables: Integers = _tables_up_to(self.limit, len(inner)) @ holds

    def fitting(self, shown: Mapping[int, int], lowest: int = 0, known: Mapping[int, int] | None = None) -> Integers:
        """Return the tables that agree with the shown values (and with those somebody knows)."""
        fixed = {**shown, **(known or {})}
        cells = np.array(sorted(fixed), dtype=np.int64)
        agree = (self.tables[:, cells] == np.array([fixed[cell] for cell in cells], dtype=np.int64)).all(axis=1)
        free = [cell for cell in range(len(self.true)) if cell not in fixed and not self.layout.hidden[cell]]
        return self.tables[agree & (self.tables[:, free] >= lowest).all(axis=1)]

    def meets(self, tables: Integers, need: Need) -> bool:
        """Return whether the tables leave the cell the interval that it needs."""
        low, high = tables[:, need.cell].min(), tables[:, need.cell].max()
        value = self.true[need.cell]
        return bool(low <= value - need.down and high >= value + need.up and high - low >= need.width)

    def is_safe(self, problem: Problem, hidden: Iterable[int], excused: Iterable[tuple[bytes, int]] = ()) -> bool:
        """Return whether hiding these cells (besides those always hidden) meets every need of the problem."""
        out = {*hidden, *np.flatnonzero(problem.always).tolist()}
        shown = {cell: int(self.true[cell]) for cell in range(len(self.true)) if cell not in out}
        least = int(problem.least.max(initial=0))
        skip = set(excused)
        for cells in problem.insiders:
            tables = self.fitting(shown, least, {int(cell): int(self.true[cell]) for cell in cells})
            for need in problem.needs:
                if need.cell in cells or (cells.tobytes(), need.cell) in skip:
                    continue
                if not self.meets(tables, need):
                    return False
        return True

    def cheapest(self, problem: Problem, excused: Iterable[tuple[bytes, int]] = ()) -> int:
        """Return the lowest cost of a safe pattern, by trying them all from the cheapest."""
        choice = np.flatnonzero(problem.choice).tolist()
        costs = {cell: int(problem.cost[cell]) for cell in choice}
        patterns = (chosen for size in range(len(choice) + 1) for chosen in combinations(choice, size))
        skip = list(excused)
        for chosen in sorted(patterns, key=lambda cells: sum(costs[cell] for cell in cells)):
            if self.is_safe(problem, chosen, skip):
                return sum(costs[cell] for cell in chosen)
        raise AssertionError("no pattern is safe")

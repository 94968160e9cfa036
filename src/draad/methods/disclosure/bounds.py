"""Exact lowest and highest whole values of unknown cells, given sums that they obey.

Each bound is found by linear programming and then settled without floating point: the table that reaches it is checked
in whole numbers, and the prices that prove it are rounded to fractions and checked in whole numbers too. Where the
linear programme does not settle it, integer programming does.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from draad.methods.disclosure.layout import Relation
from draad.methods.disclosure.linear import INFINITY, Model, Outcome, Sums
from draad.methods.errors import MethodError

Integers = NDArray[np.int64]
_GRID = 60
_NEARLY = 1e-5
_ROUNDED = 0.1
"""A table this near to whole numbers is rounded, and then checked exactly."""


class ContradictionError(MethodError):
    """No table of whole numbers fits the published values."""

    def __init__(self) -> None:
        super().__init__("no table of whole numbers of zero or more fits the published values.", "tables")


def _too_large() -> MethodError:
    return MethodError("the values are too large for exact bounds; publish them in a larger unit.", "tables")


class Unknowns:
    """Cells without a known value, numbered from 0: their ``least`` and ``most`` values and the sums between them.

    A row (``relation``, ``known``) says that the parts less the total among the unknowns, plus what is known of the
    sum, is zero. ``known`` has one entry per relation; a cell known already has the number -1 in it. Without ``most``
    nothing limits a cell from above.
    """

    def __init__(
        self, least: Integers, relations: Sequence[Relation], known: Sequence[int], most: Integers | None = None
    ) -> None:
        self.least, self.most, self.count = least, most, len(least)
        signed = [[(cell, 1) for cell in parts if cell >= 0] for _, parts in relations]
        for row, (total, _) in zip(signed, relations, strict=True):
            if total >= 0:
                row.append((total, -1))
        self._rows = signed
        self._sums = Sums.of_rows(signed, self.count)
        self._target = -np.array(known, dtype=np.int64)
        self._model = Model(np.zeros(self.count), least, np.full(self.count, INFINITY) if most is None else most)
        for row, target in zip(signed, self._target, strict=True):
            self._model.add_row(float(target), [c for c, _ in row], [float(s) for _, s in row], float(target))
        self._model.allow_for(float(np.abs(self._target).max(initial=0)))
        limits = np.iinfo(np.int64)
        self._lowest_seen = np.full(self.count, limits.max)
        self._highest_seen = np.full(self.count, limits.min)
        self._see(self._some_table())

    def lowest(self, cell: int) -> int:
        """Return the lowest whole value that the cell can have."""
        if self._lowest_seen[cell] > self.least[cell]:
            bound = self._extreme(cell, 1)
            if bound is None:
                raise RuntimeError("a bounded problem ended as unbounded")
            return bound
        return int(self.least[cell])

    def highest(self, cell: int) -> int | None:
        """Return the highest whole value that the cell can have, None when there is no limit."""
        bound = self._extreme(cell, -1)
        return None if bound is None else -bound

    def varies(self, cell: int, width: int) -> bool:
        """Return whether the highest value lies at least ``width`` above the lowest."""
        if self._highest_seen[cell] - self._lowest_seen[cell] >= width:
            return True
        highest = self.highest(cell)
        return highest is None or highest - self.lowest(cell) >= width

    def _extreme(self, cell: int, way: int) -> int | None:
        """Return the least possible value of ``way`` times the cell, None when there is none."""
        self._model.cost(cell, way)
        try:
            if self._model.run() is not Outcome.OPTIMAL:
                if self._limitless(cell, way):
                    return None
                raise _too_large()
            table = self._exact(self._model.columns)
            if table is not None:
                self._see(table)
                if self._proven(cell, way, self._model.prices) == way * int(table[cell]):
                    return way * int(table[cell])
            return way * int(self._whole_table(self._model.copy_whole())[cell])
        finally:
            self._model.cost(cell, 0.0)

    def _limitless(self, cell: int, way: int) -> bool:
        """Return whether nothing limits the cell from above: other cells can grow along with it without end.

        That depends on the sums alone and not on the values, so it is asked with zeros for all values.
        """
        if way > 0 or self.most is not None:
            return False
        limit = np.full(self.count, INFINITY)
        limit[cell] = 1.0
        growth = Model(np.where(np.arange(self.count) == cell, -1.0, 0.0), np.zeros(self.count), limit)
        for row in self._rows:
            growth.add_row(0.0, [number for number, _ in row], [float(sign) for _, sign in row], 0.0)
        return growth.run() is Outcome.OPTIMAL and growth.objective < -1 + _NEARLY

    def _whole_table(self, model: Model) -> Integers:
        """Return the table that integer programming proves to be the extreme one."""
        outcome = model.run()
        table = self._exact(model.columns) if model.has_solution else None
        if outcome is Outcome.INFEASIBLE:
            raise ContradictionError
        if outcome is not Outcome.OPTIMAL or table is None:
            raise _too_large()
        self._see(table)
        return table

    def _exact(self, columns: NDArray[np.float64]) -> Integers | None:
        rounded = np.rint(columns)
        if np.abs(columns - rounded).max(initial=0.0) > _ROUNDED:
            return None
        table = rounded.astype(np.int64)
        inside = (table >= self.least).all() and (self.most is None or (table <= self.most).all())
        fits = inside and (self._sums.of(table) == self._target).all()
        return table if fits else None

    def _proven(self, cell: int, way: int, prices: NDArray[np.float64]) -> int | None:
        """Return the bound that the prices prove in whole numbers, None when they prove none.

        With shares π = c − Aᵀy, c x = y b + π x is least where x is least for positive and most for negative shares.
        """
        scaled = prices * _GRID
        grid = np.rint(scaled)
        if np.abs(scaled - grid).max(initial=0.0) > _NEARLY * _GRID:
            return None
        whole = grid.astype(np.int64)
        shares = -self._sums.combine_whole(whole)
        shares[cell] += way * _GRID
        if self.most is None and (shares < 0).any():
            return None
        total = int(whole @ self._target) + int(np.maximum(shares, 0) @ self.least)
        if self.most is not None:
            total += int(np.minimum(shares, 0) @ self.most)
        return -(-total // _GRID)

    def _see(self, table: Integers) -> None:
        np.minimum(self._lowest_seen, table, out=self._lowest_seen)
        np.maximum(self._highest_seen, table, out=self._highest_seen)

    def _some_table(self) -> Integers:
        """Return one table that fits; raises ContradictionError when there is none."""
        outcome = self._model.run()
        if outcome is Outcome.INFEASIBLE:
            raise ContradictionError
        table = self._exact(self._model.columns) if outcome is Outcome.OPTIMAL else None
        return self._whole_table(self._model.copy_whole()) if table is None else table

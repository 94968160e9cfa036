"""A thin layer over HiGHS: quiet models on one thread, and the sums of a layout as rows.

HiGHS: Huangfu and Hall (2018), Parallelizing the dual revised simplex method. One thread makes runs repeatable.
"""

from collections.abc import Sequence
from enum import Enum
from typing import Any

import highspy
import numpy as np
from numpy.typing import ArrayLike, NDArray

from draad.methods.disclosure.layout import Relation

Floats = NDArray[np.float64]
INFINITY = float(highspy.kHighsInf)
DUAL_SIMPLEX, PRIMAL_SIMPLEX = 1, 4
"""Numbers of the HiGHS option simplex_strategy."""


class Outcome(Enum):
    """How a run ended: ``STOPPED`` is by the clock, possibly with a solution that is not proven best."""

    OPTIMAL = "optimal"
    INFEASIBLE = "infeasible"
    UNBOUNDED = "unbounded"
    STOPPED = "stopped"


_OUTCOMES = {
    highspy.HighsModelStatus.kOptimal: Outcome.OPTIMAL,
    highspy.HighsModelStatus.kModelEmpty: Outcome.OPTIMAL,
    highspy.HighsModelStatus.kInfeasible: Outcome.INFEASIBLE,
    highspy.HighsModelStatus.kUnbounded: Outcome.UNBOUNDED,
    highspy.HighsModelStatus.kUnboundedOrInfeasible: Outcome.UNBOUNDED,
}


class Model:
    """A linear or integer programme: columns with bounds and costs to minimise, rows with bounds."""

    def __init__(self, cost: ArrayLike, lower: ArrayLike, upper: ArrayLike) -> None:
        costs = np.asarray(cost, dtype=np.float64)
        self.count = len(costs)
        self.highs: Any = highspy.Highs()
        # Only costs change between most runs, and then the primal simplex goes on from where it was.
        start = {"output_flag": False, "threads": 1, "presolve": "off", "simplex_strategy": PRIMAL_SIMPLEX}
        for option, setting in start.items():
            self.highs.setOptionValue(option, setting)
        none = np.zeros(0, dtype=np.int32)
        low, high = (np.asarray(bound, dtype=np.float64) for bound in (lower, upper))
        self.highs.addCols(self.count, costs, low, high, 0, none, none, np.zeros(0))
        self._all = np.arange(self.count, dtype=np.int32)

    def option(self, name: str, setting: object) -> None:
        """Set one HiGHS option."""
        self.highs.setOptionValue(name, setting)

    def add_row(self, lower: float, columns: Sequence[int], factors: Sequence[float], upper: float = INFINITY) -> None:
        """Add a row: ``lower`` ≤ the sum of factors times columns ≤ ``upper``."""
        indices, values = np.array(columns, dtype=np.int32), np.array(factors, dtype=np.float64)
        self.highs.addRow(lower, upper, len(indices), indices, values)

    def add_sums(self, relations: Sequence[Relation], offset: int = 0) -> None:
        """Add for each relation the row that its parts less its total are zero."""
        for total, parts in relations:
            columns = [cell + offset for cell in (*parts, total)]
            self.add_row(0.0, columns, [*[1.0] * len(parts), -1.0], 0.0)

    def bound_all(self, lower: Floats, upper: Floats) -> None:
        """Set the bounds of every column."""
        self.highs.changeColsBounds(self.count, self._all, lower, upper)

    def cost_all(self, costs: Floats) -> None:
        """Set the cost of every column."""
        self.highs.changeColsCost(self.count, self._all, costs)

    def bound(self, column: int, lower: float, upper: float) -> None:
        """Set the bounds of one column."""
        self.highs.changeColBounds(int(column), float(lower), float(upper))

    def cost(self, column: int, cost: float) -> None:
        """Set the cost of one column."""
        self.highs.changeColCost(int(column), float(cost))

    def allow_for(self, size: float) -> None:
        """Widen the tolerance for values as large as ``size``, of which floating point keeps fewer decimals."""
        tolerance = min(max(1e-7, size * 1e-14), 1e-2)
        for name in ("primal_feasibility_tolerance", "mip_feasibility_tolerance"):
            self.option(name, tolerance)

    def start_from(self, columns: Floats) -> None:
        """Offer a solution to begin with."""
        self.highs.setSolution(self.count, self._all, columns)

    def make_whole(self) -> None:
        """Let every column take whole numbers only, and search for a proven optimum with presolve."""
        kinds = np.full(self.count, int(highspy.HighsVarType.kInteger), dtype=np.uint8)
        self.highs.changeColsIntegrality(self.count, self._all, kinds)
        self.option("presolve", "on")
        self.option("mip_rel_gap", 0.0)
        self.option("mip_abs_gap", 0.5)

    def copy_whole(self) -> "Model":
        """Return a copy of this model, with its present bounds and costs, in whole numbers."""
        copy = Model([], [], [])
        for name in ("primal_feasibility_tolerance", "mip_feasibility_tolerance"):
            copy.option(name, self.highs.getOptionValue(name)[1])
        copy.highs.passModel(self.highs.getLp())
        copy.count, copy._all = self.count, self._all
        copy.make_whole()
        return copy

    def run(self, seconds: float | None = None) -> Outcome:
        """Solve, within the time if one is given, and say how it ended."""
        if seconds is not None:
            # The limit of HiGHS counts from the first run of the model, so it is moved on.
            self.option("time_limit", self.highs.getRunTime() + max(seconds, 0.01))
        self.highs.run()
        outcome = _OUTCOMES.get(self.highs.getModelStatus(), Outcome.STOPPED)
        if outcome is Outcome.STOPPED and seconds is None:
            outcome = self._run_afresh()
        return outcome

    def _run_afresh(self) -> Outcome:
        """Solve without what is left of earlier runs: a warm start now and then leads the simplex nowhere."""
        _, strategy = self.highs.getOptionValue("simplex_strategy")
        self.highs.clearSolver()
        self.option("simplex_strategy", DUAL_SIMPLEX)
        self.highs.run()
        self.option("simplex_strategy", strategy)
        return _OUTCOMES.get(self.highs.getModelStatus(), Outcome.STOPPED)

    @property
    def columns(self) -> Floats:
        """Return the value of every column in the solution found."""
        return np.array(self.highs.getSolution().col_value)

    @property
    def prices(self) -> Floats:
        """Return the dual value of every row."""
        return np.array(self.highs.getSolution().row_dual)

    @property
    def reduced_costs(self) -> Floats:
        """Return the reduced cost of every column."""
        return np.array(self.highs.getSolution().col_dual)

    @property
    def objective(self) -> float:
        """Return the cost of the solution found."""
        return float(self.highs.getInfo().objective_function_value)

    @property
    def lowest_possible(self) -> float:
        """Return the proven lower bound on the cost after a run in whole numbers."""
        return float(self.highs.getInfo().mip_dual_bound)

    @property
    def has_solution(self) -> bool:
        """Return whether the last run left a solution."""
        return int(self.highs.getInfo().primal_solution_status) == int(highspy.SolutionStatus.kSolutionStatusFeasible)


class Sums:
    """The relations as a sparse matrix with rows 'parts less total', for exact products in whole numbers."""

    def __init__(self, relations: Sequence[Relation], cells: int) -> None:
        self._fill([[*((part, 1) for part in parts), (total, -1)] for total, parts in relations], cells)

    @classmethod
    def of_rows(cls, rows: Sequence[Sequence[tuple[int, int]]], cells: int) -> "Sums":
        """Return the matrix of rows of (cell, factor)."""
        sums = cls([], cells)
        sums._fill(rows, cells)
        return sums

    def _fill(self, rows: Sequence[Sequence[tuple[int, int]]], cells: int) -> None:
        self.rows = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
        self.cells = np.array([cell for row in rows for cell, _ in row], dtype=np.int64)
        self.signs = np.array([sign for row in rows for _, sign in row], dtype=np.int64)
        self.row_count, self.cell_count = len(rows), cells

    def of(self, values: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return each sum, exactly."""
        sums = np.zeros(self.row_count, dtype=np.int64)
        np.add.at(sums, self.rows, self.signs * values[self.cells])
        return sums

    def hold(self, values: NDArray[np.int64]) -> bool:
        """Return whether every sum is zero, exactly."""
        return not self.of(values).any()

    def combine(self, prices: Floats) -> Floats:
        """Return for every cell the sum of its factors times the prices of its rows."""
        found = np.zeros(self.cell_count)
        np.add.at(found, self.cells, self.signs * prices[self.rows])
        return found

    def combine_whole(self, prices: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the same for prices in whole numbers, exactly."""
        found = np.zeros(self.cell_count, dtype=np.int64)
        np.add.at(found, self.cells, self.signs * prices[self.rows])
        return found

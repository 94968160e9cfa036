"""The programme that chooses the cheapest pattern obeying every inequality found so far."""

from collections.abc import Iterable
from math import ceil

import numpy as np

from draad.methods.disclosure.cuts import Cut
from draad.methods.disclosure.linear import DUAL_SIMPLEX, Floats, Model, Outcome
from draad.methods.disclosure.problem import Mask, Problem

_SLACK = 1e-6
_RELATIVE_SLACK = 1e-10


class Master:
    """Chooses cells to hide; each inequality is added once."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.cells = np.flatnonzero(problem.choice)
        self._column = np.full(len(problem.value), -1)
        self._column[self.cells] = np.arange(len(self.cells))
        self._model = Model(problem.cost[self.cells], np.zeros(len(self.cells)), np.ones(len(self.cells)))
        self._model.option("simplex_strategy", DUAL_SIMPLEX)
        self._seen: set[tuple[bytes, bytes]] = set()

    def add(self, cuts: Iterable[Cut]) -> int:
        """Add the inequalities that are new and return how many those are."""
        added = 0
        for cut in cuts:
            name = (cut.cells.tobytes(), cut.factors.tobytes())
            if name not in self._seen:
                self._seen.add(name)
                self._model.add_row(1.0, self._column[cut.cells].tolist(), cut.factors.tolist())
                added += 1
        return added

    def solve_fractional(self) -> tuple[Floats, int]:
        """Return the cheapest fractional pattern and the lowest cost that any safe pattern can still have."""
        if self._model.run() is not Outcome.OPTIMAL:
            raise RuntimeError("the relaxation of the suppression problem has no solution")
        return self._pattern(self._model.columns), self._whole_bound(self._model.objective)

    def drop_dear(self, best: int) -> None:
        """Leave out cells that no pattern cheaper than ``best`` hides, by the reduced costs of the last solution."""
        spare = best - 1 - self._model.objective
        for column in np.flatnonzero(self._model.reduced_costs > spare + _SLACK + _RELATIVE_SLACK * abs(best)):
            self._model.bound(int(column), 0.0, 0.0)

    def solve_whole(self, best: Mask, seconds: float) -> tuple[Mask | None, int]:
        """Return the cheapest pattern found and the proven lowest cost of a pattern cheaper than ``best``.

        No pattern and the cost of ``best`` when none is cheaper.
        """
        worst = int(self.problem.cost[best & self.problem.choice].sum())
        if not len(self.cells):
            return self.problem.always.copy(), 0
        model = self._model.copy_whole()
        model.start_from(best[self.cells].astype(np.float64))
        outcome = model.run(seconds)
        if outcome is Outcome.INFEASIBLE:
            return None, worst
        bound = min(self._whole_bound(model.lowest_possible), worst) if np.isfinite(model.lowest_possible) else 0
        if not model.has_solution:
            return None, bound
        return self._pattern(model.columns) > 1 / 2, bound

    def _pattern(self, columns: Floats) -> Floats:
        pattern = self.problem.always.astype(np.float64)
        pattern[self.cells] = np.clip(columns, 0.0, 1.0)
        return pattern

    @staticmethod
    def _whole_bound(cost: float) -> int:
        # Costs are whole numbers, so the bound rounds up, less what floating point may have added.
        return max(ceil(cost - _SLACK - _RELATIVE_SLACK * abs(cost)), 0)

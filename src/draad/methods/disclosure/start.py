"""A safe pattern to begin with: for each unsafe cell hide its cheapest move, then show what is not needed.

The cheapest move is the incremental attacker problem of Fischetti and Salazar (2000): a linear programme in which
moving a cell that is still shown costs what hiding it costs.
"""

from collections.abc import Callable

import numpy as np

from draad.methods.disclosure.guard import Guard, Unmet
from draad.methods.disclosure.linear import DUAL_SIMPLEX, INFINITY, Floats, Model, Outcome
from draad.methods.disclosure.problem import Mask, Problem

_MOVED = 1e-7
_ATTEMPTS = 3


class Repairer:
    """Makes patterns safe by hiding more cells, and lean by showing cells again."""

    def __init__(self, problem: Problem, guard: Guard) -> None:
        self.problem, self.guard = problem, guard
        self.count = len(problem.value)
        # A change is a rise less a fall, so that both can have a cost.
        double = np.zeros(2 * self.count)
        self._model = Model(double, double, double)
        self._model.option("simplex_strategy", DUAL_SIMPLEX)
        for total, parts in problem.relations:
            cells = [*parts, total]
            signs = [*[1.0] * len(parts), -1.0]
            columns = [*cells, *(cell + self.count for cell in cells)]
            self._model.add_row(0.0, columns, [*signs, *(-sign for sign in signs)], 0.0)

    def everything(self) -> Mask:
        """Return the pattern that hides all it may: always safe, since all hidden values can grow together."""
        hidden: Mask = self.problem.always | self.problem.choice
        return hidden

    def repair(self, hidden: Mask, out_of_time: Callable[[], bool]) -> Mask | None:
        """Return a safe pattern that hides at least ``hidden``, or None when time runs out before one is found."""
        pattern = hidden.copy()
        for _ in range(_ATTEMPTS):
            unmet = self.guard.unmet(pattern)
            if not unmet:
                return pattern
            unmet.sort(key=lambda item: -int(self.problem.cost[item.need.cell]))
            for item in unmet:
                if out_of_time():
                    return None
                if self.guard.fails(item, pattern):
                    self._hide_cheapest_move(item, pattern)
        return pattern if self.guard.is_safe(pattern) else self.everything()

    def lean(self, hidden: Mask, out_of_time: Callable[[], bool]) -> Mask:
        """Return the safe pattern without the secondary cells that it can do without, the dearest tried first."""
        pattern = hidden.copy()
        secondary = np.flatnonzero(pattern & self.problem.choice)
        for cell in secondary[np.argsort(-self.problem.cost[secondary], kind="stable")]:
            if out_of_time():
                break
            pattern[cell] = False
            if not self.guard.is_safe(pattern):
                pattern[cell] = True
        return pattern

    def _hide_cheapest_move(self, item: Unmet, pattern: Mask) -> None:
        need = item.need
        for change in (need.up, -need.down):
            move = self._cheapest_move(item, pattern, change) if change else None
            if move is not None:
                pattern |= move & self.problem.choice
        if need.up + need.down < need.width:
            room = int(self.problem.value[need.cell] - self.problem.least[need.cell])
            # A move by one can mostly be turned round at the same cost, so one way is enough to try.
            changes = (need.width, -need.width) if room >= need.width > 1 else (need.width,)
            moves = [self._cheapest_move(item, pattern, change) for change in changes]
            known = [move for move in moves if move is not None]
            if known:
                pattern |= min(known, key=lambda move: self._price(move, pattern)) & self.problem.choice

    def _price(self, move: Mask, pattern: Mask) -> int:
        return int(self.problem.cost[move & ~pattern].sum())

    def _cheapest_move(self, item: Unmet, pattern: Mask, change: int) -> Mask | None:
        """Return the cells that change in the cheapest move that changes the cell by exactly this amount."""
        problem = self.problem
        may = problem.always | problem.choice
        may[item.known] = False
        room = (problem.value - problem.least).astype(np.float64)
        rise, fall = np.where(may, INFINITY, 0.0), np.where(may, room, 0.0)
        cell = item.need.cell
        lower: Floats = np.zeros(2 * self.count)
        upper = np.concatenate([rise, fall])
        lower[cell] = upper[cell] = max(change, 0)
        lower[cell + self.count] = upper[cell + self.count] = max(-change, 0)
        # A cell costs the same however far it moves; the cost per unit is right when it moves as far as is asked.
        shown = np.where(pattern, 0.001, problem.cost + 0.01)
        self._model.bound_all(lower, upper)
        self._model.cost_all(np.concatenate([shown / abs(change), shown / np.clip(room, 1, abs(change))]))
        if self._model.run() is not Outcome.OPTIMAL:
            return None
        columns = self._model.columns
        moved: Mask = np.abs(columns[: self.count] - columns[self.count :]) > _MOVED
        exact = self.guard.outsider.whole(columns[: self.count] - columns[self.count :])
        if exact is not None:
            self.guard.moves.add(exact)
        return moved

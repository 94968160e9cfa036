"""What somebody who sees the published tables can still think possible: other whole-number tables that fit.

A *move* is the difference between such a table and the true one: it keeps every sum, changes hidden cells only, and
leaves no cell below its least value. A cell is protected when moves show enough other values for it. Each move kept
here is checked exactly in whole numbers, so protection is never a matter of rounding.
"""

from dataclasses import dataclass

import numpy as np

from draad.methods.disclosure.linear import Floats, Model, Outcome, Sums
from draad.methods.disclosure.problem import Integers, Mask, Need, Problem

_NEARLY_WHOLE = 1e-6
_FAR = 10_000


class Moves:
    """A collection of moves, to see at once which needs are met by moves already found."""

    def __init__(self, cells: int) -> None:
        self._moves = np.zeros((64, cells), dtype=np.int64)
        self._touched = np.zeros((64, cells), dtype=np.bool_)
        self._count = 0

    def add(self, move: Integers) -> None:
        """Keep one move."""
        if self._count == len(self._moves):
            more = (max(self._count, 64), self._moves.shape[1])
            self._moves = np.concatenate([self._moves, np.zeros(more, dtype=np.int64)])
            self._touched = np.concatenate([self._touched, np.zeros(more, dtype=np.bool_)])
        self._moves[self._count] = move
        self._touched[self._count] = move != 0
        self._count += 1

    def keep_within(self, hidden: Mask) -> "Moves":
        """Return the moves that change hidden cells only."""
        chosen = ~self._touched[: self._count][:, ~hidden].any(axis=1)
        kept = Moves(self._moves.shape[1])
        kept._moves, kept._touched = self._moves[: self._count][chosen], self._touched[: self._count][chosen]
        kept._count = len(kept._moves)
        return kept

    def reach(self, known: Integers, cells: Integers) -> tuple[Integers, Integers]:
        """Return how far below and above its value each of the cells gets, by moves that leave ``known`` alone."""
        chosen = self._moves[: self._count][:, cells]
        if len(known):
            chosen = chosen[~self._touched[: self._count][:, known].any(axis=1)]
        return -chosen.min(axis=0, initial=0), chosen.max(axis=0, initial=0)


@dataclass(frozen=True, slots=True)
class Push:
    """The furthest a cell can be moved one way: the distance, the move, and the prices that prove the limit."""

    distance: float
    move: Floats
    prices: Floats


class Outsider:
    """A reader of the tables, asked how far cells can be from their true values."""

    def __init__(self, problem: Problem) -> None:
        count = len(problem.value)
        self.problem = problem
        self.sums = Sums(problem.relations, count)
        self._model = Model(np.zeros(count), np.zeros(count), np.zeros(count))
        self._model.add_sums(problem.relations)
        # No need asks for longer moves, and shorter ones keep large values within what floating point can tell apart.
        self._far = _FAR * max((need.down + need.up + need.width for need in problem.needs), default=1)
        self._lower: Floats = np.zeros(count)
        self._upper: Floats = np.zeros(count)

    def sees(self, hidden: Mask) -> None:
        """Let the outsider see all but the hidden cells."""
        below = np.minimum(self.problem.value - self.problem.least, self._far).astype(np.float64)
        self.may_move(np.where(hidden, -below, 0.0), np.where(hidden, self._far, 0.0))

    def may_move(self, lower: Floats, upper: Floats) -> None:
        """Let each cell move between the bounds given, which need not be those of a pattern."""
        self._lower, self._upper = lower, upper
        self._model.bound_all(lower, upper)

    def push(self, cell: int, way: int, most: float, known: Integers) -> Push:
        """Move the cell up (``way`` 1) or down (-1) as far as possible but at most ``most``; ``known`` cells stay."""
        self._aim(cell, way, most, known)
        outcome = self._model.run()
        if outcome is not Outcome.OPTIMAL:
            raise RuntimeError(f"an attacker problem ended as {outcome.value}")
        push = Push(-self._model.objective, self._model.columns, self._model.prices)
        self._release(cell, known)
        return push

    def push_whole(self, cell: int, way: int, most: float, known: Integers, seconds: float) -> Integers | None:
        """Return the furthest move in whole numbers, or None if none was found in the time given."""
        self._aim(cell, way, most, known)
        model = self._model.copy_whole()
        self._release(cell, known)
        model.run(seconds)
        return self.whole(model.columns) if model.has_solution else None

    def whole(self, move: Floats) -> Integers | None:
        """Return the move in whole numbers if it is one, checked exactly, else None."""
        rounded = np.rint(move)
        if np.abs(move - rounded).max(initial=0.0) > _NEARLY_WHOLE:
            return None
        exact = rounded.astype(np.int64)
        fits = self.sums.hold(exact) and bool((self.problem.value + exact >= self.problem.least).all())
        return exact if fits else None

    def _aim(self, cell: int, way: int, most: float, known: Integers) -> None:
        for other in known:
            self._model.bound(other, 0.0, 0.0)
        lower, upper = (self._lower[cell], most) if way > 0 else (-min(most, -self._lower[cell]), self._upper[cell])
        # The limit stops the search; the cell stays free the other way so that prices prove the limit of its way.
        self._model.bound(cell, min(lower, -1.0) if way > 0 else lower, max(upper, 1.0) if way < 0 else upper)
        self._model.cost(cell, -1.0 if way > 0 else 1.0)

    def _release(self, cell: int, known: Integers) -> None:
        for other in (cell, *known):
            self._model.bound(other, self._lower[other], self._upper[other])
        self._model.cost(cell, 0.0)


def met(need: Need, down: int, up: int) -> bool:
    """Return whether a cell that can be ``down`` lower and ``up`` higher meets the need."""
    return down >= need.down and up >= need.up and down + up >= need.width

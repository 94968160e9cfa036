"""Inequalities that every safe pattern obeys, found from the prices of the outsider's problems.

With prices y on the sums, every move d satisfies way * d_p = Σ π_i d_i, with π from y. When the cells with a useful π
are all shown, the cell p cannot move. So a safe pattern hides one of them: a *cover* inequality (the bridgeless
inequalities of Fischetti and Salazar 2000). For wider intervals the same identity gives their *capacity* inequalities,
whose factors are cut off at what is needed. Both hold for any prices, so rounding errors cannot cut off a safe
pattern. That whole numbers may leave the outsider less than fractions is told by *set* inequalities: a set of hidden
cells in which p is unsafe stays unsafe when made smaller, so one cell outside it must be hidden.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from draad.methods.disclosure.linear import INFINITY, Floats
from draad.methods.disclosure.outsider import Outsider, Push
from draad.methods.disclosure.problem import Integers, Mask, Need, Problem

_GRID = 60.0
"""Prices at the corners of these problems are mostly small fractions; on this grid their products come out exact."""

VIOLATED = 1e-6


@dataclass(frozen=True, slots=True)
class Cut:
    """The sum of ``factors`` over the hidden ones of ``cells`` is at least 1."""

    cells: Integers
    factors: Floats

    def missing(self, hidden: Floats) -> float:
        """Return by how much the (possibly fractional) pattern misses the inequality; negative when it holds."""
        return 1.0 - float(self.factors @ hidden[self.cells])


class Separator:
    """Finds the inequality that a given pattern violates most for a given need."""

    def __init__(self, problem: Problem, outsider: Outsider) -> None:
        self.problem, self.outsider = problem, outsider
        self.room = (problem.value - problem.least).astype(np.float64)
        self.falls = self.room > 0
        # When every cell that can be hidden can fall as well as rise, a move and its reverse come together.
        self.two_ways = bool(self.falls[problem.always | problem.choice].all())

    def cut(self, need: Need, known: Integers, hidden: Floats) -> Cut | None:
        """Return an inequality of safe patterns that ``hidden`` (1 hidden, 0 shown, or between) violates."""
        found = [self._cover(need, known, hidden)] if need.width == 1 and need.down <= 1 and need.up <= 1 else []
        if need.width > 1:
            found.append(self._capacity(need, known, hidden, (1, -1), need.width))
        if need.up > 1 or (need.up and not self.two_ways):
            found.append(self._capacity(need, known, hidden, (1,), need.up))
        if need.down > 1 or (need.down and not self.two_ways):
            found.append(self._capacity(need, known, hidden, (-1,), need.down))
        violated = [cut for cut in found if cut is not None and cut.missing(hidden) > VIOLATED]
        return max(violated, key=lambda cut: cut.missing(hidden), default=None)

    def _cover(self, need: Need, known: Integers, hidden: Floats) -> Cut | None:
        free = np.where(self.problem.always, INFINITY, hidden)
        self.outsider.may_move(np.where(self.falls, -free, 0.0), free)
        useful = np.zeros(len(hidden), dtype=np.bool_)
        for way in (1,) if self.two_ways else (1, -1):
            if way < 0 and not self.falls[need.cell]:
                continue
            push = self.outsider.push(need.cell, way, 1.0, known)
            if push.distance > 1 - VIOLATED:
                return None
            shares = self._shares(need.cell, way, push, known)
            useful |= (shares != 0) if self.two_ways else (shares > 0) | ((shares < 0) & self.falls)
        if (useful & self.problem.always).any():
            return None
        cells = np.flatnonzero(useful & self.problem.choice)
        return Cut(cells, np.ones(len(cells)))

    def _capacity(self, need: Need, known: Integers, hidden: Floats, ways: tuple[int, ...], amount: int) -> Cut | None:
        """Bound what the ways together can reach by the room of the hidden cells."""
        always, choice = self.problem.always, self.problem.choice
        scaled = np.where(choice, hidden, 0.0)
        lower = np.where(always, self.room, np.minimum(self.room, amount) * scaled)
        self.outsider.may_move(-lower, np.where(always, INFINITY, amount * scaled))
        factors, reached, rest = np.zeros(len(hidden)), 0.0, float(amount)
        for way in ways:
            most = amount if way > 0 else min(amount, int(self.room[need.cell]))
            push = self.outsider.push(need.cell, way, most, known)
            reached += push.distance
            if push.distance > most - VIOLATED:
                # The cell comes as far as it can by itself, so this way tells nothing about the others.
                rest -= most
                continue
            shares = self._shares(need.cell, way, push, known)
            factors += np.where(shares > 0, np.inf, -np.minimum(shares, 0.0) * self.room)
        rest -= float(factors[always].sum())
        if reached > amount - VIOLATED or rest <= VIOLATED:
            return None
        cells = np.flatnonzero(choice & (factors > 0))
        return Cut(cells, np.minimum(factors[cells] / rest, 1.0) * (1 + 1e-9))

    def _shares(self, cell: int, way: int, push: Push, known: Integers) -> Floats:
        """Return π: by how much each cell's change counts in the change of ``cell``; nothing for known cells."""
        prices = push.prices
        rounded = np.rint(prices * _GRID) / _GRID
        on_grid = bool(np.abs(prices - rounded).max(initial=0.0) < VIOLATED)
        shares = self.outsider.sums.combine(rounded if on_grid else prices)
        shares[cell] += way
        if on_grid:
            shares[np.abs(shares) < VIOLATED] = 0.0
        shares[known] = 0.0
        return shares


def largest_unsafe(hidden: Mask, choice: Mask, unsafe: Callable[[Mask], bool], checks: int) -> Mask:
    """Return a set of hidden cells that holds ``hidden`` and is still unsafe, as large as ``checks`` tests can find.

    ``unsafe`` says whether a pattern leaves a given need unmet.
    """
    grown = hidden.copy()
    blocks = [np.flatnonzero(choice & ~hidden)]
    while blocks and checks > 0:
        block = blocks.pop()
        trial = grown.copy()
        trial[block] = True
        checks -= 1
        if unsafe(trial):
            grown = trial
        elif len(block) > 1:
            blocks += [block[: len(block) // 2], block[len(block) // 2 :]]
    return grown

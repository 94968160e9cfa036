"""Complementary suppression: the cheapest safe pattern, with proof, or the best one within the time.

Fischetti and Salazar (2000, 2001): a master programme over the cells to hide, to which inequalities are added as the
outsider's problems show that its pattern is unsafe. A safe pattern is held from the first moment on, so that stopping
early gives up cost and never safety.
"""

from dataclasses import dataclass
from math import inf
from time import monotonic

import numpy as np

from draad.methods.disclosure.cuts import Cut, Separator, largest_unsafe
from draad.methods.disclosure.guard import Guard, Unmet
from draad.methods.disclosure.linear import Floats
from draad.methods.disclosure.master import Master
from draad.methods.disclosure.problem import Mask, Problem
from draad.methods.disclosure.start import Repairer
from draad.methods.errors import MethodError

_CUTS_PER_ROUND = 300
_GROWTH_CHECKS = 200
_MOST_SET_CUTS = 4
_THIN = 1e-3
_VARIATIONS = 10
_SHARE_VARIED = 0.3
_FIRST_SLICE = 2.0
"""Seconds for the first programme in whole numbers: early ones lack inequalities and are not worth solving fully."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A safe pattern: which cells are hidden, what its secondary cells cost, and the proven lowest cost.

    ``excused`` has the needs that a contributor's own knowledge breaks whatever is published: somebody who is alone in
    a row knows that the rest of it is empty.
    """

    hidden: Mask
    cost: int
    bound: int
    excused: tuple[Unmet, ...] = ()

    @property
    def optimal(self) -> bool:
        """Return whether no safe pattern costs less."""
        return self.cost == self.bound

    @property
    def gap(self) -> float:
        """Return the share of the cost that is not proven to be needed: 0 when optimal."""
        return (self.cost - self.bound) / self.cost if self.cost else 0.0


def suppress(problem: Problem, time_limit: float | None = None) -> Pattern:
    """Return the cheapest safe pattern, or when ``time_limit`` seconds have passed the best safe one found.

    Raises MethodError when a need cannot be met even by hiding every cell that may be hidden.
    """
    return _Search(problem, time_limit).run()


class _Search:
    def __init__(self, problem: Problem, time_limit: float | None) -> None:
        if time_limit is not None and time_limit < 0:
            raise MethodError("the time limit is 0 seconds or more.", "time limit")
        self.problem = problem
        self.deadline = None if time_limit is None else monotonic() + time_limit
        self._start_early = inf if time_limit is None else monotonic() + time_limit / 4
        self.guard = Guard(problem)
        self.repairer = Repairer(problem, self.guard)
        self.separator = Separator(problem, self.guard.outsider)
        self.master = Master(problem)
        self.best = self.repairer.everything()
        self.bound = 0
        self.excused: list[Unmet] = []
        self._slice = _FIRST_SLICE
        # A fixed start, so that the same tables give the same pattern.
        self._chance = np.random.default_rng(0)
        self._varying = True

    def run(self) -> Pattern:
        open_needs = self.guard.unmet(self.problem.always)
        open_needs = self._possible(open_needs)
        if not open_needs:
            return Pattern(self.problem.always, 0, 0, tuple(self.excused))
        self._relax(open_needs)
        while self.bound < self._cost(self.best) and not self._late():
            if not self._branch():
                break
            self._vary()
        cost = self._cost(self.best)
        return Pattern(self.best, cost, min(self.bound, cost), tuple(self.excused))

    def _possible(self, open_needs: list[Unmet]) -> list[Unmet]:
        """Return the needs that some pattern meets, and excuse those that an insider's own knowledge breaks."""
        possible = []
        for item in open_needs:
            if not self.guard.fails(item, self.best):
                possible.append(item)
            elif len(item.known):
                self.guard.excuse(item)
                self.excused.append(item)
            else:
                name = self.problem.names[item.need.cell]
                raise MethodError("this cell cannot be protected even if all others are suppressed.", f"cell {name}")
        return possible

    def _late(self) -> bool:
        return self.deadline is not None and monotonic() >= self.deadline

    def _seconds_left(self) -> float:
        return 1e6 if self.deadline is None else max(self.deadline - monotonic(), 0.0)

    def _cost(self, hidden: Mask) -> int:
        return int(self.problem.cost[hidden & self.problem.choice].sum())

    def _improve(self, hidden: Mask) -> None:
        """Make the pattern safe and lean, and keep it if it is the best so far."""
        safe = self.repairer.repair(hidden, self._late)
        lean = self.repairer.lean(self.best if safe is None else safe, self._late)
        if self._cost(lean) <= self._cost(self.best):
            self.best = lean

    def _relax(self, open_needs: list[Unmet]) -> None:
        """Add inequalities to the relaxation until no fractional pattern violates one that can be found."""
        hidden = self.problem.always.astype(np.float64)
        while not self._late():
            hidden, self.bound = self.master.solve_fractional()
            self._try(self.problem.always | (hidden > _THIN))
            if self.bound >= self._cost(self.best) or not self._cut_off(open_needs, hidden):
                break
            if monotonic() > self._start_early:
                # The clock may stop this loop before it gives a safe pattern, so one is made on the way.
                self._start_early = inf
                self._improve(self.problem.always | (hidden > 1 / 2))
        if self.bound < self._cost(self.best):
            self._improve(self.problem.always | (hidden > 1 / 2))
            self.master.drop_dear(self._cost(self.best))

    def _try(self, hidden: Mask) -> None:
        """Keep the pattern if it is cheaper than the best one and safe as it is."""
        if self._cost(hidden) < self._cost(self.best) and self.guard.is_safe(hidden):
            self.best = hidden

    def _cut_off(self, open_needs: list[Unmet], hidden: Floats) -> int:
        found: list[Cut] = []
        for item in open_needs:
            cut = self.separator.cut(item.need, item.known, hidden)
            if cut is not None:
                found.append(cut)
            if len(found) >= _CUTS_PER_ROUND or self._late():
                break
        return self.master.add(found)

    def _branch(self) -> bool:
        """Solve the programme in whole numbers for a while; return whether that left something to go on with."""
        before = self._cost(self.best)
        hidden, bound = self.master.solve_whole(self.best, min(self._slice, self._seconds_left()))
        self.bound = max(self.bound, bound)
        if self.bound >= before:
            return False
        unmet = [] if hidden is None else self.guard.unmet(hidden, most=_CUTS_PER_ROUND)
        if hidden is None or not unmet:
            # A safe pattern that is not proven best, or none at all: the programme needs more time.
            self._slice *= 2
            if hidden is not None:
                self._try(hidden)
            return True
        added = self.master.add(self._whole_cuts(unmet, hidden))
        self._improve(hidden)
        return added > 0 or self._cost(self.best) < before

    def _vary(self) -> None:
        """Look for cheaper patterns near the best one: show part of what it hides, and make that safe again.

        Goes on as long as it pays: not again after a round without a cheaper pattern.
        """
        before = self._cost(self.best)
        if not self._varying:
            return
        for _ in range(_VARIATIONS):
            if self._late() or self.bound >= self._cost(self.best):
                return
            hidden = self.best.copy()
            secondary = np.flatnonzero(hidden & self.problem.choice)
            shown = self._chance.choice(secondary, round(len(secondary) * _SHARE_VARIED), replace=False)
            hidden[shown] = False
            self._improve(hidden)
        self._varying = self._cost(self.best) < before

    def _whole_cuts(self, unmet: list[Unmet], hidden: Mask) -> list[Cut]:
        """Return inequalities that this unsafe pattern violates; there always is one."""
        found: list[Cut] = []
        subtle: list[Unmet] = []
        for item in unmet:
            cut = self._cut_of_pattern(item, hidden)
            if cut is None:
                subtle.append(item)
            else:
                found.append(cut)
        return [*found, *(self._set_cut(item, hidden) for item in subtle[:_MOST_SET_CUTS])]

    def _cut_of_pattern(self, item: Unmet, hidden: Mask) -> Cut | None:
        pattern = hidden.astype(np.float64)
        # Cells that are shown get a little room first, which makes inequalities with few cells the most violated.
        for trial in (np.maximum(pattern, _THIN), pattern):
            cut = self.separator.cut(item.need, item.known, trial)
            if cut is not None and cut.missing(pattern) > _THIN:
                return cut
        return None

    def _set_cut(self, item: Unmet, hidden: Mask) -> Cut:
        grown = largest_unsafe(hidden, self.problem.choice, lambda mask: self.guard.fails(item, mask), _GROWTH_CHECKS)
        cells = np.flatnonzero(self.problem.choice & ~grown)
        return Cut(cells, np.ones(len(cells)))

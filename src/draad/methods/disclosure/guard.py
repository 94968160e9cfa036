"""Is a pattern safe? Every need is met by other tables that were really found, or it is not met."""

from dataclasses import dataclass

import numpy as np

from draad.methods.disclosure.outsider import Moves, Outsider, met
from draad.methods.disclosure.problem import Integers, Mask, Need, Problem

_SECONDS_PER_CHECK = 20.0
_NEARLY = 1e-6


@dataclass(frozen=True, slots=True)
class Unmet:
    """A need that a pattern does not meet for a reader who knows the cells ``known``."""

    need: Need
    known: Integers


class Guard:
    """Checks patterns and remembers the moves that it finds, so that the next check is quick."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.outsider = Outsider(problem)
        self.moves = Moves(len(problem.value))
        self._excused: set[tuple[bytes, int]] = set()
        self._cells = np.array([need.cell for need in problem.needs], dtype=np.int64)
        self._down = np.array([need.down for need in problem.needs], dtype=np.int64)
        self._up = np.array([need.up for need in problem.needs], dtype=np.int64)
        self._width = np.array([need.width for need in problem.needs], dtype=np.int64)

    def is_safe(self, hidden: Mask) -> bool:
        """Return whether the pattern meets every need."""
        return not self.unmet(hidden, most=1)

    def unmet(self, hidden: Mask, most: int | None = None) -> list[Unmet]:
        """Return the needs that the pattern does not meet, at most ``most`` of them."""
        found: list[Unmet] = []
        inside = self.moves.keep_within(hidden)
        self.outsider.sees(hidden)
        for known in self.problem.insiders:
            for number in self._doubtful(inside, known):
                if most is not None and len(found) >= most:
                    return found
                need = self.problem.needs[number]
                if self._asks(need, known) and not self._meets(need, known, inside):
                    found.append(Unmet(need, known))
        return found

    def fails(self, unmet: Unmet, hidden: Mask) -> bool:
        """Return whether the pattern leaves this one need unmet."""
        self.outsider.sees(hidden)
        return not self._meets(unmet.need, unmet.known, self.moves.keep_within(hidden))

    def excuse(self, unmet: Unmet) -> None:
        """Leave out a need that a contributor's own knowledge breaks whatever is published."""
        self._excused.add((unmet.known.tobytes(), unmet.need.cell))

    def _asks(self, need: Need, known: Integers) -> bool:
        return need.cell not in known and (known.tobytes(), need.cell) not in self._excused

    def _doubtful(self, inside: Moves, known: Integers) -> Integers:
        down, up = inside.reach(known, self._cells)
        enough = (down >= self._down) & (up >= self._up) & (down + up >= self._width)
        return np.flatnonzero(~enough)

    def _meets(self, need: Need, known: Integers, inside: Moves) -> bool:
        cell = np.array([need.cell])
        down, up = (int(reached[0]) for reached in inside.reach(known, cell))
        if met(need, down, up):
            return True
        up = max(up, self._push(need.cell, 1, max(need.up, need.width - down), known, inside))
        if met(need, down, up):
            return True
        room = int(self.problem.value[need.cell] - self.problem.least[need.cell])
        down = max(down, self._push(need.cell, -1, min(max(need.down, need.width - up), room), known, inside))
        if not met(need, down, up) and up < max(need.up, need.width - down):
            up = max(up, self._push(need.cell, 1, max(need.up, need.width - down), known, inside))
        return met(need, down, up)

    def _push(self, cell: int, way: int, most: int, known: Integers, inside: Moves) -> int:
        """Return how far the cell was moved in whole numbers, and keep the move."""
        if most <= 0:
            return 0
        push = self.outsider.push(cell, way, most, known)
        limit = int(push.distance + _NEARLY)
        if limit < 1:
            return 0
        move = self.outsider.whole(push.move)
        if move is None:
            move = self.outsider.push_whole(cell, way, limit, known, _SECONDS_PER_CHECK)
        if move is None or not move.any():
            return 0
        self.moves.add(move)
        inside.add(move)
        return abs(int(move[cell]))

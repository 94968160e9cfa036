"""Exact parametric division: raise one level until the awards sum to the estate.

Each rule is parametric (Young 1987): the award of claim i at level t is a straight line ``start + slope * t`` held
between a lowest and a highest award, and one common t makes the awards sum to the estate.

==========================  ======================  ============================
rule                        start                   slope
==========================  ======================  ============================
proportional                0                       the claim
constrained equal awards    0                       1
constrained equal losses    the claim               1 (t is minus the loss)
Talmud                      two pieces: equal awards of the half-claims, and, once the largest half is reached, equal
                            losses of the half-claims (Aumann and Maschler 1985)
==========================  ======================  ============================

The level is found by sorting the points where a line meets a bound and a binary search over prefix sums: exact whole
numbers throughout, n log n for n claims.
"""

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

from draad.methods.allocation.claims import Rule
from draad.methods.rounding import order_keys


class Level(NamedTuple):
    """The common level t as an exact fraction."""

    numerator: int
    denominator: int


class Piece(NamedTuple):
    """For each claim one rising line between its bounds; the award is the sum of a claim's pieces."""

    start: list[int]
    slope: list[int]
    low: list[int]
    high: list[int]

    def of(self, positions: Sequence[int]) -> "Piece":
        """Return the piece of these claims only."""
        return Piece(*([column[i] for i in positions] for column in self))

    def at(self, level: Level) -> list[int]:
        """Return the awards at the level, as numerators over the denominator of the level."""
        p, q = level
        return [
            low * q if value <= low * q else high * q if value >= high * q else value
            for value, low, high in zip(
                [start * q + slope * p for start, slope in zip(self.start, self.slope, strict=True)],
                self.low,
                self.high,
                strict=True,
            )
        ]


class Curve(NamedTuple):
    """A rule on given claims: its pieces, in units of 1/scale, and the level at which losses start to be shared."""

    pieces: tuple[Piece, ...]
    scale: int
    turn: int | None

    def of(self, positions: Sequence[int]) -> tuple[Piece, ...]:
        """Return the pieces of these claims only."""
        return tuple(piece.of(positions) for piece in self.pieces)


def curve(rule: Rule, claims: list[int], lower: list[int], upper: list[int]) -> Curve:
    """Return the rule as pieces over these claims with their bounds (whole numbers, lower <= upper)."""
    ones, zeros = [1] * len(claims), [0] * len(claims)
    if rule is Rule.PROPORTIONAL:
        return Curve((Piece(zeros, claims, lower, upper),), 1, None)
    if rule is Rule.EQUAL_AWARDS:
        return Curve((Piece(zeros, ones, lower, upper),), 1, None)
    if rule is Rule.EQUAL_LOSSES:
        return Curve((Piece(claims, ones, lower, upper),), 1, None)
    turn = max(claims, default=0)
    halves = Piece(
        zeros,
        ones,
        [min(2 * low, claim) for low, claim in zip(lower, claims, strict=True)],
        [min(2 * high, claim) for high, claim in zip(upper, claims, strict=True)],
    )
    rest = Piece(
        [claim - 2 * turn for claim in claims],
        ones,
        [max(0, 2 * low - claim) for low, claim in zip(lower, claims, strict=True)],
        [max(0, 2 * high - claim) for high, claim in zip(upper, claims, strict=True)],
    )
    return Curve((halves, rest), 2, turn)


class Bends:
    """The points of the level at which the sum of awards bends, and by how much."""

    def __init__(self) -> None:
        self.numerators: list[int] = []
        self.denominators: list[int] = []
        self.bases: list[int] = []
        self.slopes: list[int] = []

    def add(self, piece: Piece) -> None:
        """Add, for every claim that can move, the point where it leaves its lowest and reaches its highest award."""
        slopes = [slope for slope, low, high in zip(*piece[1:], strict=True) if low < high]
        starts = [low - start for start, _, low, high in zip(*piece, strict=True) if low < high]
        ends = [high - start for start, _, low, high in zip(*piece, strict=True) if low < high]
        self.numerators += starts
        self.numerators += ends
        self.denominators += slopes
        self.denominators += slopes
        self.bases += [-number for number in starts]
        self.bases += ends
        self.slopes += slopes
        self.slopes += [-slope for slope in slopes]

    def add_until(self, pieces: Iterable[Piece], stop: Level, ceiling: int) -> None:
        """Add claims that move together until ``stop``, where their sum is ``ceiling`` and stays so."""
        p, q = stop
        base = slope_sum = 0
        for piece in pieces:
            for start, slope, low, high in zip(*piece, strict=True):
                if low == high or (low - start) * q >= p * slope:
                    base += low
                elif (high - start) * q <= p * slope:
                    base += high
                    self._point(low - start, slope, start - low, slope)
                    self._point(high - start, slope, high - start, -slope)
                else:
                    base += start
                    slope_sum += slope
                    self._point(low - start, slope, start - low, slope)
        self._point(p, q, ceiling - base, -slope_sum)

    def _point(self, numerator: int, denominator: int, base: int, slope: int) -> None:
        self.numerators.append(numerator)
        self.denominators.append(denominator)
        self.bases.append(base)
        self.slopes.append(slope)

    def level(self, lowest: int, estate: int) -> Level:
        """Return the first level at which the awards, ``lowest`` in all at the start, sum to ``estate``.

        Where the awards never sum to so much it is the last level at which one still rises.
        """
        keys = order_keys(self.numerators, self.denominators)
        order = sorted(range(len(keys)), key=keys.__getitem__)
        if not order:
            return Level(0, 1)
        bases = list(accumulate([self.bases[i] for i in order], initial=lowest))
        slopes = list(accumulate([self.slopes[i] for i in order], initial=0))
        first, last = 0, len(order)
        while first < last:
            middle = (first + last) // 2
            point = order[middle]
            p, q = self.numerators[point], self.denominators[point]
            if bases[middle] * q + slopes[middle] * p >= estate * q:
                last = middle
            else:
                first = middle + 1
        if first in (0, len(order)):
            point = order[min(first, len(order) - 1)]
            return Level(self.numerators[point], self.denominators[point])
        return Level(estate - bases[first], slopes[first])


def level_of(pieces: Sequence[Piece], estate: int) -> Level:
    """Return the level at which the pieces sum to ``estate`` (in the same units as the pieces).

    One piece of a rule ends for all claims before the next starts for any, so only one has to be sorted.
    """
    left = estate - sum(sum(piece.low) for piece in pieces)
    for piece in pieces:
        lowest = sum(piece.low)
        rise = sum(piece.high) - lowest
        if left <= rise:
            break
        left -= rise
    bends = Bends()
    bends.add(piece)
    return bends.level(lowest, lowest + left)

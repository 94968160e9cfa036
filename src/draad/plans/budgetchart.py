"""The budget of a plan as bars, one for each period, cut by the source of the means: geometry for an SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from draad.plans.sums import ZERO, BudgetSum, Period, period_words
from draad.web.formatting import euro

WIDTH, LEFT, RIGHT, ROW, BAR = 1000, 170, 190, 34, 18
FILLS = (5, 3, 6, 2, 4)
"""Shades for the sources, largest first; those beyond share the last with the sources that nobody named."""
REST = 1


@dataclass(frozen=True)
class Piece:
    """What a source gives in a period: where it lies in the bar, and its shade."""

    x: float
    width: float
    fill: int
    title: str


@dataclass(frozen=True)
class Bar:
    """A period with its pieces and its amount in words."""

    y: float
    label: str
    amount: str
    end: float
    pieces: Sequence[Piece]


@dataclass(frozen=True)
class Chart:
    """The whole drawing; ``key`` names the shades, a source that is "" is one that nobody named."""

    height: int
    bars: Sequence[Bar]
    key: Sequence[tuple[int, str]]
    bar: int = BAR
    width: int = WIDTH

    @property
    def named(self) -> bool:
        """Whether a sheet names a source, so that the shades say something."""
        return any(name for _fill, name in self.key)


def chart(sums: Sequence[BudgetSum]) -> Chart | None:
    """The amounts per period, each at its least; None when no sheet gives an amount."""
    given = [one for one in sums if one.amounts]
    largest: dict[str, Decimal] = {}
    periods: dict[Period, dict[str, Decimal]] = {}
    for one in given:
        largest[one.funding] = largest.get(one.funding, ZERO) + one.least
        of_period = periods.setdefault(one.period, {})
        of_period[one.funding] = of_period.get(one.funding, ZERO) + one.least
    most = max((sum(parts.values()) for parts in periods.values()), default=ZERO)
    if not most:
        return None
    named = sorted((name for name in largest if name), key=lambda name: (-largest[name], name))
    fills = dict(zip(named, FILLS, strict=False))
    scale = Decimal(WIDTH - LEFT - RIGHT) / Decimal(most)
    bars = [_bar(place, period, parts, scale, fills) for place, (period, parts) in enumerate(periods.items())]
    rest = [name for name in largest if name not in fills]
    key = [(fills[name], name) for name in named if name in fills] + ([(REST, "")] if rest else [])
    return Chart(len(bars) * ROW + 6, bars, key)


def _bar(place: int, period: Period, parts: dict[str, Decimal], scale: Decimal, fills: dict[str, int]) -> Bar:
    x, pieces = Decimal(LEFT), []
    for name in sorted(parts, key=lambda name: (name not in fills, list(fills).index(name) if name in fills else 0)):
        width = parts[name] * scale
        title = f"{name}: {euro(parts[name])}" if name else euro(parts[name])
        pieces.append(Piece(round(float(x), 1), round(float(width), 1), fills.get(name, REST), title))
        x += width
    whole = sum(parts.values(), ZERO)
    return Bar(place * ROW + 6, period_words(period), euro(whole), round(float(x) + 8, 1), pieces)

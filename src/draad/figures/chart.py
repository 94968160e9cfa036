"""Bars from zero with a target tick, as geometry: once wide, once drawn anew for a narrow screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True)
class Measured:
    """One bar to draw. ``value`` None is not published; ``others`` are other values that sources give for it.

    ``changed`` is the sentence of a dotted break above the bar: from here on something else is counted.
    """

    label: str
    period: str
    value: Decimal | None
    target: Decimal | None
    others: Sequence[Decimal] = ()
    changed: str = ""


@dataclass(frozen=True)
class Mark:
    """A place on the scale with the value that stands there."""

    x: str
    value: Decimal


@dataclass(frozen=True)
class Bar:
    """A drawn bar: ``y`` is its top; lengths are in the units of the drawing, as text for SVG."""

    measured: Measured
    y: int
    length: str
    end: str
    target: Mark | None
    others: Sequence[Mark]
    break_y: int | None

    @property
    def middle(self) -> int:
        """The base line of the text beside the bar."""
        return self.y + 19


@dataclass(frozen=True)
class Layout:
    """The measures of a drawing: where bars start, how long the longest is, and the steps between rows."""

    width: int
    start: int
    longest: int
    first: int
    step: int
    break_step: int
    thick: int


WIDE = Layout(width=720, start=96, longest=530, first=38, step=82, break_step=26, thick=28)
NARROW = Layout(width=358, start=0, longest=280, first=44, step=104, break_step=22, thick=24)


@dataclass(frozen=True)
class Chart:
    """A drawing: its bars, the ticks of its scale and its height."""

    layout: Layout
    bars: Sequence[Bar]
    ticks: Sequence[Mark] = field(default_factory=list)
    height: int = 0

    @property
    def bottom(self) -> int:
        """Where the lines of the scale end."""
        return self.height - 26


def nice_step(highest: Decimal, at_most: int = 4) -> Decimal:
    """The step of a scale: 1, 2 or 5 times a power of ten, such that at most ``at_most`` steps fit under the highest.

    Raises:
        ValueError: when nothing is above zero.
    """
    if highest <= 0:
        raise ValueError(f"a scale needs a value above zero, not {highest}")
    step = Decimal(10) ** (highest.adjusted() - 1)
    while highest / step > at_most:
        for factor in (2, 5, 10):
            if highest / (step * factor) <= at_most:
                return step * factor
        step *= 10
    return step


def draw(measured: Sequence[Measured], layout: Layout) -> Chart | None:
    """The drawing of these bars on one scale from zero, or None when there is nothing above zero to draw."""
    highest = max((v for m in measured for v in (m.value, m.target, *m.others) if v is not None), default=Decimal(0))
    if highest <= 0:
        return None

    def x(value: Decimal) -> str:
        return f"{layout.start + float(value / highest) * layout.longest:.1f}"

    bars: list[Bar] = []
    y = layout.first
    for row in measured:
        break_y = None
        if row.changed:
            break_y = y - layout.first // 2 + 4
            y += layout.break_step
        bars.append(_bar(row, y, x, layout, break_y))
        y += layout.step
    step = nice_step(highest)
    ticks = [Mark(x(step * n), step * n) for n in range(int(highest / step) + 1)]
    return Chart(layout, bars, ticks, y - layout.step + layout.thick + 44)


def _bar(row: Measured, y: int, x: Callable[[Decimal], str], layout: Layout, break_y: int | None) -> Bar:
    length = row.value if row.value is not None else row.target or Decimal(0)
    end = float(x(length))
    return Bar(
        measured=row,
        y=y,
        length=f"{end - layout.start:.1f}",
        end=f"{end + 8:.1f}",
        target=Mark(x(row.target), row.target) if row.target is not None else None,
        others=[Mark(x(value), value) for value in row.others],
        break_y=break_y,
    )

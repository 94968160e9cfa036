"""The milestones of measures on a line of years, as geometry for an SVG."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from draad.plans.milestonelines import MilestoneLine

WIDTH, LEFT, ROW, TOP = 1000, 300, 26, 26
BAR = 12


@dataclass(frozen=True)
class Bar:
    """A milestone: where it begins and how long it is, in units of the drawing."""

    x: float
    y: float
    width: float
    state: str
    title: str


@dataclass(frozen=True)
class ChartRow:
    """A measure with its milestones."""

    y: float
    number: int
    label: str
    bars: Sequence[Bar]


@dataclass(frozen=True)
class Chart:
    """The whole drawing: years above, one row for each measure."""

    height: int
    years: Sequence[tuple[int, float]]
    rows: Sequence[ChartRow]
    today: float | None
    width: int = WIDTH
    left: int = LEFT


def chart(
    first_year: int, last_year: int, measures: Mapping[int, tuple[str, Sequence[MilestoneLine]]], on: date
) -> Chart:
    """The milestones of measures, by number with a title; a period without years is not drawn.

    Args:
        first_year: where the line begins.
        last_year: the last year on it.
        measures: for each number the title and the milestones.
        on: today.
    """
    start, end = date(first_year, 1, 1), date(last_year, 12, 31)
    days = (end - start).days + 1

    def place(day: date) -> float:
        return LEFT + (WIDTH - LEFT) * (day - start).days / days

    rows = []
    for index, (number, (title, milestones)) in enumerate(measures.items()):
        y = TOP + index * ROW
        bars = [_bar(m, y, start, end, place) for m in milestones if m.first_day and m.last_day]
        rows.append(ChartRow(y + ROW / 2 + 4, number, title, [bar for bar in bars if bar]))
    years = [(year, place(date(year, 1, 1))) for year in range(first_year, last_year + 1)]
    today = place(on) if start <= on <= end else None
    return Chart(TOP + len(rows) * ROW + 6, years, rows, today)


def _bar(milestone: MilestoneLine, y: float, start: date, end: date, place: Callable[[date], float]) -> Bar | None:
    first, last = milestone.first_day, milestone.last_day
    if first is None or last is None or last < start or first > end:
        return None
    x = place(max(first, start))
    width = place(min(last, end) + timedelta(days=1)) - x - 2
    title = f"{milestone.period}: {milestone.text[:120]}"
    return Bar(round(x + 1, 1), y + (ROW - BAR) / 2, round(width, 1), milestone.state, title)

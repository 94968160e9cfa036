"""What a map lies on: squares on a grid, or real outlines; with the lines between groups and the names of groups."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

STEP = 20
"""Side of a square, in units of the drawing."""

LETTER = 0.6
"""Width of a letter of a group's name in squares, at its largest (on a phone)."""

FAR = 99

Cell = tuple[int, int]


@dataclass(frozen=True)
class Square:
    """A place on the grid: the group it belongs to, its column and its row from the top."""

    key: str
    group: str
    column: int
    row: int


@dataclass(frozen=True)
class Outline:
    """The real outline of a place as an SVG path, and the point inside that stands for it."""

    path: str
    x: float
    y: float


@dataclass(frozen=True)
class Label:
    """The name of a group and where it stands."""

    text: str
    x: int
    y: int


@dataclass(frozen=True)
class Ground:
    """A drawing without values. ``top`` is the upper edge, which lies above 0 when a name stands there."""

    width: int
    height: int
    top: int
    outlines: Mapping[str, Outline]
    borders: str
    labels: Sequence[Label]

    @property
    def box(self) -> str:
        """The view box of the drawing."""
        return f"0 {self.top} {self.width} {self.height}"


@lru_cache(maxsize=16)
def grid(squares: tuple[Square, ...]) -> Ground:
    """The ground of squares, with a line between neighbours of different groups and the name of each group beside it.

    Raises:
        ValueError: when two squares share a place.
    """
    cells = {(square.column, square.row): square.group for square in squares}
    if len(cells) != len(squares):
        raise ValueError("two squares of the grid share a place")
    labels = _labels(cells)
    rows = [row for _column, row in cells] + [(label.y - 15) // STEP for label in labels]
    width = max([column + 1 for column, _row in cells] + [label.x // STEP + _size(label.text) for label in labels])
    top, bottom = min(rows), max(rows) + 1
    return Ground(
        width=width * STEP,
        height=(bottom - top) * STEP,
        top=top * STEP,
        outlines={
            s.key: Outline(f"M{s.column * STEP} {s.row * STEP}h{STEP}v{STEP}h-{STEP}z",
                           (s.column + 0.5) * STEP, (s.row + 0.5) * STEP)
            for s in squares
        },
        borders=_borders(cells),
        labels=labels,
    )  # fmt: skip


def _borders(cells: Mapping[Cell, str]) -> str:
    """Lines between cells of different groups; empty cells beside a square count with the nearest group."""
    area = _widened(cells)
    lines = []
    for (column, row), group in sorted(area.items()):
        if area.get((column + 1, row), group) != group:
            lines.append(f"M{(column + 1) * STEP} {row * STEP}v{STEP}")
        if area.get((column, row + 1), group) != group:
            lines.append(f"M{column * STEP} {(row + 1) * STEP}h{STEP}")
    return "".join(lines)


def _widened(cells: Mapping[Cell, str]) -> dict[Cell, str]:
    """The squares, and each empty cell that touches one, with its group: the one with most squares around it."""
    votes: dict[Cell, Counter[str]] = defaultdict(Counter)
    for (column, row), group in sorted(cells.items()):
        for c, r in product((column - 1, column, column + 1), (row - 1, row, row + 1)):
            straight = c == column or r == row
            votes[c, r][group] += 2 if straight else 1
    return {cell: cells.get(cell) or found.most_common(1)[0][0] for cell, found in votes.items()}


def _size(text: str) -> int:
    return int(len(text) * LETTER) + 1


def _labels(cells: Mapping[Cell, str]) -> tuple[Label, ...]:
    """A free place for each name, near its own squares and away from those of others."""
    taken, around = set(cells), _widened(cells)
    labels = []
    for group in sorted(set(cells.values()) - {""}):
        own = [cell for cell, found in cells.items() if found == group]
        others = [cell for cell, found in around.items() if found != group]
        column, row = _best_place(group, taken, own, others)
        taken |= {(column + step, row) for step in range(_size(group))}
        labels.append(Label(group, column * STEP, row * STEP + 15))
    return tuple(labels)


def _best_place(text: str, taken: set[Cell], own: Sequence[Cell], others: Sequence[Cell]) -> Cell:
    size = _size(text)
    columns, rows = [column for column, _row in taken], [row for _column, row in taken]
    left, right, top, bottom = min(columns), max(columns), min(rows) - 1, max(rows) + 1
    area = [(column, row) for column in range(left, right + size + 1) for row in range(top, bottom + 1)]
    near, far = _distances(area, own), _distances(area, others)
    middle = sum(column for column, _row in own) / len(own)

    def cost(place: Cell) -> tuple[float, Cell]:
        span = [(place[0] + step, place[1]) for step in range(size)]
        away = min(far[cell] for cell in span)
        return min(near[cell] for cell in span) - 1.5 * min(away, 2) + 0.05 * abs(place[0] + size / 2 - middle), place

    free = [
        (column, row)
        for column in range(left, max(left, right + 1 - size) + 1)
        for row in range(top, bottom + 1)
        if not any((column + step, row) in taken for step in range(size))
    ]
    return min(free, key=cost) if free else (left, bottom)


def _distances(area: Iterable[Cell], cells: Sequence[Cell]) -> dict[Cell, int]:
    """For each cell of an area the steps to the nearest of ``cells``."""
    return {
        (column, row): min((max(abs(column - c), abs(row - r)) for c, r in cells), default=FAR) for column, row in area
    }

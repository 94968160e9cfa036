"""The ruled lines of a PDF page and the cells of the tables that they draw."""

from __future__ import annotations

import bisect
import ctypes
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from draad.documents.source import Area

THICKEST_RULE = 3.0
"""Points: a filled shape that is no thicker is a line."""
SAME_PLACE = 2.5
"""Points: rules nearer to each other are one; borders of neighbouring cells are often drawn twice."""


@dataclass(frozen=True)
class Rule:
    """A horizontal or vertical line: its place across its direction, and where it begins and ends along it."""

    horizontal: bool
    at: float
    start: float
    stop: float


def page_rules(page: pdfium.PdfPage) -> list[Rule]:
    """The ruled lines of a page in points from the top left, borders drawn as thin filled shapes included."""
    height = page.get_height()
    rules: list[Rule] = []
    for shape in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
        points = list(_points(shape, height))
        rules += _thin(points) or (_edges(points) if _is_stroked(shape) else [])
    return rules


def _is_stroked(shape: pdfium.PdfObject) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(shape.raw, ctypes.byref(fill), ctypes.byref(stroke))
    return bool(stroke.value)


def _points(shape: pdfium.PdfObject, height: float) -> Iterator[tuple[float, float, bool]]:
    """The corners of a shape on the page, each with whether a line leads to it."""
    matrix = shape.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    first: tuple[float, float] | None = None
    for i in range(raw.FPDFPath_CountSegments(shape.raw)):
        segment = raw.FPDFPath_GetPathSegment(shape.raw, i)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        right, up = matrix.on_point(x.value, y.value)
        drawn = raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_LINETO
        yield right, height - up, drawn
        if not drawn:
            first = (right, height - up)
        if raw.FPDFPathSegment_GetClose(segment) and first:
            yield *first, True


def _thin(points: Sequence[tuple[float, float, bool]]) -> list[Rule]:
    """A shape that is much longer than thick, as one rule."""
    if len(points) < 2:
        return []
    xs, ys = [point[0] for point in points], [point[1] for point in points]
    left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
    if bottom - top <= THICKEST_RULE < right - left:
        return [Rule(horizontal=True, at=(top + bottom) / 2, start=left, stop=right)]
    if right - left <= THICKEST_RULE < bottom - top:
        return [Rule(horizontal=False, at=(left + right) / 2, start=top, stop=bottom)]
    return []


def _edges(points: Sequence[tuple[float, float, bool]]) -> list[Rule]:
    """The straight edges of a stroked shape."""
    rules = []
    for (x0, y0, _), (x1, y1, drawn) in itertools.pairwise(points):
        if drawn and abs(y1 - y0) <= 1 < abs(x1 - x0):
            rules.append(Rule(horizontal=True, at=(y0 + y1) / 2, start=min(x0, x1), stop=max(x0, x1)))
        elif drawn and abs(x1 - x0) <= 1 < abs(y1 - y0):
            rules.append(Rule(horizontal=False, at=(x0 + x1) / 2, start=min(y0, y1), stop=max(y0, y1)))
    return rules


@dataclass
class Cells:
    """The cells of all tables of a page.

    Args:
        columns: left to right, the places of vertical rules.
        rows: top to bottom, the places of horizontal rules.
        of: the number of the cell for each column and row between rules; what is open to the margin has none.
        areas: the area of each cell by its number.
    """

    columns: list[float]
    rows: list[float]
    of: dict[tuple[int, int], int] = field(default_factory=dict)
    areas: dict[int, Area] = field(default_factory=dict)

    def at(self, x: float, y: float) -> int | None:
        """The number of the cell at a point of the page, None outside tables."""
        return self.of.get((bisect.bisect_right(self.columns, x) - 1, bisect.bisect_right(self.rows, y) - 1))


def find_cells(rules: Iterable[Rule]) -> Cells:
    """The cells that rules enclose, cells over several rows or columns as one.

    The places of all rules divide the page into small boxes; boxes without a rule between them are one, and those that
    reach the margin of the page are no cell.
    """
    across, along = _split(rules)
    columns, rows = _places(rule.at for rule in along), _places(rule.at for rule in across)
    walls = _covered(along, columns, rows)
    floors = _covered(across, rows, columns)
    boxes = _Joined()
    for i in range(-1, len(columns)):
        for j in range(-1, len(rows)):
            if i + 1 < len(columns) and (i + 1, j) not in walls:
                boxes.join((i, j), (i + 1, j))
            if j + 1 < len(rows) and (j + 1, i) not in floors:
                boxes.join((i, j), (i, j + 1))
    return _enclosed(Cells(columns, rows), boxes)


def _split(rules: Iterable[Rule]) -> tuple[list[Rule], list[Rule]]:
    across: list[Rule] = []
    along: list[Rule] = []
    for rule in rules:
        (across if rule.horizontal else along).append(rule)
    return across, along


def _places(values: Iterable[float]) -> list[float]:
    """The places in order, those near each other as one."""
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > SAME_PLACE:
            places.append(value)
    return places


def _nearest(places: Sequence[float], value: float) -> int:
    i = bisect.bisect_left(places, value)
    return i - 1 if i == len(places) or (i and value - places[i - 1] < places[i] - value) else i


def _covered(rules: Iterable[Rule], places: Sequence[float], stops: Sequence[float]) -> set[tuple[int, int]]:
    """For each place of a rule the gaps between stops that it covers for the greater part."""
    covered = set()
    for rule in rules:
        first, last = _nearest(stops, rule.start), _nearest(stops, rule.stop) if stops else -1
        covered |= {(_nearest(places, rule.at), gap) for gap in range(first, last)}
    return covered


class _Joined:
    """Boxes that belong together (union-find)."""

    def __init__(self) -> None:
        self._above: dict[tuple[int, int], tuple[int, int]] = {}

    def root(self, box: tuple[int, int]) -> tuple[int, int]:
        """The box that stands for all boxes joined with one."""
        while (above := self._above.get(box, box)) != box:
            self._above[box] = self._above.get(above, above)
            box = above
        return box

    def join(self, left: tuple[int, int], right: tuple[int, int]) -> None:
        """Make two boxes one."""
        self._above[self.root(left)] = self.root(right)


def _enclosed(cells: Cells, boxes: _Joined) -> Cells:
    """Number the groups of boxes that do not reach the margin, top to bottom and left to right."""
    columns, rows = len(cells.columns), len(cells.rows)
    groups: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for j in range(-1, rows):
        for i in range(-1, columns):
            groups[boxes.root((i, j))].append((i, j))
    for group in groups.values():
        across, down = [i for i, _ in group], [j for _, j in group]
        if min(across) < 0 or min(down) < 0 or max(across) >= columns - 1 or max(down) >= rows - 1:
            continue
        number = len(cells.areas)
        cells.areas[number] = (
            cells.columns[min(across)],
            cells.rows[min(down)],
            cells.columns[max(across) + 1],
            cells.rows[max(down) + 1],
        )
        cells.of.update(dict.fromkeys(group, number))
    return cells

"""The audit: what somebody who sees all published tables knows of every suppressed cell.

It starts from the published values alone and knows nothing of why a cell was suppressed, of its true value or of how
the pattern was found.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from draad.methods.disclosure.bounds import ContradictionError, Unknowns
from draad.methods.disclosure.layout import Layout, Relation
from draad.methods.errors import MethodError


@dataclass(frozen=True, slots=True)
class Interval:
    """The lowest and highest possible whole value of a cell; ``upper`` is None when nothing limits it."""

    lower: int
    upper: int | None

    def holds(self, lower: int, upper: int, width: int) -> bool:
        """Return whether the interval reaches from ``lower`` to ``upper`` and is at least ``width`` wide."""
        if self.upper is None:
            return self.lower <= lower
        return self.lower <= lower and self.upper >= upper and self.upper - self.lower >= width


@dataclass(frozen=True, slots=True)
class Required:
    """What a cell must keep: an interval from at most ``lower`` to at least ``upper``, at least ``width`` wide."""

    lower: int
    upper: int
    width: int


@dataclass(frozen=True, slots=True)
class Audit:
    """The interval of every cell that is not shown, and the cells that tell too much.

    ``disclosed`` has the suppressed cells with one possible value (or a narrower interval than asked);
    ``known_to_insiders`` the pairs (cells known to an insider, cell) that the insider can work out.
    """

    intervals: dict[int, Interval]
    disclosed: list[int]
    known_to_insiders: list[tuple[tuple[int, ...], int]]

    @property
    def safe(self) -> bool:
        """Return whether nothing is disclosed to anybody."""
        return not self.disclosed and not self.known_to_insiders


def audit(
    layout: Layout,
    shown: Mapping[int, int],
    *,
    lowest: int = 0,
    width: int = 1,
    required: Mapping[int, Required] | None = None,
) -> Audit:
    """Return what the shown values give away about the other cells.

    ``shown`` maps the number of each open cell to its value, in whole units. ``lowest`` is the least value that
    outsiders take a suppressed cell to have, ``width`` the width that every suppressed cell must keep, ``required``
    what some cells must keep beyond that. Raises MethodError when the shown values contradict one another.
    """
    intervals: dict[int, Interval] = {}
    for cells, unknowns in _components(layout, shown, lowest):
        for number, cell in enumerate(cells):
            if not layout.hidden[cell]:
                intervals[cell] = Interval(unknowns.lowest(number), unknowns.highest(number))
    asked = required or {}
    disclosed = [
        cell
        for cell, interval in sorted(intervals.items())
        if not interval.holds(interval.lower, interval.lower, width)
        or (cell in asked and not interval.holds(asked[cell].lower, asked[cell].upper, asked[cell].width))
    ]
    return Audit(intervals, disclosed, [])


def audit_insider(
    layout: Layout, shown: Mapping[int, int], known: Mapping[int, int], widths: Mapping[int, int], *, lowest: int = 0
) -> list[int]:
    """Return the cells whose interval is narrower than ``widths`` asks for somebody who also knows ``known``."""
    everything = {**shown, **known}
    found: list[int] = []
    for cells, unknowns in _components(layout, everything, lowest):
        asked = [(number, cell) for number, cell in enumerate(cells) if cell in widths]
        found += [cell for number, cell in asked if not unknowns.varies(number, widths[cell])]
    alone = [cell for cell in widths if cell in everything and cell not in known]
    return sorted([*found, *alone])


def _components(layout: Layout, shown: Mapping[int, int], lowest: int) -> Iterator[tuple[list[int], Unknowns]]:
    """Split the unknown cells into sets that no sum ties together, each with its sums."""
    groups = _grouped(layout, shown)
    for cells, relations in groups:
        number = {cell: position for position, cell in enumerate(cells)}
        local: list[Relation] = []
        known = []
        for total, parts in relations:
            local.append((number.get(total, -1), tuple(number.get(part, -1) for part in parts)))
            known.append(sum(shown.get(part, 0) for part in parts) - shown.get(total, 0))
        least = np.array([0 if layout.hidden[cell] else lowest for cell in cells], dtype=np.int64)
        try:
            yield cells, Unknowns(least, local, known)
        except ContradictionError as error:
            raise MethodError(error.message, f"the tables around {layout.name(cells[0])}") from None


def _grouped(layout: Layout, shown: Mapping[int, int]) -> list[tuple[list[int], list[Relation]]]:
    leader = list(range(len(layout.keys)))

    def find(cell: int) -> int:
        while leader[cell] != cell:
            leader[cell] = leader[leader[cell]]
            cell = leader[cell]
        return cell

    for total, parts in layout.relations:
        unknown = [cell for cell in (total, *parts) if cell not in shown]
        for cell in unknown[1:]:
            leader[find(cell)] = find(unknown[0])
        if not unknown:
            _check_sum(layout, shown, total, parts)
    members: dict[int, tuple[list[int], list[Relation]]] = {}
    for cell in range(len(layout.keys)):
        if cell not in shown:
            members.setdefault(find(cell), ([], []))[0].append(cell)
    for total, parts in layout.relations:
        unknown = [cell for cell in (total, *parts) if cell not in shown]
        if unknown:
            members[find(unknown[0])][1].append((total, parts))
    return list(members.values())


def _check_sum(layout: Layout, shown: Mapping[int, int], total: int, parts: Sequence[int]) -> None:
    found = sum(shown[part] for part in parts)
    if found != shown[total]:
        message = f"its parts add up to {found} but {shown[total]} is published."
        raise MethodError(message, f"cell {layout.name(total)}")

"""The suppression problem in numbers: what may be hidden at which cost, and what must stay unknown to whom."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from draad.methods.disclosure.inner import Publication
from draad.methods.disclosure.layout import Relation
from draad.methods.disclosure.rules import Rules, group_lines, primary_cells
from draad.methods.errors import MethodError

Integers = NDArray[np.int64]
Mask = NDArray[np.bool_]
Cost = Literal["value", "frequency", "number"]


@dataclass(frozen=True, slots=True)
class Settings:
    """How far protection goes.

    ``rules`` choose the primary cells. ``cost`` is what a secondary cell costs. ``width`` is the least distance
    between the lowest and the highest value that outsiders must think possible for a primary cell, in units of the
    value: 1 means at least two whole values. ``percent`` asks for lower and upper values at least that percentage
    away from the true value. ``rule_interval`` asks for the upper protection level of the dominance, p% and pq rules.
    ``singletons`` also protects against a contributor who is alone in a cell and so knows its value. ``hide_zeros``
    lets zeros be secondary cells. ``lowest`` is the least value outsiders may assume a suppressed cell to have.
    """

    rules: Rules
    cost: Cost = "value"
    width: int = 1
    percent: Fraction = Fraction(0)
    rule_interval: bool = False
    singletons: bool = False
    hide_zeros: bool = False
    lowest: int = 0

    def __post_init__(self) -> None:
        if self.width < 1:
            raise MethodError("the width is at least 1: two possible whole values.", "width")
        if not 0 <= self.percent <= 100:
            raise MethodError("the percentage lies between 0 and 100.", "percent")
        if self.lowest not in (0, 1):
            raise MethodError("outsiders assume that a suppressed value is at least 0 or at least 1.", "lowest")
        if self.lowest and (self.hide_zeros or self.rules.zeros or self.rules.group_disclosure):
            raise MethodError("outsiders can assume at least 1 only where zeros are never suppressed.", "lowest")
        if self.lowest and self.percent:
            message = "a percentage cannot be kept below when outsiders assume at least 1; ask for a width instead."
            raise MethodError(message, "percent")


@dataclass(frozen=True, slots=True)
class Need:
    """What must stay possible for a cell: ``down`` below and ``up`` above its value, and ``width`` between both."""

    cell: int
    down: int
    up: int
    width: int


@dataclass(slots=True)
class Problem:
    """Arrays over all cells, in the order of the layout, followed by virtual cells that nobody publishes.

    ``value`` and ``least`` are the true value and the smallest one an outsider assumes; ``cost`` is that of hiding;
    ``always`` marks cells that are hidden in any case (primary, unpublished, virtual) and ``choice`` those that may
    be hidden as secondary. ``insiders`` lists the cells that each kind of reader knows: first the outsider, who knows
    none, then each contributor who is alone in a cell.
    """

    value: Integers
    least: Integers
    cost: Integers
    always: Mask
    choice: Mask
    primary: list[int]
    relations: list[Relation]
    needs: list[Need]
    insiders: list[Integers]
    names: list[str]


def build_problem(publication: Publication, settings: Settings) -> Problem:
    """Return the suppression problem of a publication under the settings."""
    layout, totals, rules = publication.layout, publication.totals, settings.rules
    if rules.contributions_needed and not any(totals.largest):
        raise MethodError("this rule needs the largest contributions of every inner cell; name the columns.", "rules")
    primary = primary_cells(layout, totals, rules)
    relations = list(layout.relations)
    lines = group_lines(layout, totals) if rules.group_disclosure else []
    relations += [(len(layout.keys) + number, others) for number, (_, others) in enumerate(lines)]
    count = len(layout.keys) + len(lines)
    value = np.array([*totals.value, *[0] * len(lines)], dtype=np.int64)
    always = np.array([*layout.hidden, *[True] * len(lines)])
    visible = ~always
    always[list(primary)] = True
    zeros = _above({cell for cell in primary if not value[cell]} | {z for _, z_ in lines for z in z_}, relations)
    choice = visible & ~always & ((value > 0) | settings.hide_zeros)
    choice[[cell for cell in zeros if visible[cell] and not always[cell]]] = True
    least = np.where(visible & (value > 0), settings.lowest, 0).astype(np.int64)
    needs = [_need(cell, int(value[cell]), int(least[cell]), level, settings) for cell, level in primary.items()]
    needs += [Need(len(layout.keys) + number, 0, 1, 1) for number in range(len(lines))]
    return Problem(
        value,
        least,
        _costs(publication, settings.cost, count),
        always,
        choice,
        sorted(primary),
        relations,
        needs,
        [np.array([], dtype=np.int64), *(_sole_contributors(totals.sole) if settings.singletons else [])],
        [
            *(layout.name(cell) for cell in range(len(layout.keys))),
            *(f"all but {layout.name(whole)}" for whole, _ in lines),
        ],
    )


def _need(cell: int, value: int, least: int, level: int, settings: Settings) -> Need:
    around = ceil(settings.percent / 100 * value)
    up = max(around, level if settings.rule_interval else 0)
    return Need(cell, min(around, value - least), up, max(settings.width, 1))


def _above(cells: set[int], relations: Sequence[Relation]) -> set[int]:
    """Return the cells and every total that they are part of.

    A zero that must be able to be more than zero drags its totals along, even when those are zero as well.
    """
    totals: dict[int, list[int]] = {}
    for total, parts in relations:
        for part in parts:
            totals.setdefault(part, []).append(total)
    found, queue = set(cells), deque(cells)
    while queue:
        for total in totals.get(queue.popleft(), ()):
            if total not in found:
                found.add(total)
                queue.append(total)
    return found


def _costs(publication: Publication, cost: Cost, count: int) -> Integers:
    known = {
        "value": publication.totals.value,
        "frequency": publication.totals.frequency,
        "number": [1] * len(publication.totals.value),
    }
    costs = np.zeros(count, dtype=np.int64)
    costs[: len(publication.totals.value)] = known[cost]
    return costs


def _sole_contributors(sole: Sequence[int | None]) -> list[Integers]:
    """Return for every contributor who is alone in some cell all the cells in which he is alone."""
    groups: dict[int, list[int]] = {}
    for cell, inner in enumerate(sole):
        if inner is not None:
            groups.setdefault(inner, []).append(cell)
    return [np.array(cells, dtype=np.int64) for cells in groups.values()]

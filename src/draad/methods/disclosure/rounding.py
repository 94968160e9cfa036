"""Controlled rounding: every published value becomes a multiple of a base, and the tables still add up.

Cox (1987); the tau-ARGUS manual 4.1. With zero extra steps a value goes to one of the two multiples beside it and a
multiple stays as it is (zero-restricted rounding); each further step allows one multiple more on both sides.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from draad.methods.disclosure.audit import Interval
from draad.methods.disclosure.bounds import Unknowns
from draad.methods.disclosure.inner import Publication
from draad.methods.disclosure.linear import INFINITY, Model, Outcome
from draad.methods.disclosure.problem import Integers
from draad.methods.errors import MethodError


@dataclass(frozen=True, slots=True)
class Rounding:
    """Rounded values of all cells of a layout, the sum of their distances to the true ones, and the proven least sum.

    Units are those of the value; unpublished cells are rounded too, so that one set of inner cells fits all tables.
    """

    rounded: list[int]
    cost: int
    bound: int
    base: int
    steps: int

    @property
    def optimal(self) -> bool:
        """Return whether no allowed rounding lies nearer to the true values."""
        return self.cost == self.bound

    @property
    def gap(self) -> float:
        """Return the share of the distance that is not proven to be needed: 0 when optimal."""
        return (self.cost - self.bound) / self.cost if self.cost else 0.0


def round_tables(publication: Publication, base: int, steps: int = 0, time_limit: float | None = None) -> Rounding:
    """Return the additive rounding to multiples of ``base`` that lies nearest to the true values.

    Raises MethodError for a base below 2 or negative steps, and when no additive rounding exists within the steps or
    was found in ``time_limit`` seconds.
    """
    if base < 2:
        raise MethodError("the base is a whole number of at least 2, such as 5.", "rounding")
    if steps < 0:
        raise MethodError("the number of extra steps is 0 or more.", "rounding")
    layout, value = publication.layout, np.array(publication.totals.value, dtype=np.int64)
    shown = ~np.array(layout.hidden)
    model = _model(publication, value, shown, base, steps)
    outcome = model.run(time_limit)
    if outcome is Outcome.INFEASIBLE:
        message = f"no rounding to multiples of {base} adds up within {steps} extra steps; allow one more."
        raise MethodError(message, "rounding")
    if not model.has_solution:
        raise MethodError("no rounding was found in the time given; allow more time.", "rounding")
    rounded = base * np.rint(model.columns[: len(value)]).astype(np.int64)
    cost = int(np.abs(rounded - value)[shown].sum())
    bound = min(max(int(np.ceil(model.lowest_possible - 1e-6)), 0), cost)
    return Rounding([int(number) for number in rounded], cost, bound, base, steps)


def _model(publication: Publication, value: Integers, shown: np.ndarray, base: int, steps: int) -> Model:
    """Columns: the multiple of each cell, then how far it lies above and below the true value."""
    count = len(value)
    lowest = np.where(shown, np.maximum(value // base - steps, 0), 0)
    highest = np.where(shown, -(-value // base) + steps, INFINITY)
    nothing, limit = np.zeros(2 * count), np.full(2 * count, INFINITY)
    distance = np.where(np.tile(shown, 2), 1.0, 0.0)
    model = Model(
        np.concatenate([np.zeros(count), distance]),
        np.concatenate([lowest, nothing]),
        np.concatenate([highest, limit]),
    )
    model.add_sums(publication.layout.relations)
    for cell in np.flatnonzero(shown):
        columns = [int(cell), int(cell) + count, int(cell) + 2 * count]
        model.add_row(float(value[cell]), columns, [float(base), -1.0, 1.0], float(value[cell]))
    model.make_whole()
    return model


def rounding_intervals(publication: Publication, rounded: Sequence[int], base: int, steps: int = 0) -> list[Interval]:
    """Return for every cell the lowest and highest true value that fit the published rounding, tables taken together.

    By itself a published value y tells that the true one lies less than (steps + 1) times the base away; with base 5
    and one extra step 15 stands for 6 to 24. The sums between cells can narrow that, which is taken into account.
    """
    layout = publication.layout
    hidden = np.array(layout.hidden)
    published = np.array(rounded, dtype=np.int64)
    room = base * (steps + 1) - 1
    ceiling = int(published.max()) + room
    least = np.where(hidden, 0, np.maximum(published - room, 0))
    most = np.where(hidden, ceiling, published + room)
    unknowns = Unknowns(least, layout.relations, [0] * len(layout.relations), most)
    found = []
    for cell in range(len(hidden)):
        highest = unknowns.highest(cell)
        found.append(Interval(unknowns.lowest(cell), ceiling if highest is None else highest))
    return found

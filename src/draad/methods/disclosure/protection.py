"""Protect tables from one call: primary rules, complementary suppression and the audit of the result."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from draad.methods.disclosure.audit import Audit, Required, audit, audit_insider
from draad.methods.disclosure.hierarchy import Hierarchy
from draad.methods.disclosure.inner import InnerCell, Publication, plan_publication
from draad.methods.disclosure.problem import Mask, Problem, Settings, build_problem
from draad.methods.disclosure.suppress import Pattern, suppress


@dataclass(frozen=True, slots=True)
class Protection:
    """Protected tables: what is published, which cells are suppressed, and what the audit found.

    ``primary`` and ``secondary`` are numbers of published cells in the layout of the publication.
    """

    publication: Publication
    pattern: Pattern
    primary: frozenset[int]
    secondary: frozenset[int]
    audit: Audit

    @property
    def findings(self) -> list[str]:
        """Return sentences about the tables that their publisher should know."""
        names = self.publication.layout
        excused = [
            f"Whoever is alone in {names.name(int(item.known[0]))} knows {names.name(item.need.cell)} anyway."
            for item in self.pattern.excused
            if item.need.cell < len(names.keys)
        ]
        return [*self.publication.findings, *excused]


def protect(
    inner: Sequence[InnerCell],
    tables: Sequence[Sequence[str]],
    settings: Settings,
    hierarchy: Hierarchy | None = None,
    time_limit: float | None = None,
) -> Protection:
    """Return the tables with the cheapest safe set of suppressed cells, or the best one found in the time limit.

    ``tables`` names the dimensions of each published table, ``time_limit`` is in seconds. Raises MethodError for
    tables, rules or settings that do not fit the inner cells.
    """
    publication = plan_publication(inner, tables, hierarchy)
    problem = build_problem(publication, settings)
    pattern = suppress(problem, time_limit)
    hidden = pattern.hidden.copy()
    result = _audit(publication, problem, pattern, hidden, settings)
    useless = [cell for cell in result.disclosed if problem.choice[cell]]
    if useless:
        # Only a search that ran out of time leaves these: what everybody can work out may as well be shown.
        hidden[useless] = False
        cost = int(problem.cost[hidden & problem.choice].sum())
        pattern = Pattern(hidden, cost, min(pattern.bound, cost), pattern.excused)
        result = _audit(publication, problem, pattern, hidden, settings)
    secondary = np.flatnonzero(hidden & problem.choice)
    return Protection(publication, pattern, frozenset(problem.primary), frozenset(map(int, secondary)), result)


def _audit(publication: Publication, problem: Problem, pattern: Pattern, hidden: Mask, settings: Settings) -> Audit:
    """Audit the pattern from the open values alone, for outsiders and for everyone who is alone in a cell."""
    layout = publication.layout
    shown = {cell: int(problem.value[cell]) for cell in range(len(layout.keys)) if not hidden[cell]}
    asked = {}
    for need in problem.needs:
        if need.cell < len(layout.keys):
            value = int(problem.value[need.cell])
            asked[need.cell] = Required(value - need.down, value + need.up, need.width)
    result = audit(layout, shown, lowest=settings.lowest, required=asked)
    excused = {(item.known.tobytes(), item.need.cell) for item in pattern.excused}
    for cells in problem.insiders[1:]:
        known = {int(cell): int(problem.value[cell]) for cell in cells}
        if all(cell in shown for cell in known):
            continue
        widths = {
            cell: required.width
            for cell, required in asked.items()
            if cell not in known and (cells.tobytes(), cell) not in excused
        }
        told = audit_insider(layout, shown, known, widths, lowest=settings.lowest)
        result.known_to_insiders.extend((tuple(known), cell) for cell in told)
    return result

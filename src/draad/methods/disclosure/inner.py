"""Inner cells: the finest figures that the publisher holds, from which every table is summed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from draad.methods.disclosure.hierarchy import Hierarchy, Link, columns_that_determine
from draad.methods.disclosure.layout import Key, Layout, build_layout
from draad.methods.disclosure.linkage import joint_tables
from draad.methods.errors import MethodError


@dataclass(frozen=True, slots=True)
class InnerCell:
    """One inner cell.

    ``codes`` gives its code for every dimension; ``value`` is a whole number in the smallest unit shown (persons, or
    cents for euro with two decimals); ``frequency`` is the number of contributors, the value itself for a count;
    ``largest`` holds the largest contributions, in the unit of the value, largest first.
    """

    codes: Mapping[str, str]
    value: int
    frequency: int
    largest: tuple[int, ...] = ()


@dataclass(slots=True)
class Totals:
    """For every cell of a layout, in its order: value, contributors, largest contributions and sole inner cell.

    ``sole`` is the number of the inner cell that holds the only contributor, or None when there is not exactly one.
    """

    value: list[int]
    frequency: list[int]
    largest: list[tuple[int, ...]]
    sole: list[int | None]


@dataclass(slots=True)
class Publication:
    """Tables to be published together: their layout and the totals of each cell."""

    layout: Layout
    totals: Totals
    findings: list[str] = field(default_factory=list)


def plan_publication(
    inner: Sequence[InnerCell], tables: Sequence[Sequence[str]], hierarchy: Hierarchy | None = None
) -> Publication:
    """Return the publication of ``tables`` (each a sequence of dimensions or levels) summed from the inner cells.

    A combination without an inner cell counts zero. Raises MethodError for a table that names an unknown dimension,
    names one twice, is given twice or holds two levels of one hierarchy.
    """
    if not inner:
        raise MethodError("there are no inner cells to publish.", "cells")
    chosen = hierarchy or Hierarchy()
    names = list(dict.fromkeys(name for table in tables for name in table))
    rows = _complete_codes(inner, names, chosen)
    found = _known_links(rows, tables, chosen)
    whole = Hierarchy((*chosen.links, *found))
    _check_tables(tables, whole)
    codes = _codes(rows, [*names, *(link.child for link in whole.links)])
    layout = build_layout(tables, codes, whole, joint_tables(tables, whole))
    findings = [
        f"Every {link.child} lies in one {link.parent}, so its sums by {link.parent} count as known." for link in found
    ]
    return Publication(layout, _totals(layout, inner, rows), findings)


def _complete_codes(inner: Sequence[InnerCell], names: Sequence[str], hierarchy: Hierarchy) -> list[dict[str, str]]:
    """Return for every inner cell its codes of all dimensions named and all levels above them."""
    columns = set(inner[0].codes)
    rows = []
    for number, cell in enumerate(inner, start=1):
        codes = dict(cell.codes)
        for name in columns:
            for level, code in hierarchy.codes_of(name, cell.codes[name]).items():
                if codes.setdefault(level, code) != code:
                    own = cell.codes[name]
                    message = f"{name} '{own}' belongs to {level} '{code}', but the cell has '{codes[level]}'."
                    raise MethodError(message, f"inner cell {number}")
        rows.append(codes)
    for name in names:
        if name not in rows[0]:
            known = ", ".join(sorted(rows[0]))
            raise MethodError(f"there is no dimension '{name}'; the dimensions are {known}.", "tables")
    return rows


def _known_links(
    rows: Sequence[Mapping[str, str]], tables: Sequence[Sequence[str]], hierarchy: Hierarchy
) -> list[Link]:
    """Return steps between dimensions of different tables that follow from the data and that outsiders know too."""
    names = list(dict.fromkeys(name for table in tables for name in table))
    links: list[Link] = []
    for lower in names:
        for higher in names:
            together = any(lower in table and higher in table for table in tables)
            if lower == higher or together or higher in hierarchy.above(lower) or lower in hierarchy.above(higher):
                continue
            codes = columns_that_determine(rows, lower, higher)
            same = any(link.child == higher and link.parent == lower for link in links)
            if codes is not None and not same:
                links.append(Link(lower, higher, codes, published=False))
    return links


def _check_tables(tables: Sequence[Sequence[str]], hierarchy: Hierarchy) -> None:
    if not tables:
        raise MethodError("there is no table to publish; name at least one.", "tables")
    for table in tables:
        where = f"table {','.join(table)}"
        if len(set(table)) < len(table) or not table:
            raise MethodError("each dimension is named once.", where)
        if sum(set(table) == set(other) for other in tables) > 1:
            raise MethodError("this table is given twice.", where)
        _check_levels(table, hierarchy, where)


def _check_levels(table: Sequence[str], hierarchy: Hierarchy, where: str) -> None:
    children = {link.child for link in hierarchy.links}
    for name in table:
        for other in table:
            if other in hierarchy.above(name):
                message = f"{other} is a level of {name}; name {name} alone, its subtotals are published too."
                raise MethodError(message, where)
            for below in sorted(children) if name < other else ():
                if {name, other} <= set(hierarchy.above(below)):
                    message = f"{name} and {other} both follow from {below}; publish them in two tables."
                    raise MethodError(message, where)


def _codes(rows: Sequence[Mapping[str, str]], names: Sequence[str]) -> dict[str, list[str]]:
    return {name: list(dict.fromkeys(row[name] for row in rows)) for name in names if name in rows[0]}


def _totals(layout: Layout, inner: Sequence[InnerCell], rows: Sequence[Mapping[str, str]]) -> Totals:
    """Sum the inner cells into every cell of the layout that holds them."""
    count = len(layout.keys)
    totals = Totals([0] * count, [0] * count, [()] * count, [None] * count)
    most = max(len(cell.largest) for cell in inner)
    shapes = {frozenset(level for level, _ in key) for key in layout.keys}
    for number, (cell, codes) in enumerate(zip(inner, rows, strict=True)):
        for shape in shapes:
            key: Key = frozenset((level, codes[level]) for level in shape)
            place = layout.numbers[key]
            totals.value[place] += cell.value
            totals.frequency[place] += cell.frequency
            totals.largest[place] = tuple(sorted((*totals.largest[place], *cell.largest), reverse=True)[:most])
            if cell.frequency:
                totals.sole[place] = number if totals.frequency[place] == 1 else None
    return totals

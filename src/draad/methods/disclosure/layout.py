"""The cells of all tables published together, and the sums that an outsider knows between them.

A cell is named by its key: the codes that hold for it, such as {(region, A), (sex, f)}; a margin leaves a dimension
out. The same key in two tables is the same quantity, so it is one cell with one status. Cells that are not published
but that tie published ones together are in the layout as hidden cells.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from draad.methods.disclosure.hierarchy import Hierarchy
from draad.methods.errors import MethodError

ANY = "*"
"""How a margin is written: every code of the dimension together."""

MOST_CELLS = 250_000
"""More cells than this cannot be checked together on one machine in reasonable time."""

Node = tuple[str, str] | None
Key = frozenset[tuple[str, str]]
Relation = tuple[int, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a published table shows a cell: ``at`` has a code or ``*`` for each of its dimensions."""

    at: dict[str, str]
    cell: int


@dataclass(slots=True)
class Layout:
    """Cells by number, their keys, the sums between them, and the places in each published table.

    ``relations`` holds pairs (total, parts): the value of the total is the sum of the values of the parts.
    """

    keys: list[Key] = field(default_factory=list)
    hidden: list[bool] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    tables: list[tuple[tuple[str, ...], list[Place]]] = field(default_factory=list)
    numbers: dict[Key, int] = field(default_factory=dict)

    def number(self, key: Key, *, hidden: bool) -> int:
        """Return the number of the cell, added if it is new; a cell that is published anywhere is not hidden."""
        number = self.numbers.setdefault(key, len(self.keys))
        if number == len(self.keys):
            if number >= MOST_CELLS:
                message = f"the tables together have more than {MOST_CELLS} cells; publish fewer dimensions at once."
                raise MethodError(message)
            self.keys.append(key)
            self.hidden.append(hidden)
        elif not hidden:
            self.hidden[number] = False
        return number

    def name(self, cell: int) -> str:
        """Return the key as text for messages, such as ``region=A, sex=*`` without the margins."""
        return ", ".join(f"{level}={code}" for level, code in sorted(self.keys[cell])) or "the total"


@dataclass(frozen=True, slots=True)
class Axis:
    """One dimension of one table: its nodes and which nodes add up to which."""

    dimension: str
    nodes: tuple[Node, ...]
    visible: frozenset[Node]
    sums: tuple[tuple[Node, tuple[Node, ...]], ...]


def build_layout(
    tables: Sequence[Sequence[str]],
    codes: Mapping[str, Sequence[str]],
    hierarchy: Hierarchy,
    joint: Iterable[Sequence[str]] = (),
) -> Layout:
    """Return the layout of the published tables and of the unpublished ``joint`` tables behind them.

    ``codes`` lists the codes of every dimension named in a table. Each table has all its margins and the subtotals of
    every published level above its dimensions.
    """
    layout = Layout()
    seen: set[Relation] = set()
    for dimensions in tables:
        axes = [_axis(dimension, codes[dimension], hierarchy) for dimension in dimensions]
        layout.tables.append((tuple(dimensions), list(_places(layout, axes))))
    for dimensions in [*tables, *joint]:
        axes = [_axis(dimension, codes[dimension], hierarchy) for dimension in dimensions]
        for relation in _relations(layout, axes):
            if relation not in seen:
                seen.add(relation)
                layout.relations.append(relation)
    return layout


def _axis(dimension: str, codes: Sequence[str], hierarchy: Hierarchy) -> Axis:
    levels = (dimension, *hierarchy.above(dimension))
    chains = [hierarchy.codes_of(dimension, code) for code in codes]
    by_level = {level: dict.fromkeys((level, chain[level]) for chain in chains) for level in levels}
    nodes: tuple[Node, ...] = (*(node for level in levels for node in by_level[level]), None)
    visible_levels = {dimension, *hierarchy.published_above(dimension)}
    visible = frozenset(node for node in nodes if node is None or node[0] in visible_levels)
    return Axis(dimension, nodes, visible, tuple(_sums(levels, chains, hierarchy)))


def _sums(
    levels: Sequence[str], chains: Sequence[Mapping[str, str]], hierarchy: Hierarchy
) -> Iterator[tuple[Node, tuple[Node, ...]]]:
    links = hierarchy.links_within(levels)
    for link in links:
        parts: dict[Node, dict[Node, None]] = {}
        for chain in chains:
            parent, child = (link.parent, chain[link.parent]), (link.child, chain[link.child])
            parts.setdefault(parent, {})[child] = None
        yield from ((parent, tuple(children)) for parent, children in parts.items())
    for level in levels:
        if not any(link.child == level for link in links):
            yield None, tuple(dict.fromkeys((level, chain[level]) for chain in chains))


def _key(nodes: Iterable[Node]) -> Key:
    return frozenset(node for node in nodes if node is not None)


def _places(layout: Layout, axes: Sequence[Axis]) -> Iterator[Place]:
    visible = [[node for node in axis.nodes if node in axis.visible] for axis in axes]
    for nodes in product(*visible):
        at = dict(node or (axis.dimension, ANY) for axis, node in zip(axes, nodes, strict=True))
        yield Place(at, layout.number(_key(nodes), hidden=False))


def _relations(layout: Layout, axes: Sequence[Axis]) -> Iterator[Relation]:
    for position, axis in enumerate(axes):
        others = [other.nodes for number, other in enumerate(axes) if number != position]
        for rest in product(*others):
            shared = _key(rest)
            for total, parts in axis.sums:
                cells = [layout.number(shared | _key([part]), hidden=True) for part in parts]
                yield layout.number(shared | _key([total]), hidden=True), tuple(sorted(cells))

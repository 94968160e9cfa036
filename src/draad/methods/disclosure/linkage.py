"""Which unpublished joint tables must be considered to know exactly what linked tables give away.

Two tables that share margins can be joined freely when the sets of their dimensions form an acyclic hypergraph: any
whole-number values that fit each table then come from one common set of inner cells (the running intersection
property; Beeri and others 1983, and for whole numbers the transport argument on each shared margin). When the sets
form a cycle, such as region by sex, sex by age and age by region, that is not so, and the outsider's true knowledge
needs the joint table of the dimensions in the cycle.
"""

from collections.abc import Sequence

from draad.methods.disclosure.hierarchy import Hierarchy


def joint_tables(tables: Sequence[Sequence[str]], hierarchy: Hierarchy) -> list[tuple[str, ...]]:
    """Return the dimensions of the unpublished tables that tie the published ones together exactly."""
    refined = [_refined(table, tables, hierarchy) for table in tables]
    extra = [new for new, old in zip(refined, tables, strict=True) if new != tuple(old)]
    core = cyclic_core([{level for name in table for level in (name, *hierarchy.above(name))} for table in refined])
    if core:
        covered = {level for name in core for level in hierarchy.above(name)}
        extra.append(tuple(sorted(core - covered)))
    return list(dict.fromkeys(extra))


def _refined(table: Sequence[str], tables: Sequence[Sequence[str]], hierarchy: Hierarchy) -> tuple[str, ...]:
    """Replace a level by a lower one where another table uses a level that crosses it.

    Provinces and city types both consist of municipalities; which municipality lies in both is known to all.
    """
    used = {name for other in tables for name in other}
    return tuple(_common_lower(name, used, hierarchy) or name for name in table)


def _common_lower(name: str, used: set[str], hierarchy: Hierarchy) -> str | None:
    lower = {link.child for link in hierarchy.links if name in hierarchy.above(link.child)}
    for below in sorted(lower, key=lambda level: -len(hierarchy.above(level))):
        crossing = set(hierarchy.above(below)) & used - {name, *hierarchy.above(name)}
        if any(name not in hierarchy.above(other) for other in crossing):
            return below
    return None


def cyclic_core(sets: Sequence[set[str]]) -> set[str]:
    """Return the names left after Graham's reduction: empty exactly when the sets form an acyclic hypergraph.

    Graham (1979), Yu and Ozsoyoglu (1979): drop names in one set only and sets within another set, until nothing
    changes.
    """
    left = [set(names) for names in sets]
    while True:
        before = [set(names) for names in left]
        for names in left:
            names -= {name for name in names if sum(name in other for other in left) == 1}
        left = [
            names
            for number, names in enumerate(left)
            if names and not any(names < other or (names == other and number > n) for n, other in enumerate(left))
        ]
        if left == before:
            return set().union(*left)

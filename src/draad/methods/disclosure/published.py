"""Tables as an outsider holds them: values and suppression marks, without anything about how they were made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from draad.methods.disclosure.audit import Audit, audit
from draad.methods.disclosure.hierarchy import Hierarchy
from draad.methods.disclosure.layout import ANY, Key, Layout, build_layout
from draad.methods.disclosure.linkage import joint_tables
from draad.methods.errors import MethodError


@dataclass(frozen=True, slots=True)
class PublishedCell:
    """One published cell: ``at`` has its code per dimension, ``*`` or nothing for a margin.

    ``value`` is in whole units, None when the cell is suppressed; ``where`` is its place in a file, for messages.
    """

    at: Mapping[str, str]
    value: int | None
    where: str = ""


def audit_published(
    cells: Sequence[PublishedCell], hierarchy: Hierarchy | None = None, *, lowest: int = 0, width: int = 1
) -> tuple[Layout, dict[int, int], Audit]:
    """Return the layout of the published tables, the values shown in it, and what they give away.

    The tables are seen from the cells: every largest set of dimensions that occurs together is a table. All its
    combinations must be there, with a value or suppressed; margins that are not there were not published. Raises
    MethodError for a combination that is missing, a cell with two values and values that contradict one another.
    """
    if not cells:
        raise MethodError("there are no published cells.", "tables")
    chosen = hierarchy or Hierarchy()
    values = _values(cells)
    tables = published_tables(list(values), chosen)
    codes: dict[str, dict[str, None]] = {}
    for key in values:
        for level, code in sorted(key):
            codes.setdefault(level, {})[code] = None
    lists = {level: list(found) for level, found in codes.items()}
    layout = build_layout(tables, lists, chosen, joint_tables(tables, chosen))
    _check_complete(layout, values)
    layout.hidden = [key not in values for key in layout.keys]
    shown = {layout.numbers[key]: value for key, value in values.items() if value is not None}
    return layout, shown, audit(layout, shown, lowest=lowest, width=width)


def _values(cells: Sequence[PublishedCell]) -> dict[Key, int | None]:
    """Return the value of each cell; one that is shown in one table and suppressed in another is shown."""
    values: dict[Key, int | None] = {}
    for cell in cells:
        key: Key = frozenset((level, code) for level, code in cell.at.items() if code not in (ANY, ""))
        earlier = values.get(key)
        if earlier is not None and cell.value is not None and earlier != cell.value:
            message = f"this cell has the value {cell.value} here and {earlier} elsewhere."
            raise MethodError(message, cell.where or "tables")
        values[key] = cell.value if earlier is None else earlier
    return values


def published_tables(keys: Sequence[Key], hierarchy: Hierarchy) -> list[tuple[str, ...]]:
    """Return the dimensions of the tables: the sets of levels in the cells that no other set covers."""
    shapes = list(dict.fromkeys(frozenset(level for level, _ in key) for key in keys))

    def covers(large: frozenset[str], small: frozenset[str]) -> bool:
        return all(any(level in (name, *hierarchy.above(name)) for name in large) for level in small)

    largest = [
        shape for shape in shapes if shape and not any(other != shape and covers(other, shape) for other in shapes)
    ]
    for shape in largest:
        for name in shape:
            if shape & set(hierarchy.above(name)):
                both = sorted(shape & set(hierarchy.above(name)))
                message = f"a cell has codes for {name} and {both[0]}; give the lowest level only."
                raise MethodError(message, f"table {','.join(sorted(shape))}")
    return [tuple(sorted(shape)) for shape in largest]


def _check_complete(layout: Layout, values: Mapping[Key, int | None]) -> None:
    for dimensions, places in layout.tables:
        for place in places:
            key = layout.keys[place.cell]
            if {level for level, _ in key} == set(dimensions) and key not in values:
                message = f"{layout.name(place.cell)} is missing; give its value, or leave that empty if suppressed."
                raise MethodError(message, f"table {','.join(dimensions)}")
    for key in values:
        if key not in layout.numbers:
            named = ", ".join(f"{level}={code}" for level, code in sorted(key))
            raise MethodError(f"{named} does not belong to any published table; see its codes.", "tables")

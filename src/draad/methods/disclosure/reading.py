"""Read inner cells, hierarchy maps and published tables from CSV or Excel files."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from draad.methods.disclosure.hierarchy import Link
from draad.methods.disclosure.inner import InnerCell
from draad.methods.disclosure.layout import ANY
from draad.methods.disclosure.published import PublishedCell
from draad.methods.errors import MethodError
from draad.methods.tabular import Row, Table, parse_number, parse_whole, read_table

MARKS = ("", "x", "X", ":", "c", "...", "…")
"""How a suppressed value may be written in a published table."""

_MOST_DECIMALS = 4
_LARGEST = 10**12
_NO_DIMENSIONS = ("table", "status")


@dataclass(frozen=True, slots=True)
class ValueColumns:
    """The columns of figures in a file of inner cells: the value, contributors and the largest contributions."""

    value: str
    frequency: str | None = None
    largest: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Return all of them."""
        return (self.value, *((self.frequency,) if self.frequency else ()), *self.largest)


def read_inner_cells(path: Path, columns: ValueColumns, dimensions: Sequence[str]) -> tuple[list[InnerCell], int]:
    """Return the inner cells of a file and the number of decimals of their values.

    Values are returned in whole units of the last decimal. ``dimensions`` are the columns wanted; other columns of
    codes may be there and only make the rows finer. Raises MethodError naming the row and column of a missing code, a
    value that is not a number of zero or more, a row given twice, or contributors that do not fit the value.
    """
    table = read_table(path, [*columns.all, *dimensions])
    codes = [name for name in table.columns if name not in columns.all]
    _check_duplicates(table, codes)
    decimals = max(
        (_decimals(row, name) for row in table.rows for name in (columns.value, *columns.largest)), default=0
    )
    cells = [_inner_cell(row, columns, dimensions, decimals) for row in table.rows]
    if not cells:
        raise MethodError("the file has no rows below its heading.", path.name)
    return cells, decimals


def columns_of(path: Path) -> tuple[str, ...]:
    """Return the names of the columns of a file."""
    return read_table(path).columns


def _check_duplicates(table: Table, codes: Sequence[str]) -> None:
    seen: dict[tuple[str, ...], Row] = {}
    for row in table.rows:
        first = seen.setdefault(tuple(row[name] for name in codes), row)
        if first is not row:
            raise MethodError(
                f"these codes are in row {first.number} already; give each combination once.", row.where()
            )


def _decimals(row: Row, column: str) -> int:
    if not row[column]:
        return 0
    exponent = parse_number(row[column], row.where(column)).normalize().as_tuple().exponent
    places = max(-int(exponent), 0)
    if places > _MOST_DECIMALS:
        raise MethodError(f"{row[column]} has more than {_MOST_DECIMALS} decimals.", row.where(column))
    return places


def _inner_cell(row: Row, columns: ValueColumns, dimensions: Sequence[str], decimals: int) -> InnerCell:
    value = _units(row, columns.value, decimals)
    if columns.frequency is None:
        if decimals:
            message = "values with decimals are no counts; name the column with the number of contributors."
            raise MethodError(message, "frequency")
        frequency = value
    else:
        frequency = parse_whole(row[columns.frequency], row.where(columns.frequency))
    largest = tuple(_units(row, name, decimals) for name in columns.largest if row[name])
    _check_contributors(row, columns, value, frequency, largest)
    return InnerCell({name: _code(row, name) for name in dimensions}, value, frequency, largest)


def _check_contributors(row: Row, columns: ValueColumns, value: int, frequency: int, largest: tuple[int, ...]) -> None:
    if value and not frequency:
        raise MethodError("there is a value but nobody contributes to it.", row.where(columns.frequency))
    if not columns.largest:
        return
    if sum(largest) > value:
        raise MethodError("the largest contributions together are more than the value.", row.where(columns.value))
    if list(largest) != sorted(largest, reverse=True):
        raise MethodError("give the largest contribution first.", row.where(columns.largest[0]))
    if len(largest) < min(len(columns.largest), frequency):
        raise MethodError("a large contribution is missing; only empty cells may leave them out.", row.where())


def _units(row: Row, column: str, decimals: int) -> int:
    value = parse_number(row[column], row.where(column))
    if value > _LARGEST:
        raise MethodError(f"{row[column]} is too large; give values in a larger unit.", row.where(column))
    return int(value.scaleb(decimals))


def _code(row: Row, column: str) -> str:
    code = row[column]
    if not code or code == ANY:
        raise MethodError(
            f"there is no code; inner cells have one in every dimension, and no margin '{ANY}'.", row.where(column)
        )
    return code


def read_link(path: Path, child: str, parent: str) -> Link:
    """Return the step of a hierarchy from a file with the columns child and parent (or named as the levels are).

    Raises MethodError naming the row of a code that is missing or belongs to two parents.
    """
    table = read_table(path)
    names = ("child", "parent") if {"child", "parent"} <= set(table.columns) else (child, parent)
    missing = [name for name in names if name not in table.columns]
    if missing:
        message = f"the columns are child and parent (or {child} and {parent}), not {', '.join(table.columns)}."
        raise MethodError(message, path.name)
    codes: dict[str, str] = {}
    for row in table.rows:
        lower, higher = (_code(row, name) for name in names)
        if codes.setdefault(lower, higher) != higher:
            message = (
                f"{child} '{lower}' belongs to {parent} '{codes[lower]}' in an earlier row and to '{higher}' here."
            )
            raise MethodError(message, f"{path.name}, {row.where()}")
    return Link(child, parent, codes)


def read_published(path: Path, value: str = "value", mark: str | None = None) -> tuple[list[PublishedCell], int]:
    """Return the cells of published tables and the number of decimals of their values.

    Every column but ``value``, table and status is a dimension or level; an empty code or ``*`` is a margin. The value
    is empty or a mark (x, :, c, … or the ``mark`` given) where it is suppressed.
    """
    table = read_table(path, [value])
    dimensions = [name for name in table.columns if name not in (value, *_NO_DIMENSIONS)]
    if not dimensions:
        raise MethodError("there is no column with codes beside the value.", path.name)
    marks = {*MARKS, mark}
    decimals = max((_decimals(row, value) for row in table.rows if row[value] not in marks), default=0)
    cells = []
    for row in table.rows:
        shown = None if row[value] in marks else _units(row, value, decimals)
        cells.append(PublishedCell({name: row[name] for name in dimensions if row[name]}, shown, row.where(value)))
    return cells, decimals


def in_units(value: int | None, decimals: int) -> int | str | None:
    """Return a value in its own unit: a whole number, or text with its decimals so that none is lost."""
    if value is None or not decimals:
        return value
    return f"{Decimal(value).scaleb(-decimals):.{decimals}f}"

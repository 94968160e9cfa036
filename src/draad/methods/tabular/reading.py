"""Read the rows of a CSV or Excel file as text, each with the number it has in the file.

The first row that is not empty is the heading. Rows are numbered as a spreadsheet program shows them: the first row of
the file is row 1, empty rows count.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from io import StringIO
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from draad.methods.errors import MethodError

_WORKBOOKS = {".xlsx", ".xlsm", ".xls", ".ods"}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file: its number as in the file and the text of its cells by column, without outer spaces."""

    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def get(self, column: str) -> str:
        """Return the text of the cell, empty when the file does not have the column."""
        return self.cells.get(column, "")

    def where(self, column: str | None = None) -> str:
        """Return the place for an error message, such as ``row 7, column amount``."""
        return f"row {self.number}, column {column}" if column else f"row {self.number}"


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of a file in their order, and its rows that are not empty."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read_rows(path: Path, required: Sequence[str], optional: Sequence[str] = ()) -> list[Row]:
    """Return the rows of a CSV or Excel file that has the ``required`` columns and no others than ``optional``.

    Raises MethodError for a file that cannot be read and for missing, unknown or duplicate columns, naming them and
    those that are right.
    """
    table = read_table(path, required)
    unknown = [column for column in table.columns if column not in (*required, *optional)]
    if unknown:
        known = ", ".join([*required, *optional])
        raise MethodError(f"unknown {_columns(unknown)}; the columns are {known}.", path.name)
    return list(table.rows)


def read_table(path: Path, required: Sequence[str] = ()) -> Table:
    """Return the columns and rows of a CSV or Excel file with at least the ``required`` columns.

    CSV is UTF-8 with or without byte order mark; the delimiter, comma or semicolon, is seen from the heading. Of a
    workbook the first sheet is read. Raises MethodError for a file that cannot be read, missing or duplicate columns,
    and rows with more or fewer cells than the heading.
    """
    lines = _workbook_lines(path) if path.suffix.lower() in _WORKBOOKS else _csv_lines(path)
    filled = ((number, cells) for number, cells in lines if any(cells))
    _, heading = next(filled, (0, []))
    columns = _heading(heading, required, path)
    return Table(columns, tuple(_rows(filled, columns)))


def _heading(cells: list[str], required: Sequence[str], path: Path) -> tuple[str, ...]:
    while cells and not cells[-1]:
        cells = cells[:-1]
    if not cells:
        raise MethodError("the file is empty; the first row names the columns.", path.name)
    if "" in cells:
        raise MethodError(f"column {cells.index('') + 1} has no name in the heading.", path.name)
    duplicate = sorted({column for column in cells if cells.count(column) > 1})
    if duplicate:
        raise MethodError(f"duplicate {_columns(duplicate)}; each column is named once.", path.name)
    missing = [column for column in required if column not in cells]
    if missing:
        raise MethodError(f"missing {_columns(missing)}; the file has {', '.join(cells)}.", path.name)
    return tuple(cells)


def _columns(names: Sequence[str]) -> str:
    return f"column{'s' if len(names) > 1 else ''} {', '.join(names)}"


def _rows(lines: Iterable[tuple[int, list[str]]], columns: tuple[str, ...]) -> Iterator[Row]:
    width = len(columns)
    for number, cells in lines:
        if len(cells) < width or any(cells[width:]):
            raise MethodError(f"{len(cells)} cells where the heading has {width} columns.", f"row {number}")
        yield Row(number, dict(zip(columns, cells, strict=False)))


def _csv_lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    text = _csv_text(path)
    heading = next((line for line in text.split("\n") if line.strip()), "")
    delimiter = max(",;", key=lambda sign: len(next(csv.reader([heading], delimiter=sign), [])))
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            yield number, [cell.strip() for cell in cells]
    except csv.Error as error:
        raise MethodError(f"the CSV cannot be read near line {reader.line_num}: {error}.", path.name) from None


def _csv_text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise MethodError(f"the file cannot be read: {error.strerror}.", str(path)) from None
    except UnicodeDecodeError:
        raise MethodError("the file is not UTF-8; save it as CSV UTF-8 or as xlsx.", path.name) from None


def _workbook_lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
        lines = sheet.to_python(skip_empty_area=False)
    except (CalamineError, OSError) as error:
        raise MethodError(f"the workbook cannot be read: {error}.", path.name) from None
    for number, cells in enumerate(lines, start=1):
        yield number, [_cell_text(cell) for cell in cells]


def _cell_text(cell: object) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        # A workbook holds binary fractions and shows 15 digits; a formula's 0.30000000000000004 is meant as 0.3.
        return f"{Decimal(f'{cell:.15g}').normalize():f}"
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return str(cell).strip()

"""Read the rows of a CSV or Excel file and the values of their cells, with errors that name row and column."""

from draad.methods.tabular.cells import (
    LARGEST_CENTS,
    parse_cents,
    parse_date,
    parse_number,
    parse_whole,
)
from draad.methods.tabular.reading import Row, Table, read_rows, read_table

__all__ = [
    "LARGEST_CENTS",
    "Row",
    "Table",
    "parse_cents",
    "parse_date",
    "parse_number",
    "parse_whole",
    "read_rows",
    "read_table",
]

"""A table as data: what a page shows, an Excel sheet holds and a CSV file carries is one definition."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, Generic, TypeVar

Row = TypeVar("Row")


@dataclass(frozen=True)
class Gap:
    """A value that is not there, with the word that says why: not published, not provided, unknown."""

    why: Any  # a sentence, or a lazy translation of one

    def __str__(self) -> str:
        return str(self.why)


@dataclass(frozen=True)
class NotApplicable:
    """A value that cannot exist here; shown as n.v.t."""

    def __str__(self) -> str:
        return "n.v.t."


@dataclass(frozen=True)
class Words:
    """The words that a file needs in the language of its reader; ``example`` stands above tables of example data."""

    yes: str = "ja"
    no: str = "nee"
    not_applicable: str = "n.v.t."
    total: str = "Totaal"
    example: str = ""

    def of(self, value: bool | NotApplicable) -> str:  # noqa: FBT001  the value of a cell, no switch
        """The word for yes, no or not applicable."""
        if isinstance(value, NotApplicable):
            return self.not_applicable
        return self.yes if value else self.no


Value = str | int | Decimal | date | bool | Gap | NotApplicable | None


class Kind(Enum):
    """What a column holds; decides alignment, number format and sorting. A code is text that stays on one line."""

    TEXT = "text"
    CODE = "code"
    COUNT = "count"
    YEAR = "year"
    EURO = "euro"
    PERCENT = "percent"
    DECIMAL = "decimal"
    DATE = "date"
    YES_NO = "yes_no"

    @property
    def numeric(self) -> bool:
        """Whether values stand at the right and get a number format."""
        return self in _NUMERIC


_NUMERIC = frozenset({Kind.COUNT, Kind.EURO, Kind.PERCENT, Kind.DECIMAL})


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column: its key in addresses, heading for people, and how a row gives its value.

    Args:
        key: short name in the address (``?sort=-population``) and in CSV for machines.
        label: heading; may be a lazy translation.
        value: the value of a row; None is an empty cell, a missing figure is a ``Gap``.
        kind: what it holds.
        link: address that the cell leads to, or None.
        choices: whether the reader may filter on one of the values that occur.
        order_by: column of the database to sort on when the rows are a query set.
        filter_by: column of the database to filter on when the rows are a query set.
        total: whether the foot of the table adds this column up.
        total_by: column of the database, never empty, to add up when the rows are a query set.
        wide: needs room (long text): Excel wraps it.
        language: the language of its texts when they are kept in one only, such as nl: a page in another marks them.
    """

    key: str
    label: Any
    value: Callable[[Row], Value]
    kind: Kind = Kind.TEXT
    link: Callable[[Row], str | None] | None = None
    choices: bool = False
    order_by: str = ""
    filter_by: str = ""
    total: bool = False
    total_by: str = ""
    wide: bool = False
    language: str = ""


@dataclass(frozen=True)
class Table(Generic[Row]):
    """A named list of rows with columns, its explanation and where it comes from.

    Args:
        key: name in addresses and file names.
        title: what it shows, for people.
        columns: the first is the heading of each row.
        rows: all rows (a sequence or a Django query set), in their natural order.
        about: one or two sentences under the title.
        source: where the values come from.
        example: whether the rows are example data, to be marked so everywhere.
        search: how the text of a row is found by the filter box; None leaves the box out.
        search_by: columns of the database that the filter box looks in when the rows are a query set.
    """

    key: str
    title: Any
    columns: Sequence[Column[Row]]
    rows: Iterable[Row]
    about: Any = ""
    source: Any = ""
    example: bool = False
    search: Callable[[Row], str] | None = None
    search_by: Sequence[str] = ()

    def column(self, key: str) -> Column[Row] | None:
        """The column with that key, if there is one."""
        return next((column for column in self.columns if column.key == key), None)


def sort_key(value: Value) -> tuple[int, Any]:
    """Sorts values of one column: numbers, dates and words in their order, gaps and empty cells last."""
    if value is None or isinstance(value, Gap | NotApplicable):
        return (1, 0)
    if isinstance(value, str):
        return (0, value.casefold())
    return (0, value)


@dataclass(frozen=True)
class Total:
    """The foot of a column: the sum of the parts shown; ``at_least`` when a part is missing, so it may be more."""

    value: int | Decimal | None
    at_least: bool = False


def add_up(values: Iterable[Value]) -> Total:
    """The sum of the values shown. Missing is not zero: with a gap among them the sum is a lower bound."""
    shown = list(values)
    numbers = [value for value in shown if isinstance(value, int | Decimal) and not isinstance(value, bool)]
    if not numbers:
        return Total(None)
    return Total(sum(numbers[1:], start=numbers[0]), any(isinstance(value, Gap) for value in shown))


def has_cents(values: Iterable[Value]) -> bool:
    """Whether one of the amounts is not a whole number of euro, so that all of its column show two decimals."""
    return any(isinstance(value, Decimal) and value != value.to_integral_value() for value in values)

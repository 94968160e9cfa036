"""Shows a table on a page and as a download: sorting, filtering, pages, totals. One view serves all three."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from draad.documents.csvfile import write_csv
from draad.documents.tables import (
    Column,
    Kind,
    Table,
    Total,
    Value,
    Words,
    add_up,
    has_cents,
)
from draad.documents.xlsx import Sheets
from draad.web.formatting import NBSP, display, euro
from draad.web.tablebody import body_of
from draad.web.tablerows import chosen, in_order, options_of

PAGE_SIZE = 100
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Cell(NamedTuple):
    """One cell of a shown table; a page of a table has a thousand of them."""

    column: Column[Any]
    value: Value
    href: str | None = None
    cents: bool = False
    at_least: bool = False

    @property
    def shown(self) -> str | SafeString:
        """The value as it is written; amounts of one column all show cents, or none does."""
        if self.column.kind is Kind.EURO and isinstance(self.value, int | Decimal):
            text: str | SafeString = euro(self.value, cents=self.cents)
        else:
            text = display(self.value, self.column.kind)
        if self.at_least:
            return format_html(
                '<span title="{}">≥{}{}</span>', _("Ten minste: een deel van de waarden ontbreekt."), NBSP, text
            )
        return text


@dataclass(frozen=True)
class Heading:
    """A column heading: the sort value that a click asks for, and the direction it is sorted in now."""

    column: Column[Any]
    sort: str
    direction: str


@dataclass(frozen=True)
class Chooser:
    """A filter on the values of a column."""

    column: Column[Any]
    name: str
    options: list[str]
    chosen: str


@dataclass
class BoundTable:
    """A table as one reader asked for it: sorted, filtered and cut into pages."""

    table: Table[Any]
    prefix: str
    parameters: Mapping[str, str]
    choosers: list[Chooser] = field(init=False)
    page: Page[Any] = field(init=False)

    def __post_init__(self) -> None:
        rows = self.table.rows if isinstance(self.table.rows, QuerySet) else list(self.table.rows)
        self._rows = in_order(self.table, chosen(self.table, rows, self._asked(), self.query), self.sort)
        self.page = Paginator(self._rows, PAGE_SIZE).get_page(self._get("page") or 1)
        columns = [column for column in self.table.columns if column.choices]
        whole = not (self.query or self._asked() or self.page.has_other_pages())
        options = options_of(columns, rows, self.page if whole else None)
        self.choosers = [
            Chooser(column, f"{self.prefix}{column.key}", options[column.key], self._get(column.key))
            for column in columns
        ]

    @property
    def query(self) -> str:
        """What the reader typed in the filter box."""
        return self._get("q").strip()

    @property
    def narrowed(self) -> bool:
        """Whether the reader asked for a part of the rows: words or a choice."""
        return bool(self.query) or any(chooser.chosen for chooser in self.choosers)

    @property
    def searchable(self) -> bool:
        """Whether there is a filter box."""
        return bool(self.table.search or self.table.search_by)

    @property
    def name_of_query(self) -> str:
        """The parameter of the filter box."""
        return f"{self.prefix}q"

    @property
    def name_of_page(self) -> str:
        """The parameter of the page number."""
        return f"{self.prefix}page"

    @property
    def name_of_sort(self) -> str:
        """The parameter of the sort order."""
        return f"{self.prefix}sort"

    @property
    def kept(self) -> list[tuple[str, str]]:
        """The parameters of the page that the filter form must keep: all but its own, the page and a download."""
        own = {self.name_of_query, self.name_of_page, self.name_of_sort, "format", "table"}
        own |= {chooser.name for chooser in self.choosers}
        return [(name, value) for name, value in self.parameters.items() if name not in own]

    @property
    def sort(self) -> str:
        """The sort order that was asked for."""
        return self._get("sort")

    @property
    def page_numbers(self) -> list[int | None]:
        """The pages to link to: the first, the last and those around this one; None where some are left out."""
        shown = self.page.paginator.get_elided_page_range(self.page.number, on_each_side=3, on_ends=1)
        return [number if isinstance(number, int) else None for number in shown]

    @cached_property
    def headings(self) -> list[Heading]:
        """The headings with what a click on each asks for."""
        return [self._heading(column) for column in self.table.columns]

    @property
    def rows(self) -> list[list[Cell]]:
        """The cells of the page that is shown."""
        cents = self._columns_with_cents()
        columns = [(column, column.key in cents) for column in self.table.columns]
        return [[_cell(column, row, cents=shows_cents) for column, shows_cents in columns] for row in self.page]

    @property
    def body(self) -> SafeString:
        """The rows of the page that is shown, as HTML."""
        return body_of(self.rows)

    @cached_property
    def totals(self) -> list[Cell] | None:
        """The foot of the table over all rows that pass the filters, or None when no column is added up."""
        if not any(column.total for column in self.table.columns) or not self.page.paginator.count:
            return None
        cents, sums = self._columns_with_cents(), self._sums()
        found = [(column, sums.get(column.key, Total(None))) for column in self.table.columns]
        return [Cell(column, total.value, None, column.key in cents, total.at_least) for column, total in found]

    def _sums(self) -> dict[str, Total]:
        """What the columns add up to, by key; in the database where it can add up all of them."""
        added = [column for column in self.table.columns if column.total]
        if isinstance(self._rows, QuerySet) and all(column.total_by for column in added):
            by_place = {f"sum_{place}": Sum(column.total_by) for place, column in enumerate(added)}
            sums = self._rows.order_by().aggregate(**by_place)
            return {column.key: Total(sums[f"sum_{place}"]) for place, column in enumerate(added)}
        return {column.key: add_up(column.value(row) for row in self._rows) for column in added}

    @property
    def whole(self) -> Table[Any]:
        """All rows that pass the filters, in the order asked for: what a download holds."""
        return replace(self.table, rows=self._rows)

    def _columns_with_cents(self) -> set[str]:
        amounts = [column for column in self.table.columns if column.kind is Kind.EURO]
        return {column.key for column in amounts if has_cents(column.value(row) for row in self.page)}

    def _get(self, name: str) -> str:
        return self.parameters.get(f"{self.prefix}{name}", "")

    def _asked(self) -> dict[str, str]:
        return {c.key: self._get(c.key) for c in self.table.columns if c.choices and self._get(c.key)}

    def _heading(self, column: Column[Any]) -> Heading:
        direction = {column.key: "ascending", f"-{column.key}": "descending"}.get(self.sort, "")
        return Heading(column, f"-{column.key}" if direction == "ascending" else column.key, direction)


def _cell(column: Column[Any], row: Any, *, cents: bool) -> Cell:
    """A cell; an empty one leads nowhere, because a link needs words."""
    value = column.value(row)
    return Cell(column, value, column.link(row) if column.link and value is not None else None, cents)


def table_page(
    request: HttpRequest, template: str, tables: Sequence[Table[Any]], context: Mapping[str, Any] | None = None
) -> HttpResponse:
    """A page with tables, or one of them as a file when ``?format=xlsx`` or ``csv`` is asked for.

    The template shows a table with ``<c-table :table="tables.key" />``, where ``key`` is the table's key with
    underscores. With more than one table on a page the parameters of each start with its key.
    """
    prefixes = {table.key: f"{table.key}." if len(tables) > 1 else "" for table in tables}
    parameters = {name: value.replace("\0", "") for name, value in request.GET.items() if isinstance(value, str)}
    wanted = parameters.get("table", tables[0].key if tables else "")
    if tables and parameters.get("format") in DOWNLOADS:
        found = next((table for table in tables if table.key == wanted), tables[0])
        return DOWNLOADS[parameters["format"]](BoundTable(found, prefixes[found.key], parameters).whole)
    bound = {table.key.replace("-", "_"): BoundTable(table, prefixes[table.key], parameters) for table in tables}
    return render(request, template, {**(context or {}), "tables": bound})


def xlsx_response(table: Table[Any]) -> HttpResponse:
    """The table as an Excel file to download."""
    book = new_sheets(str(table.title))
    book.add(table)
    return file_response(book.bytes(), f"{table.key}.xlsx", XLSX)


def new_sheets(title: str) -> Sheets:
    """An empty workbook in the language of the reader."""
    return Sheets(title=title, made_at=timezone.localtime(), words=words())


def words() -> Words:
    """The words that files need, in the language of the reader."""
    return Words(
        yes=_("ja"),
        no=_("nee"),
        not_applicable=_("n.v.t."),
        total=_("Totaal"),
        example=_("Voorbeeldgegevens: gemaakt door Draad, geen echte aanvragen of bedragen."),
    )


def csv_response(table: Table[Any]) -> HttpResponse:
    """The table as a CSV file to download."""
    return file_response(write_csv(table, words=words()), f"{table.key}.csv", "text/csv; charset=utf-8")


def file_response(content: bytes, name: str, content_type: str) -> HttpResponse:
    """A file that the browser saves under ``name``."""
    return HttpResponse(
        content, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


DOWNLOADS = {"xlsx": xlsx_response, "csv": csv_response}

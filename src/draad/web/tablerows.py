"""Which rows of a table are shown, in which order, and what can be chosen in its columns; here or in the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import CharField, F, Q, QuerySet, TextField
from django.db.models import Value as Constant
from django.db.models.functions import Cast, Lower

from draad.documents.tables import Column, Gap, NotApplicable, Table, Value, sort_key
from draad.web.formatting import plain

Rows = QuerySet[Any] | list[Any]


def chosen(table: Table[Any], rows: Rows, asked: Mapping[str, str], query: str) -> Rows:
    """The rows with the values that were asked for in columns (by key), and with every word that was typed."""
    columns = {key: column for key in asked if (column := table.column(key))}
    words = query.split()
    if isinstance(rows, QuerySet):
        condition = Q(**{columns[key].filter_by: value for key, value in asked.items()})
        for word in words:
            condition &= reduce(or_, (Q(**{f"{name}__icontains": word}) for name in table.search_by), Q())
        return rows.filter(condition)
    kept = [
        row for row in rows if all(_option(columns[key].value(row), columns[key]) == asked[key] for key in columns)
    ]
    if not words or not table.search:
        return kept
    folded = [word.casefold() for word in words]
    return [row for row in kept if all(word in table.search(row).casefold() for word in folded)]


def in_order(table: Table[Any], rows: Rows, asked: str) -> Rows:
    """The rows by a column (its key, with a dash before it from high to low); what is missing stands last."""
    column = table.column(asked.removeprefix("-"))
    backwards = asked.startswith("-")
    if column is None:
        return rows
    if isinstance(rows, QuerySet):
        if not column.order_by:
            return rows
        by = _sortable(rows, column.order_by)
        return rows.order_by(by.desc(nulls_last=True) if backwards else by.asc(nulls_last=True), "pk")
    keyed = [(sort_key(column.value(row)), row) for row in rows]
    present = sorted((pair for pair in keyed if pair[0][0] == 0), key=lambda pair: pair[0], reverse=backwards)
    return [row for _key, row in present] + [row for key, row in keyed if key[0] == 1]


def _sortable(rows: QuerySet[Any], path: str) -> F | Lower:
    """A column of the database to sort by; words without regard to capitals, as a reader looks for them."""
    by = F(path)
    field = by.resolve_expression(rows.query.clone(), allow_joins=True).output_field
    return Lower(by) if isinstance(field, CharField | TextField) else by


def options_of(columns: Sequence[Column[Any]], rows: Rows, page: Iterable[Any] | None) -> dict[str, list[str]]:
    """What can be chosen in each column, by its key and in order.

    Args:
        columns: those in which one chooses.
        rows: all rows, before anything was chosen.
        page: the same rows where they were read already; else the database is asked, once.
    """
    if not isinstance(rows, QuerySet):
        return {column.key: _occurring(column, rows) for column in columns}
    if page is None:
        return _stored(columns, rows)
    found = {column.key: {_at(row, column.filter_by) for row in page} - {None, ""} for column in columns}
    return {key: sorted(map(str, values), key=_place) for key, values in found.items()}


def _occurring(column: Column[Any], rows: list[Any]) -> list[str]:
    found = {column.value(row) for row in rows} - {None, ""}
    return list(dict.fromkeys(_option(value, column) for value in sorted(found, key=sort_key)))


def _stored(columns: Sequence[Column[Any]], rows: QuerySet[Any]) -> dict[str, list[str]]:
    """What occurs in columns of the database; one query for all of them."""
    options: dict[str, list[str]] = {column.key: [] for column in columns}
    asked = [
        rows.order_by()
        .values_list(Constant(column.key, output_field=TextField()), Cast(column.filter_by, TextField()))
        .distinct()
        for column in columns
    ]
    for key, value in asked[0].union(*asked[1:]) if asked else ():
        if value:
            options[key].append(value)
    return {key: sorted(values, key=_place) for key, values in options.items()}


def _place(option: str) -> tuple[bool, int, str]:
    """Numbers in their order, then words in that of the alphabet."""
    return (False, int(option), "") if option.isdecimal() else (True, 0, option.casefold())


def _at(row: Any, path: str) -> Any:
    """What the database has for a row in a column: ``path`` may lead through other tables that were read along."""
    for name in path.split("__"):
        row = getattr(row, name, None)
    return row


def _option(value: Value, column: Column[Any]) -> str:
    return str(value) if isinstance(value, Gap | NotApplicable) else plain(value, column.kind)

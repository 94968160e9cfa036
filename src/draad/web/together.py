"""Rows of several tables in one statement, for what hangs on many rows in many tables.

A prefetch asks once for every table. Here each row travels as one JSON object in a single ``UNION ALL``, and becomes a
row of its model again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from operator import attrgetter
from typing import Any

from django.db import DEFAULT_DB_ALIAS, models
from django.db.models.functions import Cast, JSONObject

Rows = models.QuerySet[Any, Any]


def together(*asked: Rows) -> list[list[Any]]:
    """The rows of each of these queries, in the order that it names; one statement for all of them.

    A query may filter through relations; related rows are not selected with it.
    """
    legs = [
        rows.order_by().values_list(
            models.Value(place, output_field=models.SmallIntegerField()), JSONObject(**_columns(rows.model))
        )
        for place, rows in enumerate(asked)
    ]
    found: list[list[Any]] = [[] for _rows in asked]
    build = [_builder(rows.model) for rows in asked]
    for place, held in legs[0].union(*legs[1:], all=True):
        found[place].append(build[place](held))
    return [sorted(rows, key=_order(each)) for rows, each in zip(found, asked, strict=True)]


def under(name: str, which: Mapping[str, Any]) -> dict[str, Any]:
    """A filter on rows, as a filter on what points to them by its field ``name``."""
    return {f"{name}__{lookup}": value for lookup, value in which.items()}


def point(rows: Iterable[models.Model], name: str, to: Iterable[models.Model]) -> None:
    """Let the field ``name`` of each row be the one of ``to`` that it points to, without asking."""
    known = {one.pk: one for one in to}
    for row in rows:
        setattr(row, name, known.get(getattr(row, f"{name}_id")))


def hang(parents: Iterable[models.Model], name: str, rows: Sequence[Any]) -> None:
    """Let ``parent.<name>.all()`` be those of ``rows`` that point to it, in their order, as a prefetch would."""
    owners = list(parents)
    if not owners:
        return
    field: Any = owners[0]._meta.get_field(name).field  # type: ignore[union-attr]  # a relation that points back
    held: dict[Any, list[Any]] = {owner.pk: [] for owner in owners}
    for row in rows:
        held.setdefault(getattr(row, field.attname), []).append(row)
    for owner in owners:
        for row in held[owner.pk]:
            setattr(row, field.name, owner)
        hold(owner, name, held[owner.pk])


def hold(parent: models.Model, name: str, rows: list[Any]) -> None:
    """Let ``parent.<name>.all()`` be these rows, without asking."""
    manager: Any = getattr(parent, name)
    found = manager.get_queryset()
    found._result_cache, found._prefetch_done = rows, True
    kept: dict[str, Any] = parent.__dict__.setdefault("_prefetched_objects_cache", {})
    kept[manager.field.remote_field.cache_name] = found


def _order(rows: Rows) -> Callable[[Any], Any]:
    return attrgetter(*map(str, rows.query.order_by))


def _columns(model: type[models.Model]) -> dict[str, Any]:
    """Every column by its name; decimals as text, for JSON knows no exact ones."""
    return {
        field.attname: Cast(field.attname, models.TextField())
        if isinstance(field, models.DecimalField)
        else models.F(field.attname)
        for field in model._meta.concrete_fields
    }


def _builder(model: type[models.Model]) -> Callable[[Mapping[str, Any]], models.Model]:
    names = [field.attname for field in model._meta.concrete_fields]
    readers = {field.attname: _reader(field) for field in model._meta.concrete_fields}

    def build(held: Mapping[str, Any]) -> models.Model:
        values = [None if held[name] is None else readers[name](held[name]) for name in names]
        return model.from_db(DEFAULT_DB_ALIAS, names, values)

    return build


def _reader(field: models.Field[Any, Any]) -> Callable[[Any], Any]:
    """Makes of a value in JSON what the field holds."""
    if isinstance(field, models.DecimalField):
        step = Decimal(1).scaleb(-field.decimal_places)
        return lambda text: Decimal(text).quantize(step)
    if isinstance(field, models.JSONField):
        return lambda held: json.loads(held) if isinstance(held, str) else held
    if isinstance(field, models.DateTimeField):
        return lambda text: _in_utc(field.to_python(text))
    if isinstance(field, models.ForeignKey):
        return _reader(field.target_field)
    return field.to_python


def _in_utc(moment: datetime) -> datetime:
    """A moment of a database that keeps none with its zone: Django writes them in UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

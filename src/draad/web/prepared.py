"""Queries of which the SQL is made once.

Django writes the SQL of a query anew each time that it is asked, and for one row of a few joined tables that takes
many times as long as the database needs to answer. A ``Prepared`` query is written once for each kind of database;
afterwards only its values are filled in. It gives the rows that the same query set would give.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Expression
from django.db.models.sql.compiler import SQLCompiler
from django.http import Http404

from draad.web.together import hold

Row = TypeVar("Row")


class Given(Expression):
    """A value of a prepared query that is given when it is asked, like ``F`` for a column: ``filter(pk=Given("pk"))``.

    Args:
        name: the keyword under which it is given.
        field: what it is; a number when nothing is said.
    """

    def __init__(self, name: str, field: models.Field[Any, Any] | None = None) -> None:
        super().__init__(output_field=field or models.BigIntegerField())
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, Any]:
        """A place for the value; this object itself holds it among the parameters."""
        return "%s", (self,)

    def read(self, values: Mapping[str, Any], connection: BaseDatabaseWrapper) -> Any:
        """The value as the database takes it."""
        return self.output_field.get_db_prep_value(values[self.name], connection)


@dataclass(frozen=True)
class _Written:
    """A query as one kind of database reads it; what Django's compiler would find out anew each time is kept."""

    asked: Any
    compiler: SQLCompiler
    sql: str
    parameters: tuple[Any, ...]
    converters: Any

    def rows(self, connection: BaseDatabaseWrapper, values: Mapping[str, Any]) -> list[Any]:
        """The rows that the database gives for these values."""
        filled = tuple(each.read(values, connection) if isinstance(each, Given) else each for each in self.parameters)
        ready: Any = copy(self.compiler)
        ready.connection = connection
        ready.as_sql = lambda: (self.sql, filled)
        ready.get_converters = lambda _fields: self.converters
        source = SimpleNamespace(
            query=SimpleNamespace(get_compiler=lambda *_using, **_named: ready),
            db=connection.alias,
            model=self.asked.model,
            _known_related_objects={},
        )
        return list(self.asked._iterable_class(source))


def _written(asked: models.QuerySet[Any, Any], connection: BaseDatabaseWrapper) -> _Written:
    compiler: Any = asked.query.get_compiler(connection=connection)
    sql, parameters = compiler.as_sql()
    fields = [column[0] for column in compiler.select[: compiler.col_count]]
    return _Written(asked, compiler, sql, tuple(parameters), compiler.get_converters(fields))


class Prepared(Generic[Row]):
    """A query with ``Given`` values, asked as often as is needed.

    What makes it may depend on nothing else: not on the language, the day, or who asks. Prefetches are not followed;
    ask them beside it and put them in their place with ``attach``.
    """

    def __init__(self, make: Callable[[], models.QuerySet[Any, Row]]) -> None:
        self._make = make
        self._written: dict[str, _Written] = {}

    def rows(self, **values: Any) -> list[Row]:
        """The rows for these values, read now."""
        connection = connections[DEFAULT_DB_ALIAS]
        written = self._written.get(connection.vendor)
        if written is None:
            written = self._written[connection.vendor] = _written(self._make(), connection)
        return written.rows(connection, values)

    def of(self, parent: models.Model, name: str) -> list[Row]:
        """The rows that point to ``parent`` by their field ``name``, which is also the value to give."""
        found = self.rows(**{name: parent.pk})
        for row in found:
            setattr(row, name, parent)
        return found

    def first(self, **values: Any) -> Row | None:
        """The first row for these values, or None."""
        return next(iter(self.rows(**values)), None)

    def or_404(self, **values: Any) -> Row:
        """The row for these values.

        Raises:
            Http404: when there is none.
        """
        found = self.first(**values)
        if found is None:
            raise Http404
        return found


def telling(rows: models.QuerySet[Any], *names: str) -> models.QuerySet[Any]:
    """The rows, each of which tells of these relations whether anything points to it, for ``attach`` and ``hanging``.

    Not together with a lock: what was added while the lock was waited for is not seen.
    """
    relations = {name: rows.model._meta.get_field(name) for name in names}
    there = {
        f"has_{name}": models.Exists(
            relation.related_model._base_manager.filter(**{relation.field.name: models.OuterRef("pk")})
        )
        for name, relation in relations.items()
    }
    told: models.QuerySet[Any] = rows.annotate(**there)
    return told


def hanging(parent: models.Model, name: str, rows: Prepared[Row]) -> list[Row]:
    """The rows that point to ``parent`` as its ``name``; nothing is asked when it tells that there are none."""
    manager: Any = getattr(parent, name)
    return rows.of(parent, manager.field.name) if getattr(parent, f"has_{name}", True) else []


def attach(parent: models.Model, name: str, rows: Prepared[Any]) -> None:
    """Let ``parent.<name>.all()`` be the rows that point to it, as a prefetch would."""
    hold(parent, name, hanging(parent, name, rows))

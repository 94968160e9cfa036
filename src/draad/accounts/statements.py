"""Which tables the SQL of a block reads and writes: seen at the connection, so that nobody has to declare it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection

from draad.accounts.models import AuditedModel

_READ = re.compile(r'\b(?:FROM|JOIN)\s+"(\w+)"', re.IGNORECASE)
_WRITTEN = re.compile(r'^\s*(?:INSERT\b.*?\bINTO|UPDATE|DELETE\s+FROM)\s+"(\w+)"', re.IGNORECASE)

Execute = Callable[..., Any]

_reading: ContextVar[set[str] | None] = ContextVar("draad_reading", default=None)
_writing: ContextVar[set[str] | None] = ContextVar("draad_written", default=None)


@cache
def recorded_tables() -> frozenset[str]:
    """The tables that are written inside a recording only."""
    return frozenset(model._meta.db_table for model in apps.get_models() if issubclass(model, AuditedModel))


@contextmanager
def tables_read() -> Iterator[set[str]]:
    """Collect the tables that are read in this block, also by what is called from it."""
    outer, tables = _reading.get(), set[str]()
    token = _reading.set(tables)
    try:
        with connection.execute_wrapper(_note_read):
            yield tables
    finally:
        _reading.reset(token)
        if outer is not None:
            outer |= tables


@contextmanager
def not_collected() -> Iterator[None]:
    """Leave the SQL of this block out of what ``tables_read`` collects around it."""
    token = _reading.set(None)
    try:
        yield
    finally:
        _reading.reset(token)


def count_as_read(tables: Iterable[str]) -> None:
    """Add tables to what the block around collects: something read from them was used without SQL."""
    reading = _reading.get()
    if reading is not None:
        reading.update(tables)


def _note_read(execute: Execute, sql: str, *rest: Any) -> Any:
    count_as_read(_READ.findall(sql))
    return execute(sql, *rest)


@contextmanager
def tables_written() -> Iterator[set[str]]:
    """Collect the tables that are written in this block; rows that go with a removed row are written too."""
    outer, tables = _writing.get(), set[str]()

    def note(execute: Execute, sql: str, *rest: Any) -> Any:
        tables.update(_WRITTEN.findall(sql))
        return execute(sql, *rest)

    token = _writing.set(tables if outer is None else outer)
    try:
        with connection.execute_wrapper(note):
            yield tables
    finally:
        _writing.reset(token)


def written_so_far() -> Collection[str]:
    """The tables that were written since the outermost block began that collects them."""
    return _writing.get() or ()

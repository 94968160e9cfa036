"""A copy of the test database in which several people write at the same moment, each with a connection of their own.

Other tests live in a transaction that is rolled back; two writers need transactions that are committed. They write in a
copy, made by the database itself, which is thrown away; so the facts that all tests share stay as they are.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier
from typing import Any, TypeVar

from django.db import connection, connections

T = TypeVar("T")
PATIENCE = 60


@contextmanager
def copied_database(folder: Path) -> Iterator[None]:
    """Let new connections use a copy of the test database; those of this thread stay as they are."""
    settings = connections.settings["default"]
    original = settings["NAME"]
    name = _copy_sqlite(folder) if connection.vendor == "sqlite" else _copy_postgresql(original)
    settings["NAME"] = name
    try:
        yield
    finally:
        settings["NAME"] = original
        if connection.vendor == "postgresql":
            connection.close()  # it may have been opened meanwhile, in the copy, and would end with it
            _run(f'DROP DATABASE "{name}" WITH (FORCE)')


def _copy_sqlite(folder: Path) -> str:
    path = str(folder / "copy.sqlite3")
    connection.ensure_connection()
    with sqlite3.connect(path) as target:
        connection.connection.backup(target)
    target.close()
    return path


def _copy_postgresql(original: str) -> str:
    name = f"{original}_copy"
    connection.close()
    _run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    # A template has no other session: one that an earlier test left open in a thread of its own is ended.
    _run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{original}'")
    _run(f'CREATE DATABASE "{name}" TEMPLATE "{original}"')
    return name


def _run(statement: str) -> None:
    """Run a statement that no transaction may hold, outside the database that it is about."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)


def alone(work: Callable[[], T]) -> T:
    """Do something in the copy, with a connection that is closed afterwards."""
    with ThreadPoolExecutor(1) as people:
        return people.submit(_closing, work).result(PATIENCE)


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Do things in the copy at the same moment; what each gave, or the exception that it raised."""
    start = Barrier(len(works))

    def begin(work: Callable[[], Any]) -> Any:
        start.wait(PATIENCE)
        return _closing(work)

    with ThreadPoolExecutor(len(works)) as people:
        futures: list[Future[Any]] = [people.submit(begin, work) for work in works]
        return [future.exception(PATIENCE) or future.result() for future in futures]


def _closing(work: Callable[[], T]) -> T:
    try:
        return work()
    finally:
        connections.close_all()

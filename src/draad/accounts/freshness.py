"""Remembers what was read for as long as the tables it was read from are not written.

The head of the audit chain has a mark for each table, which every recording that writes the table makes new. A result
is kept with the marks of the tables that its SQL named, and holds while those marks stand: exact in every process,
without a time after which it expires. Why that holds when threads, processes and undone transactions meet stands in
``docs/decisions/0008-remember-until-written.md``.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from threading import Lock
from typing import Any, ParamSpec, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet
from django.utils.translation import get_language

from draad.accounts.models import AuditHead
from draad.accounts.statements import count_as_read, not_collected, recorded_tables, tables_read, written_so_far
from draad.accounts.writing import writing
from draad.web.prepared import Prepared

P = ParamSpec("P")
T = TypeVar("T")
Marks = Mapping[str, str]

MOST_RESULTS = 200

_MARKS: Prepared[Marks] = Prepared(lambda: AuditHead.objects.filter(id=1).values_list("marks", flat=True))

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Result:
    """What a function gave, and the mark of each table that it comes from as it stood before the reading."""

    value: Any
    marks: Marks

    def holds(self, marks: Marks) -> bool:
        """Whether none of its tables was written since."""
        return all(marks.get(table, "") == mark for table, mark in self.marks.items())


class _Memory:
    """The newest results of this process, for all its threads; the one that was used longest ago goes first."""

    def __init__(self) -> None:
        self._results: OrderedDict[Hashable, _Result] = OrderedDict()
        self._lock = Lock()

    def find(self, key: Hashable, marks: Marks) -> _Result | None:
        """The result under a key, when it still holds."""
        with self._lock:
            found = self._results.get(key)
            if found is None or not found.holds(marks):
                return None
            self._results.move_to_end(key)
            return found

    def keep(self, key: Hashable, result: _Result) -> None:
        """Put a result in the place of an older one."""
        with self._lock:
            self._results[key] = result
            self._results.move_to_end(key)
            while len(self._results) > MOST_RESULTS:
                self._results.popitem(last=False)

    def clear(self) -> None:
        """Forget every result."""
        with self._lock:
            self._results.clear()


@dataclass
class _Glance:
    """The marks as one request saw them first, so that a request asks for them once."""

    depth: int
    marks: Marks | None = None


_memory = _Memory()
_glance: ContextVar[_Glance | None] = ContextVar("draad_glance", default=None)


@contextmanager
def one_glance() -> Iterator[None]:
    """Within this block (one request) the marks are read at most once, and again after a write of its own."""
    token = _glance.set(_Glance(_depth()))
    try:
        yield
    finally:
        _glance.reset(token)


def look_again() -> None:
    """Forget the marks that this request saw; the audit calls it after a write."""
    glance = _glance.get()
    if glance is not None:
        glance.marks = None


def forget() -> None:
    """Forget every result of this process, as a new one would begin: for what measures or tests a first look."""
    _memory.clear()


def while_unchanged(make: Callable[P, T]) -> Callable[P, T]:
    """Remember the results of a function that only reads, by its arguments and the language.

    What it gives depends on its arguments, the language and recorded tables, and on nothing else. Callers share the
    result and must not change it. Inside a recording nothing is kept, for its writes are there and its marks are not;
    what was kept before is used as long as neither this recording nor another has written what it comes from.
    """

    @wraps(make)
    def remembered(*args: P.args, **kwargs: P.kwargs) -> T:
        key = (make, args, tuple(sorted(kwargs.items())), get_language())
        marks = _marks()
        found = _memory.find(key, marks)
        if writing():
            if found is None or not found.marks.keys().isdisjoint(written_so_far()):
                return make(*args, **kwargs)
        elif found is None:
            with tables_read() as tables:
                value = make(*args, **kwargs)
            tables |= _tables_of((*args, *kwargs.values()))
            found = _Result(value, {table: marks.get(table, "") for table in tables})
            if tables <= recorded_tables():
                _memory.keep(key, found)
            else:
                not_remembered(make, tables - recorded_tables())
        count_as_read(found.marks)
        result: T = found.value
        return result

    return remembered


def not_remembered(make: Callable[..., Any], tables: Collection[str]) -> None:
    """Tell that a function reads tables that are written without a recording, so that its results cannot be kept."""
    logger.warning("%s is not remembered: it reads %s", make.__qualname__, ", ".join(sorted(tables)))


def _tables_of(values: Iterable[object]) -> set[str]:
    """The tables of objects that are handed in, and of the related objects that these hold: they were read before."""
    tables: set[str] = set()
    known: set[int] = set()
    waiting = list(values)
    while waiting:
        value = waiting.pop()
        if isinstance(value, QuerySet):
            tables.add(value.model._meta.db_table)
            waiting += value._result_cache or ()
        elif isinstance(value, Model) and id(value) not in known:
            known.add(id(value))
            tables.add(value._meta.db_table)
            waiting += [*value._state.fields_cache.values(), *getattr(value, "_prefetched_objects_cache", {}).values()]
    return tables


def _marks() -> Marks:
    glance = _glance.get()
    if glance is not None and glance.marks is not None and not writing():
        return glance.marks
    with not_collected():
        marks: Marks = _MARKS.first() or {}
    if glance is not None and glance.depth == _depth():
        glance.marks = marks  # not inside a transaction of the request itself, which may still be undone
    return marks


def _depth() -> int:
    """How many transactions are open in each other."""
    return len(connection.atomic_blocks)

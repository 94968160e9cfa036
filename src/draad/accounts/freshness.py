"""Remembers what was read for as long as nothing is written: the head of the audit chain says whether anything was.

Every write of an audited table ends in a new head, so a result that was computed under a head is exact while that head
stands, in every process, without a time after which it expires. Inside a recording nothing is remembered: its writes
are there already and its head is not.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.utils.translation import get_language

from draad.accounts.models import AuditHead
from draad.accounts.writing import writing

P = ParamSpec("P")
T = TypeVar("T")

MOST_RESULTS = 200


@dataclass
class _Memory:
    """The results that were computed under one head."""

    head: str = ""
    results: dict[Hashable, Any] = field(default_factory=dict)


@dataclass
class _Glance:
    """The head as one request saw it first, so that a request asks for it once."""

    head: str | None = None


_memory = _Memory()
_glance: ContextVar[_Glance | None] = ContextVar("draad_glance", default=None)


@contextmanager
def one_glance() -> Iterator[None]:
    """Within this block (one request) the head is read at most once, and again after a write of its own."""
    token = _glance.set(_Glance())
    try:
        yield
    finally:
        _glance.reset(token)


def look_again() -> None:
    """Forget the head that this request saw; the audit calls it after a write."""
    glance = _glance.get()
    if glance is not None:
        glance.head = None


def while_unchanged(make: Callable[P, T]) -> Callable[P, T]:
    """Remember the results of a function that only reads, by its arguments and the language.

    Callers share the result and must not change it.
    """

    @wraps(make)
    def remembered(*args: P.args, **kwargs: P.kwargs) -> T:
        if writing():
            return make(*args, **kwargs)
        memory = _memory_of(_head())
        key = (make, args, tuple(sorted(kwargs.items())), get_language())
        if key not in memory.results:
            if len(memory.results) >= MOST_RESULTS:
                memory.results.clear()
            memory.results[key] = make(*args, **kwargs)
        found: T = memory.results[key]
        return found

    return remembered


def _memory_of(head: str) -> _Memory:
    global _memory  # one memory for the process; replaced as a whole, so that threads never see half
    if _memory.head != head:
        _memory = _Memory(head)
    return _memory


def _head() -> str:
    glance = _glance.get()
    if glance is not None and glance.head is not None:
        return glance.head
    head: str = AuditHead.objects.filter(id=1).values_list("hash", flat=True).first() or ""
    if glance is not None:
        glance.head = head
    return head

"""Whether a write is allowed just now: only inside a recording of the audit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_writing: ContextVar[bool] = ContextVar("draad_writing", default=False)


class UnrecordedWriteError(RuntimeError):
    """An audited table was written outside ``audit.recording``: a mistake of the programmer."""


def writing() -> bool:
    """Whether a recording is open in this context."""
    return _writing.get()


def check_writing(model: type) -> None:
    """Refuse a write that would leave no audit event."""
    if not _writing.get():
        raise UnrecordedWriteError(f"{model.__name__} is written only inside audit.recording(by=…)")


@contextmanager
def writing_allowed() -> Iterator[None]:
    """Allow writes to audited tables in this context; used by the audit alone."""
    token = _writing.set(True)
    try:
        yield
    finally:
        _writing.reset(token)

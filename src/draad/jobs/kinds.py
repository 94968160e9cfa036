"""The kinds of long work. A room declares its own in ``<room>/jobs.py``; they are read when Draad starts.

A kind is a function that works out and gives an ``Outcome``. It writes nothing of its own accord: what must be written
it hands over as ``store``, which is done in one transaction with the end of the job. So what is begun again after an
interruption is written once, or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO, Any, Protocol

from draad.accounts.actor import Actor
from draad.accounts.guards import Guard


class Say(Protocol):
    """Tells the person who waits how far it is."""

    def __call__(self, done: int, total: int, text: str = "") -> None:
        """``done`` of ``total`` steps; ``text`` is a sentence.

        Raises:
            StoppedError: when the job was stopped in the meantime; let it pass.
        """


@dataclass(frozen=True)
class Work:
    """One job to do: for whom, with what (as it was given to ``start``), and how to say how far it is."""

    by: Actor
    parameters: Mapping[str, Any]
    say: Say


@dataclass(frozen=True)
class MadeFile:
    """A file that was made: its name for the person, what it is, and its content, read from the start."""

    name: str
    media_type: str
    content: IO[bytes]


@dataclass(frozen=True)
class Place:
    """A page of the site: its route, the arguments of the route, and what follows the question mark."""

    route: str
    arguments: Sequence[str | int] = ()
    query: str = ""


@dataclass(frozen=True)
class Outcome:
    """What came of a job.

    Args:
        file: a file to fetch.
        store: writes what must be written, in one transaction with the end of the job, and gives the page to go on to.
    """

    file: MadeFile | None = None
    store: Callable[[], Place] | None = None


Run = Callable[[Work], Outcome]


@dataclass(frozen=True)
class Kind:
    """A kind of work: its key, its title (lazy), who may have it done, and the function that does it."""

    key: str
    title: Any
    guard: Guard
    run: Run = field(compare=False)


_kinds: dict[str, Kind] = {}


def kind(key: str, *, title: Any, guard: Guard) -> Callable[[Run], Run]:
    """Declare the decorated function as a kind of work.

    Args:
        key: ``room.what_is_done``.
        title: what is done in a few words, lazily translated.
        guard: who may have it done and fetch what came of it; looked at when it is asked, done and fetched.

    Raises:
        ValueError: when another function already has the key.
    """

    def declare(run: Run) -> Run:
        known = _kinds.get(key)
        if known and known.run.__qualname__ != run.__qualname__:
            raise ValueError(f"two kinds of work have the key {key}")
        _kinds[key] = Kind(key, title, guard, run)
        return run

    return declare


def kind_of(key: str) -> Kind | None:
    """The kind with that key, if Draad has it."""
    return _kinds.get(key)

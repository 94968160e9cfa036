"""Who wants to know when terms are published. Rooms above say so, without this room knowing them."""

from __future__ import annotations

from collections.abc import Callable

from draad.accounts.audit import Recording
from draad.programmes.models import ActionTerms

Listener = Callable[[Recording, ActionTerms], object]
"""Gets the open recording and the terms that were just published: what it writes is kept together with them."""

_listeners: list[Listener] = []


def add_listener(listener: Listener) -> None:
    """Call ``listener`` for all terms that are published from now on; adding the same one twice adds it once."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell(log: Recording, terms: ActionTerms) -> None:
    """Tell every listener that these terms are published."""
    for listener in _listeners:
        listener(log, terms)

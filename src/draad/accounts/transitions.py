"""How the state of something changes: tables of transitions that actions, tests and diagrams read alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from draad.accounts.roles import Role

NOTHING = ""


@dataclass(frozen=True)
class Transition:
    """An allowed change of state.

    Args:
        name: what is done, in code; unique in its table.
        label: what is done, on a button.
        before: the states in which it may be done; ``NOTHING`` before the thing exists.
        after: the state that follows; equal to one of ``before`` when the state stays.
        verb: how the audit names it.
        roles: who may; for a role of a government: for its own organisation only.
        notice: what the person reads once it is done.
    """

    name: str
    label: Any
    before: frozenset[str]
    after: str
    verb: str
    roles: frozenset[Role]
    notice: Any

    def __str__(self) -> str:
        return self.name

    def check(self, state: str, state_label: Any) -> None:
        """Refuse the change in a state that does not allow it.

        Raises:
            ValidationError: naming the state as people read it.
        """
        if state not in self.before:
            raise ValidationError(
                _("“%(what)s” kan niet: de toestand is nu “%(state)s”.") % {"what": self.label, "state": state_label}
            )


def of(before: str | Iterable[str]) -> frozenset[str]:
    """The states before a transition, from one or several."""
    return frozenset([before]) if isinstance(before, str) else frozenset(before)

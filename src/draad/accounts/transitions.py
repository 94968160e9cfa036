"""How the state of something changes: tables of transitions that actions, tests and diagrams read alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import TextChoices
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

    def fits(self, state: str) -> bool:
        """Whether the state allows it."""
        return state in self.before

    def check(self, state: str, state_label: Any) -> None:
        """Refuse the change in a state that does not allow it.

        Raises:
            ValidationError: naming the state as people read it.
        """
        if not self.fits(state):
            raise ValidationError(
                _("“%(what)s” kan niet: de toestand is nu “%(state)s”.") % {"what": self.label, "state": state_label}
            )


def of(before: str | Iterable[str]) -> frozenset[str]:
    """The states before a transition, from one or several."""
    return frozenset([before]) if isinstance(before, str) else frozenset(before)


@dataclass(frozen=True)
class StateTable:
    """All transitions of one sort of thing.

    Args:
        key: its name in addresses and drawings; unique in Draad.
        title: what changes state, as people read it.
        states: the states in the order in which a thing usually passes them.
        steps: the transitions.
    """

    key: str
    title: Any
    states: type[TextChoices]
    steps: Sequence[Transition]

    def __str__(self) -> str:
        return self.key


@cache
def state_tables() -> Sequence[StateTable]:
    """Every table of transitions, drawn from the ``TABLES`` in ``states.py`` of every room, the highest room first."""
    modules = [f"{config.name}.states" for config in apps.get_app_configs() if config.name.startswith("draad.")]
    return [table for name in modules if find_spec(name) for table in import_module(name).TABLES]

"""Who may use a route. Each room lists its routes in ``access.py``; an undeclared route is closed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from draad.accounts.actor import Actor
from draad.accounts.roles import Role


@dataclass(frozen=True)
class Guard:
    """Whom a route lets in: everyone, everyone who signed in, or holders of one of ``roles``."""

    everyone: bool = False
    signed_in: bool = False
    roles: frozenset[Role] = frozenset()

    def allows(self, actor: Actor) -> bool:
        """Whether this actor may use the route."""
        return self.everyone or (self.signed_in and actor.signed_in) or bool(actor.roles & self.roles)


EVERYONE = Guard(everyone=True)
SIGNED_IN = Guard(signed_in=True)
NOBODY = Guard()


def held_by(*roles: Role) -> Guard:
    """A guard for holders of one of ``roles``."""
    return Guard(roles=frozenset(roles))


MANAGERS = held_by(Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER)
ADMINISTRATORS = held_by(Role.ADMINISTRATOR)


@cache
def access_table() -> dict[str, Guard]:
    """Every declared route with its guard, drawn from the ``ACCESS`` of every room.

    Raises:
        ValueError: when two rooms declare the same route.
    """
    table: dict[str, Guard] = {}
    for config in apps.get_app_configs():
        module_name = f"{config.name}.access"
        if not config.name.startswith("draad.") or find_spec(module_name) is None:
            continue
        for route, guard in import_module(module_name).ACCESS.items():
            if route in table:
                raise ValueError(f"route {route} is declared twice, the second time in {module_name}")
            table[route] = guard
    return table


def guard_of(route: str) -> Guard:
    """The guard of a route name such as ``programmes:action``; an undeclared one lets nobody in."""
    return access_table().get(route, NOBODY)

"""Demonstration logins: one person for each role, with a known password; never on a public site."""

from __future__ import annotations

from dataclasses import dataclass

from draad.accounts.roles import Role
from draad.accounts.sync import SyncCount

PASSWORD = "rode-draad-2026"  # noqa: S105  known on purpose: a system check refuses it on a public site


@dataclass(frozen=True)
class Person:
    """A demonstration login."""

    email: str
    name: str
    role: Role
    organisation: str


PEOPLE: list[Person] = []


def load() -> dict[str, SyncCount]:
    """Make the logins that do not exist yet."""
    return {"demonstration logins": SyncCount(added=0)}

"""Demonstration logins: one person for each role, with a known password; never on a public site.

The names are made up and say what the person does; the organisations are real.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone

from draad.accounts.actor import system
from draad.accounts.models import User
from draad.accounts.roles import Role
from draad.accounts.sync import SyncCount
from draad.organisations.actions.people import register_demonstration
from draad.organisations.queries import government_named

# Known on purpose: a system check refuses it on a public site, and it opens nothing where demonstrating is off.
PASSWORD = "rode-draad-2026"  # noqa: S105  # nosec B105
SINCE = date(2022, 10, 1)
ABB = "Agentschap Binnenlands Bestuur"


@dataclass(frozen=True)
class Person:
    """A demonstration login."""

    email: str
    name: str
    role: Role
    organisation: str


PEOPLE: list[Person] = [
    Person("beheerder@example.org", "Bo Beheer", Role.ADMINISTRATOR, ABB),
    Person("programma@example.org", "Pia Programma", Role.PROGRAMME_MANAGER, ABB),
    Person("beoordelaar@example.org", "Bas Beoordeling", Role.ASSESSOR, ABB),
    Person("invuller@example.org", "Ivo Invuller", Role.GOVERNMENT_EDITOR, "Gent"),
    Person("goedkeurder@example.org", "Greet Goedkeuring", Role.GOVERNMENT_APPROVER, "Gent"),
    Person(
        "ondersteuner@example.org",
        "Otto Ondersteuning",
        Role.SUPPORT_OFFICER,
        "Agentschap Integratie en Inburgering",
    ),
    Person(
        "evaluator@example.org",
        "Eva Evaluatie",
        Role.EVALUATOR,
        "Vereniging van Vlaamse Steden en Gemeenten",
    ),
    Person("plannen@example.org", "Paula Plan", Role.PLAN_COORDINATOR, ABB),
    Person("lezer@example.org", "Leo Lezer", Role.READER, "Vlaamse Gemeenschapscommissie"),
]


class NoDemonstrationError(CommandError):
    """Known passwords were asked for where DRAAD_DEMONSTRATION is off."""


def existing() -> list[Person]:
    """The demonstration logins that this site has: none where it was prepared empty."""
    known = set(User.objects.filter(email__in=[person.email for person in PEOPLE]).values_list("email", flat=True))
    return [person for person in PEOPLE if person.email in known]


def load() -> dict[str, SyncCount]:
    """Make the logins that do not exist yet.

    Raises:
        NoDemonstrationError: where DRAAD_DEMONSTRATION is off.
    """
    if not settings.DEMONSTRATION:
        raise NoDemonstrationError("demonstration logins have known passwords; DRAAD_DEMONSTRATION is off")
    count = SyncCount()
    for person in PEOPLE:
        made = register_demonstration(
            by=system("draad load demonstration"),
            email=person.email,
            name=person.name,
            organisation=government_named(person.organisation, timezone.localdate()),
            role=person.role,
            password=PASSWORD,
            valid_from=SINCE,
        )
        count += SyncCount(added=int(made), same=int(not made))
    return {"demonstration logins": count}

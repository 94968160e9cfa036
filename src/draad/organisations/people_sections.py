"""What this room adds to the page of one's own account: the roles."""

from __future__ import annotations

from draad.accounts.models import User
from draad.accounts.roles import Role
from draad.organisations.people_policies import MANAGING
from draad.organisations.queries.people import grants_of, memberships_of
from draad.web.sections import Section


def my_roles(person: User) -> Section:
    """The roles of a person with organisations and dates, and where they lead."""
    held = {grant.role for grant in grants_of(person)}
    context = {
        "roles": memberships_of(person),
        "manages": not held.isdisjoint(MANAGING),
        "administers": Role.ADMINISTRATOR in held,
    }
    return Section("organisations/people_mine.html", context)

"""Who holds which role."""

from __future__ import annotations

from django.utils import timezone

from draad.accounts.actor import Grant
from draad.accounts.models import User
from draad.accounts.roles import Role
from draad.organisations.models import Membership
from draad.organisations.queries.periods import valid_on


def grants_of(user: User) -> list[Grant]:
    """The roles that a person holds today, each for its organisation."""
    held = Membership.objects.filter(valid_on(timezone.localdate()), user=user, user__is_active=True)
    return [Grant(Role(role), organisation) for role, organisation in held.values_list("role", "organisation_id")]

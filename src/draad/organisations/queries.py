"""Reads of organisations, territories and people; every look-up by date takes ``on``, a day in Brussels."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils import timezone

from draad.accounts.actor import Grant
from draad.accounts.models import User
from draad.accounts.roles import Role
from draad.organisations.models import Membership


def valid_on(on: date, prefix: str = "") -> Q:
    """The condition that a period holds ``on``; unknown ends are open."""
    start, end = f"{prefix}valid_from", f"{prefix}valid_to"
    return (Q(**{f"{start}__isnull": True}) | Q(**{f"{start}__lte": on})) & (
        Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gte": on})
    )


def grants_of(user: User) -> list[Grant]:
    """The roles that a person holds today, each for its organisation."""
    held = Membership.objects.filter(valid_on(timezone.localdate()), user=user, user__is_active=True)
    return [Grant(Role(role), organisation) for role, organisation in held.values_list("role", "organisation_id")]

"""Which people need a second factor, and what they may do as long as they have none."""

from __future__ import annotations

from dataclasses import replace

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from draad.accounts.actor import Actor, actor_of
from draad.accounts.models import User
from draad.accounts.roles import Role

AUTO = "auto"
DEFAULT_ROLES = frozenset({Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER})


def required_for() -> frozenset[Role]:
    """The roles of ``DRAAD_SECOND_FACTOR_ROLES``; ``auto`` asks none of the known logins of a demonstration.

    Raises:
        ValueError: for a word that is no role; a system check refuses it at start.
    """
    words = settings.SECOND_FACTOR_ROLES
    if words == [AUTO]:
        return frozenset() if settings.DEMONSTRATION else DEFAULT_ROLES
    return frozenset(Role(word) for word in words if words != ["none"])


def actor_on_the_web(user: User | AnonymousUser) -> Actor:
    """The actor of a request. A role that needs a second factor does not count as long as there is none.

    What is withheld stays readable in ``withheld``, so that a page can say why.
    """
    actor = actor_of(user)
    if actor.user is None or actor.roles.isdisjoint(required_for()) or is_mfa_enabled(actor.user):
        return actor
    return replace(actor, grants=frozenset(), withheld=actor.grants)

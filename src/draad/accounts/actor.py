"""Who acts: a person with the roles they hold today, or the system itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from draad.accounts.roles import Role

if TYPE_CHECKING:
    from draad.accounts.models import User


@dataclass(frozen=True)
class Grant:
    """A role held today for one organisation (its primary key)."""

    role: Role
    organisation_id: int


@dataclass(frozen=True)
class Actor:
    """Somebody who reads or writes. ``user`` is None for a visitor and for the system.

    ``withheld`` are roles that are held but do not count until the person has a second factor.
    """

    user: User | None = None
    grants: frozenset[Grant] = frozenset()
    system: str = ""
    withheld: frozenset[Grant] = frozenset()

    @property
    def label(self) -> str:
        """How the audit names this actor."""
        return str(self.user) if self.user else self.system or "visitor"

    @property
    def signed_in(self) -> bool:
        """Whether this is a known person."""
        return self.user is not None

    @property
    def roles(self) -> frozenset[Role]:
        """Every role held today, for whichever organisation."""
        return frozenset(grant.role for grant in self.grants)

    def has(self, *roles: Role) -> bool:
        """Whether one of ``roles`` is held, or the system itself acts."""
        return bool(self.system) or not self.roles.isdisjoint(roles)

    def acts_for(self, organisation_id: int, *roles: Role) -> bool:
        """Whether one of ``roles`` is held for that organisation."""
        return bool(self.system) or any(g.organisation_id == organisation_id and g.role in roles for g in self.grants)

    def require(self, *roles: Role) -> None:
        """Refuse when none of ``roles`` is held.

        Raises:
            PermissionDenied: naming the roles that may.
        """
        if not self.has(*roles):
            names = ", ".join(str(role.label) for role in roles)
            raise PermissionDenied(_("Dit mag alleen wie deze rol heeft: %(roles)s.") % {"roles": names})


def system(name: str) -> Actor:
    """The actor for work that no person does by hand, such as loading facts; ``name`` appears in the audit."""
    return Actor(system=name)


def actor_of(user: User | AnonymousUser) -> Actor:
    """The actor for a signed-in user with today's roles, or the visitor."""
    if not user.is_authenticated:
        return Actor()
    grants_of = cast("Callable[[User], Iterable[Grant]]", import_string(settings.GRANTS_OF))
    return Actor(user=user, grants=frozenset(grants_of(user)))

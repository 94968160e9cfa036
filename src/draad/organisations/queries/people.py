"""Who holds which role."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from allauth.mfa.models import Authenticator
from django.db.models import DateField, Prefetch, Q, QuerySet
from django.utils import timezone

from draad.accounts.actor import Grant
from draad.accounts.models import AuditEvent, User
from draad.accounts.roles import Role
from draad.organisations.models import Membership
from draad.organisations.queries.periods import holds, valid_on
from draad.web.prepared import Given, Prepared

_HELD: Prepared[tuple[str, int]] = Prepared(
    lambda: Membership.objects.filter(
        valid_on(Given("day", DateField())), user=Given("user"), user__is_active=True
    ).values_list("role", "organisation_id")
)


def grants_of(user: User) -> list[Grant]:
    """The roles that a person holds today, each for its organisation."""
    held = _HELD.rows(user=user.pk, day=timezone.localdate())
    return [Grant(Role(role), organisation) for role, organisation in held]


def administrators_on(on: date) -> QuerySet[Membership]:
    """The roles of administrator that hold on a day, of people whose access is open."""
    return Membership.objects.filter(valid_on(on), role=Role.ADMINISTRATOR, user__is_active=True)


def is_administrator(person: User) -> bool:
    """Whether a person is administrator today, or will be, whether or not their access is open."""
    today = timezone.localdate()
    roles = [role for role in person.memberships.all() if role.role == Role.ADMINISTRATOR]  # read along by the page
    return any(role.valid_to is None or role.valid_to >= today for role in roles)


@dataclass(frozen=True)
class Person:
    """A person as the list shows them: with the roles of today and the kinds of second factor."""

    user: User
    roles: tuple[Membership, ...]
    second_factor: bool

    @property
    def invited(self) -> bool:
        """Whether the invitation was not yet answered with a password."""
        return not self.user.has_usable_password()


def people() -> list[Person]:
    """Everyone who has or had access, by name; three queries whatever the number."""
    today = timezone.localdate()
    held = Prefetch("memberships", Membership.objects.select_related("organisation").order_by("organisation__name"))
    with_factor = set(Authenticator.objects.values_list("user_id", flat=True))
    return [
        Person(
            user,
            tuple(m for m in user.memberships.all() if holds(m.valid_from, m.valid_to, today)),
            user.pk in with_factor,
        )
        for user in User.objects.prefetch_related(held).order_by("name", "email")
    ]


def events_about(person: User) -> QuerySet[AuditEvent]:
    """Every audit event about a person and about their roles, the newest first."""
    keys = [str(pk) for pk in Membership.objects.filter(user=person).values_list("pk", flat=True)]
    of_person = Q(object_type=User._meta.label_lower, object_key=str(person.pk))
    of_roles = Q(object_type=Membership._meta.label_lower, object_key__in=keys)
    return AuditEvent.objects.filter(of_person | of_roles).order_by("-number")


def memberships_of(person: User) -> QuerySet[Membership]:
    """Every role of a person, the newest first."""
    return Membership.objects.filter(user=person).select_related("organisation").order_by("-valid_from", "role")


def has_second_factor(person: User) -> bool:
    """Whether an app or passkey is set up."""
    found: bool = Authenticator.objects.filter(user=person).exclude(type="recovery_codes").exists()
    return found

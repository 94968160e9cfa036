"""What may be done with people and their roles: nobody locks the house, nobody climbs above their own role."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from draad.accounts.actor import Actor
from draad.accounts.models import User
from draad.accounts.roles import Role
from draad.organisations.models import Membership
from draad.organisations.queries.people import administrators_on, has_second_factor, is_administrator
from draad.web.formatting import day

MANAGING = (Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER)


def check_reason(reason: str) -> str:
    """The reason without spaces around it.

    Raises:
        ValidationError: when nothing is left.
    """
    if not reason.strip():
        raise ValidationError({"reason": _("Schrijf in een zin waarom.")})
    return reason.strip()


def check_grant(by: Actor, role: Role) -> None:
    """Refuse to give a role above one's own.

    Raises:
        PermissionDenied: when the actor manages no people, or gives the role administrator without having it.
    """
    by.require(*MANAGING)
    if role is Role.ADMINISTRATOR and not by.has(Role.ADMINISTRATOR):
        raise PermissionDenied(_("Alleen een beheerder geeft de rol van beheerder."))


def grantable_roles(by: Actor) -> list[Role]:
    """The roles that this actor may give."""
    return [role for role in Role if role is not Role.ADMINISTRATOR or by.has(Role.ADMINISTRATOR)]


def check_period(valid_from: date, valid_to: date | None) -> None:
    """Refuse a period that ends before it starts.

    Raises:
        ValidationError: at the last day.
    """
    if valid_to and valid_to < valid_from:
        raise ValidationError({"valid_to": _("De laatste dag ligt voor de eerste.")})


def check_free(others: QuerySet[Membership], valid_from: date, valid_to: date | None) -> None:
    """Refuse a role that the person already holds for that organisation during part of the period.

    Raises:
        ValidationError: naming the period that is taken.
    """
    meets = others.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=valid_from))
    held = (meets.filter(valid_from__lte=valid_to) if valid_to else meets).first()
    if held and held.valid_to:
        words = {"start": day(held.valid_from), "end": day(held.valid_to)}
        raise ValidationError(_("Deze persoon heeft die rol daar al, van %(start)s tot en met %(end)s.") % words)
    if held:
        raise ValidationError(
            _("Deze persoon heeft die rol daar al, sinds %(start)s.") % {"start": day(held.valid_from)}
        )


def check_end(by: Actor, membership: Membership, last_day: date) -> None:
    """Refuse to end a role that is not one's to end, or that leaves the house without administrator.

    Raises:
        PermissionDenied: when the role is above the actor's.
        ValidationError: when it ended before, would end before it began, or is the last administrator's.
    """
    check_grant(by, Role(membership.role))
    if membership.valid_to is not None and membership.valid_to < timezone.localdate():
        raise ValidationError(_("Deze rol is al beëindigd."))
    if last_day < membership.valid_from:
        raise ValidationError({"valid_to": _("De laatste dag ligt voor de eerste.")})
    if membership.role == Role.ADMINISTRATOR:
        check_administrator_left(last_day + timedelta(days=1), without_membership=membership)


def check_deactivate(by: Actor, person: User) -> None:
    """Refuse to close one's own access, an administrator's by a manager, or the last administrator's.

    Raises:
        PermissionDenied: when the person is an administrator and the actor is not.
        ValidationError: in the other cases.
    """
    check_above(by, person)
    if not person.is_active:
        raise ValidationError(_("Deze toegang is al afgesloten."))
    if by.user is not None and by.user.pk == person.pk:
        raise ValidationError(_("Uw eigen toegang kunt u niet afsluiten. Vraag het een andere beheerder."))
    if is_administrator(person):
        check_administrator_left(timezone.localdate(), without_person=person)


def check_reactivate(by: Actor, person: User) -> None:
    """Refuse to open what is open, or an administrator's access by a manager.

    Raises:
        PermissionDenied: when the person is an administrator and the actor is not.
        ValidationError: when the access is open.
    """
    check_above(by, person)
    if person.is_active:
        raise ValidationError(_("Deze toegang staat al open."))


def check_reset(by: Actor, person: User) -> None:
    """Refuse to wipe one's own second factor here (the account page asks who one is), or an administrator's.

    Raises:
        PermissionDenied: when the person is an administrator and the actor is not.
        ValidationError: when it is one's own, or when there is none.
    """
    check_above(by, person)
    if by.user is not None and by.user.pk == person.pk:
        raise ValidationError(_("Uw eigen tweede factor beheert u op uw accountpagina."))
    if not has_second_factor(person):
        raise ValidationError(_("Deze persoon heeft geen tweede factor."))


def check_invite_again(by: Actor, person: User) -> None:
    """Refuse an invitation to who already chose a password, or whose access is closed.

    Raises:
        PermissionDenied: when the actor manages no people.
        ValidationError: in the other cases.
    """
    check_above(by, person)
    if person.has_usable_password():
        raise ValidationError(_("Deze persoon koos al een wachtwoord en vraagt zelf een nieuw aan."))
    if not person.is_active:
        raise ValidationError(_("De toegang van deze persoon is afgesloten."))


def check_above(by: Actor, person: User) -> None:
    """Refuse a manager who wants to change an administrator.

    Raises:
        PermissionDenied: saying who may.
    """
    by.require(*MANAGING)
    if is_administrator(person) and not by.has(Role.ADMINISTRATOR):
        raise PermissionDenied(_("Alleen een beheerder wijzigt de toegang van een beheerder."))


def check_administrator_left(
    on: date, *, without_membership: Membership | None = None, without_person: User | None = None
) -> None:
    """Refuse what would leave nobody who can give roles. Locks the roles, so that two at once cannot both pass.

    Raises:
        ValidationError: saying what to do first.
    """
    held = Membership.objects.select_for_update().filter(role=Role.ADMINISTRATOR).order_by("pk")
    left = {m.pk for m in held} & set(administrators_on(on).values_list("pk", flat=True))
    if without_membership:
        left -= {without_membership.pk}
    if without_person:
        left -= set(Membership.objects.filter(user=without_person).values_list("pk", flat=True))
    if not left:
        raise ValidationError(_("Dit is de laatste beheerder. Maak eerst iemand anders beheerder."))


def can(check: object, *arguments: object) -> bool:
    """The yes-or-no twin of a check: whether it raises nothing."""
    try:
        check(*arguments)  # type: ignore[operator]  # any of the checks above
    except (ValidationError, PermissionDenied):
        return False
    return True

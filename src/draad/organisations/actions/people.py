"""Every write about people and their roles; each leaves an audit event with its reason."""

from __future__ import annotations

from datetime import date

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.audit import Recording
from draad.accounts.models import User
from draad.accounts.roles import Role
from draad.organisations import people_policies as policies
from draad.organisations.models import Membership, Organisation


def invite(
    *,
    by: Actor,
    email: str,
    name: str,
    organisation: Organisation,
    role: Role,
    valid_from: date,
    valid_to: date | None,
    language: str,
    reason: str,
) -> User:
    """Give a new person access; they choose a password through a link (``draad.organisations.invitations``).

    Args:
        by: administrator or programme manager; only the first may invite an administrator.
        email: the address they will sign in with; capitals do not matter.
        name: as the audit and the lists show it.
        organisation: for which the role is held.
        role: what they may do there.
        valid_from: first day of the role.
        valid_to: last day, or None when it is not known.
        language: of their mails, ``nl`` or ``en``.
        reason: why, for the audit.

    Raises:
        PermissionDenied: when the actor may not give this role.
        ValidationError: when the address has access already, or the period is the wrong way round.
    """
    policies.check_grant(by, role)
    policies.check_period(valid_from, valid_to)
    address = email.strip().lower()
    with audit.recording(by=by, reason=policies.check_reason(reason)) as log:
        if User.objects.filter(email__iexact=address).exists():
            raise ValidationError(
                {"email": _("Er is al iemand met dit e-mailadres. Zoek die persoon op en geef daar een rol.")}
            )
        user = User(email=address, name=name.strip(), language=language, password=make_password(None))
        log.create(user, verb="organisations.user.invite")
        _grant(log, user, organisation, role, valid_from, valid_to)
    return user


def register_demonstration(
    *, by: Actor, email: str, name: str, organisation: Organisation, role: Role, password: str, valid_from: date
) -> bool:
    """Make a demonstration login that does not exist yet; returns whether it was made."""
    policies.check_grant(by, role)
    with audit.recording(by=by, reason="demonstration") as log:
        if User.objects.filter(email=email).exists():
            return False
        user = User(email=email, name=name, demonstration=True, password=make_password(password))
        log.create(user, verb="organisations.user.register")
        _grant(log, user, organisation, role, valid_from, None)
    return True


def grant(
    *,
    by: Actor,
    person: User,
    organisation: Organisation,
    role: Role,
    valid_from: date,
    valid_to: date | None,
    reason: str,
) -> Membership:
    """Give a role for an organisation during a period.

    Raises:
        PermissionDenied: when the actor may not give this role.
        ValidationError: when the person already holds it then, or the period is the wrong way round.
    """
    policies.check_grant(by, role)
    policies.check_period(valid_from, valid_to)
    with audit.recording(by=by, reason=policies.check_reason(reason)) as log:
        held = Membership.objects.filter(user=person, organisation=organisation, role=role)
        policies.check_free(held, valid_from, valid_to)
        return _grant(log, person, organisation, role, valid_from, valid_to)


def _grant(
    log: Recording, user: User, organisation: Organisation, role: Role, valid_from: date, valid_to: date | None
) -> Membership:
    membership = Membership(user=user, organisation=organisation, role=role, valid_from=valid_from, valid_to=valid_to)
    return log.create(membership, verb="organisations.membership.grant")


def end(*, by: Actor, membership: Membership, last_day: date, reason: str) -> Membership:
    """Let a role end; ``last_day`` is the last day on which it holds.

    Raises:
        PermissionDenied: when the role is above the actor's.
        ValidationError: when it ended before, or nobody would be administrator after that day.
    """
    with audit.recording(by=by, reason=policies.check_reason(reason)) as log:
        policies.check_end(by, membership, last_day)
        log.change(membership, verb="organisations.membership.end", valid_to=last_day)
    return membership


def deactivate(*, by: Actor, person: User, reason: str) -> User:
    """Close a person's access at once, on every device; their past stays in the audit.

    Raises:
        PermissionDenied: when the person is an administrator and the actor is not.
        ValidationError: for oneself, the last administrator, or access that is closed.
    """
    with audit.recording(by=by, reason=policies.check_reason(reason)) as log:
        policies.check_deactivate(by, person)
        log.change(person, verb="organisations.user.deactivate", is_active=False)
    return person


def reactivate(*, by: Actor, person: User, reason: str) -> User:
    """Open a person's access again, with the roles that still hold.

    Raises:
        PermissionDenied: when the person is an administrator and the actor is not.
        ValidationError: when the access is open.
    """
    with audit.recording(by=by, reason=policies.check_reason(reason)) as log:
        policies.check_reactivate(by, person)
        log.change(person, verb="organisations.user.reactivate", is_active=True)
    return person


def reset_second_factor(*, by: Actor, person: User, reason: str) -> int:
    """Wipe app, passkeys and recovery codes of who lost them; returns how many were wiped.

    Raises:
        PermissionDenied: when the person is an administrator and the actor is not.
        ValidationError: for oneself, or when there is nothing to wipe.
    """
    with audit.recording(by=by, reason=policies.check_reason(reason)) as log:
        policies.check_reset(by, person)
        factors = Authenticator.objects.filter(user=person)
        kinds = sorted(factors.values_list("type", flat=True))
        log.note(person, verb="organisations.user.reset_second_factor", before={"factors": kinds}, after=None)
        factors.delete()
    return len(kinds)


def invite_again(*, by: Actor, person: User, reason: str) -> User:
    """Note that a new invitation goes out, because the first was lost or came too late.

    Raises:
        PermissionDenied: when the actor may not.
        ValidationError: when the person chose a password or may not come in.
    """
    with audit.recording(by=by, reason=policies.check_reason(reason)) as log:
        policies.check_invite_again(by, person)
        log.note(person, verb="organisations.user.invite_again", before=None, after=None)
    return person

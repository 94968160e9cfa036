"""What may be done with a job, and by whom."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from draad.accounts.actor import Actor
from draad.accounts.guards import ADMINISTRATORS
from draad.accounts.transitions import Transition
from draad.jobs.kinds import Kind
from draad.jobs.models import Job
from draad.jobs.states import AGAIN, CANCEL


def may_see(job: Job, by: Actor) -> bool:
    """Whether it is the own job, or an administrator looks."""
    return by.user is not None and (job.by_id == by.user.pk or ADMINISTRATORS.allows(by))


def check_may(kind: Kind | None, by: Actor) -> None:
    """Refuse work that the person may not have done (any more).

    Raises:
        PermissionDenied: saying so.
    """
    if kind is None or by.user is None or not by.user.is_active or not kind.guard.allows(by):
        raise PermissionDenied(_("Uw rol laat deze taak niet toe. Vraag de rol aan uw beheerder."))


def check_pass(job: Job, transition: Transition) -> None:
    """Refuse a step that the state does not allow; what still runs is begun again only when it was interrupted.

    Raises:
        ValidationError: naming the state as people read it.
    """
    transition.check(job.state, job.state_words)
    if transition is AGAIN and job.unfinished and not job.interrupted:
        raise ValidationError(_("Deze taak is nog bezig. Stop ze eerst als u opnieuw wilt beginnen."))


def can_pass(job: Job, transition: Transition) -> bool:
    """Whether the state allows the step."""
    try:
        check_pass(job, transition)
    except ValidationError:
        return False
    return True


def can_cancel(job: Job) -> bool:
    """Whether it waits or runs."""
    return can_pass(job, CANCEL)


def can_begin_again(job: Job) -> bool:
    """Whether it failed, was stopped or was interrupted."""
    return can_pass(job, AGAIN)

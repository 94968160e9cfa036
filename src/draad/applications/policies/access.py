"""Which applications a person may read, fill in and submit: their own government's, or all that were handed in."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from draad.accounts.actor import Actor
from draad.accounts.roles import Role
from draad.applications.models import TAKING_PART, Application, ApplicationState
from draad.applications.queries.successors import speakers
from draad.applications.states import APPROVING, ASSESSING, WRITING
from draad.organisations.models import Organisation

UNSEEN = (ApplicationState.DRAFT.value, ApplicationState.CANCELLED.value)
"""States in which only the governments themselves see what is asked."""


def speaks_for(organisation_id: int, by: Actor, *roles: Role) -> bool:
    """Whether a person holds one of ``roles`` for an organisation, or for the one in which it went up."""
    if by.acts_for(organisation_id, *roles):
        return True
    return by.has(*roles) and any(by.acts_for(one, *roles) for one in speakers([organisation_id]))


def may_read(application: Application, by: Actor) -> bool:
    """Whether a person may see what is asked: people of the applicant and of who takes part, and who assesses.

    Assessors and managers do not read what was not handed in. Reads the members when they are not prefetched.
    """
    if speaks_for(application.applicant_id, by, *WRITING):
        return True
    if by.has(*ASSESSING) and application.state not in UNSEEN:
        return True
    return by.has(*WRITING) and any(
        speaks_for(member.organisation_id, by, *WRITING)
        for member in application.members.all()
        if member.state in TAKING_PART
    )


def check_may_read(application: Application, by: Actor) -> None:
    """Refuse who may not see what is asked.

    Raises:
        PermissionDenied: always for somebody else's application.
    """
    if not may_read(application, by):
        raise PermissionDenied(_("Dit is een aanvraag van een ander bestuur."))


def may_write(application: Application, by: Actor) -> bool:
    """Whether a person fills in for the applicant; whether the state allows it is another question."""
    return speaks_for(application.applicant_id, by, *WRITING)


def check_may_write(application: Application, by: Actor) -> None:
    """Refuse who does not fill in for the applicant.

    Raises:
        PermissionDenied: saying who may.
    """
    if not may_write(application, by):
        raise PermissionDenied(_("Alleen wie invult of goedkeurt voor de aanvrager, kan dit wijzigen."))


def may_submit(application: Application, by: Actor) -> bool:
    """Whether a person speaks for the applicant: submits, takes back, withdraws, answers."""
    return speaks_for(application.applicant_id, by, *APPROVING)


def check_may_submit(application: Application, by: Actor) -> None:
    """Refuse who does not speak for the applicant.

    Raises:
        PermissionDenied: saying who may.
    """
    if not may_submit(application, by):
        raise PermissionDenied(_("Alleen wie goedkeurt voor de aanvrager, kan dit doen."))


def check_may_start(applicant: Organisation, by: Actor) -> None:
    """Refuse who does not fill in for an organisation.

    Raises:
        PermissionDenied: saying who may.
    """
    if not by.acts_for(applicant.pk, *WRITING):
        raise PermissionDenied(_("Alleen wie invult of goedkeurt voor dit bestuur, kan een aanvraag beginnen."))

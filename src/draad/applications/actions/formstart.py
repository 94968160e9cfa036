"""Begins an application for an organisation."""

from __future__ import annotations

from django.db.models import Max
from django.utils import timezone

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.audit import Recording
from draad.applications.models import (
    Application,
    Call,
    Member,
    MemberState,
)
from draad.applications.policies.access import check_may_start
from draad.applications.policies.calls import check_open
from draad.applications.policies.formstart import check_no_other
from draad.applications.states import START
from draad.organisations.models import Organisation

MEMBER_VERB = "applications.member.apply"


def start_application(call: Call, applicant: Organisation, *, by: Actor) -> Application:
    """Begin an empty application.

    Raises:
        PermissionDenied: for who does not fill in for the organisation.
        ValidationError: when the call is not open for it, or it has an application already.
    """
    with audit.recording(by=by) as log:
        return begin(log, call, applicant, by=by)


def begin(log: Recording, call: Call, applicant: Organisation, *, by: Actor, **values: object) -> Application:
    """Begin in an open recording, under the lock of the call so that numbers follow each other.

    Raises:
        PermissionDenied, ValidationError: as ``start_application``.
    """
    check_may_start(applicant, by)
    Call.objects.select_for_update().get(pk=call.pk)
    check_open(call, applicant)
    check_no_other(call, applicant)
    last = Application.objects.filter(call=call).aggregate(last=Max("number"))["last"] or 0
    now = timezone.now()
    made = Application(call=call, applicant=applicant, number=last + 1, created_at=now, saved_at=now, **values)
    log.create(made, verb=START.verb)
    itself = Member(
        application=made,
        organisation=applicant,
        is_applicant=True,
        state=MemberState.ACCEPTED,
        invited_at=now,
        responded_at=now,
        responded_by=by.user,
    )
    log.create(itself, verb=MEMBER_VERB)
    return made

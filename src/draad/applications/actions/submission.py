"""Hands an application in, takes it back within the window, and ends it.

The call is locked first, then the application: whether the call is still open is decided at that moment, and nobody
asks the same action for the same government at the same time.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.audit import Recording
from draad.accounts.transitions import Transition
from draad.applications.actions.formwriting import locked
from draad.applications.actions.members import free_partnerships
from draad.applications.actions.notices import notify, people_of
from draad.applications.models import (
    TAKING_PART,
    ActionClaim,
    Application,
    Call,
    EligibilityDecision,
    Question,
    Submission,
)
from draad.applications.policies.access import check_may_submit
from draad.applications.policies.assessment import check_assessor
from draad.applications.policies.calls import check_open
from draad.applications.policies.submission import (
    check_claims,
    check_complete,
    check_eligibility_decision,
    check_not_submitted,
    check_reason,
    check_reviewed,
)
from draad.applications.queries.eligibility import eligibility
from draad.applications.queries.form import Filled
from draad.applications.queries.submission import claims_of, content_of, hash_of, next_number, standing_submission
from draad.applications.states import CANCEL, REOPEN, SUBMIT, WITHDRAW, WRITING
from draad.web.prepared import Given, Prepared

CLAIM = "applications.claim"
SUBMISSION = "applications.submission"
ELIGIBILITY = "applications.eligibility.decide"
_CALL: Prepared[int] = Prepared(
    lambda: Call.objects.select_for_update().filter(pk=Given("pk")).values_list("pk", flat=True)
)


def submit(application: Application, *, revision: int, by: Actor) -> Submission:
    """Hand an application in: keep all of it under a hash, claim its actions, tell everybody who takes part.

    Args:
        application: the draft.
        revision: how often it was saved when the person read what is handed in.
        by: who speaks for the applicant.

    Raises:
        PermissionDenied: for who does not speak for the applicant.
        ChangedMeanwhileError: when it was saved since it was read.
        ValidationError: when it was handed in already, the call is not open, something is needed, or an action is
            asked elsewhere for one of the governments; a sentence for each.
    """
    check_may_submit(application, by)
    with audit.recording(by=by) as log:
        _lock_call(application)
        at = timezone.now()
        form = locked(application)
        check_not_submitted(form.application)
        check_open(form.call, form.application.applicant, at)
        check_reviewed(form.application, revision)
        check_complete(form)
        check_claims(form)
        log.create_many(claims_of(form), verb=f"{CLAIM}.make")
        submission = _keep(log, form, at, by)
        log.change(form.application, verb=SUBMIT.verb, state=SUBMIT.after, submitted_at=at)
        path = reverse("applications:receipt", args=[application.pk, submission.number])
        _tell(log, form.application, "submitted", path)
    return submission


def _keep(log: Recording, form: Filled, at: datetime, by: Actor) -> Submission:
    application = form.application
    number = next_number(application)
    with translation.override(settings.LANGUAGE_CODE):
        known = eligibility(application, form.rules)
        content = content_of(form, known, number=number, at=at, by=by.label)
    made = Submission(
        application=application, number=number, at=at, by=by.user, content=content, sha256=hash_of(content)
    )
    return log.create(made, verb=f"{SUBMISSION}.make")


def reopen(application: Application, *, by: Actor) -> Application:
    """Take back what was handed in, to change it and hand it in again before the call closes.

    Raises:
        PermissionDenied: for who does not speak for the applicant.
        ValidationError: when it is not just handed in, or the call is closed.
    """
    check_may_submit(application, by)
    with audit.recording(by=by) as log:
        _lock_call(application)
        current = _locked(application)
        REOPEN.check(current.state, current.get_state_display())
        check_open(current.call, current.applicant)
        _take_back(log, current, REOPEN)
        log.change(current, verb=REOPEN.verb, state=REOPEN.after, submitted_at=None)
        _tell(log, current, "reopened")
    return current


def withdraw(application: Application, reason: str, *, by: Actor) -> Application:
    """End an application that was handed in and not decided; what was handed in stays readable.

    Raises:
        PermissionDenied: for who does not speak for the applicant.
        ValidationError: without a reason, or in another state.
    """
    check_may_submit(application, by)
    why = check_reason(reason)
    with audit.recording(by=by, reason=why) as log:
        _lock_call(application)
        current = _locked(application)
        WITHDRAW.check(current.state, current.get_state_display())
        _take_back(log, current, WITHDRAW)
        for question in Question.objects.filter(application=current, answered_at=None, withdrawn_at=None):
            log.change(question, verb=WITHDRAW.verb, withdrawn_at=timezone.now())
        free_partnerships(log, current, verb=WITHDRAW.verb)
        log.change(current, verb=WITHDRAW.verb, state=WITHDRAW.after)
        _tell(log, current, "withdrawn")
    return current


def cancel(application: Application, *, by: Actor) -> Application:
    """Throw a draft away; who takes part is told and free again.

    Raises:
        PermissionDenied: for who does not speak for the applicant.
        ValidationError: when it is no draft.
    """
    check_may_submit(application, by)
    with audit.recording(by=by) as log:
        current = _locked(application)
        CANCEL.check(current.state, current.get_state_display())
        free_partnerships(log, current, verb=CANCEL.verb)
        log.change(current, verb=CANCEL.verb, state=CANCEL.after)
        others = [member for member in current.members.all() if not member.is_applicant]
        if others:
            _tell(log, current, "withdrawn")
    return current


def decide_eligibility(application: Application, *, eligible: bool, reason: str, by: Actor) -> EligibilityDecision:
    """Say whether an application comes into account where the figures do not tell; a later word replaces it.

    Raises:
        PermissionDenied: for who may not assess it.
        ValidationError: without a reason, where the figures tell, or when it is not being assessed.
    """
    check_assessor(application, by)
    why = check_reason(reason)
    with audit.recording(by=by, reason=why) as log:
        current = _locked(application)
        known = eligibility(current)
        check_eligibility_decision(current, unknown=known.open or known.decision is not None)
        values: dict[str, Any] = {"eligible": eligible, "reason": why, "at": timezone.now(), "by": by.user}
        if known.decision:
            log.change(known.decision, verb=ELIGIBILITY, **values)
            return known.decision
        return log.create(EligibilityDecision(application=current, **values), verb=ELIGIBILITY)


def _lock_call(application: Application) -> None:
    _CALL.first(pk=application.call_id)


def _locked(application: Application) -> Application:
    return locked(application).application


def _take_back(log: Recording, application: Application, how: Transition) -> None:
    """The standing submission is withdrawn, and its claims on actions with it."""
    standing = standing_submission(application)
    if standing:
        log.change(standing, verb=f"{SUBMISSION}.withdraw", withdrawn_at=timezone.now())
    for claim in ActionClaim.objects.filter(application=application).order_by("pk"):
        log.remove(claim, verb=how.verb)


def _tell(log: Recording, application: Application, key: str, path: str = "") -> None:
    """Tell the people of the applicant and of who takes part."""
    taking_part = [member.organisation_id for member in application.members.all() if member.state in TAKING_PART]
    people = people_of([application.applicant_id, *taking_part], WRITING)
    notify(log, application, key, people, path=path or reverse("applications:dossier", args=[application.pk]))

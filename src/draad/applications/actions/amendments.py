"""Requests to change something after the decision: asked by the applicant, answered by a manager.

What was submitted, requested and granted stays. An accepted request changes contact and account, members with the day
from which, and what is agreed (``queries.agreed``); what is still to be paid follows (``actions.amendmenteffects``).
Another account needs a document and two managers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.audit import Recording
from draad.accounts.transitions import Transition
from draad.applications.actions.amendmenteffects import apply_amendment
from draad.applications.actions.formfiles import ATTACHMENT, attachment_of
from draad.applications.actions.notices import notify, people_of, people_with
from draad.applications.models import Amendment, AmendmentState, Application, AttachmentKind
from draad.applications.policies.access import check_may_submit
from draad.applications.policies.amendments import (
    changes_members,
    check_decided,
    check_four_eyes,
    check_members,
    check_money,
    check_proof,
    check_unchanged,
    read_changes,
)
from draad.applications.policies.submission import check_reason
from draad.applications.queries.agreed import agreement_of
from draad.applications.queries.amendments import amendments, places_of
from draad.applications.queries.form import locked_application
from draad.applications.states import (
    ACCEPT_AMENDMENT,
    CHECK_AMENDMENT,
    MANAGER,
    REFUSE_AMENDMENT,
    REQUEST,
    WITHDRAW_AMENDMENT,
    WRITING,
)
from draad.web.files import CheckedFile


@dataclass(frozen=True)
class Asked:
    """What somebody asks: text by field of ``queries.amendments.places_of``, why, from when, and documents."""

    typed: Mapping[str, str]
    reason: str
    effective_on: date | None = None
    files: Sequence[CheckedFile] = ()


def request_amendment(application: Application, asked: Asked, *, by: Actor) -> Amendment:
    """Ask to change what differs from what holds now.

    Raises:
        PermissionDenied: for who does not speak for the applicant.
        ValidationError: without a reason, when nothing was granted, by field what is wrong, when nothing differs, when
            it would bring more than was granted, or without a document where one is needed.
    """
    check_may_submit(application, by)
    why = check_reason(asked.reason)
    with audit.recording(by=by, reason=why) as log:
        current = locked_application(application)
        made = _read(current, asked, why, by)
        log.create(made, verb=REQUEST.verb)
        for file in {one.sha256: one for one in asked.files}.values():
            proof = attachment_of(current, file, by=by, kind=AttachmentKind.PROOF, amendment=made)
            log.create(proof, verb=f"{ATTACHMENT}.add")
        notify(log, current, "amendment_requested", people_with(MANAGER), path=_page(made))
    return made


def _read(application: Application, asked: Asked, why: str, by: Actor) -> Amendment:
    """The request, not stored yet, when all that is asked can be asked."""
    check_decided(application)
    agreement = agreement_of(application)
    changes = read_changes(places_of(application, agreement), asked.typed)
    check_members(application, changes, asked.effective_on)
    check_proof(changes, asked.files)
    last = Amendment.objects.filter(application=application).aggregate(last=Max("number"))["last"] or 0
    made = Amendment(
        application=application,
        number=last + 1,
        reason=why,
        changes=changes,
        effective_on=asked.effective_on if changes_members(changes) else None,
        requested_at=timezone.now(),
        requested_by=by.user,
    )
    check_money(agreement, agreement.after(made))
    return made


def check_amendment(amendment: Amendment, *, by: Actor) -> Amendment:
    """Look at a request as the first of two managers; another one accepts or refuses it.

    Raises:
        PermissionDenied: for who is no manager.
        ValidationError: when it does not wait for that.
    """
    by.require(*CHECK_AMENDMENT.roles)
    with audit.recording(by=by, reason=amendment.reason) as log:
        locked_application(amendment.application)
        found = _found(amendment)
        CHECK_AMENDMENT.check(found.state, found.get_state_display())
        values: dict[str, Any] = {"checked_at": timezone.now(), "checked_by": by.user}
        log.change(found, verb=CHECK_AMENDMENT.verb, state=CHECK_AMENDMENT.after, **values)
    return found


def accept_amendment(amendment: Amendment, answer: str = "", *, by: Actor) -> Amendment:
    """Accept a request: contact, account and members change, and what is still to be paid follows.

    Raises:
        PermissionDenied: for who is no manager.
        ValidationError: when it was answered already, what it starts from no longer holds, it would bring more than
            was granted, or another manager still has to look at it.
    """
    by.require(*ACCEPT_AMENDMENT.roles)
    with audit.recording(by=by, reason=amendment.reason) as log:
        current = locked_application(amendment.application)
        found = _answered(log, amendment, ACCEPT_AMENDMENT, answer, by)
        notify(log, current, "amendment_accepted", people_of([current.applicant_id], WRITING), path=_page(found))
    return found


def refuse_amendment(amendment: Amendment, answer: str, *, by: Actor) -> Amendment:
    """Refuse a request, with the reason as its answer.

    Raises:
        PermissionDenied: for who is no manager.
        ValidationError: without a reason, or when it was answered already.
    """
    by.require(*REFUSE_AMENDMENT.roles)
    why = check_reason(answer)
    with audit.recording(by=by, reason=why) as log:
        current = locked_application(amendment.application)
        found = _answered(log, amendment, REFUSE_AMENDMENT, why, by)
        people = people_of([current.applicant_id], WRITING)
        notify(log, current, "amendment_refused", people, path=_page(found), reden=why)
    return found


def withdraw_amendment(amendment: Amendment, *, by: Actor) -> Amendment:
    """Take a request back before it is answered.

    Raises:
        PermissionDenied: for who does not speak for the applicant.
        ValidationError: when it was answered already.
    """
    check_may_submit(amendment.application, by)
    with audit.recording(by=by) as log:
        locked_application(amendment.application)
        return _answered(log, amendment, WITHDRAW_AMENDMENT, "", by)


def _answered(log: Recording, amendment: Amendment, how: Transition, answer: str, by: Actor) -> Amendment:
    found = _found(amendment)
    how.check(found.state, found.get_state_display())
    accepts = how.after == AmendmentState.ACCEPTED
    if accepts:
        _check_accept(found, by)
    values: dict[str, Any] = {"answer": answer.strip(), "answered_at": timezone.now(), "answered_by": by.user}
    log.change(found, verb=how.verb, state=how.after, **values)
    if accepts:
        apply_amendment(log, found)
    return found


def _check_accept(amendment: Amendment, by: Actor) -> None:
    application = amendment.application
    check_four_eyes(amendment, by)
    agreement = agreement_of(application)
    check_unchanged(amendment, places_of(application, agreement))
    check_members(application, amendment.changes, amendment.effective_on)
    check_money(agreement, agreement.after(amendment))


def _found(amendment: Amendment) -> Amendment:
    """The request as it is now, with its application."""
    found: Amendment = amendments().get(pk=amendment.pk)
    return found


def _page(amendment: Amendment) -> str:
    return reverse("applications:amendment", args=[amendment.application_id, amendment.number])

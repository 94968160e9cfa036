"""Requests to change something after the decision: asked by the applicant, answered by a manager.

Accepting changes the contact and the account of the application, and the account of payments that did not leave yet.
What was submitted and decided stays; fewer units, other members and further words hold by the request itself
(``queries.amendments.agreed_units``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.audit import Recording
from draad.accounts.transitions import Transition
from draad.applications.actions.notices import notify, people_of, people_with
from draad.applications.models import Amendment, AmendmentState, Application, Payment, PaymentState
from draad.applications.policies.access import check_may_submit
from draad.applications.policies.amendments import check_decided, check_unchanged, read_changes
from draad.applications.policies.submission import check_reason
from draad.applications.queries.amendments import KEPT, places_of
from draad.applications.queries.form import applications
from draad.applications.states import ACCEPT_AMENDMENT, MANAGER, REFUSE_AMENDMENT, REQUEST, WITHDRAW_AMENDMENT, WRITING

ACCOUNT = ("iban", "account_holder")
NOT_LEFT = (PaymentState.PLANNED, PaymentState.WAITING)


def request_amendment(application: Application, typed: Mapping[str, str], reason: str, *, by: Actor) -> Amendment:
    """Ask to change what differs in ``typed`` (text by field of ``queries.amendments.places_of``).

    Raises:
        PermissionDenied: for who does not speak for the applicant.
        ValidationError: without a reason, when nothing was granted, by field what is wrong, or when nothing differs.
    """
    check_may_submit(application, by)
    why = check_reason(reason)
    with audit.recording(by=by, reason=why) as log:
        current = _locked(application)
        check_decided(current)
        changes = read_changes(places_of(current), typed)
        last = Amendment.objects.filter(application=current).aggregate(last=Max("number"))["last"] or 0
        made = Amendment(
            application=current,
            number=last + 1,
            reason=why,
            changes=changes,
            requested_at=timezone.now(),
            requested_by=by.user,
        )
        log.create(made, verb=REQUEST.verb)
        notify(log, current, "amendment_requested", people_with(MANAGER), path=_page(made))
    return made


def accept_amendment(amendment: Amendment, answer: str = "", *, by: Actor) -> Amendment:
    """Accept a request, and change the contact and the account that it names.

    Raises:
        PermissionDenied: for who is no manager.
        ValidationError: when it was answered already, or what it starts from no longer holds.
    """
    by.require(*ACCEPT_AMENDMENT.roles)
    with audit.recording(by=by, reason=amendment.reason) as log:
        current = _locked(amendment.application)
        found = _answered(log, amendment, ACCEPT_AMENDMENT, answer, by, current)
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
        current = _locked(amendment.application)
        found = _answered(log, amendment, REFUSE_AMENDMENT, why, by, current)
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
        current = _locked(amendment.application)
        return _answered(log, amendment, WITHDRAW_AMENDMENT, "", by, current)


def _answered(
    log: Recording, amendment: Amendment, how: Transition, answer: str, by: Actor, application: Application
) -> Amendment:
    found: Amendment = Amendment.objects.select_related("application").get(pk=amendment.pk)
    how.check(found.state, found.get_state_display())
    if how.after == AmendmentState.ACCEPTED:
        check_unchanged(found, application)
        _apply(log, found, application)
    values: dict[str, Any] = {"answer": answer.strip(), "answered_at": timezone.now(), "answered_by": by.user}
    log.change(found, verb=how.verb, state=how.after, **values)
    return found


def _apply(log: Recording, amendment: Amendment, application: Application) -> None:
    verb = ACCEPT_AMENDMENT.verb
    values = {one["field"]: one["after"] for one in amendment.changes if one["field"] in KEPT}
    if values:
        revision = application.revision + 1
        log.change(application, verb=verb, revision=revision, saved_at=timezone.now(), **values)
    account = {name: values[name] for name in ACCOUNT if name in values}
    if account:
        waiting = Payment.objects.select_for_update(of=("self",)).filter(
            decision__application=application, decision__standing=True, state__in=NOT_LEFT
        )
        for payment in waiting:
            log.change(payment, verb=verb, **account)


def _locked(application: Application) -> Application:
    found: Application = applications().select_for_update(of=("self",)).get(pk=application.pk)
    return found


def _page(amendment: Amendment) -> str:
    return reverse("applications:amendment", args=[amendment.application_id, amendment.number])

"""What an accepted request changes: contact and account, who takes part, and what is still to be paid."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from draad.accounts.audit import Recording
from draad.applications.actions.payments import end_to_end_id
from draad.applications.models import (
    COUNTS_AS_PAID,
    Amendment,
    Application,
    Decision,
    Member,
    MemberState,
    Payment,
    PaymentKind,
)
from draad.applications.policies.amendments import ACCOUNT, joining, leaving
from draad.applications.policies.members import Together
from draad.applications.queries.agreed import NOT_LEFT, agreement_of
from draad.applications.queries.amendments import KEPT, standing_grant
from draad.applications.states import ACCEPT_AMENDMENT, HOLD_PAYMENT, LAPSE_PAYMENT

VERB = ACCEPT_AMENDMENT.verb


def apply_amendment(log: Recording, amendment: Amendment) -> None:
    """Change what an accepted request names, in the recording that accepts it."""
    application = amendment.application
    _change_contact(log, amendment, application)
    _change_members(log, amendment, application)
    decision = standing_grant(application)
    if decision is not None:
        _change_payments(log, decision, application)


def _change_contact(log: Recording, amendment: Amendment, application: Application) -> None:
    values = {one["field"]: one["after"] for one in amendment.changes if one["field"] in KEPT}
    if values:
        revision = application.revision + 1
        log.change(application, verb=VERB, revision=revision, saved_at=timezone.now(), **values)


def _change_members(log: Recording, amendment: Amendment, application: Application) -> None:
    """Who comes takes the place of who goes in the same request."""
    day, new, heir = amendment.effective_on, joining(amendment.changes), None
    if new is not None:
        rules = Together(application)
        call, why = rules.place_in(new, [application.applicant])
        now = timezone.now()
        values: dict[str, Any] = {"state": MemberState.ACCEPTED, "invited_at": now, "responded_at": now}
        values |= {"joined_on": day, "exclusive_in": call, "exception": why, "reason": ""}
        heir = Member.objects.filter(application=application, organisation=new).first()
        if heir is None:
            heir = log.create(Member(application=application, organisation=new, **values), verb=VERB)
        else:
            log.change(heir, verb=VERB, **values)
    for member in Member.objects.filter(application=application, pk__in=leaving(amendment.changes)):
        log.change(member, verb=VERB, left_on=day, exclusive_in=None, succeeded_by=heir)


def _change_payments(log: Recording, decision: Decision, application: Application) -> None:
    """Let what did not leave for the bank follow: to the account of now, and together what is agreed minus paid."""
    rows = Payment.objects.select_for_update(of=("self",)).filter(decision=decision, state__in=COUNTS_AS_PAID)
    payments = list(rows.order_by("kind", "attempt"))
    left = agreement_of(application).agreed
    left -= sum((one.amount for one in payments if one.state not in NOT_LEFT), Decimal(0))
    account = {name: getattr(application, name) for name in ACCOUNT}
    for payment in sorted(payments, key=lambda one: one.kind != PaymentKind.ADVANCE):
        if payment.state not in NOT_LEFT:
            continue
        amount = left if payment.kind == PaymentKind.BALANCE else min(payment.amount, left)
        left -= max(amount, Decimal(0))
        if amount > 0:
            log.change(payment, verb=VERB, amount=amount, **account)
        else:
            log.remove(payment, verb=LAPSE_PAYMENT.verb)
    if left > 0 and all(one.kind != PaymentKind.BALANCE for one in payments):
        _hold(log, decision, left, account)


def _hold(log: Recording, decision: Decision, amount: Decimal, account: dict[str, str]) -> None:
    """Let a balance wait again after an earlier request left nothing of it."""
    tried = Payment.objects.filter(decision=decision, kind=PaymentKind.BALANCE).count()
    kind, attempt = PaymentKind.BALANCE, tried + 1
    with translation.override(settings.LANGUAGE_CODE):
        reason = _("Wacht op het eindrapport.")
    payment = Payment(
        decision=decision, kind=kind, attempt=attempt, state=HOLD_PAYMENT.after, amount=amount, reason=reason,
        end_to_end_id=end_to_end_id(decision, kind, attempt), **account,
    )  # fmt: skip
    log.create(payment, verb=HOLD_PAYMENT.verb)

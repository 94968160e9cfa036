"""Plans payments, puts them in an order for the bank, and keeps what became of each. Nothing is paid twice."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from decimal import Decimal
from hashlib import sha256

from django.conf import settings
from django.db.models import Max
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.audit import Recording
from draad.accounts.models import User
from draad.accounts.transitions import Transition
from draad.applications.actions.notices import notify, people_of
from draad.applications.grants import instalments
from draad.applications.models import Call, Decision, Payment, PaymentKind, PaymentOrder, PaymentState
from draad.applications.paymentfile import file_of
from draad.applications.policies.decisions import check_reason_given
from draad.applications.policies.payments import (
    check_all_ordered,
    check_as_seen,
    check_day_to_pay,
    check_payer,
    check_plan_again,
    check_settled_on,
)
from draad.applications.states import (
    FAIL,
    FREE_PAYMENT,
    HOLD_PAYMENT,
    ORDER_PAYMENT,
    PAY,
    PLAN_PAYMENT,
    RETURN,
    WRITING,
)
from draad.web.formatting import euro

ORDER = "applications.payment_order.make"
LETTERS = {PaymentKind.ADVANCE: "V", PaymentKind.BALANCE: "S"}


def plan_payments(log: Recording, decisions: Iterable[Decision], advance_share: int) -> list[Payment]:
    """Plan the advance of every grant, and let the balance wait, in the recording that makes the decisions known.

    Args:
        log: the open recording.
        decisions: published decisions with their frozen account.
        advance_share: percentage of the grant that is paid first.
    """
    advances, balances = [], []
    for decision in decisions:
        advance, balance = instalments(decision.granted, advance_share)
        if advance:
            advances.append(_payment(decision, PaymentKind.ADVANCE, PaymentState.PLANNED, advance))
        if balance:
            waiting = _payment(decision, PaymentKind.BALANCE, PaymentState.WAITING, balance)
            waiting.reason = _waits_for_report()
            balances.append(waiting)
    planned = log.create_many(advances, verb=PLAN_PAYMENT.verb)
    return [*planned, *log.create_many(balances, verb=HOLD_PAYMENT.verb)]


def _waits_for_report() -> str:
    with translation.override(settings.LANGUAGE_CODE):
        return _("Wacht op het eindrapport.")


def _payment(decision: Decision, kind: PaymentKind, state: PaymentState, amount: Decimal) -> Payment:
    return Payment(
        decision=decision,
        kind=kind,
        state=state,
        amount=amount,
        iban=decision.iban,
        account_holder=decision.account_holder,
        end_to_end_id=end_to_end_id(decision, kind, 1),
    )


def end_to_end_id(decision: Decision, kind: str, attempt: int) -> str:
    """What names a payment up to the bank statement of who is paid: call, application, part and attempt."""
    application = decision.application
    return f"DRAAD-{application.call_id}-{application.number:04}-{LETTERS[PaymentKind(kind)]}{attempt}"


def free_payment(payment: Payment, *, reason: str, by: Actor) -> Payment:
    """Let a waiting payment go to the bank with the next order.

    Raises:
        PermissionDenied: for who may not pay.
        ValidationError: when it does not wait, or without a reason.
    """
    with audit.recording(by=by, reason=reason) as log:
        found = _locked(payment, FREE_PAYMENT, by)
        check_reason_given(reason)
        log.change(found, verb=FREE_PAYMENT.verb, state=FREE_PAYMENT.after, reason=reason.strip())
    return found


def make_order(
    call: Call,
    payments: Collection[int],
    *,
    execute_on: date,
    seen: tuple[int, Decimal],
    by: Actor,
) -> PaymentOrder:
    """Put planned payments of a call in an order, with the file for the bank.

    Args:
        call: the call.
        payments: primary keys of the payments.
        execute_on: the day on which the bank must pay.
        seen: how many payments, and how much in euro, the person who orders them read.
        by: who orders.

    Raises:
        PermissionDenied: for who may not pay.
        ChangedMeanwhileError: when one of the payments was ordered meanwhile.
        ValidationError: without a payer or payments, for a day in the past, or when a bank would refuse the file.
    """
    by.require(*ORDER_PAYMENT.roles)
    made_at = timezone.now()
    check_day_to_pay(execute_on, timezone.localdate(made_at))
    with audit.recording(by=by) as log:
        paying = Call.objects.select_for_update(of=("self",)).select_related("round__programme").get(pk=call.pk)
        check_payer(paying)
        chosen = _planned(paying, payments)
        check_as_seen(chosen, *seen)
        last = PaymentOrder.objects.filter(call=paying).aggregate(last=Max("number"))["last"] or 0
        order = PaymentOrder(
            call=paying,
            number=last + 1,
            message_id=f"DRAAD-{paying.pk}-{last + 1}",
            made_at=made_at.replace(microsecond=0),
            made_by=by.user,
            execute_on=execute_on,
            payments_count=len(chosen),
            total=sum((payment.amount for payment in chosen), Decimal(0)),
        )
        content = file_of(order, chosen)
        order.content, order.sha256 = content.decode(), sha256(content).hexdigest()
        log.create(order, verb=ORDER)
        for payment in chosen:
            log.change(payment, verb=ORDER_PAYMENT.verb, state=ORDER_PAYMENT.after, order=order, reason="")
    return order


def _planned(call: Call, payments: Collection[int]) -> list[Payment]:
    """The payments that are planned still, locked, in the order of the applications."""
    rows = Payment.objects.select_for_update(of=("self",)).select_related("decision__application__applicant")
    planned = rows.filter(decision__application__call=call, state=PaymentState.PLANNED)
    wanted = set(payments)
    ordered = planned.order_by("decision__application__number", "kind", "pk")
    return [payment for payment in ordered if payment.pk in wanted]


def pay_order(order: PaymentOrder, *, on: date, by: Actor) -> Sequence[Payment]:
    """Note that the bank paid everything that is still open in an order.

    Raises:
        PermissionDenied: for who may not pay.
        ValidationError: for a day before the order or in the future.
    """
    by.require(*PAY.roles)
    with audit.recording(by=by) as log:
        rows = Payment.objects.select_for_update(of=("self",)).filter(order=order, state=PaymentState.ORDERED)
        paid = list(rows.select_related("order", "decision__application__call__round__programme",
                                        "decision__application__applicant"))  # fmt: skip
        for payment in paid:
            _settle(log, payment, PAY, on, "")
    return paid


def pay(payment: Payment, *, on: date, by: Actor) -> Payment:
    """Note that the bank paid.

    Raises:
        PermissionDenied: for who may not pay.
        ValidationError: for the wrong state, or a day before the order or in the future.
    """
    return _settled(payment, PAY, on, "", by)


def fail(payment: Payment, *, on: date, reason: str, by: Actor) -> Payment:
    """Note that the bank did not pay, and why.

    Raises:
        PermissionDenied: for who may not pay.
        ValidationError: for the wrong state or day, or without a reason.
    """
    check_reason_given(reason)
    return _settled(payment, FAIL, on, reason, by)


def take_return(payment: Payment, *, on: date, reason: str, by: Actor) -> Payment:
    """Note that the money came back, and why.

    Raises:
        PermissionDenied: for who may not pay.
        ValidationError: for the wrong state or day, or without a reason.
    """
    check_reason_given(reason)
    return _settled(payment, RETURN, on, reason, by)


def _settled(payment: Payment, transition: Transition, on: date, reason: str, by: Actor) -> Payment:
    with audit.recording(by=by, reason=reason) as log:
        found = _locked(payment, transition, by)
        _settle(log, found, transition, on, reason)
    return found


def _settle(log: Recording, payment: Payment, transition: Transition, on: date, reason: str) -> None:
    """Keep what became of an ordered payment, and tell the applicant."""
    ordered = payment.order.made_at if payment.order else timezone.now()
    check_settled_on(on, timezone.localdate(ordered), timezone.localdate())
    log.change(payment, verb=transition.verb, state=transition.after, settled_on=on, reason=reason.strip())
    application = payment.decision.application
    people: list[User | str] = [*people_of([application.applicant_id], WRITING), application.contact_email]
    key = "payment_done" if transition is PAY else "payment_failed"
    with translation.override(settings.LANGUAGE_CODE):
        amount = euro(payment.amount, cents=True)
    notify(log, application, key, people, bedrag=amount)


def plan_again(payment: Payment, *, by: Actor) -> Payment:
    """Plan a payment that failed or came back anew, to the account that the application has now.

    After the decision that account changes by an accepted amendment only.

    Raises:
        PermissionDenied: for who may not pay.
        ValidationError: when it neither failed nor came back, or this part is planned or paid already.
    """
    by.require(*PLAN_PAYMENT.roles)
    with audit.recording(by=by, reason=payment.reason) as log:
        return _again(log, _found(payment))


def _again(log: Recording, payment: Payment) -> Payment:
    check_plan_again(payment)
    application = payment.decision.application
    attempt = payment.attempt + 1
    again = Payment(
        decision=payment.decision,
        kind=payment.kind,
        attempt=attempt,
        state=PLAN_PAYMENT.after,
        amount=payment.amount,
        iban=application.iban,
        account_holder=application.account_holder,
        end_to_end_id=end_to_end_id(payment.decision, payment.kind, attempt),
    )
    return log.create(again, verb=PLAN_PAYMENT.verb)


def refuse_order(order: PaymentOrder, *, on: date, reason: str, by: Actor) -> list[Payment]:
    """Note that the bank refused an order as a whole: each payment failed and is planned anew.

    Nothing was paid, so the applicants are not told.

    Raises:
        PermissionDenied: for who may not pay.
        ValidationError: without a reason, for the wrong day, or when a payment of the order is settled already.
    """
    by.require(*FAIL.roles)
    with audit.recording(by=by, reason=reason) as log:
        check_reason_given(reason)
        check_settled_on(on, timezone.localdate(order.made_at), timezone.localdate())
        rows = Payment.objects.select_for_update(of=("self",)).select_related("decision__application")
        payments = list(rows.filter(order=order).order_by("pk"))
        check_all_ordered(payments)
        for payment in payments:
            log.change(payment, verb=FAIL.verb, state=FAIL.after, settled_on=on, reason=reason.strip())
        return [_again(log, payment) for payment in payments]


def _locked(payment: Payment, transition: Transition, by: Actor) -> Payment:
    """The payment as it is now, locked, when this may be done with it."""
    by.require(*transition.roles)
    found = _found(payment)
    transition.check(found.state, found.get_state_display())
    return found


def _found(payment: Payment) -> Payment:
    rows = Payment.objects.select_for_update(of=("self",)).select_related(
        "order", "decision__application__applicant", "decision__application__call__round__programme"
    )
    found: Payment = rows.get(pk=payment.pk)
    return found

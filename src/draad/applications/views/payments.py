"""Payments: the list, one payment and what became of it, orders for the bank with their files. For managers."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from draad.accounts.middleware import actor
from draad.accounts.transitions import Transition
from draad.applications.actions import payments as act
from draad.applications.forms.decisions import WhyForm
from draad.applications.forms.payments import LEAVE_OUT, NotPaidForm, OrderForm, PaidForm, today
from draad.applications.models import Call, Payment, PaymentKind, PaymentOrder, PaymentState
from draad.applications.paymentfile import workbook_of
from draad.applications.paymenttables import orders_table, payments_table
from draad.applications.policies.payments import can_plan_again
from draad.applications.queries import payments as read
from draad.applications.states import FAIL, FREE_PAYMENT, ORDER_PAYMENT, PAY, PLAN_PAYMENT, RETURN
from draad.web.tables import XLSX, file_response, table_page


def listing(request: HttpRequest) -> HttpResponse:
    """All payments, how much is in each state, and the calls with something to pay."""
    found = read.payments()
    example = read.shows_examples(found)
    context = {"totals": read.state_totals(), "calls": read.calls_to_pay(), "example": example}
    return table_page(request, "applications/payment/list.html", [payments_table(found, example=example)], context)


def orders(request: HttpRequest) -> HttpResponse:
    """All orders for the bank."""
    found = read.orders()
    example = found.filter(call__example=True).exists()
    table = orders_table(found, example=example)
    return table_page(request, "applications/payment/orders.html", [table], {"example": example})


def order_make(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Choose planned payments of a call and put them in an order."""
    call = _call(slug, number)
    asked = request.POST.get("kind", "") if request.method == "POST" else request.GET.get("kind", "")
    kind = asked if asked in PaymentKind.values else ""
    planned = read.planned_payments(call, kind)
    if request.method != "POST":
        return _order_page(request, call, kind, planned, _order_form(planned))
    form = OrderForm(request.POST)
    left_out = {int(key) for key in request.POST.getlist(LEAVE_OUT) if key.isdecimal()}
    if not form.is_valid():
        return _order_page(request, call, kind, planned, form, left_out, status=422)
    chosen = [payment for payment in planned if payment.pk not in left_out]
    gone = [payment for payment in planned if payment.pk in left_out]
    seen = (form.cleaned_data["count"] - len(gone), form.cleaned_data["total"] - _total(gone))
    try:
        made = act.make_order(
            call, [p.pk for p in chosen], execute_on=form.cleaned_data["execute_on"], seen=seen, by=actor(request)
        )
    except ValidationError as problem:
        again = OrderForm({**request.POST.dict(), "count": len(planned), "total": _total(planned)})
        again.is_valid()
        again.add_error(None, problem)
        return _order_page(request, call, kind, planned, again, left_out, status=422)
    messages.success(request, ORDER_PAYMENT.notice)
    return redirect("applications:order", made.pk)


def _order_form(planned: list[Payment]) -> OrderForm:
    return OrderForm(initial={"execute_on": today(), "count": len(planned), "total": _total(planned)})


def _total(payments: list[Payment]) -> Decimal:
    return sum((payment.amount for payment in payments), Decimal(0))


def _order_page(
    request: HttpRequest,
    call: Call,
    kind: str,
    planned: list[Payment],
    form: OrderForm,
    left_out: set[int] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "call": call,
        "example": call.example,
        "kind": kind,
        "kinds": PaymentKind.choices,
        "planned": planned,
        "total": _total(planned),
        "form": form,
        "left_out": left_out or set(),
    }
    return render(request, "applications/payment/make.html", context, status=status)


def _call(slug: str, number: int) -> Call:
    calls = Call.objects.select_related("round__programme")
    found: Call = get_object_or_404(calls, round__programme__slug=slug, round__number=number)
    return found


def order(request: HttpRequest, pk: int) -> HttpResponse:
    """An order: its files, its payments, and one button for when the bank paid or refused it all."""
    return _order(request, _found_order(pk))


def _order(
    request: HttpRequest, found: PaymentOrder, paid: PaidForm | None = None, refused: NotPaidForm | None = None
) -> HttpResponse:
    payments = read.payments().filter(order=found)
    waiting = payments.filter(state=PaymentState.ORDERED).count()
    context = {
        "order": found,
        "example": found.call.example,
        "waiting": waiting,
        "untouched": waiting == found.payments_count,
        "form": paid or PaidForm(),
        "refused": refused or NotPaidForm(auto_id="id_refused_%s"),
    }
    table = payments_table(payments, example=found.call.example, of_order=True)
    response = table_page(request, "applications/payment/order.html", [table], context)
    response.status_code = 422 if paid or refused else response.status_code
    return response


def _found_order(pk: int) -> PaymentOrder:
    orders = PaymentOrder.objects.select_related("call__round__programme", "made_by")
    found: PaymentOrder = get_object_or_404(orders, pk=pk)
    return found


def order_xml(request: HttpRequest, pk: int) -> HttpResponse:
    """The file for the bank, byte for byte as it was made."""
    found = _found_order(pk)
    return file_response(found.content.encode(), f"{found.message_id}.xml", "application/xml")


def order_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    """The same rows as Excel."""
    found = _found_order(pk)
    return file_response(workbook_of(found, read.payments_of_order(found)), f"{found.message_id}.xlsx", XLSX)


@require_POST
def order_paid(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that the bank paid all that is open in an order."""
    found, form = _found_order(pk), PaidForm(request.POST)
    if form.is_valid():
        try:
            act.pay_order(found, on=form.cleaned_data["on"], by=actor(request))
        except ValidationError as problem:
            form.add_error("on", problem)
        else:
            messages.success(request, PAY.notice)
            return redirect("applications:order", pk)
    return _order(request, found, paid=form)


@require_POST
def order_refused(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that the bank refused an order as a whole, and plan its payments anew."""
    found, form = _found_order(pk), NotPaidForm(request.POST, auto_id="id_refused_%s")
    if form.is_valid():
        try:
            planned = act.refuse_order(found, **form.cleaned_data, by=actor(request))
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            told = ngettext(
                "%(n)s betaling is opnieuw gepland.", "%(n)s betalingen zijn opnieuw gepland.", len(planned)
            )
            messages.success(request, told % {"n": len(planned)})
            return redirect("applications:order_make", found.call.round.programme.slug, found.call.round.number)
    return _order(request, found, refused=form)


def payment(request: HttpRequest, pk: int) -> HttpResponse:
    """One payment with the other attempts, and what can be done with it now."""
    return _payment(request, _found(pk), {})


FORMS: dict[str, tuple[Transition, type[forms.Form]]] = {
    "paid": (PAY, PaidForm),
    "failed": (FAIL, NotPaidForm),
    "returned": (RETURN, NotPaidForm),
    "free": (FREE_PAYMENT, WhyForm),
}
"""What can be done with a payment: the transition and the form that it takes, by the name in the address."""

ACTS: dict[str, Callable[..., Payment]] = {
    "paid": act.pay, "failed": act.fail, "returned": act.take_return, "free": act.free_payment,
}  # fmt: skip


def _payment(request: HttpRequest, found: Payment, bound: dict[str, forms.Form]) -> HttpResponse:
    steps = [
        {"name": name, "transition": transition, "form": bound.get(name) or form(auto_id=f"id_{name}_%s")}
        for name, (transition, form) in FORMS.items()
        if found.state in transition.before
    ]
    attempts = Payment.objects.filter(decision=found.decision, kind=found.kind).select_related("order")
    context: dict[str, Any] = {
        "payment": found,
        "application": found.decision.application,
        "example": found.decision.application.call.example,
        "attempts": attempts.order_by("attempt"),
        "steps": steps,
        "again": PLAN_PAYMENT if can_plan_again(found) else None,
    }
    return render(request, "applications/payment/payment.html", context, status=422 if bound else 200)


def _found(pk: int) -> Payment:
    found: Payment = get_object_or_404(read.payments(), pk=pk)
    return found


@require_POST
def payment_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Note what became of a payment, or let it go."""
    found = _found(pk)
    transition, kind = FORMS[step]
    form = kind(request.POST, auto_id=f"id_{step}_%s")
    if form.is_valid():
        try:
            ACTS[step](found, **form.cleaned_data, by=actor(request))
        except ValidationError as problem:
            if found.state not in transition.before:
                messages.error(request, " ".join(problem.messages))
                return redirect("applications:payment", pk)
            form.add_error(None, problem)
        else:
            messages.success(request, transition.notice)
            return redirect("applications:payment", pk)
    return _payment(request, found, {step: form})


@require_POST
def plan_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan a payment that failed or came back anew."""
    try:
        made = act.plan_again(_found(pk), by=actor(request))
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect("applications:payment", pk)
    messages.success(request, _("De betaling is opnieuw gepland."))
    return redirect("applications:payment", made.pk)

"""Reads of payments and orders."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from draad.applications.models import Call, Payment, PaymentOrder, PaymentState


@dataclass(frozen=True)
class StateTotal:
    """How many payments are in a state, and what they are in euro."""

    state: PaymentState
    count: int
    total: Decimal


def payments() -> QuerySet[Payment]:
    """All payments with whom they are for, in the order of programme, round and application; files are left out."""
    with_others = Payment.objects.select_related(
        "order", "decision__application__applicant", "decision__application__call__round__programme"
    )
    return with_others.defer("order__content").order_by(
        "decision__application__call__round__programme__name",
        "-decision__application__call__round__number",
        "decision__application__number",
        "kind",
        "attempt",
    )


def state_totals() -> list[StateTotal]:
    """Payments by state, in the order of their life; one query."""
    rows = {
        row["state"]: row
        for row in Payment.objects.order_by().values("state").annotate(n=Count("pk"), s=Sum("amount"))
    }
    return [StateTotal(state, rows[state]["n"], rows[state]["s"]) for state in PaymentState if state in rows]


def calls_to_pay() -> QuerySet[Call]:
    """The calls with planned payments, and how many and how much."""
    planned = Q(applications__decisions__payments__state=PaymentState.PLANNED)
    found: QuerySet[Call] = (
        Call.objects.filter(planned)
        .select_related("round__programme")
        .annotate(n=Count("applications__decisions__payments"), total=Sum("applications__decisions__payments__amount"))
        .order_by("round__programme__name", "-round__number")
    )
    return found


def kinds_to_order(call: Call) -> list[str]:
    """The parts of the grants of a call of which payments can go in an order, advances first; one query."""
    planned = Payment.objects.filter(decision__application__call=call, state=PaymentState.PLANNED)
    return list(planned.order_by("kind").values_list("kind", flat=True).distinct())


def planned_payments(call: Call, kind: str = "") -> list[Payment]:
    """The payments of a call that can go in an order, all or of one part of the grant."""
    planned = payments().filter(decision__application__call=call, state=PaymentState.PLANNED)
    return list(planned.filter(kind=kind) if kind else planned)


def orders() -> QuerySet[PaymentOrder]:
    """All orders, newest first, without their files, with how many of their payments the bank has not told about."""
    ordered = Payment.objects.filter(order=OuterRef("pk"), state=PaymentState.ORDERED).order_by().values("order")
    waiting = Coalesce(Subquery(ordered.annotate(n=Count("pk")).values("n")), 0)
    found: QuerySet[PaymentOrder] = PaymentOrder.objects.select_related("call__round__programme", "made_by")
    return found.defer("content").annotate(open=waiting).order_by("-made_at", "-pk")


def payments_of_order(order: PaymentOrder) -> list[Payment]:
    """The payments of an order as they stand in its file."""
    found = payments().filter(order=order)
    return list(found.order_by("decision__application__number", "kind", "pk"))


def shows_examples(found: QuerySet[Payment]) -> bool:
    """Whether one of these payments is example data."""
    return found.filter(decision__application__call__example=True).exists()

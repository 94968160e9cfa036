"""What the state of things allows for payments: nothing twice, an order as it was seen, a day that can be."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from draad.accounts.revisions import ChangedMeanwhileError
from draad.applications.models import COUNTS_AS_PAID, Call, Payment, PaymentState
from draad.documents.iban import valid_iban
from draad.web.formatting import day, euro


def check_payer(call: Call) -> None:
    """Refuse an order without somebody who pays.

    Raises:
        ValidationError: saying where to fill it in.
    """
    if not call.payer_name.strip() or not valid_iban(call.payer_iban):
        raise ValidationError(_("Vul bij de oproep in wie betaalt en van welke rekening (IBAN)."))


def check_as_seen(payments: Iterable[Payment], count: int, total: Decimal) -> None:
    """Refuse an order of nothing, or of other payments than were seen.

    Raises:
        ValidationError: when there is nothing to pay.
        ChangedMeanwhileError: when somebody put payments in another order, or planned more, since the list was read.
    """
    amounts = [payment.amount for payment in payments]
    if (len(amounts), sum(amounts, Decimal(0))) != (count, total):
        raise ChangedMeanwhileError(
            ngettext(
                "De lijst is veranderd sinds u ze las: nu is het %(count)s betaling van %(total)s. Kijk ze na.",
                "De lijst is veranderd sinds u ze las: nu zijn het %(count)s betalingen, samen %(total)s. Kijk ze na.",
                len(amounts),
            )
            % {"count": len(amounts), "total": euro(sum(amounts, Decimal(0)), cents=True)}
        )
    if not amounts:
        raise ValidationError(_("Er is niets te betalen: kies ten minste één betaling."))


def check_day_to_pay(on: date, today: date) -> None:
    """Refuse a day in the past for an order.

    Raises:
        ValidationError: naming today.
    """
    if on < today:
        raise ValidationError(_("De bank kan niet in het verleden betalen. Kies %(today)s of later.")
                              % {"today": day(today)})  # fmt: skip


def check_settled_on(on: date, order_made_on: date, today: date) -> None:
    """Refuse a day of payment before the order was made, or in the future.

    Raises:
        ValidationError: naming the days between which it lies.
    """
    if not order_made_on <= on <= today:
        raise ValidationError(
            _("De dag ligt tussen %(first)s, toen de opdracht is gemaakt, en vandaag, %(today)s.")
            % {"first": day(order_made_on), "today": day(today)}
        )


def check_all_ordered(payments: Iterable[Payment]) -> None:
    """Refuse to call an order refused as a whole when it is known what became of one of its payments.

    Raises:
        ValidationError: saying what to do instead.
    """
    if any(payment.state != PaymentState.ORDERED for payment in payments):
        raise ValidationError(
            _("Een deel van deze opdracht is al genoteerd. Noteer de andere betalingen dan een voor een.")
        )


def check_plan_again(payment: Payment) -> None:
    """Refuse to plan a part of a grant anew unless it failed or came back, and nothing else of it is under way.

    Raises:
        ValidationError: saying how far the payment is, or the other one.
    """
    others = Payment.objects.filter(decision_id=payment.decision_id, kind=payment.kind)
    living = others.filter(state__in=COUNTS_AS_PAID).first()
    if living:
        raise ValidationError(
            _("Dit deel is al gepland of betaald (poging %(attempt)s: %(state)s).")
            % {"attempt": living.attempt, "state": living.get_state_display()}
        )
    if others.filter(attempt__gt=payment.attempt).exists():
        raise ValidationError(_("Er was al een latere poging. Plan die opnieuw."))
    if not valid_iban(payment.decision.application.iban):
        raise ValidationError(_("Het rekeningnummer van de aanvraag is niet geldig. Laat het bestuur het wijzigen."))


def can_plan_again(payment: Payment) -> bool:
    """Whether a payment that failed or came back can be planned anew."""
    try:
        check_plan_again(payment)
    except ValidationError:
        return False
    return True

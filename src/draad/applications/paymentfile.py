"""The file of a payment order for the bank, and the same rows as a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from draad.applications.models import Payment, PaymentOrder
from draad.documents.iban import grouped_iban
from draad.documents.sepa import LONGEST_TEXT, OrderError, Party, PaymentFile, Transfer, make_payment_file, sepa_text
from draad.documents.tables import Column, Kind, Table
from draad.documents.xlsx import Sheets
from draad.web.formatting import day
from draad.web.tables import words


def file_of(order: PaymentOrder, payments: Iterable[Payment]) -> bytes:
    """The file for the bank (ISO 20022 pain.001.001.09) of an order and its payments.

    Raises:
        ValidationError: when a bank would refuse it, with each problem.
    """
    try:
        return make_payment_file(_content(order, payments))
    except OrderError as error:
        raise ValidationError(
            [_("De bank zou dit bestand weigeren: %(problem)s") % {"problem": problem} for problem in error.problems]
        ) from error


def _content(order: PaymentOrder, payments: Iterable[Payment]) -> PaymentFile:
    call = order.call
    return PaymentFile(
        message_id=order.message_id,
        created_at=timezone.localtime(order.made_at).replace(tzinfo=None),
        execute_on=order.execute_on,
        debtor=Party(call.payer_name, call.payer_iban),
        transfers=tuple(
            Transfer(payment.end_to_end_id, Party(payment.account_holder, payment.iban), payment.amount,
                     remittance_of(order, payment))
            for payment in payments
        ),
        debtor_bic=call.payer_bic,
    )  # fmt: skip


def remittance_of(order: PaymentOrder, payment: Payment) -> str:
    """What who is paid reads on the bank statement: programme, round, part and dossier."""
    with translation.override(settings.LANGUAGE_CODE):
        text = _("%(programme)s ronde %(round)s, %(kind)s, dossier %(number)s") % {
            "programme": order.call.round.programme.name,
            "round": order.call.round.number,
            "kind": payment.get_kind_display(),
            "number": payment.decision.application.number,
        }
    return sepa_text(text)[:LONGEST_TEXT]


def rows_of(order: PaymentOrder, payments: Sequence[Payment]) -> Table[Payment]:
    """The payments of an order as they stand in its file."""
    return Table(
        key=f"betaalopdracht-{order.message_id.lower()}",
        title=_("Betaalopdracht %(id)s") % {"id": order.message_id},
        about=_("Uit te voeren op %(day)s, SHA-256 van het bankbestand: %(hash)s")
        % {"day": day(order.execute_on), "hash": order.sha256},
        columns=[
            Column("kenmerk", _("Kenmerk"), lambda payment: payment.end_to_end_id),
            Column("dossier", _("Dossier"), lambda payment: payment.decision.application.number, Kind.COUNT),
            Column("bestuur", _("Bestuur"), lambda payment: payment.decision.application.applicant.name),
            Column("deel", pgettext("betaling", "Deel"), lambda payment: payment.get_kind_display()),
            Column("rekeninghouder", _("Rekeninghouder"), lambda payment: payment.account_holder),
            Column("iban", _("IBAN"), lambda payment: grouped_iban(payment.iban)),
            Column("mededeling", _("Mededeling"), lambda payment: remittance_of(order, payment)),
            Column("bedrag", _("Bedrag"), lambda payment: payment.amount, Kind.EURO, total=True),
        ],
        rows=payments,
        example=order.call.example,
    )


def workbook_of(order: PaymentOrder, payments: Sequence[Payment]) -> bytes:
    """The rows of an order as Excel, in Dutch; the same order gives the same bytes."""
    with translation.override(settings.LANGUAGE_CODE):
        table = rows_of(order, payments)
        book = Sheets(title=str(table.title), made_at=timezone.localtime(order.made_at), words=words())
        book.add(table)
        return book.bytes()

"""The payments of an example round: an order for the bank per instalment, as a real round would leave it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256

from draad.applications.example import ExampleApplication
from draad.applications.exampleparts import MADE_BEFORE, Setting, at
from draad.applications.models import Decision, Payment, PaymentKind, PaymentOrder, PaymentState
from draad.documents.sepa import Party, PaymentFile, Transfer, make_payment_file


@dataclass(frozen=True)
class Instalment:
    """A part of all grants: of which kind, paid on which day or still to be paid."""

    kind: PaymentKind
    on: date
    paid: bool
    amount: Callable[[ExampleApplication], Decimal]


def instalments(setting: Setting) -> list[Instalment]:
    """The advances, and the balances; those of the last round are still to be paid."""
    one = setting.example
    return [
        Instalment(PaymentKind.ADVANCE, one.advance_on, paid=True, amount=lambda a: a.advance),
        Instalment(PaymentKind.BALANCE, one.balance_on, paid=not setting.last, amount=lambda a: a.balance),
    ]


def payments(
    instalment: Instalment, decided: Sequence[tuple[ExampleApplication, Decision]], setting: Setting, number: int
) -> tuple[PaymentOrder | None, list[Payment]]:
    """The payments of an instalment, with the order number ``number`` in which they went to the bank."""
    made = [
        Payment(
            decision=decision,
            kind=instalment.kind,
            state=PaymentState.DONE if instalment.paid else PaymentState.PLANNED,
            amount=instalment.amount(example),
            iban=decision.iban,
            account_holder=decision.account_holder,
            end_to_end_id=f"{_name(setting)}-{example.number}-{instalment.kind}".upper(),
            settled_on=instalment.on if instalment.paid else None,
        )
        for example, decision in decided
    ]
    if not instalment.paid:
        return None, made
    order = _order(instalment, made, setting, number)
    for payment in made:
        payment.order = order
    return order, made


def _name(setting: Setting) -> str:
    return f"voorbeeld-r{setting.example.number}"


def _order(instalment: Instalment, made: Sequence[Payment], setting: Setting, number: int) -> PaymentOrder:
    content = make_payment_file(
        PaymentFile(
            message_id=f"{_name(setting)}-{number}".upper(),
            created_at=at(instalment.on - MADE_BEFORE),
            execute_on=instalment.on,
            debtor=Party(setting.call.payer_name, setting.call.payer_iban),
            transfers=tuple(
                Transfer(p.end_to_end_id, Party(p.account_holder, p.iban), p.amount, setting.call.introduction)
                for p in made
            ),
        )
    )
    return PaymentOrder(
        call=setting.call,
        number=number,
        message_id=f"{_name(setting)}-{number}".upper(),
        made_at=at(instalment.on - MADE_BEFORE),
        execute_on=instalment.on,
        payments_count=len(made),
        total=sum((one.amount for one in made), start=Decimal(0)),
        content=content.decode(),
        sha256=sha256(content).hexdigest(),
    )

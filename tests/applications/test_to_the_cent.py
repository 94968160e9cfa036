"""Granted totals are the envelope rule to the cent: through the distribution, decisions, letters, bank file, Excel."""

from decimal import Decimal
from io import BytesIO
from xml.etree import ElementTree

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from python_calamine import CalamineWorkbook

from draad.applications.actions.payments import free_payment, make_order
from draad.applications.models import Call, Decision, Payment, PaymentOrder
from draad.applications.paymentfile import workbook_of
from draad.applications.queries.decisions import decisions_of
from draad.applications.queries.desk_claims import desk_of
from draad.applications.queries.letters import decisions_with_letters, letter_of
from draad.applications.queries.payments import payments_of_order, planned_payments
from draad.documents.sepa import NAMESPACE
from draad.methods.allocation import Claim, Rule, allocate
from tests.applications.deciding import advised, chosen, incentive, manager, prepare_decisions, published
from tests.applications.making import make_call

NAMES = ("Gent", "Aalst", "Genk", "Brugge")
asked = st.lists(st.tuples(st.integers(0, 120), st.integers(1, 60), st.booleans()), min_size=1, max_size=len(NAMES))


def cents(text: str) -> Decimal:
    """An amount as a letter writes it."""
    return Decimal(text.removeprefix("€\u00a0").replace(".", "").replace(",", "."))


def divided(call: Call, envelope: Decimal, rule: Rule) -> dict[tuple[str, int], str]:
    """What the rule awards each line, by applicant and action."""
    desk = desk_of(call.pk)
    lines = {line.key: line for line in desk.claims}
    claims = [
        Claim(line.key, desk.applications[line.application].applicant, line.claimed, priority=line.priority)
        for line in lines.values()
    ]
    awards = allocate(claims, envelope, rule).awards if claims else []
    return {
        (desk.applications[lines[award.claim.claim].application].applicant, lines[award.claim.claim].action[0]): str(
            award.amount
        )
        for award in awards
    }


def everything_paid(call: Call) -> PaymentOrder | None:
    for payment in list(Payment.objects.filter(state="waiting")):
        free_payment(payment, reason="Eindrapport goedgekeurd.", by=manager())
    planned = planned_payments(call)
    if not planned:
        return None
    total = sum((payment.amount for payment in planned), Decimal(0))
    return make_order(
        call, [p.pk for p in planned], execute_on=timezone.localdate(), seen=(len(planned), total), by=manager()
    )


class ToTheCent(TestCase):
    @pytest.mark.django_db
    @settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(asked, st.decimals(Decimal("0.01"), Decimal("60000.00"), places=2), st.sampled_from(list(Rule)))
    def test_totals_are_the_same_everywhere(
        self, applications: list[tuple[int, int, bool]], envelope: Decimal, rule: Rule
    ) -> None:
        call = make_call()
        for name, (five, nine, with_incentive) in zip(NAMES, applications, strict=False):
            made = advised(call, name, {5: (1, five), 9: (2, nine)})
            if with_incentive:
                incentive(made)
        desk = desk_of(call.pk)
        awards = divided(call, envelope, rule)
        total = sum((Decimal(amount) for amount in awards.values()), Decimal(0))
        assert total == min(envelope, desk.claimed)
        granted = total + desk.reserved

        decision_list = prepare_decisions(chosen(call, awards), by=manager())
        assert decision_list.granted == granted
        decisions = list(decisions_of(decision_list))
        assert sum(d.granted for d in decisions) == granted
        assert sum(part.amount for d in decisions for part in [*d.lines.all(), *d.incentives.all()]) == granted

        published(decision_list)
        letters = [letter_of(d, 80) for d in decisions_with_letters(Decision.objects.all())]
        assert sum(cents(letter.granted) for letter in letters) == granted
        assert sum(cents(line.granted) for letter in letters for line in letter.lines) == granted
        assert sum(cents(part) for x in letters for part in (x.advance, x.balance) if part) == granted

        order = everything_paid(call)
        if order is None:
            assert granted == 0
            return
        elements = ElementTree.fromstring(order.content).iter(f"{{{NAMESPACE}}}InstdAmt")
        assert sum(Decimal(element.text or "") for element in elements) == order.total == granted
        book = CalamineWorkbook.from_filelike(BytesIO(workbook_of(order, payments_of_order(order))))
        assert Decimal(str(book.get_sheet_by_index(0).to_python()[-1][7])).quantize(Decimal("0.01")) == granted

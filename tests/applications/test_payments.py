from datetime import date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from io import BytesIO
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from python_calamine import CalamineWorkbook

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.revisions import ChangedMeanwhileError
from draad.accounts.roles import Role
from draad.applications.actions import payments as act
from draad.applications.models import Call, Notice, Payment, PaymentOrder, PaymentState
from draad.applications.paymentfile import workbook_of
from draad.applications.policies.payments import can_plan_again
from draad.applications.queries.payments import payments_of_order, planned_payments
from draad.applications.states import PAYMENT
from draad.documents.sepa import NAMESPACE
from draad.programmes.models import RoundRule
from tests.applications.deciding import manager, prepared, published
from tests.applications.making import BY, person

pytestmark = pytest.mark.django_db
OTHER_ACCOUNT = "BE71096123456769"
MANAGING = (Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER)


def today() -> date:
    return timezone.localdate()


def order_all(call: Call, **values: object) -> PaymentOrder:
    """An order of everything that is planned."""
    planned = planned_payments(call)
    given = {
        "execute_on": today(),
        "seen": (len(planned), sum((payment.amount for payment in planned), Decimal(0))),
        "by": manager(),
    } | values
    return act.make_order(call, [payment.pk for payment in planned], **given)  # type: ignore[arg-type]


@pytest.fixture
def call(db: None) -> Call:
    """A call with two published grants: 103,200 euro of advances."""
    found: Call = published().call
    return found


@pytest.fixture
def ordered(call: Call) -> Payment:
    return payments_of_order(order_all(call))[0]


def texts(content: str, name: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(content).iter(f"{{{NAMESPACE}}}{name}")]


def give(instance: object, **values: object) -> None:
    with audit.recording(by=BY) as log:
        log.change(instance, verb="test.give", **values)  # type: ignore[type-var]


# the order --------------------------------------------------------------------------------------------------------
def test_an_order_holds_the_planned_payments(call: Call) -> None:
    order = order_all(call)
    assert (order.number, order.payments_count, order.total) == (1, 2, Decimal("103200.00"))
    assert {payment.state for payment in payments_of_order(order)} == {PaymentState.ORDERED}
    assert texts(order.content, "CtrlSum") == ["103200.00"] * 2
    assert texts(order.content, "InstdAmt") == ["82400.00", "20800.00"]
    assert texts(order.content, "EndToEndId") == [f"DRAAD-{call.pk}-0001-V1", f"DRAAD-{call.pk}-0002-V1"]
    assert texts(order.content, "Ustrd")[0] == "Plan Samenleven ronde 1, voorschot, dossier 1"
    assert texts(order.content, "Nm")[2:] == ["Gent", "Aalst"]


def test_the_file_is_kept_with_its_hash(call: Call) -> None:
    order = order_all(call)
    stored = PaymentOrder.objects.get(pk=order.pk)
    assert stored.sha256 == sha256(stored.content.encode()).hexdigest()


def test_the_file_and_the_workbook_do_not_change_with_what_happens_later(call: Call) -> None:
    order = order_all(call)
    before = workbook_of(order, payments_of_order(order))
    payment = payments_of_order(order)[0]
    act.fail(payment, on=today(), reason="Rekening gesloten.", by=manager())
    give(payment.decision.application, iban=OTHER_ACCOUNT)
    stored = PaymentOrder.objects.get(pk=order.pk)
    assert stored.content == order.content
    with translation.override("en"):
        assert workbook_of(stored, payments_of_order(stored)) == before


def test_the_workbook_has_the_same_rows_as_the_file(call: Call) -> None:
    order = order_all(call)
    book = CalamineWorkbook.from_filelike(BytesIO(workbook_of(order, payments_of_order(order))))
    rows = book.get_sheet_by_index(0).to_python()
    ids, ibans = set(texts(order.content, "EndToEndId")), texts(order.content, "IBAN")[1:]
    found = [row for row in rows if row[0] in ids]
    assert [str(row[5]).replace(" ", "") for row in found] == ibans
    assert [Decimal(str(row[7])) for row in found] == [Decimal(text) for text in texts(order.content, "InstdAmt")]
    assert rows[-1][7] == 103200


def test_an_example_says_so_in_the_workbook(call: Call) -> None:
    give(call, example=True)
    order = order_all(call)
    rows = CalamineWorkbook.from_filelike(BytesIO(workbook_of(order, payments_of_order(order)))).get_sheet_by_index(0)
    assert any("Voorbeeldgegevens" in str(row[0]) for row in rows.to_python())


def test_payments_that_are_left_out_stay_planned(call: Call) -> None:
    first, second = planned_payments(call)
    order = act.make_order(call, [second.pk], execute_on=today(), seen=(1, second.amount), by=manager())
    assert order.total == second.amount
    assert [payment.pk for payment in planned_payments(call)] == [first.pk]


def test_nothing_is_ordered_twice(call: Call) -> None:
    planned = planned_payments(call)
    seen = (len(planned), sum((payment.amount for payment in planned), Decimal(0)))
    order_all(call)
    with pytest.raises(ChangedMeanwhileError, match="nu zijn het 0 betalingen"):
        order_all(call, seen=seen)
    assert PaymentOrder.objects.count() == 1


def test_an_order_needs_payments(call: Call) -> None:
    with pytest.raises(ValidationError, match="kies ten minste één betaling"):
        act.make_order(call, [], execute_on=today(), seen=(0, Decimal(0)), by=manager())


def test_waiting_payments_are_not_ordered(call: Call) -> None:
    waiting = Payment.objects.filter(state=PaymentState.WAITING)
    with pytest.raises(ValidationError, match="Er is niets te betalen"):
        act.make_order(call, [p.pk for p in waiting], execute_on=today(), seen=(0, Decimal(0)), by=manager())


def test_the_bank_does_not_pay_in_the_past(call: Call) -> None:
    with pytest.raises(ValidationError, match="kan niet in het verleden betalen"):
        order_all(call, execute_on=today() - timedelta(days=1))


@pytest.mark.parametrize("hour", [22, 23])
def test_today_is_today_in_brussels(call: Call, hour: int) -> None:
    """At 22.30 and 23.30 UTC on 30 March it is 31 March in Brussels: summer time began the night before."""
    with time_machine.travel(datetime(2025, 3, 30, hour, 30, tzinfo=ZoneInfo("UTC")), tick=False):
        with pytest.raises(ValidationError, match="31 maart 2025"):
            order_all(call, execute_on=date(2025, 3, 30))
        order = order_all(call, execute_on=date(2025, 3, 31))
    assert texts(order.content, "CreDtTm") == [f"2025-03-31T{hour - 22:02}:30:00"]


@pytest.mark.parametrize("values", [{"payer_name": ""}, {"payer_iban": ""}, {"payer_iban": "BE68539007547035"}])
def test_an_order_needs_a_payer(call: Call, values: dict[str, str]) -> None:
    give(call, **values)
    with pytest.raises(ValidationError, match="Vul bij de oproep in wie betaalt"):
        order_all(call)


def test_what_a_bank_would_refuse_is_told_and_nothing_is_stored(call: Call) -> None:
    give(call, payer_bic="GEEN BIC")
    with pytest.raises(ValidationError, match="De bank zou dit bestand weigeren"):
        order_all(call)
    assert not PaymentOrder.objects.exists()
    assert len(planned_payments(call)) == 2


def test_a_second_order_has_its_own_number_and_id(call: Call) -> None:
    first, second = planned_payments(call)
    orders = [
        act.make_order(call, [p.pk], execute_on=today(), seen=(1, p.amount), by=manager()) for p in (first, second)
    ]
    assert [order.message_id for order in orders] == [f"DRAAD-{call.pk}-1", f"DRAAD-{call.pk}-2"]


# what became of it ------------------------------------------------------------------------------------------------
def test_the_bank_paid(ordered: Payment) -> None:
    paid = act.pay(ordered, on=today(), by=manager())
    assert (paid.state, paid.settled_on) == ("done", today())
    notice = Notice.objects.get(key="payment_done")
    assert "82.400,00" in notice.body


def test_everything_that_is_open_in_an_order_is_paid_at_once(call: Call) -> None:
    order = order_all(call)
    first, _second = payments_of_order(order)
    act.fail(first, on=today(), reason="Rekening gesloten.", by=manager())
    assert len(act.pay_order(order, on=today(), by=manager())) == 1
    assert [payment.state for payment in payments_of_order(order)] == ["failed", "done"]


@pytest.mark.parametrize("shift", [-1, 1])
def test_the_day_lies_between_the_order_and_today(ordered: Payment, shift: int) -> None:
    with pytest.raises(ValidationError, match="De dag ligt tussen"):
        act.pay(ordered, on=today() + timedelta(days=shift), by=manager())


def test_a_payment_that_failed_is_planned_anew_to_the_account_of_now(ordered: Payment) -> None:
    failed = act.fail(ordered, on=today(), reason=" Rekening gesloten. ", by=manager())
    assert failed.reason == "Rekening gesloten."
    give(ordered.decision.application, iban=OTHER_ACCOUNT)
    again = act.plan_again(failed, by=manager())
    assert (again.attempt, again.state, again.amount, again.iban) == (2, "planned", failed.amount, OTHER_ACCOUNT)
    assert again.end_to_end_id == failed.end_to_end_id[:-1] + "2"
    assert Payment.objects.get(pk=failed.pk).iban == "BE68539007547034"


def test_a_payment_that_came_back_is_planned_anew(ordered: Payment) -> None:
    act.pay(ordered, on=today(), by=manager())
    returned = act.take_return(ordered, on=today(), reason="Rekening onbekend.", by=manager())
    assert returned.state == "returned"
    assert act.plan_again(returned, by=manager()).attempt == 2
    assert Notice.objects.filter(key="payment_failed").exists()


def test_a_payment_is_planned_anew_once(ordered: Payment) -> None:
    failed = act.fail(ordered, on=today(), reason="Rekening gesloten.", by=manager())
    assert can_plan_again(failed)
    act.plan_again(failed, by=manager())
    assert not can_plan_again(failed)
    with pytest.raises(ValidationError, match="al gepland of betaald"):
        act.plan_again(failed, by=manager())


def test_only_the_last_attempt_is_planned_anew(call: Call, ordered: Payment) -> None:
    first = act.fail(ordered, on=today(), reason="Rekening gesloten.", by=manager())
    again = act.plan_again(first, by=manager())
    order_all(call)
    second = act.fail(again, on=today(), reason="Weer gesloten.", by=manager())
    with pytest.raises(ValidationError, match="een latere poging"):
        act.plan_again(first, by=manager())
    assert act.plan_again(second, by=manager()).attempt == 3


@pytest.mark.parametrize("state", ["waiting", "planned", "ordered", "done"])
def test_what_is_under_way_is_not_planned_anew(call: Call, state: str) -> None:
    payment = payment_in(call, state)
    assert not can_plan_again(payment)
    with pytest.raises(ValidationError, match="al gepland of betaald"):
        act.plan_again(payment, by=manager())


def test_a_payment_is_not_planned_anew_to_an_account_that_cannot_exist(ordered: Payment) -> None:
    failed = act.fail(ordered, on=today(), reason="Rekening gesloten.", by=manager())
    give(ordered.decision.application, iban="BE68539007547035")
    with pytest.raises(ValidationError, match="rekeningnummer van de aanvraag is niet geldig"):
        act.plan_again(failed, by=manager())


def test_the_database_holds_a_part_of_a_grant_to_one_living_payment(ordered: Payment) -> None:
    twice = Payment(
        decision=ordered.decision, kind=ordered.kind, attempt=7, state="planned", amount=ordered.amount,
        iban=ordered.iban, account_holder=ordered.account_holder, end_to_end_id="twice",
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic(), audit.recording(by=BY) as log:
        log.create(twice, verb="test.twice")


def test_an_order_that_the_bank_refused_is_planned_anew(call: Call) -> None:
    order = order_all(call)
    again = act.refuse_order(order, on=today(), reason="Bestand geweigerd.", by=manager())
    assert [(p.attempt, p.state) for p in again] == [(2, "planned")] * 2
    assert {payment.state for payment in payments_of_order(order)} == {"failed"}
    assert not Notice.objects.filter(key="payment_failed").exists()
    assert order_all(call).total == order.total


def test_an_order_of_which_something_was_paid_is_not_refused_as_a_whole(call: Call) -> None:
    order = order_all(call)
    act.pay(payments_of_order(order)[0], on=today(), by=manager())
    with pytest.raises(ValidationError, match="Een deel van deze opdracht is al genoteerd"):
        act.refuse_order(order, on=today(), reason="Bestand geweigerd.", by=manager())
    assert [payment.state for payment in payments_of_order(order)] == ["done", "ordered"]


@pytest.mark.parametrize(
    ("reason", "shift", "words"), [(" ", 0, "Schrijf waarom"), ("dicht", 1, "De dag ligt tussen")]
)
def test_refusing_an_order_needs_a_reason_and_a_day(call: Call, reason: str, shift: int, words: str) -> None:
    order = order_all(call)
    with pytest.raises(ValidationError, match=words):
        act.refuse_order(order, on=today() + timedelta(days=shift), reason=reason, by=manager())


def test_refusing_an_order_is_for_managers_only(call: Call) -> None:
    order = order_all(call)
    for by in [Actor(), *(person(role) for role in Role if role not in MANAGING)]:
        with pytest.raises(PermissionDenied):
            act.refuse_order(order, on=today(), reason="proef", by=by)


def test_the_balance_goes_when_somebody_says_why(call: Call) -> None:
    waiting = payment_in(call, "waiting")
    freed = act.free_payment(waiting, reason="Eindrapport goedgekeurd op 5 december.", by=manager())
    assert (freed.state, freed.reason) == ("planned", "Eindrapport goedgekeurd op 5 december.")


def test_advance_and_balance_together_are_the_grant(call: Call) -> None:
    for payment in list(Payment.objects.filter(state="waiting")):
        act.free_payment(payment, reason="Eindrapport goedgekeurd.", by=manager())
    order = order_all(call)
    granted = sum((p.decision.granted for p in payments_of_order(order) if p.kind == "advance"), Decimal(0))
    assert order.total == granted == Decimal("129000.00")


# every transition, every role -------------------------------------------------------------------------------------
def payment_in(call: Call, state: str) -> Payment:
    """A payment of the call that is brought into a state."""
    if state == "waiting":
        found: Payment = Payment.objects.filter(state="waiting").order_by("pk")[0]
        return found
    payment = planned_payments(call)[0]
    if state == "planned":
        return payment
    order_all(call)
    payment.refresh_from_db()
    if state in ("done", "returned"):
        payment = act.pay(payment, on=today(), by=manager())
    if state == "returned":
        payment = act.take_return(payment, on=today(), reason="terug", by=manager())
    if state == "failed":
        payment = act.fail(payment, on=today(), reason="mislukt", by=manager())
    return payment


STEPS = {
    "free": lambda payment, by: act.free_payment(payment, reason="proef", by=by),
    "done": lambda payment, by: act.pay(payment, on=today(), by=by),
    "fail": lambda payment, by: act.fail(payment, on=today(), reason="proef", by=by),
    "return": lambda payment, by: act.take_return(payment, on=today(), reason="proef", by=by),
}
OTHERS = {
    "plan": lambda payment, by: act.plan_again(payment, by=by),
    "order": lambda payment, by: act.make_order(
        payment.decision.application.call, [payment.pk], execute_on=today(), seen=(1, payment.amount), by=by
    ),
}
TABLE = {transition.name: transition for transition in PAYMENT}


def test_every_transition_is_tried() -> None:
    """A payment is held by the publication of its decision and lapses by an accepted request: they have own tests."""
    assert {*STEPS, *OTHERS, "hold", "lapse"} == set(TABLE)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", PaymentState.values)
def test_a_step_is_allowed_in_the_states_of_the_table_only(call: Call, step: str, state: str) -> None:
    payment = payment_in(call, state)
    if state in TABLE[step].before:
        assert STEPS[step](payment, manager()).state == TABLE[step].after
    else:
        with pytest.raises(ValidationError, match="de toestand is nu"):
            STEPS[step](payment, manager())


@pytest.mark.parametrize("step", ["free", "fail", "return"])
def test_a_step_that_others_must_understand_needs_a_reason(call: Call, step: str) -> None:
    payment = payment_in(call, next(iter(TABLE[step].before)))
    arguments = {} if step == "free" else {"on": today()}
    action = {"free": act.free_payment, "fail": act.fail, "return": act.take_return}[step]
    with pytest.raises(ValidationError, match="Schrijf waarom"):
        action(payment, reason=" ", by=manager(), **arguments)  # type: ignore[operator]


@pytest.mark.parametrize("step", [*STEPS, *OTHERS])
def test_a_step_is_for_managers_only(call: Call, step: str) -> None:
    payment = planned_payments(call)[0]
    for by in [Actor(), *(person(role) for role in Role if role not in MANAGING)]:
        with pytest.raises(PermissionDenied):
            {**STEPS, **OTHERS}[step](payment, by)


def test_an_administrator_pays_too(call: Call) -> None:
    assert order_all(call, by=person(Role.ADMINISTRATOR)).number == 1


def test_without_a_rule_on_the_balance_everything_is_paid_at_once() -> None:
    made = prepared()
    with audit.recording(by=BY) as log:
        log.remove(RoundRule.objects.get(round=made.call.round, key="balance"), verb="test.remove")
    published(made)
    assert set(Payment.objects.values_list("kind", flat=True)) == {"advance"}

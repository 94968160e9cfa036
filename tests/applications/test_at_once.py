"""Two people who decide or pay at the same moment, on whichever database the tests run."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from draad.applications.actions.decisions import explain, prepare_decisions, publish_decisions, sign
from draad.applications.actions.payments import fail, make_order, plan_again
from draad.applications.models import Call, Decision, DecisionList, Payment, PaymentOrder, Scenario, Signature
from draad.applications.queries.payments import planned_payments
from draad.programmes.models import Round
from tests.applications.deciding import SECOND, THIRD, chosen, manager, prepared, published, signed, two_applications
from tests.copies import alone, at_once, copied_database


@pytest.fixture
def copy(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path) -> Iterator[None]:
    with django_db_blocker.unblock(), copied_database(tmp_path):
        yield


def once(results: list[Any]) -> Any:
    """What the one who came first got; the other was told why not."""
    done = [result for result in results if not isinstance(result, Exception)]
    refused = [result for result in results if isinstance(result, Exception)]
    assert len(done) == 1, results
    assert all(isinstance(problem, ValidationError) for problem in refused), results
    return done[0]


def order_everything(mark: str) -> Callable[[], PaymentOrder]:
    """An order of what both managers read."""

    def order() -> PaymentOrder:
        call = Call.objects.get()
        planned = list(Payment.objects.filter(state__in=["planned", "ordered"]))
        seen = (len(planned), sum((payment.amount for payment in planned), Decimal(0)))
        keys = [payment.pk for payment in planned]
        return make_order(call, keys, execute_on=timezone.localdate(), seen=seen, by=manager(mark))

    return order


@pytest.mark.django_db
def test_the_database_that_is_copied_holds_the_facts_and_no_call() -> None:
    """It also asks for the test database: the tests below do not, because they write in a copy of it."""
    assert Round.objects.exists()
    assert not Call.objects.exists()


def test_two_managers_who_order_at_once_pay_once(copy: None) -> None:
    alone(published)
    order = once(at_once(order_everything(SECOND), order_everything(THIRD)))
    assert alone(PaymentOrder.objects.count) == 1
    paid = alone(lambda: list(Payment.objects.filter(order=order).values_list("amount", flat=True)))
    assert sum(paid) == order.total == Decimal("103200.00")


def test_a_failed_payment_is_planned_anew_once(copy: None) -> None:
    def failed() -> Payment:
        published()
        order_everything(SECOND)()
        return fail(Payment.objects.filter(state="ordered")[0], on=timezone.localdate(), reason="dicht", by=manager())

    payment = alone(failed)
    again = once(at_once(lambda: plan_again(payment, by=manager()), lambda: plan_again(payment, by=manager(SECOND))))
    assert again.attempt == 2
    assert alone(lambda: len(planned_payments(Call.objects.get()))) == 1


def test_a_distribution_is_decided_once(copy: None) -> None:
    scenario: Scenario = alone(lambda: chosen(two_applications()))
    once(at_once(*(lambda mark=mark: prepare_decisions(scenario, by=manager(mark)) for mark in (SECOND, THIRD))))
    assert alone(DecisionList.objects.count) == 1
    assert alone(Decision.objects.count) == 2


def test_two_people_who_sign_at_once_both_sign(copy: None) -> None:
    made = alone(prepared)
    results = at_once(*(lambda mark=mark: sign(made, revision=0, by=manager(mark)) for mark in (SECOND, THIRD)))
    assert sorted(result.state for result in results) == ["prepared", "signed"]
    assert alone(Signature.objects.count) == 2


def test_one_person_who_clicks_twice_signs_once(copy: None) -> None:
    made = alone(prepared)
    alone(lambda: manager(SECOND))
    once(at_once(*([lambda: sign(made, revision=0, by=manager(SECOND))] * 2)))
    assert alone(Signature.objects.count) == 1


def test_a_list_is_published_once(copy: None) -> None:
    made = alone(signed)
    once(at_once(*(lambda mark=mark: publish_decisions(made, by=manager(mark)) for mark in (SECOND, THIRD))))
    assert alone(Payment.objects.count) == 4


def test_nobody_signs_what_somebody_changes_at_that_moment(copy: None) -> None:
    """Either the signature comes first and lapses, or the change comes first and the signature is refused."""
    made = alone(lambda: prepared(awards={("Gent", 9): "20000.00"}))
    gent = alone(lambda: Decision.objects.select_related("decision_list").get(application__applicant__name="Gent"))
    at_once(
        lambda: sign(made, revision=0, by=manager(SECOND)),
        lambda: explain(gent, {gent: ("terms", "")}, revision=0, by=manager(THIRD)),
    )
    assert alone(Signature.objects.count) == 0
    assert alone(lambda: DecisionList.objects.get().revision) == 1

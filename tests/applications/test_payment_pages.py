import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from hashlib import sha256

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.applications.models import Call, Payment, PaymentOrder
from draad.applications.queries.payments import planned_payments
from tests.applications.deciding import SECOND, advised, incentive, manager, prepared, published
from tests.applications.making import BY, make_call

pytestmark = pytest.mark.django_db
ROUND = ["plan-samenleven", 1]


def client_of(who: Actor) -> Client:
    client = Client()
    assert who.user is not None
    client.force_login(who.user, backend="draad.accounts.backend.AccountBackend")
    return client


def at(name: str, *arguments: object) -> str:
    return reverse(f"applications:{name}", args=arguments)


def told(response: HttpResponse) -> str:
    return response.content.decode()


@pytest.fixture
def managing(db: None) -> Client:
    return client_of(manager())


@pytest.fixture
def call(db: None) -> Call:
    found: Call = published().call
    return found


def today() -> str:
    return timezone.localdate().isoformat()


def seen(call: Call, **more: object) -> dict[str, object]:
    """What the form of an order holds when it is opened."""
    planned = planned_payments(call)
    return {
        "execute_on": today(), "count": len(planned), "total": sum((p.amount for p in planned), Decimal(0)), "kind": "",
    } | more  # fmt: skip


def ordered(managing: Client, call: Call) -> PaymentOrder:
    managing.post(at("order_make", *ROUND), seen(call))
    found: PaymentOrder = PaymentOrder.objects.get()
    return found


# the lists --------------------------------------------------------------------------------------------------------
def test_an_empty_list_says_when_payments_come(managing: Client) -> None:
    assert "Betalingen staan hier zodra beslissingen bekend zijn." in told(managing.get(at("payments")))
    assert "Er is nog geen betaalopdracht gemaakt." in told(managing.get(at("orders")))


def test_the_list_tells_what_can_be_paid_now(managing: Client, call: Call) -> None:
    page = told(managing.get(at("payments")))
    assert "Plan Samenleven, ronde 1: 2 betalingen kunnen vertrekken, samen €\u00a0103.200." in page
    assert "Wacht op het eindrapport." in page


@pytest.mark.parametrize(
    ("asked", "count"),
    [({}, 4), ({"deel": "voorschot"}, 2), ({"toestand": "wacht"}, 2), ({"q": "Gent"}, 2), ({"ronde": "1"}, 4),
     ({"toestand": "betaald"}, 0)],
)  # fmt: skip
def test_the_list_is_filtered(managing: Client, call: Call, asked: dict[str, str], count: int) -> None:
    page = told(managing.get(at("payments"), asked))
    assert len(re.findall(r'href="/betalingen/\d+/"', page)) == count


@pytest.mark.parametrize("many", [2, 10])
def test_the_list_takes_as_many_queries_whatever_the_number(
    managing: Client, django_assert_max_num_queries: Callable[..., object], many: int
) -> None:
    call = make_call()
    names = ("Gent", "Aalst", "Genk", "Brugge", "Leuven", "Mechelen", "Kortrijk", "Oostende", "Hasselt", "Mol")
    for name in names[:many]:
        advised(call, name, {5: (1, 10)})
    published(prepared(call))
    order = at("order_make", *ROUND)
    for address in (at("payments"), order):
        with django_assert_max_num_queries(15):  # type: ignore[attr-defined]
            assert managing.get(address).status_code == 200
    made = ordered(managing, call)
    for address in (at("orders"), at("order", made.pk), at("order_xlsx", made.pk), at("payments")):
        with django_assert_max_num_queries(15):  # type: ignore[attr-defined]
            assert managing.get(address).status_code == 200


# an order ---------------------------------------------------------------------------------------------------------
def test_an_order_is_made_and_its_files_are_there(managing: Client, call: Call) -> None:
    page = told(managing.get(at("order_make", *ROUND)))
    assert "BE68 5390 0754 7034" in page
    made = ordered(managing, call)
    page = told(managing.get(at("order", made.pk)))
    assert made.sha256 in page
    file = managing.get(at("order_xml", made.pk))
    assert sha256(file.content).hexdigest() == made.sha256
    assert f'filename="{made.message_id}.xml"' in file.headers["Content-Disposition"]
    first = managing.get(at("order_xlsx", made.pk)).content
    assert managing.get(at("order_xlsx", made.pk)).content == first


def test_a_list_leads_to_what_can_still_be_ordered(managing: Client, call: Call) -> None:
    page = at("decision_list", call.decision_lists.get().pk)
    ordered(managing, call)
    assert "Volg de betalingen" in told(managing.get(page))
    assert "Maak de betaalopdracht" not in told(managing.get(page))
    waiting = Payment.objects.filter(state="waiting")[0]
    managing.post(at("payment_step", waiting.pk, "free"), {"reason": "Rapport goedgekeurd."})
    assert "Maak de betaalopdracht voor de saldi" in told(managing.get(page))
    assert "voorschotten" not in told(managing.get(page))


def test_payments_can_be_left_out(managing: Client, call: Call) -> None:
    gent, aalst = planned_payments(call)
    managing.post(at("order_make", *ROUND), seen(call, leave_out=[gent.pk]))
    assert [payment.pk for payment in PaymentOrder.objects.get().payments.all()] == [aalst.pk]


def test_only_balances_can_be_chosen(managing: Client, call: Call) -> None:
    page = told(managing.get(at("order_make", *ROUND), {"kind": "balance"}))
    assert "Er is nu niets te betalen" in page
    page = told(managing.get(at("order_make", *ROUND), {"kind": "advance"}))
    assert "€\u00a0103.200" in page


def test_nothing_typed_is_lost_when_the_day_is_wrong(managing: Client, call: Call) -> None:
    gent, _aalst = planned_payments(call)
    past = (timezone.localdate() - timedelta(days=1)).isoformat()
    response = managing.post(at("order_make", *ROUND), seen(call, execute_on=past, leave_out=[gent.pk]))
    assert response.status_code == 422
    page = told(response)
    assert "De bank kan niet in het verleden betalen." in page
    assert f'value="{past}"' in page
    assert f'value="{gent.pk}" checked' in page
    response = managing.post(at("order_make", *ROUND), seen(call, execute_on=""))
    assert response.status_code == 422
    assert "Kies een dag." in told(response)


def test_two_managers_who_order_at_once_pay_once(managing: Client, call: Call) -> None:
    form = seen(call)
    client_of(manager(SECOND)).post(at("order_make", *ROUND), form)
    response = managing.post(at("order_make", *ROUND), form)
    assert response.status_code == 422
    assert "nu zijn het 0 betalingen" in told(response)
    assert PaymentOrder.objects.count() == 1


def test_another_list_than_was_read_is_shown_anew(managing: Client, call: Call) -> None:
    response = managing.post(at("order_make", *ROUND), seen(call, count=1, total="20800.00"))
    page = told(response)
    assert "De lijst is veranderd sinds u ze las" in page
    assert 'name="count" value="2"' in page
    assert 'name="total" value="103200.00"' in page


def test_the_payer_must_be_known(managing: Client, call: Call) -> None:
    with audit.recording(by=BY) as log:
        log.change(call, verb="test.payer", payer_iban="")
    assert "Vul bij de oproep in wie betaalt" in told(managing.post(at("order_make", *ROUND), seen(call)))


# what became of it ------------------------------------------------------------------------------------------------
def test_an_order_is_noted_as_paid(managing: Client, call: Call) -> None:
    made = ordered(managing, call)
    response = managing.post(at("order_paid", made.pk), {"on": "later"})
    assert response.status_code == 422
    assert "Kies een dag, zoals 2026-03-31." in told(response)
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    assert "De dag ligt tussen" in told(managing.post(at("order_paid", made.pk), {"on": tomorrow}))
    page = told(managing.post(at("order_paid", made.pk), {"on": today()}, follow=True))
    assert "Genoteerd als betaald." in page
    assert "Heeft de bank betaald?" not in page


def test_an_order_that_the_bank_refused_is_planned_anew(managing: Client, call: Call) -> None:
    made = ordered(managing, call)
    response = managing.post(at("order_refused", made.pk), {"on": today(), "reason": ""})
    assert response.status_code == 422
    assert "Schrijf waarom." in told(response)
    page = told(managing.post(at("order_refused", made.pk), {"on": today(), "reason": "Fout."}, follow=True))
    assert "2 betalingen zijn opnieuw gepland." in page
    assert "poging 2" in page
    again = managing.post(at("order_refused", made.pk), {"on": today(), "reason": "Fout."})
    assert "Een deel van deze opdracht is al genoteerd" in told(again)


def test_a_payment_fails_and_goes_again(managing: Client, call: Call) -> None:
    payment = ordered(managing, call).payments.order_by("pk")[0]
    response = managing.post(at("payment_step", payment.pk, "failed"), {"on": today(), "reason": ""})
    assert response.status_code == 422
    assert "Schrijf waarom." in told(response)
    page = told(
        managing.post(at("payment_step", payment.pk, "failed"), {"on": today(), "reason": "Gesloten."}, follow=True)
    )
    assert "Genoteerd als mislukt." in page
    assert "Plan opnieuw" in page
    page = told(managing.post(at("payment_again", payment.pk), follow=True))
    assert "De betaling is opnieuw gepland." in page
    assert "Poging 2" in page
    assert "al gepland of betaald" in told(managing.post(at("payment_again", payment.pk), follow=True))


def test_a_paid_payment_comes_back(managing: Client, call: Call) -> None:
    payment = ordered(managing, call).payments.order_by("pk")[0]
    managing.post(at("payment_step", payment.pk, "paid"), {"on": today()})
    page = told(
        managing.post(at("payment_step", payment.pk, "returned"), {"on": today(), "reason": "Onbekend."}, follow=True)
    )
    assert "Genoteerd als teruggestort." in page


def test_the_balance_is_let_go_with_a_reason(managing: Client, call: Call) -> None:
    waiting = Payment.objects.filter(state="waiting")[0]
    assert "Wacht op het eindrapport." in told(managing.get(at("payment", waiting.pk)))
    page = told(managing.post(at("payment_step", waiting.pk, "free"), {"reason": "Rapport goedgekeurd."}, follow=True))
    assert "De betaling kan vertrekken." in page


def test_a_step_that_the_state_does_not_allow_is_told(managing: Client, call: Call) -> None:
    waiting = Payment.objects.filter(state="waiting")[0]
    page = told(managing.post(at("payment_step", waiting.pk, "paid"), {"on": today()}, follow=True))
    assert "de toestand is nu “wacht”" in page


def test_a_page_offers_the_steps_of_its_state_only(managing: Client, call: Call) -> None:
    payment = planned_payments(call)[0]
    assert "Teruggestort" not in told(managing.get(at("payment", payment.pk)))
    ordered(managing, call)
    page = told(managing.get(at("payment", payment.pk)))
    assert "Mislukt" in page
    assert "Teruggestort" not in page


def test_examples_say_so(managing: Client) -> None:
    call = make_call(example=True)
    incentive(advised(call, "Gent", {5: (1, 100)}))
    published(prepared(call))
    made = ordered(managing, call)
    for address in (at("payments"), at("orders"), at("order", made.pk), at("payment", made.payments.all()[0].pk)):
        assert "draad-tag--example" in told(managing.get(address))

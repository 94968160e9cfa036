"""What accepted requests change: units moved within the grant, members through time, what is still to be paid."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.roles import Role
from draad.applications.actions import amendments as act
from draad.applications.actions.payments import free_payment, make_order, pay_order
from draad.applications.models import (
    Amendment,
    Application,
    Attachment,
    Decision,
    GrantLine,
    LineShare,
    Member,
    MemberState,
    Payment,
    PaymentKind,
    PaymentState,
)
from draad.applications.policies.fields import line_field
from draad.applications.queries.agreed import Agreement, agreement_of, effect_of
from draad.applications.queries.amendments import JOINS, LEAVES, member_field, places_of
from draad.applications.queries.members import partners_on
from draad.applications.queries.payments import planned_payments
from draad.web.files import CheckedFile
from tests.applications.deciding import advised, eligible, manager, prepared, published
from tests.applications.making import BY, enter, government, indicator, make_application, make_call, person, round_one
from tests.applications.test_members import give_rule
from tests.documents.test_contents import PNG_HEAD

pytestmark = pytest.mark.django_db
PROOF = CheckedFile("besluit.png", PNG_HEAD, "image/png", sha256(PNG_HEAD).hexdigest())
CHANGE_DAY = date(2023, 2, 1)


@pytest.fixture
def application() -> Application:
    """Gent, decided: action 5 with 900 units of 60 euro, action 9 with 60 of 650, an incentive of 10,000 euro."""
    found: Application = published().decisions.get(application__applicant__name="Gent").application
    return Application.objects.get(pk=found.pk)


@pytest.fixture
def approver() -> Actor:
    return person(Role.GOVERNMENT_APPROVER, "Gent")


def units(application: Application, **wanted: int) -> dict[str, str]:
    """Typed units by action: ``units(it, a5=100)``."""
    return {
        line_field(application.lines.get(indicator__terms__action__number=int(name[1:])).pk, "planned"): str(number)
        for name, number in wanted.items()
    }


def ask(application: Application, by: Actor, typed: dict[str, str], day: date | None = None) -> Amendment:
    return act.request_amendment(application, act.Asked(typed, "Omdat.", day, [PROOF]), by=by)


def accept(made: Amendment) -> Amendment:
    return act.accept_amendment(made, by=manager())


def payments(application: Application) -> dict[str, Decimal]:
    """Euro of what counts as paid, by kind."""
    rows = Payment.objects.filter(decision__application=application).exclude(state__in=["failed", "returned"])
    return {payment.kind: payment.amount for payment in rows}


def pay_advance(application: Application) -> Decimal:
    """Order and pay the advance; euro."""
    due = [one for one in planned_payments(application.call) if one.decision.application == application]
    total = sum((one.amount for one in due), Decimal(0))
    today = timezone.localdate()
    order = make_order(
        application.call, [one.pk for one in due], execute_on=today, seen=(len(due), total), by=manager()
    )
    pay_order(order, on=today, by=manager())
    return total


# units and money ---------------------------------------------------------------------------------------------------


def test_units_move_between_lines_within_the_grant(application: Application, approver: Actor) -> None:
    granted = Decimal("103000.00")
    made = ask(application, approver, units(application, a5=250, a9=120))
    effect = effect_of(made)
    assert effect.agreed == (granted, granted)
    assert [(line.units, line.amounts) for line in effect.lines] == [
        ((900, 250), (Decimal("54000.00"), Decimal("15000.00"))),
        ((60, 120), (Decimal("39000.00"), Decimal("78000.00"))),
    ]
    before = payments(application)
    accept(made)
    assert payments(application) == before, "the same money in total"
    assert agreement_of(application).agreed == granted
    decision = Decision.objects.get(application=application)
    assert decision.granted == granted
    assert set(GrantLine.objects.filter(decision=decision).values_list("units", flat=True)) == {900, 60}
    assert {line.planned for line in application.lines.all()} == {900, 60}, "requested stays"


def test_a_ceiling_of_an_action_holds(application: Application, approver: Actor) -> None:
    """Action 9 pays at most 150 units on its first line."""
    with pytest.raises(ValidationError, match="hoogstens 150"):
        ask(application, approver, units(application, a5=0, a9=151))
    assert not Amendment.objects.exists()


def test_lowering_lowers_what_is_still_to_be_paid(application: Application, approver: Actor) -> None:
    advance = pay_advance(application)
    made = ask(application, approver, units(application, a5=800))
    effect = effect_of(made)
    assert (effect.paid, effect.agreed[1], effect.to_recover) == (advance, Decimal("97000.00"), Decimal(0))
    accept(made)
    assert payments(application)[PaymentKind.BALANCE] == Decimal("97000.00") - advance
    made.refresh_from_db()
    assert effect_of(made).agreed == (Decimal("103000.00"), Decimal("97000.00")), "the effect stays readable"


def test_lowering_under_what_was_paid_says_what_is_too_much(application: Application, approver: Actor) -> None:
    advance = pay_advance(application)
    made = ask(application, approver, units(application, a5=0, a9=0))
    effect = effect_of(made)
    assert (effect.due[1], effect.to_recover) == (Decimal(0), advance - Decimal("10000.00"))
    accept(made)
    assert payments(application) == {PaymentKind.ADVANCE: advance}, "the balance lapses, what was paid stays"
    accept(ask(application, approver, units(application, a5=900, a9=60)))
    assert payments(application)[PaymentKind.BALANCE] == Decimal("103000.00") - advance, "and waits again"
    assert Payment.objects.get(kind=PaymentKind.BALANCE, decision__application=application).state == "waiting"


def test_an_advance_that_did_not_leave_never_exceeds_what_is_agreed(application: Application, approver: Actor) -> None:
    accept(ask(application, approver, units(application, a5=0, a9=0)))
    assert payments(application) == {PaymentKind.ADVANCE: Decimal("10000.00")}


def test_a_balance_on_its_way_stays(application: Application, approver: Actor) -> None:
    pay_advance(application)
    waiting = Payment.objects.get(kind=PaymentKind.BALANCE, decision__application=application)
    free_payment(waiting, reason="Eindrapport goed.", by=manager())
    pay_advance(application)
    made = ask(application, approver, units(application, a5=800))
    assert effect_of(made).to_recover == Decimal("6000.00")
    accept(made)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.amount) == (PaymentState.DONE, Decimal("103000.00") - Decimal(
        Payment.objects.get(kind=PaymentKind.ADVANCE, decision__application=application).amount
    ))  # fmt: skip


def test_of_two_requests_that_use_the_same_room_the_second_is_refused(
    application: Application, approver: Actor
) -> None:
    """Both take from what the first line leaves; together they are above the grant."""
    accept(ask(application, approver, units(application, a5=250)))
    one = ask(application, approver, units(application, a9=120))
    other = ask(application, approver, units(application, a5=900))
    accept(one)
    with pytest.raises(ValidationError, match="Samen komt dit op"):
        accept(other)
    assert agreement_of(application).agreed == Decimal("103000.00")


def test_a_part_with_a_rest_keeps_its_amount_until_its_units_change() -> None:
    """1,000 euro buys 16 units of 60 euro and leaves 40 euro."""
    call = make_call()
    advised(call, "Gent", {5: (1, 900)})
    decision_list = published(prepared(call, {("Gent", 5): "1000.00"}))
    made = decision_list.decisions.get().application
    agreement = agreement_of(made)
    [part] = agreement.parts
    assert agreement.amount(part, {part.line_id: 16}) == Decimal("1000.00")
    assert agreement.amount(part, {part.line_id: 15}) == Decimal("900.00")


@given(wanted=st.lists(st.integers(0, 300), min_size=1, max_size=4), unit=st.integers(1, 900))
@settings(max_examples=60)
def test_the_total_is_the_sum_of_its_lines(wanted: list[int], unit: int) -> None:
    terms = indicator(5)
    terms.unit_amount = Decimal(unit)
    parts = []
    for pk, number in enumerate(wanted, 1):
        line = Application().lines.model(pk=pk, indicator=terms)
        parts.append(GrantLine(line=line, units=number, amount=Decimal(number * unit)))
    agreement = Agreement(parts, {part.line_id: part.units or 0 for part in parts}, Decimal(5), 1)
    assert agreement.agreed == agreement.granted == Decimal(sum(wanted) * unit + 5)
    lower = {part.line_id: (part.units or 0) // 2 for part in parts}
    assert agreement.total(lower) == sum(n // 2 for n in wanted) * unit + 5
    assert agreement.total(lower) <= agreement.granted


# members -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def together() -> Application:
    """Gent with Aalst and Deinze, decided."""
    call = make_call()
    made = eligible(make_application(call, "Gent", {5: (1, 100)}, state="advised", members=("Aalst", "Deinze")))
    line = made.lines.get()
    with audit.recording(by=BY) as log:
        for member, planned in zip(made.members.order_by("pk"), (50, 30, 20), strict=True):
            log.create(LineShare(line=line, member=member, planned=planned), verb="test.share")
    published(prepared(call))
    return Application.objects.get(pk=made.pk)


def of(application: Application, name: str) -> Member:
    found: Member = application.members.get(organisation__name=name)
    return found


def names(application: Application, day: date) -> list[str]:
    return [str(one.organisation) for one in partners_on(application, day)]


def test_a_member_goes_and_another_takes_its_place(together: Application, approver: Actor) -> None:
    new, old = government("Evergem"), of(together, "Aalst")
    typed = {member_field(old.pk): LEAVES, JOINS: str(new.pk)}
    made = ask(together, approver, typed, CHANGE_DAY)
    assert [(one["label"], one.get("says")) for one in made.changes] == [("Aalst", None), ("Nieuw lid", "Evergem")]
    accept(made)
    old.refresh_from_db()
    heir = of(together, "Evergem")
    assert (old.left_on, old.succeeded_by, old.state) == (CHANGE_DAY, heir, MemberState.ACCEPTED)
    assert (heir.joined_on, heir.state) == (CHANGE_DAY, MemberState.ACCEPTED)
    assert names(together, date(2023, 1, 31)) == ["Gent", "Aalst", "Deinze"]
    assert names(together, CHANGE_DAY) == ["Gent", "Deinze", "Evergem"]
    shares = LineShare.objects.filter(line__application=together).order_by("pk")
    assert [share.planned for share in shares] == [50, 30, 20], "what was decided stays"


def test_who_left_can_take_part_elsewhere(together: Application, approver: Actor) -> None:
    old = of(together, "Deinze")
    with audit.recording(by=BY) as log:
        log.change(old, verb="test", exclusive_in=together.call)
    accept(ask(together, approver, {member_field(old.pk): LEAVES}, CHANGE_DAY))
    old.refresh_from_db()
    assert (old.exclusive_in, old.succeeded_by) == (None, None)
    assert member_field(old.pk) not in {place.field for place in places_of(together)}, "who left cannot leave again"


@pytest.mark.parametrize("day", [None, date(2022, 9, 30), date(2023, 10, 1)])
def test_members_change_on_a_day_of_the_round(together: Application, approver: Actor, day: date | None) -> None:
    assert (round_one().starts_on, round_one().ends_on) == (date(2022, 10, 1), date(2023, 9, 30))
    with pytest.raises(ValidationError, match="van 1 oktober 2022 tot en met 30 september 2023"):
        ask(together, approver, {member_field(of(together, "Aalst").pk): LEAVES}, day)


def test_a_new_member_is_free_and_proven(together: Application, approver: Actor) -> None:
    new = government("Evergem")
    with pytest.raises(ValidationError, match="Voeg een bewijs toe"):
        act.request_amendment(together, act.Asked({JOINS: str(new.pk)}, "Omdat.", CHANGE_DAY), by=approver)
    other = make_application(together.call, "Lievegem", {5: (1, 10)}, members=("Evergem",))
    with audit.recording(by=BY) as log:
        log.change(of(other, "Evergem"), verb="test", exclusive_in=together.call)
    give_rule("one_partnership", since=1)
    with pytest.raises(ValidationError, match="doet al mee aan de samenwerking van Lievegem"):
        ask(together, approver, {JOINS: str(new.pk)}, CHANGE_DAY)


def test_who_takes_part_is_no_choice(together: Application) -> None:
    place = next(place for place in places_of(together) if place.field == JOINS)
    offered = {label for _pk, label in place.choices}
    assert {"Gent", "Aalst", "Deinze"}.isdisjoint(offered)
    assert "Evergem" in offered


# another account ----------------------------------------------------------------------------------------------------


def test_another_account_needs_a_document_and_two_managers(application: Application, approver: Actor) -> None:
    typed = {"iban": "BE71 0961 2345 6769"}
    with pytest.raises(ValidationError, match="Voeg een bewijs toe") as refused:
        act.request_amendment(application, act.Asked(typed, "Omdat."), by=approver)
    assert list(refused.value.message_dict) == ["proof"]
    made = ask(application, approver, typed)
    file = Attachment.objects.get(amendment=made)
    assert (file.kind, file.sha256, file.application) == ("proof", PROOF.sha256, application)
    with pytest.raises(ValidationError, match="vier ogen"):
        accept(made)
    act.check_amendment(made, by=manager())
    with pytest.raises(ValidationError, match="U keek dit verzoek na"):
        accept(made)
    act.accept_amendment(made, by=manager("-two"))
    application.refresh_from_db()
    assert application.iban == "BE71096123456769"


def test_the_advance_that_was_paid_stays_on_the_old_account(application: Application, approver: Actor) -> None:
    pay_advance(application)
    made = act.check_amendment(ask(application, approver, {"iban": "BE71 0961 2345 6769"}), by=manager("-two"))
    accept(made)
    accounts = {one.kind: one.iban for one in Payment.objects.filter(decision__application=application)}
    assert accounts == {"advance": "BE68539007547034", "balance": "BE71096123456769"}


def test_the_same_document_serves_a_second_request(application: Application, approver: Actor) -> None:
    act.withdraw_amendment(ask(application, approver, {"iban": "BE71 0961 2345 6769"}), by=approver)
    assert ask(application, approver, {"iban": "BE71 0961 2345 6769"}).number == 2
    assert Attachment.objects.filter(sha256=PROOF.sha256).count() == 2


# pages -------------------------------------------------------------------------------------------------------------


def test_the_effect_is_shown_before_the_decision(application: Application, approver: Actor) -> None:
    client = enter(approver)
    address = reverse("applications:amendment_request", args=[application.pk])
    data = {place.field: place.text for place in places_of(application)} | {"reason": "Minder volk."}
    too_much = client.post(address, data | units(application, a9=61))
    assert too_much.status_code == 422
    assert "Verlaag andere lijnen" in too_much.content.decode()
    page = client.post(address, data | units(application, a5=800), follow=True).content.decode()
    for words in ("Gevolg voor het geld", "Nog te betalen", "103.000", "97.000"):
        assert words in page
    boss = enter(manager())
    at = reverse("applications:amendment_answer", args=[application.pk, 1])
    assert "De wijziging is aanvaard" in boss.post(at, {"accept": "1"}, follow=True).content.decode()
    dossier = client.get(reverse("applications:dossier", args=[application.pk])).content.decode()
    assert "Na aanvaarde wijzigingen is" in dossier


def test_members_change_on_the_web(together: Application, approver: Actor) -> None:
    client, old = enter(approver), of(together, "Aalst")
    address = reverse("applications:amendment_request", args=[together.pk])
    data = {place.field: place.text for place in places_of(together)} | {"reason": "Aalst stapt uit."}
    page = client.post(address, data | {member_field(old.pk): LEAVES, "effective_on": "2023-02-01"}, follow=True)
    assert "stapt uit" in page.content.decode()
    accept(Amendment.objects.get())
    page = client.get(reverse("applications:dossier", args=[together.pk]))
    assert "doet niet meer mee vanaf 1 februari 2023" in page.content.decode()


def test_pages_take_few_queries(
    together: Application, approver: Actor, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    ask(together, approver, {member_field(of(together, "Aalst").pk): LEAVES} | units(together, a5=80), CHANGE_DAY)
    routes = [
        reverse("applications:amendment_request", args=[together.pk]),
        reverse("applications:amendment", args=[together.pk, 1]),
        reverse("applications:dossier", args=[together.pk]),
    ]
    for client in (enter(approver), enter(manager())):
        for address in routes:
            with django_assert_max_num_queries(15):
                client.get(address)

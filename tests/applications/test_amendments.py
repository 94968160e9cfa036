"""Changes after the decision: asked, answered, applied; what was submitted and decided stays."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from hashlib import sha256
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.roles import Role
from draad.applications.actions import amendments as act
from draad.applications.actions.payments import make_order
from draad.applications.models import Amendment, AmendmentState, Application, Decision, Payment, PaymentState
from draad.applications.policies.fields import line_field
from draad.applications.queries.agreed import agreed_units
from draad.applications.queries.amendments import changes_of, places_of
from draad.applications.queries.payments import planned_payments
from draad.web.files import CheckedFile
from tests.applications.deciding import manager, published
from tests.applications.making import BY, enter, make_application, make_call, person
from tests.documents.test_contents import PNG_HEAD
from tests.walking import touch

pytestmark = pytest.mark.django_db
NEW_IBAN = "BE71 0961 2345 6769"


@pytest.fixture
def application() -> Application:
    """Gent, decided: action 5 with 900 units, action 9 with 60."""
    decision_list = published()
    found: Application = decision_list.decisions.get(application__applicant__name="Gent").application
    return Application.objects.get(pk=found.pk)


@pytest.fixture
def approver() -> Actor:
    return person(Role.GOVERNMENT_APPROVER, "Gent")


def at(step: str, *arguments: int) -> str:
    return reverse(f"applications:{step}", args=arguments)


def units_field(application: Application, action: int) -> str:
    return line_field(application.lines.get(indicator__terms__action__number=action).pk, "planned")


PROOF = CheckedFile("attest.png", PNG_HEAD, "image/png", sha256(PNG_HEAD).hexdigest())


def asked(application: Application, by: Actor, **typed: str) -> Amendment:
    wanted = act.Asked(typed or {"iban": NEW_IBAN}, "Nieuwe rekening.", files=[PROOF])
    return act.request_amendment(application, wanted, by=by)


def checked(made: Amendment) -> Amendment:
    """Looked at by the first of two managers."""
    return act.check_amendment(made, by=manager("-two"))


def accepted(made: Amendment, answer: str = "") -> Amendment:
    return act.accept_amendment(checked(made), answer, by=manager())


def test_what_can_be_asked(application: Application) -> None:
    places = {place.field: place for place in places_of(application)}
    assert places["iban"].text == "BE68 5390 0754 7034"
    assert places[units_field(application, 5)].value == 900
    assert places["joins"].text == ""


def test_a_request_names_what_changes(
    application: Application, approver: Actor, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    boss = manager()
    with django_capture_on_commit_callbacks(execute=True):
        made = asked(application, approver, iban=NEW_IBAN, contact_name="Ans Aanvraag", contact_phone="09 123 45 67")
    assert (made.number, made.state, made.requested_by) == (1, AmendmentState.REQUESTED, approver.user)
    told = [(change.label, change.before, change.after) for change in changes_of(made)]
    assert told == [
        ("Telefoon", "", "09 123 45 67"),
        ("Rekeningnummer (IBAN)", "BE68 5390 0754 7034", NEW_IBAN),
    ]
    assert boss.user is not None
    assert boss.user.email in {message.to[0] for message in mail.outbox}
    assert any(f"/aanvragen/{application.pk}/wijzigingen/1/" in str(message.body) for message in mail.outbox)


def test_requests_are_numbered(application: Application, approver: Actor) -> None:
    assert [asked(application, approver, contact_name=name).number for name in ("An", "Bo", "Ca")] == [1, 2, 3]


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("iban", "BE68 5390 0754 7035", "rekeningnummer|controle|klopt"),
        ("contact_email", "geen adres", "adres"),
        ("contact_name", "", "niet leeg"),
        ("account_holder", " ", "niet leeg"),
        ("explanation", "x" * 2001, "korter"),
        ("joins", "-1", "uit de lijst"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    application: Application, approver: Actor, field: str, text: str, words: str
) -> None:
    with pytest.raises(ValidationError, match=words) as refused:
        asked(application, approver, **{field: text})
    assert list(refused.value.message_dict) == [field]
    assert not Amendment.objects.exists()


@pytest.mark.parametrize(
    ("text", "words"),
    [("901", "Verlaag andere lijnen met"), ("2251", "hoogstens 2.250"), ("", "niet leeg"), ("-3", "0 of meer"),
     ("half", "getal")],
)  # fmt: skip
def test_units_stay_within_grant_and_ceiling(application: Application, approver: Actor, text: str, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        asked(application, approver, **{units_field(application, 5): text})


def test_nothing_changed_is_no_request(application: Application, approver: Actor) -> None:
    with pytest.raises(ValidationError, match="verandert niets"):
        asked(application, approver, iban="BE68539007547034")
    with pytest.raises(ValidationError, match="Geef een reden"):
        act.request_amendment(application, act.Asked({"iban": NEW_IBAN}, " ", files=[PROOF]), by=approver)


def test_nothing_granted_is_nothing_to_change(approver: Actor) -> None:
    application = make_application(make_call(), "Gent", {5: (1, 10)}, state="submitted")
    with pytest.raises(ValidationError, match="na een beslissing die iets toekent"):
        asked(application, approver)


def test_accepting_changes_the_account_and_what_still_has_to_leave(application: Application, approver: Actor) -> None:
    payments = Payment.objects.filter(decision__application=application)
    assert {payment.state for payment in payments} <= {PaymentState.PLANNED, PaymentState.WAITING}
    made = asked(application, approver, iban=NEW_IBAN, account_holder="Stad Gent")
    accepted(made)
    application.refresh_from_db()
    assert (application.iban, application.account_holder) == ("BE71096123456769", "Stad Gent")
    assert {(payment.iban, payment.account_holder) for payment in payments.all()} == {
        ("BE71096123456769", "Stad Gent")
    }
    decision = Decision.objects.get(application=application)
    assert decision.iban == "BE68539007547034", "what was decided stays"


def test_what_is_on_its_way_keeps_its_account(application: Application, approver: Actor) -> None:
    due = [payment for payment in planned_payments(application.call) if payment.decision.application == application]
    make_order(
        application.call,
        [payment.pk for payment in due],
        execute_on=timezone.localdate(),
        seen=(len(due), sum((payment.amount for payment in due), Decimal(0))),
        by=manager(),
    )
    accepted(asked(application, approver))
    for payment in Payment.objects.filter(decision__application=application):
        expected = "BE68539007547034" if payment.state == PaymentState.ORDERED else "BE71096123456769"
        assert payment.iban == expected


def test_fewer_units_hold_by_the_request(application: Application, approver: Actor) -> None:
    line = application.lines.get(indicator__terms__action__number=5)
    before = (line.planned, Decision.objects.get(application=application).granted)
    made = asked(application, approver, **{units_field(application, 5): "700"})
    assert agreed_units(application)[line.pk] == 900
    act.accept_amendment(made, "Goed.", by=manager())
    assert agreed_units(application)[line.pk] == 700
    line.refresh_from_db()
    assert (line.planned, Decision.objects.get(application=application).granted) == before
    act.accept_amendment(asked(application, approver, **{units_field(application, 5): "800"}), by=manager())
    assert agreed_units(application)[line.pk] == 800, "up again, within what was granted"
    act.accept_amendment(asked(application, approver, **{units_field(application, 5): "0"}), by=manager())
    assert agreed_units(application)[line.pk] == 0, "zero is a number"


def test_of_two_requests_the_second_is_looked_at_again(application: Application, approver: Actor) -> None:
    first, second = asked(application, approver), asked(application, approver, iban="BE43 0689 9999 9501")
    accepted(first)
    with pytest.raises(ValidationError, match="intussen “BE71 0961 2345 6769”"):
        accepted(second)
    second.refresh_from_db()
    assert second.state == AmendmentState.CHECKED


def test_refusing_needs_a_reason_and_changes_nothing(
    application: Application, approver: Actor, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    made = asked(application, approver)
    with pytest.raises(ValidationError, match="Geef een reden"):
        act.refuse_amendment(made, "", by=manager())
    with django_capture_on_commit_callbacks(execute=True):
        made = act.refuse_amendment(made, "De naam van de houder klopt niet.", by=manager())
    assert (made.state, made.answer) == (AmendmentState.REFUSED, "De naam van de houder klopt niet.")
    application.refresh_from_db()
    assert application.iban == "BE68539007547034"
    assert "De naam van de houder klopt niet." in str(mail.outbox[-1].body)


@pytest.mark.parametrize("state", [AmendmentState.ACCEPTED, AmendmentState.REFUSED, AmendmentState.WITHDRAWN])
def test_an_answered_request_stays(application: Application, approver: Actor, state: str) -> None:
    made = asked(application, approver)
    with audit.recording(by=BY) as log:
        log.change(made, verb="test.state", state=state)
    steps: list[Callable[[], object]] = [
        lambda: act.check_amendment(made, by=manager()),
        lambda: act.accept_amendment(made, by=manager()),
        lambda: act.refuse_amendment(made, "x", by=manager()),
        lambda: act.withdraw_amendment(made, by=approver),
    ]
    for step in steps:
        with pytest.raises(ValidationError, match="toestand is nu"):
            step()


def test_who_may_do_what(application: Application, approver: Actor) -> None:
    made = asked(application, approver)
    stranger, editor = person(Role.GOVERNMENT_APPROVER, "Brugge"), person(Role.GOVERNMENT_EDITOR, "Gent")
    steps: list[Callable[[], object]] = [
        lambda: asked(application, editor),
        lambda: asked(application, stranger),
        lambda: act.check_amendment(made, by=approver),
        lambda: act.accept_amendment(made, by=approver),
        lambda: act.accept_amendment(made, by=person(Role.ASSESSOR)),
        lambda: act.refuse_amendment(made, "x", by=approver),
        lambda: act.withdraw_amendment(made, by=stranger),
        lambda: act.withdraw_amendment(made, by=manager()),
    ]
    for step in steps:
        with pytest.raises(PermissionDenied):
            step()
    assert act.withdraw_amendment(made, by=approver).state == AmendmentState.WITHDRAWN


# pages -------------------------------------------------------------------------------------------------------------


def form_data(application: Application, **changes: str) -> dict[str, str]:
    return {place.field: place.text for place in places_of(application)} | {"reason": "Nieuwe rekening."} | changes


def test_asking_and_accepting_on_the_web(application: Application, approver: Actor) -> None:
    client = enter(approver)
    assert "BE68 5390 0754 7034" in client.get(at("amendment_request", application.pk)).content.decode()
    data = {**form_data(application, iban=NEW_IBAN), "proof": SimpleUploadedFile("attest.png", PNG_HEAD)}
    page = client.post(at("amendment_request", application.pk), data, follow=True)
    text = page.content.decode()
    assert page.redirect_chain[0][0] == at("amendment", application.pk, 1)
    assert "wacht op antwoord" in text
    assert NEW_IBAN in text
    assert at("amendment_answer", application.pk, 1) not in text, "who asks does not answer"
    boss = enter(manager())
    assert "1 verzoek wacht op uw antwoord" in boss.get(at("amendments")).content.decode()
    page = boss.post(at("amendment_answer", application.pk, 1), {"accept": "1"})
    assert "vraagt vier ogen" in page.content.decode()
    first = enter(manager("-two"))
    page = first.post(at("amendment_answer", application.pk, 1), {"check": "1"}, follow=True)
    assert "Een tweede beheerder beslist" in page.content.decode()
    assert 'name="accept"' not in page.content.decode(), "who checked does not accept"
    page = boss.post(at("amendment_answer", application.pk, 1), {"accept": "1", "answer": "In orde."}, follow=True)
    assert "De wijziging is aanvaard" in page.content.decode()
    assert "In orde." in client.get(at("amendment", application.pk, 1)).content.decode()


def test_a_mistake_keeps_all_that_was_typed(application: Application, approver: Actor) -> None:
    data = form_data(application, iban="BE00 1234", contact_name="Nieuwe Naam", reason="Omdat.")
    page = enter(approver).post(at("amendment_request", application.pk), data)
    assert page.status_code == 422
    text = page.content.decode()
    for words in ("BE00 1234", "Nieuwe Naam", "Omdat.", 'id="id_iban_error"'):
        assert words in text


def test_refusing_without_a_reason_is_explained(application: Application, approver: Actor) -> None:
    asked(application, approver)
    page = enter(manager()).post(at("amendment_answer", application.pk, 1), {"refuse": "1", "answer": ""})
    assert page.status_code == 422
    assert "Geef een reden" in page.content.decode()


def test_taking_back_on_the_web(application: Application, approver: Actor) -> None:
    asked(application, approver)
    page = enter(approver).post(at("amendment_withdraw", application.pk, 1), follow=True)
    assert "Het verzoek is ingetrokken" in page.content.decode()


def test_a_stranger_reads_nothing(application: Application, approver: Actor) -> None:
    asked(application, approver)
    stranger = enter(person(Role.GOVERNMENT_APPROVER, "Brugge"))
    for address in (at("amendment", application.pk, 1), at("amendment_request", application.pk)):
        assert stranger.get(address).status_code == 403
    assert stranger.get(at("amendments")).status_code == 403


def test_without_a_grant_the_page_says_why() -> None:
    application = make_application(make_call(), "Gent", {5: (1, 10)}, state="submitted")
    page = enter(person(Role.GOVERNMENT_APPROVER, "Gent")).get(at("amendment_request", application.pk))
    assert "na een beslissing die iets toekent" in page.content.decode()


@pytest.mark.parametrize("room", ["applications", "programmes", "organisations"])
def test_the_dossier_of_a_changed_grant_takes_few_queries(
    application: Application, approver: Actor, room: str, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    act.accept_amendment(asked(application, approver, **{units_field(application, 5): "700"}), by=manager())
    client, where = enter(approver), at("dossier", application.pk)
    assert "wijziging" in client.get(where).content.decode().lower()
    touch(room)
    with django_assert_max_num_queries(15):
        assert client.get(where).status_code == 200


@pytest.mark.parametrize("more", [0, 12])
def test_the_list_asks_as_little_of_many(
    application: Application, approver: Actor, more: int, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    for turn in range(more + 1):
        asked(application, approver, contact_name=f"Naam {turn}")
    boss = enter(manager())
    with django_assert_max_num_queries(15):
        assert boss.get(at("amendments")).status_code == 200


def test_two_applications_do_not_share_numbers(approver: Actor) -> None:
    decision_list = published()
    ghent, aalst = (
        decision_list.decisions.get(application__applicant__name=name).application for name in ("Gent", "Aalst")
    )
    assert asked(ghent, approver).number == 1
    assert asked(aalst, person(Role.GOVERNMENT_APPROVER, "Aalst")).number == 1

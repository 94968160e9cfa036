"""Storing and removing an example round: by whom, where it is refused, what is marked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from draad.accounts import audit
from draad.accounts.actor import Actor, system
from draad.accounts.models import AuditEvent
from draad.accounts.roles import Role
from draad.applications.actions.example import record_example, remove_example
from draad.applications.example import (
    Body,
    ExampleApplication,
    ExampleIncentive,
    ExampleLine,
    ExampleMember,
    ExampleRound,
    ExampleShare,
    total,
)
from draad.applications.models import (
    Application,
    ApplicationState,
    Call,
    DecisionList,
    GrantLine,
    LineAdvice,
    LineShare,
    Note,
    Payment,
    PaymentOrder,
    Submission,
)
from draad.applications.queries.submission import hash_of
from draad.organisations.models import Organisation
from draad.programmes.models import Round

pytestmark = pytest.mark.django_db
BY = system("test")
AT = datetime(2022, 6, 20, 9, tzinfo=UTC)
GENT, AALST = Body("Gent"), Body("Aalst")
IBAN = "BE68539007547034"


def line(action: int, requested: int, granted: int, units: int, priority: int = 1) -> ExampleLine:
    share = ExampleShare("Gent", units + 1, Decimal(requested))
    return ExampleLine(
        action, 1, priority, 0, units + 1, Decimal(requested), Decimal(granted), units, shares=(share,)
    )  # fmt: skip


def example(*lines: ExampleLine) -> ExampleRound:
    granted = total(one.granted for one in lines) + 10_000
    application = ExampleApplication(
        number=1,
        copy=1,
        applicant=GENT,
        members=(ExampleMember(GENT, AT), ExampleMember(AALST, AT)),
        lines=lines,
        incentives=(ExampleIncentive("cooperation", "Gent", Decimal(10_000)),),
        submitted_at=AT,
        contact_name="Els Esdoorn",
        contact_email="els@example.org",
        iban=IBAN,
        advance=granted - 1,
        balance=Decimal(1),
    )
    return ExampleRound(
        1, date(2022, 5, 20), date(2022, 7, 1), date(2022, 9, 9), date(2022, 10, 31), date(2023, 12, 14), IBAN,
        (application,),
    )  # fmt: skip


@pytest.fixture
def store(first: Round) -> Callable[..., Call]:
    """Stores an example of these lines in round 1."""
    names = {one.name: one for one in Organisation.objects.filter(name__in=["Gent", "Aalst"])}

    def store(*lines: ExampleLine, by: Actor = BY) -> Call:
        return record_example(first, example(*lines), by=by, made_from="test", organisations=names)

    return store


def test_the_call_is_closed_and_marked(store: Callable[..., Call]) -> None:
    call = store(line(5, 1200, 1200, 20))
    assert (call.example, call.made_from, call.state) == (True, "test", "published")
    assert (call.opens_at.isoformat(), call.closes_at.isoformat()) == (
        "2022-05-20T00:00:00+02:00",
        "2022-07-02T00:00:00+02:00",
    )
    assert "verzonnen" in call.introduction


def test_what_is_stored_of_an_application(store: Callable[..., Call]) -> None:
    store(line(5, 1260, 1100, 20))
    application = Application.objects.get()
    assert (application.state, application.requested) == (ApplicationState.DECIDED, Decimal("11260.00"))
    assert [m.organisation.name for m in application.members.all()] == ["Gent", "Aalst"]
    assert LineShare.objects.get().amount == Decimal("1260.00")
    decision = application.decisions.get()
    assert (decision.outcome, decision.granted, decision.iban) == ("partly", Decimal("11100.00"), IBAN)
    assert DecisionList.objects.get().granted == Decimal("11100.00")
    assert application.eligibility_decision.eligible


@pytest.mark.parametrize(
    ("granted", "units", "outcome", "advice"),
    [(1260, 20, "granted", "grant"), (600, 10, "partly", "partly"), (0, 0, "refused", "refuse")],
)
def test_less_than_asked_has_a_reason(
    store: Callable[..., Call], granted: int, units: int, outcome: str, advice: str
) -> None:
    store(line(5, 1260, granted, units))
    grant, advised = GrantLine.objects.get(), LineAdvice.objects.get()
    assert (grant.outcome, advised.advice) == (outcome, advice)
    assert bool(grant.reason_key) == bool(advised.reason) == (granted < 1260)


def test_a_round_that_asks_more_than_there_is_gives_the_budget_as_reason(store: Callable[..., Call]) -> None:
    store(line(5, 17_000_000, 600, 10))
    assert GrantLine.objects.get().reason_key == "budget"


def test_both_parts_were_paid_and_stand_in_an_order(store: Callable[..., Call]) -> None:
    store(line(5, 1200, 1200, 19))
    assert [(p.kind, p.state, p.amount) for p in Payment.objects.order_by("kind")] == [
        ("advance", "done", Decimal("11199.00")),
        ("balance", "done", Decimal("1.00")),
    ]
    orders = PaymentOrder.objects.order_by("number")
    assert [(o.number, o.message_id, o.payments_count) for o in orders] == [
        (1, "VOORBEELD-R1-1", 1),
        (2, "VOORBEELD-R1-2", 1),
    ]


def test_what_was_handed_in_stands_under_its_hash(store: Callable[..., Call]) -> None:
    store(line(5, 1260, 1200, 20))
    submission = Submission.objects.get()
    assert (submission.number, submission.at, submission.withdrawn_at) == (1, AT, None)
    assert submission.sha256 == hash_of(submission.content)
    assert (submission.content["example"], submission.content["requested"]) == (True, "11260.00")
    assert submission.content["submitted_by"] == "Els Esdoorn"


def test_every_row_leaves_an_event(store: Callable[..., Call]) -> None:
    before = AuditEvent.objects.count()
    store(line(5, 1200, 1200, 19))
    events = AuditEvent.objects.order_by("number")[before:]
    assert {event.verb for event in events} == {"applications.example.add"}
    assert {event.actor for event in events} == {"test"}
    stored = [event.object_type for event in events]
    assert stored.count("applications.member") == 2
    assert {"applications.call", "applications.grantline", "applications.payment"} <= set(stored)


def test_a_round_with_a_call_gets_no_example(store: Callable[..., Call]) -> None:
    store(line(5, 1200, 1200, 19))
    with pytest.raises(ValidationError, match="heeft al een oproep"):
        store(line(5, 1200, 1200, 19))
    assert Call.objects.count() == 1


def test_removing_takes_everything_along_and_tells_it_once(store: Callable[..., Call]) -> None:
    call = store(line(5, 1260, 600, 10))
    with audit.recording(by=BY) as log:
        log.create(Note(application=Application.objects.get(), text="nota", at=AT), verb="test")
    before = AuditEvent.objects.count()
    remove_example(call, by=BY)
    assert (Call.objects.count(), Application.objects.count(), Payment.objects.count()) == (0, 0, 0)
    event = AuditEvent.objects.order_by("-number")[0]
    assert AuditEvent.objects.count() == before + 1
    assert (event.verb, event.reason) == ("applications.example.remove", "test")


def test_a_real_call_is_not_removed(first: Round) -> None:
    with audit.recording(by=BY) as log:
        call = log.create(Call(round=first), verb="test")
    with pytest.raises(ValidationError, match="is geen voorbeeld"):
        remove_example(call, by=BY)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_an_administrator_loads_or_removes_an_example(
    store: Callable[..., Call], person_with: Callable[..., Actor], role: Role
) -> None:
    stranger = person_with(role)
    with pytest.raises(PermissionDenied):
        store(line(5, 1200, 1200, 19), by=stranger)
    call = store(line(5, 1200, 1200, 19))
    with pytest.raises(PermissionDenied):
        remove_example(call, by=stranger)

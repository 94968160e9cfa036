"""Round 3 crosses 1 January 2025: governments that merged keep their dossier, the new government goes on with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from draad.accounts import audit
from draad.accounts.roles import Role
from draad.applications.actions.amendments import Asked, accept_amendment, check_amendment, request_amendment
from draad.applications.actions.assessment import begin
from draad.applications.actions.members import accept, invite
from draad.applications.actions.payments import make_order, pay_order
from draad.applications.actions.questions import answer, ask
from draad.applications.actions.submission import submit, withdraw
from draad.applications.models import (
    Application,
    ApplicationLine,
    ApplicationState,
    Decision,
    DecisionList,
    DecisionListState,
    LineShare,
    Notice,
    Submission,
)
from draad.applications.queries.letters import decisions_with_letters, letter_of
from draad.applications.queries.payments import planned_payments
from draad.organisations.models import Organisation
from draad.organisations.queries import governments_on
from draad.programmes.models import IndicatorTerms, Round
from draad.web.files import CheckedFile
from tests.applications.deciding import eligible, manager, prepared, published
from tests.applications.making import BY, enter, government, make_application, make_call, person
from tests.documents.test_contents import PNG_HEAD

pytestmark = pytest.mark.django_db
OPENS = datetime(2024, 4, 30, 22, tzinfo=UTC)
DURING = datetime(2024, 6, 3, 10, tzinfo=UTC)
CLOSES = datetime(2024, 6, 30, 22, tzinfo=UTC)
MERGED = datetime(2025, 1, 1, 10, tzinfo=UTC)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(DURING, tick=False) as found:
        yield found


def heir() -> Organisation:
    """Who governs the ground of Kruibeke from 2025 on."""
    [found] = governments_on([government("Kruibeke").pk], MERGED.date())[government("Kruibeke").pk]
    return Organisation.objects.get(pk=found)


@pytest.fixture
def application(clock: time_machine.Traveller) -> Application:
    """Kruibeke with Beveren in the call of round 3, complete: both go up in one government on 1 January 2025."""
    of_round = Round.objects.get(programme__slug="plan-samenleven", number=3)
    call = make_call(round=of_round, opens_at=OPENS, closes_at=CLOSES, published_at=OPENS)
    made = make_application(call, "Kruibeke", members=("Beveren",))
    terms = IndicatorTerms.objects.filter(terms__round=of_round, terms__state="published", terms__subsidised=True)
    with audit.recording(by=BY) as log:
        line = ApplicationLine(application=made, indicator=terms.order_by("pk")[0], priority=1, existing=0, planned=10)
        log.create(line, verb="test.line")
        for member, planned in zip(made.members.order_by("pk"), (6, 4), strict=True):
            log.create(LineShare(line=line, member=member, planned=planned), verb="test.share")
    return made


@pytest.fixture
def submission(application: Application) -> Submission:
    return submit(application, revision=0, by=person(Role.GOVERNMENT_APPROVER, "Kruibeke"))


def test_before_the_merger_the_heir_has_no_say(submission: Submission, application: Application) -> None:
    assert enter(person(Role.GOVERNMENT_APPROVER, heir())).get(_at("dossier", application)).status_code == 403


def _at(step: str, application: Application, *more: int) -> str:
    return reverse(f"applications:{step}", args=[application.pk, *more])


def test_the_dossier_goes_on_under_the_old_names(
    clock: time_machine.Traveller, submission: Submission, application: Application
) -> None:
    clock.move_to(MERGED)
    client = enter(person(Role.GOVERNMENT_APPROVER, heir()))
    page = client.get(_at("dossier", application)).content.decode()
    assert page.count(f"(nu: {heir().name})") == 2, "the applicant and the member"
    receipt = client.get(_at("receipt", application, 1)).content.decode()
    assert submission.sha256 in receipt
    assert ">klopt<" in receipt
    assert "Kruibeke" in client.get(reverse("applications:mine")).content.decode()
    content = Submission.objects.get().content
    assert [member["name"] for member in content["members"]] == ["Kruibeke", "Beveren"]


def test_the_heir_speaks_for_the_applicant(
    clock: time_machine.Traveller, submission: Submission, application: Application
) -> None:
    clock.move_to(MERGED)
    ended = withdraw(application, "Na de fusie anders aangepakt.", by=person(Role.GOVERNMENT_APPROVER, heir()))
    assert ended.state == ApplicationState.WITHDRAWN


def test_the_heir_asks_a_change_of_the_account(
    clock: time_machine.Traveller, submission: Submission, application: Application
) -> None:
    with audit.recording(by=BY) as log:
        application.refresh_from_db()
        log.change(application, verb="test.state", state=ApplicationState.DECIDED)
        decided = DecisionList(
            call=application.call, number=1, state=DecisionListState.PUBLISHED, prepared_at=CLOSES,
            published_at=CLOSES, granted=100,
        )  # fmt: skip
        log.create(decided, verb="test.list")
        grant = Decision(
            decision_list=decided, application=application, outcome="granted", requested=100, granted=100,
            iban=application.iban, account_holder=application.account_holder, standing=True,
        )  # fmt: skip
        log.create(grant, verb="test.decision")
    clock.move_to(MERGED)
    typed = {"iban": "BE71 0961 2345 6769", "account_holder": heir().name}
    proof = CheckedFile("attest.png", PNG_HEAD, "image/png", "0" * 64)
    asked = request_amendment(
        application, Asked(typed, "Fusie.", files=[proof]), by=person(Role.GOVERNMENT_APPROVER, heir())
    )
    assert [change["field"] for change in asked.changes] == ["iban", "account_holder"]


def test_from_submission_before_the_merger_to_payment_after_it(
    clock: time_machine.Traveller, submission: Submission, application: Application
) -> None:
    """Assessed, decided and paid after 1 January 2025: the letter and the account are those of the new government."""
    clock.move_to(MERGED)
    heirs = person(Role.GOVERNMENT_APPROVER, heir())
    begin(application, by=manager())
    asked = ask(application, "Klopt het aantal?", [], due_on=date(2025, 1, 20), by=manager())
    assert heirs.user is not None
    assert heirs.user.email in Notice.objects.get(key="question_asked").recipients
    answer(application, "Ja.", by=heirs)
    asked.refresh_from_db()
    assert asked.answered_by == heirs.user
    with audit.recording(by=BY) as log:
        application.refresh_from_db()
        log.change(application, verb="test.state", state=ApplicationState.ADVISED)
        line = application.lines.get()
        amount = line.amount or Decimal("600.00")
        log.change(line, verb="test.amount", amount=amount)
    eligible(application)
    decision_list = published(prepared(application.call))
    [decision] = decisions_with_letters(decision_list.decisions.all())
    assert letter_of(decision, 80).organisation == f"{heir().name} (voorheen Kruibeke)"
    page = enter(heirs).get(reverse("applications:letter", args=[application.pk]))
    assert f"{heir().name} (voorheen Kruibeke)" in page.content.decode()
    proof = CheckedFile("attest.png", PNG_HEAD, "image/png", "0" * 64)
    typed = {"iban": "BE71 0961 2345 6769", "account_holder": heir().name}
    made = request_amendment(application, Asked(typed, "Fusie.", files=[proof]), by=heirs)
    accept_amendment(check_amendment(made, by=manager("-two")), by=manager())
    due = planned_payments(application.call)
    order = make_order(
        application.call, [one.pk for one in due], execute_on=date(2025, 1, 10),
        seen=(len(due), sum((one.amount for one in due), Decimal(0))), by=manager(),
    )  # fmt: skip
    assert "BE71096123456769" in order.content
    assert heir().name[:70] in order.content
    paid = pay_order(order, on=date(2025, 1, 1), by=manager())
    assert {payment.state for payment in paid} == {"done"}
    assert heirs.user.email in Notice.objects.get(key="payment_done").recipients


def test_an_invitation_that_waits_over_the_merger_is_answered_by_the_heir(clock: time_machine.Traveller) -> None:
    of_round = Round.objects.get(programme__slug="plan-samenleven", number=3)
    call = make_call(round=of_round, opens_at=OPENS, closes_at=datetime(2025, 2, 1, tzinfo=UTC), published_at=OPENS)
    made = make_application(call, "Sint-Niklaas")
    member = invite(made, government("Kruibeke"), by=person(Role.GOVERNMENT_EDITOR, "Sint-Niklaas"))
    clock.move_to(MERGED)
    heirs = person(Role.GOVERNMENT_APPROVER, heir())
    page = enter(heirs).get(reverse("applications:invitation", args=[member.pk]))
    assert page.status_code == 200
    assert accept(member, by=heirs).state == "accepted"

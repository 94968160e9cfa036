"""Round 3 crosses 1 January 2025: governments that merged keep their dossier, the new government goes on with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.roles import Role
from draad.applications.actions.amendments import request_amendment
from draad.applications.actions.submission import submit, withdraw
from draad.applications.models import (
    Application,
    ApplicationLine,
    ApplicationState,
    Decision,
    DecisionList,
    DecisionListState,
    LineShare,
    Submission,
)
from draad.organisations.models import Organisation
from draad.organisations.queries import governments_on
from draad.programmes.models import IndicatorTerms, Round
from tests.applications.making import BY, government, make_application, make_call, person

pytestmark = pytest.mark.django_db
OPENS = datetime(2024, 4, 30, 22, tzinfo=UTC)
DURING = datetime(2024, 6, 3, 10, tzinfo=UTC)
CLOSES = datetime(2024, 6, 30, 22, tzinfo=UTC)
MERGED = datetime(2025, 1, 1, 10, tzinfo=UTC)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(DURING, tick=False) as found:
        yield found


def enter(who: Actor) -> Client:
    client = Client()
    client.force_login(who.user, backend="draad.accounts.backend.AccountBackend")  # type: ignore[arg-type]  # a person
    return client


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
    asked = request_amendment(application, typed, "Fusie.", by=person(Role.GOVERNMENT_APPROVER, heir()))
    assert [change["field"] for change in asked.changes] == ["iban", "account_holder"]

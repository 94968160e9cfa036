"""The round to try: set up once, marked as example, short of money, and open for the demonstration logins."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction
from django.db.models import Count, Sum
from django.test import Client
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from draad.accountability.queries import rounds_of
from draad.accounts import audit
from draad.accounts.actor import system
from draad.accounts.chain import verify
from draad.accounts.models import AuditEvent, User
from draad.accounts.sync import SyncCount
from draad.applications.models import (
    TAKING_PART,
    Application,
    ApplicationState,
    Call,
    EligibilityDecision,
    Member,
    MemberState,
    Scenario,
    ScenarioState,
)
from draad.applications.policies.checklist import blocking, checklist
from draad.applications.policies.desk import check_ready, is_outdated
from draad.applications.queries.calls import closes_at_for
from draad.applications.queries.desk_claims import desk_of
from draad.applications.queries.form import offered
from draad.datasets import DATASETS
from draad.datasets.demonstration import load as load_logins
from draad.datasets.example_round.content import months_on, read
from draad.datasets.example_round.drawing import CLAIMED, asked_of, draw
from draad.datasets.example_round.loading import APPLICATIONS, CALLS, SEED, load
from draad.figures.models import PublishedFigure
from draad.methods.allocation import Rule
from draad.organisations.queries import government_named
from draad.programmes.models import Programme, Round
from draad.programmes.queries import current_terms, newest_terms, rule_values
from draad.publication.home import current_programme

pytestmark = pytest.mark.django_db
ONCE = {APPLICATIONS: SyncCount(added=63), CALLS: SyncCount(added=1)}
SAME = {APPLICATIONS: SyncCount(same=63), CALLS: SyncCount(same=1)}


@pytest.fixture(scope="module", autouse=True)
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The example programme with its two rounds, for all tests here."""
    before = settings.DEMONSTRATION
    with django_db_blocker.unblock(), transaction.atomic():
        settings.DEMONSTRATION = True
        load_logins()
        assert load() == ONCE
        yield
        settings.DEMONSTRATION = before
        transaction.set_rollback(True)


def _call(number: int) -> Call:
    calls = Call.objects.select_related("round__programme")
    found: Call = calls.get(round__programme__slug="voorbeeldprogramma", round__number=number)
    return found


def _budget(call: Call) -> Decimal:
    assert call.round.envelope is not None
    return call.round.envelope


@pytest.fixture
def programme() -> Programme:
    """The invented programme."""
    return Programme.objects.get(slug="voorbeeldprogramma")


@pytest.fixture
def divided() -> Call:
    """The call of the round that is to be divided."""
    return _call(1)


@pytest.fixture
def running() -> Call:
    """The call that is open."""
    return _call(2)


def signed_in(email: str) -> Client:
    """A browser of a demonstration login."""
    client = Client()
    client.force_login(User.objects.get(email=email), backend=settings.AUTHENTICATION_BACKENDS[-1])
    return client


# once, marked, and only in a demonstration ------------------------------------------------------------------------
def test_a_second_time_changes_nothing() -> None:
    events = AuditEvent.objects.count()
    assert load() == SAME
    call_command("load", "example-round", verbosity=0)
    assert AuditEvent.objects.count() == events
    assert verify().broken is None


def test_what_people_did_with_it_stays(running: Call) -> None:
    draft = Application.objects.get(call=running, applicant__name="Gent")
    with audit.recording(by=system("test")) as log:
        log.change(draft, verb="test.change", contact_name="Iemand anders")
    assert load() == SAME
    assert Application.objects.get(call=running, applicant__name="Gent").contact_name == "Iemand anders"


def test_a_call_that_closed_opens_again(running: Call) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=45), tick=False):
        assert load() == {APPLICATIONS: SyncCount(same=63), CALLS: SyncCount(changed=1)}
        closes_at = closes_at_for(running)
        assert closes_at is not None
        assert timedelta(days=30) <= closes_at - timezone.now() <= timedelta(days=31)
        assert load() == SAME
    assert running.extensions.get().reason == "Voorbeeld: de oproep blijft open om te proberen."


def test_it_is_refused_outside_a_demonstration() -> None:
    settings.DEMONSTRATION = False
    try:
        with pytest.raises(CommandError, match="DRAAD_DEMONSTRATION is off"):
            load()
    finally:
        settings.DEMONSTRATION = True


def test_it_asks_for_the_logins_first() -> None:
    User.objects.filter(email="beheerder@example.org").update(email="weg@example.org")
    with pytest.raises(CommandError, match="draad load demonstration"):
        load()


def test_both_calls_are_marked_as_example(programme: Programme) -> None:
    calls = Call.objects.filter(round__programme=programme)
    assert [(call.example, call.made_from) for call in calls] == [(True, "example round, seed 1")] * 2
    assert "Voorbeeld" in programme.name
    assert programme.source == "example: invented by Draad"


def test_nobody_is_mailed_but_the_demonstration_logins() -> None:
    assert {address for message in mail.outbox for address in message.to} <= {
        "invuller@example.org",
        "goedkeurder@example.org",
    }


def test_it_is_known_by_its_options() -> None:
    assert "example-round" in DATASETS
    with pytest.raises(CommandError, match="options of example"):
        call_command("load", "example-round", "--seed", "2")


def test_nothing_of_it_is_taken_for_a_fact(programme: Programme) -> None:
    assert newest_terms()
    assert all(terms.action.programme != programme for terms in newest_terms())
    assert programme not in {of_round.programme for of_round in rounds_of()}
    assert not PublishedFigure.objects.filter(round__programme=programme).exists()
    assert current_programme() == Programme.objects.get(slug="plan-samenleven")


# another programme ------------------------------------------------------------------------------------------------
def test_the_next_programme_differs(programme: Programme) -> None:
    assert (programme.objectives.count(), programme.actions.count(), programme.rounds.count()) == (3, 6, 2)
    first, second = programme.rounds.order_by("number")
    rules = rule_values(first)
    assert rules == rule_values(second)
    assert rules["half_of_cost"] == {"share": 75}
    assert "eligibility_threshold" not in rules
    assert {"one_reference_region", "unique_priority", "incentive_cooperation", "incentive_mentor"} <= set(rules)


def test_terms_of_every_action_are_published_in_both_rounds(programme: Programme) -> None:
    terms = current_terms(programme)
    assert set(terms) == {(action, of_round) for action in range(1, 7) for of_round in (1, 2)}
    assert [terms[6, n].values.subsidised.value for n in (1, 2)] == [False, True]
    assert terms[4, 1].values.lines.keys() == {1, 2}
    assert terms[1, 2].values.lines[1]["unit_amount"].value == Decimal("9.00")
    assert terms[3, 1].values.fields["ceiling"].value == Decimal("31500.00")


def test_project_years_follow_each_other(programme: Programme) -> None:
    first, second = programme.rounds.order_by("number")
    assert first.starts_on > timezone.localdate()
    assert second.starts_on == first.ends_on + timedelta(days=1)
    assert first.call_opens_on < first.call_closes_on < timezone.localdate()
    assert first.starts_on < first.midterm_due_on < first.ends_on < first.final_due_on


@pytest.mark.parametrize(
    ("day", "months", "found"),
    [("2026-11-21", 2, "2027-01-01"), ("2026-01-31", 0, "2026-01-01"), ("2026-12-01", 14, "2028-02-01")],
)
def test_months_are_counted_over_the_year(day: str, months: int, found: str) -> None:
    assert months_on(date.fromisoformat(day), months).isoformat() == found


# the round at the desk --------------------------------------------------------------------------------------------
def test_sixty_applications_stand_at_their_advice(divided: Call) -> None:
    applications = Application.objects.filter(call=divided)
    assert applications.count() == 60
    assert set(applications.values_list("state", flat=True)) == {ApplicationState.ADVISED}
    sizes = applications.annotate(members_count=Count("members")).values_list("members_count", flat=True)
    assert sum(size > 1 for size in sizes) == 8
    assessors = applications.values_list("assessment__assessor__email", flat=True)
    assert set(assessors) == {"beoordelaar@example.org"}
    assert not EligibilityDecision.objects.filter(application__call=divided).exists()


def test_what_is_asked_adds_up_to_the_cent(divided: Call) -> None:
    for application in Application.objects.filter(call=divided).prefetch_related("lines__shares", "incentives"):
        lines, incentives = list(application.lines.all()), list(application.incentives.all())
        assert application.requested == sum(one.amount for one in [*lines, *incentives])
        assert sorted(line.priority for line in lines) == list(range(1, len(lines) + 1))
        for line in lines:
            assert line.amount == sum(share.amount for share in line.shares.all())
            assert line.planned == sum(share.planned for share in line.shares.all())


def test_partners_lie_in_one_region_and_nobody_is_in_two_applications(divided: Call) -> None:
    members = Member.objects.filter(application__call=divided)
    assert members.count() == members.values("organisation").distinct().count()
    assert all(member.state == MemberState.ACCEPTED for member in members)


def test_the_budget_is_short(divided: Call) -> None:
    desk = desk_of(divided.pk)
    assert CLAIMED <= (desk.advised + desk.reserved) / _budget(divided) < CLAIMED + Decimal("0.01")
    asked = Application.objects.filter(call=divided).aggregate(sum=Sum("requested"))["sum"]
    assert asked > desk.claimed + desk.reserved > desk.advised + desk.reserved


def test_three_ways_to_divide_stand_side_by_side(divided: Call) -> None:
    desk = desk_of(divided.pk)
    kept = list(Scenario.objects.filter(call=divided).order_by("number"))
    assert [scenario.rule for scenario in kept] == [Rule.PRIORITY, Rule.PROPORTIONAL, Rule.EQUAL_AWARDS]
    for scenario in kept:
        assert scenario.state == ScenarioState.KEPT
        assert scenario.granted == scenario.envelope - scenario.reserved == _budget(divided) - desk.reserved
        assert not is_outdated(scenario, desk)
    check_ready(desk)


def test_the_same_seed_draws_the_same(divided: Call) -> None:
    first: Round = divided.round
    asked = asked_of(offered(first), rule_values(first))
    today = timezone.localdate()
    assert draw(asked, today, SEED) == draw(asked, today, SEED)
    assert draw(asked, today, SEED) != draw(asked, today, SEED + 1)


# the open call ----------------------------------------------------------------------------------------------------
def test_gent_has_a_draft_with_one_mistake(running: Call) -> None:
    draft = Application.objects.get(call=running, applicant__name="Gent")
    assert draft.state == ApplicationState.DRAFT
    assert draft.unsaved == {"iban": "BE68 5390 0754 7043"}
    assert draft.lines.count() == 3
    sentences = [need.sentence for need in blocking(checklist(draft))]
    assert any("BE68 5390 0754 7043" in sentence for sentence in sentences)


def test_an_invitation_waits_for_gent(running: Call) -> None:
    invitation = Member.objects.get(organisation__name="Gent", state=MemberState.INVITED)
    assert invitation.application.call == running
    assert invitation.application.applicant.name == "Deinze"
    assert invitation.application.members.filter(state__in=TAKING_PART).count() == 3


def test_brugge_handed_in(running: Call) -> None:
    application = Application.objects.get(call=running, applicant__name="Brugge")
    assert application.state == ApplicationState.SUBMITTED
    assert application.submissions.get().number == 1
    assert application.requested == Decimal("44725.00")


def test_the_governments_of_the_file_are_there_today() -> None:
    for wanted in read("running")["application"]:
        for name in [wanted["applicant"], *wanted["members"]]:
            assert government_named(name, timezone.localdate()).name == name


# the pages --------------------------------------------------------------------------------------------------------
def test_the_desk_is_there_for_the_manager(divided: Call) -> None:
    place = f"/verdeling/{divided.round.programme.slug}/ronde-1/"
    page = signed_in("programma@example.org").get(place)
    assert page.status_code == 200
    for said in ("Voorrang van het bestuur", "Ieder hetzelfde deel", "Ieder evenveel", "Voorbeeldgegevens"):
        assert said in page.content.decode()


def test_the_form_is_there_for_gent(running: Call) -> None:
    draft = Application.objects.get(call=running, applicant__name="Gent")
    for email in ("invuller@example.org", "goedkeurder@example.org"):
        page = signed_in(email).get(f"/aanvragen/{draft.pk}/")
        assert page.status_code == 200
        assert "Taalmaatjes" in page.content.decode()


def test_strangers_and_managers_do_not_read_the_draft(running: Call) -> None:
    draft = Application.objects.get(call=running, applicant__name="Gent")
    for email in ("lezer@example.org", "programma@example.org"):
        assert signed_in(email).get(f"/aanvragen/{draft.pk}/").status_code in (403, 404)


@pytest.mark.parametrize(
    "place", ["/oproepen/", "/programmas/voorbeeldprogramma/", "/oproepen/voorbeeldprogramma/ronde-2/"]
)
def test_everybody_reads_that_it_is_an_example(client: Client, place: str) -> None:
    page = client.get(place)
    assert page.status_code == 200
    assert "oorbeeld" in page.content.decode()

"""Yearly progress: who writes, what must be said, approval, reminders, and the report that reads back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from draad.accounts import audit
from draad.accounts.actor import Actor, system
from draad.accounts.freshness import one_glance
from draad.accounts.revisions import ChangedMeanwhileError
from draad.accounts.roles import Role
from draad.organisations.models import Membership, Organisation
from draad.plans.actions import progress as act
from draad.plans.actions.plans import publish_version
from draad.plans.actions.progress import ProgressContent, SaidOfIndicator, SaidOfMilestone
from draad.plans.content import reading_content
from draad.plans.editions import WORKING, edition
from draad.plans.exporting import document_of
from draad.plans.models import (
    Measure,
    MeasureParty,
    Milestone,
    MilestoneState,
    Plan,
    PlanVersion,
    ProgressReport,
    ProgressState,
    ValueState,
)
from draad.plans.progress_queries import still_to_write, year_of
from draad.plans.reading.reading import read_sheets
from tests.plans.desk import in_plan

pytestmark = pytest.mark.django_db
BY = system("test")
DONE, LATE = MilestoneState.DONE, MilestoneState.LATE


@pytest.fixture
def measure(plan: Plan) -> Measure:
    """The measure about buses, with its milestones of 2017 and 2018."""
    return in_plan(plan)[0]


@pytest.fixture
def owner(measure: Measure, person_with: Callable[..., Actor]) -> Actor:
    """A coordinator of the administration that answers for the measure."""
    with audit.recording(by=BY) as log:
        organisation = log.create(
            Organisation(slug="vervoer", kind="administration", name="Vervoer", source="test"), verb="test.add"
        )
        party = MeasureParty.objects.filter(measure=measure, role="responsible_administrations").first()
        assert party is not None
        log.change(party, verb="test.party", organisation=organisation)
    return person_with(Role.PLAN_COORDINATOR, held_for=organisation)


@pytest.fixture
def coordinator(plan: Plan, person_with: Callable[..., Actor]) -> Actor:
    return person_with(Role.PLAN_COORDINATOR, email="plan@example.org", held_for=plan.owner)


@pytest.fixture
def report(measure: Measure, owner: Actor) -> ProgressReport:
    return act.start_progress(measure, 2017, by=owner)


def said(report: ProgressReport, *, state: str = DONE, why: str = "", **more: Any) -> ProgressContent:
    """Something about every milestone that has begun, and a value for every indicator."""
    milestones = {row.milestone_id: SaidOfMilestone(state, "verslag", why) for row in report.milestones.all()}
    indicators = {
        row.indicator_id: SaidOfIndicator(ValueState.NUMBER, Decimal(120), "telling")
        for row in report.indicators.all()
    }
    return ProgressContent(
        **{"explanation": "De proef liep goed.", "milestones": milestones, "indicators": indicators} | more
    )


def test_it_begins_with_everything_that_is_followed(report: ProgressReport, measure: Measure) -> None:
    assert [row.milestone.period for row in report.milestones.all()] == ["2017", "2018"]
    assert {row.state for row in report.indicators.all()} == {ValueState.MISSING}


def test_how_milestones_stand_is_told_in_one_line(report: ProgressReport) -> None:
    assert report.stands == ""
    with audit.recording(by=BY) as log:
        log.change(report.milestones.get(milestone__period="2017"), verb="test.say", state=DONE)
    assert report.stands == "2017: gehaald"


def test_beginning_twice_is_beginning_once(report: ProgressReport, measure: Measure, owner: Actor) -> None:
    assert act.start_progress(measure, 2017, by=owner) == report


def test_from_writing_to_approved(report: ProgressReport, owner: Actor, coordinator: Actor) -> None:
    act.write_progress(report, said(report), revision=0, by=owner)
    act.submit_progress(report, by=owner)
    with pytest.raises(ValidationError, match="ingediend"):
        act.write_progress(report, said(report), revision=1, by=owner)
    with pytest.raises(PermissionDenied):
        act.approve_progress(report, by=owner)
    act.approve_progress(report, by=coordinator)
    states = set(Milestone.objects.filter(measure=report.measure).values_list("state", flat=True))
    assert states == {DONE}, "the milestones of the plan take what was approved"


def test_sent_back_with_a_reason(report: ProgressReport, owner: Actor, coordinator: Actor) -> None:
    act.write_progress(report, said(report), revision=0, by=owner)
    act.submit_progress(report, by=owner)
    with pytest.raises(ValidationError, match="Schrijf wat"):
        act.send_back(report, " ", by=coordinator)
    act.send_back(report, "Zeg iets over de haltes.", by=coordinator)
    report.refresh_from_db()
    assert (report.state, report.returned_because) == (ProgressState.DRAFT, "Zeg iets over de haltes.")
    act.submit_progress(report, by=owner)
    report.refresh_from_db()
    assert report.returned_because == ""


def test_an_older_year_does_not_undo_a_newer_one(measure: Measure, owner: Actor, coordinator: Actor) -> None:
    for year, state in ((2018, DONE), (2017, MilestoneState.STARTED)):
        report = act.start_progress(measure, year, by=owner)
        act.write_progress(report, said(report, state=state), revision=0, by=owner)
        act.submit_progress(report, by=owner)
        act.approve_progress(report, by=coordinator)
    assert set(Milestone.objects.filter(measure=measure).values_list("state", flat=True)) == {DONE}


def test_what_must_be_said(report: ProgressReport, owner: Actor) -> None:
    with pytest.raises(ValidationError) as nothing:
        act.submit_progress(report, by=owner)
    assert len(nothing.value.messages) == 3, "the milestone of 2017 and two indicators; that of 2018 comes later"
    act.write_progress(report, said(report, state=LATE), revision=0, by=owner)
    with pytest.raises(ValidationError, match="vertraagd of geschrapt"):
        act.submit_progress(report, by=owner)
    act.write_progress(report, said(report, state=LATE, why="Geen chauffeurs."), revision=1, by=owner)
    assert act.submit_progress(report, by=owner).state == ProgressState.SUBMITTED


@pytest.mark.parametrize(
    ("state", "value", "words"),
    [
        ("number", None, "geef het getal"),
        ("estimated", None, "geef het getal"),
        ("number", Decimal(0), "kies “nul”"),
        ("zero", None, "getal 0"),
        ("zero", Decimal(3), "getal 0"),
        ("missing", Decimal(3), "hoort geen getal"),
        ("not_applicable", Decimal(3), "hoort geen getal"),
        ("perhaps", None, "kies wat voor waarde"),
    ],
)
def test_five_states_never_blurred(
    report: ProgressReport, owner: Actor, state: str, value: Decimal | None, words: str
) -> None:
    given = {row.indicator_id: SaidOfIndicator(state, value) for row in report.indicators.all()[:1]}
    with pytest.raises(ValidationError, match=words):
        act.write_progress(report, ProgressContent("", {}, given), revision=0, by=owner)
    report.refresh_from_db()
    assert report.revision == 0, "nothing half-written is stored"


@pytest.mark.parametrize(("state", "value"), [("number", 3), ("estimated", 3), ("zero", 0), ("not_applicable", None)])
def test_what_can_be_said(report: ProgressReport, owner: Actor, state: str, value: int | None) -> None:
    indicator = report.indicators.all()[0].indicator_id
    number = None if value is None else Decimal(value)
    content = ProgressContent("", {}, {indicator: SaidOfIndicator(state, number)})
    act.write_progress(report, content, revision=0, by=owner)
    stored = report.indicators.get(indicator=indicator)
    assert (stored.state, stored.value) == (state, number)


def test_the_second_of_two_is_told(report: ProgressReport, owner: Actor, coordinator: Actor) -> None:
    act.write_progress(report, said(report), revision=0, by=owner)
    with pytest.raises(ChangedMeanwhileError):
        act.write_progress(report, ProgressContent("Iets anders."), revision=0, by=coordinator)


@pytest.mark.parametrize("year", [1999, 2150])
def test_a_year_outside_the_plan(measure: Measure, owner: Actor, year: int) -> None:
    with pytest.raises(ValidationError, match="valt daarbuiten"):
        act.start_progress(measure, year, by=owner)


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.PLAN_COORDINATOR, Role.ADMINISTRATOR)])
def test_who_writes(report: ProgressReport, role: Role, person_with: Callable[..., Actor]) -> None:
    stranger = person_with(role, email="stranger@example.org")
    attempts: list[Callable[[], object]] = [
        lambda: act.start_progress(report.measure, 2018, by=stranger),
        lambda: act.write_progress(report, ProgressContent(), revision=0, by=stranger),
        lambda: act.submit_progress(report, by=stranger),
        lambda: act.approve_progress(report, by=stranger),
        lambda: act.send_back(report, "Nee.", by=stranger),
    ]
    for attempt in attempts:
        with pytest.raises(PermissionDenied):
            attempt()


def test_a_coordinator_of_another_body_does_not_write(
    report: ProgressReport, person_with: Callable[..., Actor]
) -> None:
    with audit.recording(by=BY) as log:
        other = log.create(
            Organisation(slug="elders", kind="administration", name="Elders", source="test"), verb="test.add"
        )
    stranger = person_with(Role.PLAN_COORDINATOR, email="elders@example.org", held_for=other)
    with pytest.raises(PermissionDenied):
        act.write_progress(report, ProgressContent(), revision=0, by=stranger)


class TestReminders:
    def test_each_person_once_with_all_that_waits(self, plan: Plan, measure: Measure, owner: Actor) -> None:
        reminded, nobody = still_to_write(plan, 2017)
        assert [(one.person, [m.number for m in one.measures]) for one in reminded] == [(owner.user, [1])]
        assert [m.number for m in nobody] == [2]

    def test_who_handed_in_is_left_alone(self, plan: Plan, report: ProgressReport, owner: Actor) -> None:
        act.write_progress(report, said(report), revision=0, by=owner)
        act.submit_progress(report, by=owner)
        assert still_to_write(plan, 2017)[0] == []

    def test_the_command_mails(self, plan: Plan, owner: Actor) -> None:
        told = StringIO()
        call_command("remind", plan.slug, "--year", "2017", stdout=told)
        assert owner.user is not None
        assert [message.to for message in mail.outbox] == [[owner.user.email]]
        assert "/voortgang/2017/" in str(mail.outbox[0].body)
        assert "nobody is known for 1 measures: 2" in told.getvalue()

    def test_a_dry_run_mails_nobody(self, plan: Plan, owner: Actor) -> None:
        call_command("remind", plan.slug, "--year", "2017", "--dry-run", stdout=StringIO())
        assert mail.outbox == []

    @pytest.mark.parametrize("arguments", [["onbekend"], ["--year", "1800"]])
    def test_a_wrong_question(self, plan: Plan, arguments: list[str]) -> None:
        words = [plan.slug, *arguments] if arguments[0].startswith("-") else arguments
        with pytest.raises(CommandError, match="plan"):
            call_command("remind", *words, stdout=StringIO())


class TestDocuments:
    @pytest.mark.parametrize("form", ["docx", "pdf"])
    def test_a_plan_as_a_document_reads_back(self, plan: Plan, measure: Measure, form: str, tmp_path: Path) -> None:
        found = edition(plan, WORKING)
        path = tmp_path / f"plan.{form}"
        path.write_bytes(document_of(plan, found, found.sheets, form))
        read = [reading_content(sheet.as_dict()) for sheet in read_sheets(path)]
        titles = [(one["title"], one["target"], [m["text"] for m in one["milestones"]]) for one in read]
        wanted = [
            (s.content["title"], s.content["target"], [m["text"] for m in s.content["milestones"]])
            for s in found.sheets
        ]
        assert titles == wanted

    def test_the_report_of_a_year(
        self, client: Client, plan: Plan, report: ProgressReport, owner: Actor, coordinator: Actor
    ) -> None:
        act.write_progress(report, said(report), revision=0, by=owner)
        act.submit_progress(report, by=owner)
        act.approve_progress(report, by=coordinator)
        draft = PlanVersion.objects.get(plan=plan, state="draft")
        publish_version(plan, note="", revision=draft.revision, by=BY)
        where = reverse("plans:document", args=[plan.slug])
        for form, start in (("docx", b"PK"), ("pdf", b"%PDF")):
            whole = client.get(where, {"vorm": form, "jaar": "2017"})
            assert whole.content.startswith(start)
            one = client.get(where, {"vorm": form, "maatregel": "1"})
            assert one.content.startswith(start)
            assert len(one.content) < len(whole.content)
        for wrong in ({"vorm": "odt"}, {"maatregel": "99"}, {"jaar": "1800"}):
            assert client.get(where, wrong).status_code == 404


class TestPages:
    @pytest.fixture
    def enter(self) -> Callable[[Actor], Client]:
        def sign_in(who: Actor) -> Client:
            client = Client()
            client.force_login(who.user, backend="draad.accounts.backend.AccountBackend")  # type: ignore[arg-type]  # a person
            return client

        return sign_in

    def test_by_clicking(
        self, plan: Plan, measure: Measure, owner: Actor, coordinator: Actor, enter: Callable[[Actor], Client]
    ) -> None:
        draft = PlanVersion.objects.get(plan=plan, state="draft")
        publish_version(plan, note="", revision=draft.revision, by=BY)
        where = reverse("plans:progress", args=[plan.slug, 1, 2017])
        writer, approver = enter(owner), enter(coordinator)
        assert "Begin" in writer.get(where).content.decode()
        writer.post(where)
        report = ProgressReport.objects.get()
        typed: dict[str, Any] = {"revision": 0, "explanation": "De proef liep goed.", "submit": "1"}
        for row in report.milestones.all():
            typed |= {f"m{row.milestone_id}-state": "late", f"m{row.milestone_id}-explanation": ""}
        for measured in report.indicators.all():
            typed |= {f"i{measured.indicator_id}-state": "number", f"i{measured.indicator_id}-value": "1.250"}
        wrong = writer.post(where, typed)
        assert wrong.status_code == 422
        assert "vertraagd of geschrapt" in wrong.content.decode()
        assert "De proef liep goed." in wrong.content.decode()
        typed |= {f"m{row.milestone_id}-explanation": "Geen chauffeurs." for row in report.milestones.all()}
        typed["revision"] = ProgressReport.objects.get().revision
        writer.post(where, typed)
        assert ProgressReport.objects.get().state == ProgressState.SUBMITTED
        assert report.indicators.all()[0].value == 1250
        assert Client().get(where).status_code == 404, "nobody reads what is not approved"
        approver.post(reverse("plans:progress_decide", args=[plan.slug, 1, 2017]), {"approve": "1"})
        public = Client().get(where).content.decode()
        assert "Geen chauffeurs." in public
        year = Client().get(reverse("plans:progress_year", args=[plan.slug]), {"jaar": 2017}).content.decode()
        assert "goedgekeurd" in year

    def test_the_second_sees_both(
        self, report: ProgressReport, owner: Actor, enter: Callable[[Actor], Client]
    ) -> None:
        where = reverse("plans:progress", args=[report.measure.plan.slug, 1, 2017])
        client = enter(owner)
        states = {f"i{row.indicator_id}-state": "missing" for row in report.indicators.all()}
        client.post(where, {"revision": 0, "explanation": "Van de eerste.", **states})
        second = client.post(where, {"revision": 0, "explanation": "Van de tweede.", **states})
        assert second.status_code == 409
        assert "Van de tweede." in second.content.decode()

    def test_a_year_asks_as_little_of_many(
        self, plan: Plan, measure: Measure, django_assert_max_num_queries: Callable[[int], Any]
    ) -> None:
        edition(plan, WORKING)
        with one_glance(), django_assert_max_num_queries(3):
            assert len(year_of(plan, WORKING, 2017, approved_only=True)) == 2

    def test_a_person_without_a_role_reads_only_what_is_approved(
        self, report: ProgressReport, person_with: Callable[..., Actor], enter: Callable[[Actor], Client]
    ) -> None:
        stranger = enter(person_with(None))
        assert stranger.get(reverse("plans:progress", args=[report.measure.plan.slug, 1, 2017])).status_code == 404


def test_memberships_end(plan: Plan, measure: Measure, owner: Actor) -> None:
    with audit.recording(by=BY) as log:
        for membership in Membership.objects.filter(user=owner.user):
            log.change(membership, verb="test.end", valid_to=date(2021, 1, 1))
    assert still_to_write(plan, 2017)[0] == []

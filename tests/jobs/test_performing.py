"""Work that is done: at once or later, exactly once, by who may, with a file, a page, a sentence or nothing to show."""

from __future__ import annotations

import logging
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from draad.accounts import audit
from draad.accounts.actor import Actor, system
from draad.accounts.models import AuditEvent
from draad.accounts.roles import Role
from draad.jobs import performing
from draad.jobs.actions import begin_again, cancel, remove_old
from draad.jobs.kinds import MadeFile, Outcome, Place, Work, kind
from draad.jobs.models import Job, JobProgress, JobState
from draad.jobs.performing import StoppedError, perform
from draad.organisations.models import Membership
from tests.conftest import MakeActor
from tests.jobs.conftest import LONG, SHORT, Toy, ask, files, running, silent, text_file, waiting

pytestmark = pytest.mark.django_db


def verbs(job: Job) -> list[str]:
    events = AuditEvent.objects.filter(object_type="jobs.job", object_key=str(job.pk))
    return [event.verb for event in events.order_by("number")]


@pytest.mark.parametrize("seconds", [SHORT, LONG])
def test_a_file_is_made_and_every_step_of_the_job_is_in_the_audit(toy: Toy, manager: Actor, seconds: float) -> None:
    toy.does = text_file
    job = ask(manager, seconds=seconds)
    assert job.state == JobState.DONE
    assert job.file_name == "brief.txt"
    with job.file.open("rb") as file:
        assert file.read() == b"Geachte"
    assert job.kept_until is not None
    assert timedelta(days=6) < job.kept_until - timezone.now() <= timedelta(days=7)
    assert verbs(job) == ["jobs.job.ask", "jobs.job.begin", "jobs.job.end"]
    assert [actor.user for actor in toy.done_by] == [manager.user]


def test_the_name_of_a_stored_file_tells_nothing(toy: Toy, manager: Actor) -> None:
    toy.does = text_file
    [stored] = [ask(manager).file.name.removeprefix("jobs/")]
    assert "brief" not in stored
    assert stored.endswith(".txt")
    assert len(stored) == len("0" * 32 + ".txt")


def test_steps_are_kept_without_an_audit_event(toy: Toy, manager: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[int, int, str]] = []

    def count(work: Work) -> Outcome:
        for number in range(4):
            work.say(number, 4, "Brieven maken.")
            seen.append(JobProgress.objects.values_list("done", "total", "text").get())
        return Outcome()

    monkeypatch.setattr(performing, "STEP_SECONDS", 0.0)
    toy.does = count
    job = ask(manager)
    assert seen == [(number, 4, "Brieven maken.") for number in range(4)]
    assert len(verbs(job)) == 3


def test_steps_that_follow_quickly_are_left_out_but_for_the_last(toy: Toy, manager: Actor) -> None:
    seen: list[int] = []

    def count(work: Work) -> Outcome:
        for number in range(1, 1001):
            work.say(number, 1000)
            seen.append(JobProgress.objects.get().done) if number in {1, 2, 1000} else None
        return Outcome()

    toy.does = count
    ask(manager)
    assert seen == [1, 1, 1000]


def test_what_is_stored_and_the_end_are_one_transaction(toy: Toy, manager: Actor) -> None:
    """When the end cannot be written, what the job stored is not there either."""

    def store() -> Place:
        with audit.recording(by=manager) as log:
            membership = Membership.objects.get(user=manager.user)
            log.change(membership, verb="test.change", valid_to=date(2030, 1, 1))
        return Place("organisations:government", ["gent"], "per=jaar")

    toy.does = lambda _work: Outcome(store=store)
    job = ask(manager)
    assert job.to_address == "/besturen/gent/?per=jaar"
    with translation.override("en"):
        assert job.to_address == "/en/besturen/gent/?per=jaar"
    assert Membership.objects.get(user=manager.user).valid_to == date(2030, 1, 1)

    def store_and_break() -> Place:
        with audit.recording(by=manager) as log:
            log.change(Membership.objects.get(user=manager.user), verb="test.change", valid_to=date(2031, 1, 1))
        raise ValidationError("Dit kan niet.")

    toy.does = lambda _work: Outcome(store=store_and_break)
    refused = ask(manager)
    assert (refused.state, refused.problem) == (JobState.FAILED, "Dit kan niet.")
    assert Membership.objects.get(user=manager.user).valid_to == date(2030, 1, 1)


def test_a_mistake_of_the_program_is_told_in_a_sentence_and_logged_in_full(
    toy: Toy, manager: Actor, caplog: pytest.LogCaptureFixture
) -> None:
    toy.does = lambda _work: Outcome(MadeFile("x", "text/plain", BytesIO(bytes([1 // len([])]))))
    with caplog.at_level(logging.ERROR):
        job = ask(manager)
    assert job.state == JobState.FAILED
    assert "Begin opnieuw" in job.problem
    assert "division" not in job.problem
    assert "ZeroDivisionError" in caplog.text
    assert verbs(job)[-1] == "jobs.job.fail"


def test_who_lost_the_role_in_the_meantime_gets_nothing(toy: Toy, manager: Actor) -> None:
    toy.does = text_file
    job = waiting(manager)
    with audit.recording(by=system("test")) as log:
        held = Membership.objects.get(user=manager.user)
        log.change(held, verb="test.end", valid_to=timezone.localdate() - timedelta(days=1))
    perform(job.pk, job.attempt)
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "rol" in job.problem
    assert toy.done_by == []
    assert files() == []


def test_who_left_gets_nothing(toy: Toy, manager: Actor) -> None:
    job = waiting(manager)
    assert manager.user is not None
    manager.user.is_active = False
    manager.user.save()
    perform(job.pk, job.attempt)
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert toy.done_by == []


@pytest.mark.parametrize("role", [None, Role.READER, Role.ASSESSOR, Role.GOVERNMENT_EDITOR])
def test_who_may_not_have_it_done_cannot_ask(toy: Toy, person_with: MakeActor, role: Role | None) -> None:
    with pytest.raises(PermissionDenied):
        ask(person_with(role))
    assert not Job.objects.exists()


def test_a_visitor_and_the_system_do_not_ask(toy: Toy) -> None:
    for by in (Actor(), system("test")):
        with pytest.raises(PermissionDenied):
            ask(by)


def test_work_that_draad_does_not_know_is_refused(toy: Toy, manager: Actor) -> None:
    with pytest.raises(PermissionDenied):
        performing.check_may(None, manager)


def test_it_is_done_in_the_language_in_which_it_was_asked(toy: Toy, manager: Actor) -> None:
    spoken: list[str | None] = []

    def speak(_work: Work) -> Outcome:
        spoken.append(translation.get_language())
        return Outcome()

    toy.does = speak
    with translation.override("en"):
        job = waiting(manager)
    perform(job.pk, job.attempt)
    assert spoken == ["en"]
    assert translation.get_language() == "nl"


def test_the_same_work_is_not_asked_twice_at_the_same_time(toy: Toy, manager: Actor, person_with: MakeActor) -> None:
    first = waiting(manager)
    assert ask(manager).pk == first.pk
    assert ask(manager, list=2).pk != first.pk
    other = person_with(Role.PROGRAMME_MANAGER, email="other-manager@example.org")
    assert ask(other).pk != first.pk
    perform(first.pk, 1)
    assert ask(manager).pk != first.pk, "once it is done it can be asked again"


def test_two_jobs_for_the_same_at_the_same_time_are_refused_by_the_database(toy: Toy, manager: Actor) -> None:
    job = waiting(manager)
    job.pk = None
    with pytest.raises(IntegrityError), transaction.atomic(), audit.recording(by=manager) as log:
        log.create(job, verb="test.add")


def test_a_job_is_taken_once(toy: Toy, manager: Actor) -> None:
    job = waiting(manager)
    perform(job.pk, 1)
    perform(job.pk, 1)
    assert len(toy.done_by) == 1


def test_a_job_that_is_gone_is_left(toy: Toy) -> None:
    perform(12345, 1)
    assert toy.done_by == []


def test_stopping_before_the_beginning_and_in_the_middle(toy: Toy, manager: Actor) -> None:
    before = cancel(waiting(manager), by=manager)
    perform(before.pk, 1)
    assert toy.done_by == []

    def stop_in_the_middle(work: Work) -> Outcome:
        cancel(Job.objects.get(state=JobState.RUNNING), by=manager)
        with pytest.raises(StoppedError):
            work.say(1, 1)
        work.say(1, 1)
        raise AssertionError("it went on")

    toy.does = stop_in_the_middle
    stopped = ask(manager)
    assert stopped.state == JobState.CANCELLED
    assert verbs(stopped)[-1] == "jobs.job.cancel"


def test_what_was_stopped_just_before_the_end_leaves_no_file(toy: Toy, manager: Actor) -> None:
    def stop_at_the_end(work: Work) -> Outcome:
        cancel(Job.objects.get(state=JobState.RUNNING), by=manager)
        return text_file(work)

    toy.does = stop_at_the_end
    assert ask(manager).state == JobState.CANCELLED
    assert files() == []


def test_what_ended_is_not_stopped(toy: Toy, manager: Actor) -> None:
    job = ask(manager)
    with pytest.raises(ValidationError, match="klaar"):
        cancel(job, by=manager)


def test_a_worker_that_died_is_noticed_and_its_work_begun_again(toy: Toy, manager: Actor) -> None:
    toy.does = text_file
    job = running(manager)
    assert not job.interrupted
    with pytest.raises(ValidationError, match="nog bezig"):
        begin_again(job, by=manager)
    job = silent(job)
    assert job.interrupted
    assert job.state_words == "onderbroken"
    again = begin_again(job, by=manager)
    assert (again.state, again.attempt) == (JobState.DONE, 2)
    assert verbs(job) == ["jobs.job.ask", "jobs.job.begin", "jobs.job.again", "jobs.job.begin", "jobs.job.end"]


def test_a_worker_that_was_only_thought_dead_writes_nothing(toy: Toy, manager: Actor) -> None:
    """The first worker stood still and comes back when the work was begun again: what it stores is not kept."""
    written: list[int] = []

    def store() -> Place:
        written.append(1)
        return Place("publication:home")

    def overtaken(work: Work) -> Outcome:
        if len(toy.done_by) == 1:
            begin_again(silent(Job.objects.get()), by=manager)
        return Outcome(store=store)

    toy.does = overtaken
    job = ask(manager)
    assert (job.state, job.attempt) == (JobState.DONE, 2)
    assert len(toy.done_by) == 2
    assert written == [1]


def test_what_failed_is_begun_again(toy: Toy, manager: Actor) -> None:
    toy.does = lambda _work: (_ for _ in ()).throw(ValidationError("Er zijn geen brieven."))
    job = ask(manager)
    assert job.problem == "Er zijn geen brieven."
    toy.does = text_file
    again = begin_again(job, by=manager)
    assert (again.state, again.problem) == (JobState.DONE, "")
    with pytest.raises(ValidationError):
        begin_again(again, by=manager)


def test_beginning_again_what_was_asked_anew_gives_the_new_one(toy: Toy, manager: Actor) -> None:
    stopped = cancel(waiting(manager), by=manager)
    anew = waiting(manager)
    assert begin_again(stopped, by=manager).pk == anew.pk


def test_a_sign_of_life_comes_by_itself(toy: Toy, manager: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    """The thread writes it with a connection of its own; here is looked at what it asks."""
    beats: list[int] = []
    monkeypatch.setattr(performing, "BEAT_SECONDS", 0.01)
    job = running(manager)

    class Asked:
        def update(self, **_values: object) -> None:
            beats.append(job.pk)

    monkeypatch.setattr(performing, "_own_progress", lambda _job: Asked())
    monkeypatch.setattr(performing, "connection", type("Closed", (), {"close": staticmethod(lambda: None)}))
    with performing._signs_of_life(job):
        for _ in range(500):
            if len(beats) > 2:
                break
            performing.Event().wait(0.01)
    assert len(beats) > 2
    counted = len(beats)
    performing.Event().wait(0.05)
    assert len(beats) == counted, "it ends with the work"


def test_old_jobs_go_with_their_files(toy: Toy, manager: Actor) -> None:
    toy.does = text_file
    old, fresh = ask(manager, list=1), ask(manager, list=2)
    assert remove_old(by=system("test")) == 0
    with audit.recording(by=system("test")) as log:
        log.change(old, verb="test.change", kept_until=timezone.now() - timedelta(seconds=1))
    assert remove_old(by=system("test")) == 1
    assert list(Job.objects.all()) == [fresh]
    assert files() == [fresh.file.name.removeprefix("jobs/")]
    assert verbs(old)[-1] == "jobs.job.remove"


def test_the_database_holds_what_must_hold(toy: Toy, manager: Actor) -> None:
    job = waiting(manager)
    wrong = [
        {"state": "done"},
        {"state": "failed", "ended_at": timezone.now(), "kept_until": timezone.now()},
        {"file": "jobs/x", "file_name": "x"},
        {"attempt": 0},
    ]
    for values in wrong:
        with pytest.raises(IntegrityError), transaction.atomic(), audit.recording(by=manager) as log:
            log.change(Job.objects.get(pk=job.pk), verb="test.change", **values)
    with pytest.raises(IntegrityError), transaction.atomic():
        JobProgress.objects.create(job=job, attempt=1, done=2, total=1, beat_at=timezone.now())


def test_two_functions_cannot_be_one_kind(toy: Toy) -> None:
    with pytest.raises(ValueError, match=r"test\.toy"):
        kind("test.toy", title="x", guard=performing.Work)(text_file)  # type: ignore[arg-type]  # never looked at

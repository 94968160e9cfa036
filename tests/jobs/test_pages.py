"""Pages of long work: who sees which job, what they show in each state, with and without a script."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from draad.accounts import audit
from draad.accounts.actor import Actor, system
from draad.accounts.roles import Role
from draad.jobs.actions import begin_again, cancel
from draad.jobs.kinds import Outcome, Place, Work
from draad.jobs.models import Job, JobProgress, JobState
from draad.jobs.performing import perform
from draad.organisations.models import Membership
from tests.conftest import MakeActor
from tests.jobs.conftest import SHORT, Toy, ask, running, silent, text_file, waiting

pytestmark = pytest.mark.django_db
OTHERS = [None, *[role for role in Role if role != Role.ADMINISTRATOR]]


def client_of(actor: Actor) -> Client:
    client = Client()
    assert actor.user is not None
    client.force_login(actor.user)
    return client


def address(name: str, job: Job) -> str:
    return reverse(f"jobs:{name}", args=[job.pk])


def page(client: Client, job: Job, **query: str) -> str:
    return str(client.get(address("job", job), query).content.decode())


@pytest.fixture
def managing(manager: Actor) -> Client:
    return client_of(manager)


@pytest.mark.parametrize("role", OTHERS)
def test_a_job_of_another_is_not_there(toy: Toy, manager: Actor, person_with: MakeActor, role: Role | None) -> None:
    toy.does = text_file
    job = ask(manager)
    other = client_of(person_with(role, email="other-person@example.org"))
    for name in ("job", "file"):
        assert other.get(address(name, job)).status_code == 404
    for name in ("cancel", "begin_again"):
        assert other.post(address(name, job)).status_code == 404
    assert "ronde 1" not in other.get("/taken/").content.decode()


def test_an_administrator_sees_the_jobs_of_everyone_with_who_asked(
    toy: Toy, manager: Actor, person_with: MakeActor
) -> None:
    job = waiting(manager)
    administrator = client_of(person_with(Role.ADMINISTRATOR))
    listed = administrator.get("/taken/").content.decode()
    assert "Test programme_manager" in listed
    assert "ronde 1" in listed
    assert "Test programme_manager" in page(administrator, job)
    administrator.post(address("cancel", job))
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED


def test_the_list_shows_the_own_jobs_with_their_state(toy: Toy, manager: Actor, managing: Client) -> None:
    assert "Er is niets bezig" in managing.get("/taken/").content.decode()
    done = ask(manager, list=1)
    waits = waiting(manager, list=2)
    listed = managing.get("/taken/").content.decode()
    assert "Er is 1 taak bezig" in listed
    for job, state in ((done, "klaar"), (waits, "wacht op haar beurt")):
        assert address("job", job) in listed
        assert state in listed
    assert "Gevraagd door" not in listed


@pytest.mark.parametrize("many", [1, 40])
def test_the_list_takes_as_many_queries_whatever_the_number(
    toy: Toy, manager: Actor, managing: Client, django_assert_max_num_queries: Any, many: int
) -> None:
    for number in range(many):
        ask(manager, seconds=SHORT, list=number)
    with django_assert_max_num_queries(8):
        assert managing.get("/taken/").status_code == 200
    with django_assert_max_num_queries(9):
        assert managing.get(address("job", Job.objects.all()[0])).status_code == 200


def test_a_job_in_the_middle_shows_how_far_it_is(toy: Toy, manager: Actor, managing: Client) -> None:
    job = running(manager)
    JobProgress.objects.filter(job=job).update(done=30, total=120, text="De brieven worden gemaakt.")
    shown = page(managing, job)
    assert 'value="25"' in shown
    assert "30 van 120" in shown
    assert "De brieven worden gemaakt." in shown
    assert 'http-equiv="refresh"' in shown, "without a script the page comes again by itself"
    assert 'hx-trigger="every 2s"' in shown
    assert address("cancel", job) in shown
    assert address("begin_again", job) not in shown


def test_nothing_is_sent_as_long_as_nothing_changed(toy: Toy, manager: Actor, managing: Client) -> None:
    job = running(manager)
    JobProgress.objects.filter(job=job).update(done=1, total=100, text="Bezig.")
    mark = managing.get(address("job", job)).context["mark"]
    assert managing.get(address("job", job), {"gezien": mark}).status_code == 204
    JobProgress.objects.filter(job=job).update(done=4)
    assert managing.get(address("job", job), {"gezien": mark}).status_code == 204, "steps of five percent"
    JobProgress.objects.filter(job=job).update(done=5)
    assert managing.get(address("job", job), {"gezien": mark}).status_code == 200
    perform(job.pk, 1)
    cancel(job, by=manager)
    assert managing.get(address("job", job), {"gezien": mark}).status_code == 200


def test_a_job_that_ended_no_longer_asks_for_itself(toy: Toy, manager: Actor, managing: Client) -> None:
    toy.does = text_file
    shown = page(managing, ask(manager))
    assert "hx-get" not in shown
    assert "refresh" not in shown
    assert "<progress" not in shown


def test_the_file_is_fetched_by_who_asked(toy: Toy, manager: Actor, managing: Client) -> None:
    toy.does = text_file
    job = ask(manager)
    assert "Haal brief.txt op" in page(managing, job)
    response = managing.get(address("file", job))
    assert b"".join(response.streaming_content) == b"Geachte"  # type: ignore[attr-defined]  # a file
    assert 'filename="brief.txt"' in response.headers["Content-Disposition"]
    assert response.headers["Cache-Control"].startswith("max-age=0, no-cache")


def test_who_lost_the_role_no_longer_fetches_the_file(toy: Toy, manager: Actor, managing: Client) -> None:
    toy.does = text_file
    job = ask(manager)
    with audit.recording(by=system("test")) as log:
        held = Membership.objects.get(user=manager.user)
        log.change(held, verb="test.end", valid_to=timezone.localdate() - timedelta(days=1))
    assert managing.get(address("file", job)).status_code == 403


def test_a_job_without_a_file_has_none_to_fetch(toy: Toy, manager: Actor, managing: Client) -> None:
    assert managing.get(address("file", ask(manager))).status_code == 404


def test_the_way_on_to_a_page(toy: Toy, manager: Actor, managing: Client) -> None:
    toy.does = lambda _work: Outcome(store=lambda: Place("organisations:government", ["gent"]))
    assert 'href="/besturen/gent/"' in page(managing, ask(manager))


def test_a_failure_is_a_sentence_with_a_way_on(toy: Toy, manager: Actor, managing: Client) -> None:
    def fail(_work: Work) -> Outcome:
        raise RuntimeError("secret detail")

    toy.does = fail
    job = ask(manager)
    shown = page(managing, job)
    assert "Er ging iets mis in Draad" in shown
    assert "secret detail" not in shown
    assert address("begin_again", job) in shown
    toy.does = text_file
    answer = managing.post(address("begin_again", job), follow=True)
    assert "De taak begint opnieuw." in answer.content.decode()
    job.refresh_from_db()
    assert job.state == JobState.DONE


def test_an_interrupted_job_says_so(toy: Toy, manager: Actor, managing: Client) -> None:
    job = silent(running(manager))
    shown = page(managing, job)
    assert "onderbroken" in shown
    assert "Er is niets half bewaard" in shown
    assert address("begin_again", job) in shown
    assert "hx-get" not in shown
    begin_again(job, by=manager)
    assert "onderbroken" not in page(managing, job)


def test_a_job_that_nobody_takes_says_so(toy: Toy, manager: Actor, managing: Client) -> None:
    job = waiting(manager)
    assert "begint zodra er plaats is" in page(managing, job)
    with audit.recording(by=system("test")) as log:
        log.change(job, verb="test.change", asked_at=timezone.now() - timedelta(minutes=2))
    assert "wacht al meer dan een minuut" in page(managing, job)
    cancel(job, by=manager)
    toy.does = text_file
    assert "wacht al" not in page(managing, begin_again(job, by=manager))


def test_stopping_says_so_and_stopping_again_is_told(toy: Toy, manager: Actor, managing: Client) -> None:
    job = waiting(manager)
    assert "De taak is gestopt." in managing.post(address("cancel", job), follow=True).content.decode()
    answer = managing.post(address("cancel", job), follow=True)
    assert "“Stop deze taak” kan niet: de toestand is nu “gestopt”." in answer.content.decode()


def test_a_page_of_a_job_is_not_stopped_by_reading(toy: Toy, manager: Actor, managing: Client) -> None:
    job = waiting(manager)
    assert managing.get(address("cancel", job)).status_code == 405
    assert managing.get(address("begin_again", job)).status_code == 405


def test_the_header_leads_to_the_jobs_of_who_has_some(toy: Toy, manager: Actor, managing: Client) -> None:
    home = "/besturen/"
    assert 'href="/taken/"' not in managing.get(home).content.decode()
    job = waiting(manager)
    assert "Taken (1 bezig)" in managing.get(home).content.decode()
    perform(job.pk, 1)
    shown = managing.get(home).content.decode()
    assert 'href="/taken/"' in shown
    assert "bezig)" not in shown
    assert 'href="/taken/"' not in Client().get(home).content.decode()


def test_the_page_of_the_own_account_shows_the_newest(toy: Toy, manager: Actor, managing: Client) -> None:
    assert "Taken op de achtergrond" not in managing.get(reverse("accounts:me")).content.decode()
    jobs = [ask(manager, list=number) for number in range(7)]
    shown = managing.get(reverse("accounts:me")).content.decode()
    assert [address("job", job) in shown for job in jobs] == [False, False, *[True] * 5]


def test_in_english_too(toy: Toy, manager: Actor, managing: Client) -> None:
    job = waiting(manager)
    with translation.override("en"):
        shown = page(managing, job)
    assert '<html lang="en"' in shown
    assert "Stop this job" in shown
    assert "wacht" not in shown


def test_what_draad_no_longer_does_can_still_be_read(toy: Toy, manager: Actor, managing: Client) -> None:
    job = ask(manager)
    with audit.recording(by=system("test")) as log:
        log.change(job, verb="test.change", kind="old.kind")
    assert "old.kind" in page(managing, job)
    assert managing.get(address("file", job)).status_code == 403
    assert not list(get_messages(managing.get(address("job", job)).wsgi_request))

"""The worker and the queue as in production: processes of their own, on a database of their own, of either kind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connections
from django.test import override_settings
from django_tasks_db.models import DBTaskResult
from pytest_django.plugin import DjangoDbBlocker

from draad.accounts import audit
from draad.accounts.actor import Actor, actor_of, system
from draad.accounts.models import AuditEvent, User
from draad.accounts.roles import Role
from draad.jobs.actions import begin_again, cancel, start
from draad.jobs.models import Job, JobState
from draad.jobs.performing import perform
from draad.jobs.tasks import perform_later
from draad.organisations.models import Membership, Organisation
from tests.copies import alone, at_once, copied_database
from tests.jobs.conftest import silent
from tests.jobs.making import HOME
from tests.jobs.slow import jobs as slow

SLOW = slow.KEY
PATIENCE = 120
QUEUE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def copy(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path) -> Iterator[None]:
    """A copy of the test database with the queue of production."""
    with django_db_blocker.unblock(), copied_database(tmp_path), override_settings(TASKS=QUEUE):
        yield


@pytest.fixture
def environment(copy: None) -> dict[str, str]:
    """What a process of its own needs to work on the copy."""
    address = os.environ.get("DATABASE_URL", "")
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.jobs.workersettings",
        "DRAAD_WORKER_DATABASE": str(connections.settings["default"]["NAME"]),
        "DRAAD_DATA_DIR": str(Path(default_storage.location).parent),  # type: ignore[attr-defined]  # files
        "DATABASE_URL": address,
    }


def asked(*, seconds: float = 60, **parameters: Any) -> int:
    """A job of a manager, in the queue; its primary key."""
    return start(SLOW, parameters, about="proef", place=HOME, seconds=seconds, by=manager()).pk


def manager() -> Actor:
    user, made = User.objects.get_or_create(email="worker@example.org", defaults={"name": "Werk"})
    if made:
        with audit.recording(by=system("test")) as log:
            organisation = Organisation.objects.get(slug="gent")
            role = Role.PROGRAMME_MANAGER
            held = Membership(user=user, organisation=organisation, role=role, valid_from=date(2020, 1, 1))
            log.create(held, verb="test.add")
    return actor_of(user)


def worker(environment: dict[str, str], *words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "draad", "work", *words], env=environment)


def work_once(environment: dict[str, str]) -> None:
    assert worker(environment, "--once").wait(PATIENCE) == 0


def job(pk: int) -> Job:
    found: Job = Job.objects.select_related("progress").get(pk=pk)
    return found


def until(holds: Callable[[], bool]) -> None:
    """Wait until it holds in the copy."""
    deadline = time.monotonic() + PATIENCE
    while not alone(holds):
        assert time.monotonic() < deadline, "it never came so far"
        time.sleep(0.1)


def verbs() -> list[str]:
    return list(AuditEvent.objects.filter(object_type="jobs.job").order_by("number").values_list("verb", flat=True))


@pytest.mark.django_db
def test_the_database_that_is_copied_holds_no_job() -> None:
    """It also asks for the test database: the tests below do not, because they write in a copy of it."""
    assert not Job.objects.exists()


def test_a_worker_does_what_waits_and_leaves_the_file(environment: dict[str, str]) -> None:
    pk = alone(lambda: asked(steps=3))
    assert alone(lambda: job(pk).state) == JobState.WAITING
    work_once(environment)
    done = alone(lambda: job(pk))
    assert (done.state, done.progress.done, done.progress.total) == (JobState.DONE, 3, 3)
    with default_storage.open(done.file.name) as file:
        assert file.read() == b"3"
    assert alone(verbs) == ["jobs.job.ask", "jobs.job.begin", "jobs.job.end"]
    default_storage.delete(done.file.name)


def test_short_work_does_not_wait_for_a_worker(copy: None) -> None:
    pk = alone(lambda: asked(seconds=0.1, steps=1))
    assert alone(lambda: job(pk).state) == JobState.DONE
    assert alone(DBTaskResult.objects.count) == 0


def test_two_workers_and_a_double_entry_do_a_job_once(environment: dict[str, str]) -> None:
    def twice() -> list[int]:
        pks = [asked(steps=2, number=number) for number in range(4)]
        for pk in pks:
            perform_later.enqueue(pk, 1)
        return pks

    pks = alone(twice)
    workers = [worker(environment, "--once") for _ in range(2)]
    assert [each.wait(PATIENCE) for each in workers] == [0, 0]
    assert alone(lambda: [job(pk).state for pk in pks]) == [JobState.DONE] * 4
    assert sorted(alone(verbs)) == sorted(["jobs.job.ask", "jobs.job.begin", "jobs.job.end"] * 4)


def test_two_who_take_the_same_job_at_the_same_moment(copy: None) -> None:
    pk = alone(lambda: asked(steps=1))
    assert at_once(lambda: perform(pk, 1), lambda: perform(pk, 1)) == [None, None]
    assert alone(verbs) == ["jobs.job.ask", "jobs.job.begin", "jobs.job.end"]


def test_the_same_asked_twice_at_the_same_moment_is_one_job(copy: None) -> None:
    alone(manager)
    first, second = at_once(lambda: asked(steps=1), lambda: asked(steps=1))
    assert first == second
    assert alone(Job.objects.count) == 1


def test_a_worker_that_is_killed_leaves_nothing_half(environment: dict[str, str]) -> None:
    pk = alone(lambda: asked(steps=1000))
    killed = worker(environment)
    until(lambda: Job.objects.filter(pk=pk, state=JobState.RUNNING, progress__done__gte=1).exists())
    killed.kill()
    killed.wait(PATIENCE)
    assert alone(lambda: job(pk).state) == JobState.RUNNING
    alone(lambda: begin_again(silent(job(pk)), by=manager()))
    again = worker(environment)
    until(lambda: Job.objects.filter(pk=pk, attempt=2, state=JobState.RUNNING).exists())
    alone(lambda: cancel(job(pk), by=manager()))
    again.terminate()
    assert again.wait(PATIENCE) == 0, "it stops once the job in hand noticed that it was stopped"
    assert alone(lambda: job(pk).state) == JobState.CANCELLED


def test_a_worker_ends_with_the_process_beside_which_it_works(environment: dict[str, str], tmp_path: Path) -> None:
    """As in ``draad serve``: when the server is gone, however it went, its worker goes too."""
    note = tmp_path / "worker"
    program = (
        "import os, subprocess, sys, time, pathlib\n"
        "made = subprocess.Popen([sys.executable, '-m', 'draad', 'work', '--beside', str(os.getpid())])\n"
        f"pathlib.Path({str(note)!r}).write_text(str(made.pid))\n"
        "time.sleep(600)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", program], env=environment)
    try:
        pk = alone(lambda: asked(steps=1))
        until(lambda: Job.objects.filter(pk=pk, state=JobState.DONE).exists())
        number = int(note.read_text())
        assert lives(number)
    finally:
        parent.send_signal(signal.SIGKILL)
        parent.wait(PATIENCE)
    deadline = time.monotonic() + PATIENCE
    while lives(number):
        assert time.monotonic() < deadline, "the worker stayed"
        time.sleep(0.1)


def lives(number: int) -> bool:
    """Whether a process runs; one that ended and waits to be noticed does not."""
    state = Path(f"/proc/{number}/stat")
    return state.exists() and state.read_text().rpartition(")")[2].split()[0] != "Z"

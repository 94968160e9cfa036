"""Kinds of work of the tests' own, of which the steps can be followed, and people who ask for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from pytest_django import Settings

from draad.accounts.actor import Actor
from draad.accounts.guards import MANAGERS
from draad.accounts.roles import Role
from draad.jobs import kinds, performing
from draad.jobs.actions import start
from draad.jobs.kinds import MadeFile, Outcome, Place, Work
from draad.jobs.models import Job, JobProgress
from tests.conftest import MakeActor
from tests.jobs.making import HOME

LONG, SHORT = 60.0, 0.1


@dataclass
class Toy:
    """A kind of work that does what the test says, and remembers for whom it was done."""

    does: Callable[[Work], Outcome] = lambda _work: Outcome()
    done_by: list[Actor] = field(default_factory=list)

    def run(self, work: Work) -> Outcome:
        self.done_by.append(work.by)
        return self.does(work)


def text_file(_work: Work) -> Outcome:
    return Outcome(MadeFile("brief.txt", "text/plain", BytesIO(b"Geachte")))


def ask(by: Actor, *, seconds: float = LONG, **parameters: Any) -> Job:
    return start("test.toy", parameters, about="ronde 1", place=HOME, seconds=seconds, by=by)


@pytest.fixture
def toy(monkeypatch: pytest.MonkeyPatch) -> Toy:
    """The only kind of work that there is; managers may have it done."""
    monkeypatch.setattr(kinds, "_kinds", {})
    made = Toy()
    kinds.kind("test.toy", title=_("Taken"), guard=MANAGERS)(made.run)
    return made


@pytest.fixture
def manager(person_with: MakeActor) -> Actor:
    return person_with(Role.PROGRAMME_MANAGER)


@pytest.fixture(autouse=True)
def own_files(settings: Settings, tmp_path: Path) -> None:
    """Files of a test lie apart: tests in other processes make and throw away files at the same moment."""
    own = {**settings.STORAGES["default"], "OPTIONS": {"location": str(tmp_path / "files")}}
    settings.STORAGES = {**settings.STORAGES, "default": own}


def files() -> list[str]:
    return list(default_storage.listdir("jobs")[1]) if default_storage.exists("jobs") else []


def waiting(by: Actor, **parameters: Any) -> Job:
    """A job that stands in the queue and that nobody took yet."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(performing, "_taken", lambda *_arguments: None)
        return ask(by, **parameters)


def running(by: Actor) -> Job:
    """A job that somebody took and does not go on with."""
    return taken("test.toy", {}, place=HOME, by=by)


def taken(key: str, parameters: dict[str, Any], *, place: Place, by: Actor) -> Job:
    """A job of a kind that somebody took and does not go on with."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(performing, "_taken", lambda *_arguments: None)
        asked = start(key, parameters, about="ronde 1", place=place, seconds=LONG, by=by)
    job = performing._taken(asked.pk, 1)
    assert job is not None
    return job


def silent(job: Job) -> Job:
    """The job, long after the last sign of life."""
    JobProgress.objects.filter(job=job).update(beat_at=timezone.now() - timedelta(minutes=2))
    return Job.objects.get(pk=job.pk)

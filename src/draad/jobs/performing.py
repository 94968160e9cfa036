"""Does a job: takes it, works, writes what came of it together with its end; in a request and in a worker alike.

Two workers never do the same attempt: taking it is a change of state under a lock. An attempt that was stopped, or
begun again by somebody else because it gave no sign of life, can no longer write.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import PurePath
from threading import Event, Thread
from time import monotonic
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.audit import Recording
from draad.accounts.second_factor import actor_on_the_web
from draad.accounts.transitions import Transition
from draad.jobs.kinds import MadeFile, Outcome, Work
from draad.jobs.models import Job, JobProgress, JobState
from draad.jobs.policies import check_may
from draad.jobs.states import BEGIN, END, FAIL

logger = logging.getLogger(__name__)

KEPT = timedelta(days=7)
"""How long a job that ended, with its file, can be found."""
BEAT_SECONDS = 10.0
STEP_SECONDS = 0.5
"""Progress is written no more often than this."""


class StoppedError(Exception):
    """The attempt no longer counts: the job was stopped, or begun again."""


def perform(pk: int, attempt: int) -> None:
    """Do an attempt of a job, unless somebody else has it or it no longer counts.

    It is done with the roles that the person who asked holds now, in the language in which it was asked. What goes
    wrong ends the job with a sentence; the details go to the log.
    """
    job = _taken(pk, attempt)
    if job is None:
        return
    with translation.override(job.language), _signs_of_life(job):
        by = actor_on_the_web(job.by)
        try:
            _end(job, _worked_out(job, by), by)
        except StoppedError:
            return
        except (ValidationError, PermissionDenied) as refused:
            _fail(job, by, " ".join(getattr(refused, "messages", [])) or str(refused))
        except Exception:
            logger.exception("job %s (%s) failed", job.pk, job.kind)
            _fail(
                job, by, _("Er ging iets mis in Draad zelf. Begin opnieuw; lukt het dan niet, meld het de beheerder.")
            )


def locked(pk: int) -> Job:
    """The job as it stands now, for a change in this transaction."""
    found: Job = Job.objects.select_for_update(of=("self",)).select_related("by").get(pk=pk)
    return found


def _taken(pk: int, attempt: int) -> Job | None:
    """The job, once this attempt is begun; None when it is not ours to begin."""
    job = Job.objects.select_related("by").filter(pk=pk).first()
    if job is None:
        return None
    with audit.recording(by=Actor(user=job.by)) as log:
        job = locked(pk)
        if job.attempt != attempt or not BEGIN.fits(job.state):
            return None
        now = timezone.now()
        log.change(job, verb=BEGIN.verb, state=BEGIN.after, started_at=now)
        JobProgress.objects.update_or_create(
            job=job, defaults={"attempt": attempt, "done": 0, "total": 0, "text": "", "beat_at": now}
        )
    return job


def _worked_out(job: Job, by: Actor) -> Outcome:
    check_may(job.definition, by)
    assert job.definition is not None  # noqa: S101  check_may refuses it  # nosec B101
    return job.definition.run(Work(by, job.parameters, _Steps(job)))


class _Steps:
    """Keeps how far a job is; a step soon after another is left out, but for the last."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.written_at = 0.0

    def __call__(self, done: int, total: int, text: str = "") -> None:
        """Write the step; raises ``StoppedError`` when the attempt no longer counts."""
        now = monotonic()
        if done < total and now - self.written_at < STEP_SECONDS:
            return
        self.written_at = now
        written = _own_progress(self.job).filter(job__state=JobState.RUNNING).update(
            done=min(done, total), total=total, text=text[:300], beat_at=timezone.now()
        )  # fmt: skip
        if not written:
            raise StoppedError


def _own_progress(job: Job) -> Any:
    return JobProgress.objects.filter(job_id=job.pk, attempt=job.attempt)


@contextmanager
def _signs_of_life(job: Job) -> Iterator[None]:
    """Within this block a thread says every ten seconds that somebody works on it, whatever the work itself does."""
    over = Event()

    def beat() -> None:
        while not over.wait(BEAT_SECONDS):
            try:
                _own_progress(job).update(beat_at=timezone.now())
            except DatabaseError:
                logger.warning("job %s: a sign of life could not be written", job.pk, exc_info=True)
            finally:
                connection.close()

    thread = Thread(target=beat, name=f"job-{job.pk}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _end(job: Job, outcome: Outcome, by: Actor) -> None:
    """Write what came of it, in one transaction with the end; the file of an attempt that no longer counts goes."""
    stored = _stored(outcome.file) if outcome.file else ""
    try:
        with audit.recording(by=by) as log:
            current = _own(job)
            place = outcome.store() if outcome.store else None
            values: dict[str, Any] = {}
            if outcome.file:
                values |= {"file": stored, "file_name": outcome.file.name, "media_type": outcome.file.media_type}
            if place:
                values |= {"to_route": place.route, "to_arguments": list(place.arguments), "to_query": place.query}
            close(log, current, END, **values)
    except BaseException:
        if stored:
            default_storage.delete(stored)
        raise


def _stored(file: MadeFile) -> str:
    """Where the file lies: under a name that nobody guesses, with the ending of its own."""
    file.content.seek(0)
    return str(default_storage.save(f"jobs/{secrets.token_hex(16)}{PurePath(file.name).suffix}", File(file.content)))


def _fail(job: Job, by: Actor, sentence: str) -> None:
    try:
        with audit.recording(by=by) as log:
            close(log, _own(job), FAIL, problem=sentence)
    except StoppedError:
        return


def _own(job: Job) -> Job:
    """The job under lock, when it is still this attempt that runs."""
    current = locked(job.pk)
    if current.attempt != job.attempt or not END.fits(current.state):
        raise StoppedError
    return current


def close(log: Recording, job: Job, transition: Transition, **values: Any) -> None:
    """End a job by a transition; from now on it is kept for a week."""
    now = timezone.now()
    kept_until = now + KEPT
    log.change(job, verb=transition.verb, state=transition.after, ended_at=now, kept_until=kept_until, **values)

"""Every write of this room that a person asks for: begin work, stop it, begin it again; and throw old work away."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import get_language
from django_tasks_db.models import DBTaskResult

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.jobs.kinds import Kind, Place, kind_of
from draad.jobs.models import UNFINISHED, Job
from draad.jobs.performing import KEPT, close, locked, perform
from draad.jobs.policies import check_may, check_pass
from draad.jobs.states import AGAIN, ASK, CANCEL, REMOVE
from draad.jobs.tasks import perform_later

AT_ONCE_SECONDS = 1.0
"""What is estimated to take no longer is done in the request: a person waits so long without wondering."""


def start(key: str, parameters: Mapping[str, Any], *, about: str, place: Place, seconds: float, by: Actor) -> Job:
    """Have work done: at once when it is short, else in the background.

    The same work that the person already asked for and that still waits or runs is not asked again.

    Args:
        key: the kind of work.
        parameters: what the kind needs, as plain JSON values.
        about: what it is about, in words.
        place: the page that it is about, for the way back.
        seconds: how long it is estimated to take.
        by: who asks.

    Returns:
        The job; ended when it was done at once.

    Raises:
        PermissionDenied: for who may not have this done.
    """
    kind = kind_of(key)
    check_may(kind, by)
    assert kind is not None  # noqa: S101  check_may refuses it  # nosec B101
    at_once = seconds <= AT_ONCE_SECONDS
    fingerprint = _fingerprint(kind, parameters)
    try:
        with transaction.atomic():
            job = _ask(kind, dict(parameters), fingerprint, about, place, by)
            if not at_once:
                perform_later.enqueue(job.pk, job.attempt)
    except IntegrityError:
        return _same_work(by, fingerprint)
    if at_once:
        perform(job.pk, job.attempt)
    job.refresh_from_db()
    return job


def _ask(kind: Kind, parameters: dict[str, Any], fingerprint: str, about: str, place: Place, by: Actor) -> Job:
    with audit.recording(by=by) as log:
        return log.create(
            Job(
                kind=kind.key,
                parameters=parameters,
                fingerprint=fingerprint,
                about=about[:300],
                about_route=place.route,
                about_arguments=list(place.arguments),
                by=by.user,
                language=get_language() or "nl",
                asked_at=timezone.now(),
            ),
            verb=ASK.verb,
        )


def _fingerprint(kind: Kind, parameters: Mapping[str, Any]) -> str:
    """The hash of what is asked, whatever the order of the parameters."""
    text = json.dumps([kind.key, get_language(), parameters], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _same_work(by: Actor, fingerprint: str) -> Job:
    """The same work that the person asked for before, newest first: what still runs, or ended this very moment."""
    found: Job = Job.objects.filter(by=by.user, fingerprint=fingerprint).order_by("-pk")[0]
    return found


def cancel(job: Job, *, by: Actor) -> Job:
    """Stop a job that waits or runs. Whoever works on it notices at its next step; nothing of it is written.

    Raises:
        ValidationError: when it has ended already.
    """
    with audit.recording(by=by) as log:
        current = locked(job.pk)
        check_pass(current, CANCEL)
        close(log, current, CANCEL)
    return current


def begin_again(job: Job, *, by: Actor) -> Job:
    """Begin a job again that failed, was stopped or was interrupted; an earlier attempt can no longer write.

    When the same work was asked for anew and still waits or runs, that job is given instead.

    Raises:
        PermissionDenied: for who may not have this done.
        ValidationError: when it is still worked on, or is done.
    """
    try:
        with transaction.atomic():
            with audit.recording(by=by) as log:
                current = locked(job.pk)
                check_pass(current, AGAIN)
                check_may(current.definition, by)
                log.change(current, verb=AGAIN.verb, state=AGAIN.after, attempt=current.attempt + 1, problem="",
                           asked_at=timezone.now(), started_at=None, ended_at=None, kept_until=None)  # fmt: skip
            perform_later.enqueue(current.pk, current.attempt)
    except IntegrityError:
        found: Job = Job.objects.filter(by_id=job.by_id, fingerprint=job.fingerprint, state__in=UNFINISHED)[0]
        return found
    current.refresh_from_db()
    return current


def remove_old(*, by: Actor) -> int:
    """Throw away the jobs, with their files, that ended more than a week ago; returns how many.

    What stands in the queue about work of that long ago goes too.
    """
    now = timezone.now()
    with audit.recording(by=by) as log:
        old = list(Job.objects.select_for_update(skip_locked=True).filter(kept_until__lt=now))
        for job in old:
            log.remove(job, verb=REMOVE.verb)
    for job in old:
        if job.file:
            default_storage.delete(job.file.name)
    DBTaskResult.objects.finished().filter(finished_at__lt=now - KEPT).delete()
    return len(old)

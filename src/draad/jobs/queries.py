"""Reads of jobs that more than one page needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from draad.accounts.actor import Actor
from draad.accounts.freshness import while_unchanged
from draad.accounts.guards import ADMINISTRATORS
from draad.accounts.models import AuditEvent
from draad.jobs.models import UNFINISHED, Job
from draad.jobs.states import JOB


def jobs_for(by: Actor) -> QuerySet[Job]:
    """The jobs that a person may see, newest first: the own ones; all for an administrator."""
    found: QuerySet[Job] = Job.objects.select_related("by", "progress").order_by("-pk")
    return found if ADMINISTRATORS.allows(by) else found.filter(by=by.user)


@dataclass(frozen=True)
class Own:
    """How many jobs a person has, and how many of them wait or run."""

    all: int
    unfinished: int


@while_unchanged
def jobs_by_person() -> Mapping[int, Own]:
    """What each person (primary key) who ever had long work has in all; the header asks it on every page."""
    counted = (
        Job.objects.order_by()
        .values("by")
        .annotate(n=Count("pk"), unfinished=Count("pk", filter=Q(state__in=UNFINISHED)))
    )
    return {row["by"]: Own(row["n"], row["unfinished"]) for row in counted}


def history_of(job: Job) -> Sequence[tuple[AuditEvent, Any]]:
    """What happened to a job, oldest first, each with its sentence."""
    notices = {step.verb: step.notice for step in JOB}
    events = AuditEvent.objects.filter(object_type=Job._meta.label_lower, object_key=str(job.pk), verb__in=notices)
    return [(event, notices[event.verb]) for event in events.order_by("number")]

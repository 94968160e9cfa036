"""What stands in the queue: one entry per attempt of a job."""

from __future__ import annotations

from django_tasks import task

from draad.jobs.performing import perform


@task()
def perform_later(pk: int, attempt: int) -> None:
    """Do an attempt of a job, when a worker comes to it."""
    perform(pk, attempt)

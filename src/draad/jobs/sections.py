"""What this room adds to the page of one's own account: the newest jobs."""

from __future__ import annotations

from draad.accounts.models import User
from draad.jobs.models import Job
from draad.web.sections import Section

NEWEST = 5


def my_jobs(person: User) -> Section | None:
    """The newest jobs of a person; None without any."""
    newest = list(Job.objects.filter(by=person).select_related("progress").order_by("-pk")[:NEWEST])
    return Section("jobs/mine.html", {"jobs": newest}) if newest else None

"""Pages of long work: the own jobs, and one with its progress; and the way on for a view that began one."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from draad.accounts.actor import Actor
from draad.accounts.guards import ADMINISTRATORS
from draad.accounts.middleware import actor
from draad.documents.tables import Column, Kind, Table
from draad.jobs import actions
from draad.jobs.models import Job, JobState
from draad.jobs.policies import can_begin_again, can_cancel, check_may
from draad.jobs.queries import history_of, jobs_for
from draad.jobs.states import AGAIN, CANCEL
from draad.web.formatting import moment
from draad.web.tables import table_page


def onward(job: Job) -> HttpResponseRedirect:
    """Where a view goes that began a job: to the result when that is there, else to the page of the job."""
    if job.state != JobState.DONE:
        return redirect(job)
    if job.to_address:
        return redirect(job.to_address)
    return redirect("jobs:file", job.pk)


def jobs_table(by: Actor) -> Table[Job]:
    """The jobs that a person may see; for an administrator with who asked."""
    asked_by: Column[Job] = Column("by", _("Gevraagd door"), lambda row: str(row.by), choices=True)
    return Table(
        key="taken",
        title=_("Taken"),
        columns=[
            Column("title", _("Taak"), lambda row: row.title, link=lambda row: row.get_absolute_url(), choices=True),
            Column("about", _("Waarover"), lambda row: row.about, wide=True),
            *([asked_by] if ADMINISTRATORS.allows(by) else []),
            Column("asked", _("Gevraagd"), lambda row: moment(row.asked_at)),
            Column("state", _("Toestand"), lambda row: row.state_words, choices=True),
            Column("percentage", _("Voortgang"), _percentage, Kind.PERCENT),
        ],
        rows=list(jobs_for(by)),
        search=lambda row: f"{row.title} {row.about} {row.by}",
    )


def _percentage(job: Job) -> int | None:
    if job.state == JobState.DONE:
        return 100
    return job.progress.percentage if hasattr(job, "progress") else 0


def listing(request: HttpRequest) -> HttpResponse:
    """The own jobs, newest first; for an administrator those of everyone."""
    by = actor(request)
    table = jobs_table(by)
    context = {"unfinished": sum(row.unfinished for row in table.rows), "all_people": ADMINISTRATORS.allows(by)}
    return table_page(request, "jobs/list.html", [table], context)


@never_cache
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """One job: how far it is, what came of it, what can be done.

    As long as it is worked on the page asks for itself again with ``?gezien=`` what it shows; when that is still so,
    nothing is sent, and nothing is read out again to who cannot see the bar.
    """
    found = _job(request, pk)
    mark = _mark(found)
    if request.GET.get("gezien") == mark:
        return HttpResponse(status=204)
    context = {
        "job": found,
        "mark": mark,
        "worked_on": found.unfinished and not found.interrupted,
        "may_cancel": can_cancel(found),
        "may_begin_again": can_begin_again(found),
        "own": found.by == request.user,
        "history": history_of(found),
    }
    return render(request, "jobs/job.html", context)


def _mark(job: Job) -> str:
    """What the page shows of a job that changes by itself; the bar moves in steps of five percent."""
    progress = getattr(job, "progress", None)
    shown = [progress.percentage // 5, progress.text] if progress else []
    return "|".join(map(str, [job.state_words, job.waits_long, job.attempt, *shown]))


def _job(request: HttpRequest, pk: int) -> Job:
    """The job, when this person may see it; another person's does not exist for them."""
    found = jobs_for(actor(request)).filter(pk=pk).first()
    if found is None:
        raise Http404(_("Deze taak is er niet (meer). Taken worden een week bewaard."))
    return found


@never_cache
def file(request: HttpRequest, pk: int) -> FileResponse:
    """The file that was made, for who asked for it and may still have it."""
    found = _job(request, pk)
    check_may(found.definition, actor(request))
    if not found.file:
        raise Http404(_("Deze taak heeft geen bestand."))
    return FileResponse(
        found.file.open("rb"), as_attachment=True, filename=found.file_name, content_type=found.media_type
    )


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop a job."""
    found = _job(request, pk)
    return _act(request, lambda: actions.cancel(found, by=actor(request)), found, CANCEL.notice)


@require_POST
def begin_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a job again."""
    found = _job(request, pk)
    return _act(request, lambda: actions.begin_again(found, by=actor(request)), found, AGAIN.notice)


def _act(request: HttpRequest, act: Callable[[], Job], found: Job, notice: object) -> HttpResponse:
    """Do it and show the job; in a state that does not allow it, say so."""
    try:
        found = act()
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, str(notice))
    return redirect(found)

"""The yearly progress of a plan: who wrote what, the form of a measure, approval, and the report as a document."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from draad.accounts.middleware import actor
from draad.accounts.revisions import ChangedMeanwhileError
from draad.documents.tables import Column, Gap, Kind, Table
from draad.plans.actions import progress as act
from draad.plans.exporting import MAKERS, document_of, progress_printed
from draad.plans.models import Measure, MilestoneState, Plan, ProgressReport
from draad.plans.progress_forms import ProgressForm
from draad.plans.progress_policies import may_write
from draad.plans.progress_queries import YearRow, approved_in, late, newest_year, reports, year_of
from draad.plans.states import APPROVE, SEND_BACK, SUBMIT, SUBMITTED, WRITE, WRITING
from draad.plans.views.places import example_of
from draad.plans.views.reading import COORDINATORS, Read, read_plan
from draad.web.tables import file_response, table_page


def year(request: HttpRequest, slug: str) -> HttpResponse:
    """The progress of a plan in a year; readers see what is approved, coordinators all."""
    found = read_plan(request, slug)
    asked = _year(request, found.plan)
    rows = year_of(found.plan, found.edition.number, asked, approved_only=not found.may_work)
    context = {
        **found.context,
        "year": asked,
        "years": range(found.plan.first_year, found.plan.last_year + 1),
        "written": sum(row.counts is not None for row in rows),
        "measures": len(rows),
        "late": late(rows),
    }
    return table_page(request, "plans/progress_year.html", [_table(found.plan, asked, rows)], context)


def _year(request: HttpRequest, plan: Plan) -> int:
    """The year that was asked for; else the last one with approved progress, or that has begun when there is none."""
    asked = request.GET.get("jaar", "")
    last = max(plan.first_year, min(plan.last_year, timezone.localdate().year))
    number = int(asked) if asked.isdecimal() else newest_year(plan) or last
    if not plan.first_year <= number <= plan.last_year:
        raise Http404
    return number


def _table(plan: Plan, asked: int, rows: list[YearRow]) -> Table[YearRow]:
    done, dropped = MilestoneState.DONE.value, MilestoneState.DROPPED.value

    def count(*states: str) -> Callable[[YearRow], int | Gap]:
        return lambda row: row.count(*states) if row.counts is not None else Gap("–")

    return Table(
        key="voortgang",
        title=_("Voortgang in %(year)s") % {"year": asked},
        columns=[
            Column("number", _("Nr."), lambda r: r.number, Kind.COUNT, link=_address(plan, asked)),
            Column("title", _("Maatregel"), lambda r: r.title, wide=True, link=_address(plan, asked)),
            Column("state", _("Voortgang"), lambda r: r.state or Gap(_("nog niet geschreven")), choices=True),
            Column("done", _("Gehaald"), count(done), Kind.COUNT, total=True),
            Column("started", _("Gestart"), count(MilestoneState.STARTED), Kind.COUNT, total=True),
            Column("late", _("Vertraagd"), count(MilestoneState.LATE), Kind.COUNT, total=True),
            Column("dropped", _("Geschrapt"), count(dropped), Kind.COUNT, total=True),
            Column("silent", _("Nog niets gezegd"), count(""), Kind.COUNT, total=True),
        ],
        rows=rows,
        example=plan.example,
        search=lambda r: r.title,
    )  # fmt: skip


def _address(plan: Plan, asked: int) -> Callable[[YearRow], str]:
    return lambda row: reverse("plans:progress", args=[plan.slug, row.number, asked])


def progress(request: HttpRequest, slug: str, number: int, asked: int) -> HttpResponse:
    """The progress of a measure in a year: read it, or write it when one may."""
    measure = _measure(slug, number)
    report = _report(measure, asked)
    by = actor(request)
    writer = may_write(measure, by)
    if not writer and (report is None or report.state != APPROVE.after):
        raise Http404
    if request.method != "POST":
        return _page(request, measure, asked, report)
    try:
        if report is None:
            report = _with_rows(act.start_progress(measure, asked, by=by))
            return redirect("plans:progress", slug, number, asked)
        return _save(request, measure, asked, report)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return _page(request, measure, asked, report)


def _save(request: HttpRequest, measure: Measure, asked: int, report: ProgressReport) -> HttpResponse:
    form = ProgressForm(report, request.POST)
    if not form.is_valid():
        return _page(request, measure, asked, report, form=form)
    said, revision, by = form.content(), form.cleaned_data["revision"], actor(request)
    try:
        act.write_progress(report, said, revision=revision, by=by)
        if "submit" in request.POST:
            act.submit_progress(report, by=by)
    except ChangedMeanwhileError as problem:
        theirs = _with_rows(report)
        again = ProgressForm(theirs, {**request.POST.dict(), "revision": str(theirs.revision)})
        again.is_valid()
        again.add_error(None, problem)
        return _page(request, measure, asked, theirs, form=again, theirs=ProgressForm(theirs))
    except ValidationError as problem:
        fresh = _with_rows(report)
        again = ProgressForm(fresh, {**request.POST.dict(), "revision": str(fresh.revision)})
        again.is_valid()
        again.add_error(None, problem)
        return _page(request, measure, asked, fresh, form=again)
    messages.success(request, SUBMIT.notice if "submit" in request.POST else WRITE.notice)
    return redirect("plans:progress", measure.plan.slug, measure.number, asked)


def _page(
    request: HttpRequest, measure: Measure, asked: int, report: ProgressReport | None, **more: Any
) -> HttpResponse:
    by = actor(request)
    writer = may_write(measure, by)
    writing = writer and report is not None and report.state == WRITING
    context = {
        "plan": measure.plan,
        **example_of(measure.plan),
        "measure": measure,
        "year": asked,
        "report": report,
        "may_write": writer,
        "form": ProgressForm(report) if writing and report else None,
        "may_approve": COORDINATORS.allows(by) and report is not None and report.state == SUBMITTED,
        "printed": progress_printed(report) if report else None,
        **more,
    }
    status = 409 if "theirs" in more else 422 if "form" in more else 200
    return render(request, "plans/progress.html", context, status=status)


@require_POST
def decide(request: HttpRequest, slug: str, number: int, asked: int) -> HttpResponse:
    """Approve submitted progress, or send it back with a reason."""
    measure = _measure(slug, number)
    report = get_object_or_404(ProgressReport, measure=measure, year=asked)
    try:
        if "approve" in request.POST:
            act.approve_progress(report, by=actor(request))
            messages.success(request, APPROVE.notice)
        else:
            act.send_back(report, request.POST.get("why", ""), by=actor(request))
            messages.success(request, SEND_BACK.notice)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    return redirect("plans:progress", slug, number, asked)


def document(request: HttpRequest, slug: str) -> HttpResponse:
    """The plan, one measure (``?maatregel=``) or a year of progress (``?jaar=``) as Word or PDF (``?vorm=``)."""
    found = read_plan(request, slug)
    form = request.GET.get("vorm", "docx")
    if form not in MAKERS:
        raise Http404
    sheets, name = list(found.edition.sheets), slug
    if number := request.GET.get("maatregel", ""):
        one = found.edition.sheet(int(number)) if number.isdecimal() else None
        if one is None:
            raise Http404
        sheets, name = [one], f"{slug}-maatregel-{number}"
    subtitle, reported = "", {}
    if "jaar" in request.GET:
        asked = _year(request, found.plan)
        reported = _reported(found, asked)
        name, subtitle = f"{name}-voortgang-{asked}", _("Voortgang in %(year)s") % {"year": asked}
    content = document_of(found.plan, found.edition, sheets, form, progress=reported, subtitle=subtitle)
    return file_response(content, f"{name}.{form}", MAKERS[form][1])


def _reported(found: Read, asked: int) -> dict[int, Any]:
    """The approved progress of a year by measure (primary key)."""
    return {report.measure_id: progress_printed(report) for report in approved_in(found.plan, asked)}


def _measure(slug: str, number: int) -> Measure:
    rows = Measure.objects.select_related("plan__owner")
    found: Measure = get_object_or_404(rows, plan__slug=slug, number=number)
    return found


def _report(measure: Measure, asked: int) -> ProgressReport | None:
    return next(iter(reports(measure=measure, year=asked)), None)


def _with_rows(report: ProgressReport) -> ProgressReport:
    return reports(pk=report.pk)[0]

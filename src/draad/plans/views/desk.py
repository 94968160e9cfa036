"""Plans, the documents that are read for them, and the sheets of a document as a whole."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from draad.accounts.middleware import actor
from draad.accounts.roles import Role
from draad.plans.actions.incorporate import incorporate
from draad.plans.actions.plans import create_plan
from draad.plans.actions.reading import drop_upload, put_on_desk
from draad.plans.actions.review import accept_certain
from draad.plans.desktables import plan_table, sheet_table, upload_table
from draad.plans.forms import PlanForm, UploadForm
from draad.plans.models import SheetState
from draad.plans.queries import (
    missing_measures,
    plans_with_counts,
    printed_goals,
    sheet_list,
    unknown_names,
    uploads_of,
)
from draad.plans.states import DROP, READ
from draad.plans.views.places import example_of, plan_of, upload_of
from draad.web.tables import table_page


def manage(request: HttpRequest) -> HttpResponse:
    """The plans that this person coordinates."""
    by = actor(request)
    plans = plans_with_counts()
    if not by.has(Role.ADMINISTRATOR):
        held = [grant.organisation_id for grant in by.grants if grant.role == Role.PLAN_COORDINATOR]
        plans = plans.filter(owner__in=held)
    context = {"unknown": len(unknown_names())}
    return table_page(request, "plans/manage.html", [plan_table(list(plans))], context)


def create(request: HttpRequest) -> HttpResponse:
    """A new plan."""
    by = actor(request)
    form = PlanForm(request.POST, by=by) if request.method == "POST" else PlanForm(by=by)
    if form.is_valid():
        plan = create_plan(form.about(), by=by)
        messages.success(request, _("Het plan is gemaakt. Lees nu een document met actiefiches in."))
        return redirect("plans:upload", plan.slug)
    return render(request, "plans/create.html", {"form": form}, status=422 if form.errors else 200)


def upload(request: HttpRequest, slug: str) -> HttpResponse:
    """Reads a document for a plan; the documents that were read before."""
    plan = plan_of(request, slug)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_valid():
        try:
            stored = put_on_desk(plan, form.document, by=actor(request))
        except ValidationError as problem:
            form.add_error("file", problem)
        else:
            messages.success(request, READ.notice)
            return redirect("plans:desk", stored.pk)
    uploads = list(uploads_of(plan))
    context = {"plan": plan, "form": form, **example_of(plan), "has_uploads": bool(uploads)}
    page = table_page(request, "plans/upload.html", [upload_table(plan, uploads)], context)
    page.status_code = 422 if form.errors else page.status_code
    return page


def desk(request: HttpRequest, pk: int) -> HttpResponse:
    """A document with all its sheets: what waits, and what can become part of the plan."""
    found = upload_of(request, pk)
    sheets = sheet_list(found)
    shown = [sheet for sheet in sheets if sheet.state == SheetState.OPEN]
    certain = [sheet for sheet in shown if not sheet.waiting]
    goals = printed_goals(found)
    accepted = [sheet for sheet in sheets if sheet.state == SheetState.ACCEPTED]
    context = {
        "upload": found,
        "plan": found.plan,
        **example_of(found.plan),
        "sheets": sheets,
        "open_count": len(shown),
        "doubt_count": len(shown) - len(certain),
        "certain_count": len(certain),
        "accepted_count": len(accepted),
        "first_open": next(iter(sorted(shown, key=lambda sheet: not sheet.waiting)), None),
        "goals": goals,
        "other_words": any(goal.own for goal in goals),
        "missing": list(missing_measures(found)) if found.plan.measures.exists() else [],
    }
    return table_page(request, "plans/desk.html", [sheet_table(found, list(enumerate(sheets, start=1)))], context)


@require_POST
def accept_all_certain(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept every sheet in which nothing waits for a decision."""
    n = accept_certain(upload_of(request, pk), by=actor(request))
    messages.success(request, ngettext("%(n)s fiche is aanvaard.", "%(n)s fiches zijn aanvaard.", n) % {"n": n})
    return redirect("plans:desk", pk)


@require_POST
def take_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the accepted sheets part of the plan."""
    found = upload_of(request, pk)
    chosen = [int(value) for value in request.POST.getlist("withdraw") if value.isdecimal()]
    try:
        done = incorporate(
            found,
            by=actor(request),
            withdraw=list(missing_measures(found).filter(pk__in=chosen)),
            replace_goals="replace_goals" in request.POST,
        )
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect("plans:desk", pk)
    words = {"added": done.added, "changed": done.changed, "same": done.same}
    messages.success(
        request,
        _("In het plan opgenomen: %(added)s nieuwe maatregelen, %(changed)s gewijzigd, %(same)s bleven gelijk.")
        % words,
    )
    return redirect("plans:desk", pk)


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw the document away."""
    found = upload_of(request, pk)
    try:
        drop_upload(found, by=actor(request))
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect("plans:desk", pk)
    messages.success(request, DROP.notice)
    return redirect("plans:upload", found.plan.slug)

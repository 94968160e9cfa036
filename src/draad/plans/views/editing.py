"""A measure written by hand: a new one, changes to one that is there, and taking one out of the plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from draad.accounts.middleware import actor
from draad.accounts.revisions import ChangedMeanwhileError
from draad.plans.actions import editing as act
from draad.plans.actions.plans import coordinates
from draad.plans.content import measure_content
from draad.plans.differences import FieldChange, field_changes
from draad.plans.editing_policies import check_can_change
from draad.plans.measure_forms import EMPTY, ROWS, MeasureForm
from draad.plans.models import Measure, Plan
from draad.plans.provenance import read_values
from draad.plans.queries import measures_where
from draad.plans.reading.sheet import TEXT_FIELDS
from draad.plans.views.places import example_of, plan_of

WORKING = "?versie=0"


def add(request: HttpRequest, slug: str) -> HttpResponse:
    """A new measure, written by hand."""
    plan = plan_of(request, slug)
    form = MeasureForm(EMPTY, _goals(plan), _posted(request))
    if request.method != "POST" or "add" in request.POST:
        return _page(request, plan, form)
    if not form.is_valid():
        return _page(request, plan, form, status=422)
    try:
        made = act.add_measure(plan, form.said(), by=actor(request))
    except ValidationError as problem:
        form.texts.add_error(None, problem)
        return _page(request, plan, form, status=422)
    messages.success(request, _("De maatregel is toegevoegd als nummer %(n)s.") % {"n": made.number})
    return redirect(reverse("plans:measure", args=[slug, made.number]) + WORKING)


def change(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Change a measure; when somebody else did so meanwhile, both are shown and nothing typed is lost."""
    measure = _measure(slug, number)
    by = actor(request)
    check_can_change(measure, by)
    form = _form(request, measure, _posted(request))
    if request.method != "POST" or "add" in request.POST:
        return _page(request, measure.plan, form, measure)
    if not form.is_valid():
        return _page(request, measure.plan, form, measure, status=422)
    try:
        changed = act.change_by_hand(measure, form.said(), revision=_revision(request), by=by)
    except ChangedMeanwhileError as problem:
        return _conflict(request, measure, form, problem)
    except ValidationError as problem:
        form.texts.add_error(None, problem)
        return _page(request, measure.plan, form, measure, status=422)
    messages.success(request, _("De maatregel is bewaard.") if changed else _("Er was niets gewijzigd."))
    return redirect(reverse("plans:measure", args=[slug, number]) + WORKING)


def _conflict(request: HttpRequest, measure: Measure, form: MeasureForm, problem: ValidationError) -> HttpResponse:
    """Show what is stored now beside what was typed; saving again means choosing one's own."""
    theirs = _measure(measure.plan.slug, measure.number)
    rows = field_changes(measure_content(theirs), form.said().content)
    posted = _posted(request)
    posted["revision"] = str(theirs.revision)
    again = _form(request, theirs, posted)
    again.is_valid()
    again.texts.add_error(None, problem)
    return _page(request, theirs.plan, again, theirs, status=409, conflict=rows)


@require_POST
def withdraw(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take a measure out of the working content of the plan, with a reason."""
    measure = _measure(slug, number)
    try:
        act.withdraw_measure(measure, request.POST.get("reason", ""), revision=_revision(request), by=actor(request))
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect("plans:measure_change", slug, number)
    messages.success(request, _("Maatregel %(n)s is uit het plan genomen. Vorige versies houden ze.") % {"n": number})
    return redirect(reverse("plans:plan", args=[slug]) + WORKING)


@require_POST
def owners(request: HttpRequest, slug: str) -> HttpResponse:
    """Say whether owners of measures may change them."""
    allowed = "allow" in request.POST
    act.let_owners_change(plan_of(request, slug), allowed=allowed, by=actor(request))
    messages.success(
        request,
        _("Eigenaars kunnen nu hun maatregelen wijzigen.") if allowed else _("Alleen coördinatoren wijzigen nu nog."),
    )
    return redirect(reverse("plans:plan", args=[slug]) + WORKING)


def _measure(slug: str, number: int) -> Measure:
    found = measures_where(Measure.objects.select_related("plan__owner"), plan__slug=slug, number=number)
    if not found:
        raise Http404
    return found[0]


def _goals(plan: Plan) -> Sequence[tuple[str, str]]:
    return list(plan.goals.values_list("code", "title"))


def _revision(request: HttpRequest) -> int:
    """The revision that the writer read; one that never was for what is no number."""
    asked = request.POST.get("revision", "")
    return int(asked) if asked.isdecimal() else -1


def _posted(request: HttpRequest) -> Any:
    """What was posted, with an empty row more in the table for which one was asked."""
    if request.method != "POST":
        return None
    posted = request.POST.copy()
    asked = posted.get("add", "")
    count = posted.get(f"{asked}-TOTAL_FORMS", "")
    if asked in ROWS and count.isdecimal():
        posted[f"{asked}-TOTAL_FORMS"] = str(int(count) + 1)
    return posted


def _form(request: HttpRequest, measure: Measure, data: Any) -> MeasureForm:
    rows = [(row.pk, row.state) for row in measure.milestones.all()]
    return MeasureForm(
        measure_content(measure), _goals(measure.plan), data, revision=measure.revision, milestones=rows,
        coordinator=coordinates(measure.plan, actor(request)),
    )  # fmt: skip


def _page(
    request: HttpRequest,
    plan: Plan,
    form: MeasureForm,
    measure: Measure | None = None,
    *,
    status: int = 200,
    conflict: Sequence[FieldChange] | None = None,
) -> HttpResponse:
    read = read_values(measure, measure_content(measure)) if measure else {}
    context = {
        "plan": plan,
        **example_of(plan),
        "measure": measure,
        "form": form,
        "problems": form.problems if status != 200 else [],
        "conflict": conflict,
        "title_read": read.get("title"),
        "boxes": [(form.texts[name], read.get(name)) for name in TEXT_FIELDS if name != "title"],
        "coordinates": coordinates(plan, actor(request)),
    }
    return render(request, "plans/measure_form.html", context, status=status)

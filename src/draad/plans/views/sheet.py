"""The review of one sheet: the document beside the fields, and every decision about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from draad.accounts.middleware import actor
from draad.accounts.revisions import ChangedMeanwhileError
from draad.plans.actions.review import (
    accept_sheet,
    add_milestone,
    decide,
    leave_out,
    merge_with_next,
    reopen_sheet,
    reviewed,
    set_measure,
    split_sheet,
)
from draad.plans.lines import lines_of
from draad.plans.models import Measure, ReadSheet, SheetState
from draad.plans.placing import placed
from draad.plans.policies import check_known_measure
from draad.plans.queries import sheet_list
from draad.plans.review import ACCEPTED, CORRECTED, EMPTY, KEPT
from draad.plans.states import ACCEPT, LEAVE_OUT, MERGE, REOPEN, SPLIT_UP
from draad.plans.views.places import example_of, sheet_of
from draad.plans.views.shown import Refused, chosen_field, shown_fields

DECISIONS = {ACCEPTED, CORRECTED, EMPTY, KEPT, ""}


def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet under review."""
    return _page(request, sheet_of(request, pk))


def _page(request: HttpRequest, sheet: ReadSheet, refused: Refused | None = None, status: int = 200) -> HttpResponse:
    review = reviewed(sheet)
    refused = refused or Refused()
    chosen = chosen_field(review, refused.name or request.GET.get("veld", ""))
    shown = shown_fields(sheet, review, chosen, refused)
    siblings = sheet_list(sheet.upload)
    place = next((i for i, other in enumerate(siblings) if other.pk == sheet.pk), None)
    context: dict[str, Any] = {
        "sheet": sheet,
        "plan": sheet.upload.plan,
        **example_of(sheet.upload.plan),
        "upload": sheet.upload,
        "editable": sheet.state == SheetState.OPEN,
        "waiting": [each for each in shown if each.field.waits or each.here],
        "settled": [each for each in shown if not each.field.waits and not each.here],
        "undecided": len(review.undecided),
        "lines": placed(lines_of(sheet.lines), {each.number: each.field for each in shown}),
        "here": chosen,
        "siblings": siblings,
        "number": None if place is None else place + 1,
        "before": siblings[place - 1] if place else None,
        "after": siblings[place + 1] if place is not None and place + 1 < len(siblings) else None,
        "accepted_count": sum(other.state in {SheetState.ACCEPTED, SheetState.IN_PLAN} for other in siblings),
        "open_count": sum(other.state == SheetState.OPEN for other in siblings),
        "doubt_count": sum(other.state == SheetState.OPEN and other.waiting > 0 for other in siblings),
    }
    return render(request, "plans/sheet.html", context, status=status)


@require_POST
def decide_field(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a decision about one field; text that was changed is a correction, whatever button was used."""
    sheet = sheet_of(request, pk)
    name, text = request.POST.get("field", ""), request.POST.get("text", "").replace("\r\n", "\n")
    decision = request.POST.get("decision", ACCEPTED)
    field = reviewed(sheet).named(name)
    if field and decision == ACCEPTED and text.strip() != field.read.strip():
        decision = CORRECTED
    try:
        decide(
            sheet, name, decision if decision in DECISIONS else ACCEPTED,
            text=text, revision=_revision(request), by=actor(request),
        )  # fmt: skip
    except ChangedMeanwhileError as problem:
        return _page(request, sheet_of(request, pk), Refused(name, text, " ".join(problem.messages)), status=409)
    except ValidationError as problem:
        return _page(request, sheet, Refused(name, text, " ".join(problem.messages)), status=422)
    return redirect(reverse("plans:sheet", args=[pk]) + "#nu")


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept the sheet and go to the next open one, or back to the document when there is none."""
    sheet = sheet_of(request, pk)
    try:
        accept_sheet(sheet, revision=_revision(request), by=actor(request))
    except ValidationError as problem:
        return _refuse(request, pk, problem)
    messages.success(request, ACCEPT.notice)
    siblings = sheet_list(sheet.upload)
    later = [other for other in siblings if other.state == SheetState.OPEN]
    following = next((other for other in later if other.first_line > sheet.first_line), None) or next(
        iter(later), None
    )
    return redirect("plans:sheet", following.pk) if following else redirect("plans:desk", sheet.upload_id)


@require_POST
def choose_measure(request: HttpRequest, pk: int) -> HttpResponse:
    """Say of which measure of the plan the sheet is a newer reading."""
    sheet = sheet_of(request, pk)
    number = request.POST.get("number", "").strip()
    try:
        found = Measure.objects.filter(plan=sheet.upload.plan, number=int(number)) if number.isdecimal() else None
        measure = check_known_measure(number, found.first() if found else None) if number else None
        set_measure(sheet, measure, revision=_revision(request), by=actor(request))
    except ValidationError as problem:
        return _refuse(request, pk, problem)
    messages.success(request, _("Bewaard."))
    return redirect("plans:sheet", pk)


@require_POST
def step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """The other steps of a sheet: split, merge with the next, leave out, open again, add a milestone."""
    sheet = sheet_of(request, pk)
    if step not in STEPS:
        raise Http404
    try:
        shown, notice = STEPS[step](request, sheet)
    except ValidationError as problem:
        return _refuse(request, pk, problem)
    messages.success(request, notice)
    return redirect(reverse("plans:sheet", args=[shown.pk]) + _query(shown, step))


def _split(request: HttpRequest, sheet: ReadSheet) -> tuple[ReadSheet, Any]:
    line = request.POST.get("line", "")
    number = int(line) if line.isdecimal() else 0
    first, _second = split_sheet(sheet, number, revision=_revision(request), by=actor(request))
    return first, SPLIT_UP.notice


def _merge(request: HttpRequest, sheet: ReadSheet) -> tuple[ReadSheet, Any]:
    return merge_with_next(sheet, revision=_revision(request), by=actor(request)), MERGE.notice


def _leave_out(request: HttpRequest, sheet: ReadSheet) -> tuple[ReadSheet, Any]:
    return leave_out(sheet, by=actor(request)), LEAVE_OUT.notice


def _reopen(request: HttpRequest, sheet: ReadSheet) -> tuple[ReadSheet, Any]:
    return reopen_sheet(sheet, by=actor(request)), REOPEN.notice


def _add(request: HttpRequest, sheet: ReadSheet) -> tuple[ReadSheet, Any]:
    return add_milestone(sheet, revision=_revision(request), by=actor(request)), _("Vul de nieuwe mijlpaal in.")


STEPS: dict[str, Callable[[HttpRequest, ReadSheet], tuple[ReadSheet, Any]]] = {
    "splitsen": _split,
    "samenvoegen": _merge,
    "weglaten": _leave_out,
    "heropenen": _reopen,
    "mijlpaal": _add,
}


def _query(sheet: ReadSheet, step: str) -> str:
    if step != "mijlpaal":
        return ""
    rows = [name for name in sheet.corrections if name.endswith(".period")]
    return "?" + urlencode({"veld": rows[-1]}) + "#nu"


def _refuse(request: HttpRequest, pk: int, problem: ValidationError) -> HttpResponse:
    messages.error(request, " ".join(problem.messages))
    return redirect("plans:sheet", pk)


def _revision(request: HttpRequest) -> int:
    sent = request.POST.get("revision", "")
    return int(sent) if sent.isdecimal() else -1

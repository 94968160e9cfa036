"""Deciding: the lists, the decisions in a list with their reasons, signatures, publication. For managers."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from draad.accounts.middleware import actor
from draad.accounts.revisions import ChangedMeanwhileError
from draad.applications.actions import decisions as act
from draad.applications.decisiontables import decisions_table, lists_table
from draad.applications.forms.decisions import DecisionForm, WhyForm
from draad.applications.models import Decision, DecisionList, DecisionListState, Scenario
from draad.applications.policies.decisions import REQUIRED_SIGNATURES
from draad.applications.queries.decisions import decision_lists, scenarios_to_decide, with_parts
from draad.applications.queries.payments import kinds_to_order
from draad.applications.states import (
    DISCARD_DECISIONS,
    EDIT_DECISIONS,
    PREPARE,
    PUBLISH_DECISIONS,
    SIGN,
    SIGN_LAST,
)
from draad.web.tables import table_page

CONFLICT = 409


def overview(request: HttpRequest) -> HttpResponse:
    """The distributions that wait for decisions, and all lists."""
    lists = decision_lists()
    example = lists.filter(call__example=True).exists()
    context = {"scenarios": scenarios_to_decide(), "prepare": PREPARE, "example": example}
    table = lists_table(lists, example=example)
    return table_page(request, "applications/decision/overview.html", [table], context)


@require_POST
def prepare(request: HttpRequest, scenario: int) -> HttpResponse:
    """Prepare the decisions of a chosen distribution, or say why not."""
    found = get_object_or_404(Scenario, pk=scenario)
    try:
        made = act.prepare_decisions(found, by=actor(request))
    except ValidationError as problem:
        _tell(request, problem)
        return redirect("applications:decisions")
    messages.success(request, PREPARE.notice)
    return redirect("applications:decision_list", made.pk)


def listing(request: HttpRequest, pk: int) -> HttpResponse:
    """A list: what is asked and granted, who signed, and the next step."""
    return _list_page(request, _list(pk), WhyForm())


def _list_page(request: HttpRequest, found: DecisionList, form: WhyForm) -> HttpResponse:
    signatures = list(found.signatures.select_related("user"))
    user = actor(request).user
    context = {
        "list": found,
        "example": found.call.example,
        "signatures": signatures,
        "missing": max(REQUIRED_SIGNATURES - len(signatures), 0),
        "signed_already": any(signature.user_id == user.pk for signature in signatures) if user else False,
        "required": REQUIRED_SIGNATURES,
        "form": form,
        "steps": {"sign": SIGN, "publish": PUBLISH_DECISIONS, "discard": DISCARD_DECISIONS},
        "editable": found.state in EDIT_DECISIONS.before,
        "to_order": kinds_to_order(found.call) if found.state == DecisionListState.PUBLISHED else (),
    }
    response = table_page(request, "applications/decision/list.html", [decisions_table(found)], context)
    response.status_code = 422 if form.errors else response.status_code
    return response


def _list(pk: int) -> DecisionList:
    found: DecisionList = get_object_or_404(
        DecisionList.objects.select_related("call__round__programme", "scenario", "prepared_by", "published_by"), pk=pk
    )
    return found


def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """One decision with its lines and incentives; the reasons can be changed until it is published."""
    found = _decision(pk)
    if request.method != "POST":
        return _decision_page(request, found, DecisionForm(found))
    form = DecisionForm(found, request.POST)
    if not form.is_valid():
        return _decision_page(request, found, form, status=422)
    signed = found.decision_list.signatures.exists()
    try:
        changed = act.explain(found, form.reasons, revision=_revision(request), by=actor(request))
    except ChangedMeanwhileError as problem:
        _tell(request, problem)
        fresh = _decision(pk)
        again = DecisionForm(fresh, request.POST)
        again.is_valid()
        return _decision_page(request, fresh, again, status=CONFLICT)
    except ValidationError as problem:
        _tell(request, problem)
        return redirect("applications:decision", pk)
    messages.success(request, EDIT_DECISIONS.notice)
    if signed and changed.revision != found.decision_list.revision:
        messages.warning(request, _("De handtekeningen zijn vervallen, want de beslissing is veranderd."))
    return redirect("applications:decision_list", changed.pk)


def _decision(pk: int) -> Decision:
    found: Decision = get_object_or_404(
        with_parts(Decision.objects.all()).select_related("decision_list__call__round__programme"), pk=pk
    )
    return found


def _revision(request: HttpRequest) -> int:
    """The revision of the list that was read; one that never was when the field does not hold it."""
    given = request.POST.get("revision", "")
    return int(given) if given.isdecimal() else -1


def _decision_page(request: HttpRequest, found: Decision, form: DecisionForm, *, status: int = 200) -> HttpResponse:
    decision_list = found.decision_list
    context = {
        "decision": found,
        "list": decision_list,
        "example": decision_list.call.example,
        "form": form,
        "editable": decision_list.state in EDIT_DECISIONS.before,
        "signed": decision_list.signatures.count(),
        "conflict": status == CONFLICT,
    }
    return render(request, "applications/decision/decision.html", context, status=status)


@require_POST
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign the list that was read, or say why not."""
    found = _list(pk)
    try:
        signed = act.sign(found, revision=_revision(request), by=actor(request))
    except ValidationError as problem:
        _tell(request, problem)
    else:
        messages.success(request, SIGN_LAST.notice if signed.state == SIGN_LAST.after else SIGN.notice)
    return redirect("applications:decision_list", pk)


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the decisions known, or say why not."""
    try:
        act.publish_decisions(_list(pk), by=actor(request))
    except ValidationError as problem:
        _tell(request, problem)
    else:
        messages.success(request, PUBLISH_DECISIONS.notice)
    return redirect("applications:decision_list", pk)


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the list lapse, with a reason."""
    found, form = _list(pk), WhyForm(request.POST)
    if not form.is_valid():
        return _list_page(request, found, form)
    try:
        act.discard_decisions(found, reason=form.cleaned_data["reason"], by=actor(request))
    except ValidationError as problem:
        _tell(request, problem)
        return redirect("applications:decision_list", pk)
    messages.success(request, DISCARD_DECISIONS.notice)
    return redirect("applications:decisions")


def _tell(request: HttpRequest, problem: ValidationError) -> None:
    messages.error(request, " ".join(problem.messages))

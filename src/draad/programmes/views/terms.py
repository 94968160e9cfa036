"""Setting terms: the list, drafts, the difference with the current version, publishing. For programme managers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from draad.accounts.middleware import actor
from draad.accounts.revisions import ChangedMeanwhileError
from draad.programmes.actions.drafts import (
    change_draft,
    discard_draft,
    draft_terms,
    latest_version,
    publish_terms,
)
from draad.programmes.comparison import compare
from draad.programmes.differences import DifferenceRow, difference_rows
from draad.programmes.examples import example_of, marked
from draad.programmes.forms.terms import DraftForm, with_another_line
from draad.programmes.models import Action, ActionTerms, Round
from draad.programmes.queries import drafts_and_versions, terms_history
from draad.programmes.states import CHANGE, DISCARD, DRAFT, PUBLISH, START
from draad.programmes.tables import administration_table, version_table
from draad.programmes.values import values_of
from draad.web.tables import table_page


def listing(request: HttpRequest) -> HttpResponse:
    """Every action in every round with its version and draft."""
    return table_page(request, "programmes/terms_list.html", [administration_table(drafts_and_versions())])


def history(request: HttpRequest, slug: str, number: int, of_round: int) -> HttpResponse:
    """The versions of the terms of an action in a round, and the way to a new one."""
    action, found_round = _place(slug, number, of_round)
    versions = terms_history(action, found_round)
    context = {
        "action": action,
        "round": found_round,
        "programme": action.programme,
        "draft": next((terms for terms in versions if terms.state == DRAFT), None),
        **example_of(action.programme),
    }
    published = [terms for terms in versions if terms.state != DRAFT]
    return table_page(
        request, "programmes/terms_history.html", marked([version_table(published)], action.programme), context
    )


@require_POST
def start(request: HttpRequest, slug: str, number: int, of_round: int) -> HttpResponse:
    """Start a draft, or say why not."""
    action, found_round = _place(slug, number, of_round)
    try:
        draft = draft_terms(action, found_round, by=actor(request))
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect("programmes:terms_history", slug, number, of_round)
    messages.success(request, START.notice)
    return redirect("programmes:terms_edit", draft.pk)


def _place(slug: str, number: int, of_round: int) -> tuple[Action, Round]:
    actions = Action.objects.select_related("programme")
    return (
        get_object_or_404(actions, programme__slug=slug, number=number),
        get_object_or_404(Round, programme__slug=slug, number=of_round),
    )


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of a draft; saving it twice with other values never loses anybody's."""
    draft = _draft(pk)
    current = latest_version(draft.action, draft.round)
    base = values_of(current) if current else None
    if request.method != "POST":
        return _form_page(request, draft, DraftForm(draft, base))
    posted = {name: value for name, value in request.POST.items() if isinstance(value, str)}
    if "add_line" in posted:
        return _form_page(request, draft, DraftForm(draft, base, with_another_line(posted)))
    form = DraftForm(draft, base, posted)
    if not form.is_valid():
        return _form_page(request, draft, form, status=422)
    try:
        change_draft(draft, form.content(), revision=form.revision, by=actor(request))
    except ChangedMeanwhileError as problem:
        return _conflict(request, draft, form, posted, problem)
    except ValidationError as problem:
        form.terms.add_error(None, problem)
        return _form_page(request, draft, form, status=422)
    messages.success(request, CHANGE.notice)
    return redirect("programmes:terms_preview" if "preview" in posted else "programmes:terms_edit", pk)


def _conflict(
    request: HttpRequest, draft: ActionTerms, form: DraftForm, posted: dict[str, str], problem: ValidationError
) -> HttpResponse:
    """Show both values; saving again means choosing one's own."""
    theirs = _draft(draft.pk)
    rows = difference_rows(draft.action, compare(values_of(theirs), form.content().values))
    again = DraftForm(theirs, form.base, {**posted, "revision": str(theirs.revision)})
    again.is_valid()
    again.terms.add_error(None, problem)
    return _form_page(request, theirs, again, status=409, conflict=rows)


def _form_page(
    request: HttpRequest,
    draft: ActionTerms,
    form: DraftForm,
    *,
    status: int = 200,
    conflict: list[DifferenceRow] | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "draft": draft,
        "action": draft.action,
        "round": draft.round,
        "programme": draft.action.programme,
        "form": form,
        "conflict": conflict,
        **example_of(draft.action.programme),
    }
    return render(request, "programmes/terms_edit.html", context, status=status)


def _draft(pk: int) -> ActionTerms:
    drafts = ActionTerms.objects.filter(state=DRAFT).select_related("action__programme", "round__programme")
    found: ActionTerms = get_object_or_404(drafts.prefetch_related("lines"), pk=pk)
    return found


def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What would change if the draft were published now."""
    return _preview(request, _draft(pk))


def _preview(request: HttpRequest, draft: ActionTerms, problems: list[str] | None = None) -> HttpResponse:
    current = latest_version(draft.action, draft.round)
    rows = difference_rows(draft.action, compare(values_of(current), values_of(draft))) if current else None
    context = {
        "draft": draft,
        "action": draft.action,
        "round": draft.round,
        "programme": draft.action.programme,
        "current": current,
        "rows": rows,
        "problems": problems,
        **example_of(draft.action.programme),
    }
    return render(request, "programmes/terms_preview.html", context, status=422 if problems else 200)


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish the draft that was previewed."""
    draft = _draft(pk)
    try:
        publish_terms(
            draft,
            revision=int(request.POST.get("revision") or -1),
            corrects=int(request.POST["corrects"]) if request.POST.get("corrects") else None,
            by=actor(request),
        )
    except ChangedMeanwhileError:
        return _preview(
            request, _draft(pk), [_("Intussen is er iets gewijzigd. Kijk de verschillen opnieuw na en publiceer dan.")]
        )
    except ValidationError as problem:
        return _preview(request, draft, problem.messages)
    messages.success(request, PUBLISH.notice)
    return redirect("programmes:terms_history", draft.action.programme.slug, draft.action.number, draft.round.number)


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw the draft away."""
    draft = _draft(pk)
    discard_draft(draft, by=actor(request))
    messages.success(request, DISCARD.notice)
    return redirect("programmes:terms_history", draft.action.programme.slug, draft.action.number, draft.round.number)

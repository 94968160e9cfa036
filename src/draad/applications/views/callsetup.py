"""Preparing a call, publishing, extending and cancelling it. For programme managers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from draad.accounts.actor import Actor
from draad.accounts.middleware import actor
from draad.accounts.revisions import ChangedMeanwhileError
from draad.applications.actions import calls as actions
from draad.applications.calltables import document_table, extension_table, mail_table, reason_table
from draad.applications.forms.calls import CallForm, DocumentForm, ExtensionForm, MailForm
from draad.applications.mailtexts import MAILS
from draad.applications.models import Call, CallDocument, CallState
from draad.applications.policies.callsetup import needs_of
from draad.applications.queries.calls import calls, standing
from draad.applications.states import (
    AMEND_CALL,
    CANCEL_CALL,
    CHANGE_CALL,
    DISCARD_CALL,
    EXTEND_CALL,
    PUBLISH_CALL,
    RESUME_CALL,
    START_CALL,
)
from draad.documents.tables import Table
from draad.organisations.forms.people import ReasonForm
from draad.organisations.models import Organisation
from draad.programmes.models import Round
from draad.web.tables import table_page


def page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A call with what it still needs and what can be done with it."""
    return _page(request, call_of(slug, number))


def _page(request: HttpRequest, call: Call, problems: list[str] | None = None) -> HttpResponse:
    documents = list(call.documents.all())
    extensions = list(call.extensions.select_related("organisation"))
    draft = call.state == CallState.DRAFT
    needs = needs_of(call) if draft else []
    context = {
        "call": call,
        "round": call.round,
        "programme": call.round.programme,
        "standing": standing(call),
        "blocking": [need for need in needs if need.blocking],
        "warnings": [need for need in needs if not need.blocking],
        "problems": problems,
        "draft": draft,
        "published": call.state == CallState.PUBLISHED,
        "documents": documents,
        "extensions": extensions,
        "notices": list(call.notices.filter(application=None)[:20]),
        "example": call.example,
    }
    tables: list[Table[Any]] = [
        document_table(call, documents), extension_table(extensions), mail_table(call), reason_table(call),
    ]  # fmt: skip
    response = table_page(request, "applications/call/setup.html", tables, context)
    response.status_code = 422 if problems else 200
    return response


@require_POST
def start(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Begin the call of a round."""
    of_round = get_object_or_404(Round.objects.select_related("programme"), programme__slug=slug, number=number)
    try:
        actions.start_call(of_round, by=actor(request))
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect("programmes:round_setup", slug, number)
    messages.success(request, START_CALL.notice)
    return redirect("applications:call_edit", slug, number)


def edit(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The form of a call; once it is published only contact and account."""
    call = call_of(slug, number)
    if call.state == CallState.CANCELLED:
        messages.error(request, _("De oproep is ingetrokken. Er verandert niets meer aan."))
        return redirect("applications:call_setup", slug, number)
    form = CallForm(call, request.POST or None)
    draft = call.state == CallState.DRAFT
    step = CHANGE_CALL if draft else AMEND_CALL
    about = _("Alles mag leeg blijven tot u publiceert.") if draft else ""

    def save(by: Actor) -> None:
        actions.save_call(call, form.values, revision=form.cleaned_data["revision"], by=by)

    def stored() -> None:
        form.show_stored(call_of(slug, number))

    words = Words(_("Wijzig de oproep"), _("Bewaar"), step.notice, about)
    return form_page(request, call, form, words, save, show_stored=stored)


@require_POST
def publish(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Publish the call, or say what is missing."""
    call = call_of(slug, number)
    try:
        actions.publish_call(call, revision=int(request.POST.get("revision") or -1), by=actor(request))
    except ChangedMeanwhileError:
        return _page(request, call, [_("Intussen is er iets gewijzigd. Kijk de oproep opnieuw na en publiceer dan.")])
    except ValidationError as problem:
        return _page(request, call, problem.messages)
    messages.success(request, PUBLISH_CALL.notice)
    return redirect("applications:call_setup", slug, number)


def extend(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Let a call close later."""
    call = call_of(slug, number)
    form = ExtensionForm(request.POST or None)

    def save(by: Actor) -> None:
        actions.extend_call(call, form.cleaned_data["closes_at"], reason=form.cleaned_data["reason"],
                            organisation=form.organisation, by=by)  # fmt: skip

    words = Words(_("Verleng de oproep"), _("Verleng"), EXTEND_CALL.notice, standing(call).when)
    return form_page(request, call, form, words, save, choose=True)


def cancel(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Cancel a call, with a reason."""
    call = call_of(slug, number)
    form = ReasonForm(request.POST or None)
    form.fields["reason"].help_text = _("Eén zin. Besturen lezen ze.")

    def save(by: Actor) -> None:
        actions.cancel_call(call, reason=form.cleaned_data["reason"], by=by)

    about = _("Niemand kan dan nog indienen. Wie toegang heeft, krijgt een mail.")
    words = Words(_("Trek de oproep in"), _("Trek de oproep in"), CANCEL_CALL.notice, about)
    return form_page(request, call, form, words, save)


@require_POST
def resume(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Make a cancelled call a draft again."""
    return _done(request, slug, number, actions.resume_call, RESUME_CALL.notice)


@require_POST
def discard(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Throw a draft away."""
    try:
        actions.discard_call(call_of(slug, number), by=actor(request))
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect("applications:call_setup", slug, number)
    messages.success(request, DISCARD_CALL.notice)
    return redirect("programmes:round_setup", slug, number)


def document_add(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Add a document."""
    call = call_of(slug, number)
    form = DocumentForm(request.POST or None, request.FILES or None)

    def save(by: Actor) -> None:
        actions.add_document(call, title=form.cleaned_data["title"], file=form.checked, by=by)

    words = Words(_("Voeg een document toe"), _("Voeg toe"), _("Het document staat bij de oproep."))
    return form_page(request, call, form, words, save)


@require_POST
def document_remove(request: HttpRequest, slug: str, number: int, pk: int) -> HttpResponse:
    """Take a document away."""
    found = get_object_or_404(CallDocument, call=call_of(slug, number), pk=pk)

    def act(_call: Call, *, by: Actor) -> None:
        actions.remove_document(found, by=by)

    return _done(request, slug, number, act, _("Het document is weg."))


def mail(request: HttpRequest, slug: str, number: int, key: str) -> HttpResponse:
    """The words of a notice."""
    if key not in MAILS:
        raise Http404
    call, kind = call_of(slug, number), MAILS[key]
    form = MailForm(kind, call.mail_templates.filter(key=key).first(), request.POST or None)
    form.fields["body"].help_text = _("Namen die worden ingevuld: %(names)s.") % {
        "names": ", ".join(f"{{{name}}}" for name in kind.names)}  # fmt: skip

    def save(by: Actor) -> None:
        actions.write_mail(call, key, by=by, **form.cleaned_data)

    words = Words(kind.label, _("Bewaar"), _("De mail is bewaard."), _("Deze mail gaat automatisch uit."))
    return form_page(request, call, form, words, save)


@dataclass(frozen=True)
class Words:
    """What a page with a form says: its title, its button, what follows, and a sentence before."""

    title: Any
    button: Any
    done: Any
    about: Any = ""


def form_page(
    request: HttpRequest,
    call: Call,
    form: forms.Form,
    words: Words,
    save: Callable[[Actor], None],
    *,
    show_stored: Callable[[], None] | None = None,
    choose: bool = False,
) -> HttpResponse:
    """Show the form; a valid one is saved and leads back to the call. What was typed is never lost.

    ``show_stored`` puts beside the fields what somebody else stored meanwhile; ``choose`` lists organisations.
    """
    slug, number, status = call.round.programme.slug, call.round.number, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                save(actor(request))
            except ChangedMeanwhileError as problem:
                form.add_error(None, problem)
                if show_stored:
                    show_stored()
                status = 409
            except ValidationError as problem:
                form.add_error(None, problem)
            else:
                messages.success(request, words.done)
                return redirect("applications:call_setup", slug, number)
    context = {
        "form": form,
        "words": words,
        "call": call,
        "round": call.round,
        "programme": call.round.programme,
        "back": reverse("applications:call_setup", args=[slug, number]),
        "organisations": Organisation.objects.order_by("name").values_list("name", flat=True) if choose else [],
        "example": call.example,
    }
    return render(request, "applications/call/edit.html", context, status=status)


def _done(request: HttpRequest, slug: str, number: int, act: Callable[..., object], notice: Any) -> HttpResponse:
    """Do it and say so, or say why not; either way back to the call."""
    try:
        act(call_of(slug, number), by=actor(request))
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, notice)
    return redirect("applications:call_setup", slug, number)


def call_of(slug: str, number: int) -> Call:
    """The call of a round, a draft too."""
    found: Call = get_object_or_404(calls(), round__programme__slug=slug, round__number=number)
    return found

"""The form of an application: one page, one address to save it, whole or field by field."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import quote

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from draad.accounts.middleware import actor
from draad.applications.actions.form import Typed, save_form
from draad.applications.forms import formwords
from draad.applications.forms.form import FormPage
from draad.applications.forms.formpart import FormPart
from draad.applications.models import Application, ApplicationState, Attachment
from draad.applications.policies.access import check_may_read, may_write
from draad.applications.policies.checklist import label_of
from draad.applications.policies.fields import INCENTIVE, is_field
from draad.applications.queries.eligibility import eligibility
from draad.applications.queries.form import Filled, application_or_404, filled, stored_or_404
from draad.applications.queries.questions import open_question
from draad.applications.views.formcommands import COMMANDS, command_of

BOXES = ("cofinancing_confirmed",)
MOST_BASE = 1_000_000
NEXT = {"lines": "lijnen/", "members": "leden/", "check": "nakijken/"}
PLACES = {
    "up": "#lijn-%(value)s",
    "down": "#lijn-%(value)s",
    "terms": "#lijnen",
    "divide": "?aandelen=open#aandelen",
    "mentor": "#stimulansen",
    "attach": "#bijlagen",
    "detach": "#bijlagen",
}


def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The form; who may read but not fill in sees what stands in it."""
    if request.method == "POST":
        application = stored_or_404(pk)
        check_may_read(application, actor(request))
        return _save(request, application)
    return show(request, filled(readable(request, pk)))


def readable(request: HttpRequest, pk: int) -> Application:
    """The application when this person may read it.

    Raises:
        Http404: when there is none.
        PermissionDenied: for a stranger.
    """
    found = application_or_404(pk)
    check_may_read(found, actor(request))
    return found


def show(request: HttpRequest, form: Filled, *, status: int = 200, **extra: Any) -> HttpResponse:
    """The page of an application; ``extra`` goes to ``FormPage`` when it knows it, else to the template."""
    known = {name: extra.pop(name) for name in ("typed", "problems", "lost") if name in extra}
    application = form.application
    page = FormPage(form, readonly=not may_write(application, actor(request)), **known)
    context = {
        "page": page,
        "example": application.call.example,
        "stations": formwords.stations(form),
        "closing": formwords.closing(form),
        "saved_at": formwords.when(application),
        "half": formwords.half(form),
        "kinds": formwords.kinds(form),
        "shares_open": "aandelen" in request.GET,
        **extra,
    }
    return render(request, "applications/form/page.html", context, status=status)


def _save(request: HttpRequest, application: Application) -> HttpResponse:
    """Save what was typed, then do what the button asks; on a mistake the page shows all that was typed."""
    posted = request.POST
    typed = _typed(request, application)
    try:
        saved = save_form(application, typed, by=actor(request))
        if command := command_of(request):
            COMMANDS[command](request, application)
            saved.form = filled(readable(request, application.pk))
    except ValidationError as problem:
        return _refused(request, application, typed.values, problem)
    lost = _labelled(saved.form, {name: text for name, text in saved.gone.items() if text})
    if "next" in posted and not lost:
        return redirect(f"{request.path}{NEXT.get(posted['next'], '')}")
    wrong = bool(saved.form.application.unsaved or lost)
    status = 409 if saved.conflicts else 422 if wrong else 200
    if request.headers.get("X-Draad-Part") and saved.alone and not saved.gone:
        return _part(request, saved.form, typed.values, status)
    if wrong or request.headers.get("X-Draad-Part"):
        return show(request, saved.form, status=status, lost=lost)
    return redirect(f"{request.path}{_place(request)}")


def _part(request: HttpRequest, form: Filled, sent: Collection[str], status: int) -> HttpResponse:
    """What changed by saving some fields; a script that saved alone has the rest of the page already."""
    page = FormPage(form)
    context = {
        "page": page,
        "part": FormPart(page, sent),
        "saved_at": formwords.when(form.application),
        "half": formwords.half(form),
    }
    return render(request, "applications/form/part.html", context, status=status)


def _refused(
    request: HttpRequest, application: Application, values: Mapping[str, str], problem: ValidationError
) -> HttpResponse:
    """The page with what is wrong; what can no longer be typed there is listed, so that it can be copied."""
    again = filled(readable(request, application.pk))
    form = FormPage(again)
    extra: dict[str, Any] = {"problems": problem.messages}
    if "attach" in request.POST:
        extra = {"file_problem": problem.messages[0], "attach_title": request.POST.get("title", ""),
                 "attach_kind": request.POST.get("kind", "")}  # fmt: skip
    if not form.editable:
        stored = form.texts.stored
        differs = {name: text for name, text in values.items() if text and text != stored.get(name, "")}
        extra["lost"] = _labelled(form.form, differs)
    return show(request, again, status=422, typed=values, **extra)


def _labelled(form: Filled, texts: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(label_of(form, name), text) for name, text in texts.items()]


def _typed(request: HttpRequest, application: Application) -> Typed:
    """What was posted; a box that stood on the page and was not posted is not ticked."""
    posted = request.POST
    values = {name: str(posted[name]) for name in posted if is_field(name)}
    base = _base(posted.get("base", ""))
    question = open_question(application) if application.state == ApplicationState.QUESTIONED else None
    for name in base:
        if _is_box(name) and name not in values and (question is None or name in question.fields):
            values[name] = ""
    revision = posted.get("revision", "")
    return Typed(
        {name: text.replace("\r\n", "\n") for name, text in values.items()},
        base,
        int(revision) if revision.isdecimal() else -1,
        keep=posted.get("keep", ""),
        take=posted.get("take", ""),
    )


def _is_box(name: str) -> bool:
    return name in BOXES or name.startswith(f"{INCENTIVE}:")


def _base(text: str) -> dict[str, str]:
    """What the writer read, as the page gave it; anything else counts as nothing read."""
    try:
        found = json.loads(text) if len(text) < MOST_BASE else {}
    except ValueError:
        return {}
    pairs = found.items() if isinstance(found, dict) else ()
    return {name: value for name, value in pairs if isinstance(value, str) and is_field(name)}


def _place(request: HttpRequest) -> str:
    """Where on the page the writer was."""
    command = command_of(request)
    return PLACES.get(command, "") % {"value": quote(request.POST.get(command, ""))}


def attachment(request: HttpRequest, pk: int, attachment_pk: int) -> FileResponse:
    """An attachment, to save; a browser never opens it as a page of this site."""
    application = readable(request, pk)
    found: Attachment = get_object_or_404(Attachment, application=application, pk=attachment_pk)
    response = FileResponse(
        found.file.open("rb"), as_attachment=True, filename=found.file_name, content_type=found.media_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


def eligible(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether the application comes into account, as a part of the page: it takes longer to know than the rest."""
    context = {"eligibility": eligibility(readable(request, pk))}
    return render(request, "applications/submission/eligibility.html", context)


def check_writer(request: HttpRequest, application: Application) -> None:
    """Refuse pages that only serve to write.

    Raises:
        PermissionDenied: for who only reads.
    """
    if not may_write(application, actor(request)):
        raise PermissionDenied(_("Alleen wie invult of goedkeurt voor de aanvrager, kan dit wijzigen."))

"""What tests of the form share: typing in fields, and reading what stands there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.files.base import ContentFile

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.applications.actions.form import Saved, Typed, save_form
from draad.applications.models import Application, ApplicationState, Attachment, Call
from draad.applications.policies.fields import line_field
from draad.applications.queries.form import Filled, applications, filled
from draad.applications.queries.formtexts import shown_texts
from draad.organisations.models import Organisation
from tests.applications.making import BY, DURING, make_application, make_call


def read(application: Application) -> Filled:
    """The application as it stands now."""
    return filled(applications().get(pk=application.pk))


def typing(
    application: Application,
    values: Mapping[str, str],
    *,
    by: Actor,
    opened: Filled | None = None,
    keep: str = "",
    take: str = "",
) -> Saved:
    """Type values, having opened the form just before, or earlier when ``opened`` is given."""
    form = opened or read(application)
    shown = shown_texts(form)
    base = {name: shown.get(name, "") for name in values}
    return save_form(application, Typed(values, base, form.application.revision, keep, take), by=by)


def field_of(application: Application, action: int, column: str) -> str:
    """The name of a number of the first line of an action."""
    line = application.lines.filter(indicator__terms__action__number=action).order_by("indicator__line")[0]
    return line_field(line.pk, column)


FORM_ROUTES = ("form", "form_lines", "form_eligible", "form_excel", "form_excel_file", "form_excel_confirm")


def form_routes() -> dict[str, Mapping[str, Any]]:
    """A submitted application of the government of the tests, with a file, for the tests that try every route."""
    mine = Organisation.objects.get(slug="testbestuur")
    found = Application.objects.filter(applicant=mine).first()
    if found is None:
        call = Call.objects.filter(round__programme__slug="plan-samenleven", round__number=1).first() or make_call()
        found = make_application(call, mine, {5: (1, 10)}, state=ApplicationState.SUBMITTED)
    file = found.attachments.first()
    if file is None:
        values = {"kind": "other", "file_name": "a.png", "media_type": "image/png", "size": 4, "uploaded_at": DURING}
        with audit.recording(by=BY) as log:
            fresh = Attachment(
                application=found, file=ContentFile(b"\x89PNG", name="a.png"), sha256="0" * 64, **values
            )
            file = log.create(fresh, verb="test.attach")
    return {
        **{f"applications:{name}": {"pk": found.pk} for name in FORM_ROUTES},
        "applications:form_attachment": {"pk": found.pk, "attachment_pk": file.pk},
    }

"""What tests of the form share: typing in fields, and reading what stands there."""

from __future__ import annotations

from collections.abc import Mapping

from draad.accounts.actor import Actor
from draad.applications.actions.form import Saved, Typed, save_form
from draad.applications.models import Application
from draad.applications.policies.fields import line_field
from draad.applications.queries.form import Filled, applications, filled
from draad.applications.queries.formtexts import shown_texts


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

"""What stands in each field of an application, as text: what is stored, or what was typed and could not be stored."""

from __future__ import annotations

from draad.applications.models import ApplicationLine
from draad.applications.policies.fields import (
    NUMBERS,
    PLAIN,
    YES,
    Stored,
    explanation_field,
    incentive_field,
    line_field,
    share_field,
)
from draad.applications.queries.form import Filled
from draad.documents.iban import grouped_iban, valid_iban


def stored_texts(form: Filled) -> dict[str, str]:
    """The stored value of every field that can hold one; an incentive only when it is asked."""
    application = form.application
    found = {name: as_text(getattr(application, name)) for name in PLAIN}
    if valid_iban(application.iban):
        found["iban"] = grouped_iban(application.iban)
    for line in form.lines:
        found |= {line_field(line.pk, column): as_text(getattr(line, column)) for column in NUMBERS}
        if form.together:
            found |= _shares(form, line)
    for action in form.actions:
        said = form.explanations.get(action.pk)
        found[explanation_field(action.pk)] = said.text if said else ""
    for asked in form.incentives:
        found[incentive_field(asked.kind, asked.organisation_id, asked.action_id)] = YES
    return found


def _shares(form: Filled, line: ApplicationLine) -> dict[str, str]:
    held = {member.pk: form.shares.get((line.pk, member.pk)) for member in form.members}
    return {share_field(line.pk, pk): as_text(share.planned if share else None) for pk, share in held.items()}


def shown_texts(form: Filled) -> dict[str, str]:
    """What each field shows: the text that could not be stored stands before what is stored."""
    stored = stored_texts(form)
    return stored | {name: text for name, text in form.application.unsaved.items() if name in stored}


def as_text(value: Stored) -> str:
    """A stored value as it stands in its field."""
    if isinstance(value, bool):
        return YES if value else ""
    return "" if value is None else str(value)

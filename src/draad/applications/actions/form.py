"""Saves what is typed in the form of an application: what is right is stored, what is wrong waits beside it.

Two people at once: a field that somebody else changed since the writer read it is not overwritten. What was typed is
kept beside what is stored until one of the two is chosen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError

from draad.accounts.actor import Actor
from draad.applications.actions.formwriting import LINE, Filling, filling
from draad.applications.models import ActionExplanation, Application, Incentive
from draad.applications.policies.fields import (
    EXPLANATION,
    INCENTIVE,
    PLAIN,
    SHARE,
    Stored,
    is_field,
    part,
    read_field,
)
from draad.applications.policies.fields import LINE as LINE_FIELD
from draad.applications.policies.form import check_field
from draad.applications.policies.incentives import check_incentive
from draad.applications.queries.form import Filled
from draad.applications.queries.formtexts import as_text, stored_texts

EXPLANATION_VERB = "applications.explanation"
INCENTIVE_VERB = "applications.incentive"


@dataclass(frozen=True)
class Typed:
    """What somebody typed.

    Args:
        values: text by field.
        base: by field the text that stood there when the writer read it.
        revision: how often the application was saved when the writer read it.
        choice: a field of which the typed text is chosen (``keep``) or dropped (``take``) for what is stored.
    """

    values: Mapping[str, str]
    base: Mapping[str, str]
    revision: int
    keep: str = ""
    take: str = ""


@dataclass
class Saved:
    """What came of saving.

    ``form`` is the application as it is now, ``alone`` whether nobody else saved it since the writer read it.
    ``conflicts`` are the fields that somebody else changed meanwhile, ``gone`` the typed text of fields that are no
    longer there.
    """

    form: Filled
    alone: bool
    conflicts: list[str] = field(default_factory=list)
    gone: dict[str, str] = field(default_factory=dict)

    @property
    def application(self) -> Application:
        """The application that was saved."""
        return self.form.application


def save_form(application: Application, typed: Typed, *, by: Actor) -> Saved:
    """Store what was typed in the fields that changed.

    Raises:
        PermissionDenied: for who does not fill in for the applicant.
        ValidationError: when the state, the call or an open question does not allow it.
    """
    with filling(application, by=by) as opened:
        stored, unsaved = stored_texts(opened.form), dict(opened.form.application.unsaved)
        application = opened.form.application
        saved = Saved(opened.form, alone=application.revision == typed.revision)
        values: dict[str, Stored] = {}
        for name, text in _changed(typed, stored, unsaved).items():
            if name not in stored and not name.startswith(f"{INCENTIVE}:"):
                saved.gone[name] = text
                continue
            check_field(opened.form, name)
            waited = unsaved.pop(name, None)
            if name == typed.take:
                continue
            try:
                values[name] = read_field(name, text)
            except ValidationError:
                unsaved[name] = text
                continue
            unchanged = saved.alone or waited == typed.base.get(name, "")
            if not unchanged and name != typed.keep and _overtaken(name, values[name], typed, stored):
                unsaved[name] = text
                saved.conflicts.append(name)
                del values[name]
        opened.columns["unsaved"] = {name: text for name, text in unsaved.items() if name in stored}
        _write(opened, values)
    return saved


def _changed(typed: Typed, stored: Mapping[str, str], unsaved: Mapping[str, str]) -> dict[str, str]:
    """The fields in which something else was typed than the writer read; of a choice always."""
    return {
        name: text
        for name, text in typed.values.items()
        if is_field(name)
        and (name in (typed.keep, typed.take) or text != typed.base.get(name, unsaved.get(name, stored.get(name, ""))))
    }


def _overtaken(name: str, value: Stored, typed: Typed, stored: Mapping[str, str]) -> bool:
    """Whether somebody else stored another value since the writer read the field."""
    now = read_field(name, stored.get(name, ""))
    try:
        then = read_field(name, typed.base.get(name, ""))
    except ValidationError:
        return now != value
    return now not in (then, value)


def _write(opened: Filling, values: Mapping[str, Stored]) -> None:
    lines: dict[int, dict[str, Any]] = {}
    for name, value in values.items():
        kind = name.partition(":")[0]
        if name in PLAIN:
            opened.columns[name] = value
        elif kind == LINE_FIELD:
            lines.setdefault(part(name, 1), {})[name.rpartition(":")[2]] = value
        elif kind == EXPLANATION:
            _write_explanation(opened, part(name, 1), as_text(value))
        elif kind == INCENTIVE:
            _write_incentive(opened, name, asked=bool(value))
    for line in opened.form.lines:
        if line.pk in lines:
            opened.log.change(line, verb=f"{LINE}.change", **lines[line.pk])
        for member in opened.form.members:
            share = f"{SHARE}:{line.pk}:{member.pk}"
            if share in values:
                planned = values[share]
                opened.share(line, member.pk, planned if isinstance(planned, int) else None)


def _write_explanation(opened: Filling, action: int, text: str) -> None:
    form, log = opened.form, opened.log
    known = form.explanations.get(action)
    if known and text:
        log.change(known, verb=f"{EXPLANATION_VERB}.change", text=text)
    elif known:
        log.remove(form.explanations.pop(action), verb=f"{EXPLANATION_VERB}.remove")
    elif text:
        fresh = ActionExplanation(application=form.application, action_id=action, text=text)
        form.explanations[action] = log.create(fresh, verb=f"{EXPLANATION_VERB}.add")


def _write_incentive(opened: Filling, name: str, *, asked: bool) -> None:
    form, log = opened.form, opened.log
    _word, kind, organisation, *rest = name.split(":")
    action = int(rest[0]) if rest else None
    key = (kind, int(organisation), action)
    known = next((i for i in form.incentives if (i.kind, i.organisation_id, i.action_id) == key), None)
    if known and not asked:
        form.incentives.remove(known)
        log.remove(known, verb=f"{INCENTIVE_VERB}.remove")
    elif asked and not known:
        amount = check_incentive(form, kind, int(organisation), action)
        fresh = Incentive(
            application=form.application, kind=kind, organisation_id=int(organisation), action_id=action, amount=amount
        )
        form.incentives.append(log.create(fresh, verb=f"{INCENTIVE_VERB}.add"))

"""Moves lines to the corrected version of their terms, and tells applicants that terms were corrected.

A line keeps the version with which it was begun until somebody moves it: the applicant in the form, or a manager with
a reason. What was typed stays; where another unit or counting rule holds, it waits until a person confirms it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.audit import Recording
from draad.applications.actions.formwriting import LINE, Filling, filling, locked, settle
from draad.applications.actions.notices import notify, people_of
from draad.applications.actions.questions import ask
from draad.applications.models import Application, Question
from draad.applications.policies.checklist import named
from draad.applications.policies.corrections import (
    COUNTED,
    check_behind,
    check_movable,
    check_some,
    check_take_over,
)
from draad.applications.policies.fields import LINES, line_field
from draad.applications.policies.submission import check_reason
from draad.applications.queries.corrections import Behind, Correction, corrections_of, lines_behind
from draad.applications.queries.form import applications, filled
from draad.applications.states import MANAGER, WRITING
from draad.programmes.models import ActionTerms

CORRECT = f"{LINE}.correct"


def take_over(application: Application, lines: Collection[int] | None = None, *, by: Actor) -> Application:
    """Move lines (primary keys) to the newest version of their terms; all that stand on an older one when None.

    Raises:
        PermissionDenied: for who does not fill in for the applicant.
        ValidationError: when the form cannot be filled in now, for a line that can no longer be asked, or for one
            that an open question does not name.
    """
    with filling(application, by=by) as opened:
        for one in corrections_of(opened.form):
            if lines is None and one.newer is None:
                continue
            if lines is None or one.line.pk in lines:
                check_take_over(opened.form, one)
                _move(opened, one)
    return opened.form.application


def move_for_applicants(chosen: Iterable[Application], reason: str, *, by: Actor) -> list[Application]:
    """Move all lines of applications that were handed in to the newest terms, and tell the applicants why.

    What was submitted stays as it was, under its hash; what is asked is counted by the new terms.

    Raises:
        PermissionDenied: for who is no manager.
        ValidationError: without a reason or applications; when one of them stands on the newest terms already, is in
            another state, or when only the government can say what it asks now. Nothing is moved then.
    """
    by.require(*MANAGER)
    why = check_reason(reason)
    with audit.recording(by=by, reason=why) as log:
        moved = [_move_all(log, application, why) for application in chosen]
        check_some(moved)
    return moved


def _move_all(log: Recording, application: Application, why: str) -> Application:
    opened = Filling(log, locked(application))
    current, found = opened.form.application, corrections_of(opened.form)
    check_movable(Behind(current, found))
    for one in found:
        _move(opened, one)
    settle(opened)
    path = reverse("applications:dossier", args=[current.pk])
    people = people_of([current.applicant_id], WRITING)
    notify(log, current, "terms_moved", people, path=path, reden=why, lijnen=_lines(found))
    return current


def ask_about_terms(application: Application, *, due_on: date, by: Actor) -> Question:
    """Ask the applicant to look at its lines again; only the lines whose terms were corrected open.

    Raises:
        PermissionDenied: for who may not assess it.
        ValidationError: when nothing was corrected, for a day gone by, or when it is not being assessed.
    """
    form = filled(applications().get(pk=application.pk))
    found = corrections_of(form)
    check_behind(found)
    fields = [line_field(one.line.pk, column) for one in found for column in COUNTED]
    if any(one.newer is None for one in found):
        fields.append(LINES)
    with translation.override(settings.LANGUAGE_CODE):
        text = _("De voorwaarden zijn verbeterd na uw indiening: %(lines)s. Kijk in de aanvraag na wat er verandert, "
                 "neem de nieuwe voorwaarden over en bevestig uw cijfers.") % {"lines": _lines(found)}  # fmt: skip
    return ask(application, text, fields, due_on=due_on, by=by)


def tell_of_correction(log: Recording, terms: ActionTerms) -> None:
    """Tell everybody whose application, not decided yet, has a line that stands on an older version of these terms."""
    if terms.version == 1:
        return
    behind = lines_behind().filter(indicator__terms__action=terms.action_id, indicator__terms__round=terms.round_id)
    for application in applications().filter(pk__in=behind.values("application")).order_by("pk"):
        people = people_of([application.applicant_id], WRITING)
        words = {"actie": str(terms.action), "reden": terms.change_reason}
        notify(log, application, "terms_corrected", people, **words)


def _move(opened: Filling, one: Correction) -> None:
    opened.log.change(one.line, verb=CORRECT, indicator=one.newer)
    if one.recounts:
        opened.ask_again(one.line)


def _lines(found: Collection[Correction]) -> str:
    return get_text_list([named(one.line) for one in found], _("en"))

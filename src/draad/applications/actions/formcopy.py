"""Begins an application as a copy of the one of an earlier round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.audit import Recording
from draad.applications.actions.formstart import begin
from draad.applications.actions.formwriting import LINE, Filling, settle
from draad.applications.models import ActionExplanation, Application, ApplicationLine, Call
from draad.applications.policies.formstart import check_copy
from draad.applications.queries.form import Filled, applications, filled
from draad.applications.queries.formcopy import Match, matches, notes
from draad.organisations.models import Organisation

CONTACT = ("contact_name", "contact_email", "contact_phone")
ACCOUNT = ("iban", "account_holder")


@dataclass
class Copied:
    """An application that was begun as a copy, and in sentences what differs from the one it was copied from."""

    application: Application
    notes: list[str] = field(default_factory=list)


def copy_application(call: Call, source: Application, *, by: Actor, applicant: Organisation | None = None) -> Copied:
    """Begin an application with the lines, explanations, contact and account of an earlier one.

    The existing reach and the planned units come along as they were; where another unit or counting rule holds, they
    wait beside their field until they are confirmed. Incentives, attachments and members do not come along, nor the
    account of a government that went up in the applicant.

    Args:
        call: what is answered.
        source: the earlier application.
        by: who begins.
        applicant: who applies, when the applicant of the earlier one went up in it.

    Raises:
        PermissionDenied: for who does not fill in for the organisation.
        ValidationError: when the call is not open for it, it has an application already, or the earlier one is of
            another programme or another organisation.
    """
    asks = applicant or source.applicant
    check_copy(call, source, asks)
    with audit.recording(by=by) as log:
        earlier = filled(applications().get(pk=source.pk))
        names = CONTACT if asks.pk != source.applicant_id else (*CONTACT, *ACCOUNT)
        values = {name: getattr(source, name) for name in names}
        made = begin(log, call, asks, by=by, copied_from=source, **values)
        found = matches(earlier, call)
        _copy_lines(log, made, found)
        _copy_texts(log, made, earlier, found)
        _settle(log, made, found)
        made.refresh_from_db()
    return Copied(made, notes(earlier, found, call, asks))


def _copy_lines(log: Recording, made: Application, found: Sequence[Match]) -> None:
    fresh = [
        ApplicationLine(
            application=made,
            indicator=match.now,
            priority=match.line.priority,
            existing=match.line.existing,
            planned=match.line.planned,
        )
        for match in found
        if match.now is not None
    ]
    log.create_many(fresh, verb=f"{LINE}.add")


def _copy_texts(log: Recording, made: Application, earlier: Filled, found: Sequence[Match]) -> None:
    asked = {match.now.terms.action_id for match in found if match.now is not None}
    texts = [
        ActionExplanation(application=made, action_id=action, text=said.text)
        for action, said in earlier.explanations.items()
        if action in asked
    ]
    log.create_many(texts, verb="applications.explanation.add")


def _settle(log: Recording, made: Application, found: Sequence[Match]) -> None:
    """Count the copy; what is counted otherwise now waits for a person."""
    opened = Filling(log, filled(applications().get(pk=made.pk)))
    counted = {match.now.pk for match in found if match.now is not None and match.recounts}
    for line in opened.form.lines:
        if line.indicator_id in counted:
            opened.ask_again(line)
    settle(opened)

"""Begins an application for an organisation, empty or as a copy of the one of the round before."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.audit import Recording
from draad.applications.actions.formwriting import LINE, Filling, settle
from draad.applications.models import (
    ActionExplanation,
    Application,
    ApplicationLine,
    Call,
    Member,
    MemberState,
)
from draad.applications.policies.access import check_may_start
from draad.applications.policies.calls import check_open
from draad.applications.policies.formstart import check_copy, check_no_other
from draad.applications.queries.form import Filled, applications, filled, offered
from draad.applications.states import START
from draad.organisations.models import Organisation
from draad.programmes.models import IndicatorTerms

MEMBER_VERB = "applications.member.apply"
COPIED = ("contact_name", "contact_email", "contact_phone", "iban", "account_holder")


@dataclass
class Copied:
    """An application that was begun as a copy, and in sentences what could not come along."""

    application: Application
    left_out: list[str] = field(default_factory=list)


def start_application(call: Call, applicant: Organisation, *, by: Actor) -> Application:
    """Begin an empty application.

    Raises:
        PermissionDenied: for who does not fill in for the organisation.
        ValidationError: when the call is not open for it, or it has an application already.
    """
    with audit.recording(by=by) as log:
        return _start(log, call, applicant, by=by)


def copy_application(call: Call, source: Application, *, by: Actor) -> Copied:
    """Begin an application with the lines, explanations, contact and account of an earlier one of the same applicant.

    Lines are matched by the number of the action and by what counts, else by their number in the terms. The
    existing reach and the planned units come along as they were; incentives, attachments and members do not.

    Raises:
        PermissionDenied: for who does not fill in for the organisation.
        ValidationError: when the call is not open for it, it has an application already, or the earlier one is of
            another programme.
    """
    check_copy(call, source)
    with audit.recording(by=by) as log:
        earlier = filled(applications().get(pk=source.pk))
        values = {name: getattr(source, name) for name in COPIED}
        copied = Copied(_start(log, call, source.applicant, by=by, copied_from=source, **values))
        _copy_lines(log, earlier, copied)
        settle(Filling(log, filled(applications().get(pk=copied.application.pk))))
        copied.application.refresh_from_db()
    return copied


def _start(log: Recording, call: Call, applicant: Organisation, *, by: Actor, **values: object) -> Application:
    """Begin under the lock of the call, so that numbers follow each other."""
    check_may_start(applicant, by)
    Call.objects.select_for_update().get(pk=call.pk)
    check_open(call, applicant)
    check_no_other(call, applicant)
    last = Application.objects.filter(call=call).aggregate(last=Max("number"))["last"] or 0
    now = timezone.now()
    made = Application(call=call, applicant=applicant, number=last + 1, created_at=now, saved_at=now, **values)
    log.create(made, verb=START.verb)
    itself = Member(
        application=made,
        organisation=applicant,
        is_applicant=True,
        state=MemberState.ACCEPTED,
        invited_at=now,
        responded_at=now,
        responded_by=by.user,
    )
    log.create(itself, verb=MEMBER_VERB)
    return made


def _copy_lines(log: Recording, earlier: Filled, copied: Copied) -> None:
    now = offered(copied.application.call.round)
    fresh: list[ApplicationLine] = []
    for line in earlier.lines:
        match = _match(line.indicator, now)
        if match is None or any(taken.indicator_id == match.pk for taken in fresh):
            copied.left_out.append(_left_out(line.indicator))
            continue
        fresh.append(
            ApplicationLine(
                application=copied.application,
                indicator=match,
                priority=line.priority,
                existing=line.existing,
                planned=line.planned,
            )
        )
    log.create_many(fresh, verb=f"{LINE}.add")
    asked = {line.indicator.terms.action_id for line in fresh}
    texts = [
        ActionExplanation(application=copied.application, action_id=action, text=said.text)
        for action, said in earlier.explanations.items()
        if action in asked
    ]
    log.create_many(texts, verb="applications.explanation.add")


def _match(indicator: IndicatorTerms, now: list[IndicatorTerms]) -> IndicatorTerms | None:
    """The line of the terms of now that counts the same; when only one line is left, what it counts may be renamed."""
    of_action = [line for line in now if line.terms.action_id == indicator.terms.action_id]
    label = indicator.label.casefold()
    same = next((line for line in of_action if line.label.casefold() == label), None)
    return same or next((line for line in of_action if line.line == indicator.line), None)


def _left_out(indicator: IndicatorTerms) -> str:
    return _("Actie %(action)s, “%(line)s”, kan in deze ronde niet aangevraagd worden en is niet overgenomen.") % {
        "action": indicator.terms.action, "line": indicator.label,
    }  # fmt: skip

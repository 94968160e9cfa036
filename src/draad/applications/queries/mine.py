"""What a person of a government finds: applications, invitations and the next step of each; and what happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from draad.accounts.actor import Actor
from draad.applications.models import (
    Application,
    ApplicationState,
    Decision,
    Member,
    MemberState,
    Payment,
)
from draad.applications.queries.calls import Phase, closes_at_for, phase
from draad.applications.queries.successors import spoken_for
from draad.applications.states import WRITING
from draad.web.formatting import day, euro, until

_S = ApplicationState


def organisations_of(by: Actor) -> set[int]:
    """The organisations (primary keys) for which a person fills in or approves, merged ones among them."""
    return spoken_for(grant.organisation_id for grant in by.grants if grant.role in WRITING)


def mine(by: Actor) -> QuerySet[Application]:
    """The applications of a person's organisations and those in which they take part, newest call first."""
    own = organisations_of(by)
    taking = Q(members__organisation__in=own, members__state=MemberState.ACCEPTED)
    found: QuerySet[Application] = (
        Application.objects.filter(Q(applicant__in=own) | taking)
        .exclude(state=_S.CANCELLED)
        .select_related("applicant", "call__round__programme")
        .prefetch_related(Prefetch("members", Member.objects.select_related("organisation")), "call__extensions")
        .distinct()
        .order_by("-call__round__starts_on", "number")
    )
    return found


def what_next(application: Application, *, owns: bool) -> str:
    """What is to be done now, in a sentence with its last moment; for a member what is waited for.

    Reads the extensions of the call, best prefetched.
    """
    state = ApplicationState(application.state)
    closes = until(closes_at_for(application.call, application.applicant))
    now_open = phase(application.call, None, application.applicant) is Phase.OPEN
    if state == _S.DRAFT:
        if not now_open:
            return _("Niet ingediend: de oproep is niet open.")
        if not owns:
            return _("De aanvrager doet het werk; u leest mee.")
        return _("Vul aan en dien in: dat kan %(closes)s.") % {"closes": closes}
    if state == _S.SUBMITTED and now_open and owns:
        return _("Ingediend. Aanpassen kan %(closes)s.") % {"closes": closes}
    if state == _S.QUESTIONED and not owns:
        return _("De beoordelaar stelt een vraag. De aanvrager antwoordt.")
    return {
        _S.SUBMITTED: _("Ingediend. U hoeft niets te doen."),
        _S.ASSESSMENT: _("De beoordeling loopt. U hoeft niets te doen."),
        _S.QUESTIONED: _("De beoordelaar stelt een vraag. Antwoord daarop."),
        _S.ADVISED: _("De beoordeling is klaar. De beslissing volgt."),
        _S.DECIDED: _("Er is beslist. Lees de brief."),
        _S.WITHDRAWN: _("Ingetrokken."),
    }.get(state, "")


@dataclass(frozen=True)
class Event:
    """Something that happened with an application, when, and in which words."""

    at: datetime
    text: str


def events_of(application: Application, decision: Decision | None) -> list[Event]:
    """What happened, oldest first: begun, submitted, asked, answered, decided, changed.

    Reads submissions, questions and amendments, best prefetched.
    """
    found = [Event(application.created_at, _("Begonnen"))]
    for submission in application.submissions.all():
        found.append(Event(submission.at, _("Ingediend, nummer %(n)s") % {"n": submission.number}))
        if submission.withdrawn_at:
            found.append(Event(submission.withdrawn_at, _("Indiening %(n)s ingetrokken") % {"n": submission.number}))
    for question in application.questions.all():
        found.append(Event(question.asked_at, _("Vraag %(n)s van de beoordelaar") % {"n": question.number}))
        if question.answered_at:
            found.append(Event(question.answered_at, _("Vraag %(n)s beantwoord") % {"n": question.number}))
    if decision and decision.decision_list.published_at:
        words = {"granted": euro(decision.granted), "outcome": decision.get_outcome_display()}
        found.append(Event(decision.decision_list.published_at, _("Beslist: %(outcome)s, %(granted)s") % words))
    for amendment in application.amendments.all():
        found.append(Event(amendment.requested_at, _("Wijziging %(n)s gevraagd") % {"n": amendment.number}))
        if amendment.answered_at:
            words = {"n": amendment.number, "state": amendment.get_state_display()}
            found.append(Event(amendment.answered_at, _("Wijziging %(n)s: %(state)s") % words))
    return sorted(found, key=lambda event: event.at)


def standing_decision(application: Application) -> Decision | None:
    """The published decision on an application, if there is one."""
    found: Decision | None = (
        Decision.objects.filter(application=application, standing=True)
        .select_related("decision_list__scenario")
        .first()
    )
    return found


@dataclass(frozen=True)
class Paid:
    """A payment as the applicant reads it."""

    what: Any
    amount: Decimal
    state: Any
    on: str


def payments_of(decision: Decision | None) -> list[Paid]:
    """The payments of a decision, failed ones too."""
    rows = Payment.objects.filter(decision=decision).order_by("kind", "attempt") if decision else []
    return [
        Paid(
            row.get_kind_display(), row.amount, row.get_state_display(), day(row.settled_on) if row.settled_on else ""
        )
        for row in rows
    ]

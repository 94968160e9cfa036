"""Reads of the assessment: the queue, one dossier, and who can assess."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet, Subquery, Sum
from django.utils import timezone

from draad.accounts.actor import Actor
from draad.accounts.freshness import while_unchanged
from draad.accounts.models import User
from draad.applications.models import (
    TAKING_PART,
    ActionExplanation,
    Application,
    ApplicationLine,
    ApplicationState,
    Call,
    ConflictOfInterest,
    Incentive,
    LineShare,
    Member,
    Note,
    Question,
)
from draad.applications.states import ASSESSING
from draad.organisations.models import Membership
from draad.organisations.queries import valid_on

IN_QUEUE = (
    ApplicationState.SUBMITTED,
    ApplicationState.ASSESSMENT,
    ApplicationState.QUESTIONED,
    ApplicationState.ADVISED,
    ApplicationState.DECIDED,
)


def assessors() -> list[User]:
    """Everybody who may assess today, by name."""
    return _assessors_on(timezone.localdate())


@while_unchanged
def _assessors_on(day: date) -> list[User]:
    held = Membership.objects.filter(valid_on(day), role__in=ASSESSING, user__is_active=True)
    return list(User.objects.filter(pk__in=held.values("user")).order_by("name", "pk"))


def locked(applications: Iterable[Application]) -> list[Application]:
    """The applications as they are now, locked until the end of the transaction, with their conflicts."""
    keys = [application.pk for application in applications]
    rows = Application.objects.select_for_update(of=("self",)).select_related("applicant", "call__round__programme")
    return list(rows.filter(pk__in=keys).prefetch_related("conflicts", "call__extensions").order_by("pk"))


def with_lines(application: Application) -> Application:
    """The application with its lines, in the order of their priority, and what they are about."""
    lines = ApplicationLine.objects.select_related("indicator__terms__action__objective", "advice")
    found: Application = Application.objects.prefetch_related(Prefetch("lines", lines)).get(pk=application.pk)
    return found


def with_fields(application: Application) -> Application:
    """The application with everything that a question can be about."""
    lines = ApplicationLine.objects.select_related("indicator__terms__action")
    shares = Prefetch("shares", LineShare.objects.select_related("member__organisation"))
    found: Application = Application.objects.prefetch_related(
        Prefetch("lines", lines.prefetch_related(shares)), "explanations", "attachments"
    ).get(pk=application.pk)
    return found


def queue(call: Call | None = None) -> QuerySet[Application]:
    """Every application that was submitted and not withdrawn, with what the queue shows of it."""
    others = Member.objects.filter(application=OuterRef("pk"), is_applicant=False, state__in=TAKING_PART)
    rows: QuerySet[Application] = (
        Application.objects.filter(state__in=IN_QUEUE)
        .select_related("applicant", "call__round__programme", "assessment__assessor")
        .annotate(together=Exists(others))
        .order_by("call", "number")
    )
    return rows.filter(call=call) if call else rows


def unassigned(call: Call) -> QuerySet[Application]:
    """The applications of a call that still need an assessor."""
    rows: QuerySet[Application] = Application.objects.filter(call=call, state__in=IN_QUEUE[:3])
    return rows.exclude(assessment__assessor__isnull=False)


def dossiers() -> QuerySet[Application]:
    """Submitted applications with everything that their dossier shows.

    ``before`` and ``after`` are the primary keys of the dossiers beside it in the queue that still need work.
    """
    beside = Application.objects.filter(call=OuterRef("call"), state__in=IN_QUEUE[:4]).order_by()
    lines = ApplicationLine.objects.select_related("indicator__terms__action__objective", "advice")
    return (
        queue()
        .select_related("eligibility_decision")
        .annotate(
            before=Subquery(beside.filter(number__lt=OuterRef("number")).order_by("-number").values("pk")[:1]),
            after=Subquery(beside.filter(number__gt=OuterRef("number")).order_by("number").values("pk")[:1]),
        )
        .prefetch_related(
            Prefetch("lines", lines),
            Prefetch("members", Member.objects.select_related("organisation")),
            Prefetch("conflicts", ConflictOfInterest.objects.select_related("user")),
            Prefetch("notes", Note.objects.select_related("by")),
            Prefetch("incentives", Incentive.objects.select_related("action", "organisation")),
            Prefetch("explanations", ActionExplanation.objects.select_related("action")),
            Prefetch("questions", Question.objects.select_related("asked_by", "answered_by")),
            "attachments",
        )
        .order_by("pk")
    )


@dataclass(frozen=True)
class QueueCount:
    """How many applications are in a state, and what they ask together in euro."""

    state: ApplicationState
    applications: int
    requested: Decimal


def counts(call: Call) -> list[QueueCount]:
    """The applications of a call by state, in the order of the work; one query."""
    rows = Application.objects.filter(call=call, state__in=IN_QUEUE).order_by().values("state")
    found = {row["state"]: row for row in rows.annotate(n=Count("pk"), euro=Sum("requested"))}
    return [
        QueueCount(state, found[state]["n"], found[state]["euro"] or Decimal(0))
        for state in IN_QUEUE
        if state in found
    ]


def ties(application: Application, by: Actor) -> bool:
    """Whether this person holds a role for the applicant or a member: a possible conflict of interest."""
    theirs = {member.organisation_id for member in application.members.all() if member.state in TAKING_PART}
    return any(grant.organisation_id in theirs for grant in by.grants)


def before_this(application: Application) -> Application | None:
    """The last decided or submitted application of the same applicant in an earlier round of the programme."""
    round_ = application.call.round
    earlier = Application.objects.filter(
        applicant=application.applicant_id,
        call__round__programme=round_.programme_id,
        call__round__number__lt=round_.number,
        state__in=IN_QUEUE,
    )
    found: Application | None = earlier.select_related("call__round").order_by("-call__round__number").first()
    return found

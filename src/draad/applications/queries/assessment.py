"""Reads of the assessment: the queue, one dossier, and who can assess."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Count, DateField, Exists, F, OuterRef, Prefetch, QuerySet, Subquery, Sum
from django.utils import timezone

from draad.accounts.actor import Actor
from draad.accounts.models import User
from draad.applications.models import (
    TAKING_PART,
    ActionExplanation,
    Application,
    ApplicationLine,
    ApplicationState,
    Attachment,
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
from draad.web.prepared import Given, Prepared, attach, telling

IN_QUEUE = (
    ApplicationState.SUBMITTED,
    ApplicationState.ASSESSMENT,
    ApplicationState.QUESTIONED,
    ApplicationState.ADVISED,
    ApplicationState.DECIDED,
)


def assessors() -> list[User]:
    """Everybody who may assess today, by name."""
    return _ASSESSORS.rows(day=timezone.localdate())


def _who_may_assess() -> QuerySet[User]:
    held = Membership.objects.filter(valid_on(Given("day", DateField())), role__in=ASSESSING)
    return User.objects.filter(is_active=True, pk__in=held.values("user")).order_by("name", "pk")


_ASSESSORS = Prepared(_who_may_assess)


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
    return _unassigned().filter(call=call)


def count_unassigned(call: Call) -> int:
    """How many applications of a call still need an assessor; one query."""
    return _COUNT_UNASSIGNED.first(call=call.pk) or 0


def _unassigned() -> QuerySet[Application]:
    return Application.objects.filter(state__in=IN_QUEUE[:3]).exclude(assessment__assessor__isnull=False)


_COUNT_UNASSIGNED: Prepared[int] = Prepared(
    lambda: (
        _unassigned()
        .filter(call=Given("call"))
        .order_by()
        .values("call")
        .annotate(n=Count("pk"))
        .values_list("n", flat=True)
    )
)


OFTEN_EMPTY = ("conflicts", "notes", "incentives", "explanations", "questions", "attachments")
"""What hangs on some dossiers only: nothing is asked for where there is none."""


def _beside() -> QuerySet[Application]:
    """A submitted application, with the primary keys of those beside it in the queue that still need work."""
    beside = Application.objects.filter(call=OuterRef("call"), state__in=IN_QUEUE[:4]).order_by()
    annotated = queue().annotate(
        before=Subquery(beside.filter(number__lt=OuterRef("number")).order_by("-number").values("pk")[:1]),
        after=Subquery(beside.filter(number__gt=OuterRef("number")).order_by("number").values("pk")[:1]),
    )
    told = telling(annotated, *OFTEN_EMPTY)
    return told.select_related("eligibility_decision").filter(pk=Given("pk")).order_by()


def _part(model: type[models.Model], *related: str, order: Sequence[Any] = ("pk",)) -> Prepared[Any]:
    """What belongs to an application, with what it points to."""
    rows = model._default_manager.filter(application=Given("application"))
    return Prepared(lambda: rows.select_related(*related).order_by(*order))


_DOSSIER = Prepared(_beside)
_BY_PRIORITY = F("priority").asc(nulls_last=True)
_PARTS = {
    "lines": _part(ApplicationLine, "indicator__terms__action__objective", "advice", order=(_BY_PRIORITY, "pk")),
    "members": _part(Member, "organisation", order=("-is_applicant", "pk")),
    "conflicts": _part(ConflictOfInterest, "user"),
    "notes": _part(Note, "by", order=("-at", "-pk")),
    "incentives": _part(Incentive, "action", "organisation", order=("kind", "pk")),
    "explanations": _part(ActionExplanation, "action"),
    "questions": _part(Question, "asked_by", "answered_by", order=("number",)),
    "attachments": _part(Attachment, order=("kind", "pk")),
}


def dossier_or_404(pk: int) -> Application:
    """A submitted application with everything that its dossier shows.

    ``before`` and ``after`` are the primary keys of the dossiers beside it in the queue that still need work.

    Raises:
        Http404: when there is none.
    """
    found = _DOSSIER.or_404(pk=pk)
    for name, rows in _PARTS.items():
        attach(found, name, rows)
    return found


@dataclass(frozen=True)
class QueueCount:
    """How many applications are in a state, and what they ask together in euro."""

    state: ApplicationState
    applications: int
    requested: Decimal


_COUNTS: Prepared[tuple[str, int, Decimal | None]] = Prepared(
    lambda: (
        Application.objects.filter(call=Given("call"), state__in=IN_QUEUE)
        .order_by()
        .values_list("state")
        .annotate(n=Count("pk"), euro=Sum("requested"))
    )
)


def counts(call: Call) -> list[QueueCount]:
    """The applications of a call by state, in the order of the work; one query."""
    found = {state: (n, requested or Decimal(0)) for state, n, requested in _COUNTS.rows(call=call.pk)}
    return [QueueCount(state, *found[state]) for state in IN_QUEUE if state in found]


def ties(application: Application, by: Actor) -> bool:
    """Whether this person holds a role for the applicant or a member: a possible conflict of interest."""
    theirs = {member.organisation_id for member in application.members.all() if member.state in TAKING_PART}
    return any(grant.organisation_id in theirs for grant in by.grants)


_EARLIER = Prepared(
    lambda: (
        Application.objects.filter(
            applicant=Given("applicant"),
            call__round__programme=Given("programme"),
            call__round__number__lt=Given("number"),
            state__in=IN_QUEUE,
        )
        .select_related("call__round")
        .order_by("-call__round__number")[:1]
    )
)


def before_this(application: Application) -> Application | None:
    """The last decided or submitted application of the same applicant in an earlier round of the programme."""
    of_round = application.call.round
    return _EARLIER.first(applicant=application.applicant_id, programme=of_round.programme_id, number=of_round.number)

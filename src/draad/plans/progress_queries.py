"""Reads of progress: a year of a plan, one report with all that hangs on it, and who is still to write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.db.models import Count, Max
from django.utils import timezone

from draad.accounts.freshness import while_unchanged
from draad.accounts.models import User
from draad.accounts.roles import Role
from draad.organisations.models import Membership
from draad.organisations.queries import valid_on
from draad.plans.editions import edition
from draad.plans.models import (
    Indicator,
    IndicatorProgress,
    Measure,
    MeasureParty,
    Milestone,
    MilestoneProgress,
    MilestoneState,
    PartyRole,
    Plan,
    ProgressReport,
    ProgressState,
)
from draad.web.together import hang, point, together, under


def reports(**which: Any) -> list[ProgressReport]:
    """Reports, newest year first, with their milestones and indicators: two statements, one where there are none.

    Args:
        which: which reports, as a filter.
    """
    rows = ProgressReport.objects.filter(**which).select_related("measure__plan__owner", "submitted_by", "approved_by")
    found = list(rows.order_by("-year", "measure__number"))
    if not found:
        return found
    stood = MilestoneProgress.objects.filter(**under("report", which)).order_by("pk")
    measured = IndicatorProgress.objects.filter(**under("report", which)).order_by("pk")
    standing, values, milestones, indicators = together(
        stood,
        measured,
        Milestone.objects.filter(pk__in=stood.order_by().values("milestone")).order_by("pk"),
        Indicator.objects.filter(pk__in=measured.order_by().values("indicator")).order_by("pk"),
    )
    point(standing, "milestone", milestones)
    point(values, "indicator", indicators)
    hang(found, "milestones", sorted(standing, key=attrgetter("milestone.position")))
    hang(found, "indicators", sorted(values, key=attrgetter("indicator.kind", "indicator.position")))
    return found


@dataclass(frozen=True)
class YearRow:
    """A measure in a year: the state of its progress in words, and how many of its milestones stand how.

    The state is empty and there are no counts as long as nobody wrote anything that the reader may see.
    """

    number: int
    title: str
    state: str
    counts: Mapping[str, int] | None

    def count(self, *states: str) -> int:
        """How many milestones have one of these states."""
        return sum((self.counts or {}).get(state, 0) for state in states)


@while_unchanged
def year_of(plan: Plan, number: int, year: int, *, approved_only: bool) -> list[YearRow]:
    """Every measure of an edition with its progress in a year; two statements beside those of the edition."""
    written = ProgressReport.objects.filter(measure__plan=plan, year=year)
    if approved_only:
        written = written.filter(state=ProgressState.APPROVED)
    states = {
        measure: str(ProgressState(state).label) for measure, state in written.values_list("measure_id", "state")
    }
    counts: dict[int, dict[str, int]] = {measure: {} for measure in states}
    stands = MilestoneProgress.objects.filter(report__in=written).order_by().values("report__measure", "state")
    for row in stands.annotate(times=Count("pk")):
        counts[row["report__measure"]][row["state"]] = row["times"]
    return [
        YearRow(sheet.number, sheet.content["title"], states.get(sheet.measure, ""), counts.get(sheet.measure))
        for sheet in edition(plan, number).sheets
    ]


def approved_in(plan: Plan, year: int) -> list[ProgressReport]:
    """The approved progress of a year with all that hangs on it."""
    return reports(measure__plan=plan, year=year, state=ProgressState.APPROVED)


def newest_year(plan: Plan) -> int | None:
    """The last year with approved progress."""
    approved = ProgressReport.objects.filter(measure__plan=plan, state=ProgressState.APPROVED)
    found: int | None = approved.aggregate(newest=Max("year"))["newest"]
    return found


def late(rows: Sequence[YearRow]) -> int:
    """How many milestones are late in these reports."""
    return sum(row.count(MilestoneState.LATE) for row in rows)


def approved_of(measure: Measure) -> list[ProgressReport]:
    """The approved progress of a measure, newest year first."""
    return reports(measure=measure, state=ProgressState.APPROVED)


@dataclass(frozen=True)
class ToRemind:
    """A person who is still to write, and the measures for which."""

    person: User
    measures: Sequence[Measure]


def still_to_write(plan: Plan, year: int) -> tuple[list[ToRemind], list[Measure]]:
    """Who has progress to write for a year, and the measures for which nobody is known."""
    handed = ProgressReport.objects.filter(measure__plan=plan, year=year).exclude(state=ProgressState.DRAFT)
    waiting = list(
        Measure.objects.filter(plan=plan, withdrawn=False).exclude(pk__in=handed.values("measure")).order_by("number")
    )
    owners: dict[int, set[int]] = {}
    parties = MeasureParty.objects.filter(
        measure__in=waiting, role=PartyRole.RESPONSIBLE_ADMINISTRATION, organisation__isnull=False
    )
    for measure, organisation in parties.values_list("measure_id", "organisation_id"):
        owners.setdefault(organisation, set()).add(measure)
    held = Membership.objects.filter(
        valid_on(timezone.localdate()), role=Role.PLAN_COORDINATOR, organisation__in=owners, user__is_active=True
    ).select_related("user")
    by_person: dict[User, set[int]] = {}
    for membership in held:
        by_person.setdefault(membership.user, set()).update(owners[membership.organisation_id])
    reminded = [
        ToRemind(person, [m for m in waiting if m.pk in keys])
        for person, keys in sorted(by_person.items(), key=lambda pair: pair[0].email)
    ]
    known = {m.pk for one in reminded for m in one.measures}
    return reminded, [measure for measure in waiting if measure.pk not in known]

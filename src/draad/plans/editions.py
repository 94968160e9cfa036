"""A plan as somebody reads it: the newest published version, an earlier one, or the content that is worked on.

All three have the canonical shape of ``draad.plans.content``, so every page, difference and file reads them alike.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, TypeVar

from django.utils import timezone
from django.utils.translation import gettext as _

from draad.accounts.freshness import while_unchanged
from draad.plans.content import Content, goals_content, measure_content
from draad.plans.models import FrozenMeasure, Plan, PlanVersion, VersionState
from draad.plans.queries import measures_of

T = TypeVar("T")
WORKING = 0
"""The number by which the content that is worked on is asked for; published versions count from 1."""


@dataclass(frozen=True)
class Sheet:
    """A measure in an edition: itself through all versions (primary key), its number and its content."""

    measure: int
    number: int
    content: Content


@dataclass(frozen=True)
class Edition:
    """A plan in one of its versions; ``number`` is 0 for the content that is worked on."""

    number: int
    published_at: datetime | None
    goals: Sequence[Content]
    sheets: Sequence[Sheet]

    @property
    def label(self) -> str:
        """As people call it."""
        return _("versie %(n)s") % {"n": self.number} if self.number else _("in bewerking")

    def sheet(self, number: int) -> Sheet | None:
        """The measure with that number, if there is one."""
        return next((sheet for sheet in self.sheets if sheet.number == number), None)


def published_versions(plan: Plan) -> list[PlanVersion]:
    """The published versions of a plan, oldest first, without their content."""
    rows = PlanVersion.objects.filter(plan=plan, state=VersionState.PUBLISHED).defer("goals")
    return list(rows.select_related("published_by").order_by("number"))


def edition(plan: Plan, number: int) -> Edition:
    """The plan in a version; ``WORKING`` for the content that is worked on.

    Raises:
        PlanVersion.DoesNotExist: for a version that was not published.
    """
    version, published_at, goals = _about(plan, number)
    return Edition(number, published_at, goals, sheets_in(plan.pk, version))


def version_of(plan: Plan, number: int) -> int:
    """The primary key of a published version; ``WORKING`` for the content that is worked on.

    Raises:
        PlanVersion.DoesNotExist: for a version that was not published.
    """
    return _about(plan, number)[0]


@while_unchanged
def _about(plan: Plan, number: int) -> tuple[int, datetime | None, Sequence[Content]]:
    """The primary key of a version, when it was published, and its goals."""
    if number == WORKING:
        return WORKING, None, goals_content(list(plan.goals.all()))
    version = PlanVersion.objects.get(plan=plan, number=number, state=VersionState.PUBLISHED)
    return version.pk, version.published_at, version.goals


@while_unchanged
def sheets_in(plan: int, version: int) -> Sequence[Sheet]:
    """The measures of a version, both by primary key, or of the working content of a plan.

    Of a published version nothing is read but what was frozen: it stays remembered when a measure changes.
    """
    if version == WORKING:
        return [Sheet(row.pk, row.number, measure_content(row)) for row in measures_of(plan)]
    frozen = FrozenMeasure.objects.filter(version=version).order_by("number")
    return [Sheet(*row) for row in frozen.values_list("measure_id", "number", "content")]


def worked_out(make: Callable[..., T], plan: Plan, number: int, *more: Hashable) -> T:
    """What a function of the module makes of the measures of an edition, remembered as long as they stay as they are.

    Args:
        make: gets the measures, and what else was given.
        plan: the plan.
        number: the number of its version.
        more: what else the function needs.
    """
    made: T = _made(make, plan.pk, version_of(plan, number), *more)
    return made


@while_unchanged
def _made(make: Callable[..., Any], plan: int, version: int, *more: Hashable) -> Any:
    return make(sheets_in(plan, version), *more)


def newest(versions: Sequence[PlanVersion]) -> int:
    """The number of the newest published version; ``WORKING`` when none is published."""
    return versions[-1].number or WORKING if versions else WORKING


def on_day(versions: Sequence[PlanVersion], day: date) -> PlanVersion | None:
    """The version that stood at the end of a day in Brussels; None before the first."""
    end = timezone.make_aware(datetime.combine(day, time.max))
    standing = [version for version in versions if version.published_at and version.published_at <= end]
    return standing[-1] if standing else None

"""A plan as somebody reads it: the newest published version, an earlier one, or the content that is worked on.

All three have the canonical shape of ``draad.plans.content``, so every page, difference and file reads them alike.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TypeVar

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
    """A measure in an edition: its key through all versions (a UUID), its number and its content."""

    key: str
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

    @property
    def by_key(self) -> Mapping[str, Sheet]:
        """The measures by their key."""
        return {sheet.key: sheet for sheet in self.sheets}


def published_versions(plan: Plan) -> list[PlanVersion]:
    """The published versions of a plan, oldest first, without their content."""
    rows = PlanVersion.objects.filter(plan=plan, state=VersionState.PUBLISHED).defer("goals")
    return list(rows.select_related("published_by").order_by("number"))


@while_unchanged
def edition(plan: Plan, number: int) -> Edition:
    """The plan in a version; ``WORKING`` for the content that is worked on.

    Raises:
        PlanVersion.DoesNotExist: for a version that was not published.
    """
    if number == WORKING:
        goals = goals_content(list(plan.goals.all()))
        sheets = [Sheet(str(row.key), row.number, measure_content(row)) for row in measures_of(plan)]
        return Edition(WORKING, None, goals, sheets)
    version = PlanVersion.objects.get(plan=plan, number=number, state=VersionState.PUBLISHED)
    frozen = FrozenMeasure.objects.filter(version=version).order_by("number")
    rows = frozen.values_list("measure__key", "number", "content")
    return Edition(number, version.published_at, version.goals, [Sheet(str(key), n, body) for key, n, body in rows])


@while_unchanged
def worked_out(make: Callable[[Sequence[Sheet]], T], plan: Plan, number: int) -> T:
    """What a function of the module makes of the measures of an edition, remembered until something is written."""
    return make(edition(plan, number).sheets)


def newest(versions: Sequence[PlanVersion]) -> int:
    """The number of the newest published version; ``WORKING`` when none is published."""
    return versions[-1].number or WORKING if versions else WORKING


def on_day(versions: Sequence[PlanVersion], day: date) -> PlanVersion | None:
    """The version that stood at the end of a day in Brussels; None before the first."""
    end = timezone.make_aware(datetime.combine(day, time.max))
    standing = [version for version in versions if version.published_at and version.published_at <= end]
    return standing[-1] if standing else None

"""The milestones of an edition of a plan, each with what was last approved of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from draad.accounts.freshness import while_unchanged
from draad.plans.editions import WORKING, sheets_in, version_of
from draad.plans.models import FrozenMeasure, Measure, Milestone, MilestoneState, Plan
from draad.plans.periods import days_of

OVER = {MilestoneState.DONE.value, MilestoneState.DROPPED.value}


@dataclass(frozen=True)
class MilestoneLine:
    """A milestone of a measure; ``state`` is empty as long as nobody said anything of it."""

    number: int
    title: str
    period: str
    text: str
    fte: str
    state: str
    first_day: date | None
    last_day: date | None

    def is_late(self, on: date) -> bool:
        """Whether its period is over and it is neither done nor dropped."""
        return self.last_day is not None and self.last_day < on and self.state not in OVER


def milestone_lines(plan: Plan, number: int) -> list[MilestoneLine]:
    """The milestones of an edition in the order of its measures."""
    return _lines(plan.pk, version_of(plan, number))


@while_unchanged
def _lines(plan: int, version: int) -> list[MilestoneLine]:
    states = _states(plan, version)
    lines = []
    for sheet in sheets_in(plan, version):
        for row in sheet.content["milestones"]:
            own = (sheet.measure, row["period"])
            state = states.get((*own, row["text"])) or states.get((*own, "")) or ""
            days = days_of(row["period"])
            about = (sheet.number, sheet.content["title"], row["period"], row["text"], row["fte"])
            lines.append(MilestoneLine(*about, state, *days))
    return lines


def _states(plan: int, version: int) -> dict[tuple[int, str, str], str]:
    """States by measure, period and text; by "" for the only milestone of a period, whose text may since differ.

    Measures of a published version are found by what was frozen, so that it stays remembered when one of them changes.
    """
    frozen = FrozenMeasure.objects.filter(version=version).values("measure")
    measures = Measure.objects.filter(plan=plan).values("pk") if version == WORKING else frozen
    rows = Milestone.objects.filter(measure_id__in=measures).order_by()
    known = list(rows.values_list("measure_id", "period", "text", "state"))
    times = Counter((measure, period) for measure, period, _text, _state in known)
    single = {(measure, period, ""): state for measure, period, _text, state in known if times[measure, period] == 1}
    return single | {(measure, period, text): state for measure, period, text, state in known}

"""The milestones of an edition of a plan, each with what was last approved of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from draad.accounts.freshness import while_unchanged
from draad.plans.editions import edition
from draad.plans.models import Milestone, MilestoneState, Plan
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


@while_unchanged
def milestone_lines(plan: Plan, number: int) -> list[MilestoneLine]:
    """The milestones of an edition in the order of its measures."""
    states = _states(plan)
    lines = []
    for sheet in edition(plan, number).sheets:
        for row in sheet.content["milestones"]:
            own = (sheet.key, row["period"])
            state = states.get((*own, row["text"])) or states.get((*own, "")) or ""
            days = days_of(row["period"])
            about = (sheet.number, sheet.content["title"], row["period"], row["text"], row["fte"])
            lines.append(MilestoneLine(*about, state, *days))
    return lines


def _states(plan: Plan) -> dict[tuple[str, str, str], str]:
    """States by measure, period and text; by "" for the only milestone of a period, whose text may since differ."""
    rows = Milestone.objects.filter(measure__plan=plan).values_list("measure__key", "period", "text", "state")
    known = [(str(key), period, text, state) for key, period, text, state in rows]
    times = Counter((key, period) for key, period, _text, _state in known)
    single = {(key, period, ""): state for key, period, _text, state in known if times[key, period] == 1}
    return single | {(key, period, text): state for key, period, text, state in known}

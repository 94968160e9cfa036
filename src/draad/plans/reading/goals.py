"""The goals that a sheet cites, set beside the goals of the plan itself; differences are kept, never mended."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from draad.plans.reading.boxes import Heading

CODE = re.compile(r"(?<![A-Za-z])(SD|OD)\s?(\d+(?:\.\d+)?)(?![\d])")
BEGINS_GOAL = re.compile(r"\s*[:.–—-]|\s+[A-ZÀ-Þ]")
"""What follows a code that begins a goal: a mark, or words with a capital, which a citation in a sentence lacks."""
SAME_WORDS = 0.94
"""Likeness from which two wordings are the same goal with the same words: room for a full stop or a capital."""
SAME_GOAL = 0.6
"""Likeness from which another wording is still the same goal."""

NOT_IN_THE_PLAN = "not in the plan"
"""The difference of a goal that is cited and that the plan does not have."""


@dataclass(frozen=True)
class Goal:
    """A goal of the plan or one that a sheet cites: ``SD 1`` or ``OD 1.2`` and its words."""

    code: str
    text: str


@dataclass(frozen=True)
class CitedGoal:
    """A goal that a sheet cites and the goal of the plan that it means.

    Args:
        cited: the goal as the sheet prints it.
        plan: the goal of the plan, or None when the plan as read has none that fits.
        difference: "" when both agree, else ``number``, ``wording``, ``number and wording`` or ``not in the plan``.
    """

    cited: Goal
    plan: Goal | None
    difference: str

    def as_dict(self) -> dict[str, str | None]:
        """The pair for JSON."""
        return {
            "code": self.cited.code,
            "text": self.cited.text,
            "plan_code": self.plan.code if self.plan else None,
            "plan_text": self.plan.text if self.plan else None,
            "difference": self.difference,
        }


def goal_codes(text: str, kind: str) -> list[str]:
    """The codes of goals of a kind (``SD`` or ``OD``) in a text, as ``OD 1.2``, each once in order."""
    return list(dict.fromkeys(f"{prefix} {number}" for prefix, number in CODE.findall(text) if prefix == kind))


def split_goals(text: str) -> list[Goal]:
    """The goals of a box; each begins with its code, a citation within the words of a goal begins none."""
    starts = [match for match in CODE.finditer(text) if match.start() == 0 or BEGINS_GOAL.match(text, match.end())]
    goals = []
    for i, match in enumerate(starts):
        stop = starts[i + 1].start() if i + 1 < len(starts) else len(text)
        words = text[match.end() : stop].strip().lstrip(":.–—-").strip()
        goals.append(Goal(f"{match[1]} {match[2]}", words))
    return goals


def plan_goals(headings: Sequence[Heading]) -> list[Goal]:
    """The goals of the plan from the headings between its sheets, each code once."""
    goals: dict[str, Goal] = {}
    for heading in headings:
        for goal in split_goals(heading.text):
            goals.setdefault(goal.code, goal)
    return list(goals.values())


def match_goals(cited: Sequence[Goal], plan: Sequence[Goal]) -> list[CitedGoal]:
    """For each goal that a sheet cites the goal of the plan that it means: by its words first, then by its code."""
    return [_match(goal, [own for own in plan if own.code[:2] == goal.code[:2]]) for goal in cited]


def _match(cited: Goal, plan: Sequence[Goal]) -> CitedGoal:
    by_code = next((own for own in plan if own.code == cited.code), None)
    alike = max(plan, key=lambda own: likeness(cited.text, own.text), default=None)
    if by_code and likeness(cited.text, by_code.text) >= SAME_WORDS:
        return CitedGoal(cited, by_code, "")
    if alike and likeness(cited.text, alike.text) >= SAME_GOAL:
        return CitedGoal(cited, alike, _difference(cited, alike))
    if by_code:
        return CitedGoal(cited, by_code, "wording")
    return CitedGoal(cited, None, NOT_IN_THE_PLAN)


def _difference(cited: Goal, own: Goal) -> str:
    parts = ["number"] * (cited.code != own.code) + ["wording"] * (likeness(cited.text, own.text) < SAME_WORDS)
    return " and ".join(parts)


def likeness(left: str, right: str) -> float:
    """How alike two wordings are, from 0 to 1: the share of words in the same order, whatever the case and the
    stops."""
    words = [re.findall(r"\w+", text.casefold()) for text in (left, right)]
    return difflib.SequenceMatcher(None, words[0], words[1], autojunk=False).ratio()

"""The invented plan as it stands in the files beside this one, and its action sheets as they are printed."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from draad.plans.reading.goals import Goal
from draad.plans.writing.printed import PrintedMilestone, PrintedPlan, PrintedSheet
from draad.plans.writing.word import word_of

HERE = Path(__file__).parent
PARTS = ("measures_1", "measures_2", "measures_3")
BOXES = (("strategic_goals", "SD"), ("operational_goals", "OD"))
Measure = Mapping[str, Any]
"""A measure with the names of its fields as in ``reading.sheet.TEXT_FIELDS``; a field that is absent is empty."""


@dataclass(frozen=True)
class ExamplePlan:
    """The invented plan.

    Args:
        about: its name, period and owner, the bodies that it names, why there is a second version.
        goals: its goals in order.
        first: the measures of the first version in order.
        second: those of the second.
        withdrawn: the titles of measures that the second no longer has.
        funding: by title of a measure of the second where its money comes from.
    """

    about: Mapping[str, Any]
    goals: Sequence[Goal]
    first: Sequence[Measure]
    second: Sequence[Measure]
    withdrawn: Sequence[str]
    funding: Mapping[str, str] = field(default_factory=dict)


def example_plan() -> ExamplePlan:
    """Read the files."""
    about, changes = _read("plan"), _read("changes")
    first = [measure for part in PARTS for measure in _read(part)["measure"]]
    kept = [measure for measure in first if measure["title"] not in changes["withdraw"]]
    second = [{**measure, **changes["change"].get(measure["title"], {})} for measure in kept] + changes["measure"]
    goals = [Goal(code, text) for code, text in about["goals"].items()]
    return ExamplePlan(about, goals, first, second, changes["withdraw"], changes["funding"])


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))


def document_of(plan: ExamplePlan, measures: Sequence[Measure], version: int) -> bytes:
    """The measures as the Word document that a coordinator would upload, each page marked as example."""
    printed = PrintedPlan(
        title=plan.about["title"],
        subtitle=f"Versie {version}",
        made_at=datetime(plan.about["first_year"], 1, 1, tzinfo=UTC),
        footer="Verzonnen door Draad",
        goals=plan.goals,
        example=True,
    )
    return word_of([_sheet(measure, plan.goals) for measure in measures], printed)


def _sheet(measure: Measure, goals: Sequence[Goal]) -> PrintedSheet:
    words = {goal.code: goal.text for goal in goals} | measure.get("cites", {})
    texts = {name: text for name, text in measure.items() if isinstance(text, str)}
    boxes = {
        box: "\n".join(f"{code}: {words[code]}" for code in measure["goals"] if code.startswith(kind))
        for box, kind in BOXES
    }
    rows = [PrintedMilestone(period, text, staff) for period, text, staff in measure["milestones"]]
    return PrintedSheet({**texts, **boxes}, measure["goals"], rows)

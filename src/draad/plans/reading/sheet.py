"""The reading of an action sheet: every value with its place in the document and how sure the reading is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from draad.documents.source import Source
from draad.plans.reading.amounts import Amount
from draad.plans.reading.goals import CitedGoal
from draad.plans.reading.staff import Staff

TEXT_FIELDS = (
    "title",
    "budget",
    "effect_indicator",
    "output_indicator",
    "target",
    "responsible_cabinets",
    "responsible_administrations",
    "involved_cabinets",
    "involved_administrations",
    "other_partners",
    "explanation",
)
"""The fields of a sheet that hold text, beside ``strategic_goals`` and ``operational_goals``, which hold codes."""


@dataclass(frozen=True)
class Value:
    """A value as read.

    Args:
        text: the words with one space between them; "" when the box is empty.
        source: where the words stand, or the label of an empty box.
        confidence: from 0 (not read) to 1 (nothing to doubt).
    """

    text: str
    source: Source
    confidence: float


@dataclass(frozen=True)
class MilestoneReading:
    """A row of the milestone table: its period, what is planned, the staff as printed and as numbers."""

    period: Value
    text: Value
    fte: Value
    staff: Sequence[Staff] = ()

    def as_dict(self) -> dict[str, Any]:
        """The row for JSON."""
        values = {"period": self.period, "text": self.text, "fte": self.fte}
        return {
            **{name: value.text for name, value in values.items()},
            "staff": [number.as_dict() for number in self.staff],
            "source": {name: value.source.as_dict() for name, value in values.items()},
            "confidence": {name: value.confidence for name, value in values.items()},
        }


@dataclass(frozen=True)
class Finding:
    """Something about a sheet that a person should look at.

    Args:
        kind: ``missing_label``, ``stray_text``, ``unlabelled_box``, ``no_milestones``, ``no_goal_code`` or
            ``goal_differs``.
        field: the field of the sheet that it is about.
        message: one English sentence: what it is and where.
        damage: whether a part of the sheet is lost, so that the reading is not to be relied on.
    """

    kind: str
    field: str
    message: str
    damage: bool = False

    def as_dict(self) -> dict[str, str]:
        """The finding for JSON."""
        return {"kind": self.kind, "field": self.field, "message": self.message}


@dataclass
class SheetReading:
    """One action sheet as read.

    Args:
        sequence: 1-based place of the sheet among all sheets that were read together.
        document: name of the file.
        source: where the sheet begins.
        values: the text fields by name, the boxes of goals as printed under ``strategic_goals``,
        ``operational_goals``. goals: the codes of goals by the same two names, as printed.
        cited: each goal that the sheet cites beside the goal of the plan.
        milestones: the rows of the milestone table in order.
        amounts: the amounts of money in the budget.
        findings: what a person should look at.
    """

    sequence: int
    document: str
    source: Source
    values: dict[str, Value]
    goals: dict[str, list[str]]
    cited: list[CitedGoal] = field(default_factory=list)
    milestones: list[MilestoneReading] = field(default_factory=list)
    amounts: list[Amount] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """The sheet for JSON: plain values under their names; places and confidence beside them under the same
        names."""
        texts = {name: self.values[name].text for name in TEXT_FIELDS}
        order = ["title", *self.goals, *TEXT_FIELDS[1:]]
        plain = {**texts, **self.goals}
        return {
            "sequence": self.sequence,
            **{name: plain[name] for name in order},
            "milestones": [row.as_dict() for row in self.milestones],
            "amounts": [amount.as_dict() for amount in self.amounts],
            "goals": [goal.as_dict() for goal in self.cited],
            "findings": [finding.as_dict() for finding in self.findings],
            "document": self.document,
            "source": {name: value.source.as_dict() for name, value in self.values.items()},
            "confidence": {name: value.confidence for name, value in self.values.items()},
        }

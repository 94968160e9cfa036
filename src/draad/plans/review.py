"""What a person decides about a sheet that was read: its fields, which of them wait for a decision, and the outcome.

A field waits when the reading doubts it, or when the plan has the measure already with another value. A field is
named as in ``SheetReading.as_dict``; of milestones ``milestones.0.fte``, and ``gone.7`` for milestone 7 of the plan,
which the newer document no longer has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from draad.plans.content import GOAL_FIELDS, Content, measure_content, reading_content
from draad.plans.models import Measure, Milestone, ReadSheet
from draad.plans.reading.amounts import amounts
from draad.plans.reading.goals import likeness, split_goals
from draad.plans.reading.sheet import TEXT_FIELDS
from draad.plans.reading.staff import staff

SURE_FROM = 0.75
"""Confidence from which a value is sure; below it a person decides."""
SAME_ROW = 0.6
"""Likeness from which a milestone with another period is the same milestone."""
ROW_PARTS = ("period", "text", "fte")
ORDER = ("title", *GOAL_FIELDS, *TEXT_FIELDS[1:])
ACCEPTED, CORRECTED, EMPTY, KEPT = "accepted", "corrected", "empty", "kept"
CHANGED, NEW, MISSING = "changed", "new", "missing"


@dataclass(frozen=True)
class Field:
    """A field of a sheet under review.

    Args:
        name: its name.
        read: the value as read, goals one to a line.
        confidence: from 0 to 1.
        source: its place in the document as stored; empty for what no document holds.
        decision: what a person decided, or "".
        correction: the corrected value, when there is one.
        planned: the value that the plan has, or None when the plan does not have the measure, or not this row.
        difference: "" when the plan has the same value or none to compare with; else ``changed``, ``new`` or
            ``missing``.
        of_row: the period of its row of milestones.
    """

    name: str
    read: str
    confidence: float
    source: Mapping[str, Any]
    decision: str
    correction: str = ""
    planned: str | None = None
    difference: str = ""
    of_row: str = ""

    @property
    def doubtful(self) -> bool:
        """Whether the reading doubts it."""
        return self.confidence < SURE_FROM

    @property
    def waits(self) -> bool:
        """Whether a person has to decide and did not yet."""
        return not self.decision and (self.doubtful or bool(self.difference))

    @property
    def value(self) -> str:
        """The value that goes into the plan as things stand."""
        if self.decision == KEPT:
            return self.planned or ""
        return {CORRECTED: self.correction, EMPTY: ""}.get(self.decision, self.read)

    @property
    def label(self) -> str:
        """What the field is called."""
        base, _dot, part = self.name.rpartition(".")
        if base.startswith("milestones"):
            words = {"period": _("Periode"), "text": _("Mijlpaal"), "fte": _("Personeelsinzet")}
            return f"{words[part]} {self.of_row}".strip()
        if base == "gone":
            return _("Mijlpaal %(period)s van het plan") % {"period": self.of_row}
        return label_of(self.name)


@dataclass(frozen=True)
class Review:
    """A sheet with its fields, and the measure of the plan that it is a newer reading of."""

    sheet: ReadSheet
    fields: Sequence[Field]
    rows: Sequence[Milestone | None] = ()
    gone: Mapping[int, Milestone] = field(default_factory=dict)

    @property
    def undecided(self) -> list[Field]:
        """The fields that wait for a decision, the most doubtful first."""
        return sorted((f for f in self.fields if f.waits), key=lambda f: f.confidence)

    def named(self, name: str) -> Field | None:
        """The field with that name."""
        return next((found for found in self.fields if found.name == name), None)


def label_of(name: str) -> str:
    """What a box of the sheet is called."""
    goals = {"strategic_goals": _("Strategische doelstelling"), "operational_goals": _("Operationele doelstelling")}
    if name in goals:
        return goals[name]
    words = str(Measure._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # a text field has a name
    return words[:1].upper() + words[1:]


def review_of(sheet: ReadSheet, measure: Measure | None) -> Review:
    """The fields of a sheet; ``measure`` is the sheet's own, with everything prefetched, or None."""
    planned = measure_content(measure) if measure else None
    milestones = [row for row in measure.milestones.all() if not row.withdrawn] if measure else []
    matched = _matched(sheet.values["milestones"], milestones)
    fields = [_box(sheet, name, planned) for name in ORDER]
    count = row_count(sheet)
    for i in range(count):
        fields += _row(sheet, i, matched.get(i), compared=measure is not None)
    matched_pks = {milestone.pk for milestone in matched.values()}
    gone = {milestone.pk: milestone for milestone in milestones if milestone.pk not in matched_pks}
    fields += [_gone(sheet, milestone) for milestone in gone.values()]
    return Review(sheet, fields, [matched.get(i) for i in range(count)], gone)


def row_count(sheet: ReadSheet) -> int:
    """How many rows of milestones a sheet has: those that were read and those that a person added."""
    added = [int(name.split(".")[1]) + 1 for name in sheet.corrections if name.startswith("milestones.")]
    return max([len(sheet.values["milestones"]), *added])


def goal_lines(goals: Sequence[Mapping[str, Any]], codes: Sequence[str], prefix: str) -> str:
    """Cited goals, one to a line: the code and the words."""
    worded = [f"{goal['code']}: {goal['text']}" for goal in goals if goal["code"].startswith(prefix) and goal["text"]]
    known = {goal["code"] for goal in goals if goal["text"]}
    return "\n".join([*worded, *(code for code in codes if code not in known)])


def _text(content: Content, name: str) -> str:
    if name in GOAL_FIELDS:
        return goal_lines(content["goals"], content[name], GOAL_FIELDS[name])
    return str(content[name])


def _box(sheet: ReadSheet, name: str, planned: Content | None) -> Field:
    read = _text(sheet.values, name)
    own = None if planned is None else _text(planned, name)
    return Field(
        name,
        read,
        sheet.values["confidence"][name],
        sheet.values["source"][name],
        sheet.decisions.get(name, ""),
        sheet.corrections.get(name, ""),
        own,
        _difference(read, own),
    )


def _difference(read: str, planned: str | None) -> str:
    if planned is None or read == planned:
        return ""
    return CHANGED if read and planned else NEW if read else MISSING


def _row(sheet: ReadSheet, i: int, milestone: Milestone | None, *, compared: bool) -> list[Field]:
    stored = sheet.values["milestones"]
    row = stored[i] if i < len(stored) else None
    fields = []
    for part in ROW_PARTS:
        name = f"milestones.{i}.{part}"
        read = row[part] if row else ""
        own = getattr(milestone, part) if milestone else None
        new = compared and milestone is None and part == "text"
        fields.append(
            Field(
                name,
                read,
                row["confidence"][part] if row else 1.0,
                row["source"][part] if row else {},
                sheet.decisions.get(name, ""),
                sheet.corrections.get(name, ""),
                own,
                NEW if new else _difference(read, own),
                of_row=sheet.corrections.get(f"milestones.{i}.period") or (row["period"] if row else ""),
            )
        )
    return fields


def _gone(sheet: ReadSheet, milestone: Milestone) -> Field:
    name = f"gone.{milestone.pk}"
    return Field(
        name, "", 1.0, {}, sheet.decisions.get(name, ""), "", milestone.text, MISSING, of_row=milestone.period
    )


def _matched(read: Sequence[Mapping[str, Any]], milestones: Sequence[Milestone]) -> dict[int, Milestone]:
    """For each row that was read the milestone of the plan that it continues: same period or words alike."""
    pairs = []
    for i, row in enumerate(read):
        for milestone in milestones:
            alike, same = likeness(row["text"], milestone.text), row["period"] == milestone.period
            if same or alike >= SAME_ROW:
                pairs.append((alike + same, -abs(i - milestone.position), i, milestone))
    found: dict[int, Milestone] = {}
    taken: set[int] = set()
    for _score, _near, i, milestone in sorted(pairs, key=lambda pair: pair[:2], reverse=True):
        if i not in found and milestone.pk not in taken:
            found[i] = milestone
            taken.add(milestone.pk)
    return found


def outcome(review: Review) -> tuple[Content, list[Milestone | None], list[int]]:
    """What goes into the plan: the content, for each of its milestones the one that it continues, and which row of the
    sheet it was (-1 for a milestone of the plan that is kept)."""
    values = {found.name: found.value for found in review.fields}
    content = reading_content(review.sheet.values)
    content.update({name: values[name] for name in TEXT_FIELDS})
    content["goals"] = []
    for name in GOAL_FIELDS:
        goals = _goals_of(values[name])
        content["goals"] += [goal for goal in goals if goal["text"]]
        content[name] = list(dict.fromkeys(goal["code"] for goal in goals))
    if values["budget"] != review.sheet.values["budget"]:
        content["amounts"] = [amount.as_dict() for amount in amounts(values["budget"])]
    content["milestones"], known, origin = _outcome_rows(review, values)
    return content, known, origin


def _goals_of(text: str) -> list[dict[str, Any]]:
    cited = [goal for line in text.splitlines() for goal in split_goals(line.strip())]
    return [{"code": goal.code, "text": goal.text} for goal in cited]


def _outcome_rows(
    review: Review, values: Mapping[str, str]
) -> tuple[list[Content], list[Milestone | None], list[int]]:
    rows: list[Content] = []
    known: list[Milestone | None] = []
    origin: list[int] = []
    for i, milestone in enumerate(review.rows):
        row = {part: values[f"milestones.{i}.{part}"] for part in ROW_PARTS}
        if any(row.values()):
            rows.append({**row, "staff": [line.as_dict() for line in staff(row["fte"])]})
            known.append(milestone)
            origin.append(i)
    for found in review.fields:
        if found.name.startswith("gone.") and found.decision == KEPT:
            milestone = review.gone[int(found.name.removeprefix("gone."))]
            row = {part: getattr(milestone, part) for part in ROW_PARTS}
            rows.append({**row, "staff": [line.as_dict() for line in staff(row["fte"])]})
            known.append(milestone)
            origin.append(-1)
    return rows, known, origin

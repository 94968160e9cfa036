"""The canonical plain data of a plan: a measure in the shape in which sheets are read, and its hash.

Reading, keeping, publishing, comparing and exporting all speak of a measure in this one shape, so that a difference is
a difference of fields and an exported sheet reads back to the same data.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from draad.plans.models import Goal, Measure, MeasureGoal, Milestone
from draad.plans.reading.sheet import TEXT_FIELDS

GOAL_FIELDS = {"strategic_goals": "SD", "operational_goals": "OD"}
"""The boxes that hold goals, and how the codes in them begin."""
Content = dict[str, Any]


def measure_content(measure: Measure) -> Content:
    """A measure of the working tables; ``queries.measures_where`` reads many with all that this needs."""
    goals = list(measure.goals.all())
    texts = {name: getattr(measure, name) for name in TEXT_FIELDS}
    codes = {name: _codes(goals, prefix) for name, prefix in GOAL_FIELDS.items()}
    return {
        "sequence": measure.number,
        "title": texts.pop("title"),
        **codes,
        **texts,
        "milestones": [_milestone(row) for row in measure.milestones.all() if not row.withdrawn],
        "amounts": [
            {
                "euro": str(line.amount),
                "euro_to": None if line.amount_to is None else str(line.amount_to),
                "year_from": line.first_year,
                "year_to": line.last_year,
                "yearly": line.yearly,
                "printed": line.printed,
                **({"funding": line.funding} if line.funding else {}),
            }
            for line in measure.budget_lines.all()
        ],
        "goals": [_goal(goal) for goal in goals],
        **_with_targets(measure),
    }


def reading_content(values: Mapping[str, Any]) -> Content:
    """A sheet as read (``SheetReading.as_dict``), without places, confidence and findings."""
    rows = [
        {"period": row["period"], "text": row["text"], "fte": row["fte"], "staff": [_staff(s) for s in row["staff"]]}
        for row in values["milestones"]
    ]
    names = ["sequence", "title", *GOAL_FIELDS, *TEXT_FIELDS[1:]]
    plain = {name: values[name] for name in names}
    return {**plain, "milestones": rows, "amounts": list(values["amounts"]), "goals": list(values["goals"])}


def goals_content(goals: Sequence[Goal]) -> list[Content]:
    """The goals of a plan in order, each with the code of the one above it."""
    codes = {goal.pk: goal.code for goal in goals}
    return [
        {"code": g.code, "title": g.title, "parent": codes.get(g.parent_id) if g.parent_id else None} for g in goals
    ]


def sha256_of(content: Any) -> str:
    """The hash of plain data, whatever the order of its keys."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def staff_number(text: str) -> Decimal:
    """A number of staff as it is kept, to four decimals: a third of a person is 0.3333."""
    return Decimal(text).quantize(Decimal("0.0001"))


def decimal_text(number: Decimal) -> str:
    """A number without zeros that say nothing: 0.2000 is ``0.2`` and 32.0000 is ``32``."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _codes(goals: Sequence[MeasureGoal], prefix: str) -> list[str]:
    return list(dict.fromkeys(goal.cited_code for goal in goals if goal.cited_code.startswith(prefix)))


def _with_targets(measure: Measure) -> Content:
    """Targets per year, only when there are any: what no document holds leaves no trace in what was published."""
    found = [
        {"kind": indicator.kind, "year": target.year, "value": decimal_text(target.value), "unit": target.unit}
        for indicator in measure.indicators.all()
        if not indicator.withdrawn
        for target in indicator.targets.all()
    ]
    return {"targets": found} if found else {}


def rows_as_text(content: Content) -> dict[str, str]:
    """What hangs on a measure as plain text for the audit, by the name of its rows: one line for each."""
    amounts = [
        f"{a['euro']}–{a['euro_to']} {a['year_from']}–{a['year_to']} {a.get('funding', '')}"
        for a in content["amounts"]
    ]
    return {
        "goals": "\n".join(code for name in GOAL_FIELDS for code in content[name]),
        "milestones": "\n".join(f"{row['period']}: {row['text']} ({row['fte']})" for row in content["milestones"]),
        "budget_lines": "\n".join(amounts).replace("–None", "").replace("None", ""),
        "indicators": "\n".join(f"{t['year']}: {t['value']} {t['unit']}" for t in content.get("targets", [])),
    }


def _milestone(row: Milestone) -> Content:
    staff = [
        {
            "number": decimal_text(line.number),
            "unit": line.unit,
            "about": line.about,
            "per": line.per or None,
            "printed": line.printed,
            "number_to": None if line.number_to is None else decimal_text(line.number_to),
        }
        for line in row.staff.all()
    ]
    return {"period": row.period, "text": row.text, "fte": row.fte, "staff": staff}


def _staff(read: Mapping[str, Any]) -> Content:
    upper = read.get("number_to")
    lower = decimal_text(staff_number(read["number"]))
    return {**read, "number": lower, "number_to": upper and decimal_text(staff_number(upper))}


def _goal(cited: MeasureGoal) -> Content:
    return {
        "code": cited.cited_code,
        "text": cited.cited_text,
        "plan_code": cited.goal.code if cited.goal else None,
        "plan_text": cited.goal.title if cited.goal else None,
        "difference": cited.difference,
    }

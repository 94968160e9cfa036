"""Reads a part of a sheet anew after a person split it, and puts two readings together after a person joined them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from draad.documents.source import Line, Source
from draad.plans.content import GOAL_FIELDS
from draad.plans.reading.amounts import amounts
from draad.plans.reading.assemble import read_goals_and_lines
from draad.plans.reading.goals import Goal
from draad.plans.reading.sheet import TEXT_FIELDS, SheetReading, Value

Values = Mapping[str, Any]


def reread(lines: Sequence[Line], whole: Values, goals: Sequence[Sequence[str]]) -> dict[str, Any]:
    """The reading of a part of a sheet; a part without labels has empty fields in which nobody should trust.

    Args:
        lines: the lines of the part.
        whole: the reading of the whole sheet, for its number and document.
        goals: the goals of the plan as the document prints them, code and text.
    """
    known = [Goal(code, text) for code, text in goals]
    number, document = whole["sequence"], whole["document"]
    _plan, sheets = read_goals_and_lines(list(lines), document, number, known)
    return (sheets[0] if sheets else _unread(lines[0], number, document)).as_dict()


def _unread(line: Line, number: int, document: str) -> SheetReading:
    here = Source(line.number, line.number, line.page)
    values = {name: Value("", here, 0.0) for name in (*TEXT_FIELDS, *GOAL_FIELDS)}
    return SheetReading(number, document, here, values, {name: [] for name in GOAL_FIELDS})


def joined(first: Values, second: Values) -> dict[str, Any]:
    """Two readings as one: texts one after the other where they differ, lists together, the least confidence."""
    texts = {name: _text(first[name], second[name]) for name in TEXT_FIELDS}
    goals = {name: list(dict.fromkeys([*first[name], *second[name]])) for name in GOAL_FIELDS}
    known = {goal["code"] for goal in first["goals"]}
    budget = texts["budget"]
    return {
        **first,
        **texts,
        **goals,
        "milestones": [*first["milestones"], *second["milestones"]],
        "amounts": [amount.as_dict() for amount in amounts(budget)],
        "goals": [*first["goals"], *(goal for goal in second["goals"] if goal["code"] not in known)],
        "findings": [*first["findings"], *second["findings"]],
        "source": {name: _source(first, second, name) for name in first["source"]},
        "confidence": {name: _confidence(first, second, name) for name in first["confidence"]},
    }


def _text(first: str, second: str) -> str:
    return first if second in first else f"{first} {second}".strip()


def _source(first: Values, second: Values, name: str) -> Any:
    return first["source"][name] if first[name] or not second[name] else second["source"][name]


def _confidence(first: Values, second: Values, name: str) -> float:
    """A box that only one of both fills is as sure as that one; a box that both fill is as sure as the least."""
    filled = [values["confidence"][name] for values in (first, second) if values[name]]
    return float(min(filled or [max(values["confidence"][name] for values in (first, second))]))

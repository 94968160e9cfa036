"""Builds the rows of the working tables from the canonical plain data of a measure; writes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from draad.organisations.names import fold
from draad.plans.content import GOAL_FIELDS, Content, staff_number
from draad.plans.models import (
    BudgetLine,
    Goal,
    Indicator,
    IndicatorKind,
    IndicatorTarget,
    Measure,
    MeasureGoal,
    MeasureParty,
    Milestone,
    PartyGroup,
    PartyRole,
    StaffLine,
)
from draad.plans.names import Directory
from draad.plans.periods import days_of
from draad.plans.reading import goals as matching
from draad.plans.reading.sheet import TEXT_FIELDS

INDICATOR_BOXES = {IndicatorKind.EFFECT: "effect_indicator", IndicatorKind.OUTPUT: "output_indicator"}
Directories = Mapping[PartyGroup, Directory]


def texts_of(content: Content | Measure) -> dict[str, str]:
    """The text fields of a measure."""
    if isinstance(content, Measure):
        return {name: getattr(content, name) for name in TEXT_FIELDS}
    return {name: content[name] for name in TEXT_FIELDS}


def goal_rows(measure: Measure, content: Content, goals: Sequence[Goal]) -> list[MeasureGoal]:
    """The goals that a measure cites, each with the goal of the plan that it means and what differs."""
    own = [matching.Goal(goal.code, goal.title) for goal in goals]
    by_code = {goal.code: goal for goal in goals}
    return [
        MeasureGoal(
            measure=measure,
            position=position,
            cited_code=pair.cited.code,
            cited_text=pair.cited.text,
            goal=by_code[pair.plan.code] if pair.plan else None,
            difference=pair.difference,
        )
        for position, pair in enumerate(_cited(content, own))
    ]


def _cited(content: Content, own: Sequence[matching.Goal]) -> list[matching.CitedGoal]:
    """The cited goals with their words, then the codes that are cited without any: those are matched by code alone."""
    worded = [matching.Goal(goal["code"], goal["text"]) for goal in content["goals"] if goal["text"]]
    bare = [code for name in GOAL_FIELDS for code in content[name] if code not in {goal.code for goal in worded}]
    by_code = {goal.code: goal for goal in own}
    return matching.match_goals(worded, own) + [
        matching.CitedGoal(
            matching.Goal(code, ""), by_code.get(code), "" if code in by_code else matching.NOT_IN_THE_PLAN
        )
        for code in bare
    ]


def party_rows(measure: Measure, content: Content, directories: Directories) -> list[MeasureParty]:
    """The names in the boxes of cabinets, administrations and partners."""
    return [
        MeasureParty(
            measure=measure,
            role=role,
            group=role.group,
            position=position,
            name=name.text,
            folded=fold(name.text),
            organisation_id=name.organisation_id,
        )
        for role in PartyRole
        for position, name in enumerate(directories[role.group].names_in(content[role.value]))
    ]


def budget_rows(measure: Measure, content: Content) -> list[BudgetLine]:
    """The amounts of the budget."""
    return [
        BudgetLine(
            measure=measure,
            position=position,
            amount=Decimal(amount["euro"]),
            amount_to=None if amount["euro_to"] is None else Decimal(amount["euro_to"]),
            first_year=amount["year_from"],
            last_year=amount["year_to"],
            yearly=amount["yearly"],
            funding=amount.get("funding", ""),
            printed=amount["printed"][:200],
        )
        for position, amount in enumerate(content["amounts"])
    ]


def indicator_texts(content: Content) -> dict[IndicatorKind, str]:
    """The boxes of indicators that are not empty."""
    return {kind: content[box] for kind, box in INDICATOR_BOXES.items() if content[box]}


def indicator_rows(measure: Measure, content: Content) -> list[Indicator]:
    """An indicator for each box that is not empty."""
    return [
        Indicator(measure=measure, kind=kind, position=0, text=text) for kind, text in indicator_texts(content).items()
    ]


def target_rows(indicator: Indicator, content: Content) -> list[IndicatorTarget]:
    """The targets per year of an indicator."""
    return [
        IndicatorTarget(
            indicator=indicator, year=target["year"], value=Decimal(target["value"]), unit=target["unit"][:60]
        )
        for target in content.get("targets", [])
        if target["kind"] == indicator.kind
    ]


def milestone_values(row: Mapping[str, Any], position: int) -> dict[str, Any]:
    """The columns of a milestone, its period also as days."""
    first, last = days_of(row["period"])
    return {
        "position": position,
        "period": row["period"],
        "first_day": first,
        "last_day": last,
        "text": row["text"],
        "fte": row["fte"],
    }


def staff_rows(milestone: Milestone, row: Mapping[str, Any]) -> list[StaffLine]:
    """The numbers of staff in a row of milestones."""
    return [
        StaffLine(
            milestone=milestone,
            position=position,
            number=staff_number(line["number"]),
            number_to=None if line["number_to"] is None else staff_number(line["number_to"]),
            unit=line["unit"],
            about=line["about"],
            per=(line["per"] or "")[:40],
            printed=line["printed"][:200],
        )
        for position, line in enumerate(row["staff"])
    ]

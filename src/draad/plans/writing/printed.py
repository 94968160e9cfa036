"""What is printed of a plan: its sheets, their figures per year and their progress, as plain texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from draad.plans.reading.goals import Goal
from draad.plans.reading.sheet import SheetReading


@dataclass(frozen=True)
class PrintedMilestone:
    """A row of the milestone table: its period, what is planned, the staff it takes."""

    period: str
    text: str
    fte: str


@dataclass(frozen=True)
class BudgetRow:
    """What a source gives in a year, each as it is to be printed."""

    year: str
    source: str
    amount: str


@dataclass(frozen=True)
class ProgressRow:
    """How far a milestone or an indicator is, each as it is to be printed; "" is left empty."""

    about: str
    state: str
    value: str
    explanation: str


@dataclass(frozen=True)
class Progress:
    """What was reported about a sheet in a calendar year."""

    year: int
    rows: Sequence[ProgressRow]


@dataclass(frozen=True)
class PrintedSheet:
    """An action sheet.

    Args:
        values: text by the field names of ``reading.labels.Label``; boxes of goals as the sheet cites them. A field
            that is absent is an empty box.
        serves: codes of the goals of the plan that the sheet serves, such as ``SD 1`` and ``OD 1.2``; the first of
            each kind says where the sheet stands in the plan.
        milestones: the rows of the milestone table in order.
        budget: amounts per year; the block is left out when there are none.
        progress: what was reported, printed below the sheet; None leaves the block out.
    """

    values: Mapping[str, str]
    serves: Sequence[str] = ()
    milestones: Sequence[PrintedMilestone] = ()
    budget: Sequence[BudgetRow] = ()
    progress: Progress | None = None


@dataclass(frozen=True)
class PrintedPlan:
    """The document around the sheets.

    Args:
        title: name of the plan, on the title page, above every page and in the properties.
        subtitle: which version or which year; small on the title page.
        made_at: moment in the properties.
        footer: small text on every page, such as who made it and when; in a PDF above, in Word below.
        goals: the goals of the plan in order; they head the sheets that serve them.
        example: whether every page is marked as example.
        cover: whether title page and table of contents are printed; one sheet alone needs none.
    """

    title: str
    subtitle: str
    made_at: datetime
    footer: str
    goals: Sequence[Goal] = ()
    example: bool = False
    cover: bool = True


@dataclass(frozen=True)
class Group:
    """Sheets that follow one another and serve the same goals; a goal is None when they serve none of its kind."""

    strategic: Goal | None
    operational: Goal | None
    sheets: list[PrintedSheet] = field(default_factory=list)


def printed_sheet(reading: SheetReading) -> PrintedSheet:
    """A sheet as it was read, for printing."""
    rows = [PrintedMilestone(row.period.text, row.text.text, row.fte.text) for row in reading.milestones]
    serves = [pair.plan.code for pair in reading.cited if pair.plan]
    return PrintedSheet({name: value.text for name, value in reading.values.items()}, serves, rows)


def grouped(sheets: Sequence[PrintedSheet], goals: Sequence[Goal]) -> list[Group]:
    """The sheets in their order, cut where the first goals that they serve change."""
    groups: list[Group] = []
    for sheet in sheets:
        own = [goal for code in sheet.serves for goal in goals if goal.code == code]
        strategic, operational = (
            next((goal for goal in own if goal.code.startswith(kind)), None) for kind in ("SD", "OD")
        )
        if not groups or (groups[-1].strategic, groups[-1].operational) != (strategic, operational):
            groups.append(Group(strategic, operational))
        groups[-1].sheets.append(sheet)
    return groups


@dataclass(frozen=True)
class GroupHeading:
    """A goal above sheets.

    Args:
        kind: ``strategic`` or ``operational``.
        level: 1 unless a strategic goal stands above it.
        goal: the goal, None above sheets that serve none.
    """

    kind: str
    level: int
    goal: Goal | None


def headings(groups: Sequence[Group]) -> Iterator[tuple[list[GroupHeading], Group]]:
    """For each group the goals that head it: the strategic one where it changes, the operational one always."""
    before: Goal | None = None
    for group in groups:
        new = [GroupHeading("operational", 2 if group.strategic else 1, group.operational)]
        if group.strategic and group.strategic != before:
            new.insert(0, GroupHeading("strategic", 1, group.strategic))
        before = group.strategic
        yield new, group


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a value: its lines, and each bullet of a list that was read as running text; [""] when
    empty."""
    lines = [line for raw in text.split("\n") for line in raw.replace(" • ", "\n• ").split("\n")]
    return [line.strip() for line in lines if line.strip()] or [""]

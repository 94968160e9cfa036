"""Turns the boxes of a document into readings of sheets: values, numbers, goals and findings."""

from __future__ import annotations

from collections.abc import Sequence

from draad.documents.source import Line, Source, spanning
from draad.plans.reading.amounts import amounts
from draad.plans.reading.boxes import RawSheet, cut
from draad.plans.reading.decoration import without_decoration, without_ornaments
from draad.plans.reading.furniture import clean
from draad.plans.reading.goals import Goal, goal_codes, match_goals, plan_goals, split_goals
from draad.plans.reading.labels import Label, printed
from draad.plans.reading.milestone_cells import rows_from_cells, staff_column
from draad.plans.reading.page_breaks import mend
from draad.plans.reading.periods import find_rows
from draad.plans.reading.pieces import plain, where
from draad.plans.reading.sheet import Finding, MilestoneReading, SheetReading, Value
from draad.plans.reading.staff import staff
from draad.plans.reading.staff_column import SplitRow, split_rows

SURE = 0.98
"""Confidence in a box between two labels that were both found."""
OPEN = 0.5
"""Confidence in a box whose next label is missing: it may hold the next box as well."""
CHOSEN = 0.7
"""Confidence in a box that a page break cut, where text after the break was given to one of two boxes."""
MILESTONES_HEADING = printed(Label.MILESTONES).split()[0]
LONGEST_PERIOD = 60
"""Letters: “vanaf de tweede helft van 2018 tot en met 2019 (indien nodig)” is about the longest."""
GOALS = {Label.STRATEGIC_GOALS: "SD", Label.OPERATIONAL_GOALS: "OD"}


def read_lines(lines: list[Line], document: str, first: int = 1) -> list[SheetReading]:
    """Read the action sheets in the lines of a document, in order and numbered from ``first``; [] when there are
    none."""
    return read_goals_and_lines(lines, document, first)[1]


def read_goals_and_lines(
    lines: list[Line], document: str, first: int = 1, known: Sequence[Goal] = ()
) -> tuple[list[Goal], list[SheetReading]]:
    """The goals of the plan that the document prints between its sheets, and the sheets.

    ``known`` are goals of the plan from elsewhere, for lines that are only a part of a document.
    """
    sheets, headings = cut(clean(lines))
    for sheet in sheets:
        mend(sheet)
    plan = [*known, *plan_goals(headings)]
    return plan, [
        _reading(number, document, sheet, rows, plan)
        for number, (sheet, rows) in enumerate(zip(sheets, _tables(sheets), strict=True), start=first)
    ]


def _tables(sheets: Sequence[RawSheet]) -> list[list[SplitRow]]:
    """The milestones of each sheet: from the cells where the document has kept them, else from the run of the text."""
    pieces = [without_ornaments(sheet.boxes.get(Label.MILESTONES, [])) for sheet in sheets]
    columns = [
        staff_column(sheet.labels.get(Label.MILESTONES, []), own) for sheet, own in zip(sheets, pieces, strict=True)
    ]
    guessed = split_rows(
        [find_rows(own) if column is None else [] for own, column in zip(pieces, columns, strict=True)]
    )
    return [
        rows if column is None else rows_from_cells(own, column)
        for own, column, rows in zip(pieces, columns, guessed, strict=True)
    ]


def _reading(
    number: int, document: str, sheet: RawSheet, rows: Sequence[SplitRow], plan: Sequence[Goal]
) -> SheetReading:
    values = {label.field: _value(sheet, label) for label in Label if label is not Label.MILESTONES}
    codes = {label.field: goal_codes(values[label.field].text, kind) for label, kind in GOALS.items()}
    cited = [goal for label in GOALS for goal in match_goals(split_goals(values[label.field].text), plan)]
    reading = SheetReading(number, document, sheet.source, values, codes, cited)
    reading.milestones = [_milestone(row) for row in rows]
    reading.amounts = amounts(values["budget"].text)
    reading.findings = _findings(reading, sheet)
    return reading


def _value(sheet: RawSheet, label: Label) -> Value:
    """The value of a box; without its label an empty value at the beginning of the sheet in which nobody should
    trust."""
    if label not in sheet.boxes:
        return Value("", sheet.source, 0.0)
    pieces = sheet.boxes[label]
    if label is Label.EXPLANATION:
        pieces = without_decoration(pieces)
    return Value(plain(pieces), where(pieces, spanning(sheet.labels[label])), _confidence(sheet, label))


def _confidence(sheet: RawSheet, label: Label) -> float:
    if label in sheet.unlabelled:
        return CHOSEN
    following = Label(label + 1)
    if following not in sheet.boxes or following in sheet.unlabelled:
        return OPEN if following not in sheet.boxes else CHOSEN
    return CHOSEN if label in sheet.doubtful else SURE


def _milestone(row: SplitRow) -> MilestoneReading:
    period_source = where([row.row.period_piece], Source(0, 0))
    sure = round(min(SURE, row.confidence), 2)
    fte = plain(row.staff)
    return MilestoneReading(
        Value(row.row.period, period_source, round(row.row.confidence, 2)),
        Value(plain(row.text), where(row.text, period_source), sure),
        Value(fte, where(row.staff, period_source), sure),
        staff(fte),
    )


def _findings(reading: SheetReading, sheet: RawSheet) -> list[Finding]:
    """What a person should look at, damage first."""
    name = f"Sheet {reading.sequence} ({_place(sheet.source)})"
    found = [
        Finding(
            "missing_label", label.field, f"{name} has no label “{printed(label)}”; its box was not read.", damage=True
        )
        for label in sheet.missing()
    ]
    if Label.MILESTONES in sheet.boxes and not reading.milestones:
        found.append(
            Finding("no_milestones", "milestones", f"{name} has no row that begins with a year under “Mijlpalen”.")
        )
    found += _stray_text(reading, name)
    for label in sorted(sheet.unlabelled):
        message = f"{name} has no label “{printed(label)}”; the box was found by the code of its first goal."
        found.append(Finding("unlabelled_box", label.field, message))
    for label, kind in GOALS.items():
        if reading.values[label.field].text and not reading.goals[label.field]:
            message = f"{name} cites a goal without a code such as “{kind} 1” under “{printed(label)}”."
            found.append(Finding("no_goal_code", label.field, message))
    return found + _differing_goals(reading, name)


def _stray_text(reading: SheetReading, name: str) -> list[Finding]:
    """Running text or the heading of the table where a period should stand: the page on which another sheet begins is
    missing."""
    return [
        Finding(
            "stray_text",
            "milestones",
            f"{name} has text of another sheet among its milestones ({_place(row.period.source)}); "
            "a page before it may be missing.",
            damage=True,
        )
        for row in reading.milestones
        if len(row.period.text) > LONGEST_PERIOD or row.period.text == MILESTONES_HEADING
    ]


def _differing_goals(reading: SheetReading, name: str) -> list[Finding]:
    found = []
    for pair in reading.cited:
        if pair.difference:
            own = (
                f"the plan has {pair.plan.code}: {pair.plan.text}"
                if pair.plan
                else "the plan as read has none like it"
            )
            message = f"{name} cites {pair.cited.code}: {pair.cited.text} — {own} (difference: {pair.difference})."
            kind = "strategic_goals" if pair.cited.code.startswith("SD") else "operational_goals"
            found.append(Finding("goal_differs", kind, message))
    return found


def _place(source: Source) -> str:
    return f"page {source.page}" if source.page else f"line {source.line_from}"

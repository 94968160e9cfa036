"""The table of an action sheet as rows of boxes on eight columns, the same for Word and PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from draad.plans.reading.labels import Label
from draad.plans.writing.printed import BudgetRow, PrintedSheet, Progress
from draad.plans.writing.words import Words

COLUMNS = (30, 24, 40, 28, 34, 32, 25, 54)
"""Widths in millimetres: 267 in all, a sheet of A4 on its side with margins of 15."""
STAFF_HEADING = "Geschatte personeelsinzet (VTE)"


@dataclass(frozen=True)
class Box:
    """A cell.

    Args:
        text: what it holds.
        columns: how many of the eight columns it takes.
        rows: how many rows it takes.
        label: the label of the template that it prints, None for a value.
        strong: whether it is the title of the sheet, its heading in the document.
        head: whether it heads a column.
        period: whether it is the period of a milestone, which begins a row.
    """

    text: str
    columns: int
    rows: int = 1
    label: Label | None = None
    strong: bool = False
    head: bool = False
    period: bool = False

    def width(self, column: int) -> float:
        """Its width in millimetres when it begins at a column, counted from 0."""
        return sum(COLUMNS[column : column + self.columns])


@dataclass(frozen=True)
class Block:
    """A table below the sheet under a heading of its own; the first row heads the columns."""

    heading: str
    rows: list[list[Box]]


Rows = list[list[Box]]
Placed = tuple[int, Box | None, int]
"""Where a cell begins, what it holds (None: the cell above goes on), how many columns it takes."""


def placed(rows: Sequence[Sequence[Box]]) -> list[list[Placed]]:
    """The cells of each row; a cell over rows goes on as an empty cell in each, as Word wants it."""
    placed: list[list[Placed]] = []
    open_cells: dict[int, tuple[int, int]] = {}
    for row in rows:
        todo, column = list(row), 0
        cells: list[Placed] = []
        while column < len(COLUMNS):
            if column in open_cells:
                columns, left = open_cells.pop(column)
                cells.append((column, None, columns))
            else:
                box = todo.pop(0)
                columns, left = box.columns, box.rows
                cells.append((column, box, columns))
            if left > 1:
                open_cells[column] = (columns, left - 1)
            column += columns
        placed.append(cells)
    return placed


def sheet_rows(sheet: PrintedSheet) -> Rows:
    """The boxes of a sheet from its title to its explanation."""

    def label(which: Label, columns: int, text: str, rows: int = 1) -> Box:
        return Box(text, columns, rows, label=which)

    def value(which: Label, columns: int, rows: int = 1) -> Box:
        return Box(sheet.values.get(which.field, ""), columns, rows, strong=which is Label.TITLE)

    return [
        [
            label(Label.TITLE, 2, "Maatregel"),
            value(Label.TITLE, 3),
            label(Label.BUDGET, 1, "Raming Budgettair engagement"),
            value(Label.BUDGET, 2),
        ],
        [
            label(Label.STRATEGIC_GOALS, 2, "STRATEGISCHE DOELSTELLING"),
            value(Label.STRATEGIC_GOALS, 3),
            label(Label.EFFECT_INDICATOR, 1, "effectindicator", 2),
            value(Label.EFFECT_INDICATOR, 2, 2),
        ],
        [label(Label.OPERATIONAL_GOALS, 2, "OPERATIONELE DOELSTELLING"), value(Label.OPERATIONAL_GOALS, 3)],
        [
            label(Label.RESPONSIBLE_CABINETS, 1, "verantwoordelijken", 2),
            label(Label.RESPONSIBLE_CABINETS, 1, "kabinet"),
            value(Label.RESPONSIBLE_CABINETS, 1),
            label(Label.OUTPUT_INDICATOR, 1, "outputindicator", 2),
            value(Label.OUTPUT_INDICATOR, 2, 2),
            label(Label.TARGET, 1, "Streefwaarde", 2),
            value(Label.TARGET, 1, 2),
        ],
        [label(Label.RESPONSIBLE_ADMINISTRATIONS, 1, "administratie"), value(Label.RESPONSIBLE_ADMINISTRATIONS, 1)],
        [
            label(Label.INVOLVED_CABINETS, 1, "betrokkenen", 2),
            label(Label.INVOLVED_CABINETS, 1, "kabinet"),
            value(Label.INVOLVED_CABINETS, 6),
        ],
        [
            label(Label.INVOLVED_ADMINISTRATIONS, 1, "administratie"),
            value(Label.INVOLVED_ADMINISTRATIONS, 3),
            label(Label.OTHER_PARTNERS, 1, "Andere partners"),
            value(Label.OTHER_PARTNERS, 2),
        ],
        [label(Label.EXPLANATION, 8, "Duiding maatregel")],
        [value(Label.EXPLANATION, 8)],
    ]


def milestone_rows(sheet: PrintedSheet) -> Rows:
    """The heading of the milestones and their rows."""
    return [
        [Box("Mijlpalen", 5, label=Label.MILESTONES), Box(STAFF_HEADING, 3, label=Label.MILESTONES)],
        *([Box(row.period, 1, period=True), Box(row.text, 4), Box(row.fte, 3)] for row in sheet.milestones),
    ]


def blocks(sheet: PrintedSheet, words: Words) -> list[Block]:
    """What is printed below the sheet: amounts per year, progress."""
    found = []
    if sheet.budget:
        found.append(Block(words.budget, _budget_rows(list(sheet.budget), words)))
    if sheet.progress:
        found.append(Block(words.progress.format(year=sheet.progress.year), _progress_rows(sheet.progress, words)))
    return found


def _budget_rows(rows: list[BudgetRow], words: Words) -> Rows:
    widths = (2, 4, 2)
    texts = [(row.year, row.source, row.amount) for row in rows]
    return [_heads(words.budget_columns, widths), *(_values(row, widths) for row in texts)]


def _progress_rows(progress: Progress, words: Words) -> Rows:
    widths = (3, 1, 1, 3)
    texts = [(row.about, row.state, row.value, row.explanation) for row in progress.rows]
    return [_heads(words.progress_columns, widths), *(_values(row, widths) for row in texts)]


def _heads(texts: tuple[str, ...], widths: tuple[int, ...]) -> list[Box]:
    return [Box(text, columns, head=True) for text, columns in zip(texts, widths, strict=True)]


def _values(texts: tuple[str, ...], widths: tuple[int, ...]) -> list[Box]:
    return [Box(text, columns) for text, columns in zip(texts, widths, strict=True)]

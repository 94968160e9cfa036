"""Prints action sheets as flat text, as a converter makes it of a PDF: cells one after the other, tables lost.

What was seen in such text is done here: a cell that is one line high is followed on the same line by the next cell; an
empty cell leaves a space; lines end with a space; cells are set with or without empty lines between their lines; a page
that is full cuts all cells of a row, and the next page begins with a space.
"""

from __future__ import annotations

import random
import textwrap
from dataclasses import dataclass, field
from typing import Any

Sheet = dict[str, Any]


@dataclass(frozen=True)
class Cell:
    """A cell: its text, its width in characters, and the lines of paper that each of its lines takes."""

    text: str
    width: int
    spacing: int = 1


@dataclass
class Printer:
    """Puts rows of cells on pages of so many lines."""

    page_height: int
    out: list[str] = field(default_factory=lambda: [""])
    used: int = 0
    fresh: bool = True

    def row(self, cells: list[Cell], *, least: int = 2) -> None:
        """Print a row; when fewer lines than ``least`` are left, on a new page, when it does not fit, cut."""
        left = [textwrap.wrap(cell.text, cell.width) or [""] for cell in cells]
        if self.page_height - self.used < least * max(cell.spacing for cell in cells):
            self.new_page()
        first = True
        while first or any(left):
            room = self.page_height - self.used
            parts = [lines[: max(room // cell.spacing, 1)] for lines, cell in zip(left, cells, strict=True)]
            left = [lines[len(part) :] for lines, part in zip(left, parts, strict=True)]
            self._print(cells, parts, whole=not any(left))
            first = False
            self.used += max(len(part) * cell.spacing for part, cell in zip(parts, cells, strict=True))
            if any(left):
                self.new_page()

    def new_page(self) -> None:
        """Go on at the top of the next page."""
        self.used = 0
        self.fresh = True

    def _print(self, cells: list[Cell], parts: list[list[str]], *, whole: bool) -> None:
        """The parts of a row on this page, cell after cell."""
        same_line = False
        for cell, part in zip(cells, parts, strict=True):
            if not part:
                continue
            if same_line:
                self.out[-1] += f"{part[0]} "
            else:
                self._begin(part[0], apart=not self.fresh)
            for line in part[1:]:
                self.out += [""] * (cell.spacing - 1) + [f"{line} "]
            same_line = len(part) == 1 and (same_line or cell is cells[0] or not part[0])
        if whole:
            self.out.append("")

    def _begin(self, line: str, *, apart: bool) -> None:
        self.out += [""] * apart
        self.out.append(f" {line} " if self.fresh and len(self.out) > 1 else f"{line} ")
        self.fresh = False


def flat_text(sheets: list[Sheet], seed: int) -> str:
    """The sheets as flat text with random widths, spacing and height of pages."""
    source = random.Random(seed)
    printer = Printer(page_height=source.randint(38, 60))
    for sheet in sheets:
        if printer.used:
            printer.new_page()
        _print_sheet(printer, sheet, source)
    return "\n".join(line for line in printer.out[1:]) + "\n"


def _print_sheet(printer: Printer, sheet: Sheet, source: random.Random) -> None:
    goals = sheet["goal_texts"]
    narrow, wide = source.randint(22, 34), source.randint(60, 80)
    text_width, staff_width = source.randint(78, 92), source.randint(55, 68)

    def some(text: str, width: int) -> Cell:
        return Cell(text, width, source.choice([1, 2]))

    printer.row(
        [
            Cell("Maatregel", 14),
            some(sheet["title"], wide),
            Cell("Raming", 11),
            *_words("Budgettair", "engagement"),
            some(sheet["budget"], 46),
        ],
        least=6,
    )
    printer.row(
        [
            Cell("STRATEGISCHE DOELSTELLING", 40),
            some(goals["strategic_goals"], wide),
            Cell("effectindicator", 16),
            some(sheet["effect_indicator"], 44),
        ]
    )
    printer.row([Cell("OPERATIONELE DOELSTELLING", 40), some(goals["operational_goals"], wide)])
    printer.row([
        *_words("verantwoordelijken", "kabinet"),
        some(sheet["responsible_cabinets"], 40), Cell("outputindicator", 16), some(sheet["output_indicator"], narrow),
        Cell("Streefwaarde", 13), some(sheet["target"], narrow),
    ])  # fmt: skip
    printer.row([Cell("administratie", 14), some(sheet["responsible_administrations"], 90)])
    printer.row([*_words("betrokkenen", "kabinet"), some(sheet["involved_cabinets"], 44)])
    printer.row(
        [
            Cell("administratie", 14),
            some(sheet["involved_administrations"], 44),
            Cell("Andere partners", 16),
            some(sheet["other_partners"], 46),
        ]
    )
    printer.row([Cell("Duiding maatregel", 20)])
    printer.row([some(sheet["explanation"], 155)])
    printer.out += [line for _ in range(4) for line in ("//", "/", "")]
    printer.row([Cell("Mijlpalen Geschatte personeelsinzet (VTE)", 50)], least=4)
    for row in sheet["milestones"]:
        spacing = source.choice([1, 2])
        printer.row(
            [
                Cell(row["period"], 20, spacing),
                Cell(row["text"], text_width, spacing),
                Cell(row["fte"], staff_width, spacing),
            ]
        )


def _words(*words: str) -> list[Cell]:
    return [Cell(word, 20) for word in words]

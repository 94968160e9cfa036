"""What was written reads back to the same data: Word and PDF, whatever stands in the cells."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from draad.plans.reading.reading import read_sheets
from draad.plans.writing.pdf import pdf_of
from draad.plans.writing.printed import (
    BudgetRow,
    PrintedMilestone,
    PrintedSheet,
    Progress,
    ProgressRow,
    printed_sheet,
)
from draad.plans.writing.word import word_of
from draad.plans.writing.words import DUTCH, ENGLISH, Words
from tests.plans.inventing import invent
from tests.plans.writing_texts import FIELDS, GOALS, PLAN, content, plans, printed, read_back

WRITERS = {".docx": word_of, ".pdf": pdf_of}
BOTH = pytest.mark.parametrize("ending", WRITERS)


def differences(sheets: list[PrintedSheet], ending: str, words: Words = DUTCH) -> list[str]:
    """Each cell that comes back otherwise from a file of this kind."""
    found = read_back(WRITERS[ending](sheets, PLAN, words), ending)
    if len(found) != len(sheets):
        return [f"{len(found)} sheets came back, {len(sheets)} were written"]
    wrong = []
    for number, (wanted, sheet) in enumerate(zip(map(content, sheets), map(content, found), strict=True), start=1):
        for name in wanted.keys() | sheet.keys():
            if wanted.get(name) != sheet.get(name):
                wrong.append(f"{number} {name}: {sheet.get(name)!r}, wanted {wanted.get(name)!r}")
    return sorted(wrong)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(plans)
def test_word_and_reading_are_inverse(sheets: list[PrintedSheet]) -> None:
    assert differences(sheets, ".docx") == []


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(plans)
def test_pdf_and_reading_are_inverse(sheets: list[PrintedSheet]) -> None:
    assert differences(sheets, ".pdf") == []


def test_words_of_labels_among_milestones_begin_no_sheet() -> None:
    rows = [
        PrintedMilestone("2018", "Raming Budgettair engagement", "STRATEGISCHE DOELSTELLING"),
        PrintedMilestone("2018", "", "OPERATIONELE DOELSTELLING"),
    ]
    empty = dict.fromkeys(FIELDS, "")
    assert differences([PrintedSheet(empty, (), []), PrintedSheet(empty, (), rows)], ".docx") == []


@BOTH
def test_invented_sheets_come_back(ending: str) -> None:
    assert differences([printed(sheet) for sheet in invent(7, count=12)], ending) == []


@BOTH
@pytest.mark.parametrize("field", [*FIELDS, "text", "fte"])
def test_a_cell_over_several_pages_comes_back(ending: str, field: str) -> None:
    long = " ".join(f"Zin {number} van een cel die over meer dan één bladzijde gaat." for number in range(260))
    sheet = printed(invent(3, count=1)[0])
    if field in FIELDS:
        sheet = replace(sheet, values={**sheet.values, field: long})
    else:
        first = replace(sheet.milestones[0], **{field: long})
        sheet = replace(sheet, milestones=[first, *sheet.milestones[1:]])
    assert differences([sheet, printed(invent(4, count=1)[0])], ending) == []


@BOTH
def test_very_many_milestones_come_back(ending: str) -> None:
    rows = [PrintedMilestone(str(2000 + n), f"Stap {n}.", f"{n},5 VTE" if n % 3 else "") for n in range(90)]
    assert differences([replace(printed(invent(5, count=1)[0]), milestones=rows)], ending) == []


@BOTH
def test_what_is_printed_below_a_sheet_is_no_part_of_it(ending: str) -> None:
    progress = Progress(
        2025, [ProgressRow("2018: Stap", "bereikt", "12", "Zoals gepland."), ProgressRow("2019", "", "", "")]
    )
    budget = [BudgetRow("2018", "AMIF", "€ 200.000,00"), BudgetRow("2019", "eigen middelen", "€ 5.000,00")]
    sheets = [
        replace(printed(sheet), serves=("SD 1", "OD 1.1"), budget=budget, progress=progress)
        for sheet in invent(6, count=3)
    ]
    assert differences(sheets, ending) == []


def test_word_with_english_words_comes_back() -> None:
    progress = Progress(2025, [ProgressRow("2018", "reached", "", "")])
    sheets = [replace(printed(sheet), progress=progress) for sheet in invent(6, count=2)]
    assert differences(sheets, ".docx", ENGLISH) == []


@BOTH
def test_goals_of_the_plan_come_back(ending: str) -> None:
    sheet = replace(printed(invent(1, count=1)[0]), serves=("SD 1", "OD 1.1"))
    cited = {"strategic_goals": "SD 1: De wijken leven.", "operational_goals": "OD 1: We openen huizen."}
    sheet = replace(sheet, values={**sheet.values, **cited})
    other = replace(printed(invent(2, count=1)[0]), serves=("SD 1", "OD 1.2"))
    first, _second = read_back(WRITERS[ending]([sheet, other], PLAN), ending)
    assert [(pair.plan, pair.difference) for pair in first.cited] == [(GOALS[0], ""), (GOALS[1], "number")]


@BOTH
@pytest.mark.documents
def test_every_sheet_of_the_annex_comes_back(ending: str, document: Path) -> None:
    readings = read_sheets(document)
    found = read_back(WRITERS[ending]([printed_sheet(sheet) for sheet in readings], PLAN), ending)
    assert [content(sheet) for sheet in found] == [content(sheet) for sheet in readings]
    assert [sheet.goals for sheet in found] == [sheet.goals for sheet in readings]
    assert [sheet.amounts for sheet in found] == [sheet.amounts for sheet in readings]
    staff = [[row.staff for row in sheet.milestones] for sheet in readings]
    assert [[row.staff for row in sheet.milestones] for sheet in found] == staff


@BOTH
def test_one_sheet_alone_on_two_pages_comes_back(ending: str) -> None:
    """With so few pages no header or footer comes back often enough to be known by that."""
    long = " ".join(f"Zin {number} van een lange duiding." for number in range(150))
    sheet = printed(invent(8, count=1)[0])
    sheet = replace(sheet, values={**sheet.values, "explanation": long})
    [found] = read_back(WRITERS[ending]([sheet], replace(PLAN, cover=False, example=True)), ending)
    assert content(found) == content(sheet)

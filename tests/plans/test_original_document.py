"""The score on the original annex, and on the same sheets in other words, other layouts and other kinds of files."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from draad.documents.text import split_lines
from draad.plans.reading.assemble import read_lines
from draad.plans.reading.reading import read_sheets
from tests.plans.disturbing import (
    sheet_starts,
    shuffled,
    with_form_feeds,
    with_other_words,
    with_other_years,
    with_rewrapped_explanations,
    without_trailing_spaces,
)
from tests.plans.flattening import flat_text
from tests.plans.making import make_docx, make_pdf

pytestmark = pytest.mark.documents

Sheet = dict[str, Any]
Score = Callable[[list[Sheet], list[Sheet]], tuple[float, list[str]]]
BAR = 0.99


def read_text(text: str) -> list[Sheet]:
    return [sheet.as_dict() for sheet in read_lines(split_lines(text), "annex.txt")]


@pytest.fixture(scope="module")
def text(document: Path) -> str:
    return document.read_text(encoding="utf-8")


def test_every_cell_of_the_annex_is_right(text: str, truth: list[Sheet], score: Score) -> None:
    share, wrong = score(read_text(text), truth)
    assert wrong == []
    assert share == 1


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_sheets_does_not_matter(text: str, truth: list[Sheet], score: Score, seed: int) -> None:
    share, wrong = score(*_read_changed(shuffled(text, truth, seed)))
    assert share == 1, wrong


def test_each_sheet_alone_is_read_as_well(text: str, truth: list[Sheet], scorer: Any) -> None:
    """Without the other sheets, whose staff columns help; a heading of the next goal may stand below."""
    starts = [*sheet_starts(text), len(text)]
    right = []
    for number, (begin, end) in enumerate(pairwise(starts)):
        right += [row[2] for row in scorer.score(read_text(text[begin:end]), [truth[number]])]
    assert sum(right) / len(right) >= 0.995


@pytest.mark.parametrize("by", [-5, 7])
def test_years_are_not_known_by_heart(text: str, truth: list[Sheet], score: Score, by: int) -> None:
    share, wrong = score(*_read_changed(with_other_years(text, truth, by)))
    assert share == 1, wrong


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("keep_staff", [True, False])
def test_other_words_are_read_as_well(
    text: str, truth: list[Sheet], score: Score, seed: int, keep_staff: bool
) -> None:
    share, wrong = score(*_read_changed(with_other_words(text, truth, seed, keep_staff=keep_staff)))
    assert share >= BAR, wrong


def _read_changed(changed: tuple[str, list[Sheet]]) -> tuple[list[Sheet], list[Sheet]]:
    return read_text(changed[0]), changed[1]


@pytest.mark.parametrize(
    "change",
    [
        without_trailing_spaces,
        with_form_feeds,
        lambda text: with_rewrapped_explanations(text, 100),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
    ],
    ids=["trimmed", "form feeds", "rewrapped", "crlf", "byte order mark"],
)
def test_other_line_ends_are_read_as_well(
    text: str, truth: list[Sheet], score: Score, change: Callable[[str], str]
) -> None:
    share, wrong = score(read_text(change(text)), truth)
    assert share >= BAR, wrong


def test_other_layouts_are_read_as_well(full_sheets: list[Sheet], truth: list[Sheet], score: Score) -> None:
    shares = [score(read_text(flat_text(full_sheets, seed)), truth)[0] for seed in range(101, 107)]
    assert sum(shares) / len(shares) >= 0.995
    assert min(shares) >= BAR


@pytest.mark.parametrize("per_page", [True, False], ids=["a sheet a page", "sheets after one another"])
def test_a_pdf_with_tables_is_read_cell_by_cell(
    full_sheets: list[Sheet], truth: list[Sheet], score: Score, tmp_path: Path, per_page: bool
) -> None:
    path = make_pdf(tmp_path / "annex.pdf", full_sheets, per_page=per_page)
    share, wrong = score([sheet.as_dict() for sheet in read_sheets(path)], truth)
    assert share == 1, wrong


def test_a_pdf_without_rules_is_read_in_the_order_of_its_text(
    full_sheets: list[Sheet], truth: list[Sheet], score: Score, tmp_path: Path
) -> None:
    path = make_pdf(tmp_path / "annex.pdf", full_sheets, ruled=False)
    share, wrong = score([sheet.as_dict() for sheet in read_sheets(path)], truth)
    assert share >= 0.98, wrong


def test_a_word_document_is_read_cell_by_cell(
    full_sheets: list[Sheet], truth: list[Sheet], score: Score, tmp_path: Path
) -> None:
    share, wrong = score(
        [sheet.as_dict() for sheet in read_sheets(make_docx(tmp_path / "a.docx", full_sheets))], truth
    )
    assert share == 1, wrong


def test_every_value_stands_where_its_source_says(document: Path, text: str) -> None:
    lines = text.split("\n")
    for sheet in read_sheets(document):
        values = [
            *sheet.values.values(),
            *(value for row in sheet.milestones for value in (row.period, row.text, row.fte)),
        ]
        for value in values:
            place = " ".join(" ".join(lines[value.source.line_from - 1 : value.source.line_to]).split())
            first = value.text.split()[:2]
            assert " ".join(first) in place, (sheet.sequence, value)


def test_wrong_cells_are_the_doubtful_ones(text: str, truth: list[Sheet], scorer: Any) -> None:
    """Of the rows that are read wrongly in other words, none claims to be nearly sure."""
    changed, wanted = with_other_words(text, truth, 1, keep_staff=False)
    reading = read_text(changed)
    rows = [(sheet, k) for sheet in range(len(wanted)) for k in range(len(wanted[sheet]["milestones"]))]
    wrong = [
        reading[sheet]["milestones"][k]["confidence"]["fte"]
        for sheet, k in rows
        if not scorer.same_text(reading[sheet]["milestones"][k]["fte"], wanted[sheet]["milestones"][k]["fte"])
    ]
    assert wrong
    assert max(wrong) < 0.9


def test_goals_that_are_cited_otherwise_are_matched_and_told(document: Path) -> None:
    sheets = read_sheets(document)
    renumbered = [pair for sheet in sheets for pair in sheet.cited if "number" in pair.difference]
    assert {"OD 1"} <= {pair.cited.code for pair in renumbered}
    assert all(pair.plan and pair.plan.code != pair.cited.code for pair in renumbered)
    told = sum(finding.kind == "goal_differs" for sheet in sheets for finding in sheet.findings)
    assert told == sum(bool(pair.difference) for sheet in sheets for pair in sheet.cited)


def test_a_label_that_was_not_printed_is_a_finding_and_no_damage(document: Path) -> None:
    findings = [finding for sheet in read_sheets(document) for finding in sheet.findings]
    assert [finding.field for finding in findings if finding.kind == "unlabelled_box"] == ["strategic_goals"]
    assert not [finding for finding in findings if finding.damage]

"""Confidence tells how often a reading is right: on copies of the annex that were changed in known ways."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from draad.documents.source import Line
from draad.plans.reading.assemble import read_lines
from tests.plans.calibrating import Band, bands, disturbed, judged
from tests.plans.flattening import flat_text
from tests.plans.inventing import invent
from tests.plans.test_original_document import Sheet, read_text


def test_cells_are_counted_by_band() -> None:
    cells = [(0.0, False), (0.49, True), (0.5, True), (0.8, True), (1.0, False)]
    assert bands(cells) == [Band(0, 0.5, 2, 1), Band(0.5, 0.8, 1, 0), Band(0.8, 1, 2, 1)]
    assert [band.share for band in bands(cells)] == [0.5, 0, 0.5]


@pytest.mark.documents
def test_the_less_sure_a_reading_is_the_more_often_it_is_wrong(
    document: Path, truth: list[Sheet], full_sheets: list[Sheet], scorer: Any
) -> None:
    changed = disturbed(
        document.read_text(encoding="utf-8"), truth, full_sheets, layouts=range(101, 109), seeds=range(1, 4)
    )
    found = bands([cell for reading, wanted in changed for cell in judged(scorer, reading, wanted)])
    assert all(left.share > right.share for left, right in pairwise(found))
    assert found[0].share > 0.1
    assert found[-1].share < 0.005
    assert found[-1].cells > 0.9 * sum(band.cells for band in found)


def sheet_of(rows: str) -> Sheet:
    """A sheet of flat text whose milestones are these lines."""
    text = flat_text(invent(1, count=1), 3)
    return read_text(text[: text.index("Mijlpalen")] + f"Mijlpalen Geschatte personeelsinzet (VTE) \n\n{rows}\n")[0]


def test_no_staff_in_a_row_of_several_lines_is_sure_only_where_its_cell_left_a_space() -> None:
    row = "2018 Wij openen een huis in de wijk en wij maken daarvoor een \nplan met alle diensten samen. {}\n\n2019 Wij meten. \n"
    [unseen, _last] = sheet_of(row.format(""))["milestones"]
    [seen, _last] = sheet_of(row.format("\n \n"))["milestones"]
    assert unseen["fte"] == seen["fte"] == ""
    assert unseen["confidence"]["fte"] <= 0.75
    assert seen["confidence"]["fte"] > unseen["confidence"]["fte"]


def test_a_box_whose_next_label_is_missing_is_doubtful() -> None:
    text = flat_text(invent(1, count=1), 3).replace("Streefwaarde", "")
    sure = read_text(text)[0]["confidence"]
    assert (sure["target"], sure["output_indicator"]) == (0.0, 0.5)
    assert sure["title"] > 0.9


def test_nothing_is_read_from_nothing() -> None:
    assert read_lines([Line("", 1)], "empty.txt") == []

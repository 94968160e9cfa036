"""Reading is the inverse of printing: invented sheets come back from Word, PDF and flat text; the command line."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from draad.config.command import main
from draad.documents.text import split_lines
from draad.plans.reading.assemble import read_lines
from draad.plans.reading.reading import READERS, read_sheets
from draad.plans.reading.sheet import TEXT_FIELDS
from tests.plans.flattening import flat_text
from tests.plans.inventing import cells, differences, invent
from tests.plans.making import make_docx, make_pdf

WORDS = st.text(alphabet="abcdefghijklmnopqrstuvwxyzéëï,;()&'", min_size=1, max_size=9).filter(
    lambda word: word.strip()
)
SENTENCES = st.lists(WORDS, max_size=12).map(" ".join)


@given(seed=st.integers(0, 10_000), texts=st.lists(SENTENCES, min_size=4, max_size=4))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_word_gives_back_every_cell(seed: int, texts: list[str]) -> None:
    sheets = invent(seed, count=2)
    sheets[0]["explanation"], sheets[0]["other_partners"] = texts[:2]
    sheets[0]["milestones"][0] |= {"text": texts[2], "fte": texts[3]}
    with tempfile.TemporaryDirectory() as folder:
        path = make_docx(Path(folder) / "annex.docx", sheets)
        assert differences([sheet.as_dict() for sheet in read_sheets(path)], sheets) == []


@pytest.mark.parametrize("seed", range(1, 5))
@pytest.mark.parametrize("per_page", [True, False])
def test_a_pdf_gives_back_every_cell(tmp_path: Path, seed: int, per_page: bool) -> None:
    sheets = invent(seed, count=5)
    reading = [sheet.as_dict() for sheet in read_sheets(make_pdf(tmp_path / "annex.pdf", sheets, per_page=per_page))]
    assert differences(reading, sheets) == []


def test_flat_text_gives_back_nearly_every_cell() -> None:
    total = wrong = 0
    for seed in range(20):
        sheets = invent(seed, count=6)
        reading = [sheet.as_dict() for sheet in read_lines(split_lines(flat_text(sheets, seed)), "flat.txt")]
        assert len(reading) == 6
        total += sum(len(cells(sheet)) for sheet in sheets)
        wrong += len(differences(reading, sheets))
    assert wrong / total < 0.01


def test_a_pdf_tells_pages_and_areas(tmp_path: Path) -> None:
    first, second = read_sheets(make_pdf(tmp_path / "annex.pdf", invent(2, count=2)))
    assert first.values["title"].source.page == 1
    assert second.values["title"].source.page == first.milestones[-1].text.source.page + 1  # type: ignore[operator]
    area = first.values["title"].source.area
    assert area
    left, top, right, bottom = area
    assert 0 < left < right < 842
    assert 0 < top < bottom < 595
    assert first.as_dict()["source"]["title"]["area"] == [round(number, 1) for number in area]


def test_a_value_that_a_page_cuts_tells_both_pages(tmp_path: Path) -> None:
    [sheet] = invent(3, count=1)
    sheet["milestones"][0]["text"] = " ".join(f"Stap {number} van de brug." for number in range(900))
    [reading] = read_sheets(make_pdf(tmp_path / "annex.pdf", [sheet]))
    assert differences([reading.as_dict()], [sheet]) == []
    source = reading.milestones[0].text.source.as_dict()
    assert source["page_to"] > source["page"]  # type: ignore[operator]


def test_every_value_has_a_source_and_a_confidence(tmp_path: Path) -> None:
    for reading in read_sheets(make_docx(tmp_path / "annex.docx", invent(5))):
        sheet = reading.as_dict()
        names = {*TEXT_FIELDS, "strategic_goals", "operational_goals"}
        assert set(sheet["source"]) == set(sheet["confidence"]) == names
        assert all(0 < value <= 1 for value in sheet["confidence"].values())
        for row in sheet["milestones"]:
            assert set(row["source"]) == set(row["confidence"]) == {"period", "text", "fte"}
            assert row["source"]["text"]["line_from"] <= row["source"]["text"]["line_to"]


def test_typed_values_stand_beside_the_words(tmp_path: Path) -> None:
    [sheet] = invent(6, count=1)
    sheet["budget"] = "2023: 40.000 euro 2024: 60.000 euro"
    sheet["milestones"][0]["fte"] = "+/- 2 VTE"
    [read] = [reading.as_dict() for reading in read_sheets(make_docx(tmp_path / "annex.docx", [sheet]))]
    assert [(amount["euro"], amount["year_from"]) for amount in read["amounts"]] == [
        ("40000.00", 2023),
        ("60000.00", 2024),
    ]
    assert read["budget"] == sheet["budget"]
    assert read["milestones"][0]["staff"] == [
        {"number": "2", "number_to": None, "unit": "fte", "about": True, "per": None, "printed": "+/- 2 VTE"}
    ]


def test_goals_of_headings_are_the_plans_own(tmp_path: Path) -> None:
    sheets = invent(7, count=2)
    sheets[0]["headings"] = ["SD 1: Bruggen verbinden alle wijken van de stad", "OD 1.1: We bouwen elk jaar een brug"]
    sheets[1]["goal_texts"]["operational_goals"] = "OD 1: We bouwen elk jaar een brug."
    reading = read_sheets(make_docx(tmp_path / "annex.docx", sheets))[1]
    [pair] = [pair for pair in reading.cited if pair.cited.code == "OD 1"]
    assert (pair.plan.code if pair.plan else None, pair.difference) == ("OD 1.1", "number")
    assert "goal_differs" in [finding.kind for finding in reading.findings]


def test_a_goal_without_a_code_is_a_finding(tmp_path: Path) -> None:
    [sheet] = invent(8, count=1)
    sheet["goal_texts"]["strategic_goals"] = "Bruggen verbinden alle wijken"
    [reading] = read_sheets(make_docx(tmp_path / "annex.docx", [sheet]))
    assert reading.goals["strategic_goals"] == []
    assert "no_goal_code" in [finding.kind for finding in reading.findings]


def test_a_table_without_milestones_is_a_finding(tmp_path: Path) -> None:
    [sheet] = invent(9, count=1)
    sheet["milestones"] = []
    [reading] = read_sheets(make_docx(tmp_path / "annex.docx", [sheet]))
    assert [finding.kind for finding in reading.findings if finding.field == "milestones"] == ["no_milestones"]


def test_three_kinds_of_files_are_read() -> None:
    assert set(READERS) == {".txt", ".pdf", ".docx"}


def test_the_command_reads_files_into_one_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = invent(10, count=2), invent(11, count=3)
    make_docx(tmp_path / "a.docx", first)
    make_pdf(tmp_path / "b.pdf", second)
    target = tmp_path / "out.json"
    call_command("sheets", "read", str(tmp_path / "a.docx"), str(tmp_path / "b.pdf"), "--json", str(target))
    sheets = json.loads(target.read_text(encoding="utf-8"))
    assert differences(sheets, first + second) == []
    assert [sheet["sequence"] for sheet in sheets] == [1, 2, 3, 4, 5]
    assert [sheet["document"] for sheet in sheets] == ["a.docx"] * 2 + ["b.pdf"] * 3
    said = capsys.readouterr().out
    assert said.startswith("5 sheets with ")
    assert "from 2 files" in said


def test_the_command_ends_with_a_status(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["sheets", "read", str(tmp_path / "none.txt"), "--json", str(tmp_path / "out.json")])
    assert ended.value.code == 2
    assert "there is no such file" in capsys.readouterr().err


def test_the_command_needs_to_know_where_to_write(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="--json"):
        call_command("sheets", "read", str(tmp_path / "a.txt"))

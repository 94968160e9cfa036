"""``draad term``: terms in Belgian working days."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from draad.methods.cli import run_command


def term(tmp_path: Path, *options: str) -> tuple[int, Any]:
    result = tmp_path / "out.json"
    status = run_command("term", [*options, "--json", str(result)])
    return status, json.loads(result.read_text()) if result.exists() else None


def test_twenty_working_days_after_a_question(tmp_path: Path) -> None:
    # 1 September 2023 is a Friday; no holiday falls in the four weeks after it.
    status, result = term(tmp_path, "--from", "2023-09-01", "--days", "20")
    assert status == 0
    assert (result["to"], result["working_days"], result["days_off"]) == ("2023-09-29", 20, [])


def test_holidays_and_further_days_off_lengthen_the_term_and_are_named(tmp_path: Path) -> None:
    # From Monday 30 October 2023: All Saints on Wednesday; Thursday is closed by the administration.
    _status, result = term(tmp_path, "--from", "2023-10-30", "--days", "3", "--closed", "2023-11-02")
    assert result["to"] == "2023-11-06"
    assert [day["date"] for day in result["days_off"]] == ["2023-11-01", "2023-11-02"]


def test_the_day_of_the_event_may_count(tmp_path: Path) -> None:
    assert term(tmp_path, "--from", "2023-09-01", "--days", "1", "--first-day-counts")[1]["to"] == "2023-09-01"


def test_working_days_between_two_days(tmp_path: Path) -> None:
    assert term(tmp_path, "--from", "2023-09-01", "--to", "2023-09-29")[1]["working_days"] == 20


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--from", "1 september", "--days", "20"], "--from"),
        (["--from", "2023-09-01", "--days", "0"], "--days"),
        (["--from", "2023-09-01", "--to", "2023-08-01"], "swap them"),
        (["--from", "2023-09-01", "--days", "2", "--closed", "x"], "--closed"),
    ],
)
def test_what_is_wrong_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], sentence: str
) -> None:
    status, result = term(tmp_path, *options)
    assert (status, result) == (2, None)
    assert sentence in capsys.readouterr().err


def test_a_term_needs_days_or_a_last_day(tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        term(tmp_path, "--from", "2023-09-01")

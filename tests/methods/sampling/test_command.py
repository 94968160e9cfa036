"""``draad sample``: a file of classes in, JSON out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from draad.methods.cli import run_command

CLASSES = "class,population,respondents\ncentrumstad,13,11\nstad,20,13\ngemeente,26,18\n"


def sample(tmp_path: Path, text: str, *options: str) -> tuple[int, Any]:
    source, result = tmp_path / "classes.csv", tmp_path / "out.json"
    source.write_text(text)
    status = run_command("sample", [str(source), "--json", str(result), *options])
    return status, json.loads(result.read_text()) if result.exists() else None


def test_response_and_spread_of_a_survey_of_everyone(tmp_path: Path) -> None:
    status, result = sample(tmp_path, CLASSES)
    assert status == 0
    assert result["response"] == {"invited": 59, "usable": 42, "rate": "0.711864", "non_response": "0.288136"}
    assert result["everyone_invited"] is True
    assert result["representativeness"]["method"] == "chi-square"
    assert result["representativeness"]["degrees"] == 2
    assert "share" not in result


def test_invitations_of_a_sample(tmp_path: Path) -> None:
    text = "class,population,invited,respondents\na,100,40,20\nb,100,40,25\n"
    _status, result = sample(tmp_path, text, "--count", "30")
    assert result["everyone_invited"] is False
    assert result["response"]["rate"] == "0.562500"
    share = result["share"]
    assert (share["count"], share["base"], share["percent"], share["presentation"]) == (30, 45, "67", "flagged")
    assert float(share["lower"]) < 30 / 45 < float(share["upper"])


@pytest.mark.parametrize(
    ("text", "options", "sentence"),
    [
        ("class,population,respondents\na,5,x\nb,5,1\n", [], "row 2"),
        ("class,population,respondents\na,5,1\n", [], "two classes"),
        ("class,population,invited,respondents\na,5,2,3\nb,5,5,1\n", [], "must hold"),
        (CLASSES, ["--count", "99"], "must hold"),
        (CLASSES, ["--count", "5", "--confidence", "95"], "no share between 0 and 1"),
        ("name,population\na,5\n", [], "class"),
    ],
)
def test_what_is_wrong_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, options: list[str], sentence: str
) -> None:
    status, result = sample(tmp_path, text, *options)
    assert (status, result) == (2, None)
    assert sentence.casefold() in capsys.readouterr().err.casefold()

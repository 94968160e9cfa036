"""``draad count``: files in, JSON out, sentences for what is wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from draad.methods.cli import run_command


def count(tmp_path: Path, text: str, *options: str) -> tuple[int, Any]:
    source, result = tmp_path / "values.csv", tmp_path / "out.json"
    source.write_text(text)
    status = run_command("count", [str(source), "--json", str(result), *options])
    return status, json.loads(result.read_text()) if result.exists() else None


def test_unique_persons_of_members(tmp_path: Path) -> None:
    status, result = count(tmp_path, "member,value\nGent,30\nMol,40\n", "--rule", "unique")
    assert status == 0
    assert result == {
        "rule": "unique",
        "groups": [
            {
                "group": "", "state": "number", "sum": "70", "lower": "40", "upper": "70", "figure": None,
                "at_least": False, "missing": [], "note": "",
            }
        ],
    }  # fmt: skip


def test_an_empty_cell_is_missing_and_zero_is_zero(tmp_path: Path) -> None:
    _status, result = count(tmp_path, "member;value\nGent;0\nMol;\n", "--rule", "additive")
    group = result["groups"][0]
    assert (group["sum"], group["at_least"], group["missing"], group["upper"]) == ("0", True, ["Mol"], None)


def test_groups_are_put_together_apart(tmp_path: Path) -> None:
    text = "group,member,value,state\nn,a,3,\nn,b,4,estimated\nz,a,100,\n"
    _status, result = count(tmp_path, text, "--rule", "additive")
    assert [(g["group"], g["figure"], g["state"]) for g in result["groups"]] == [
        ("n", "7", "estimated"),
        ("z", "100", "number"),
    ]


def test_overlaps_and_deductions(tmp_path: Path) -> None:
    overlaps = tmp_path / "overlaps.csv"
    overlaps.write_text("first,second,persons\nGent,Mol,25\n")
    text = "member,value\nGent,30\nMol,40\n"
    assert count(tmp_path, text, "--rule", "unique", "--overlaps", str(overlaps))[1]["groups"][0]["figure"] == "45"
    options = ["--rule", "unique", "--deduct", "10", "--method", "lists", "--reason", "one course"]
    deducted = count(tmp_path, text, *options)[1]["groups"][0]
    assert (deducted["figure"], deducted["note"]) == ("60", "lists: one course")


@pytest.mark.parametrize(
    ("text", "options", "sentence"),
    [
        ("member,value\nGent,x\n", [], "row 2"),
        ("member,value\nGent,1\nGent,2\n", [], "twice"),
        ("member,value,state\nGent,1,perhaps\n", [], "'perhaps' is no state"),
        ("member,value,state\nGent,1,missing\n", [], "has no number"),
        ("member,number\nGent,1\n", [], "value"),
        ("member,value\n", [], "no rows"),
        ("member,value\nGent,1\n", ["--deduct", "1"], "method and its reason"),
        ("group,member,value\na,Gent,1\nb,Mol,1\n", ["--population", "5"], "several"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, options: list[str], sentence: str
) -> None:
    status, result = count(tmp_path, text, "--rule", "unique", *options)
    assert (status, result) == (2, None)
    assert sentence.casefold() in capsys.readouterr().err.casefold()

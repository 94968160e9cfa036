"""``draad allocate``: files in, JSON out, sentences for what is wrong."""

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from draad.methods.cli import run_command

CLAIMS = """claim,applicant,amount,unit_amount,units,priority,minimum,maximum
G1,Gent,28600.00,650,44,1,,
G2,Gent,6000,60,100,2,600,
A1,Aalst,12000,60,,1,,9000
"""


def allocate(tmp_path: Path, text: str, *options: str) -> tuple[int, Any]:
    source, result = tmp_path / "claims.csv", tmp_path / "out.json"
    source.write_text(text, encoding="utf-8")
    status = run_command("allocate", [str(source), "--json", str(result), *options])
    return status, json.loads(result.read_text("utf-8")) if result.exists() else None


def refused(capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str, *options: str) -> str:
    status, result = allocate(tmp_path, text, *options)
    assert (status, result) == (2, None)
    return capsys.readouterr().err.strip()


def test_the_document_of_an_allocation(tmp_path: Path) -> None:
    status, result = allocate(
        tmp_path, CLAIMS, "--envelope", "40000.00", "--rule", "priority", "--within", "proportional"
    )
    assert status == 0
    assert list(result) == ["rule", "envelope", "claimed", "granted", "remainder", "awards", "note"]
    assert result == {
        "rule": "priority",
        "envelope": "40000.00",
        "claimed": "46600.00",
        "granted": "40000.00",
        "remainder": "0.00",
        "awards": [
            {"claim": "G1", "amount": "28600.00", "units": 44, "reason": "Priority 1: granted in full."},
            {"claim": "G2", "amount": "2400.00", "units": 40, "reason": "Priority 2: proportional, 40.00% of the claim."},
            {"claim": "A1", "amount": "9000.00", "units": 150, "reason": "Priority 1: the maximum of the claim decides."},
        ],
        "note": "The envelope is granted to the cent.",
    }  # fmt: skip


def test_whole_units(tmp_path: Path) -> None:
    _status, result = allocate(tmp_path, CLAIMS, "--envelope", "10000", "--rule", "cea", "--whole-units")
    assert [(a["amount"], a["units"]) for a in result["awards"]] == [("3250.00", 5), ("3360.00", 56), ("3360.00", 56)]
    assert (result["granted"], result["remainder"]) == ("9970.00", "30.00")


def test_standard_output_holds_nothing_but_the_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "claims.csv"
    source.write_text("claim;applicant;amount\nÉ1;Genk;10,50\n", encoding="utf-8")
    assert run_command("allocate", [str(source), "--envelope", "5", "--rule", "talmud"]) == 0
    output = capsys.readouterr()
    assert json.loads(output.out)["awards"][0]["claim"] == "É1"
    assert "É1" in output.out
    assert output.err == ""


def test_a_workbook_gives_what_the_csv_gives(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in CLAIMS.splitlines():
        cells = line.split(",")
        sheet.append([float(c) if c.replace(".", "").isdigit() else c or None for c in cells])
    book.save(tmp_path / "claims.xlsx")
    options = ["--envelope", "30000", "--rule", "priority", "--json"]
    assert run_command("allocate", [str(tmp_path / "claims.xlsx"), *options, str(tmp_path / "x.json")]) == 0
    _status, expected = allocate(tmp_path, CLAIMS, "--envelope", "30000", "--rule", "priority")
    assert json.loads((tmp_path / "x.json").read_text("utf-8")) == expected


def test_ceilings_for_all_and_for_some(tmp_path: Path) -> None:
    ceilings = tmp_path / "ceilings.csv"
    ceilings.write_text("applicant,ceiling\nGent,5000\n", encoding="utf-8")
    options = ["--envelope", "40000", "--rule", "cel", "--ceiling", "8000", "--ceilings", str(ceilings)]
    _status, result = allocate(tmp_path, CLAIMS, *options)
    awards = {award["claim"]: float(award["amount"]) for award in result["awards"]}
    assert awards["G1"] + awards["G2"] == 5000
    assert awards["A1"] == 8000
    assert result["remainder"] == "27000.00"


def test_together(tmp_path: Path) -> None:
    text = "claim,applicant,amount\nA1,A,100\nA2,A,100\nB1,B,200\n"
    _status, result = allocate(tmp_path, text, "--envelope", "150", "--rule", "cea", "--together")
    assert [award["amount"] for award in result["awards"]] == ["37.50", "37.50", "75.00"]


def test_comparison_beside_an_allocation_and_alone(tmp_path: Path) -> None:
    _status, both = allocate(tmp_path, CLAIMS, "--envelope", "40000", "--rule", "cea", "--compare")
    assert list(both)[:6] == ["rule", "envelope", "claimed", "granted", "remainder", "awards"]
    assert list(both)[-2:] == ["comparison", "side_by_side"]
    _status, alone = allocate(tmp_path, CLAIMS, "--envelope", "40000", "--compare")
    assert list(alone) == ["envelope", "claimed", "comparison", "side_by_side"]
    rules = [entry["rule"] for entry in alone["comparison"]]
    assert rules == ["proportional", "constrained_equal_awards", "constrained_equal_losses", "talmud", "priority"]
    line = alone["side_by_side"][2]
    assert (line["claim"], line["applicant"], line["amount"]) == ("A1", "Aalst", "12000.00")
    assert list(line["awards"]) == rules
    awards = {award["claim"]: award["amount"] for award in both["awards"]}
    assert awards == {entry["claim"]: entry["awards"]["constrained_equal_awards"] for entry in alone["side_by_side"]}
    measures = alone["comparison"][0]["claims"]
    assert measures["share_received"] == "0.858369"
    assert measures["nothing"] == 0
    assert "E" not in "".join(str(value) for value in measures.values() if value is not None)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("X,Mol,-5", "Row 5, column amount: -5 is negative; an amount is zero or more."),
        ("X,Mol,1.005", "Row 5, column amount: 1.005 has a thousand separator or three decimals; write for example 28600.00."),
        ("X,Mol,", "Row 5, column amount: there is no amount; give one in euro such as 28600.00, or 0 when it is zero."),
        ("G1,Mol,5", "Row 5, claim 'G1': the claim is named before in row 2; name each claim once."),
        ("X,,5", "Row 5, claim 'X': the claim and its applicant must both have a name."),
        ("X,Mol,5,2,3,1", "Row 5, claim 'X': 3 units of 2.00 are not the amount 5.00."),
        ("X,Mol,5,,,1.5", "Row 5, column priority: '1.5' is not a whole number of 1 or more."),
        ("X,Mol,5,,,0", "Row 5, column priority: '0' is not a whole number of 1 or more."),
        ("X,Mol,5,,x", "Row 5, column units: 'x' is not a number of zero or more, such as 12 or 12.5."),
        ("X,Mol,5", "Row 5, claim 'X': there is no priority; the rule priority needs one for every claim."),
        ("X,Mol,5,,,1,6", "Row 5, claim 'X': the minimum 6.00 is above the amount claimed, 5.00."),
        ("X,Mol,5,,,1,4,3", "Row 5, claim 'X': the minimum 4.00 is above the maximum 3.00."),
        ("X,Mol,5000,,,1,4000", "The minima sum to 4600.00, above the envelope 1000.00."),
    ],
)  # fmt: skip
def test_a_wrong_row_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str, sentence: str) -> None:
    text = CLAIMS + line + "," * (7 - line.count(",")) + "\n"
    error = refused(capsys, tmp_path, text, "--envelope", "1000", "--rule", "priority")
    assert error == f"draad allocate: {sentence}"


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--envelope", "1,000.00", "--rule", "cea"], "--envelope: 1,000.00 has a thousand separator"),
        (["--envelope", "-1", "--rule", "cea"], "--envelope: -1 is negative"),
        (["--envelope", "5", "--rule", "fair"], "Unknown rule 'fair'; the rules are proportional,"),
        (["--envelope", "5"], "Name the rule with --rule: proportional,"),
        (["--envelope", "5", "--rule", "cea", "--within", "cel"], "A rule within levels belongs to the rule priority"),
        (["--envelope", "5000", "--rule", "cea", "--ceiling", "x"], "--ceiling: 'x' is not an amount"),
        (
            ["--envelope", "5000", "--rule", "cea", "--ceiling", "5"],
            "Applicant 'Gent': the minima sum to 600.00, above",
        ),
    ],
)
def test_a_wrong_option_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], sentence: str
) -> None:
    assert refused(capsys, tmp_path, CLAIMS, *options).startswith(f"draad allocate: {sentence}")


def test_wrong_files_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--envelope", "5000", "--rule", "cea"]
    assert "Claims.csv: there are no claims under the heading." in refused(
        capsys, tmp_path, "claim,applicant,amount\n", *options
    )
    assert "unknown column bedrag" in refused(capsys, tmp_path, "claim,applicant,amount,bedrag\nA,B,1,2\n", *options)
    ceilings = tmp_path / "ceilings.csv"
    ceilings.write_text("applicant,ceiling\nGent,5\nGent,6\n", encoding="utf-8")
    error = refused(capsys, tmp_path, CLAIMS, *options, "--ceilings", str(ceilings))
    assert error == "draad allocate: Row 3, column applicant: 'Gent' has a ceiling before; give one."


def test_a_result_that_cannot_be_written_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "claims.csv"
    source.write_text(CLAIMS, encoding="utf-8")
    out = tmp_path / "none" / "out.json"
    assert run_command("allocate", [str(source), "--envelope", "5000", "--rule", "cea", "--json", str(out)]) == 2
    assert "the result cannot be written: No such file or directory." in capsys.readouterr().err

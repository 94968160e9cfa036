"""``draad split``: options in, JSON out, refusals in one sentence with exit code 2."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from draad.methods.cli import run_command

ROUND_1 = ("--from", "2022-10-01", "--to", "2023-09-30")
EVENTS = "date,weight,event\n2022-11-05,1.5,Evening\n2023-03-01,1,Fair\n2023-06-01,0.5,Walk\n"

Runner = Callable[..., dict[str, Any]]


@pytest.fixture
def split(tmp_path: Path) -> Runner:
    """Run the command with its result in a file and return the document."""

    def runner(*arguments: str) -> dict[str, Any]:
        out = tmp_path / "out.json"
        assert run_command("split", [*arguments, "--json", str(out)]) == 0
        document: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
        return document

    return runner


@pytest.fixture
def events(tmp_path: Path) -> str:
    """Return the path of a file of three events."""
    path = tmp_path / "events.csv"
    path.write_text(EVENTS, encoding="utf-8")
    return str(path)


def values(document: dict[str, Any], key: str = "amount") -> list[Any]:
    return [part[key] for part in document["parts"]]


def test_calendar_years_by_days(split: Runner) -> None:
    document = split("--amount", "28600.00", *ROUND_1, "--by", "days")
    assert values(document) == ["7208.77", "21391.23"]
    assert values(document, "period") == ["2022", "2023"]
    assert list(document) == ["amount", "from", "to", "by", "into", "weight", "parts"]


def test_days_and_years_are_what_is_taken_without_options(split: Runner) -> None:
    assert split("--amount", "28600", *ROUND_1) == split(
        "--amount", "28600.00", *ROUND_1, "--by", "days", "--into", "year"
    )


def test_months_into_quarters(split: Runner) -> None:
    document = split("--amount", "28600", *ROUND_1, "--by", "months", "--into", "quarter")
    assert values(document) == ["7150.00"] * 4
    assert values(document, "period") == ["2022-Q4", "2023-Q1", "2023-Q2", "2023-Q3"]


def test_days_into_months(split: Runner) -> None:
    document = split("--amount", "365", *ROUND_1, "--into", "month")
    assert values(document) == [f"{days}.00" for days in (31, 30, 31, 31, 28, 31, 30, 31, 30, 31, 31, 30)]


def test_a_count_gives_whole_numbers(split: Runner) -> None:
    document = split("--count", "80", *ROUND_1)
    assert document["count"] == 80
    assert values(document, "count") == [20, 60]


@pytest.mark.parametrize("by", [(), ("--by", "events")])
def test_a_file_of_events(split: Runner, events: str, by: tuple[str, ...]) -> None:
    document = split("--amount", "1000", *ROUND_1, "--events", events, *by)
    assert document["by"] == "events"
    assert values(document) == ["500.00", "500.00"]
    assert values(document, "reason")[0] == "1 of 3 events, weight 1.5 of 3"


def test_the_result_goes_to_standard_output_without_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command("split", ["--amount", "1", "--from", "2024-02-29", "--to", "2024-02-29"]) == 0
    assert values(json.loads(capsys.readouterr().out)) == ["1.00"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--amount", "28.600,00", *ROUND_1), "--amount: 28.600,00 has a thousand separator or three decimals"),
        (("--amount", "-5", *ROUND_1), "--amount: -5 is negative"),
        (("--amount", "1.005", *ROUND_1), "--amount: 1.005 has"),
        (("--count", "1.5", *ROUND_1), "--count: '1.5' is not a whole number"),
        (("--amount", "1", "--from", "1/10/2022", "--to", "2023-09-30"), "--from: '1/10/2022' is not a date"),
        (("--amount", "1", "--from", "2022-10-01", "--to", "2023-09-31"), "--to: '2023-09-31' is not a date"),
        (("--amount", "1", "--from", "2023-10-01", "--to", "2023-09-30"), "the interval ends on 2023-09-30, before"),
        (
            ("--amount", "1", *ROUND_1, "--by", "events"),
            "--by: to split by events, give their file with --events FILE.",
        ),
        (("--amount", "1", *ROUND_1, "--events", "none.csv"), "None.csv: the file cannot be read"),
        (
            ("--amount", "1", *ROUND_1, "--by", "days", "--events", "e.csv"),
            "--events: a file of events is not used when",
        ),
    ],
)
def test_what_is_refused(arguments: tuple[str, ...], sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command("split", arguments) == 2
    heard = capsys.readouterr()
    assert heard.err.startswith(f"draad split: {sentence}")
    assert heard.err.count("\n") == 1
    assert heard.out == ""


def test_an_event_outside_the_interval_names_its_row(events: str, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--amount", "1", "--from", "2022-10-01", "--to", "2023-05-31", "--events", events]
    assert run_command("split", arguments) == 2
    assert "Row 4 (Walk): 2023-06-01 lies outside the interval 2022-10-01 to 2023-05-31." in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ROUND_1,
        ("--amount", "1", "--count", "1", *ROUND_1),
        ("--amount", "1", *ROUND_1, "--into", "week"),
        ("--amount", "1", *ROUND_1, "--by", "weeks"),
        ("--amount", "1", "--from", "2022-10-01"),
    ],
)
def test_options_that_do_not_fit_are_refused(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        run_command("split", arguments)
    assert caught.value.code == 2
    assert "usage: draad split" in capsys.readouterr().err

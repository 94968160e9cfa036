"""What all commands share: dispatch, exit codes, errors on standard error, JSON out."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from draad.methods.cli import COMMANDS, run_command, write_json
from draad.methods.errors import MethodError


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_help_shows_usage_and_ends_well(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run_command(name, ["--help"])
    assert ended.value.code == 0
    assert f"usage: draad {name}" in capsys.readouterr().out


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_an_unknown_option_ends_with_two(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run_command(name, ["--no-such-option"])
    assert ended.value.code == 2
    assert f"draad {name}: error:" in capsys.readouterr().err


def test_a_wrong_file_ends_with_two_and_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "none.csv"
    assert run_command("allocate", [str(path), "--envelope", "1", "--rule", "cea"]) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err == f"draad allocate: {path}: the file cannot be read: No such file or directory.\n"


def test_documents_keep_their_order_and_their_letters(tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    write_json({"b": "é", "a": [1, None]}, str(path))
    assert path.read_bytes() == '{\n  "b": "é",\n  "a": [\n    1,\n    null\n  ]\n}\n'.encode()


def test_documents_go_to_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    write_json({"a": "1.00"}, "-")
    assert json.loads(capsys.readouterr().out) == {"a": "1.00"}


def test_amounts_must_be_text_before_they_are_written() -> None:
    with pytest.raises(TypeError, match="Decimal"):
        write_json({"amount": Decimal(1)}, "-")


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(MethodError, match=r"the result cannot be written: No such file or directory\."):
        write_json({}, str(tmp_path / "none" / "out.json"))

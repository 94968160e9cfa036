"""``draad protect`` and ``draad audit``: files in, JSON out, and errors that name the place."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from draad.methods.cli import run_command
from draad.methods.disclosure.reading import in_units

REGIONS = """region,sex,n
A,m,18
A,f,2
B,m,14
B,f,19
C,m,12
C,f,10
D,m,11
D,f,14
"""
LINKED = """region,sex,age,n
A,m,young,10
A,m,old,8
A,f,young,2
B,m,young,6
B,m,old,8
B,f,young,9
B,f,old,10
C,m,young,6
C,m,old,6
C,f,young,5
C,f,old,5
"""
MAP = "child,parent\nA,N\nB,N\nC,S\nD,S\n"
MONEY = """region,euro,n,top1,top2
A,100.50,4,90.25,5.00
B,300.00,9,60.00,50.00
C,250.75,8,60.00,50.00
"""

Write = Callable[[str, str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file and return its path."""

    def writer(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return writer


@pytest.fixture
def protect(tmp_path: Path, write: Write) -> Callable[..., dict[str, Any]]:
    """Run the command on a file of inner cells and return its document."""

    def runner(cells: str, *arguments: str) -> dict[str, Any]:
        out = tmp_path / "out.json"
        assert run_command("protect", [str(write("cells.csv", cells)), *arguments, "--json", str(out)]) == 0
        document: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
        return document

    return runner


def by_place(document: dict[str, Any], table: int = 0) -> dict[tuple[str, ...], dict[str, Any]]:
    """Return the cells of a table by the codes of their place."""
    return {tuple(cell["at"].values()): cell for cell in document["tables"][table]["cells"]}


def test_document_has_the_keys_in_order(protect: Callable[..., dict[str, Any]]) -> None:
    document = protect(REGIONS, "--value", "n", "--table", "region,sex", "--threshold", "3")

    assert list(document) == ["optimal", "gap", "cost", "primary", "secondary", "audit", "tables"]
    assert document["optimal"] is True
    assert document["gap"] == 0
    assert (document["cost"], document["primary"], document["secondary"]) == (40, 1, 3)
    assert document["audit"] == {"safe": True, "disclosed": []}
    (table,) = document["tables"]
    assert list(table) == ["dimensions", "cells"]
    assert table["dimensions"] == ["region", "sex"]
    assert list(table["cells"][0]) == ["at", "status", "value", "lower", "upper"]


def test_suppressed_cells_have_an_interval_and_no_value(protect: Callable[..., dict[str, Any]]) -> None:
    cells = by_place(protect(REGIONS, "--value", "n", "--table", "region,sex", "--threshold", "3"))

    assert cells["A", "f"] == {
        "at": {"region": "A", "sex": "f"},
        "status": "primary",
        "value": None,
        "lower": 0,
        "upper": 12,
    }
    assert cells["C", "m"]["status"] == "secondary"
    assert cells["*", "*"] == {
        "at": {"region": "*", "sex": "*"},
        "status": "open",
        "value": 100,
        "lower": 100,
        "upper": 100,
    }


def test_every_combination_and_margin_is_there_once(protect: Callable[..., dict[str, Any]]) -> None:
    document = protect(LINKED, "--value", "n", "--table", "region,sex", "--table", "region,age", "--threshold", "3")

    assert [len(table["cells"]) for table in document["tables"]] == [12, 12]
    assert all(len(by_place(document, number)) == 12 for number in (0, 1))
    assert by_place(document, 0)["A", "*"] == {**by_place(document, 1)["A", "*"], "at": {"region": "A", "sex": "*"}}


def test_parent_publishes_subtotals(protect: Callable[..., dict[str, Any]], write: Write) -> None:
    path = write("map.csv", MAP)
    arguments = ("--value", "n", "--table", "region,sex", "--threshold", "3", "--parent", f"region:zone={path}")
    document = protect(REGIONS, *arguments)
    places = [cell["at"] for cell in document["tables"][0]["cells"]]

    assert {"zone": "N", "sex": "m"} in places
    assert {"zone": "S", "sex": "*"} in places
    assert {"region": "*", "sex": "*"} in places
    assert len(places) == 7 * 3
    assert document["audit"]["safe"]
    # With subtotals the companion has to come from the same zone.
    assert document["cost"] == 18 + 14 + 19


def test_map_may_name_its_columns_as_the_levels(protect: Callable[..., dict[str, Any]], write: Write) -> None:
    path = write("map.csv", MAP.replace("child,parent", "region,zone"))
    arguments = ("--value", "n", "--table", "zone,sex", "--threshold", "3", "--parent", f"region:zone={path}")

    assert by_place(protect(REGIONS, *arguments))["N", "m"]["value"] == 32


def test_published_file_passes_the_audit_alone(
    protect: Callable[..., dict[str, Any]], write: Write, tmp_path: Path
) -> None:
    path, published, out = write("map.csv", MAP), tmp_path / "published.csv", tmp_path / "audit.json"
    parent = ("--parent", f"region:zone={path}")
    arguments = ("--value", "n", "--table", "region,sex", "--table", "region,age", "--threshold", "3", *parent)
    document = protect(LINKED, *arguments, "--published", str(published))
    assert run_command("audit", [str(published), *parent, "--json", str(out)]) == 0
    audited = json.loads(out.read_text(encoding="utf-8"))

    suppressed = {
        frozenset(cell["at"].items()): (cell["lower"], cell["upper"])
        for table in document["tables"]
        for cell in table["cells"]
        if cell["status"] != "open"
    }
    found = {
        frozenset(cell["at"].items()): (cell["lower"], cell["upper"])
        for table in audited["tables"]
        for cell in table["cells"]
        if cell["status"] == "suppressed"
    }
    assert audited["safe"]
    assert audited["suppressed"] == len(suppressed)
    assert found == suppressed


def test_published_file_does_not_tell_which_cell_is_small(
    protect: Callable[..., dict[str, Any]], tmp_path: Path
) -> None:
    published = tmp_path / "published.csv"
    protect(REGIONS, "--value", "n", "--table", "region,sex", "--threshold", "3", "--published", str(published))
    with published.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    assert len(rows) == 15
    assert [(row["region"], row["sex"]) for row in rows if not row["value"]] == [
        ("A", "m"),
        ("A", "f"),
        ("C", "m"),
        ("C", "f"),
    ]


@pytest.mark.parametrize(
    ("arguments", "cost"),
    [(("--cost", "number"), 3), (("--cost", "frequency"), 40), (("--percent", "100"), 40), (("--width", "12"), 40)],
)
def test_costs_and_intervals(protect: Callable[..., dict[str, Any]], arguments: tuple[str, ...], cost: int) -> None:
    document = protect(REGIONS, "--value", "n", "--table", "region,sex", "--threshold", "3", *arguments)

    assert document["cost"] == cost
    assert document["audit"]["safe"]


def test_time_limit_of_nothing_is_still_safe(protect: Callable[..., dict[str, Any]]) -> None:
    document = protect(REGIONS, "--value", "n", "--table", "region,sex", "--threshold", "3", "--time-limit", "0")

    assert document["audit"]["safe"]
    assert not document["optimal"]
    assert document["gap"] == 1


def test_euro_keep_their_cents(protect: Callable[..., dict[str, Any]]) -> None:
    arguments = ("--frequency", "n", "--largest", "top1,top2", "--p-percent", "10", "--rule-interval")
    document = protect(MONEY, "--value", "euro", "--table", "region", *arguments)
    cells = by_place(document)

    assert cells["A",]["status"] == "primary"
    assert cells["*",]["value"] == "651.25"
    assert document["cost"] == "250.75"
    assert float(cells["A",]["upper"]) >= 100.50 + 3.77


def test_dominance_and_pq_are_read(protect: Callable[..., dict[str, Any]]) -> None:
    common = ("--value", "euro", "--frequency", "n", "--largest", "top1,top2", "--table", "region")

    assert protect(MONEY, *common, "--dominance", "1,80")["primary"] == 1
    assert protect(MONEY, *common, "--pq", "10,50")["primary"] == 1


def test_rounding_is_the_alternative(protect: Callable[..., dict[str, Any]]) -> None:
    document = protect(REGIONS, "--value", "n", "--table", "region,sex", "--round", "5")
    cells = by_place(document)

    assert list(document) == ["optimal", "gap", "cost", "base", "steps", "tables"]
    assert all(cell["value"] % 5 == 0 for cell in cells.values())
    assert sum(cells[region, "m"]["value"] for region in "ABCD") == cells["*", "m"]["value"]
    assert cells["C", "f"]["value"] == 10
    assert all(cell["lower"] <= cell["value"] <= cell["upper"] for cell in cells.values())


def test_findings_go_to_standard_error(
    protect: Callable[..., dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    cells = "town,zone,sex,n\np,N,m,9\nq,N,m,8\nr,S,m,7\ns,S,m,6\np,N,f,5\nq,N,f,6\nr,S,f,7\ns,S,f,8\n"
    protect(cells, "--value", "n", "--table", "town,sex", "--table", "zone,sex", "--threshold", "3")

    assert "Every town lies in one zone" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("cells", "arguments", "message"),
    [
        (REGIONS, ("--table", "region,age", "--threshold", "3"), "missing column age"),
        (REGIONS, ("--table", "region,,sex", "--threshold", "3"), "empty name"),
        (REGIONS, ("--table", "region,sex"), "name at least one rule"),
        (REGIONS, ("--table", "region", "--threshold", "0"), "0 is too low"),
        (REGIONS, ("--table", "region", "--p-percent", "10"), "2 largest contributions"),
        (REGIONS, ("--table", "region", "--dominance", "3"), "not two numbers"),
        (REGIONS, ("--table", "region", "--dominance", "1.5,70"), "whole number of contributors"),
        (REGIONS, ("--table", "region", "--pq", "a,b"), "'a' is not a number"),
        (REGIONS, ("--table", "region", "--threshold", "3", "--parent", "region"), "not of the form"),
        (REGIONS.replace("18", "-18"), ("--table", "region", "--threshold", "3"), "ow 2, column n: '-18'"),
        (
            REGIONS.replace("B,f", "A,f"),
            ("--table", "region", "--threshold", "3"),
            "ow 5: these codes are in row 3 already",
        ),
        (REGIONS.replace("B,f", "B,"), ("--table", "region,sex", "--threshold", "3"), "ow 5, column sex: there is no"),
        (REGIONS.replace("B,f", "*,f"), ("--table", "region,sex", "--threshold", "3"), "ow 5, column region"),
        (REGIONS.replace("18", "1.5"), ("--table", "region", "--threshold", "3"), "are no counts"),
        (REGIONS.replace("18", "1.23456"), ("--table", "region", "--threshold", "3"), "more than 4 decimals"),
        (REGIONS.replace("18", "9999999999999"), ("--table", "region", "--threshold", "3"), "too large"),
        ("region,n\n", ("--table", "region", "--threshold", "3"), "no rows"),
    ],
)
def test_wrong_input_is_named(
    write: Write,
    capsys: pytest.CaptureFixture[str],
    cells: str,
    arguments: tuple[str, ...],
    message: str,
) -> None:
    code = run_command("protect", [str(write("cells.csv", cells)), "--value", "n", *arguments])

    assert code == 2
    assert message in capsys.readouterr().err


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        (MONEY.replace("90.25,5.00", "90.25,15.00"), "row 2, column euro: the largest contributions together"),
        (MONEY.replace("90.25,5.00", "5.00,90.25"), "row 2, column top1: give the largest contribution first"),
        (MONEY.replace("90.25,5.00", "90.25,"), "row 2: a large contribution is missing"),
        (MONEY.replace("100.50,4", "100.50,0"), "row 2, column n: there is a value but nobody"),
    ],
)
def test_contributors_must_fit_the_value(
    write: Write, capsys: pytest.CaptureFixture[str], cells: str, message: str
) -> None:
    arguments = ["--value", "euro", "--frequency", "n", "--largest", "top1,top2", "--table", "region"]

    assert run_command("protect", [str(write("cells.csv", cells)), *arguments, "--p-percent", "10"]) == 2
    assert message.lower() in capsys.readouterr().err.lower()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("child,parent\nA,N\nA,S\n", "region 'a' belongs to zone 'n' in an earlier row and to 's' here"),
        ("low,high\nA,N\n", "the columns are child and parent (or region and zone), not low, high"),
        ("child,parent\nA,N\n", "region 'b' has no zone"),
        ("child,parent\nA,\n", "there is no code"),
    ],
)
def test_wrong_maps_are_named(write: Write, capsys: pytest.CaptureFixture[str], text: str, message: str) -> None:
    arguments = [str(write("cells.csv", REGIONS)), "--value", "n", "--table", "region,sex", "--threshold", "3"]

    assert run_command("protect", [*arguments, "--parent", f"region:zone={write('map.csv', text)}"]) == 2
    assert message in capsys.readouterr().err.lower()


def test_audit_tells_what_is_disclosed(write: Write, tmp_path: Path) -> None:
    text = "region,sex,value\nA,m,x\nA,f,2\nA,*,20\nB,m,:\nB,f,c\nB,*,33\n*,m,32\n*,f,21\n*,*,53\n"
    out = tmp_path / "audit.json"
    assert run_command("audit", [str(write("published.csv", text)), "--json", str(out)]) == 1
    document = json.loads(out.read_text(encoding="utf-8"))

    assert list(document) == ["safe", "disclosed", "suppressed", "tables"]
    assert not document["safe"]
    assert document["disclosed"][0] == {
        "at": {"region": "A", "sex": "m"},
        "to": "outsider",
        "lower": 18,
        "upper": 18,
    }
    assert len(document["disclosed"]) == document["suppressed"] == 3


def test_audit_reads_several_tables_margins_left_empty_and_a_mark(write: Write, tmp_path: Path) -> None:
    text = "region;sex;age;n\nA;m;;geheim\nA;f;;geheim\nA;;;20\n;;old;15\n;;young;5\n;;;20\n"
    out = tmp_path / "audit.json"
    path = write("published.csv", text)
    assert run_command("audit", [str(path), "--value", "n", "--mark", "geheim", "--json", str(out)]) == 0
    document = json.loads(out.read_text(encoding="utf-8"))

    assert [table["dimensions"] for table in document["tables"]] == [["region", "sex"], ["age"]]
    assert document["safe"]


def test_audit_keeps_decimals_and_asks_a_width(write: Write, tmp_path: Path) -> None:
    path = write("published.csv", "region,value\nA,\nB,\nC,7.5\n*,10\n")
    out = tmp_path / "audit.json"

    assert run_command("audit", [str(path), "--width", "25", "--json", str(out)]) == 0
    assert run_command("audit", [str(path), "--width", "26", "--json", str(out)]) == 1
    document = json.loads(out.read_text(encoding="utf-8"))
    assert by_place(document)["A",]["upper"] == "2.5"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("value\n3\n", "no column with codes"),
        ("region,n\nA,3\n", "missing column value"),
        ("region,value\nA,drie\n", "'drie' is not a number"),
        ("region,value\nA,3\nB,4\n*,8\n", "add up to 7 but 8 is published"),
    ],
)
def test_wrong_published_tables_are_named(
    write: Write, capsys: pytest.CaptureFixture[str], text: str, message: str
) -> None:
    assert run_command("audit", [str(write("published.csv", text))]) == 2
    assert message in capsys.readouterr().err


def test_published_file_that_cannot_be_written_is_told(
    write: Write, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    arguments = [str(write("cells.csv", REGIONS)), "--value", "n", "--table", "region", "--threshold", "3"]

    assert run_command("protect", [*arguments, "--published", str(tmp_path / "none" / "p.csv")]) == 2
    assert "the tables cannot be written" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("value", "decimals", "text"), [(12, 0, 12), (1205, 2, "12.05"), (5, 1, "0.5"), (None, 2, None), (0, 2, "0.00")]
)
def test_values_in_their_own_unit(value: int | None, decimals: int, text: int | str | None) -> None:
    assert in_units(value, decimals) == text

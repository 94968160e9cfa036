"""``draad count``: the figure of several members together, for unique persons or units that add up."""

import argparse
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from draad.methods.cli import add_json_argument, write_json
from draad.methods.counting import Counting, Deduction, Overlap, Reported, RollUp, State, roll_up
from draad.methods.errors import MethodError
from draad.methods.tabular import parse_number, read_rows

HELP = "Put the values of members together: sum, bounds of the number of different persons, figure."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``draad count``."""
    parser.add_argument(
        "values", metavar="VALUES", type=Path, help="CSV or Excel: member, value, and if needed state, group"
    )
    parser.add_argument(
        "--rule", choices=[rule.value for rule in Counting], required=True, help="unique persons or units that add up"
    )
    parser.add_argument("--overlaps", type=Path, metavar="FILE", help="CSV or Excel: first, second, persons")
    parser.add_argument("--deduct", metavar="N", help="persons counted more than once")
    parser.add_argument("--method", default="", help="how the deduction was found")
    parser.add_argument("--reason", default="", help="why it holds here")
    parser.add_argument("--estimate", action="store_true", help="the deduction is an estimate")
    parser.add_argument("--population", metavar="N", help="persons who could be counted at all")
    add_json_argument(parser)


def run(options: argparse.Namespace) -> int:
    """Put the values together, per group when the file has groups, and write the result."""
    groups = _read_values(options.values)
    overlaps = _read_overlaps(options.overlaps) if options.overlaps else []
    deduction = _deduction(options)
    population = parse_number(options.population, "--population") if options.population else None
    if len(groups) > 1 and (overlaps or deduction or population is not None):
        raise MethodError("overlaps, a deduction and a population are for one group; the file has several.")
    rule = Counting(options.rule)
    document = {
        "rule": rule.value,
        "groups": [
            {
                "group": name,
                **_result(roll_up(values, rule, overlaps=overlaps, deduction=deduction, population=population)),
            }
            for name, values in groups.items()
        ],
    }
    write_json(document, options.json)
    return 0


def _read_values(path: Path) -> Mapping[str, dict[str, Reported]]:
    groups: dict[str, dict[str, Reported]] = {}
    for row in read_rows(path, ["member", "value"], ["state", "group"]):
        members = groups.setdefault(row.get("group"), {})
        if row["member"] in members:
            raise MethodError(f"{row['member']} stands in the file twice.", row.where("member"))
        members[row["member"]] = _reported(row["value"], row.get("state"), row.where("value"))
    if not groups:
        raise MethodError("there are no rows.", str(path))
    return groups


def _reported(value: str, state: str, where: str) -> Reported:
    """A cell as a reported value: without a state a number is a number, 0 is zero and an empty cell is missing."""
    known = [item.value for item in State]
    if state and state not in known:
        raise MethodError(f"{state!r} is no state; write {', '.join(known)}.", where)
    amount = parse_number(value, where) if value else None
    plain = State.MISSING if amount is None else State.ZERO if amount == 0 else State.NUMBER
    try:
        return Reported(State(state) if state else plain, amount)
    except MethodError as error:
        raise MethodError(error.message, where) from None


def _read_overlaps(path: Path) -> Sequence[Overlap]:
    rows = read_rows(path, ["first", "second", "persons"])
    return [Overlap(row["first"], row["second"], parse_number(row["persons"], row.where("persons"))) for row in rows]


def _deduction(options: argparse.Namespace) -> Deduction | None:
    if options.deduct is None:
        return None
    return Deduction(parse_number(options.deduct, "--deduct"), options.method, options.reason, options.estimate)


def _result(result: RollUp) -> dict[str, Any]:
    def text(value: Decimal | None) -> str | None:
        return None if value is None else format(value.normalize(), "f")

    return {
        "state": result.state.value,
        "sum": text(result.sum),
        "lower": text(result.lower),
        "upper": text(result.upper),
        "figure": text(result.figure),
        "at_least": result.at_least,
        "missing": list(result.missing),
        "note": result.note,
    }

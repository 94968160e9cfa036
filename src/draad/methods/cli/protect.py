"""``draad protect``: protect tables that are published together, by suppression or by rounding."""

import argparse
import sys
from fractions import Fraction
from pathlib import Path

from draad.methods.cli import add_json_argument, write_json
from draad.methods.disclosure.hierarchy import Hierarchy
from draad.methods.disclosure.inner import InnerCell, plan_publication
from draad.methods.disclosure.problem import Settings
from draad.methods.disclosure.protection import protect
from draad.methods.disclosure.reading import ValueColumns, columns_of, read_inner_cells, read_link
from draad.methods.disclosure.report import protection_document, rounding_document, write_published
from draad.methods.disclosure.rounding import round_tables, rounding_intervals
from draad.methods.disclosure.rules import Rules
from draad.methods.errors import MethodError

HELP = "Protect tables published together: suppress the fewest or cheapest cells that keep small ones unknown."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``draad protect``."""
    parser.add_argument("cells", metavar="CELLS", type=Path, help="CSV or Excel file of inner cells")
    parser.add_argument("--value", required=True, metavar="COLUMN", help="column of the figure to publish")
    parser.add_argument("--frequency", metavar="COLUMN", help="column of the number of contributors; else the value")
    parser.add_argument("--largest", metavar="COLUMNS", help="columns of the largest contributions, as top1,top2")
    parser.add_argument("--table", action="append", required=True, metavar="DIMENSIONS", help="as region,sex; repeat")
    add_hierarchy_argument(parser)
    _add_rules(parser)
    _add_protection(parser)
    parser.add_argument("--published", type=Path, metavar="CSV", help="also write the tables as they may be published")
    add_json_argument(parser)


def add_hierarchy_argument(parser: argparse.ArgumentParser) -> None:
    """Add ``--parent``."""
    text = "a level above a dimension, as municipality:province=MAP.csv with columns child,parent; repeat"
    parser.add_argument("--parent", action="append", default=[], metavar="CHILD:PARENT=MAP", help=text)


def _add_rules(parser: argparse.ArgumentParser) -> None:
    rules = parser.add_argument_group("which cells are too small (primary)")
    rules.add_argument("--threshold", type=int, metavar="N", help="fewer contributors than this are too few")
    rules.add_argument("--zeros", action="store_true", help="none at all is too few as well")
    rules.add_argument("--dominance", metavar="N,K", help="the N largest are more than K percent of the value")
    rules.add_argument("--p-percent", metavar="P", help="the rest is less than P percent of the largest")
    rules.add_argument("--pq", metavar="P,Q", help="the same when rivals know contributions to within Q percent")
    rules.add_argument("--group-disclosure", action="store_true", help="one cell holds the whole of its margin")


def _add_protection(parser: argparse.ArgumentParser) -> None:
    options = parser.add_argument_group("how they are protected")
    options.add_argument(
        "--cost", choices=["value", "frequency", "number"], default="value", help="what is kept small"
    )
    options.add_argument("--width", type=int, default=1, help="highest less lowest possible value, at least (1)")
    options.add_argument("--percent", default="0", metavar="P", help="P percent below and above must stay possible")
    options.add_argument("--rule-interval", action="store_true", help="the upper protection level of the rule applies")
    options.add_argument("--singletons", action="store_true", help="also against a contributor who is alone in a cell")
    options.add_argument("--hide-zeros", action="store_true", help="zeros may be suppressed as well")
    options.add_argument("--lowest", type=int, default=0, help="least value outsiders assume: 0, or 1 if zeros show")
    options.add_argument("--time-limit", type=float, metavar="SECONDS", help="then the best safe tables found so far")
    options.add_argument("--round", type=int, metavar="BASE", help="round to multiples instead of suppressing")
    options.add_argument("--steps", type=int, default=0, help="extra multiples allowed when rounding (0)")


def run(options: argparse.Namespace) -> int:
    """Protect the tables, write the result, and return 0; findings go to standard error."""
    tables = [_names(table, "table") for table in options.table]
    hierarchy = read_hierarchy(options.parent)
    inner, decimals = _read(options, tables, hierarchy)
    if options.round is None:
        document = _suppressed(options, inner, tables, hierarchy, decimals)
    else:
        document = _rounded(options, inner, tables, hierarchy, decimals)
    if options.published:
        write_published(document, options.published)
    write_json(document, options.json)
    return 0


def read_hierarchy(parents: list[str]) -> Hierarchy:
    """Return the hierarchy of the ``--parent`` arguments; raises MethodError when one is not understood."""
    links = []
    for text in parents:
        levels, _, path = text.partition("=")
        child, _, parent = (part.strip() for part in levels.partition(":"))
        if not (child and parent and path):
            raise MethodError(f"'{text}' is not of the form municipality:province=MAP.csv.", "--parent")
        links.append(read_link(Path(path), child, parent))
    return Hierarchy(tuple(links))


def _names(text: str, option: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(","))
    if not all(names):
        raise MethodError(f"'{text}' has an empty name; separate names by one comma, as region,sex.", f"--{option}")
    return names


def _read(
    options: argparse.Namespace, tables: list[tuple[str, ...]], hierarchy: Hierarchy
) -> tuple[list[InnerCell], int]:
    largest = _names(options.largest, "largest") if options.largest else ()
    columns = ValueColumns(options.value, options.frequency, largest)
    present = columns_of(options.cells)
    named = dict.fromkeys(name for table in tables for name in table)
    levels = {link.parent for link in hierarchy.links}
    below = [link.child for link in hierarchy.links if link.child not in levels or link.child in present]
    wanted = [*(name for name in named if name in present or name not in levels), *below]
    return read_inner_cells(options.cells, columns, list(dict.fromkeys(wanted)))


def _suppressed(
    options: argparse.Namespace,
    inner: list[InnerCell],
    tables: list[tuple[str, ...]],
    hierarchy: Hierarchy,
    decimals: int,
) -> dict[str, object]:
    settings = Settings(
        _rules(options),
        options.cost,
        options.width,
        _number(options.percent, "percent"),
        options.rule_interval,
        options.singletons,
        options.hide_zeros,
        options.lowest,
    )
    protection = protect(inner, tables, settings, hierarchy, options.time_limit)
    for finding in protection.findings:
        print(f"draad protect: {finding}", file=sys.stderr)  # noqa: T201 (the command's own voice)
    return protection_document(protection, decimals, cost_in_values=options.cost == "value")


def _rounded(
    options: argparse.Namespace,
    inner: list[InnerCell],
    tables: list[tuple[str, ...]],
    hierarchy: Hierarchy,
    decimals: int,
) -> dict[str, object]:
    publication = plan_publication(inner, tables, hierarchy)
    base = options.round * 10**decimals
    rounding = round_tables(publication, base, options.steps, options.time_limit)
    intervals = rounding_intervals(publication, rounding.rounded, base, options.steps)
    return rounding_document(publication, rounding, intervals, decimals)


def _rules(options: argparse.Namespace) -> Rules:
    dominance = _pair(options.dominance, "dominance") if options.dominance else None
    if dominance and dominance[0].denominator != 1:
        raise MethodError("n is a whole number of contributors, as in 3,75.", "--dominance")
    rules = Rules(
        options.threshold,
        options.zeros,
        (int(dominance[0]), dominance[1]) if dominance else None,
        _number(options.p_percent, "p-percent") if options.p_percent else None,
        _pair(options.pq, "pq") if options.pq else None,
        options.group_disclosure,
    )
    if rules == Rules():
        raise MethodError("name at least one rule, such as --threshold 3.", "rules")
    columns = len(options.largest.split(",")) if options.largest else 0
    if columns < rules.contributions_needed:
        message = f"this rule needs the {rules.contributions_needed} largest contributions; name their columns."
        raise MethodError(message, "--largest")
    return rules


def _pair(text: str, option: str) -> tuple[Fraction, Fraction]:
    parts = text.split(",")
    if len(parts) != 2:
        raise MethodError(f"'{text}' is not two numbers, as in 3,75.", f"--{option}")
    return _number(parts[0], option), _number(parts[1], option)


def _number(text: str, option: str) -> Fraction:
    try:
        return Fraction(text.strip())
    except (ValueError, ZeroDivisionError):
        raise MethodError(f"'{text}' is not a number.", f"--{option}") from None

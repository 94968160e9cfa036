"""``draad audit``: what published tables with suppressed cells give away."""

import argparse
from pathlib import Path

from draad.methods.cli import add_json_argument, write_json
from draad.methods.cli.protect import add_hierarchy_argument, read_hierarchy
from draad.methods.disclosure.published import audit_published
from draad.methods.disclosure.reading import read_published
from draad.methods.disclosure.report import audit_document

HELP = "Audit published tables: the exact lowest and highest possible value of every suppressed cell."
DISCLOSED = 1
"""Exit code when the tables give a suppressed cell away."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``draad audit``."""
    parser.add_argument("published", metavar="PUBLISHED", type=Path, help="CSV or Excel file of all published cells")
    parser.add_argument("--value", default="value", metavar="COLUMN", help="column of the published value (value)")
    parser.add_argument("--mark", help="how a suppressed value is written, besides empty, x, c and :")
    add_hierarchy_argument(parser)
    parser.add_argument("--width", type=int, default=1, help="highest less lowest possible value, at least (1)")
    parser.add_argument("--lowest", type=int, default=0, help="least value of a suppressed cell that outsiders assume")
    add_json_argument(parser)


def run(options: argparse.Namespace) -> int:
    """Audit the tables and write the result; return 0 when they are safe and 1 when they disclose a cell."""
    cells, decimals = read_published(options.published, options.value, options.mark)
    hierarchy = read_hierarchy(options.parent)
    layout, shown, found = audit_published(cells, hierarchy, lowest=options.lowest, width=options.width)
    write_json(audit_document(layout, shown, found, decimals), options.json)
    return 0 if found.safe else DISCLOSED

"""``draad split``: split an amount or a count over calendar years, quarters or months."""

import argparse
from pathlib import Path

from draad.methods.cli import add_json_argument, write_json
from draad.methods.errors import MethodError
from draad.methods.periods import (
    By,
    Division,
    Interval,
    Unit,
    by_days,
    by_events,
    by_months,
    read_events,
    split_amount,
    split_count,
    split_document,
)
from draad.methods.rounding import euro
from draad.methods.tabular import parse_cents, parse_date, parse_whole

HELP = "Split an amount or a count over calendar years, quarters or months, so that the parts add up."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``draad split``."""
    total = parser.add_mutually_exclusive_group(required=True)
    total.add_argument("--amount", metavar="EURO", help="amount to split, such as 28600.00")
    total.add_argument("--count", metavar="N", help="whole units to split, such as persons")
    parser.add_argument("--from", dest="first", required=True, metavar="DATE", help="first day, such as 2022-10-01")
    parser.add_argument("--to", dest="last", required=True, metavar="DATE", help="last day, included")
    parser.add_argument(
        "--by", choices=[by.value for by in By], help="what is counted; days, or events when there is a file of them"
    )
    parser.add_argument("--into", choices=[unit.value for unit in Unit], default="year", help="calendar unit (year)")
    text = "CSV or Excel file with the column date and optionally weight and event"
    parser.add_argument("--events", type=Path, metavar="FILE", help=text)
    add_json_argument(parser)


def run(options: argparse.Namespace) -> int:
    """Split the total, write the result and return 0."""
    division = _divide(options)
    if options.amount is not None:
        amount = euro(parse_cents(options.amount, "--amount"))
        document = split_document(split_amount(amount, division))
    else:
        document = split_document(split_count(parse_whole(options.count, "--count"), division))
    write_json(document, options.json)
    return 0


def _divide(options: argparse.Namespace) -> Division:
    by = By(options.by) if options.by else By.EVENTS if options.events else By.DAYS
    if by is By.EVENTS and not options.events:
        raise MethodError("to split by events, give their file with --events FILE.", "--by")
    if options.events and by is not By.EVENTS:
        raise MethodError(f"a file of events is not used when splitting by {by}; leave one of them out.", "--events")
    interval = Interval(parse_date(options.first, "--from"), parse_date(options.last, "--to"))
    into = Unit(options.into)
    if by is By.EVENTS:
        return by_events(interval, read_events(options.events), into)
    return by_days(interval, into) if by is By.DAYS else by_months(interval, into)

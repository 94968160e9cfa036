"""``draad term``: the last day of a term in working days, or the working days between two days."""

import argparse
from datetime import date

from draad.methods.cli import add_json_argument, write_json
from draad.methods.errors import MethodError
from draad.methods.holidays import add_working_days, public_holidays, working_days_between
from draad.methods.tabular import parse_date, parse_whole

HELP = "The last day of a term in Belgian working days, or the working days between two days."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``draad term``."""
    parser.add_argument(
        "--from", dest="first", required=True, metavar="DATE", help="day of the event, such as 2023-09-01"
    )
    end = parser.add_mutually_exclusive_group(required=True)
    end.add_argument("--days", metavar="N", help="working days of the term, such as 20")
    end.add_argument("--to", dest="last", metavar="DATE", help="last day; gives the working days up to it")
    parser.add_argument(
        "--first-day-counts", action="store_true", help="the day of the event is the first of the term"
    )
    parser.add_argument("--closed", action="append", default=[], metavar="DATE", help="a further day off; repeat")
    add_json_argument(parser)


def run(options: argparse.Namespace) -> int:
    """Compute the term, write it with the holidays that fall in it, and return 0."""
    first = parse_date(options.first, "--from")
    closed = frozenset(parse_date(day, "--closed") for day in options.closed)
    counts = bool(options.first_day_counts)
    if options.days is not None:
        days = parse_whole(options.days, "--days", smallest=1)
        last = add_working_days(first, days, first_day_counts=counts, closed=closed)
    else:
        last = parse_date(options.last, "--to")
        if last < first:
            raise MethodError(f"the last day {last} is before the first day {first}; swap them.", "--to")
        days = working_days_between(first, last, first_day_counts=counts, closed=closed)
    document = {
        "from": first.isoformat(),
        "to": last.isoformat(),
        "working_days": days,
        "first_day_counts": counts,
        "days_off": [{"date": day.isoformat(), "name": name} for day, name in _days_off(first, last, closed)],
    }
    write_json(document, options.json)
    return 0


def _days_off(first: date, last: date, closed: frozenset[date]) -> list[tuple[date, str]]:
    """The public holidays and further days off within the term, in order."""
    known = {h.day: h.name for year in range(first.year, last.year + 1) for h in public_holidays(year)}
    named = {**dict.fromkeys(closed, "closed"), **known}
    return sorted((day, name) for day, name in named.items() if first <= day <= last)

"""Read dated events from a CSV or Excel file."""

from fractions import Fraction
from pathlib import Path

from draad.methods.errors import MethodError
from draad.methods.periods.division import Event
from draad.methods.tabular import Row, parse_date, parse_number, read_rows


def read_events(path: Path) -> list[Event]:
    """Return the events of a file with the column ``date`` and optionally ``weight`` and ``event`` (what it was).

    Without the column ``weight`` every event weighs 1. Raises MethodError that names the row for a date or weight that
    cannot be read; a weight that is left empty is not taken for one.
    """
    return [_event(row) for row in read_rows(path, ["date"], ["weight", "event"])]


def _event(row: Row) -> Event:
    label = f" ({row.get('event')})" if row.get("event") else ""
    day = parse_date(row["date"], row.where("date") + label)
    where = row.where() + label
    if "weight" not in row.cells:
        return Event(day, where=where)
    if not row["weight"]:
        raise MethodError("there is no weight; give one, or 0 when the event does not count.", where)
    return Event(day, Fraction(parse_number(row["weight"], row.where("weight") + label)), where)

"""The results of disclosure control as JSON documents and as a file to publish."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from draad.methods.disclosure.audit import Audit, Interval
from draad.methods.disclosure.inner import Publication
from draad.methods.disclosure.layout import ANY, Layout, Place
from draad.methods.disclosure.protection import Protection
from draad.methods.disclosure.reading import in_units
from draad.methods.disclosure.rounding import Rounding
from draad.methods.errors import MethodError


def protection_document(protection: Protection, decimals: int, *, cost_in_values: bool) -> dict[str, Any]:
    """Return the protected tables as a document; a suppressed cell has no value, only its interval.

    ``cost_in_values`` says that the cost is a sum of values, with their decimals, and not of contributors or cells.
    """
    layout, pattern = protection.publication.layout, protection.pattern
    return {
        "optimal": pattern.optimal,
        "gap": round(pattern.gap, 6),
        "cost": in_units(pattern.cost, decimals if cost_in_values else 0),
        "primary": len(protection.primary),
        "secondary": len(protection.secondary),
        "audit": _audit_part(layout, protection.audit, decimals),
        "tables": [
            {"dimensions": list(dimensions), "cells": [_protected(place, protection, decimals) for place in places]}
            for dimensions, places in layout.tables
        ],
    }


def _protected(place: Place, protection: Protection, decimals: int) -> dict[str, Any]:
    status = "primary" if place.cell in protection.primary else "open"
    status = "secondary" if place.cell in protection.secondary else status
    value = None if status != "open" else protection.publication.totals.value[place.cell]
    return _cell(place, status, value, protection.audit.intervals, decimals)


def _cell(
    place: Place, status: str, value: int | None, intervals: Mapping[int, Interval], decimals: int
) -> dict[str, Any]:
    interval = intervals[place.cell] if value is None else Interval(value, value)
    return {
        "at": place.at,
        "status": status,
        "value": in_units(value, decimals),
        "lower": in_units(interval.lower, decimals),
        "upper": in_units(interval.upper, decimals),
    }


def _audit_part(layout: Layout, audit: Audit, decimals: int) -> dict[str, Any]:
    outsiders = [
        {
            "at": dict(sorted(layout.keys[cell])),
            "to": "outsider",
            "lower": in_units(audit.intervals[cell].lower, decimals),
            "upper": in_units(audit.intervals[cell].upper, decimals),
        }
        for cell in audit.disclosed
    ]
    insiders = [
        {"at": dict(sorted(layout.keys[cell])), "to": f"the contributor alone in {layout.name(known[0])}"}
        for known, cell in audit.known_to_insiders
    ]
    return {"safe": audit.safe, "disclosed": [*outsiders, *insiders]}


def audit_document(layout: Layout, shown: Mapping[int, int], audit: Audit, decimals: int) -> dict[str, Any]:
    """Return the audit of published tables as a document."""
    return {
        **_audit_part(layout, audit, decimals),
        "suppressed": len(audit.intervals),
        "tables": [
            {
                "dimensions": list(dimensions),
                "cells": [
                    _cell(
                        place,
                        "open" if place.cell in shown else "suppressed",
                        shown.get(place.cell),
                        audit.intervals,
                        decimals,
                    )
                    for place in places
                    if not layout.hidden[place.cell]
                ],
            }
            for dimensions, places in layout.tables
        ],
    }


def rounding_document(
    publication: Publication, rounding: Rounding, intervals: Sequence[Interval], decimals: int
) -> dict[str, Any]:
    """Return the rounded tables as a document; lower and upper bound the true value behind each."""
    known = dict(enumerate(intervals))
    tables = []
    for dimensions, places in publication.layout.tables:
        cells = [
            {
                "at": place.at,
                "status": "rounded",
                "value": in_units(rounding.rounded[place.cell], decimals),
                "lower": in_units(known[place.cell].lower, decimals),
                "upper": in_units(known[place.cell].upper, decimals),
            }
            for place in places
        ]
        tables.append({"dimensions": list(dimensions), "cells": cells})
    return {
        "optimal": rounding.optimal,
        "gap": round(rounding.gap, 6),
        "cost": in_units(rounding.cost, decimals),
        "base": in_units(rounding.base, decimals),
        "steps": rounding.steps,
        "tables": tables,
    }


def write_published(document: Mapping[str, Any], path: Path) -> None:
    """Write the tables of a document as one CSV to publish: a column per dimension or level, and the value.

    Suppressed values are empty, and primary and secondary cells look the same: the difference would tell outsiders
    that a value is small. A cell that stands in two tables is written once. Raises MethodError when it cannot be
    written.
    """
    cells = list(_published_cells(document["tables"]))
    columns = list(dict.fromkeys(level for at, _ in cells for level in at))
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow([*columns, "value"])
            writer.writerows([*(at.get(column, ANY) for column in columns), value] for at, value in cells)
    except OSError as error:
        raise MethodError(f"the tables cannot be written: {error.strerror}.", str(path)) from None


def _published_cells(tables: Iterable[Mapping[str, Any]]) -> Iterator[tuple[dict[str, str], object]]:
    seen = set()
    for table in tables:
        for cell in table["cells"]:
            key = frozenset((level, code) for level, code in cell["at"].items() if code != ANY)
            if key not in seen:
                seen.add(key)
                yield cell["at"], "" if cell["value"] is None else cell["value"]

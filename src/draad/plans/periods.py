"""The period of a milestone as days: “2018” is the whole year, “2018 (voorjaar)” too, “2016 -2018” three years."""

from __future__ import annotations

import re
from datetime import date

YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
SHORT_END = re.compile(r"(?P<first>(?:19|20)\d\d)\s*[-–/]\s*(?P<end>\d\d)(?!\d)")


def days_of(period: str) -> tuple[date | None, date | None]:
    """First and last day of the years that a period names; (None, None) when it names none.

    Parts of a year, such as a season, count as the year: a milestone is late only when its year is over.
    """
    years = [int(found) for found in YEAR.findall(period)]
    short = SHORT_END.search(period)
    if short:
        years.append(int(short["first"][:2] + short["end"]))
    if not years or max(years) < min(years):
        return None, None
    return date(min(years), 1, 1), date(max(years), 12, 31)

"""Split an amount or a count over calendar years, quarters or months from a closed interval of dates.

Choose what counts (``by_days``, ``by_months``, ``by_events``), then split with ``split_amount`` or ``split_count``.
"""

from draad.methods.periods.division import By, Division, Event, Period, by_days, by_events, by_months
from draad.methods.periods.interval import Interval, Unit
from draad.methods.periods.reading import read_events
from draad.methods.periods.report import explanation, split_document
from draad.methods.periods.splitting import Part, Split, split_amount, split_count

__all__ = [
    "By",
    "Division",
    "Event",
    "Interval",
    "Part",
    "Period",
    "Split",
    "Unit",
    "by_days",
    "by_events",
    "by_months",
    "explanation",
    "read_events",
    "split_amount",
    "split_count",
    "split_document",
]

"""Periods: both ends inclusive, an unknown end is open."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.db.models.expressions import Combinable


def valid_on(on: date | Combinable, prefix: str = "") -> Q:
    """The condition that a period holds ``on``; unknown ends are open.

    Args:
        on: a day in Brussels, or an expression that gives one.
        prefix: path to the table that has the period, such as ``jurisdictions__``.
    """
    start, end = f"{prefix}valid_from", f"{prefix}valid_to"
    return (Q(**{f"{start}__isnull": True}) | Q(**{f"{start}__lte": on})) & (
        Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gte": on})
    )


def holds(valid_from: date | None, valid_to: date | None, on: date) -> bool:
    """Whether a period that was already read holds ``on``."""
    return (valid_from is None or valid_from <= on) and (valid_to is None or valid_to >= on)

"""A split told in words and as a JSON document."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from draad.methods.periods.division import By, Division, Period
from draad.methods.periods.splitting import Part, Split


def explanation(part: Part[Decimal] | Part[int], division: Division) -> str:
    """Return in English what was counted for the part and how it was rounded.

    Such as ``92 of 365 days; rounded up`` or ``2 of 3 events, weight 4.5 of 12``.
    """
    difference = Fraction(part.value) - part.exact
    if difference == 0:
        return _counted(part.period, division)
    return f"{_counted(part.period, division)}; rounded {'up' if difference > 0 else 'down'}"


def _counted(period: Period, division: Division) -> str:
    weighed = f"{number(period.weight)} of {number(division.weight)}"
    if division.by is not By.EVENTS:
        return f"{weighed} {division.by}"
    total = sum(each.events or 0 for each in division.periods)
    counted = f"{period.events} of {total} events"
    unweighted = all(each.weight == each.events for each in division.periods)
    return counted if unweighted else f"{counted}, weight {weighed}"


def number(value: Fraction) -> str:
    """Return an exact number of zero or more as text: ``92``, ``4.5`` with at most four decimals, else ``3 17/31``."""
    whole, rest = divmod(value, 1)
    if 10_000 % rest.denominator == 0:
        decimals = f"{int(rest * 10_000):04}".rstrip("0")
        return f"{whole}.{decimals}" if decimals else str(whole)
    return f"{whole} {rest}" if whole else str(rest)


def split_document(split: Split[Decimal] | Split[int]) -> dict[str, Any]:
    """Return the split as a JSON document; amounts are text with two decimals, counts are whole numbers."""
    division = split.division
    measure = "amount" if isinstance(split.total, Decimal) else "count"
    return {
        measure: _shown(split.total),
        "from": division.interval.first.isoformat(),
        "to": division.interval.last.isoformat(),
        "by": division.by.value,
        "into": division.into.value,
        "weight": number(division.weight),
        "parts": [
            {
                "period": part.period.name,
                "from": part.period.interval.first.isoformat(),
                "to": part.period.interval.last.isoformat(),
                measure: _shown(part.value),
                "weight": number(part.period.weight),
                "reason": explanation(part, division),
            }
            for part in split.parts
        ],
    }


def _shown(value: Decimal | int) -> str | int:
    return f"{value:.2f}" if isinstance(value, Decimal) else value

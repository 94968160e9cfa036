"""Which cells of a table head others: labels stand before one value, a period before the whole row of a milestone."""

from __future__ import annotations

from draad.plans.reading.labels import STYLES
from draad.plans.reading.periods import PERIOD

WHOLE_ROW = 99
"""More cells than a row has."""
ALONE = {"verantwoordelijken", "betrokkenen", "mijlpalen", "kabinet", "raming"}
"""Labels, or first words of labels, that tables print in a cell of their own."""


def followers(text: str) -> int:
    """How many cells after one with this text belong to it: 1 after a label, all after a period, else 0."""
    bare = " ".join(text.split())
    if PERIOD.fullmatch(bare):
        return WHOLE_ROW
    return int(bare.casefold() in ALONE or any(style.pattern.fullmatch(bare) for style in STYLES.values()))

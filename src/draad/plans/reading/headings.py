"""Which cells of a table head others: labels stand before one value, a period before the whole row of a milestone.

And what heads the parts of a document of Draad's own that are no sheet.
"""

from __future__ import annotations

import re

from draad.plans.reading.labels import STYLES
from draad.plans.reading.periods import PERIOD

WHOLE_ROW = 99
"""More cells than a row has."""
ALONE = {"verantwoordelijken", "betrokkenen", "mijlpalen", "kabinet", "raming"}
"""Labels, or first words of labels, that tables print in a cell of their own."""

FIRST_COLUMNS = {"mijlpaal of indicator", "milestone or indicator", "jaar", "year"}
"""What heads the first column of the tables that Draad prints below a sheet."""
ENDING = re.compile(
    r"^\s*(?:(?:Voortgang|Progress) in (?:19|20)\d\d|Budget (?:per jaar|per year)"
    r"|Zonder operationele doelstelling|Without operational goal)\s*$"
)
"""Lines outside tables with which Draad ends a sheet: headings of what is printed below it or before the next."""


def followers(text: str) -> int:
    """How many cells after one with this text belong to it: 1 after a label, all after a period or what heads a first
    column, else 0."""
    bare = " ".join(text.split())
    if PERIOD.fullmatch(bare) or bare.casefold() in FIRST_COLUMNS:
        return WHOLE_ROW
    return int(bare.casefold() in ALONE or any(style.pattern.fullmatch(bare) for style in STYLES.values()))

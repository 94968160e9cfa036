"""The labels that the house style of an action sheet prints, in the order in which they are read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import IntEnum


class Label(IntEnum):
    """One printed label; the number is its place in the reading order of a sheet."""

    TITLE = 0
    BUDGET = 1
    STRATEGIC_GOALS = 2
    EFFECT_INDICATOR = 3
    OPERATIONAL_GOALS = 4
    RESPONSIBLE_CABINETS = 5
    OUTPUT_INDICATOR = 6
    TARGET = 7
    RESPONSIBLE_ADMINISTRATIONS = 8
    INVOLVED_CABINETS = 9
    INVOLVED_ADMINISTRATIONS = 10
    OTHER_PARTNERS = 11
    EXPLANATION = 12
    MILESTONES = 13

    @property
    def field(self) -> str:
        """Name of the field in the reading: ``RESPONSIBLE_CABINETS`` is ``responsible_cabinets``."""
        return self.name.lower()


@dataclass(frozen=True)
class LabelStyle:
    """How a label is printed.

    Args:
        words: the label as the template prints it; letters may be torn apart by the end of a line.
        endings: other endings of the last word, such as a plural.
        inside: whether a line may begin with the value of another box and go on with this label.
    """

    words: str
    endings: tuple[str, ...] = ()
    inside: bool = False
    pattern: re.Pattern[str] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "pattern", _torn(self.words, self.endings))


TORN = r"[ \t]*-?\s*"
"""What may stand between two letters of a label: the end of a line, with or without a hyphen."""
SMALL_WORDS = r"(?:(?:van|voor|bij|de|het)\s+)*"
"""What people put between the words of a label: “Duiding bij de maatregel”."""


def _torn(words: str, endings: tuple[str, ...]) -> re.Pattern[str]:
    """The words with white space, line ends and a hyphen allowed between letters, any case, as whole words.

    A word in -en stands for its singular in -e as well (“verantwoordelijke”), and small words may come between.
    """
    parts = []
    for word in words.split():
        letters = [re.escape(letter) for letter in word]
        if word.endswith("en"):
            letters[-1] += "?"
        parts.append(TORN.join(letters))
    body = f"{TORN}{SMALL_WORDS}".join(parts)
    last = "".join(f"(?:{ending})?" for ending in endings)
    return re.compile(rf"(?<![^\W_]){body}{last}(?![^\W_])[ \t]*:?", re.IGNORECASE)


STYLES: dict[Label, LabelStyle] = {
    Label.TITLE: LabelStyle("Maatregel"),
    Label.BUDGET: LabelStyle("Raming Budgettair engagement", inside=True),
    Label.STRATEGIC_GOALS: LabelStyle("STRATEGISCHE DOELSTELLING", ("en",), inside=True),
    Label.EFFECT_INDICATOR: LabelStyle("effectindicator", ("en",), inside=True),
    Label.OPERATIONAL_GOALS: LabelStyle("OPERATIONELE DOELSTELLING", ("en",), inside=True),
    Label.RESPONSIBLE_CABINETS: LabelStyle("verantwoordelijken kabinet", ("ten",), inside=True),
    Label.OUTPUT_INDICATOR: LabelStyle("outputindicator", ("en",), inside=True),
    Label.TARGET: LabelStyle("Streefwaarde", ("n",), inside=True),
    Label.RESPONSIBLE_ADMINISTRATIONS: LabelStyle("administratie", ("s",)),
    Label.INVOLVED_CABINETS: LabelStyle("betrokkenen kabinet", ("ten",), inside=True),
    Label.INVOLVED_ADMINISTRATIONS: LabelStyle("administratie", ("s",)),
    Label.OTHER_PARTNERS: LabelStyle("Andere partners", inside=True),
    Label.EXPLANATION: LabelStyle("Duiding maatregel", inside=True),
    Label.MILESTONES: LabelStyle("Mijlpalen Geschatte personeelsinzet", (r"[ \t]*\(\s*VTE\s*\)",), inside=True),
}

ROWS: tuple[tuple[Label, ...], ...] = (
    (Label.TITLE, Label.BUDGET),
    (Label.STRATEGIC_GOALS, Label.EFFECT_INDICATOR),
    (Label.OPERATIONAL_GOALS,),
    (Label.RESPONSIBLE_CABINETS, Label.OUTPUT_INDICATOR, Label.TARGET),
    (Label.RESPONSIBLE_ADMINISTRATIONS,),
    (Label.INVOLVED_CABINETS,),
    (Label.INVOLVED_ADMINISTRATIONS, Label.OTHER_PARTNERS),
    (Label.EXPLANATION,),
)
"""Boxes that stand beside one another on a sheet, left to right; a page break cuts all boxes of a row at once."""


def printed(label: Label) -> str:
    """The label as the template prints it."""
    return STYLES[label].words


TAG = "draad:"
"""What the tags of label cells begin with in Word documents of Draad's own; the name of the field follows."""
TAGGED = {f"{TAG}{label.field}": label for label in Label}


def label_named(tag: str | None) -> Label | None:
    """The label whose cell carries this tag, None for another tag or without one."""
    return TAGGED.get(tag) if tag else None

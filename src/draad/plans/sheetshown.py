"""A measure as its page shows it: boxes with their labels in the order of the sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from draad.plans.content import Content
from draad.plans.editions import Sheet
from draad.plans.models import StaffUnit
from draad.plans.review import label_of
from draad.web.formatting import euro, number

BOXES = (
    "explanation",
    "budget",
    "effect_indicator",
    "output_indicator",
    "target",
    "responsible_cabinets",
    "responsible_administrations",
    "involved_cabinets",
    "involved_administrations",
    "other_partners",
)


@dataclass(frozen=True)
class Box:
    """A box of the sheet: its name in data, its label, its text, and what of it is a number."""

    name: str
    label: str
    text: str
    typed: Sequence[str] = ()


@dataclass(frozen=True)
class Row:
    """A row of milestones."""

    period: str
    text: str
    fte: str
    typed: Sequence[str]


@dataclass(frozen=True)
class ShownSheet:
    """A sheet for a page."""

    boxes: Sequence[Box]
    rows: Sequence[Row]
    goals: Sequence[Any]


def shown_sheet(sheet: Sheet) -> ShownSheet:
    """The boxes, milestones and goals of a measure in words."""
    content = sheet.content
    boxes = [Box(name, label_of(name), content[name], _typed(name, content)) for name in BOXES]
    rows = [
        Row(row["period"], row["text"], row["fte"], _other(row["fte"], [_staff(line) for line in row["staff"]]))
        for row in content["milestones"]
    ]
    return ShownSheet(boxes, rows, content["goals"])


def _typed(name: str, content: Content) -> list[str]:
    return _other(content["budget"], [_amount(amount) for amount in content["amounts"]]) if name == "budget" else []


def _other(text: str, typed: list[str]) -> list[str]:
    """What was read as numbers, unless the text says just that."""
    return [] if typed == [" ".join(text.split())] else typed


def _amount(amount: Content) -> str:
    """An amount with its years: € 200.000 in 2018, elk jaar."""
    text = euro(Decimal(amount["euro"]))
    if amount["euro_to"]:
        text = _("%(least)s tot %(most)s") % {"least": text, "most": euro(Decimal(amount["euro_to"]))}
    first, last = amount["year_from"], amount["year_to"]
    if first:
        years = str(first) if last in (None, first) else f"{first}–{last}"
        text = _("%(amount)s in %(years)s") % {"amount": text, "years": years}
    return _("%(amount)s, elk jaar") % {"amount": text} if amount["yearly"] else text


def _staff(line: Content) -> str:
    """A number of staff with its unit: ongeveer 2 tot 3 VTE."""
    text = number(Decimal(line["number"]))
    if line.get("number_to"):
        text = _("%(least)s tot %(most)s") % {"least": text, "most": number(Decimal(line["number_to"]))}
    text = f"{text} {StaffUnit(line['unit']).label}"
    return _("ongeveer %(number)s") % {"number": text} if line["about"] else text

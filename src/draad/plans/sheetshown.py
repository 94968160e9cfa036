"""A measure as its page shows it: boxes with their labels in the order of the sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from draad.plans.content import Content
from draad.plans.editions import Sheet
from draad.plans.models import IndicatorKind, StaffUnit
from draad.plans.provenance import ReadValue
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
    """A box of the sheet: its name in data, its label, its text, what of it is a number, what was read."""

    name: str
    label: str
    text: str
    typed: Sequence[str] = ()
    read: ReadValue | None = None


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


def shown_sheet(sheet: Sheet, read: Mapping[str, ReadValue] | None = None) -> ShownSheet:
    """The boxes, milestones and goals of a measure in words; ``read`` is what the document says otherwise."""
    content, otherwise = sheet.content, read or {}
    boxes = [Box(name, label_of(name), content[name], _typed(name, content), otherwise.get(name)) for name in BOXES]
    rows = [
        Row(row["period"], row["text"], row["fte"], _other(row["fte"], [_staff(line) for line in row["staff"]]))
        for row in content["milestones"]
    ]
    return ShownSheet(boxes, rows, content["goals"])


def _typed(name: str, content: Content) -> list[str]:
    if name == "budget":
        return _other(content["budget"], [amount_words(amount) for amount in content["amounts"]])
    if name == "target":
        return [target_words(target) for target in content.get("targets", [])]
    return []


def _other(text: str, typed: list[str]) -> list[str]:
    """What was read as numbers, unless the text says just that."""
    return [] if typed == [" ".join(text.split())] else typed


def target_words(target: Content) -> str:
    """A target of a year: 2018: 150 ritten (outputindicator)."""
    words = f"{number(Decimal(target['value']))} {target['unit']}".strip()
    return f"{target['year']}: {words} ({IndicatorKind(target['kind']).label})"


def amount_words(amount: Content) -> str:
    """An amount with its years and the source of its means: € 200.000 in 2018, elk jaar (Vlaamse overheid)."""
    text = amount_alone(amount)
    first, last = amount["year_from"], amount["year_to"]
    if first:
        years = str(first) if last in (None, first) else f"{first}–{last}"
        text = _("%(amount)s in %(years)s") % {"amount": text, "years": years}
    text = _("%(amount)s, elk jaar") % {"amount": text} if amount["yearly"] else text
    return f"{text} ({amount['funding']})" if amount.get("funding") else text


def amount_alone(amount: Content) -> str:
    """An amount without more: € 200.000, or the range of both."""
    text = euro(Decimal(amount["euro"]))
    if not amount["euro_to"]:
        return text
    return _("%(least)s tot %(most)s") % {"least": text, "most": euro(Decimal(amount["euro_to"]))}


def _staff(line: Content) -> str:
    """A number of staff with its unit: ongeveer 2 tot 3 VTE."""
    text = number(Decimal(line["number"]))
    if line.get("number_to"):
        text = _("%(least)s tot %(most)s") % {"least": text, "most": number(Decimal(line["number_to"]))}
    text = f"{text} {StaffUnit(line['unit']).label}"
    return _("ongeveer %(number)s") % {"number": text} if line["about"] else text

"""Staff in a row of milestones as numbers: full-time equivalents and days of work, beside the text as printed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from draad.plans.reading.numbers import NUMBER, WORDS, to_decimal

HALF = Decimal("0.5")
UNITS = {
    "fte": r"(?:V\.?T\.?E\.?(?:['’]?s)?|FTE(?:['’]?s)?|voltijdse?\s+equivalent(?:en)?)",
    "person_days": r"(?:mensdag(?:en)?|persoonsdag(?:en)?|mandag(?:en)?)",
    "person_months": r"(?:mensmaand(?:en)?|persoonsmaand(?:en)?)",
    "person_years": r"(?:mensja(?:ar|ren)|persoonsja(?:ar|ren))",
}
"""Unit of staff and how texts name it."""
ABOUT = r"(?P<about>\+/-|±|\bca\.?|\bcirca|\bongeveer)?\s*"
FRACTION = r"(?P<whole>\d+)?\s*½|(?P<part>\d)/(?P<parts>[2-9])(?!\d)"
QUANTITY = (
    rf"(?<![\w.,/])(?:(?!(?:19|20)\d\d\b)(?P<low>{NUMBER})\s*(?:-|–|à|tot)\s*|tussen\s+(?P<between>{NUMBER})\s+en\s+"
    r"|(?P<times>\d+)\s*[x×]\s*)?"
    rf"(?:{FRACTION}|(?P<number>{'|'.join(map(re.escape, WORDS))}|{NUMBER}))\s*(?P<percent>%)?\s*"
)
PER = r"(?:(?:\s+\w+){0,2}?\s+per\s+(?P<per>\w+))?"
STAFF = re.compile(
    ABOUT + QUANTITY + "(?:" + "|".join(f"(?P<{unit}>{words})" for unit, words in UNITS.items()) + r")(?!\w)" + PER,
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Staff:
    """A number of staff.

    Args:
        number: how many of the unit; 50% FTE is 0.5 and 2 x 0.5 FTE is 1; the lower one of a range.
        unit: ``fte`` (full-time equivalents), ``person_days``, ``person_months`` or ``person_years``.
        about: whether the text says that it is an estimate (+/-).
        per: what it is for each of, as printed, or None.
        printed: the words it was read from.
        number_to: the upper number of a range, or None.
    """

    number: Decimal
    unit: str
    about: bool
    per: str | None
    printed: str
    number_to: Decimal | None = None

    def as_dict(self) -> dict[str, str | bool | None]:
        """The staff for JSON, the number as text."""
        return {
            "number": str(self.number),
            "number_to": None if self.number_to is None else str(self.number_to),
            "unit": self.unit,
            "about": self.about,
            "per": self.per,
            "printed": self.printed,
        }


def staff(text: str) -> list[Staff]:
    """The numbers of staff in a text in order; none when it says no number with a unit."""
    return [_staff(match) for match in STAFF.finditer(text)]


def _staff(match: re.Match[str]) -> Staff:
    number = _quantity(match) * int(match["times"] or 1)
    low = match["low"] or match["between"]
    unit = next(unit for unit in UNITS if match[unit])
    scale = 100 if match["percent"] else 1
    first = to_decimal(low) if low else number
    return Staff(
        first / scale, unit, bool(match["about"]), match["per"], match[0].strip(), number / scale if low else None
    )


def _quantity(match: re.Match[str]) -> Decimal:
    if match["number"]:
        return to_decimal(match["number"])
    if match["part"]:
        return round(Decimal(match["part"]) / Decimal(match["parts"]), 3).normalize()
    return Decimal(match["whole"] or 0) + HALF

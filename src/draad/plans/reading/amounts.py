"""Amounts of money in the box of the budget, each with the years it is for, beside the text as printed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from draad.plans.reading.numbers import NUMBER, SCALES, to_decimal

CENT = Decimal("0.01")
YEAR = r"(?:19|20)\d\d"
YEARS = (
    rf"(?P<from>{YEAR})(?:(?:\s*,\s*{YEAR})*\s*(?:[-–/]|tot(?:\s+en\s+met)?|t/m|en)\s*(?P<to>{YEAR})"
    r"|\s*[-–/]\s*(?P<short>\d\d)(?![\d.,]))?"
)
"""A year, or years from the first to the last: 2023-2025, 2023-25, 2024 en 2025."""
CURRENCY = r"(?:€|euro\b|EUR\b)"
GROUPED = r"\d{1,3}(?:[. \u00a0\u202f]\d{3})+(?:,\d\d)?"
LOW = rf"(?:(?P<low>{GROUPED})\s*(?:-|–|à|tot)\s*|tussen\s+(?P<between>{GROUPED})\s+en\s+)?"
"""The lower amount of a range that names its currency once, in groups of three: a year or the number of a phase is
none."""
SCALE = rf"(?:\s*(?:{'|'.join(SCALES)})\b)?"
AMOUNT = re.compile(
    rf"(?<![\d.,])(?:€\s*(?P<after_sign>{NUMBER}{SCALE})|{LOW}(?P<before_sign>{NUMBER}{SCALE})\s*{CURRENCY}"
    r"|(?P<bare>\d{1,3}(?:\.\d{3})+(?:,\d\d(?!\d)|(?=\s*(?:$|[;(\n]|\+|-|–|(?:19|20)\d\d\b)))))",
    re.IGNORECASE,
)
"""With a sign or the word euro on either side; without, only in groups of three with cents or at the end of what is
said."""
HEADING = re.compile(rf"(?<![\d./-]){YEARS}\s*\)?\s*:", re.IGNORECASE)
JUST_BEFORE = re.compile(rf"(?<![\d./-]){YEARS}\s*\)?\s*:?\s*$", re.IGNORECASE)
FOR = r"(?:voor|in|tijdens|van|over)\s+(?:(?:de\s+)?(?:periode|jaren)\s+|het\s+jaar\s+)?"
AFTER = re.compile(
    rf"\s*\(?(?:(?<=[(,;])|(?<=\s)|[,;])\s*(?:"
    rf"{FOR}{YEARS}(?!\d)"
    r"|(?P<yearly>op\s+jaarbasis|per\s+(?:school|werkings|kalender)?jaar\b|jaarlijks\b|(?:elk|ieder)\s+jaar\b"
    r"|p\.\s?j\.)"
    r"|(?:(?:excl|incl)\b\.?|exclusief|inclusief)\s+b\.?t\.?w\b\.?)",
    re.IGNORECASE,
)
"""What can follow an amount and still is about it: its years, that it comes back, and whether tax is in it."""
OPENING = re.compile(rf"\s*\(\s*{YEARS}\s*(?=[),;])", re.IGNORECASE)
WITHIN = re.compile(rf"\s*[,;]?\s*{YEARS}\s*(?=[),;])", re.IGNORECASE)
"""Years without a word before them are those of the amount only between brackets."""
SLASH_YEAR = re.compile(r"\s*/\s*jaar\b", re.IGNORECASE)
CLOSES = re.compile(r"\s*\)")
YEARLY_BEFORE = re.compile(r"(?:jaarlijkse?|(?:per|elk|ieder)\s+jaar)\s*:?\s*$", re.IGNORECASE)
RANGE = re.compile(r"^\s*(?:-|–|à|tot)\s*$")


@dataclass(frozen=True)
class Amount:
    """An amount of money.

    Args:
        euro: the amount in euro, two decimals; the lower one of a range.
        euro_to: the upper amount of a range in euro, or None.
        year_from: first calendar year that it is for, or None when the text does not say.
        year_to: last calendar year that it is for, or None.
        yearly: whether the text says that it comes back every year.
        printed: the words it was read from.
    """

    euro: Decimal
    euro_to: Decimal | None
    year_from: int | None
    year_to: int | None
    yearly: bool
    printed: str

    def as_dict(self) -> dict[str, str | int | bool | None]:
        """The amount for JSON, decimals as text."""
        return {
            "euro": str(self.euro),
            "euro_to": None if self.euro_to is None else str(self.euro_to),
            "year_from": self.year_from,
            "year_to": self.year_to,
            "yearly": self.yearly,
            "printed": self.printed,
        }


def amounts(text: str) -> list[Amount]:
    """The amounts of money in a text in order; none when the text holds no amount that is surely money."""
    found: list[Amount] = []
    end = 0
    for match in AMOUNT.finditer(text):
        euro = _euro(match["after_sign"] or match["before_sign"] or match["bare"])
        low_euro = match["low"] or match["between"]
        if low_euro:
            found.append(replace(_amount(text, match, _euro(low_euro)), euro_to=euro))
        elif found and found[-1].euro_to is None and RANGE.match(text[end : match.start()]):
            low, high = found.pop(), _amount(text, match, euro)
            printed = text[text.rindex(low.printed, 0, end) : match.end()]
            years = low if low.year_from else high
            yearly = low.yearly or high.yearly
            found.append(Amount(low.euro, euro, years.year_from, years.year_to, yearly, printed))
        else:
            found.append(_amount(text, match, euro))
        end = match.end()
    return found


def _euro(printed: str) -> Decimal:
    words = re.fullmatch(rf"({NUMBER})\s*(\w+)?", printed.strip())
    if not words:
        raise ValueError(f"{printed!r} is no amount")
    scale = SCALES[words[2].casefold()] if words[2] else 1
    return (to_decimal(words[1]) * scale).quantize(CENT)


def _amount(text: str, match: re.Match[str], euro: Decimal) -> Amount:
    before, after = text[: match.start()], _about(text[match.end() :])
    years = after.years or JUST_BEFORE.search(before) or _last_heading(before)
    yearly = after.yearly or bool(YEARLY_BEFORE.search(before))
    first, last = _years(years) if years else (None, None)
    return Amount(euro, None, first, last, yearly, match[0].strip())


@dataclass
class _About:
    """What stands after an amount and is about it."""

    years: re.Match[str] | None = None
    yearly: bool = False


def _about(after: str) -> _About:
    """Read what follows an amount as long as it is about it, within brackets or not."""
    slash = SLASH_YEAR.match(after)
    place, within, found = slash.end() if slash else 0, False, _About(yearly=bool(slash))
    while step := AFTER.match(after, place) or (WITHIN if within else OPENING).match(after, place):
        if step["from"] and found.years:
            break
        found.years = step if step["from"] else found.years
        found.yearly |= bool(step.groupdict().get("yearly"))
        place, within = step.end(), within or "(" in step[0]
        if within and (closed := CLOSES.match(after, place)):
            place, within = closed.end(), False
    return found


def _years(found: re.Match[str]) -> tuple[int, int]:
    """The first and the last year; a last year of two digits is of the same century."""
    first = int(found["from"])
    last = found["to"] or (found["short"] and found["from"][:2] + found["short"]) or first
    return first, max(first, int(last))


def _last_heading(before: str) -> re.Match[str] | None:
    """The last year with a colon: what follows it is for that year."""
    return max(HEADING.finditer(before), key=lambda match: match.start(), default=None)

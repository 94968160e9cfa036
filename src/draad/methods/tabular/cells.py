"""The value of one cell: an amount, a number, a whole number or a date, read strictly.

Reading is strict because a guess about money is worse than a question: a thousand separator, a third decimal or a
currency sign is an error that names the place and shows the right form.
"""

import re
from contextlib import suppress
from datetime import date
from decimal import Decimal

from draad.methods.errors import MethodError

LARGEST_CENTS = 10**17
"""Amounts above this many cents (a thousand million million euro) are taken for a mistake in the file."""

_AMOUNT = re.compile(r"([0-9]+)(?:[.,]([0-9]{1,2}))?")
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
_WHOLE = re.compile(r"[0-9]+")
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


def parse_cents(text: str, where: str) -> int:
    """Return the cents of an amount in euro such as ``28600``, ``28600.5``, ``28600.00`` or ``28600,00``.

    Raises MethodError at ``where`` for an empty, negative or unreadable amount, one with more than two decimals, and
    one with thousand separators.
    """
    match = _AMOUNT.fullmatch(text)
    if match is None:
        raise MethodError(_wrong_amount(text), where)
    euros, decimals = match.groups()
    cents = int(euros) * 100 + int((decimals or "0").ljust(2, "0"))
    if cents > LARGEST_CENTS:
        raise MethodError(f"{text} euro is larger than any budget; check the amount.", where)
    return cents


def _wrong_amount(text: str) -> str:
    if not text:
        return "there is no amount; give one in euro such as 28600.00, or 0 when it is zero."
    if text.startswith("-") and _AMOUNT.fullmatch(text[1:]):
        return f"{text} is negative; an amount is zero or more."
    if re.fullmatch(r"[0-9]{1,3}(?:[., '\u00a0\u202f][0-9]{3})+(?:[.,][0-9]*)?", text):
        return f"{text} has a thousand separator or three decimals; write for example 28600.00."
    if re.fullmatch(r"[0-9]+[.,][0-9]{3,}", text):
        return f"{text} has more than two decimals; an amount in euro has at most two."
    return f"'{text}' is not an amount; write euro with at most two decimals, such as 28600.00."


def parse_number(text: str, where: str) -> Decimal:
    """Return a number of zero or more, with a decimal point or comma and any number of decimals.

    Raises MethodError at ``where`` for anything else.
    """
    if _NUMBER.fullmatch(text) is None:
        raise MethodError(f"'{text}' is not a number of zero or more, such as 12 or 12.5.", where)
    return Decimal(text.replace(",", "."))


def parse_whole(text: str, where: str, smallest: int = 0) -> int:
    """Return a whole number of at least ``smallest``; raises MethodError at ``where`` for anything else."""
    if _WHOLE.fullmatch(text) is None or int(text) < smallest:
        raise MethodError(f"'{text}' is not a whole number of {smallest} or more.", where)
    return int(text)


def parse_date(text: str, where: str) -> date:
    """Return the date written as ``2022-10-01``; raises MethodError at ``where`` for anything else."""
    match = _DATE.fullmatch(text)
    with suppress(ValueError):
        if match is not None:
            return date(int(match[1]), int(match[2]), int(match[3]))
    raise MethodError(f"'{text}' is not a date; write year-month-day, such as 2022-10-01.", where)

"""Numbers as people type them, in Dutch or in English notation: read the same on every page, refused with a sentence.

12.500,50 and 12,500.50 are the same amount whatever the language of the page. Only one form could mean two amounts:
the decimal sign of the page alone before three digits (1,234 on a Dutch page). It is refused with both readings told.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import get_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from draad.web.formatting import number

CENTS = 2
MOST_DIGITS = 12
SHOWN = 40
SPACES = "\u00a0\u202f "
PLAIN = re.compile(r"\d+", re.ASCII)
GROUPED = re.compile(rf"[1-9]\d{{0,2}}([.,{SPACES}])\d{{3}}(\1\d{{3}})*", re.ASCII)
DECIMALS = re.compile(rf"(?P<whole>\d+|\d{{1,3}}(?P<sign>[.,{SPACES}])\d{{3}}((?P=sign)\d{{3}})*)"
                      r"(?!(?P=sign))[.,](?P<part>\d+)|[.,](?P<only>\d+)", re.ASCII)  # fmt: skip
NEGATIVE = re.compile(r"[-\u2212]\s*[\d.,]+")


def read_whole(text: str) -> int | None:
    """A whole number, 0 or more; points, commas or spaces may group its digits by three. Empty text is None.

    Raises:
        ValidationError: with what was typed and what would be right.
    """
    if not text:
        return None
    whole = _grouped(text)
    if whole is not None:
        return whole
    _check_negative(text)
    if re.fullmatch(r"\d+[.,]\d+", text):
        raise ValidationError(_("%(text)s is geen geheel getal. Geef bijvoorbeeld 12.") % {"text": text[:SHOWN]})
    raise ValidationError(_("“%(text)s” is geen getal. Geef enkel cijfers, zoals 120.") % {"text": text[:SHOWN]})


def read_amount(text: str) -> Decimal | None:
    """An amount in euro with at most two decimals, 0 or more; a sign € before it may stay. Empty text is None.

    Raises:
        ValidationError: with what was typed and what would be right, in the notation of the page.
    """
    bare = text.removeprefix("€").strip()
    if not bare:
        return None
    whole = _grouped(bare)
    if whole is not None:
        _check_clear(bare, whole)
        return Decimal(whole)
    _check_negative(bare)
    found = _decimals(bare)
    words = {"text": text[:SHOWN], "example": number(Decimal("12500.50"), CENTS)}
    if found is None:
        raise ValidationError(_("“%(text)s” is geen bedrag. Schrijf het als %(example)s.") % words)
    if found != round(found, CENTS):
        raise ValidationError(_("%(text)s telt meer dan twee decimalen. Schrijf het als %(example)s.") % words)
    return found


def _grouped(text: str) -> int | None:
    """The number when it is digits alone, or digits in groups of three; None for anything else."""
    if not (PLAIN.fullmatch(text) or GROUPED.fullmatch(text)):
        return None
    digits = re.sub(r"\D", "", text)
    if len(digits) > MOST_DIGITS:
        raise ValidationError(_("“%(text)s” is te groot.") % {"text": text[:SHOWN]})
    return int(digits)


def _decimals(text: str) -> Decimal | None:
    """The number with decimals: the last sign before them, and before that another sign or none between groups."""
    match = DECIMALS.fullmatch(text)
    if not match:
        return None
    whole = re.sub(r"\D", "", match["whole"] or "0")
    if len(whole) > MOST_DIGITS:
        raise ValidationError(_("“%(text)s” is te groot.") % {"text": text[:SHOWN]})
    return Decimal(f"{whole}.{match['part'] or match['only']}")


def _check_clear(text: str, whole: int) -> None:
    """Refuse what could be thousands or thousandths: the decimal sign of this page, once, before three digits."""
    if text.count(get_format("DECIMAL_SEPARATOR")) == 1:
        words = {"text": text, "whole": number(whole)}
        raise ValidationError(_("%(text)s is niet duidelijk. Schrijf %(whole)s, of hoogstens twee decimalen.") % words)


def _check_negative(text: str) -> None:
    if NEGATIVE.fullmatch(text):
        raise ValidationError(_("%(text)s is negatief. Geef 0 of meer.") % {"text": text[:SHOWN]})


class TypedNumberField(ABC, forms.Field):
    """What a field for a whole number and one for an amount share: bounds, and a sentence that names the field."""

    places: ClassVar[int]
    keyboard: ClassVar[str]

    def __init__(
        self, *, lowest: int | Decimal = 0, highest: int | Decimal = 10**MOST_DIGITS - 1, **options: Any
    ) -> None:
        """A field for a number from ``lowest`` to ``highest``, both allowed."""
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": self.keyboard, "autocomplete": "off"}))
        super().__init__(localize=True, **options)
        self.lowest, self.highest = lowest, highest

    def to_python(self, value: Any) -> int | Decimal | None:
        """The number that is meant, None when nothing is typed."""
        if value is None or isinstance(value, int | Decimal):
            return value
        try:
            found = self.read(str(value).strip())
            self._check_bounds(found)
        except ValidationError as problem:
            if not self.label:
                raise
            raise ValidationError(f"{self.label}: {problem.message}") from problem
        return found

    @abstractmethod
    def read(self, text: str) -> int | Decimal | None:
        """What the text means, or a sentence about it."""

    def _check_bounds(self, found: int | Decimal | None) -> None:
        if found is not None and not self.lowest <= found <= self.highest:
            words = {"low": number(self.lowest), "high": number(self.highest), "value": number(found, self.places)}
            raise ValidationError(_("%(value)s kan niet. Geef een getal van %(low)s tot %(high)s.") % words)


class WholeField(TypedNumberField):
    """A whole number."""

    places, keyboard = 0, "numeric"
    default_error_messages = {"required": gettext_lazy("Vul een getal in, zoals 20.")}

    def read(self, text: str) -> int | None:
        """The whole number."""
        return read_whole(text)


class EuroField(TypedNumberField):
    """An amount in euro; cleans to a ``Decimal`` of two places at most."""

    places, keyboard = CENTS, "decimal"
    default_error_messages = {"required": gettext_lazy("Vul een bedrag in. 0 mag ook.")}

    def read(self, text: str) -> Decimal | None:
        """The amount."""
        return read_amount(text)

"""How numbers, amounts, dates and missing values are written on a page, in the language of the reader."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from draad.documents.tables import Gap, Kind, NotApplicable, Value

NBSP = "\u00a0"
DUTCH = str.maketrans(",.", ".,")


def number(value: int | Decimal, decimals: int | None = None) -> str:
    """A number with the separators of the language: 14.136.359 in Dutch, 14,136,359 in English.

    Written here and not by Django's ``number_format``, which looks its separators up anew for each number: a page of
    tables writes a thousand of them.
    """
    if decimals is None and isinstance(value, Decimal):
        decimals = 0 if value == value.to_integral_value() else max(0, -int(value.normalize().as_tuple().exponent))
    text = f"{Decimal(value):,.{decimals}f}" if decimals else f"{int(value):,}"
    return text if get_language() == "en" else text.translate(DUTCH)


def euro(value: int | Decimal, *, cents: bool = False) -> str:
    """An amount in euro; cents only when there are any, or when asked for. Below zero the sign goes first: −€ 12."""
    amount = Decimal(value).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    text = number(abs(amount), 2 if cents or amount != amount.to_integral_value() else 0)
    sign = "−" if amount < 0 else ""
    return f"{sign}€{text}" if get_language() == "en" else f"{sign}€{NBSP}{text}"


def percent(value: int | Decimal, decimals: int = 0) -> str:
    """A percentage (98 is 98 %)."""
    text = number(Decimal(value).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP), decimals)
    return f"{text}%" if get_language() == "en" else f"{text}{NBSP}%"


def day(value: date) -> str:
    """A date in words: 1 oktober 2022."""
    return f"{value.day} {_month(value.month, get_language())} {value.year}"


@cache
def _month(month: int, _language: str | None) -> str:
    """The name of a month in the language of the reader."""
    return str(MONTHS[month])


def moment(value: datetime | None) -> str:
    """A moment in words, on the clock of Brussels: 1 juli 2022 om 23.59 uur; empty without one."""
    if value is None:
        return ""
    return _("%(day)s om %(time)s uur") % {"day": day(timezone.localtime(value)), "time": clock(value)}


def last_day(end: date | datetime) -> date | None:
    """The last whole day of what ends: a day itself, or the one before a midnight; None for an end at another hour."""
    if not isinstance(end, datetime):
        return end
    if timezone.localtime(end).time() != time.min:
        return None
    return timezone.localtime(end - timedelta(microseconds=1)).date()


def end(value: datetime | None) -> str:
    """The end of a period as a moment: midnight belongs to the day that it ends, 1 juli 2022 om 24.00 uur."""
    last = last_day(value) if value else None
    if last is None:
        return moment(value)
    hour = "24:00" if get_language() == "en" else "24.00"
    return _("%(day)s om %(time)s uur") % {"day": day(last), "time": hour}


def until(value: date | datetime | None) -> str:
    """Until when, as people say it: tot en met 1 juli 2022, tot 1 juli 2022 om 17.00 uur; empty without an end."""
    if last := last_day(value) if value else None:
        return _("tot en met %(day)s") % {"day": day(last)}
    return _("tot %(moment)s") % {"moment": moment(value)} if isinstance(value, datetime) else ""


def clock(value: datetime) -> str:
    """Hour and minute on the clock of Brussels: 23.59."""
    at = timezone.localtime(value)
    return f"{at.hour}{':' if get_language() == 'en' else '.'}{at.minute:02}"


WRITERS: dict[Kind, Callable[[int | Decimal], str]] = {
    Kind.EURO: euro,
    Kind.PERCENT: percent,
    Kind.YEAR: str,
    Kind.TEXT: str,
}


def plain(value: Value, kind: Kind) -> str:
    """A value as text without mark-up."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    if isinstance(value, date):
        return day(value)
    if isinstance(value, int | Decimal):
        return WRITERS.get(kind, number)(value)
    return str(value)


def display(value: Value, kind: Kind) -> str | SafeString:
    """A value for a page: a gap is hatched and says why, not applicable is in italics."""
    if isinstance(value, Gap):
        return format_html('<span class="draad-value draad-value--missing">{}</span>', value.why)
    if isinstance(value, NotApplicable):
        return format_html('<span class="draad-value draad-value--na">{}</span>', _("n.v.t."))
    return plain(value, kind)

"""The fields of an application by name: what each is called, and how what is typed in it is read.

A name is one of ``PLAIN``, or ``line:<line>:priority|existing|planned``, ``share:<line>:<member>``,
``explanation:<action>``, ``incentive:<kind>:<organisation>`` and for a mentorship ``…:<action>`` after it; the numbers
are primary keys. ``LINES`` (which lines there are) and ``ATTACHMENTS`` are named as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from draad.applications.models import IncentiveKind
from draad.web.formatting import number
from draad.web.iban import read_iban
from draad.web.numbers import read_whole

Typed = str
Stored = str | int | bool | None

LINES, ATTACHMENTS = "lines", "attachments"
LINE, SHARE, EXPLANATION, INCENTIVE = "line", "share", "explanation", "incentive"
NUMBERS = ("priority", "existing", "planned")
YES = "on"
MOST_UNITS = 10_000_000
MOST_PRIORITY = 999
LONGEST_TEXT = 5000
PHONE = re.compile(r"\+?[\d\s./()-]{6,30}", re.ASCII)

PLAIN: Mapping[str, Any] = {
    "contact_name": gettext_lazy("contactpersoon"),
    "contact_email": gettext_lazy("e-mailadres"),
    "contact_phone": gettext_lazy("telefoon"),
    "iban": gettext_lazy("rekeningnummer (IBAN)"),
    "account_holder": gettext_lazy("naam van de rekeninghouder"),
    "cofinancing_confirmed": gettext_lazy("verklaring van eigen inbreng"),
    "remarks": gettext_lazy("opmerkingen"),
}
NUMBER_LABELS: Mapping[str, Any] = {
    "priority": gettext_lazy("prioriteit"),
    "existing": gettext_lazy("bestaand bereik"),
    "planned": gettext_lazy("gepland bijkomend bereik"),
}
LONGEST = {"contact_name": 150, "account_holder": 70, "remarks": LONGEST_TEXT}


def line_field(line: int, column: str) -> str:
    """The name of a number of a line."""
    return f"{LINE}:{line}:{column}"


def share_field(line: int, member: int) -> str:
    """The name of what a member takes of a line."""
    return f"{SHARE}:{line}:{member}"


def explanation_field(action: int) -> str:
    """The name of the explanation of an action."""
    return f"{EXPLANATION}:{action}"


def incentive_field(kind: str, organisation: int, action: int | None = None) -> str:
    """The name of an incentive of an organisation, for a mentorship with its action."""
    return f"{INCENTIVE}:{kind}:{organisation}" + (f":{action}" if action else "")


def anchor(field: str) -> str:
    """The id of a field on the page."""
    return "veld-" + field.replace(":", "-")


_FORM = re.compile(
    rf"{LINE}:\d+:({'|'.join(NUMBERS)})|{SHARE}:\d+:\d+|{EXPLANATION}:\d+"
    rf"|{INCENTIVE}:({IncentiveKind.COOPERATION}|{IncentiveKind.IMPACT_BOND}):\d+"
    rf"|{INCENTIVE}:{IncentiveKind.MENTORSHIP}:\d+:\d+",
    re.ASCII,
)


def is_field(name: str) -> bool:
    """Whether this can be the name of a field that holds a value."""
    return name in PLAIN or bool(_FORM.fullmatch(name))


def part(field: str, place: int) -> int:
    """A number in the name of a field: ``part("share:7:3", 2)`` is 3."""
    return int(field.split(":")[place])


def read_field(field: str, typed: Typed) -> Stored:
    """What is stored when this is typed in the field; empty text in a number is None.

    Raises:
        ValidationError: saying what is wrong with it and what would be right.
    """
    text = typed.strip()
    if field in _READERS:
        return _READERS[field](text)
    kind, _colon, rest = field.partition(":")
    if kind == INCENTIVE:
        return text == YES
    if kind == EXPLANATION:
        return _read_text(typed, LONGEST_TEXT)
    return read_priority(text) if rest.endswith(":priority") else read_units(text)


def read_units(text: str) -> int | None:
    """A number of units: a whole number, 0 or more; points or spaces may group its digits by three.

    Raises:
        ValidationError: saying what would be right.
    """
    value = read_whole(text)
    if value is not None and value > MOST_UNITS:
        raise ValidationError(
            _("%(value)s is te veel. Geef hoogstens %(most)s.") % {"value": text, "most": number(MOST_UNITS)}
        )
    return value


def read_priority(text: str) -> int | None:
    """A priority: 1 is the first.

    Raises:
        ValidationError: saying what would be right.
    """
    value = read_whole(text)
    if value is not None and not 1 <= value <= MOST_PRIORITY:
        raise ValidationError(
            _("Een prioriteit is een getal van 1 tot %(most)s; 1 komt eerst.") % {"most": MOST_PRIORITY}
        )
    return value


def _read_text(text: str, longest: int) -> str:
    cleaned = text.replace("\r\n", "\n").replace("\x00", "").strip()
    if len(cleaned) > longest:
        raise ValidationError(
            _("Deze tekst telt %(count)s tekens; er is plaats voor %(longest)s.")
            % {"count": number(len(cleaned)), "longest": number(longest)}
        )
    return cleaned


def _read_email(text: str) -> str:
    if text:
        EmailValidator(_("“%(text)s” is geen e-mailadres. Geef een adres zoals naam@gemeente.be.")
                       % {"text": text[:80]})(text)  # fmt: skip
    return _read_text(text, 254)


def _read_phone(text: str) -> str:
    if text and not PHONE.fullmatch(text):
        raise ValidationError(
            _("“%(text)s” is geen telefoonnummer. Geef cijfers, zoals 03 123 45 67.") % {"text": text[:40]}
        )
    return text


def _read_account(text: str) -> str:
    return read_iban(text) if text else ""


_READERS: Mapping[str, Callable[[str], Stored]] = {
    "contact_name": lambda text: _read_text(text, LONGEST["contact_name"]),
    "contact_email": _read_email,
    "contact_phone": _read_phone,
    "iban": _read_account,
    "account_holder": lambda text: _read_text(text, LONGEST["account_holder"]),
    "cofinancing_confirmed": lambda text: text == YES,
    "remarks": lambda text: _read_text(text, LONGEST["remarks"]),
}

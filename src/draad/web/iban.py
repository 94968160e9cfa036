"""Account numbers as people type them: checked with a sentence that says what is wrong, and shown in groups of four.

Payments go to accounts in the SEPA area only (``draad.documents.sepa``).
"""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from draad.documents.iban import BELGIUM, SEPA_COUNTRIES, grouped_iban, valid_iban

BELGIAN_LENGTH = 16
LONGEST = 34


def read_iban(text: str) -> str:
    """The account number without spaces, in capitals; spaces, points and dashes between the digits do not matter.

    Raises:
        ValidationError: saying what is wrong and what would be right.
    """
    number = re.sub(r"[\s.-]", "", text).upper()
    _check_form(number)
    if number[:2] == BELGIUM and len(number) != BELGIAN_LENGTH:
        raise ValidationError(
            _("Een Belgisch rekeningnummer telt 16 tekens: BE en 14 cijfers. Dit telt er %(count)s.")
            % {"count": len(number)}
        )
    if number[:2] not in SEPA_COUNTRIES:
        raise ValidationError(
            _("Een rekening in %(country)s ligt buiten het SEPA-gebied. Geef een rekening binnen dat gebied.")
            % {"country": number[:2]}
        )
    if not valid_iban(number):
        raise ValidationError(
            _("De controlecijfers van %(number)s kloppen niet. Kijk of er een cijfer verkeerd of verwisseld is.")
            % {"number": grouped_iban(number)}
        )
    return number


def _check_form(number: str) -> None:
    """Refuse what cannot be an account number at all."""
    example = {"example": "BE68 5390 0754 7034"}
    if not number:
        raise ValidationError(_("Geef het rekeningnummer, zoals %(example)s.") % example)
    if number.isdecimal():
        raise ValidationError(
            _("Begin met de twee letters van het land: een IBAN ziet eruit als %(example)s.") % example
        )
    if not re.fullmatch(r"[A-Z]{2}[0-9]{2}[A-Z0-9]+", number, re.ASCII) or len(number) > LONGEST:
        raise ValidationError(
            _("Dit is geen IBAN: dat zijn twee letters, twee cijfers en dan het nummer, zoals %(example)s.") % example
        )


class IbanField(forms.CharField):
    """An account number: cleans to its compact form and shows a stored one in groups of four."""

    default_error_messages = {"required": gettext_lazy("Geef het rekeningnummer, zoals BE68 5390 0754 7034.")}

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", gettext_lazy("Rekeningnummer (IBAN)"))
        options.setdefault("max_length", 60)
        options.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}))
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        """A stored number in groups; what was typed wrongly stays as it was typed."""
        return grouped_iban(value) if isinstance(value, str) and valid_iban(value) else value

    def clean(self, value: Any) -> str:
        """The compact number, or nothing for an empty field that is not required."""
        text = super().clean(value)
        return read_iban(text) if text else ""

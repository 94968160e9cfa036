"""Official numbers of organisations and territories: form, check digits and the sentence that says what is wrong."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

KBO_FORM = re.compile(r"[01][0-9]{9}")
OVO_FORM = re.compile(r"OVO[0-9]{6}")
NIS_FORM = re.compile(r"[1-9][0-9]{4}")


class IdentifierError(ValueError):
    """A number that cannot be what it claims to be; the message is a sentence for people."""


def check_digits(first_eight: str) -> str:
    """The two check digits of an enterprise number: 97 minus the first eight digits modulo 97.

    Source of the rule: Crossroads Bank for Enterprises, structure of the enterprise number.
    """
    return f"{97 - int(first_eight) % 97:02d}"


def kbo(text: str) -> str:
    """The enterprise number as ten digits; spaces, dots and a leading BE are allowed in ``text``.

    Raises:
        IdentifierError: when it has not ten digits, does not start with 0 or 1, or its check digits are wrong.
    """
    digits = re.sub(r"[\s.]", "", text).removeprefix("BE")
    if not KBO_FORM.fullmatch(digits):
        raise IdentifierError(
            _("“%(text)s” is geen ondernemingsnummer: dat telt tien cijfers en begint met 0 of 1.") % {"text": text}
        )
    if digits[8:] != check_digits(digits[:8]):
        raise IdentifierError(
            _("Ondernemingsnummer %(text)s heeft een fout controlegetal: na %(start)s volgt %(right)s.")
            % {"text": text, "start": digits[:8], "right": check_digits(digits[:8])}
        )
    return digits


def ovo(text: str) -> str:
    """The code of an organisation of the Flemish government: OVO and six digits.

    Raises:
        IdentifierError: when it has another form.
    """
    code = text.strip().upper()
    if not OVO_FORM.fullmatch(code):
        raise IdentifierError(_("“%(text)s” is geen OVO-code: dat is OVO met zes cijfers.") % {"text": text})
    return code


def nis(text: str) -> str:
    """The form of a NIS code: five digits, the first not zero. Whether it exists is a query.

    Raises:
        IdentifierError: when it has another form.
    """
    code = text.strip()
    if not NIS_FORM.fullmatch(code):
        raise IdentifierError(
            _("“%(text)s” is geen NIS-code: dat telt vijf cijfers en begint niet met 0.") % {"text": text}
        )
    return code


def written_kbo(digits: str) -> str:
    """An enterprise number as people write it: 0207.500.123."""
    return f"{digits[:4]}.{digits[4:7]}.{digits[7:]}"

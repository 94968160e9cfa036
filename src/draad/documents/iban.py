"""Account numbers: whether an IBAN can exist, whether it lies in the SEPA area, and how it is written in groups."""

from __future__ import annotations

from stdnum import iban

SEPA_COUNTRIES = frozenset((
    "AD", "AL", "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GI", "GR", "HR", "HU",
    "IE", "IS", "IT", "LI", "LT", "LU", "LV", "MC", "MD", "ME", "MK", "MT", "NL", "NO", "PL", "PT", "RO", "RS", "SE",
    "SI", "SK", "SM", "VA",
))  # fmt: skip
"""Countries by the first letters of their account numbers. Source: EPC409-09, list of SEPA scheme countries."""
BELGIUM = "BE"
MODULUS = 97


def valid_iban(number: str) -> bool:
    """Whether a number without spaces has the length, the form and the check digits of its country (ISO 13616).

    A Belgian number must also fit the two check digits of its former national number, its last two. Whether the bank
    exists is not asked: any list of banks grows old.
    """
    if number != iban.compact(number) or not number.isascii():
        return False
    if not iban.is_valid(number, check_country=False):
        return False
    return number[:2] != BELGIUM or (int(number[4:14]) % MODULUS or MODULUS) == int(number[14:])


def grouped_iban(number: str) -> str:
    """The number in groups of four, as on a bank statement: BE68 5390 0754 7034."""
    return " ".join(number[start : start + 4] for start in range(0, len(number), 4))

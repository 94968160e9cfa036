"""Amounts in euro to whole cents, one at a time or a whole column of claims at once."""

from collections.abc import Sequence
from decimal import Context, Decimal, Inexact

from draad.methods.allocation.claims import Claim
from draad.methods.errors import MethodError
from draad.methods.tabular import LARGEST_CENTS

_EXACT = Context(traps=[Inexact])
_HUNDRED = Decimal(100)
_NUMBERS = (Decimal, int)


def cents(value: Decimal | int, what: str, owner: Claim | str = "") -> int:
    """Return whole cents; raises MethodError for a negative amount, a part of a cent, a float or no number at all.

    ``what`` names the amount and ``owner`` the claim or place it belongs to.
    """
    if not isinstance(value, _NUMBERS) or not (value := Decimal(value)).is_finite():
        raise _wrong(f"the {what} is {value!r}; give a Decimal amount in euro.", owner)
    try:
        hundredfold = _EXACT.multiply(value, _HUNDRED)
        whole = int(hundredfold)
        right = hundredfold == whole >= 0
    except Inexact:
        right, whole = False, 0
    if not right:
        raise _wrong(f"the {what} is {value} euro; it must be zero or more with at most two decimals.", owner)
    if whole > LARGEST_CENTS:
        raise _wrong(f"the {what} is {value} euro, larger than any budget; check it.", owner)
    return whole


def _wrong(sentence: str, owner: Claim | str) -> MethodError:
    place = owner.place if isinstance(owner, Claim) else owner
    return MethodError(sentence if place else sentence[0].upper() + sentence[1:], place)


def column_cents(values: Sequence[Decimal], what: str, claims: Sequence[Claim]) -> list[int]:
    """Return the cents of one amount of every claim; errors as for ``cents``, naming the first wrong claim."""
    try:
        hundredfold = [_EXACT.multiply(value, _HUNDRED) for value in values]
        wholes = list(map(int, hundredfold))
    except (ArithmeticError, TypeError, ValueError):
        wholes = []
    if wholes and hundredfold == wholes and min(wholes) >= 0 and max(wholes) <= LARGEST_CENTS:
        return wholes
    return [cents(value, what, claim) for value, claim in zip(values, claims, strict=True)]


def given_cents(values: Sequence[Decimal | None], what: str, claims: Sequence[Claim]) -> list[int | None]:
    """Return the cents of an amount that not every claim has, None where it is absent."""
    result: list[int | None] = [None] * len(values)
    places = [i for i, value in enumerate(values) if value is not None]
    given = [value for value in values if value is not None]
    for place, amount in zip(places, column_cents(given, what, [claims[i] for i in places]), strict=True):
        result[place] = amount
    return result

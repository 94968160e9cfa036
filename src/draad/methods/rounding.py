"""Rounding that adds up: largest remainder with a tie-break that does not depend on the order of the input.

Source: the method of largest remainder (Hamilton; Hare and Niemeyer), see Balinski and Young, *Fair Representation*
(1982). Everything is exact: whole numbers and fractions, never floats.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from draad.methods.errors import MethodError


def euro(cents: int) -> Decimal:
    """Return the amount in euro with two decimals."""
    return Decimal(cents).scaleb(-2)


def euro_text(cents: int) -> str:
    """Return the amount in euro as text with two decimals and a point, without thousand separators."""
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02}"


def order_keys(numerators: Sequence[int], denominators: Sequence[int]) -> list[int]:
    """Return whole numbers that sort exactly as the fractions do, equal where those are equal.

    Two different fractions with denominators under 2^k differ by more than 4^-k, so their floors at that scale differ.
    """
    if not denominators or denominators.count(denominators[0]) == len(denominators):
        return list(numerators)
    shift = 2 * max(denominators).bit_length()
    return [(n << shift) // d for n, d in zip(numerators, denominators, strict=True)]


def split_whole(total: int, weights: Sequence[int | Fraction]) -> list[int]:
    """Split a whole number in proportion to ``weights`` so that the parts add up to it.

    Largest remainder; of equal remainders the earlier part goes first. Raises MethodError when a weight is negative,
    or when all weights are zero and the total is not.
    """
    if any(weight < 0 for weight in weights):
        raise MethodError("A weight is negative; weights are zero or more.")
    whole = Fraction(sum(weights))
    if whole == 0:
        if total:
            raise MethodError(f"There is nothing to split {total} over: all weights are zero.")
        return [0] * len(weights)
    exact = [total * Fraction(weight) / whole for weight in weights]
    parts = [share.numerator // share.denominator for share in exact]
    by_remainder = sorted(range(len(parts)), key=lambda i: parts[i] - exact[i])
    for position in by_remainder[: total - sum(parts)]:
        parts[position] += 1
    return parts


def round_half_up(value: Fraction, decimals: int = 0) -> Decimal:
    """Return the value with so many decimals, halves away from zero, as a table of figures is rounded."""
    scaled = abs(value) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(-whole if value < 0 else whole).scaleb(-decimals)


def percentages(counts: Sequence[int], decimals: int = 0, *, add_up: bool = False) -> list[Decimal]:
    """Return each count as a percentage of their sum with so many decimals.

    With ``add_up`` the percentages sum to exactly 100 by largest remainder; without, each is rounded half up on its
    own and the sum may differ from 100. Raises MethodError when a count is negative or all are zero.
    """
    if any(count < 0 for count in counts):
        raise MethodError("A count is negative; counts are zero or more.")
    base = sum(counts)
    if base == 0:
        raise MethodError("There are no answers to take a percentage of; give the counts.")
    if add_up:
        return [Decimal(part).scaleb(-decimals) for part in split_whole(100 * 10**decimals, counts)]
    return [round_half_up(Fraction(100 * count, base), decimals) for count in counts]

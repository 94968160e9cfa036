"""The rules side by side, with measures of how equal each outcome is.

Gini coefficient: Gini, *Variabilità e mutabilità* (1912), in the form for ordered values; coefficient of variation:
standard deviation of the population divided by the mean. Claims of zero are left out: they have no share.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import fsum, sqrt

from draad.methods.allocation.claims import Claim, Rule
from draad.methods.allocation.dividing import Allocation, allocate
from draad.methods.rounding import round_half_up

_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Measures:
    """How equal an outcome is over claims or over applicants; numbers from 0 to 1 with six decimals.

    ``share_received`` is what is granted of what is claimed, ``lowest_share`` and ``highest_share`` those of single
    claims, ``min_max_ratio`` the one divided by the other (1 is equal). ``gini_awards`` and ``gini_shares`` are 0 when
    all euro, or all shares of the claim, are equal; ``variation_shares`` is the coefficient of variation of the shares
    (0 is equal). None where nothing is claimed or granted. ``in_full`` and ``nothing`` count claims.
    """

    share_received: Decimal | None
    lowest_share: Decimal | None
    highest_share: Decimal | None
    min_max_ratio: Decimal | None
    gini_awards: Decimal | None
    gini_shares: Decimal | None
    variation_shares: Decimal | None
    in_full: int
    nothing: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """One rule in a comparison: its allocation, and measures over claims and over applicants."""

    allocation: Allocation
    claims: Measures
    applicants: Measures


def compare(
    claims: Sequence[Claim],
    envelope: Decimal,
    *,
    within: Rule | str | None = None,
    ceilings: Mapping[str, Decimal] | None = None,
    together: bool = False,
    whole_units: bool = False,
) -> list[Comparison]:
    """Divide by every rule, by priority too when every claim has one; arguments and errors as for ``allocate``."""
    result = []
    for rule in Rule:
        if rule is Rule.PRIORITY and not (claims and all(claim.priority for claim in claims)):
            continue
        allocation = allocate(
            claims,
            envelope,
            rule,
            within=within if rule is Rule.PRIORITY else None,
            ceilings=ceilings,
            together=together,
            whole_units=whole_units,
        )
        pairs = [(int(a.claim.amount * 100), int(a.amount * 100)) for a in allocation.awards]
        result.append(Comparison(allocation, measure(pairs), measure(_per_applicant(claims, pairs))))
    return result


def measure(pairs: Sequence[tuple[int, int]]) -> Measures:
    """Return the measures of (claimed, granted) pairs in cents."""
    pairs = [pair for pair in pairs if pair[0]]
    claimed, granted = sum(claim for claim, _ in pairs), sum(award for _, award in pairs)
    in_full = sum(claim == award for claim, award in pairs)
    nothing = sum(award == 0 for _, award in pairs)
    if not claimed:
        return Measures(None, None, None, None, None, None, None, in_full, nothing)
    lowest = min(Fraction(award, claim) for claim, award in pairs)
    highest = max(Fraction(award, claim) for claim, award in pairs)
    received = round_half_up(Fraction(granted, claimed), _DECIMALS)
    ends = round_half_up(lowest, _DECIMALS), round_half_up(highest, _DECIMALS)
    if not granted:
        return Measures(received, *ends, None, None, None, None, in_full, nothing)
    shares = [award / claim for claim, award in pairs]
    return Measures(
        received,
        *ends,
        round_half_up(lowest / highest, _DECIMALS),
        round_half_up(gini([award for _, award in pairs]), _DECIMALS),
        _rounded(_gini_of_shares(shares)),
        _rounded(_variation(shares)),
        in_full,
        nothing,
    )


def gini(values: Sequence[int]) -> Fraction:
    """Return the exact Gini coefficient of values of zero or more that are not all zero."""
    size = len(values)
    weighted = sum((2 * rank - size - 1) * value for rank, value in enumerate(sorted(values), start=1))
    return Fraction(weighted, size * sum(values))


def _gini_of_shares(shares: Sequence[float]) -> float:
    size = len(shares)
    weighted = fsum((2 * rank - size - 1) * share for rank, share in enumerate(sorted(shares), start=1))
    return weighted / (size * fsum(shares))


def _variation(shares: Sequence[float]) -> float:
    mean = fsum(shares) / len(shares)
    return sqrt(fsum((share - mean) ** 2 for share in shares) / len(shares)) / mean


def _rounded(value: float) -> Decimal:
    return round_half_up(Fraction(max(0.0, value)), _DECIMALS)


def _per_applicant(claims: Sequence[Claim], pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    totals: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for claim, (claimed, granted) in zip(claims, pairs, strict=True):
        totals[claim.applicant][0] += claimed
        totals[claim.applicant][1] += granted
    return [(claimed, granted) for claimed, granted in totals.values()]

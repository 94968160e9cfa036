"""Whether respondents are spread over the classes of a population as a random sample would be.

The statistic is Pearson's chi-square with the finite population correction (N - 1)/(N - n): without replacement the
counts of a sample of n from N have variance smaller by (N - n)/(N - 1) (Cochran, *Sampling Techniques*, 1977).
Classes with an expected count under five are merged, the smallest with the next smallest (Cochran 1954). Where
classes would have to be merged and the spreads can be counted, an exact test on the classes as they are is used
instead: it sums the multivariate hypergeometric probabilities of all spreads that are no more likely than the one
found. Where everyone was invited the question is whether who answered differs from who did not; the same arithmetic
answers it, but no sampling margin applies to the figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb, prod

from scipy.stats import chi2

from draad.methods.errors import MethodError

LEAST_EXPECTED = 5
MOST_TABLES = 50_000


@dataclass(frozen=True)
class Stratum:
    """A class of the population: its units, and how many of them responded."""

    name: str
    population: int
    respondents: int


@dataclass(frozen=True)
class Verdict:
    """The outcome of the test.

    Args:
        method: ``chi-square``, ``exact``, or ``census`` when everybody responded.
        statistic: corrected chi-square, None for the exact test.
        degrees: degrees of freedom, None for the exact test.
        p_value: probability of so uneven a spread, or more, in a random sample.
        classes: the classes as tested, after merging.
    """

    method: str
    statistic: float | None
    degrees: int | None
    p_value: float
    classes: Sequence[Stratum]

    def representative(self, level: float = 0.05) -> bool:
        """Whether the spread gives no reason, at this level, to doubt that respondents are like the population."""
        return self.p_value >= level


def representativeness(strata: Sequence[Stratum]) -> Verdict:
    """Test the spread of respondents over the classes of the population.

    Raises:
        MethodError: for fewer than two classes, a class with more respondents than units, or no respondents.
    """
    _check(strata)
    population, sample = _size(strata), sum(stratum.respondents for stratum in strata)
    if sample == population:
        return Verdict("census", None, None, 1.0, strata)
    merged = merge_small(strata)
    if len(merged) < len(strata) and number_of_tables(strata, sample) <= MOST_TABLES:
        return Verdict("exact", None, None, _exact(strata, sample), strata)
    if len(merged) == 1:
        raise MethodError("every class expects fewer than five respondents and there are too many for an exact test; "
                          "merge classes by their meaning.")  # fmt: skip
    expected = [Fraction(sample * stratum.population, population) for stratum in merged]
    plain = sum((stratum.respondents - e) ** 2 / e for stratum, e in zip(merged, expected, strict=True))
    statistic = float(plain * Fraction(population - 1, population - sample))
    degrees = len(merged) - 1
    return Verdict("chi-square", statistic, degrees, float(chi2.sf(statistic, degrees)), merged)


def merge_small(strata: Sequence[Stratum]) -> list[Stratum]:
    """Merge classes until each expects five respondents or more: always the two with the smallest population."""
    population, sample = _size(strata), sum(stratum.respondents for stratum in strata)
    merged = sorted(strata, key=lambda stratum: (stratum.population, stratum.name))
    while len(merged) > 1 and merged[0].population * sample < LEAST_EXPECTED * population:
        first, second, *rest = merged
        joined = Stratum(f"{first.name} + {second.name}", first.population + second.population,
                         first.respondents + second.respondents)  # fmt: skip
        merged = sorted([joined, *rest], key=lambda stratum: (stratum.population, stratum.name))
    return merged


def number_of_tables(strata: Sequence[Stratum], sample: int) -> int:
    """How many spreads of the sample over the classes there are."""
    ways = [1] + [0] * sample
    for stratum in strata:
        ways = [sum(ways[n - k] for k in range(min(stratum.population, n) + 1)) for n in range(sample + 1)]
    return ways[sample]


def _exact(strata: Sequence[Stratum], sample: int) -> float:
    """The probability of all spreads that are no more likely than the one found; whole numbers, so no rounding."""
    found = prod(comb(stratum.population, stratum.respondents) for stratum in strata)
    weights = (prod(comb(s.population, k) for s, k in zip(strata, spread, strict=True)) for spread in
               _spreads([stratum.population for stratum in strata], sample))  # fmt: skip
    unlikely = sum(weight for weight in weights if weight <= found)
    return float(Fraction(unlikely, comb(_size(strata), sample)))


def _spreads(sizes: Sequence[int], sample: int) -> Iterator[list[int]]:
    if len(sizes) == 1:
        if sample <= sizes[0]:
            yield [sample]
        return
    for first in range(max(0, sample - sum(sizes[1:])), min(sizes[0], sample) + 1):
        for rest in _spreads(sizes[1:], sample - first):
            yield [first, *rest]


def _size(strata: Sequence[Stratum]) -> int:
    return sum(stratum.population for stratum in strata)


def _check(strata: Sequence[Stratum]) -> None:
    if len(strata) < 2:
        raise MethodError("there is one class or none; a spread needs two classes or more.")
    names = [stratum.name for stratum in strata]
    for stratum in strata:
        if names.count(stratum.name) > 1:
            raise MethodError("this class is given twice.", stratum.name)
        if stratum.population <= 0:
            raise MethodError(f"a population of {stratum.population} is no class; leave it out.", stratum.name)
        if not 0 <= stratum.respondents <= stratum.population:
            raise MethodError(
                f"{stratum.respondents} respondents is not between 0 and the {stratum.population} units of the class.",
                stratum.name,
            )
    if not any(stratum.respondents for stratum in strata):
        raise MethodError("nobody responded, so there is no spread to test.")

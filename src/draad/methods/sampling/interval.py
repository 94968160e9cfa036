"""The interval of a proportion in a finite population: exact, from the hypergeometric distribution.

The interval holds every number of units with the property in the population for which the observed count is not too
extreme in either direction, each tail tested at half of 1 - confidence (Buonaccorsi 1987, "A note on confidence
intervals for proportions in finite populations", *The American Statistician* 41). It is conservative: it covers the
truth at least as often as promised. When everybody answered there is no sampling and the interval is a point.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from scipy.stats import hypergeom

from draad.methods.errors import MethodError


@dataclass(frozen=True)
class Interval:
    """The share found, and the lowest and highest number of units of the population that go with it."""

    found: Fraction
    lowest: int
    highest: int
    population: int

    @property
    def lower(self) -> Fraction:
        """The lowest share, between 0 and 1."""
        return Fraction(self.lowest, self.population)

    @property
    def upper(self) -> Fraction:
        """The highest share, between 0 and 1."""
        return Fraction(self.highest, self.population)


def proportion_interval(*, count: int, sample: int, population: int, confidence: float = 0.95) -> Interval:
    """The share of a population with a property, from a simple random sample without replacement.

    Args:
        count: units of the sample with the property.
        sample: units in the sample.
        population: units in the population.
        confidence: how often such an interval covers the truth at least, such as 0.95.

    Raises:
        MethodError: when count ≤ sample ≤ population does not hold, the sample is empty or confidence is no share.
    """
    if not 0 <= count <= sample <= population or sample == 0:
        raise MethodError(
            f"0 ≤ count ({count}) ≤ sample ({sample}) ≤ population ({population}) and sample > 0 must hold."
        )
    if not 0 < confidence < 1:
        raise MethodError(f"a confidence of {confidence} is no share between 0 and 1, such as 0.95.")
    least, most = count, population - (sample - count)
    tail = (1 - confidence) / 2

    def not_too_many(k: int) -> bool:
        """Whether so high a count is still plausible when k units have the property."""
        return bool(hypergeom.sf(count - 1, population, k, sample) > tail)

    def not_too_few(k: int) -> bool:
        """Whether so low a count is still plausible when k units have the property."""
        return bool(hypergeom.cdf(count, population, k, sample) > tail)

    lowest = _first(least, most, not_too_many)
    highest = population - _first(population - most, population - least, lambda rest: not_too_few(population - rest))
    return Interval(Fraction(count, sample), lowest, highest, population)


def _first(low: int, high: int, holds: Callable[[int], bool]) -> int:
    """The smallest whole number between ``low`` and ``high`` for which ``holds``; it holds from there to ``high``."""
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low

"""Primary rules: which cells would tell too much about one person or contributor if they were published.

Sources: Hundepool and others, Statistical Disclosure Control (2012) and the tau-ARGUS manual 4.1 for the rules and for
the upper protection level that follows from each; Cox (1981) for sensitivity measures. All limits are settings: no
limit is public for Flanders.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from draad.methods.disclosure.inner import Totals
from draad.methods.disclosure.layout import Layout
from draad.methods.errors import MethodError


@dataclass(frozen=True, slots=True)
class Rules:
    """The primary rules that apply; a rule left at None does not.

    ``threshold``: fewer contributors than this is too few (with ``zeros`` also none at all).
    ``dominance`` (n, k): the n largest contributions are more than k percent of the value.
    ``p_percent``: the value less the two largest is less than p percent of the largest.
    ``prior_posterior`` (p, q): as p percent, when rivals know contributions to within q percent beforehand.
    ``group_disclosure``: a count that is the whole of its margin, which tells that nobody is elsewhere.
    """

    threshold: int | None = None
    zeros: bool = False
    dominance: tuple[int, Fraction] | None = None
    p_percent: Fraction | None = None
    prior_posterior: tuple[Fraction, Fraction] | None = None
    group_disclosure: bool = False

    def __post_init__(self) -> None:
        if self.threshold is not None and self.threshold < 1:
            raise MethodError(f"{self.threshold} is too low; the smallest frequency is at least 1.", "threshold")
        if self.zeros and self.threshold is None:
            raise MethodError("zeros count as too few only beside a threshold; give one.", "zeros")
        if self.dominance and (self.dominance[0] < 1 or not 0 < self.dominance[1] <= 100):
            raise MethodError("give n of at least 1 and k above 0 and at most 100, such as 3,75.", "dominance")
        if self.p_percent is not None and self.p_percent <= 0:
            raise MethodError("p is a percentage above 0, such as 10.", "p percent")
        if self.prior_posterior and not 0 < self.prior_posterior[0] < self.prior_posterior[1]:
            raise MethodError("give p above 0 and q above p, such as 10,50.", "pq")

    @property
    def contributions_needed(self) -> int:
        """Return how many of the largest contributions of each cell the rules need."""
        dominance = self.dominance[0] if self.dominance else 0
        return max(dominance, 2 if self.p_percent is not None or self.prior_posterior else 0)


def primary_cells(layout: Layout, totals: Totals, rules: Rules) -> dict[int, int]:
    """Return the published cells that break a rule, each with the upper protection level that the rule asks.

    The level, in units of the value, is how far above its value outsiders must believe the cell may lie; zero for the
    frequency and group rules, which ask for no more than that the value be unknown.
    """
    primary = {
        cell: max(_excess(cell, totals, rules), 0)
        for cell, hidden in enumerate(layout.hidden)
        if not hidden and (_too_few(totals.frequency[cell], rules) or _excess(cell, totals, rules) > 0)
    }
    if rules.group_disclosure:
        for whole, _ in group_lines(layout, totals):
            primary.setdefault(whole, 0)
    return primary


def _too_few(frequency: int, rules: Rules) -> bool:
    return rules.threshold is not None and (0 if rules.zeros else 1) <= frequency < rules.threshold


def _excess(cell: int, totals: Totals, rules: Rules) -> int:
    """Return by how much the rules on contributions are broken, rounded up; zero or less when they hold."""
    value, largest = totals.value[cell], totals.largest[cell]
    if not largest or not value:
        return 0
    rest = value - sum(largest[:2])
    excess = [Fraction(0)]
    if rules.dominance:
        n, k = rules.dominance
        excess.append(Fraction(100, 1) / k * sum(largest[:n]) - value)
    if rules.p_percent is not None:
        excess.append(rules.p_percent / 100 * largest[0] - rest)
    if rules.prior_posterior:
        p, q = rules.prior_posterior
        excess.append(p / q * largest[0] - rest)
    return ceil(max(excess))


def group_lines(layout: Layout, totals: Totals) -> list[tuple[int, tuple[int, ...]]]:
    """Return the published lines in which one cell holds everybody: that cell and the empty cells beside it."""
    lines = []
    for total, parts in layout.relations:
        cells = (total, *parts)
        if any(layout.hidden[cell] for cell in cells) or not totals.frequency[total] or len(parts) < 2:
            continue
        filled = [part for part in parts if totals.frequency[part]]
        if len(filled) == 1:
            lines.append((filled[0], tuple(part for part in parts if part != filled[0])))
    return lines

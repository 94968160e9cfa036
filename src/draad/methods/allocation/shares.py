"""The exact shares of one level: a rule with bounds, ceilings of applicants, and lines taken together."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from draad.methods.allocation.claims import Rule
from draad.methods.allocation.water import Bends, Curve, Level, curve, level_of


@dataclass(slots=True)
class Lines:
    """Parallel columns of the lines to divide over: whole cents, with lower <= upper <= claim."""

    claims: list[int]
    lower: list[int]
    upper: list[int]
    applicants: list[str]

    def of(self, positions: Sequence[int]) -> "Lines":
        """Return these lines only."""
        return Lines(
            [self.claims[i] for i in positions],
            [self.lower[i] for i in positions],
            [self.upper[i] for i in positions],
            [self.applicants[i] for i in positions],
        )

    def times(self, factor: int) -> "Lines":
        """Return the same lines with every amount multiplied."""
        columns = [[factor * value for value in column] for column in (self.claims, self.lower, self.upper)]
        return Lines(columns[0], columns[1], columns[2], self.applicants)

    def per_applicant(self) -> "Lines":
        """Return one line per applicant: the sums of its lines, in the order of ``by_applicant``."""
        groups = self.by_applicant()
        columns = [
            [sum([column[i] for i in positions]) for positions in groups.values()]
            for column in (self.claims, self.lower, self.upper)
        ]
        return Lines(columns[0], columns[1], columns[2], list(groups))

    def by_applicant(self) -> dict[str, list[int]]:
        """Return the positions of the lines of each applicant."""
        groups: defaultdict[str, list[int]] = defaultdict(list)
        for position, applicant in enumerate(self.applicants):
            groups[applicant].append(position)
        return groups


class Part(NamedTuple):
    """The lines of one applicant that were divided by themselves, and whether they share losses or awards."""

    positions: Sequence[int]
    losses: bool


@dataclass(slots=True)
class Shares:
    """Exact shares in cents, ``numerators[i] / denominators[i]`` for line i.

    ``parameter`` is the rate, the equal award or the equal loss that lines share, in cents; ``losses`` says that it is
    a loss. ``parts`` are the applicants whose lines were divided by themselves, ``capped`` those at their ceiling.
    """

    numerators: list[int]
    denominators: list[int]
    losses: bool
    parameter: Fraction
    parts: dict[str, Part] = field(default_factory=dict)
    capped: set[str] = field(default_factory=set)


def attainable(lines: Lines, ceilings: Mapping[str, int]) -> int:
    """Return the most that all lines can be awarded together within their bounds and ceilings, in cents."""
    if not ceilings:
        return sum(lines.upper)
    totals: defaultdict[str, int] = defaultdict(int)
    for applicant, upper in zip(lines.applicants, lines.upper, strict=True):
        totals[applicant] += upper
    return sum(min(total, ceilings.get(applicant, total)) for applicant, total in totals.items())


def share(rule: Rule, lines: Lines, ceilings: Mapping[str, int], estate: int) -> Shares:
    """Divide ``estate`` cents over lines by a rule other than priority, exactly.

    Needs the sum of the lower bounds <= estate <= ``attainable``. A line follows the common level of the rule until it
    meets a bound; when an applicant meets its ceiling all its lines stop at the level reached, so that within the
    applicant the rule still holds.
    """
    ruled = curve(rule, lines.claims, lines.lower, lines.upper)
    stops = _stops(ruled, lines, ceilings)
    level = _level(ruled, lines, stops, ceilings, estate)
    numerators = _at(ruled, level)
    denominators = [level.denominator * ruled.scale] * len(numerators)
    result = Shares(numerators, denominators, *_meaning(rule, ruled, level))
    for applicant, (positions, stop) in stops.items():
        if stop.numerator * level.denominator <= level.numerator * stop.denominator:
            result.capped.add(applicant)
            result.parts[applicant] = Part(positions, _meaning(rule, ruled, stop)[0])
            for position, numerator in zip(positions, _at(ruled, stop, positions), strict=True):
                numerators[position] = numerator
                denominators[position] = stop.denominator * ruled.scale
    return result


def share_together(rule: Rule, lines: Lines, ceilings: Mapping[str, int], estate: int) -> tuple[Shares, Shares]:
    """Divide ``estate`` cents between applicants on the sum of their lines, then within each by the same rule.

    Returns the shares of the lines and those of the applicants (in the order of ``Lines.by_applicant``).
    """
    groups = lines.by_applicant()
    totals = lines.per_applicant()
    limited = set()
    for i, name in enumerate(groups):
        if totals.upper[i] > ceilings.get(name, totals.upper[i]):
            totals.upper[i] = ceilings[name]
            limited.add(name)
    between = share(rule, totals, {}, estate)
    result = Shares([0] * len(lines.claims), [1] * len(lines.claims), between.losses, between.parameter)
    for i, (name, positions) in enumerate(groups.items()):
        total = Fraction(between.numerators[i], between.denominators[i])
        inner = _share_fraction(rule, lines.of(positions), total)
        for position, numerator, denominator in zip(positions, inner.numerators, inner.denominators, strict=True):
            result.numerators[position], result.denominators[position] = numerator, denominator
        result.parts[name] = Part(positions, inner.losses)
        if name in limited and total == ceilings[name]:
            result.capped.add(name)
    return result, between


def _share_fraction(rule: Rule, lines: Lines, estate: Fraction) -> Shares:
    """Divide a number of cents that is a fraction: the same problem with all amounts multiplied by its denominator."""
    factor = estate.denominator
    shares = share(rule, lines.times(factor), {}, estate.numerator)
    shares.denominators = [factor * denominator for denominator in shares.denominators]
    return shares


def _stops(ruled: Curve, lines: Lines, ceilings: Mapping[str, int]) -> dict[str, tuple[list[int], Level]]:
    """Return the lines of each applicant whose ceiling can bind, and the level at which it does."""
    stops = {}
    if ceilings:
        for applicant, positions in lines.by_applicant().items():
            ceiling = ceilings.get(applicant)
            if ceiling is not None and sum([lines.upper[i] for i in positions]) > ceiling:
                stops[applicant] = positions, level_of(ruled.of(positions), ceiling * ruled.scale)
    return stops


def _level(
    ruled: Curve,
    lines: Lines,
    stops: Mapping[str, tuple[list[int], Level]],
    ceilings: Mapping[str, int],
    estate: int,
) -> Level:
    if not stops:
        return level_of(ruled.pieces, estate * ruled.scale)
    bends = Bends()
    free = [position for position, applicant in enumerate(lines.applicants) if applicant not in stops]
    for piece in ruled.of(free):
        bends.add(piece)
    for applicant, (positions, stop) in stops.items():
        bends.add_until(ruled.of(positions), stop, ceilings[applicant] * ruled.scale)
    return bends.level(sum(lines.lower) * ruled.scale, estate * ruled.scale)


def _at(ruled: Curve, level: Level, positions: Sequence[int] | None = None) -> list[int]:
    pieces = ruled.pieces if positions is None else ruled.of(positions)
    first = pieces[0].at(level)
    for piece in pieces[1:]:
        first = [a + b for a, b in zip(first, piece.at(level), strict=True)]
    return first


def _meaning(rule: Rule, ruled: Curve, level: Level) -> tuple[bool, Fraction]:
    value = Fraction(level.numerator, level.denominator)
    if ruled.turn is None:
        return rule is Rule.EQUAL_LOSSES, -value if rule is Rule.EQUAL_LOSSES else value
    if value > ruled.turn:
        return True, ruled.turn - value / 2
    return False, value / 2

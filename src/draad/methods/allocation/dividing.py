"""Divide an envelope over claims by a rule: the entry of the package."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import repeat
from typing import NamedTuple

from draad.methods.allocation import levels
from draad.methods.allocation.claims import Claim, Rule
from draad.methods.allocation.levels import Awards, LevelOutcome
from draad.methods.allocation.problem import Problem, read_problem
from draad.methods.allocation.reasons import Ground, ground, sentence
from draad.methods.errors import MethodError
from draad.methods.rounding import euro


class Award(NamedTuple):
    """What one claim gets, in euro, and why.

    ``units`` is the award in units of the claim where it is a whole number of them. ``least`` and
    ``most`` bound the award and ``from_remainder`` what it got of what remained after whole units, all in cents.
    """

    claim: Claim
    amount: Decimal
    units: int | None
    level: LevelOutcome
    least: int
    most: int
    from_remainder: int
    in_units: bool

    @property
    def ground(self) -> Ground:
        """What decided the award: the claim, a bound, the rule or the money."""
        return ground(self.claim, int(self.amount * 100), (self.least, self.most), self.from_remainder, self.level)

    @property
    def reason(self) -> str:
        """Which rule, bound or level decided, as one English sentence."""
        unit = int(self.claim.unit_amount * 100) if self.in_units and self.claim.unit_amount is not None else None
        return sentence(self.ground, self.level, int(self.amount * 100), unit, self.from_remainder)


@dataclass(frozen=True, slots=True)
class Allocation:
    """The envelope divided: awards in the order of the claims, amounts in euro.

    ``granted`` is the smaller of the envelope and what the claims, bounds and ceilings allow; in whole units it can be
    less. ``remainder`` is the envelope minus what is granted. ``within`` is the rule inside a priority level.
    """

    rule: Rule
    within: Rule | None
    envelope: Decimal
    claimed: Decimal
    granted: Decimal
    remainder: Decimal
    awards: tuple[Award, ...]
    levels: tuple[LevelOutcome, ...]

    @property
    def note(self) -> str:
        """Say in one sentence why money remains, or that none does."""
        if not self.remainder:
            return "The envelope is granted to the cent."
        if self.granted == self.claimed:
            return f"Every claim is granted in full; {self.remainder} euro remains."
        in_units = any(award.in_units for award in self.awards)
        limits = "whole units, maxima and ceilings" if in_units else "maxima and ceilings"
        return f"No claim can be granted more within its {limits}; {self.remainder} euro remains."


def allocate(
    claims: Sequence[Claim],
    envelope: Decimal,
    rule: Rule | str,
    *,
    within: Rule | str | None = None,
    ceilings: Mapping[str, Decimal] | None = None,
    together: bool = False,
    whole_units: bool = False,
) -> Allocation:
    """Divide ``envelope`` euro over the claims by ``rule`` and say per claim why.

    To the cent, the awards sum to the smaller of the envelope and the claims, or to what maxima and ceilings allow
    when that is less. The result does not depend on the order of the claims.

    ``within`` is the rule inside a level of the rule priority (proportional when it is not given). ``ceilings`` are
    the most that applicants can get in all, in euro. ``together`` compares applicants by the sum of their lines (of
    one level) and divides within an applicant by the same rule. ``whole_units`` makes every award a multiple of its
    unit amount; no further unit of any claim then fits in the remainder.

    Raises MethodError, naming the claim, for amounts, bounds, units or priorities that are wrong or contradict each
    other; minima above the envelope or a ceiling; an unknown rule or an unknown applicant.

    Rules: Thomson, *How to Divide When There Isn't Enough* (2019); Talmud: Aumann and Maschler, *Journal of Economic
    Theory* 36 (1985).
    """
    main, inner = _rules(rule, within)
    problem = read_problem(claims, envelope, main, ceilings or {}, whole_units=whole_units)
    method = levels.divide_whole_units if whole_units else levels.divide
    names = [claim.claim for claim in claims]
    awards = method(problem, names, _numbers(claims, main), inner, together=together)
    granted = sum(awards.cents)
    return Allocation(
        main,
        inner if main is Rule.PRIORITY else None,
        euro(problem.envelope),
        euro(sum(problem.lines.claims)),
        euro(granted),
        euro(problem.envelope - granted),
        tuple(_awards(claims, problem, awards, in_units=whole_units)),
        tuple(awards.levels),
    )


def exact_shares(
    claims: Sequence[Claim],
    envelope: Decimal,
    rule: Rule | str,
    *,
    within: Rule | str | None = None,
    ceilings: Mapping[str, Decimal] | None = None,
    together: bool = False,
) -> dict[str, Fraction]:
    """Return per claim the exact share in euro, before it is rounded to cents; arguments as for ``allocate``."""
    main, inner = _rules(rule, within)
    problem = read_problem(claims, envelope, main, ceilings or {}, whole_units=False)
    shares = levels.exact_shares(problem, _numbers(claims, main), inner, together=together)
    return {claim.claim: share / 100 for claim, share in zip(claims, shares, strict=True)}


def _rules(rule: Rule | str, within: Rule | str | None) -> tuple[Rule, Rule]:
    main = Rule.read(rule)
    if main is not Rule.PRIORITY:
        if within is not None:
            raise MethodError(f"A rule within levels belongs to the rule priority, not to {main}.")
        return main, main
    inner = Rule.PROPORTIONAL if within is None else Rule.read(within)
    if inner is Rule.PRIORITY:
        raise MethodError("Within a priority level another rule divides; priority cannot.")
    return main, inner


def _numbers(claims: Sequence[Claim], rule: Rule) -> list[int | None]:
    return [claim.priority if rule is Rule.PRIORITY else None for claim in claims]


def _awards(claims: Sequence[Claim], problem: Problem, awards: Awards, *, in_units: bool) -> list[Award]:
    columns = zip(awards.cents, problem.units, strict=True)
    units = [amount // unit if unit and amount % unit == 0 else None for amount, unit in columns]
    amounts = map(euro, awards.cents)
    lower, upper = problem.lines.lower, problem.lines.upper
    added = awards.from_remainder
    return list(map(Award, claims, amounts, units, awards.outcomes, lower, upper, added, repeat(in_units)))

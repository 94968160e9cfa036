"""From claims as people write them to a problem in whole cents, every contradiction told with its row."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from draad.methods.allocation.amounts import cents, column_cents, given_cents
from draad.methods.allocation.claims import Claim, Rule
from draad.methods.allocation.shares import Lines
from draad.methods.errors import MethodError
from draad.methods.rounding import euro_text


@dataclass(slots=True)
class Problem:
    """The lines in cents, the unit amount of each (None where there is none), and the ceilings of applicants."""

    lines: Lines
    units: list[int | None]
    ceilings: dict[str, int]
    envelope: int


def read_problem(
    claims: Sequence[Claim],
    envelope: Decimal,
    rule: Rule,
    ceilings: Mapping[str, Decimal],
    *,
    whole_units: bool,
) -> Problem:
    """Check the claims against each other and return the problem in whole cents.

    With ``whole_units`` the bounds are drawn in to multiples of the unit amount. Raises MethodError for a claim that
    is named twice, bounds that contradict each other, units that contradict the amount, a missing priority, and
    minima that together exceed the envelope or a ceiling.
    """
    total = cents(envelope, "envelope")
    _check_names(claims)
    if rule is Rule.PRIORITY:
        _check_priorities(claims)
    amounts = column_cents([claim.amount for claim in claims], "amount", claims)
    units = given_cents([claim.unit_amount for claim in claims], "unit amount", claims)
    _check_units(claims, amounts, units, needed=whole_units)
    lower, upper = _bounds(claims, amounts)
    if whole_units:
        lower, upper = _in_units(claims, units, lower, upper)
    lines = Lines(amounts, lower, upper, [claim.applicant for claim in claims])
    limits = {name: cents(value, "ceiling", f"applicant '{name}'") for name, value in ceilings.items()}
    _check_minima(lines, limits, total)
    return Problem(lines, units, limits, total)


def _check_names(claims: Sequence[Claim]) -> None:
    seen: dict[str, Claim] = {}
    for claim in claims:
        if not claim.claim or not claim.applicant:
            raise MethodError("the claim and its applicant must both have a name.", claim.place)
        if claim.claim in seen:
            first = seen[claim.claim].where
            raise MethodError(
                f"the claim is named before{f' in {first}' if first else ''}; name each claim once.", claim.place
            )
        seen[claim.claim] = claim


def _check_priorities(claims: Sequence[Claim]) -> None:
    for claim in claims:
        if claim.priority is None:
            raise MethodError("there is no priority; the rule priority needs one for every claim.", claim.place)
        if claim.priority < 1:
            raise MethodError(f"the priority is {claim.priority}; priorities count from 1, the first.", claim.place)


def _check_units(claims: Sequence[Claim], amounts: list[int], units: list[int | None], *, needed: bool) -> None:
    """Hold the unit amounts against the units and the amounts."""
    for claim, amount, unit in zip(claims, amounts, units, strict=True):
        if unit is None:
            if needed or claim.units is not None:
                need = "whole units need one for every claim" if needed else "units need one"
                raise MethodError(f"there is no unit amount; {need}.", claim.place)
        elif unit == 0:
            raise MethodError("the unit amount is zero; a unit costs more than nothing.", claim.place)
        elif claim.units is not None and claim.units * unit != amount:
            raise MethodError(
                f"{claim.units} units of {euro_text(unit)} are not the amount {euro_text(amount)}.", claim.place
            )


def _bounds(claims: Sequence[Claim], amounts: list[int]) -> tuple[list[int], list[int]]:
    """Return the least and the most each claim can get, after holding minimum, maximum and amount together."""
    minima = given_cents([claim.minimum for claim in claims], "minimum", claims)
    maxima = given_cents([claim.maximum for claim in claims], "maximum", claims)
    lower = [low or 0 for low in minima]
    for claim, amount, low, most in zip(claims, amounts, lower, maxima, strict=True):
        if low > amount:
            raise MethodError(
                f"the minimum {euro_text(low)} is above the amount claimed, {euro_text(amount)}.", claim.place
            )
        if most is not None and low > most:
            raise MethodError(f"the minimum {euro_text(low)} is above the maximum {euro_text(most)}.", claim.place)
    upper = [amount if most is None else min(most, amount) for amount, most in zip(amounts, maxima, strict=True)]
    return lower, upper


def _in_units(
    claims: Sequence[Claim], units: list[int | None], lower: list[int], upper: list[int]
) -> tuple[list[int], list[int]]:
    """Return the bounds drawn in to multiples of the unit amount."""
    low_units, high_units = [], []
    for claim, unit, low, high in zip(claims, units, lower, upper, strict=True):
        size = unit or 1
        low_units.append(-(-low // size) * size)
        high_units.append(high // size * size)
        if low_units[-1] > high_units[-1]:
            raise MethodError(
                f"no whole number of units of {euro_text(size)} lies between the minimum and the maximum.", claim.place
            )
    return low_units, high_units


def _check_minima(lines: Lines, ceilings: Mapping[str, int], envelope: int) -> None:
    minima: defaultdict[str, int] = defaultdict(int)
    for applicant, low in zip(lines.applicants, lines.lower, strict=True):
        minima[applicant] += low
    for applicant, ceiling in ceilings.items():
        place = f"applicant '{applicant}'"
        if applicant not in minima:
            raise MethodError("there is a ceiling but no claim; check the name.", place)
        if minima[applicant] > ceiling:
            raise MethodError(
                f"the minima sum to {euro_text(minima[applicant])}, above the ceiling {euro_text(ceiling)}.", place
            )
    if (needed := sum(lines.lower)) > envelope:
        raise MethodError(f"The minima sum to {euro_text(needed)}, above the envelope {euro_text(envelope)}.")

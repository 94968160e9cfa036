"""From claims as people write them to a problem in whole cents, every contradiction told with its row."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal, Inexact

from draad.methods.allocation.claims import Claim, Rule
from draad.methods.allocation.shares import Lines
from draad.methods.errors import MethodError
from draad.methods.rounding import euro_text
from draad.methods.tabular import LARGEST_CENTS


@dataclass(slots=True)
class Problem:
    """The lines in cents, the unit amount of each (None where there is none), and the ceilings of applicants."""

    lines: Lines
    units: list[int | None]
    ceilings: dict[str, int]
    envelope: int


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
    amounts = [cents(claim.amount, "amount", claim) for claim in claims]
    units = [_unit(claim, amount, whole_units=whole_units) for claim, amount in zip(claims, amounts, strict=True)]
    bounds = [
        _bounds(claim, amount, unit if whole_units else None)
        for claim, amount, unit in zip(claims, amounts, units, strict=True)
    ]
    lines = Lines(amounts, [low for low, _ in bounds], [high for _, high in bounds], [c.applicant for c in claims])
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


def _unit(claim: Claim, amount: int, *, whole_units: bool) -> int | None:
    """Return the unit amount in cents after checking it against the units and the amount."""
    if claim.unit_amount is None:
        if whole_units or claim.units is not None:
            need = "whole units need one for every claim" if whole_units else "units need one"
            raise MethodError(f"there is no unit amount; {need}.", claim.place)
        return None
    unit = cents(claim.unit_amount, "unit amount", claim)
    if unit == 0:
        raise MethodError("the unit amount is zero; a unit costs more than nothing.", claim.place)
    if claim.units is not None and claim.units * unit != amount:
        raise MethodError(
            f"{claim.units} units of {euro_text(unit)} are not the amount {euro_text(amount)}.", claim.place
        )
    return unit


def _bounds(claim: Claim, amount: int, unit: int | None) -> tuple[int, int]:
    low, high = 0, amount
    if claim.minimum is not None:
        low = cents(claim.minimum, "minimum", claim)
        if low > amount:
            raise MethodError(
                f"the minimum {euro_text(low)} is above the amount claimed, {euro_text(amount)}.", claim.place
            )
    if claim.maximum is not None:
        most = cents(claim.maximum, "maximum", claim)
        if low > most:
            raise MethodError(f"the minimum {euro_text(low)} is above the maximum {euro_text(most)}.", claim.place)
        high = min(most, amount)
    if unit is not None:
        low, high = -(-low // unit) * unit, high // unit * unit
        if low > high:
            raise MethodError(
                f"no whole number of units of {euro_text(unit)} lies between the minimum and the maximum.", claim.place
            )
    return low, high


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

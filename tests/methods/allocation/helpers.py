"""Claims for tests, and textbook rules written another way than in the package, to check against."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Any

from hypothesis import strategies as st

from draad.methods.allocation import Allocation, Claim, Rule, allocate, exact_shares

FLAT_RULES = [Rule.PROPORTIONAL, Rule.EQUAL_AWARDS, Rule.EQUAL_LOSSES, Rule.TALMUD]


def euro(cents: int) -> Decimal:
    return Decimal(cents) / 100


def claims_of(amounts: Sequence[int], **columns: Sequence[Any]) -> list[Claim]:
    """Claims of so many cents by applicants of their own; bounds and unit amounts in cents too."""
    result = []
    for i, amount in enumerate(amounts):
        more = {name: values[i] for name, values in columns.items() if values[i] is not None}
        for name in ("minimum", "maximum", "unit_amount"):
            if name in more:
                more[name] = euro(more[name])
        applicant = more.pop("applicant", f"applicant {i}")
        result.append(Claim(f"c{i:03}", applicant, euro(amount), **more))
    return result


def cents_of(allocation: Allocation) -> list[int]:
    return [int(award.amount * 100) for award in allocation.awards]


def cents(amounts: Sequence[int], envelope: int, rule: Rule | str, **columns: Sequence[Any]) -> list[int]:
    return cents_of(allocate(claims_of(amounts, **columns), euro(envelope), rule))


def exact(amounts: Sequence[int | Fraction], envelope: int | Fraction, rule: Rule) -> list[Fraction]:
    """Exact shares for amounts that may be fractions of a cent: the problem scaled to whole cents and back."""
    values = [Fraction(value) for value in (*amounts, envelope)]
    scale = lcm(*(value.denominator for value in values))
    scaled = [value * scale for value in values]
    claims = claims_of([int(value) for value in scaled[:-1]])
    shares = exact_shares(claims, euro(int(scaled[-1])), rule)
    return [shares[claim.claim] * 100 / scale for claim in claims]


@st.composite
def problems(draw: st.DrawFn, largest: int = 3_000, most: int = 8, short: bool = True) -> tuple[list[int], int]:
    """Amounts in cents and an envelope, at most their sum when ``short``."""
    amounts = draw(st.lists(st.integers(0, largest), min_size=1, max_size=most))
    return amounts, draw(st.integers(0, sum(amounts) if short else 2 * sum(amounts) + 10))


def textbook(rule: Rule, amounts: Sequence[Fraction], estate: Fraction) -> list[Fraction]:
    """The rules by their definitions, solved by serving the smallest claims first instead of by a common level."""
    total = sum(amounts, Fraction(0))
    if rule is Rule.PROPORTIONAL:
        return [amount * estate / total if total else Fraction(0) for amount in amounts]
    if rule is Rule.EQUAL_AWARDS:
        return _equal_awards(amounts, estate)
    if rule is Rule.EQUAL_LOSSES:
        losses = _equal_awards(amounts, total - estate)
        return [amount - loss for amount, loss in zip(amounts, losses, strict=True)]
    halves = [amount / 2 for amount in amounts]
    if 2 * estate <= total:
        return _equal_awards(halves, estate)
    losses = _equal_awards(halves, total - estate)
    return [amount - loss for amount, loss in zip(amounts, losses, strict=True)]


def _equal_awards(amounts: Sequence[Fraction], estate: Fraction) -> list[Fraction]:
    result = [Fraction(0)] * len(amounts)
    order = sorted(range(len(amounts)), key=lambda i: amounts[i])
    for served, i in enumerate(order):
        result[i] = min(amounts[i], estate / (len(amounts) - served))
        estate -= result[i]
    return result


def contested_garment(first: Fraction, second: Fraction, estate: Fraction) -> tuple[Fraction, Fraction]:
    """The division of a contested garment (Mishnah, Bava Metzia 2a): what nobody contests, then the rest in halves."""
    own_first, own_second = max(Fraction(0), estate - second), max(Fraction(0), estate - first)
    rest = (estate - own_first - own_second) / 2
    return own_first + rest, own_second + rest


def total_at(rule: Rule, bounds: Sequence[tuple[int, int, int]], level: Fraction, largest: int) -> list[Fraction]:
    """Awards at a common level by the parametric form, for (claim, lower, upper); the level runs up from -2*largest."""
    result = []
    for claim, lower, upper in bounds:
        if rule is Rule.PROPORTIONAL:
            value = level * claim
        elif rule is Rule.EQUAL_AWARDS:
            value = level
        elif rule is Rule.EQUAL_LOSSES:
            value = claim + level
        else:
            half = Fraction(claim, 2)
            value = min(half, level) + max(Fraction(0), half + level - 2 * largest)
        result.append(min(max(value, Fraction(lower)), Fraction(upper)))
    return result


def with_ceilings(
    rule: Rule,
    bounds: Sequence[tuple[int, int, int]],
    applicants: Sequence[str],
    ceilings: dict[str, int],
    estate: int,
) -> list[Fraction]:
    """The rule with bounds and ceilings by bisection: an applicant above its ceiling is held at the level it meets it."""
    largest = max([claim for claim, _, _ in bounds] + [1])
    groups = {name: [i for i, owner in enumerate(applicants) if owner == name] for name in set(applicants)}

    def at(level: Fraction) -> list[Fraction]:
        result = total_at(rule, bounds, level, largest)
        for name, lines in groups.items():
            if name in ceilings and sum(result[i] for i in lines) > ceilings[name]:
                held = _held(rule, [bounds[i] for i in lines], largest, ceilings[name])
                for i, value in zip(lines, held, strict=True):
                    result[i] = value
        return result

    return _bisect(at, largest, estate)


def _held(rule: Rule, bounds: Sequence[tuple[int, int, int]], largest: int, ceiling: int) -> list[Fraction]:
    return _bisect(lambda level: total_at(rule, bounds, level, largest), largest, ceiling)


def _bisect(at: Callable[[Fraction], list[Fraction]], largest: int, estate: int) -> list[Fraction]:
    low, high = Fraction(-2 * largest), Fraction(4 * largest)
    for _ in range(60):
        middle = (low + high) / 2
        if sum(at(middle)) < estate:
            low = middle
        else:
            high = middle
    return at(high)

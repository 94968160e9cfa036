"""Many claims: the same exactness, and a common level that every free claim shares."""

from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest

from draad.methods.allocation import Claim, Ground, Rule, allocate
from tests.methods.allocation.helpers import FLAT_RULES, euro

SIZE = 20_000


@pytest.fixture(scope="module")
def claims() -> list[Claim]:
    random = Random(7)
    result = []
    for number in range(SIZE):
        cents = random.choice([0, 1, 65_000, random.randrange(1, 10**9)])
        result.append(
            Claim(
                f"line {number}",
                f"applicant {number % 900}",
                euro(cents),
                priority=random.randrange(1, 40),
                minimum=euro(cents // 10) if random.random() < 0.2 else None,
                maximum=euro(cents - cents // 5) if random.random() < 0.2 else None,
            )
        )
    return result


@pytest.fixture(scope="module")
def envelope(claims: list[Claim]) -> Decimal:
    return (sum((claim.amount for claim in claims), Decimal(0)) * Decimal("0.55")).quantize(Decimal("0.01"))


@pytest.mark.parametrize("rule", list(Rule))
def test_the_envelope_is_granted_to_the_cent(rule: Rule, claims: list[Claim], envelope: Decimal) -> None:
    allocation = allocate(claims, envelope, rule)
    assert sum(award.amount for award in allocation.awards) == allocation.granted == envelope
    for award in allocation.awards:
        most = award.claim.amount if award.claim.maximum is None else award.claim.maximum
        assert (award.claim.minimum or 0) <= award.amount <= most


@pytest.mark.parametrize("rule", FLAT_RULES)
def test_every_claim_that_no_bound_holds_is_at_the_level(rule: Rule, claims: list[Claim], envelope: Decimal) -> None:
    """Euro awards, or losses, or shares of claims whose reason is the rule itself: alike to within a cent."""
    allocation = allocate(claims, envelope, rule)
    level = allocation.levels[0]
    free = [award for award in allocation.awards if award.ground is Ground.RULE]
    assert len(free) > SIZE / 20
    for award in free:
        amount, cents = award.claim.amount * 100, award.amount * 100
        if rule is Rule.PROPORTIONAL:
            exact = level.parameter * Fraction(amount)
        elif level.losses:
            exact = max(
                Fraction(amount) / 2 if rule is Rule.TALMUD else Fraction(0), Fraction(amount) - level.parameter
            )
        else:
            exact = level.parameter
        assert abs(Fraction(cents) - exact) < 1


@pytest.mark.parametrize("rule", list(Rule))
def test_ceilings_hold_for_all_applicants(rule: Rule, claims: list[Claim], envelope: Decimal) -> None:
    random = Random(8)
    minima: dict[str, Decimal] = {}
    for claim in claims:
        minima[claim.applicant] = minima.get(claim.applicant, Decimal(0)) + (claim.minimum or 0)
    ceilings = {name: low + random.randrange(0, 60_000_000) for name, low in minima.items() if random.random() < 0.7}
    allocation = allocate(claims, envelope, rule, ceilings=ceilings)
    totals = dict.fromkeys(minima, Decimal(0))
    for award in allocation.awards:
        totals[award.claim.applicant] += award.amount
    assert all(totals[name] <= ceiling for name, ceiling in ceilings.items())
    assert sum(totals.values()) == envelope
    assert sum(totals[name] == ceiling for name, ceiling in ceilings.items()) > 50


def test_the_reversed_rows_give_the_same(claims: list[Claim], envelope: Decimal) -> None:
    for rule in Rule:
        forward = allocate(claims, envelope, rule, together=True).awards
        backward = allocate(claims[::-1], envelope, rule, together=True).awards
        assert [award.amount for award in forward] == [award.amount for award in backward][::-1]


def test_whole_units_of_many_claims() -> None:
    random = Random(9)
    claims = [
        Claim(f"c{i}", "x", Decimal(unit * count), unit_amount=Decimal(unit), priority=1 + i % 3)
        for i, (unit, count) in enumerate(
            (random.choice([60, 650, 1250, 10_000]), random.randrange(0, 50)) for _ in range(5_000)
        )
    ]
    envelope = Decimal(31_415_926)
    for rule in Rule:
        allocation = allocate(claims, envelope, rule, whole_units=True)
        short = [award.claim.unit_amount for award in allocation.awards if award.amount < award.claim.amount]
        assert short
        assert allocation.remainder < min(unit for unit in short if unit is not None)
        assert all(award.units is not None for award in allocation.awards)

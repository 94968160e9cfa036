"""Whole units: nothing that still fits is left, checked against brute force on small cases."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import product
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draad.methods.allocation import Allocation, Claim, Rule, allocate, exact_shares
from draad.methods.errors import MethodError
from tests.methods.allocation.helpers import FLAT_RULES, cents_of, claims_of, euro


@dataclass
class Case:
    """Claims in units with a ceiling for some applicants, and an envelope; all in cents."""

    claims: list[Claim]
    ceilings: dict[str, Decimal]
    envelope: int

    def divide(self, rule: Rule, **options: bool) -> Allocation:
        return allocate(self.claims, euro(self.envelope), rule, ceilings=self.ceilings, whole_units=True, **options)


@st.composite
def cases(draw: st.DrawFn, most: int = 6) -> Case:
    claims = []
    for i in range(draw(st.integers(1, most))):
        unit, units = draw(st.integers(1, 60)), draw(st.integers(0, 6))
        maximum = draw(st.one_of(st.none(), st.integers(0, unit * 6)))
        claims.append(
            Claim(
                f"c{i}", draw(st.sampled_from("AB")), euro(unit * units), unit_amount=euro(unit),
                units=draw(st.sampled_from([None, Decimal(units)])), priority=draw(st.integers(1, 3)),
                maximum=None if maximum is None else euro(maximum),
            )
        )  # fmt: skip
    owners = sorted({claim.applicant for claim in claims})
    ceilings = {name: euro(draw(st.integers(0, 400))) for name in owners if draw(st.booleans())}
    total = sum(int(claim.amount * 100) for claim in claims)
    return Case(claims, ceilings, draw(st.integers(0, total + 20)))


def most_units(claim: Claim) -> int:
    limit = claim.amount if claim.maximum is None else min(claim.amount, claim.maximum)
    assert claim.unit_amount is not None
    return int(limit // claim.unit_amount)


@given(case=cases(), rule=st.sampled_from(list(Rule)), together=st.booleans())
def test_awards_are_whole_units_within_all_bounds_and_no_further_unit_fits(
    case: Case, rule: Rule, together: bool
) -> None:
    allocation = case.divide(rule, together=together)
    assert allocation.granted + allocation.remainder == euro(case.envelope)
    assert allocation.granted == sum(award.amount for award in allocation.awards)
    assert allocation.remainder >= 0
    got = dict.fromkeys(case.ceilings, Decimal(0))
    for award in allocation.awards:
        assert award.units is not None
        assert award.claim.unit_amount is not None
        assert award.amount == award.units * award.claim.unit_amount
        assert award.units <= most_units(award.claim)
        if award.claim.applicant in got:
            got[award.claim.applicant] += award.amount
    assert all(got[name] <= case.ceilings[name] for name in got)
    for award in allocation.awards:
        unit, owner = award.claim.unit_amount, award.claim.applicant
        assert unit is not None
        full = award.units == most_units(award.claim)
        capped = owner in got and got[owner] + unit > case.ceilings[owner]
        assert full or capped or unit > allocation.remainder


@given(case=cases(most=4), rule=st.sampled_from(FLAT_RULES))
def test_no_division_gives_one_claim_more_and_the_others_as_much(case: Case, rule: Rule) -> None:
    """Brute force: among all divisions in whole units that fit, none has more for one and no less for the others."""
    awards = [award.units for award in case.divide(rule).awards]
    units = [int((claim.unit_amount or 0) * 100) for claim in case.claims]
    for other in product(*(range(most_units(claim) + 1) for claim in case.claims)):
        spent = sum(n * unit for n, unit in zip(other, units, strict=True))
        held = {
            name: sum(
                n * unit for n, unit, claim in zip(other, units, case.claims, strict=True) if claim.applicant == name
            )
            for name in case.ceilings
        }
        if spent > case.envelope or any(held[name] > case.ceilings[name] * 100 for name in held):
            continue
        better = all(b >= (a or 0) for a, b in zip(awards, other, strict=True)) and list(other) != awards
        assert not better


@given(case=cases(), rule=st.sampled_from(FLAT_RULES))
def test_every_award_holds_the_whole_units_of_its_exact_share(case: Case, rule: Rule) -> None:
    """The exact share is that of the amounts a claim can have in whole units."""
    limited = [
        Claim(c.claim, c.applicant, c.amount, maximum=most_units(c) * (c.unit_amount or Decimal(0)))
        for c in case.claims
    ]
    shares = exact_shares(limited, euro(case.envelope), rule, ceilings=case.ceilings)
    for award in case.divide(rule).awards:
        assert award.claim.unit_amount is not None
        assert award.units is not None
        assert award.units >= int(shares[award.claim.claim] / Fraction(award.claim.unit_amount))


@given(case=cases(), rule=st.sampled_from(list(Rule)), data=st.data())
def test_the_order_of_the_claims_makes_no_difference(case: Case, rule: Rule, data: st.DataObject) -> None:
    first = {award.claim.claim: award.units for award in case.divide(rule).awards}
    case.claims = data.draw(st.permutations(case.claims))
    assert {award.claim.claim: award.units for award in case.divide(rule).awards} == first


def test_what_remains_goes_out_by_the_largest_part_of_a_unit() -> None:
    """Exact shares of 150 and 150 cents are 1.5 units of 100 and 2.5 of 60; the larger claim goes first at a tie."""
    claims = claims_of([400, 300], unit_amount=[100, 60])
    allocation = allocate(claims, Decimal(3), "cea", whole_units=True)
    assert cents_of(allocation) == [100, 180]
    assert [award.from_remainder for award in allocation.awards] == [0, 60]
    assert allocation.remainder == Decimal("0.20")


def test_a_larger_part_of_a_unit_goes_first() -> None:
    """Exact shares of 280 and 120 are 2.8 and 1.2 units."""
    claims = claims_of([700, 300], unit_amount=[100, 100])
    assert cents_of(allocate(claims, Decimal(4), "proportional", whole_units=True)) == [300, 100]


def test_where_losses_are_shared_the_smaller_claim_goes_first_at_a_tie() -> None:
    """Exact shares of 350 and 250 are both half a unit short of whole."""
    claims = claims_of([400, 300], unit_amount=[100, 100])
    assert cents_of(allocate(claims, Decimal(6), "cel", whole_units=True)) == [300, 300]
    assert cents_of(allocate(claims, Decimal(3), "cea", whole_units=True)) == [200, 100]


def test_rounds_follow_one_another_until_nothing_fits() -> None:
    claims = claims_of([1000, 50], unit_amount=[1000, 1])
    allocation = allocate(claims, Decimal("9.99"), "proportional", whole_units=True)
    assert cents_of(allocation) == [0, 50]
    assert allocation.note == (
        "No claim can be granted more within its whole units, maxima and ceilings; 9.49 euro remains."
    )


def test_what_remains_of_a_level_passes_to_later_levels() -> None:
    claims = claims_of([300, 40], unit_amount=[100, 20], priority=[1, 2])
    allocation = allocate(claims, Decimal("2.50"), "priority", whole_units=True)
    assert cents_of(allocation) == [200, 40]
    assert [level.granted for level in allocation.levels] == [200, 40]


def test_an_amount_that_is_no_multiple_is_granted_up_to_its_whole_units() -> None:
    """Published: 3 389 566 euro granted in units of 60 euro is no whole number of units."""
    claims = claims_of([338_956_600], unit_amount=[6000])
    award = allocate(claims, Decimal("3389566.00"), "proportional", whole_units=True).awards[0]
    assert (award.units, str(award.amount)) == (56_492, "3389520.00")


def test_minimum_and_maximum_are_drawn_in_to_whole_units() -> None:
    claims = claims_of([500, 500], unit_amount=[100, 100], minimum=[150, None], maximum=[None, 199])
    assert cents_of(allocate(claims, Decimal(2), "cea", whole_units=True)) == [200, 0]
    assert cents_of(allocate(claims, Decimal(10), "cea", whole_units=True)) == [500, 100]


def test_bounds_without_a_whole_number_of_units_between_them() -> None:
    claims = claims_of([500], unit_amount=[100], minimum=[110], maximum=[190])
    with pytest.raises(
        MethodError, match=r"no whole number of units of 1\.00 lies between the minimum and the maximum"
    ):
        allocate(claims, Decimal(5), "cea", whole_units=True)


def test_whole_units_need_a_unit_amount() -> None:
    with pytest.raises(MethodError, match=r"^Claim 'c000': there is no unit amount; whole units need one"):
        allocate(claims_of([5]), Decimal(5), "cea", whole_units=True)


def test_units_are_reported_to_the_cent_only_where_whole() -> None:
    claims = claims_of([650 * 44, 100], unit_amount=[650, None])
    awards = allocate(claims, Decimal("287"), "proportional").awards
    assert [award.units for award in awards] == [44, None]
    assert [a.units for a in allocate(claims, Decimal("100"), "proportional").awards] == [None, None]


def test_millions_of_small_units_take_no_longer_than_a_few() -> None:
    """A cent is the unit of some claims and what remains is large: rounds are given at once, not unit by unit."""
    claims = claims_of([10**9] * 4, unit_amount=[10**9, 10**9, 1, 3])
    start = process_time()
    allocation = allocate(claims, euro(3 * 10**9 - 1), "proportional", whole_units=True)
    assert process_time() - start < 1
    assert allocation.remainder == Decimal("0.00")
    assert cents_of(allocation)[0] == 10**9

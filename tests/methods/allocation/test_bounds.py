"""Minimum and maximum per claim, ceilings per applicant, lines of an applicant together."""

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draad.methods.allocation import Claim, Rule, allocate, exact_shares
from tests.methods.allocation.helpers import FLAT_RULES, cents, cents_of, claims_of, euro, with_ceilings

RULES = st.sampled_from(FLAT_RULES)


@dataclass
class Case:
    """Claims with bounds and ceilings that can be met, and an envelope that is at least the minima; all in cents."""

    bounds: list[tuple[int, int, int]]
    applicants: list[str]
    ceilings: dict[str, int]
    envelope: int

    @property
    def claims(self) -> list[Claim]:
        return [
            Claim(f"c{i}", self.applicants[i], euro(claim), minimum=euro(low), maximum=euro(high))
            for i, (claim, low, high) in enumerate(self.bounds)
        ]

    @property
    def euro_ceilings(self) -> dict[str, Decimal]:
        return {name: euro(value) for name, value in self.ceilings.items()}

    @property
    def attainable(self) -> int:
        total = 0
        for name in set(self.applicants):
            most = sum(high for (_, _, high), owner in zip(self.bounds, self.applicants, strict=True) if owner == name)
            total += min(most, self.ceilings.get(name, most))
        return total


@st.composite
def cases(draw: st.DrawFn, ceilings: bool = True) -> Case:
    bounds, applicants = [], []
    largest = draw(st.sampled_from([4, 500]))
    for _ in range(draw(st.integers(1, 7))):
        claim = draw(st.integers(0, largest))
        low = draw(st.one_of(st.just(0), st.integers(0, claim)))
        bounds.append((claim, low, draw(st.one_of(st.just(claim), st.integers(low, claim)))))
        applicants.append(draw(st.sampled_from("ABC")))
    limits = {}
    for name in sorted(set(applicants)) if ceilings else []:
        minima = sum(low for (_, low, _), owner in zip(bounds, applicants, strict=True) if owner == name)
        if draw(st.booleans()):
            limits[name] = draw(st.integers(minima, minima + largest))
    case = Case(bounds, applicants, limits, 0)
    case.envelope = draw(st.integers(sum(low for _, low, _ in bounds), case.attainable + 5))
    return case


class TestBounds:
    @pytest.mark.parametrize("together", [False, True])
    @given(case=cases(), rule=RULES)
    def test_no_bound_or_ceiling_is_ever_broken(self, together: bool, case: Case, rule: Rule) -> None:
        allocation = allocate(case.claims, euro(case.envelope), rule, ceilings=case.euro_ceilings, together=together)
        awards = cents_of(allocation)
        assert sum(awards) == min(case.envelope, case.attainable)
        assert all(low <= award <= high for award, (_, low, high) in zip(awards, case.bounds, strict=True))
        for name, ceiling in case.ceilings.items():
            assert sum(a for a, owner in zip(awards, case.applicants, strict=True) if owner == name) <= ceiling

    @given(case=cases(), rule=RULES)
    def test_one_level_is_common_to_all_that_no_bound_or_ceiling_holds(self, case: Case, rule: Rule) -> None:
        estate = min(case.envelope, case.attainable)
        shares = exact_shares(case.claims, euro(case.envelope), rule, ceilings=case.euro_ceilings)
        expected = with_ceilings(rule, case.bounds, case.applicants, case.ceilings, estate)
        for i, value in enumerate(expected):
            assert abs(shares[f"c{i}"] * 100 - value) < Fraction(1, 10**6)

    @given(case=cases(), rule=RULES)
    def test_cents_lie_within_a_cent_of_the_exact_share(self, case: Case, rule: Rule) -> None:
        shares = exact_shares(case.claims, euro(case.envelope), rule, ceilings=case.euro_ceilings)
        allocation = allocate(case.claims, euro(case.envelope), rule, ceilings=case.euro_ceilings)
        assert all(abs(Fraction(a.amount) - shares[a.claim.claim]) < Fraction(1, 100) for a in allocation.awards)

    @given(case=cases(), rule=RULES, together=st.booleans(), data=st.data())
    def test_the_order_of_the_claims_makes_no_difference(
        self, case: Case, rule: Rule, together: bool, data: st.DataObject
    ) -> None:
        shuffled = data.draw(st.permutations(case.claims))
        results = [
            {a.claim.claim: a.amount for a in allocate(
                claims, euro(case.envelope), rule, ceilings=case.euro_ceilings, together=together
            ).awards}
            for claims in (case.claims, shuffled)
        ]  # fmt: skip
        assert results[0] == results[1]

    @pytest.mark.parametrize("rule", FLAT_RULES)
    def test_bounds_that_leave_no_choice(self, rule: Rule) -> None:
        assert cents([100, 200, 300], 150, rule, minimum=[90, None, None], maximum=[None, 20, 40]) == [90, 20, 40]

    def test_a_minimum_takes_from_the_others_by_the_rule(self) -> None:
        assert cents([100, 200, 300], 300, "proportional", minimum=[100, None, None]) == [100, 80, 120]
        assert cents([100, 200, 300], 150, "cea", minimum=[None, None, 90]) == [30, 30, 90]

    def test_a_maximum_limits_the_award_and_not_the_claim(self) -> None:
        """With the claim of 300 cut to 60 the proportional rule would give 50 instead of 60."""
        assert cents([100, 200, 300], 300, "proportional", maximum=[None, None, 60]) == [80, 160, 60]

    def test_maxima_below_the_envelope_leave_a_remainder(self) -> None:
        allocation = allocate(claims_of([100, 200], maximum=[10, 20]), Decimal(1), "cel")
        assert cents_of(allocation) == [10, 20]
        assert allocation.remainder == Decimal("0.70")
        assert allocation.note == "No claim can be granted more within its maxima and ceilings; 0.70 euro remains."

    def test_minima_equal_to_the_envelope(self) -> None:
        for rule in FLAT_RULES:
            assert cents([100, 200], 70, rule, minimum=[30, 40]) == [30, 40]


class TestCeilings:
    def test_lines_stop_together_and_the_others_go_on(self) -> None:
        claims = claims_of([100, 300, 400], applicant=["A", "A", "B"])
        awards = allocate(claims, Decimal(6), "proportional", ceilings={"A": Decimal(2)})
        assert cents_of(awards) == [50, 150, 400]

    def test_a_ceiling_is_reached_to_the_cent(self) -> None:
        claims = claims_of([100, 100, 100, 500], applicant=["A", "A", "A", "B"])
        awards = cents_of(allocate(claims, Decimal("5.01"), "cea", ceilings={"A": Decimal(1)}))
        assert awards == [34, 33, 33, 401]

    def test_a_ceiling_holds_through_all_priority_levels_and_sets_later_minima_aside(self) -> None:
        claims = claims_of(
            [100, 100, 100, 300], applicant=["A", "A", "A", "B"], priority=[1, 2, 3, 2], minimum=[None, None, 30, None]
        )
        allocation = allocate(claims, Decimal(10), "priority", ceilings={"A": Decimal("1.50")})
        assert cents_of(allocation) == [100, 20, 30, 300]

    def test_the_cents_that_are_left_respect_a_ceiling_that_is_almost_reached(self) -> None:
        """Half a cent each; the first names would get the three cents, but A has room for two."""
        claims = claims_of([1] * 6, applicant=["A"] * 3 + ["B"] * 3)
        assert cents_of(allocate(claims, Decimal("0.03"), "cea", ceilings={"A": Decimal("0.02")})) == [
            1,
            1,
            0,
            1,
            0,
            0,
        ]

    def test_a_ceiling_met_just_where_the_money_ends_is_filled_to_the_cent(self) -> None:
        """Half a cent each; the ceiling of A is its exact sum, one cent, though the names of B come first."""
        claims = claims_of([1] * 4, applicant=["B", "B", "A", "A"])
        assert cents_of(allocate(claims, Decimal("0.02"), "cea", ceilings={"A": Decimal("0.01")})) == [1, 0, 1, 0]

    @given(amounts=st.lists(st.integers(0, 9), min_size=2, max_size=7), rule=RULES, data=st.data())
    def test_within_an_applicant_a_larger_line_never_gets_less_nor_loses_less(
        self, amounts: list[int], rule: Rule, data: st.DataObject
    ) -> None:
        owners = [data.draw(st.sampled_from("AB")) for _ in amounts]
        ceilings = {name: euro(data.draw(st.integers(0, 20))) for name in set(owners)}
        envelope = euro(data.draw(st.integers(0, sum(amounts))))
        allocation = allocate(claims_of(amounts, applicant=owners), envelope, rule, ceilings=ceilings)
        lines = sorted(zip(owners, amounts, cents_of(allocation), strict=True))
        for (owner, smaller, x), (other, larger, y) in combinations(lines, 2):
            if owner == other and smaller < larger:
                assert x <= y
                assert smaller - x <= larger - y

    @given(case=cases(), rule=RULES)
    def test_an_applicant_at_its_ceiling_has_it_to_the_cent(self, case: Case, rule: Rule) -> None:
        shares = exact_shares(case.claims, euro(case.envelope), rule, ceilings=case.euro_ceilings)
        awards = allocate(case.claims, euro(case.envelope), rule, ceilings=case.euro_ceilings).awards
        for name, ceiling in case.euro_ceilings.items():
            if sum(shares[claim.claim] for claim in case.claims if claim.applicant == name) == ceiling:
                assert sum(award.amount for award in awards if award.claim.applicant == name) == ceiling

    def test_a_ceiling_of_zero_gives_nothing(self) -> None:
        claims = claims_of([100, 100], applicant=["A", "B"])
        assert cents_of(allocate(claims, Decimal(2), "talmud", ceilings={"A": Decimal(0)})) == [0, 100]

    @given(case=cases(ceilings=False), rule=RULES)
    def test_a_ceiling_that_no_applicant_meets_changes_nothing(self, case: Case, rule: Rule) -> None:
        wide = {name: Decimal(100) for name in case.applicants}
        free = allocate(case.claims, euro(case.envelope), rule)
        assert cents_of(allocate(case.claims, euro(case.envelope), rule, ceilings=wide)) == cents_of(free)


class TestTogether:
    def test_two_lines_of_one_applicant_count_as_one(self) -> None:
        claims = claims_of([100, 100, 200], applicant=["A", "A", "B"])
        assert cents_of(allocate(claims, Decimal("1.50"), "cea")) == [50, 50, 50]
        assert cents_of(allocate(claims, Decimal("1.50"), "cea", together=True)) == [38, 37, 75]

    @given(case=cases(ceilings=False), rule=RULES)
    def test_one_line_each_makes_no_difference(self, case: Case, rule: Rule) -> None:
        claims = [replace(claim, applicant=claim.claim) for claim in case.claims]
        apart = allocate(claims, euro(case.envelope), rule)
        assert cents_of(allocate(claims, euro(case.envelope), rule, together=True)) == cents_of(apart)

    @given(case=cases(ceilings=False), rule=RULES)
    def test_applicants_get_what_the_rule_gives_their_sums(self, case: Case, rule: Rule) -> None:
        sums: dict[str, list[int]] = {}
        for owner, bound in zip(case.applicants, case.bounds, strict=True):
            sums[owner] = [a + b for a, b in zip(sums.get(owner, [0, 0, 0]), bound, strict=True)]
        merged = [
            Claim(name, name, euro(claim), minimum=euro(low), maximum=euro(high))
            for name, (claim, low, high) in sums.items()
        ]
        expected = {a.claim.claim: a.amount for a in allocate(merged, euro(case.envelope), rule).awards}
        got = dict.fromkeys(expected, Decimal(0))
        for award in allocate(case.claims, euro(case.envelope), rule, together=True).awards:
            got[award.claim.applicant] += award.amount
        assert got == expected

    def test_splitting_a_claim_gains_nothing_together(self) -> None:
        """Apart, an applicant under equal awards gains by cutting its claim in two; together it does not."""
        whole = claims_of([200, 200], applicant=["A", "B"])
        cut = claims_of([100, 100, 200], applicant=["A", "A", "B"])
        apart = cents_of(allocate(cut, Decimal("1.50"), "cea"))
        assert apart[0] + apart[1] > cents_of(allocate(whole, Decimal("1.50"), "cea"))[0]
        together = cents_of(allocate(cut, Decimal("1.50"), "cea", together=True))
        assert together[0] + together[1] == cents_of(allocate(whole, Decimal("1.50"), "cea", together=True))[0]

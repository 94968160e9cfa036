"""The textbook properties of each rule, on the exact shares and, where rounding allows, to the cent.

Names as in Thomson, *How to Divide When There Isn't Enough* (2019).
"""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from draad.methods.allocation import Claim, Rule, allocate
from tests.methods.allocation.helpers import (
    FLAT_RULES,
    cents,
    cents_of,
    claims_of,
    contested_garment,
    euro,
    exact,
    problems,
    textbook,
)

RULES = st.sampled_from(FLAT_RULES)
COMPOSED = [Rule.PROPORTIONAL, Rule.EQUAL_AWARDS, Rule.EQUAL_LOSSES]


class TestExactShares:
    @given(problem=problems(), rule=RULES)
    def test_follow_the_textbook_definition(self, problem: tuple[list[int], int], rule: Rule) -> None:
        amounts, envelope = problem
        assert exact(amounts, envelope, rule) == textbook(rule, [Fraction(a) for a in amounts], Fraction(envelope))

    @given(problem=problems(), rule=RULES)
    def test_efficiency_and_bounds(self, problem: tuple[list[int], int], rule: Rule) -> None:
        amounts, envelope = problem
        shares = exact(amounts, envelope, rule)
        assert sum(shares) == envelope
        assert all(0 <= share <= amount for share, amount in zip(shares, amounts, strict=True))

    @given(problem=problems(), rule=RULES)
    def test_order_preservation_of_awards_and_losses(self, problem: tuple[list[int], int], rule: Rule) -> None:
        amounts, envelope = problem
        shares = exact(amounts, envelope, rule)
        for (a, x), (b, y) in combinations(sorted(zip(amounts, shares, strict=True)), 2):
            assert x <= y
            assert a - x <= b - y
            assert a != b or x == y

    @given(problem=problems(), rule=RULES, data=st.data())
    def test_resource_monotonicity(self, problem: tuple[list[int], int], rule: Rule, data: st.DataObject) -> None:
        amounts, envelope = problem
        less = data.draw(st.integers(0, envelope))
        pairs = zip(exact(amounts, less, rule), exact(amounts, envelope, rule), strict=True)
        assert all(before <= after for before, after in pairs)

    @given(problem=problems())
    def test_equal_awards_and_equal_losses_are_dual(self, problem: tuple[list[int], int]) -> None:
        amounts, envelope = problem
        losses = exact(amounts, sum(amounts) - envelope, Rule.EQUAL_LOSSES)
        mirror = [amount - loss for amount, loss in zip(amounts, losses, strict=True)]
        assert exact(amounts, envelope, Rule.EQUAL_AWARDS) == mirror

    @pytest.mark.parametrize("rule", [Rule.TALMUD, Rule.PROPORTIONAL])
    @given(problem=problems())
    def test_self_duality(self, rule: Rule, problem: tuple[list[int], int]) -> None:
        amounts, envelope = problem
        losses = exact(amounts, sum(amounts) - envelope, rule)
        assert exact(amounts, envelope, rule) == [a - loss for a, loss in zip(amounts, losses, strict=True)]

    @pytest.mark.parametrize("rule", COMPOSED)
    @given(problem=problems(), data=st.data())
    def test_composition_down(self, rule: Rule, problem: tuple[list[int], int], data: st.DataObject) -> None:
        """A smaller envelope than expected can as well be divided over what was promised."""
        amounts, envelope = problem
        less = data.draw(st.integers(0, envelope))
        assert exact(exact(amounts, envelope, rule), less, rule) == exact(amounts, less, rule)

    @pytest.mark.parametrize("rule", COMPOSED)
    @given(problem=problems(), data=st.data())
    def test_composition_up(self, rule: Rule, problem: tuple[list[int], int], data: st.DataObject) -> None:
        """A larger envelope than expected can as well be divided in two rounds."""
        amounts, envelope = problem
        first = exact(amounts, data.draw(st.integers(0, envelope)), rule)
        rest = [amount - share for amount, share in zip(amounts, first, strict=True)]
        second = exact(rest, envelope - sum(first), rule)
        assert exact(amounts, envelope, rule) == [a + b for a, b in zip(first, second, strict=True)]

    def test_talmud_does_not_compose(self) -> None:
        promised = exact([10, 20], 16, Rule.TALMUD)
        assert exact(promised, 10, Rule.TALMUD) != exact([10, 20], 10, Rule.TALMUD)

    @pytest.mark.parametrize("rule", [Rule.EQUAL_AWARDS, Rule.TALMUD])
    @given(problem=problems())
    def test_claims_truncation_invariance(self, rule: Rule, problem: tuple[list[int], int]) -> None:
        """What is claimed above the whole envelope makes no difference."""
        amounts, envelope = problem
        assert exact([min(amount, envelope) for amount in amounts], envelope, rule) == exact(amounts, envelope, rule)

    @pytest.mark.parametrize("rule", [Rule.PROPORTIONAL, Rule.EQUAL_LOSSES])
    def test_other_rules_see_claims_above_the_envelope(self, rule: Rule) -> None:
        assert exact([10, 20], 10, rule) != exact([10, 10], 10, rule)

    @pytest.mark.parametrize("rule", [Rule.EQUAL_LOSSES, Rule.TALMUD])
    @given(problem=problems(most=5))
    def test_minimal_rights_first(self, rule: Rule, problem: tuple[list[int], int]) -> None:
        """What the others leave even when they are all served can be given first."""
        amounts, envelope = problem
        rights = [max(0, envelope - (sum(amounts) - amount)) for amount in amounts]
        rest = [amount - right for amount, right in zip(amounts, rights, strict=True)]
        after = exact(rest, envelope - sum(rights), rule)
        assert exact(amounts, envelope, rule) == [r + x for r, x in zip(rights, after, strict=True)]

    @pytest.mark.parametrize("rule", [Rule.PROPORTIONAL, Rule.EQUAL_AWARDS])
    def test_other_rules_do_not_give_minimal_rights_first(self, rule: Rule) -> None:
        """Claims 10 and 20 on 20: the second has a right to 10, then 10 is left for what is then 10 and 10."""
        after = exact([10, 10], 10, rule)
        assert [after[0], 10 + after[1]] != exact([10, 20], 20, rule)

    @given(problem=problems(), rule=RULES, data=st.data())
    def test_consistency(self, problem: tuple[list[int], int], rule: Rule, data: st.DataObject) -> None:
        """When some leave with their award, the rule gives the others what they had."""
        amounts, envelope = problem
        shares = exact(amounts, envelope, rule)
        staying = [i for i in range(len(amounts)) if data.draw(st.booleans())]
        assume(staying)
        left = sum(shares[i] for i in staying)
        assert exact([amounts[i] for i in staying], left, rule) == [shares[i] for i in staying]

    @given(problem=problems(most=5))
    def test_talmud_divides_between_any_two_as_a_contested_garment(self, problem: tuple[list[int], int]) -> None:
        """The property that singles the rule out (Aumann and Maschler 1985, theorem A)."""
        amounts, envelope = problem
        shares = exact(amounts, envelope, Rule.TALMUD)
        for i, j in combinations(range(len(amounts)), 2):
            pair = contested_garment(Fraction(amounts[i]), Fraction(amounts[j]), shares[i] + shares[j])
            assert (shares[i], shares[j]) == pair


class TestCents:
    @given(problem=problems(short=False), rule=RULES)
    def test_awards_sum_to_the_envelope_or_the_claims(self, problem: tuple[list[int], int], rule: Rule) -> None:
        amounts, envelope = problem
        allocation = allocate(claims_of(amounts), euro(envelope), rule)
        awards = cents_of(allocation)
        assert sum(awards) == min(envelope, sum(amounts)) == allocation.granted * 100
        assert allocation.granted + allocation.remainder == allocation.envelope == euro(envelope)

    @given(problem=problems(), rule=RULES)
    def test_awards_lie_within_a_cent_of_the_exact_share(self, problem: tuple[list[int], int], rule: Rule) -> None:
        pairs = zip(cents(*problem, rule), exact(*problem, rule), strict=True)
        assert all(abs(award - share) < 1 for award, share in pairs)

    @given(problem=problems(largest=40), rule=RULES)
    def test_a_larger_claim_never_gets_less_nor_loses_less(self, problem: tuple[list[int], int], rule: Rule) -> None:
        amounts, envelope = problem
        pairs = sorted(zip(amounts, cents(amounts, envelope, rule), strict=True))
        for (a, x), (b, y) in combinations(pairs, 2):
            if a < b:
                assert x <= y
                assert a - x <= b - y
            else:
                assert abs(x - y) <= 1

    @given(problem=problems(largest=40))
    def test_equal_awards_and_equal_losses_are_dual_to_the_cent(self, problem: tuple[list[int], int]) -> None:
        amounts, envelope = problem
        losses = cents(amounts, sum(amounts) - envelope, Rule.EQUAL_LOSSES)
        mirror = [amount - loss for amount, loss in zip(amounts, losses, strict=True)]
        assert cents(amounts, envelope, Rule.EQUAL_AWARDS) == mirror

    @given(problem=problems(largest=40))
    def test_talmud_is_self_dual_to_the_cent_but_for_the_exact_half(self, problem: tuple[list[int], int]) -> None:
        """At the exact half two claims of one cent cannot both get and both lose half a cent."""
        amounts, envelope = problem
        assume(2 * envelope != sum(amounts))
        losses = cents(amounts, sum(amounts) - envelope, Rule.TALMUD)
        mirror = [amount - loss for amount, loss in zip(amounts, losses, strict=True)]
        assert cents(amounts, envelope, Rule.TALMUD) == mirror

    @given(problem=problems(largest=40), rule=st.sampled_from(list(Rule)), data=st.data())
    def test_the_order_of_the_claims_makes_no_difference(
        self, problem: tuple[list[int], int], rule: Rule, data: st.DataObject
    ) -> None:
        amounts, envelope = problem
        claims = claims_of(amounts, priority=[1 + amount % 2 for amount in amounts])
        shuffled: list[Claim] = data.draw(st.permutations(claims))
        first, second = (allocate(order, euro(envelope), rule) for order in (claims, shuffled))
        assert {a.claim.claim: a.amount for a in first.awards} == {a.claim.claim: a.amount for a in second.awards}
        assert [award.claim for award in second.awards] == shuffled

    @pytest.mark.parametrize("rule", COMPOSED)
    @given(problem=problems(), data=st.data())
    def test_composition_down_holds_to_within_two_cents(
        self, rule: Rule, problem: tuple[list[int], int], data: st.DataObject
    ) -> None:
        """Promises in whole cents are less than a cent from exact, and so is their division again."""
        amounts, envelope = problem
        less = data.draw(st.integers(0, envelope))
        pairs = zip(cents(cents(amounts, envelope, rule), less, rule), cents(amounts, less, rule), strict=True)
        assert all(abs(twice - once) <= 2 for twice, once in pairs)

"""The rules side by side, with measures of equality."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draad.methods.allocation import Rule, compare
from draad.methods.allocation.comparing import Measures, gini, measure
from tests.methods.allocation.helpers import claims_of, euro, problems

AWARDS = st.lists(st.integers(0, 1000), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1, 1, 1], Fraction(0)),
        ([0, 0, 1], Fraction(2, 3)),
        ([1, 3], Fraction(1, 4)),
        ([3, 1], Fraction(1, 4)),
        ([1, 2, 3, 4, 5], Fraction(4, 15)),
    ],
)
def test_known_gini_coefficients(values: list[int], expected: Fraction) -> None:
    assert gini(values) == expected


@given(values=AWARDS)
def test_gini_is_half_the_mean_difference_over_the_mean(values: list[int]) -> None:
    if not any(values):
        return
    differences = sum(abs(a - b) for a in values for b in values)
    assert gini(values) == Fraction(differences, 2 * len(values) * sum(values))


def test_measures_by_hand() -> None:
    """Shares 1, 1/2 and 0: mean 1/2, standard deviation sqrt(1/6)."""
    assert measure([(100, 100), (200, 100), (300, 0), (0, 0)]) == Measures(
        share_received=Decimal("0.333333"),
        lowest_share=Decimal("0.000000"),
        highest_share=Decimal("1.000000"),
        min_max_ratio=Decimal("0.000000"),
        gini_awards=Decimal("0.333333"),
        gini_shares=Decimal("0.444444"),
        variation_shares=Decimal("0.816497"),
        in_full=1,
        nothing=1,
    )


def test_measures_where_nothing_is_claimed_or_granted() -> None:
    assert measure([]) == measure([(0, 0)]) == Measures(None, None, None, None, None, None, None, 0, 0)
    nothing = measure([(5, 0), (7, 0)])
    assert (nothing.share_received, nothing.min_max_ratio, nothing.gini_awards) == (Decimal("0.000000"), None, None)
    assert nothing.nothing == 2


@given(awards=AWARDS, data=st.data())
def test_measures_stay_in_their_range_and_do_not_depend_on_order(awards: list[int], data: st.DataObject) -> None:
    pairs = [(award + data.draw(st.integers(0, 50)), award) for award in awards]
    result = measure(pairs)
    assert measure(data.draw(st.permutations(pairs))) == result
    for value in (result.share_received, result.min_max_ratio, result.gini_awards, result.gini_shares):
        assert value is None or 0 <= value <= 1


@given(problem=problems(largest=10**9))
def test_the_proportional_rule_has_equal_shares_and_equal_awards_the_most_equal_euros(
    problem: tuple[list[int], int],
) -> None:
    """Equal awards is Lorenz-maximal (Bosmans and Lauwers 2011), so no rule has a lower Gini of euro awards."""
    amounts, envelope = problem
    results = {c.allocation.rule: c.claims for c in compare(claims_of(amounts), euro(envelope))}
    equal = results[Rule.EQUAL_AWARDS].gini_awards
    for measures in results.values():
        assert equal is None or (measures.gini_awards or 0) >= equal


def test_priority_is_compared_only_when_every_claim_has_one() -> None:
    without = compare(claims_of([1, 2]), Decimal(1))
    assert [c.allocation.rule for c in without] == list(Rule)[:4]
    partly = compare(claims_of([1, 2], priority=[1, None]), Decimal(1))
    assert [c.allocation.rule for c in partly] == list(Rule)[:4]
    full = compare(claims_of([100, 200], priority=[1, 1]), Decimal(1), within="cea")
    assert full[-1].allocation.within is Rule.EQUAL_AWARDS


def test_applicants_are_measured_on_the_sum_of_their_lines() -> None:
    claims = claims_of([100, 300, 400], applicant=["A", "A", "B"])
    result = compare(claims, Decimal(4), together=True)[1]
    assert result.allocation.rule is Rule.EQUAL_AWARDS
    assert result.applicants.min_max_ratio == 1
    assert result.claims.min_max_ratio is not None
    assert result.claims.min_max_ratio < 1


def test_options_reach_every_rule() -> None:
    claims = claims_of([400, 400], unit_amount=[100, 100], applicant=["A", "B"])
    for result in compare(claims, Decimal(5), ceilings={"A": Decimal(1)}, whole_units=True):
        assert [award.units for award in result.allocation.awards] == [1, 4]

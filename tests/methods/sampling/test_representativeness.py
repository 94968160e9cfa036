"""Spread over classes: known answers, the exact test against another computation, merging, and what is refused."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2, hypergeom

from draad.methods.errors import MethodError
from draad.methods.sampling import Stratum, representativeness
from draad.methods.sampling.representativeness import LEAST_EXPECTED, merge_small, number_of_tables

STRATA = st.lists(st.integers(1, 60), min_size=2, max_size=4).flatmap(
    lambda sizes: st.tuples(*[st.integers(0, size) for size in sizes]).map(
        lambda counts: [Stratum(f"c{i}", n, k) for i, (n, k) in enumerate(zip(sizes, counts, strict=True))]
    )
)


def test_known_answer_with_the_finite_population_correction() -> None:
    strata = [Stratum("a", 100, 30), Stratum("b", 100, 20)]
    found = representativeness(strata)
    # Plain chi-square is 25/25 + 25/25 = 2; the correction is 199/150.
    assert found.method == "chi-square"
    assert found.statistic == pytest.approx(2 * 199 / 150)
    assert found.degrees == 1
    assert found.p_value == pytest.approx(chi2.sf(2 * 199 / 150, 1))
    assert found.representative()


def test_a_spread_like_the_population_gives_no_doubt() -> None:
    found = representativeness([Stratum("a", 100, 20), Stratum("b", 200, 40), Stratum("c", 50, 10)])
    assert found.statistic == pytest.approx(0)
    assert found.p_value == pytest.approx(1)


def test_a_spread_unlike_the_population_gives_doubt() -> None:
    assert not representativeness([Stratum("a", 100, 60), Stratum("b", 100, 10)]).representative()


def test_when_everybody_responded_there_is_nothing_to_doubt() -> None:
    found = representativeness([Stratum("a", 13, 13), Stratum("b", 2, 2)])
    assert (found.method, found.p_value) == ("census", 1.0)


@given(st.integers(1, 12), st.integers(1, 12), st.data())
@settings(deadline=None)
def test_the_exact_test_of_two_classes_is_the_hypergeometric_one(first: int, second: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, first))
    other = data.draw(st.integers(0 if count else 1, second))
    sample, population = count + other, first + second
    found = representativeness([Stratum("a", first, count), Stratum("b", second, other)])
    if found.method != "exact":
        return
    law = hypergeom(population, first, sample)
    likely = law.pmf(count)
    expected = sum(p for k in range(first + 1) if (p := law.pmf(k)) <= likely * (1 + 1e-9))
    assert found.p_value == pytest.approx(expected)


@given(STRATA)
@settings(deadline=None, max_examples=60)
def test_a_probability_is_between_nought_and_one_and_the_order_of_classes_does_not_matter(
    strata: list[Stratum],
) -> None:
    if not any(stratum.respondents for stratum in strata):
        return
    with suppress(MethodError):  # classes that must be merged by their meaning
        check_order_and_range(strata)


def check_order_and_range(strata: list[Stratum]) -> None:
    found = representativeness(strata)
    assert 0 <= found.p_value <= 1 + 1e-12
    assert representativeness(list(reversed(strata))).p_value == pytest.approx(found.p_value)


@given(STRATA)
def test_merging_keeps_every_unit_and_leaves_no_small_class_but_one(strata: list[Stratum]) -> None:
    merged = merge_small(strata)
    population, sample = sum(s.population for s in strata), sum(s.respondents for s in strata)
    assert sum(s.population for s in merged) == population
    assert sum(s.respondents for s in merged) == sample
    if len(merged) > 1:
        assert all(s.population * sample >= LEAST_EXPECTED * population for s in merged)


def test_merged_classes_keep_their_names() -> None:
    merged = merge_small([Stratum("a", 2, 1), Stratum("b", 3, 1), Stratum("c", 95, 48)])
    assert [s.name for s in merged] == ["a + b + c"] or merged[0].name == "a + b"


def test_too_many_spreads_fall_back_on_merged_classes() -> None:
    strata = [Stratum(f"c{i}", 300, 20) for i in range(6)] + [Stratum("small", 20, 1)]
    assert number_of_tables(strata, 121) > 50_000
    found = representativeness(strata)
    assert found.method == "chi-square"
    assert len(found.classes) == 6


@pytest.mark.parametrize(
    ("strata", "sentence"),
    [
        ([Stratum("a", 5, 1)], "two classes"),
        ([Stratum("a", 5, 1), Stratum("a", 5, 1)], "twice"),
        ([Stratum("a", 0, 0), Stratum("b", 5, 1)], "no class"),
        ([Stratum("a", 5, 6), Stratum("b", 5, 1)], "not between 0 and the 5"),
        ([Stratum("a", 5, 0), Stratum("b", 5, 0)], "nobody responded"),
    ],
)
def test_what_cannot_be_tested_is_refused(strata: list[Stratum], sentence: str) -> None:
    with pytest.raises(MethodError, match=sentence):
        representativeness(strata)

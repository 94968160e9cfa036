"""Exact intervals in a finite population: against their definition, and how often they cover the truth."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from draad.methods.errors import MethodError
from draad.methods.sampling import proportion_interval

ALPHA = Fraction(1, 20)


def probability(count: int, sample: int, population: int, having: int) -> Fraction:
    return Fraction(comb(having, count) * comb(population - having, sample - count), comb(population, sample))


def by_definition(count: int, sample: int, population: int) -> list[int]:
    """Every number of units with the property for which the count is in neither tail of a fortieth."""
    return [
        having
        for having in range(count, population - (sample - count) + 1)
        if sum(probability(k, sample, population, having) for k in range(count, sample + 1)) > ALPHA / 2
        and sum(probability(k, sample, population, having) for k in range(count + 1)) > ALPHA / 2
    ]


@given(st.integers(1, 18), st.data())
@settings(max_examples=150, deadline=None)
def test_the_interval_is_that_of_its_definition(population: int, data: st.DataObject) -> None:
    sample = data.draw(st.integers(1, population))
    count = data.draw(st.integers(0, sample))
    found = proportion_interval(count=count, sample=sample, population=population)
    plausible = by_definition(count, sample, population)
    assert (found.lowest, found.highest) == (plausible[0], plausible[-1])


@given(st.integers(2, 14), st.data())
@settings(max_examples=60, deadline=None)
def test_it_covers_the_truth_at_least_as_often_as_promised(population: int, data: st.DataObject) -> None:
    sample = data.draw(st.integers(1, population))
    having = data.draw(st.integers(0, population))
    covered = Fraction(0)
    for count in range(max(0, sample - (population - having)), min(sample, having) + 1):
        found = proportion_interval(count=count, sample=sample, population=population)
        if found.lowest <= having <= found.highest:
            covered += probability(count, sample, population, having)
    assert covered >= 1 - ALPHA


@given(st.integers(1, 60), st.data())
@settings(deadline=None)
def test_yes_and_no_mirror_each_other(population: int, data: st.DataObject) -> None:
    sample = data.draw(st.integers(1, population))
    count = data.draw(st.integers(0, sample))
    yes = proportion_interval(count=count, sample=sample, population=population)
    no = proportion_interval(count=sample - count, sample=sample, population=population)
    assert (yes.lowest, yes.highest) == (population - no.highest, population - no.lowest)


@given(st.integers(1, 200), st.data())
@settings(deadline=None)
def test_when_everybody_answered_it_is_a_point(population: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, population))
    found = proportion_interval(count=count, sample=population, population=population)
    assert found.lower == found.upper == found.found == Fraction(count, population)


def test_more_confidence_is_wider() -> None:
    usual = proportion_interval(count=33, sample=42, population=59)
    sure = proportion_interval(count=33, sample=42, population=59, confidence=0.99)
    assert sure.lowest <= usual.lowest
    assert sure.highest >= usual.highest


def test_known_answer_of_the_survey_among_applicants() -> None:
    found = proportion_interval(count=33, sample=42, population=59)
    plausible = by_definition(33, 42, 59)
    assert (found.lowest, found.highest) == (plausible[0], plausible[-1])
    assert found.lower <= Fraction(33, 42) <= found.upper


@pytest.mark.parametrize(
    ("count", "sample", "population", "confidence"),
    [(5, 4, 10, 0.95), (-1, 4, 10, 0.95), (1, 11, 10, 0.95), (0, 0, 10, 0.95), (1, 4, 10, 0.0), (1, 4, 10, 95.0)],
)
def test_what_cannot_be_is_refused(count: int, sample: int, population: int, confidence: float) -> None:
    with pytest.raises(MethodError):
        proportion_interval(count=count, sample=sample, population=population, confidence=confidence)

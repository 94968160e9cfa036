"""The common level, found by sorted bends, against a plain search."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draad.methods.allocation import Rule
from draad.methods.allocation.water import Bends, Curve, Level, Piece, curve, level_of
from tests.methods.allocation.helpers import FLAT_RULES

BOUNDS = st.lists(
    st.integers(0, 60).flatmap(
        lambda claim: st.tuples(st.just(claim), st.integers(0, claim)).flatmap(
            lambda pair: st.tuples(st.just(pair[0]), st.just(pair[1]), st.integers(pair[1], pair[0]))
        )
    ),
    min_size=1,
    max_size=7,
)


def curve_of(rule: Rule, bounds: list[tuple[int, int, int]]) -> Curve:
    claims, lower, upper = (list(column) for column in zip(*bounds, strict=True))
    return curve(rule, claims, lower, upper)


def total(pieces: tuple[Piece, ...], level: Fraction) -> Fraction:
    """The sum of all lines at a level, line by line."""
    result = Fraction(0)
    for piece in pieces:
        for start, slope, low, high in zip(*piece, strict=True):
            result += min(max(start + slope * level, Fraction(low)), Fraction(high))
    return result


@given(bounds=BOUNDS, rule=st.sampled_from(FLAT_RULES), data=st.data())
def test_the_awards_at_the_level_sum_to_the_estate(
    bounds: list[tuple[int, int, int]], rule: Rule, data: st.DataObject
) -> None:
    ruled = curve_of(rule, bounds)
    lowest, highest = sum(low for _, low, _ in bounds), sum(high for _, _, high in bounds)
    estate = data.draw(st.integers(lowest, highest)) * ruled.scale
    level = level_of(ruled.pieces, estate)
    assert level.denominator > 0
    assert total(ruled.pieces, Fraction(*level)) == estate
    assert sum(sum(piece.at(level)) for piece in ruled.pieces) == estate * level.denominator


@given(bounds=BOUNDS, rule=st.sampled_from(FLAT_RULES))
def test_pieces_end_at_the_bounds_of_the_claims(bounds: list[tuple[int, int, int]], rule: Rule) -> None:
    ruled = curve_of(rule, bounds)
    for i, (_, low, high) in enumerate(bounds):
        assert sum(piece.low[i] for piece in ruled.pieces) == low * ruled.scale
        assert sum(piece.high[i] for piece in ruled.pieces) == high * ruled.scale


@given(bounds=BOUNDS)
def test_the_halves_of_talmud_end_before_the_rest_starts(bounds: list[tuple[int, int, int]]) -> None:
    halves, rest = curve_of(Rule.TALMUD, bounds).pieces
    assert max(high - start for start, high in zip(halves.start, halves.high, strict=True)) <= min(
        low - start for start, low in zip(rest.start, rest.low, strict=True)
    )


@given(bounds=BOUNDS, rule=st.sampled_from(FLAT_RULES), data=st.data())
def test_stopping_where_nothing_stops_is_the_same_as_not_stopping(
    bounds: list[tuple[int, int, int]], rule: Rule, data: st.DataObject
) -> None:
    """All claims as one applicant with a ceiling of all they can get: the same level as without."""
    ruled = curve_of(rule, bounds)
    lowest, highest = (sum(bound[k] for bound in bounds) * ruled.scale for k in (1, 2))
    estate = data.draw(st.integers(lowest, highest))
    bends = Bends()
    bends.add_until(ruled.pieces, level_of(ruled.pieces, highest), highest)
    level = bends.level(lowest, estate)
    assert total(ruled.pieces, Fraction(*level)) == estate


@given(bounds=BOUNDS, rule=st.sampled_from(FLAT_RULES), data=st.data())
def test_stopped_claims_take_no_more_from_their_stop_on(
    bounds: list[tuple[int, int, int]], rule: Rule, data: st.DataObject
) -> None:
    ruled = curve_of(rule, bounds)
    first = list(range(0, len(bounds), 2))
    free = [i for i in range(len(bounds)) if i % 2]
    lowest, highest = (sum(bounds[i][k] for i in first) * ruled.scale for k in (1, 2))
    ceiling = data.draw(st.integers(lowest, highest))
    stop = level_of(ruled.of(first), ceiling)
    bends = Bends()
    bends.add_until(ruled.of(first), stop, ceiling)
    for piece in ruled.of(free):
        bends.add(piece)
    least = sum(low for _, low, _ in bounds) * ruled.scale
    most = ceiling + sum(bounds[i][2] for i in free) * ruled.scale
    estate = data.draw(st.integers(least, most))
    level = Fraction(*bends.level(least, estate))
    assert total(ruled.of(first), min(level, Fraction(*stop))) + total(ruled.of(free), level) == estate


def test_claims_that_cannot_move_have_a_level_all_the_same() -> None:
    assert level_of((Piece([0, 0], [1, 1], [5, 0], [5, 0]),), 5) == Level(0, 1)
    assert Bends().level(0, 0) == Level(0, 1)


@pytest.mark.parametrize("estate", [0, 1, 59, 60, 61, 119, 120])
def test_the_level_of_two_equal_awards(estate: int) -> None:
    level = level_of((Piece([0, 0], [1, 1], [0, 0], [60, 60]),), estate)
    assert Fraction(*level) == Fraction(estate, 2)


def test_a_piece_of_some_claims() -> None:
    piece = Piece([1, 2, 3], [4, 5, 6], [0, 0, 0], [9, 9, 9])
    assert piece.of([2, 0]) == Piece([3, 1], [6, 4], [0, 0], [9, 9])
    assert piece.at(Level(1, 2)) == [6, 9, 12]
    assert piece.at(Level(100, 1)) == [9, 9, 9]
    assert piece.at(Level(-100, 1)) == [0, 0, 0]

"""Counts for few answers, flags for some, percentages for enough; multiple choice is of respondents."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draad.methods.errors import MethodError
from draad.methods.rounding import percentages
from draad.methods.sampling import Presentation, multiple_choice, present


@pytest.mark.parametrize(
    ("count", "base", "kind", "percent"),
    [
        (7, 7, Presentation.COUNTS, None),
        (29, 29, Presentation.COUNTS, None),
        (15, 30, Presentation.FLAGGED, Decimal(50)),
        (42, 59, Presentation.FLAGGED, Decimal(71)),
        (30, 60, Presentation.PERCENTAGE, Decimal(50)),
        (1, 200, Presentation.PERCENTAGE, Decimal(1)),
    ],
)
def test_how_a_share_is_shown(count: int, base: int, kind: Presentation, percent: Decimal | None) -> None:
    shown = present(count, base)
    assert (shown.presentation, shown.percent) == (kind, percent)


def test_the_limits_are_settings() -> None:
    assert present(5, 10, few=5, enough=10).presentation is Presentation.PERCENTAGE


@given(st.integers(1, 500), st.data())
def test_count_and_base_are_always_there(base: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, base))
    shown = present(count, base)
    assert (shown.count, shown.base) == (count, base)
    assert (shown.percent is None) == (base < 30)


def test_answers_to_multiple_choice_may_pass_a_hundred_together() -> None:
    shown = multiple_choice({"a": 50, "b": 45, "c": 10}, 60)
    assert [answer.percent for answer in shown.values()] == [Decimal(83), Decimal(75), Decimal(17)]


@pytest.mark.parametrize(("count", "base"), [(5, 4), (-1, 4), (0, 0)])
def test_what_cannot_be_is_refused(count: int, base: int) -> None:
    with pytest.raises(MethodError):
        present(count, base)


def test_limits_that_do_not_rise_are_refused() -> None:
    with pytest.raises(MethodError, match="lies above"):
        present(1, 10, few=60, enough=30)


def test_percentages_that_were_published_with_a_sum_of_101() -> None:
    # 78, 17 and 6 per cent add up to 101 when each is rounded on its own.
    assert sum(percentages([39, 8, 3])) == 100
    assert sum(percentages([28, 6, 2])) in {100, 101}
    assert sum(percentages([28, 6, 2], add_up=True)) == 100

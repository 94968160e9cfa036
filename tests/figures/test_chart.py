"""The geometry of bars with a target tick."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draad.figures.chart import NARROW, WIDE, Layout, Measured, draw, nice_step

VALUES = st.integers(min_value=1, max_value=10**9).map(Decimal)
LAYOUTS = pytest.mark.parametrize("layout", [WIDE, NARROW])


def bar(value: int | None, target: int | None = None, *others: int, changed: str = "") -> Measured:
    def decimal(number: int | None) -> Decimal | None:
        return None if number is None else Decimal(number)

    return Measured("Ronde", "2022–2023", decimal(value), decimal(target), [Decimal(o) for o in others], changed)


@pytest.mark.parametrize(
    ("highest", "step"),
    [(170951, 50000), (118178, 50000), (100, 50), (99, 50), (40, 10), (41, 20), (5, 2), (4, 1), (1, Decimal("0.5"))],
)
def test_steps(highest: int, step: int | Decimal) -> None:
    assert nice_step(Decimal(highest)) == step


@pytest.mark.parametrize("highest", [0, -1])
def test_no_scale_without_anything_above_zero(highest: int) -> None:
    with pytest.raises(ValueError, match="above zero"):
        nice_step(Decimal(highest))


@given(VALUES)
def test_a_step_is_1_2_or_5_times_a_power_of_ten_and_at_most_four_fit(highest: Decimal) -> None:
    step = nice_step(highest)
    assert step.normalize().as_tuple().digits in {(1,), (2,), (5,)}
    assert 1 <= highest / step <= 4


@LAYOUTS
def test_nothing_to_draw(layout: Layout) -> None:
    assert draw([], layout) is None
    assert draw([bar(None)], layout) is None
    assert draw([bar(0, 0)], layout) is None


@LAYOUTS
def test_the_longest_bar_has_the_full_length(layout: Layout) -> None:
    chart = draw([bar(50), bar(200)], layout)
    assert chart is not None
    assert [float(drawn.length) for drawn in chart.bars] == [layout.longest / 4, layout.longest]


@LAYOUTS
def test_zero_is_a_bar_of_no_length(layout: Layout) -> None:
    chart = draw([bar(0), bar(10)], layout)
    assert chart is not None
    assert chart.bars[0].length == "0.0"


@LAYOUTS
def test_what_is_not_published_is_as_long_as_its_target(layout: Layout) -> None:
    chart = draw([bar(None, 83050), bar(170951, 83110)], layout)
    assert chart is not None
    drawn = chart.bars[0]
    assert drawn.measured.value is None
    assert drawn.target is not None
    assert float(drawn.length) == pytest.approx(float(drawn.target.x) - layout.start)


@LAYOUTS
def test_a_change_has_a_break_above_its_bar_and_moves_what_follows(layout: Layout) -> None:
    plain = draw([bar(1), bar(2), bar(3)], layout)
    broken = draw([bar(1), bar(2, changed="nu iets anders"), bar(3)], layout)
    assert plain is not None
    assert broken is not None
    assert [drawn.break_y is not None for drawn in broken.bars] == [False, True, False]
    assert [b.y - p.y for b, p in zip(broken.bars, plain.bars, strict=True)] == [
        0,
        layout.break_step,
        layout.break_step,
    ]
    assert broken.bars[1].break_y is not None
    assert broken.bars[0].y + layout.thick < broken.bars[1].break_y < broken.bars[1].y
    assert broken.height == plain.height + layout.break_step


@given(
    st.lists(st.tuples(VALUES, st.none() | VALUES, st.lists(VALUES, max_size=2)), min_size=1, max_size=6),
    st.sampled_from([WIDE, NARROW]),
)
def test_lengths_are_proportional_and_stay_inside(rows: list[tuple[Decimal, Decimal | None, list[Decimal]]],
                                                  layout: Layout) -> None:  # fmt: skip
    chart = draw([Measured("r", "p", value, target, others) for value, target, others in rows], layout)
    assert chart is not None
    highest = max(n for value, target, others in rows for n in (value, target or Decimal(0), *others))
    for drawn, (value, _target, _others) in zip(chart.bars, rows, strict=True):
        assert float(drawn.length) == pytest.approx(float(value / highest) * layout.longest, abs=0.06)
        places = [*drawn.others, *([drawn.target] if drawn.target else [])]
        assert all(layout.start <= float(mark.x) <= layout.start + layout.longest + 0.05 for mark in places)
    assert chart.ticks[0].value == 0
    assert all(tick.value <= highest for tick in chart.ticks)
    assert chart.bars[-1].y + layout.thick < chart.bottom < chart.height

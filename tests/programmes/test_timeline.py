"""The drawing of the rounds: what it holds and where."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draad.programmes.models import Programme, Round
from draad.programmes.timeline import LEFT, WIDTH, Timeline, timeline

DAYS = st.dates(date(2010, 1, 1), date(2040, 12, 31))


def drawn(*rounds: Round) -> Timeline:
    found = timeline(rounds, ["#"] * len(rounds))
    assert found is not None
    return found


def a_round(number: int = 1, **values: date | None) -> Round:
    days = {"starts_on": date(2022, 10, 1), "ends_on": date(2023, 9, 30)}
    return Round(number=number, **{**days, **values})


def test_no_rounds_no_drawing() -> None:
    assert timeline([], []) is None


@pytest.mark.django_db
def test_plan_samenleven(programme: Programme) -> None:
    found = drawn(*programme.rounds.all())
    assert [tick.year for tick in found.ticks] == ["2022", "2023", "2024", "2025"]
    assert [lane.name for lane in found.lanes] == ["Ronde 1", "Ronde 2", "Ronde 3"]
    assert [lane.report_x is not None for lane in found.lanes] == [True, False, True]
    assert "Ronde 1: van 1 oktober 2022 tot 30 september 2023, oproep tot 1 juli 2022" in found.text
    assert "oproep van 26 mei 2023 tot 10 juli 2023" in found.text
    assert "eindrapport op 31 oktober 2025" in found.text


def test_a_round_stands_at_its_place_in_the_years() -> None:
    found = drawn(a_round())
    lane = found.lanes[0]
    days = (date(2024, 1, 1) - date(2022, 1, 1)).days
    assert lane.x == round(LEFT + WIDTH * (date(2022, 10, 1) - date(2022, 1, 1)).days / days, 1)
    assert lane.x + lane.width == pytest.approx(
        LEFT + WIDTH * (date(2023, 9, 30) - date(2022, 1, 1)).days / days, abs=0.2
    )
    assert lane.middle == pytest.approx(lane.x + lane.width / 2, abs=0.1)
    assert found.end == LEFT + WIDTH


def test_a_call_of_which_only_the_end_is_known_is_a_thin_bar_that_ends_there() -> None:
    closes = date(2022, 7, 1)
    lane = drawn(a_round(call_closes_on=closes)).lanes[0]
    assert lane.call_width == 5
    assert lane.call_x is not None
    assert lane.call_x + lane.call_width < lane.x


def test_without_a_call_there_is_no_bar() -> None:
    lane = drawn(a_round()).lanes[0]
    assert (lane.call_x, lane.report_x) == (None, None)


@given(st.lists(st.tuples(DAYS, st.integers(1, 800), st.integers(0, 400)), min_size=1, max_size=5))
def test_nothing_lies_outside_the_drawing(rounds: list[tuple[date, int, int]]) -> None:
    found = drawn(
        *[
            a_round(
                number,
                starts_on=first,
                ends_on=first + timedelta(days=length),
                call_closes_on=first - timedelta(days=before),
                call_opens_on=first - timedelta(days=before + 30),
                final_due_on=first + timedelta(days=length + 20),
            )
            for number, (first, length, before) in enumerate(rounds, 1)
        ]
    )
    for lane in found.lanes:
        for x in (lane.x, lane.x + lane.width, lane.call_x, lane.report_x):
            assert x is not None
            assert LEFT - 5 <= x <= LEFT + WIDTH + 0.2
    assert [lane.y for lane in found.lanes] == sorted(lane.y for lane in found.lanes)
    assert found.height > found.lanes[-1].y + 30

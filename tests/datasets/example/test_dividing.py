"""Dividing under bounds: it adds up, stays within, and says when it cannot."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draad.datasets.example.dividing import bounded_split

Part = tuple[int, int, int]
parts = st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 50), st.integers(0, 500)), min_size=1, max_size=30)


@given(parts, st.data())
def test_it_adds_up_within_the_bounds(given_parts: list[Part], data: st.DataObject) -> None:
    weights, floors, room = (list(column) for column in zip(*given_parts, strict=True))
    caps = [floor + space for floor, space in zip(floors, room, strict=True)]
    total = data.draw(st.integers(sum(floors), sum(caps)))
    divided = bounded_split(total, weights, floors, caps)
    assert sum(divided) == total
    assert all(low <= part <= high for low, part, high in zip(floors, divided, caps, strict=True))


@given(parts, st.integers(1, 100))
def test_it_refuses_what_the_bounds_cannot_hold(given_parts: list[Part], too_much: int) -> None:
    weights, floors, room = (list(column) for column in zip(*given_parts, strict=True))
    caps = [floor + space for floor, space in zip(floors, room, strict=True)]
    with pytest.raises(ValueError, match="cannot be divided"):
        bounded_split(sum(caps) + too_much, weights, floors, caps)
    with pytest.raises(ValueError, match="cannot be divided"):
        bounded_split(sum(floors) - too_much, weights, floors, caps)


def test_without_bounds_that_press_it_is_proportional() -> None:
    assert bounded_split(100, [1, 2, 7], [0, 0, 0], [100, 100, 100]) == [10, 20, 70]


def test_who_is_full_leaves_the_rest_to_the_others() -> None:
    assert bounded_split(100, [1, 1, 8], [0, 0, 0], [100, 100, 40]) == [30, 30, 40]


def test_a_weight_of_zero_takes_what_nobody_else_has_room_for() -> None:
    assert bounded_split(10, [0, 5], [0, 0], [10, 4]) == [6, 4]


def test_floors_come_first() -> None:
    assert bounded_split(10, [1, 0], [0, 3], [20, 20])[1] >= 3

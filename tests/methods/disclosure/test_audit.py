"""The audit against enumeration of every table, and what it says about contradictions."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from draad.methods.disclosure import (
    Hierarchy,
    InnerCell,
    Interval,
    Link,
    PublishedCell,
    Required,
    audit,
    audit_insider,
    audit_published,
    plan_publication,
)
from draad.methods.errors import MethodError

from .helpers import Enumeration, cube, grid, number_of, open_values

SHAPES = [
    ("ab", [2, 2], [("a", "b")]),
    ("ab", [3, 2], [("a", "b")]),
    ("abc", [2, 2, 2], [("a", "b"), ("b", "c")]),
    ("abc", [2, 2, 2], [("a", "b"), ("b", "c"), ("a", "c")]),
    ("abc", [1, 3, 2], [("a", "b", "c")]),
]


@st.composite
def suppressed_tables(draw: st.DrawFn) -> tuple[list[InnerCell], list[tuple[str, ...]], set[int], int]:
    """Draw small tables, some cells to suppress and the least value that outsiders assume."""
    names, shape, tables = draw(st.sampled_from(SHAPES))
    count = int(np.prod(shape))
    values = [0] * count
    for _ in range(draw(st.integers(1, 7 if count < 8 else 4))):
        values[draw(st.integers(0, count - 1))] += 1
    inner = cube(names, shape, values)
    publication = plan_publication(inner, tables)
    visible = [cell for cell, hidden in enumerate(publication.layout.hidden) if not hidden]
    lowest = draw(st.sampled_from([0, 0, 1]))
    positive = [cell for cell in visible if publication.totals.value[cell] >= lowest]
    hidden = draw(st.sets(st.sampled_from(positive), max_size=9))
    return inner, tables, hidden, lowest


@settings(max_examples=120, deadline=None)
@given(suppressed_tables())
def test_bounds_are_those_of_all_tables(drawn: tuple[list[InnerCell], list[tuple[str, ...]], set[int], int]) -> None:
    inner, tables, hidden, lowest = drawn
    publication = plan_publication(inner, tables)
    shown = open_values(publication, hidden)
    found = audit(publication.layout, shown, lowest=lowest)
    every = Enumeration(publication, inner)
    fitting = every.fitting(shown, lowest)

    assert set(found.intervals) == hidden
    for cell, interval in found.intervals.items():
        low, high = int(fitting[:, cell].min()), int(fitting[:, cell].max())
        assert interval.lower == low
        if interval.upper is None:
            # Nothing limits the cell, so it grows with the grand total that the enumeration stops at.
            assert high >= every.true[cell] + every.SPARE - 3
        else:
            assert interval.upper == high
    assert found.disclosed == sorted(cell for cell in hidden if fitting[:, cell].min() == fitting[:, cell].max())


@settings(max_examples=60, deadline=None)
@given(suppressed_tables(), st.data())
def test_insiders_are_those_of_all_tables(
    drawn: tuple[list[InnerCell], list[tuple[str, ...]], set[int], int], data: st.DataObject
) -> None:
    inner, tables, hidden, lowest = drawn
    if not hidden:
        return
    publication = plan_publication(inner, tables)
    shown = open_values(publication, hidden)
    cell = data.draw(st.sampled_from(sorted(hidden)))
    known = {cell: publication.totals.value[cell]}
    fitting = Enumeration(publication, inner).fitting(shown, lowest, known)
    others = sorted(hidden - {cell})

    told = audit_insider(publication.layout, shown, known, dict.fromkeys(others, 1), lowest=lowest)
    assert told == [other for other in others if fitting[:, other].min() == fitting[:, other].max()]


def test_nothing_suppressed_is_nothing_disclosed() -> None:
    publication = plan_publication(grid("AB", "mf", [[1, 2], [3, 4]]), [("region", "sex")])
    found = audit(publication.layout, open_values(publication, []))

    assert found.safe
    assert not found.intervals


def test_a_single_suppressed_cell_is_its_margin_less_the_rest() -> None:
    publication = plan_publication(grid("AB", "mf", [[1, 2], [3, 4]]), [("region", "sex")])
    cell = number_of(publication, region="B", sex="f")
    found = audit(publication.layout, open_values(publication, [cell]))

    assert not found.safe
    assert found.intervals == {cell: Interval(4, 4)}


def test_width_and_required_intervals_are_asked() -> None:
    publication = plan_publication(grid("AB", "mf", [[1, 2], [3, 4]]), [("region", "sex")])
    cells = [number_of(publication, region=row, sex=column) for row in "AB" for column in "mf"]
    shown = open_values(publication, cells)

    assert audit(publication.layout, shown, width=3).safe
    assert audit(publication.layout, shown, width=4).disclosed == cells
    assert audit(publication.layout, shown, required={cells[0]: Required(0, 3, 1)}).safe
    assert audit(publication.layout, shown, required={cells[0]: Required(0, 4, 1)}).disclosed == cells[:1]
    assert audit(publication.layout, shown, required={cells[1]: Required(-1, 2, 1)}).disclosed == cells[1:2]


@pytest.mark.parametrize(
    ("interval", "asked", "holds"),
    [
        (Interval(0, None), (0, 10**9, 10**9), True),
        (Interval(3, None), (2, 5, 1), False),
        (Interval(2, 5), (2, 5, 3), True),
        (Interval(2, 5), (2, 5, 4), False),
        (Interval(2, 5), (3, 6, 1), False),
    ],
)
def test_interval_holds(interval: Interval, asked: tuple[int, int, int], holds: bool) -> None:
    assert interval.holds(*asked) is holds


def test_large_values_are_bounded_exactly() -> None:
    big = 98_765_432_101
    publication = plan_publication(grid("AB", "mf", [[big, 7], [11, big - 5]]), [("region", "sex")])
    cells = [number_of(publication, region=row, sex=column) for row in "AB" for column in "mf"]
    found = audit(publication.layout, open_values(publication, cells))

    assert [found.intervals[cell] for cell in cells] == _two_by_two(big, 7, 11, big - 5)


def _two_by_two(a: int, b: int, c: int, d: int) -> list[Interval]:
    """Return the bounds in a two by two table with open margins: one cell moves all others by as much."""
    down, up = min(a, d), min(b, c)
    return [
        Interval(a - down, a + up),
        Interval(b - up, b + down),
        Interval(c - up, c + down),
        Interval(d - down, d + up),
    ]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 10**9), min_size=4, max_size=4))
def test_two_by_two_bounds_follow_the_formula(values: list[int]) -> None:
    publication = plan_publication(grid("AB", "mf", [values[:2], values[2:]]), [("region", "sex")])
    cells = [number_of(publication, region=row, sex=column) for row in "AB" for column in "mf"]
    found = audit(publication.layout, open_values(publication, cells))

    assert [found.intervals[cell] for cell in cells] == _two_by_two(*values)


def published(rows: Sequence[tuple[str, str, int | None]]) -> list[PublishedCell]:
    """Return published cells of a table by region and sex."""
    return [PublishedCell({"region": row, "sex": column}, value) for row, column, value in rows]


SAFE = published(
    [
        ("A", "m", None),
        ("A", "f", None),
        ("A", "*", 20),
        ("B", "m", None),
        ("B", "f", None),
        ("B", "*", 10),
        ("*", "m", 18),
        ("*", "f", 12),
        ("*", "*", 30),
    ]
)


def test_published_tables_are_audited_alone() -> None:
    layout, shown, found = audit_published(SAFE)
    cell = layout.numbers[frozenset({("region", "A"), ("sex", "m")})]

    assert found.safe
    assert len(shown) == 5
    assert found.intervals[cell] == Interval(8, 18)


def test_published_cells_without_margins_tell_nothing() -> None:
    _, shown, found = audit_published([cell for cell in SAFE if "*" not in cell.at.values()])

    assert found.safe
    assert not shown
    assert {(interval.lower, interval.upper) for interval in found.intervals.values()} == {(0, None)}


def test_a_value_shown_in_one_table_is_not_suppressed_in_another() -> None:
    again = PublishedCell({"region": "A", "sex": "m"}, 12)
    _, _, found = audit_published([*SAFE, again])

    assert {(interval.lower, interval.upper) for interval in found.intervals.values()} == {(8, 8), (6, 6), (4, 4)}
    assert found.disclosed == sorted(found.intervals)


def test_two_values_for_one_cell_name_the_place() -> None:
    wrong = PublishedCell({"region": "A", "sex": "*"}, 21, "row 11, column value")
    with pytest.raises(MethodError, match="Row 11, column value: this cell has the value 21 here and 20 elsewhere"):
        audit_published([*SAFE, wrong])


def test_missing_combination_is_named() -> None:
    with pytest.raises(MethodError, match="region=B, sex=f is missing"):
        audit_published([cell for cell in SAFE if cell.at != {"region": "B", "sex": "f"}])


def test_open_values_that_do_not_add_up_are_named() -> None:
    wrong = [PublishedCell(cell.at, 31 if set(cell.at.values()) == {"*"} else cell.value) for cell in SAFE]
    with pytest.raises(MethodError, match="Cell the total: its parts add up to 30 but 31 is published"):
        audit_published(wrong)


def test_values_that_no_table_fits_are_told() -> None:
    cells = [
        PublishedCell({"sex": "m"}, 12),
        PublishedCell({"sex": "f"}, None),
        PublishedCell({"sex": "x"}, None),
        PublishedCell({"sex": "*"}, 10),
    ]
    with pytest.raises(MethodError, match="no table of whole numbers of zero or more fits"):
        audit_published(cells)


def test_no_cells_is_an_error() -> None:
    with pytest.raises(MethodError, match="no published cells"):
        audit_published([])


def test_hierarchy_gives_subtotals_away() -> None:
    towns = {"p": "N", "q": "N", "r": "S", "s": "S"}
    values: dict[str, int | None] = {"p": None, "q": 5, "r": None, "s": 6}
    cells = [PublishedCell({"town": town}, value) for town, value in values.items()]
    cells += [PublishedCell({"province": "N"}, 7), PublishedCell({"province": "S"}, 9), PublishedCell({}, 16)]
    _, _, unknowing = audit_published(cells)
    layout, _, knowing = audit_published(cells, Hierarchy((Link("town", "province", towns),)))

    assert unknowing.safe
    assert {layout.name(cell) for cell in knowing.disclosed} == {"town=p", "town=r"}


def test_code_of_an_unknown_table_is_told() -> None:
    link = Link("town", "province", {"p": "N"})
    cells = [PublishedCell({"town": "p"}, 3), PublishedCell({"province": "X"}, 3)]
    with pytest.raises(MethodError, match="province=X does not belong to any published table"):
        audit_published(cells, Hierarchy((link,)))


def test_cell_with_two_levels_of_one_hierarchy_is_refused() -> None:
    link = Link("town", "province", {"p": "N"})
    with pytest.raises(MethodError, match="give the lowest level only"):
        audit_published([PublishedCell({"town": "p", "province": "N"}, 3)], Hierarchy((link,)))


def test_linked_tables_disclose_what_each_alone_does_not() -> None:
    by_sex: list[tuple[dict[str, str], int | None]] = [
        ({"region": "A", "sex": "m"}, None),
        ({"region": "A", "sex": "f"}, 5),
        ({"region": "A"}, None),
        ({"region": "B", "sex": "m"}, None),
        ({"region": "B", "sex": "f"}, 6),
        ({"region": "B"}, None),
        ({"sex": "m"}, 9),
        ({"sex": "f"}, 11),
        ({}, 20),
    ]
    by_age: list[tuple[dict[str, str], int | None]] = [
        ({"region": "A", "age": "old"}, 4),
        ({"region": "A", "age": "young"}, 3),
        ({"region": "B", "age": "old"}, 8),
        ({"region": "B", "age": "young"}, 5),
    ]
    first = [PublishedCell(at, value) for at, value in by_sex]
    both = [*first, *(PublishedCell(at, value) for at, value in by_age)]

    assert audit_published(first)[2].safe
    layout, _, found = audit_published(both)
    assert len(found.disclosed) == 4
    assert found.intervals[layout.numbers[frozenset({("region", "A"), ("sex", "m")})]] == Interval(2, 2)

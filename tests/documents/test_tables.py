"""Values of a table: sorting, sums and missing parts."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draad.documents.tables import Column, Gap, Kind, NotApplicable, Table, Total, add_up, has_cents, sort_key


def test_gaps_and_empty_cells_sort_after_every_value() -> None:
    values = [None, "zoo", Gap("niet gepubliceerd"), "Aap", NotApplicable()]
    assert sorted(values, key=sort_key)[:2] == ["Aap", "zoo"]


def test_words_sort_without_regard_to_capitals() -> None:
    assert sorted(["b", "A", "C"], key=sort_key) == ["A", "b", "C"]


@pytest.mark.parametrize(
    ("values", "total"),
    [
        ([1, 2, 3], Total(6)),
        ([Decimal("0.10"), Decimal("0.20")], Total(Decimal("0.30"))),
        ([5, Gap("onbekend")], Total(5, at_least=True)),
        ([5, NotApplicable()], Total(5)),
        ([0, 0], Total(0)),
        ([Gap("onbekend")], Total(None)),
        ([], Total(None)),
        ([True, 2], Total(2)),
    ],
)
def test_a_sum_says_when_it_is_a_lower_bound(values: list[object], total: Total) -> None:
    assert add_up(values) == total  # type: ignore[arg-type]  # a list of any values


@given(st.lists(st.integers(min_value=0, max_value=10**9)), st.booleans())
def test_a_sum_never_counts_a_gap_as_a_number(numbers: list[int], gap: bool) -> None:
    total = add_up([*numbers, *([Gap("?")] if gap else [])])
    assert (total.value or 0) == sum(numbers)
    assert total.at_least is (gap and bool(numbers))


def test_cents_are_seen_in_one_amount_of_many() -> None:
    assert has_cents([Decimal("1.00"), Decimal("1.50"), Gap("?")])
    assert not has_cents([Decimal("1.00"), 2, None])


def test_a_column_is_found_by_its_key() -> None:
    column = Column[int]("n", "N", lambda row: row, Kind.COUNT)
    table = Table("t", "T", [column], [1])
    assert table.column("n") is column
    assert table.column("x") is None


@pytest.mark.parametrize(
    ("kind", "numeric"),
    [(Kind.COUNT, True), (Kind.EURO, True), (Kind.TEXT, False), (Kind.DATE, False), (Kind.YEAR, False)],
)
def test_kinds_that_stand_at_the_right(kind: Kind, numeric: bool) -> None:
    assert kind.numeric is numeric


def test_dates_sort_in_time() -> None:
    assert sorted([date(2024, 1, 1), date(2022, 1, 1)], key=sort_key)[0] == date(2022, 1, 1)

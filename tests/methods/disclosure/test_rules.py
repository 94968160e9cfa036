"""Primary rules: which cells are too small, and what protection follows from each rule."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from draad.methods.disclosure import (
    InnerCell,
    Rules,
    Settings,
    build_problem,
    plan_publication,
    primary_cells,
    protect,
)
from draad.methods.disclosure.rules import group_lines
from draad.methods.errors import MethodError

from .helpers import grid, number_of, open_values


def primary(inner: list[InnerCell], rules: Rules) -> dict[str, int]:
    """Return the names of the primary cells of a table by sex, each with its protection level."""
    publication = plan_publication(inner, [tuple(inner[0].codes)])
    found = primary_cells(publication.layout, publication.totals, rules)
    return {publication.layout.name(cell): level for cell, level in found.items()}


def turnover(**largest: tuple[int, ...]) -> list[InnerCell]:
    """Return cells by sex whose contributions are all listed."""
    return [InnerCell({"sex": code}, sum(parts), len(parts), parts) for code, parts in largest.items()]


@given(st.lists(st.integers(0, 12), min_size=1, max_size=8), st.integers(1, 10), st.booleans())
def test_threshold_takes_what_is_below_it(values: list[int], threshold: int, zeros: bool) -> None:
    inner = [InnerCell({"sex": str(number)}, value, value) for number, value in enumerate(values)]
    expected = {f"sex={n}" for n, v in enumerate(values) if (0 if zeros else 1) <= v < threshold}
    if (0 if zeros else 1) <= sum(values) < threshold:
        expected.add("the total")

    assert set(primary(inner, Rules(threshold=threshold, zeros=zeros))) == expected


def test_threshold_counts_contributors_and_not_euro() -> None:
    inner = [InnerCell({"sex": "m"}, 50_000, 2), InnerCell({"sex": "f"}, 1, 8)]

    assert set(primary(inner, Rules(threshold=3))) == {"sex=m"}


@pytest.mark.parametrize(
    ("parts", "rule", "level"),
    [
        # Two largest are 90 of 100: more than 75 percent; 100/75 of 90 is 120, 20 above the value.
        ((60, 30, 10), Rules(dominance=(2, Fraction(75))), 20),
        ((60, 15, 15, 10), Rules(dominance=(2, Fraction(75))), None),
        # What is left after the two largest is 5, less than 10 percent of 80, which is 8.
        ((80, 15, 5), Rules(p_percent=Fraction(10)), 3),
        ((80, 12, 8), Rules(p_percent=Fraction(10)), None),
        # As p percent of 10 over 50: less than a fifth of 80, which is 16.
        ((80, 10, 10), Rules(prior_posterior=(Fraction(10), Fraction(50))), 6),
        ((80, 4, 4, 4, 4, 4), Rules(prior_posterior=(Fraction(10), Fraction(50))), None),
        # A lone contributor is always told by the p percent rule.
        ((40,), Rules(p_percent=Fraction(10)), 4),
    ],
)
def test_rules_on_contributions(parts: tuple[int, ...], rule: Rules, level: int | None) -> None:
    even = (50, 50, 50, 50, 50, 50, 50, 50)
    found = primary(turnover(m=parts, f=even), rule)

    assert found.get("sex=m") == level
    assert "sex=f" not in found


def test_largest_contributions_of_a_margin_are_those_of_its_cells() -> None:
    inner = turnover(m=(90, 1), f=(80, 2))
    publication = plan_publication(inner, [("sex",)])
    total = number_of(publication)

    assert publication.totals.largest[total] == (90, 80)
    assert publication.totals.frequency[total] == 4
    assert primary(inner, Rules(dominance=(1, Fraction(85)))).keys() == {"sex=m", "sex=f"}


def test_rule_interval_keeps_the_upper_level() -> None:
    codes = [("A", "m", (80, 15, 5)), ("A", "f", (30, 30, 30)), ("B", "m", (50, 40, 30)), ("B", "f", (20, 20, 20))]
    inner = [InnerCell({"region": r, "sex": s}, sum(parts), 3, parts) for r, s, parts in codes]
    chosen = Settings(Rules(p_percent=Fraction(10)), rule_interval=True)
    result = protect(inner, [("region", "sex")], chosen)
    (cell,) = result.primary
    upper = result.audit.intervals[cell].upper

    assert result.audit.safe
    assert upper is not None
    assert upper >= 100 + 3


def test_rules_on_contributions_need_them() -> None:
    publication = plan_publication(grid("A", "mf", [[5, 6]]), [("sex",)])
    with pytest.raises(MethodError, match="needs the largest contributions"):
        build_problem(publication, Settings(Rules(p_percent=Fraction(10))))


def test_group_disclosure_finds_the_cell_that_is_its_margin() -> None:
    inner = grid("XYZ", "mf", [[7, 0], [5, 6], [4, 9]])
    publication = plan_publication(inner, [("region", "sex")])

    assert [whole for whole, _ in group_lines(publication.layout, publication.totals)] == [
        number_of(publication, region="X", sex="m")
    ]
    assert set(primary(inner, Rules(group_disclosure=True))) == {"region=X, sex=m"}


def test_group_disclosure_hides_that_the_others_are_empty() -> None:
    inner = grid("XYZ", "mf", [[7, 0], [5, 6], [4, 9]])
    result = protect(inner, [("region", "sex")], Settings(Rules(group_disclosure=True)))
    publication = result.publication
    empty = number_of(publication, region="X", sex="f")

    assert result.audit.safe
    assert empty in result.secondary
    upper = result.audit.intervals[empty].upper
    assert upper is None or upper >= 1


def test_only_child_is_no_group() -> None:
    publication = plan_publication(grid("X", "mf", [[7, 2]]), [("region", "sex")])

    assert group_lines(publication.layout, publication.totals) == []


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        ({"threshold": 0}, "Threshold: 0 is too low"),
        ({"zeros": True}, "only beside a threshold"),
        ({"dominance": (0, Fraction(75))}, "n of at least 1"),
        ({"dominance": (2, Fraction(101))}, "at most 100"),
        ({"p_percent": Fraction(0)}, "percentage above 0"),
        ({"prior_posterior": (Fraction(50), Fraction(10))}, "q above p"),
    ],
)
def test_impossible_rules_are_refused(rules: dict[str, object], message: str) -> None:
    with pytest.raises(MethodError, match=message):
        Rules(**rules)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"width": 0}, "width is at least 1"),
        ({"percent": Fraction(101)}, "between 0 and 100"),
        ({"lowest": 2}, "at least 0 or at least 1"),
        ({"lowest": 1, "hide_zeros": True}, "zeros are never suppressed"),
        ({"lowest": 1, "percent": Fraction(10)}, "ask for a width instead"),
    ],
)
def test_impossible_settings_are_refused(options: dict[str, object], message: str) -> None:
    with pytest.raises(MethodError, match=message):
        Settings(Rules(threshold=3), **options)  # type: ignore[arg-type]


def test_zeros_stay_open_unless_they_may_be_hidden() -> None:
    publication = plan_publication(grid("AB", "mf", [[2, 0], [0, 5]]), [("region", "sex")])
    zeros = [cell for cell, value in enumerate(publication.totals.value) if not value]

    assert not build_problem(publication, Settings(Rules(threshold=3))).choice[zeros].any()
    assert build_problem(publication, Settings(Rules(threshold=3), hide_zeros=True)).choice[zeros].all()


def test_costs_are_of_the_chosen_kind() -> None:
    inner = [InnerCell({"sex": "m"}, 500, 4), InnerCell({"sex": "f"}, 70, 9)]
    publication = plan_publication(inner, [("sex",)])
    costs = {
        kind: build_problem(publication, Settings(Rules(threshold=3), cost=kind)).cost.tolist()
        for kind in ("value", "frequency", "number")
    }

    assert costs == {"value": [500, 70, 570], "frequency": [4, 9, 13], "number": [1, 1, 1]}


def test_contributor_knows_every_cell_in_which_he_is_alone() -> None:
    publication = plan_publication(grid("AB", "mf", [[1, 0], [4, 5]]), [("region", "sex")])
    problem = build_problem(publication, Settings(Rules(threshold=3), singletons=True))
    outsider, contributor = problem.insiders

    assert not len(outsider)
    assert set(contributor.tolist()) == {
        number_of(publication, region="A", sex="m"),
        number_of(publication, region="A"),
    }


def test_needs_follow_from_percent_and_width() -> None:
    publication = plan_publication(grid("AB", "mf", [[2, 30], [40, 50]]), [("region", "sex")])
    (need,) = build_problem(publication, Settings(Rules(threshold=3), width=5, percent=Fraction(60))).needs

    assert (need.down, need.up, need.width) == (2, 2, 5)


def test_dearer_secondary_cells_are_avoided_whatever_they_weigh() -> None:
    inner = grid("ABC", "mf", [[2, 30], [40, 50], [8, 9]])
    for cost in ("value", "number"):
        result = protect(inner, [("region", "sex")], Settings(Rules(threshold=3), cost=cost))  # type: ignore[arg-type]
        shown = open_values(result.publication, result.primary | result.secondary)
        assert len(shown) == 12 - 4
        assert result.pattern.cost == (30 + 8 + 9 if cost == "value" else 3)
    assert np.array(result.publication.totals.value).max() == 139

"""Budget of a plan per year, administration and source: exact to the cent, and what is not known is not zero."""

from __future__ import annotations

from decimal import Decimal
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draad.documents.tables import Total, add_up
from draad.plans import budgetchart, sums
from draad.plans.editions import Sheet, edition
from draad.plans.models import Plan
from draad.plans.readingtables import Place, budget_table
from tests.plans.desk import in_plan


@given(st.lists(st.tuples(st.integers(0, 10**9), st.integers(2016, 2018), st.sampled_from(["", "Stad", "Europa"]),
                          st.sampled_from(["Dienst A", "Dienst B"])), max_size=8))  # fmt: skip
def test_every_way_to_group_gives_the_same_total(drawn: list[tuple[int, int, str, str]]) -> None:
    made = [
        Sheet(n, n, {"responsible_administrations": body, "amounts": [
            {"euro": f"{cents / 100:.2f}", "euro_to": None, "year_from": year, "year_to": year, "yearly": False,
             "funding": funding}
        ]}) for n, (cents, year, funding, body) in enumerate(drawn)
    ]  # fmt: skip
    with patch.object(sums, "official", str):
        found = sums.budget_sums(made)
    wanted = Decimal(sum(cents for cents, *_rest in drawn)) / 100
    for by in ("", "body", "funding"):
        grouped = sums.together(found, by=by)
        assert sum((s.least for s in grouped), Decimal(0)) == wanted
        assert len({(s.period, getattr(s, by) if by else "") for s in grouped}) == len(grouped)


@pytest.mark.django_db
def test_a_total_with_an_unknown_part_is_a_lower_bound(plan: Plan) -> None:
    in_plan(plan)
    table = budget_table(Place(plan, 0, 0), sums.together(sums.budget_sums(edition(plan, 0).sheets)))
    least = table.column("least")
    assert least
    assert add_up(least.value(row) for row in table.rows) == Total(Decimal(200_000), at_least=True)


def test_bars_are_as_long_as_their_amounts() -> None:
    years, sources = (2017, 2018), ("Stad", "Europa", "")
    found = budgetchart.chart([
        sums.BudgetSum((year, year), "", source, Decimal(100 * n), Decimal(100 * n), 1)
        for year in years for n, source in enumerate(sources, start=1)
    ])  # fmt: skip
    assert found
    assert [name for _fill, name in found.key] == ["Europa", "Stad", ""]
    for bar in found.bars:
        one, two, three = (piece.width for piece in bar.pieces)
        assert (one, three) == (pytest.approx(2 * two, abs=0.2), pytest.approx(3 * two, abs=0.3))
        assert bar.amount == "€\xa0600"
    assert budgetchart.chart([sums.BudgetSum(sums.NO_YEAR, "")]) is None

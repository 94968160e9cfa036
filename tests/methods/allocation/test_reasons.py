"""Why a claim gets what it gets."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draad.methods.allocation import Ground, Rule, allocate
from tests.methods.allocation.helpers import claims_of, euro, problems


def told(
    amounts: list[int], envelope: int, rule: str, options: dict[str, Any] | None = None, **columns: Any
) -> list[str]:
    allocation = allocate(claims_of(amounts, **columns), euro(envelope), rule, **(options or {}))
    return [award.reason for award in allocation.awards]


def test_the_rule_names_its_rate_award_or_loss() -> None:
    amounts = [100_00, 200_00, 300_00]
    assert told(amounts, 300_00, "proportional") == ["Proportional, 50.00% of the claim."] * 3
    assert told(amounts, 400_00, "cea")[1] == "Constrained equal awards, an equal award of 150.00."
    assert told(amounts, 450_00, "cel")[2] == "Constrained equal losses, an equal loss of 50.00, at most the claim."
    assert told(amounts, 100_00, "cel")[0] == "Constrained equal losses, an equal loss of 200.00, at most the claim."
    assert told(amounts, 200_00, "talmud")[2] == "Talmud, an equal award of 75.00, at most half of the claim."
    assert told(amounts, 400_00, "talmud")[2] == "Talmud, an equal loss of 75.00, at least half of the claim."


def test_bounds_are_named() -> None:
    assert told([100, 200], 90, "proportional", minimum=[50, None]) == [
        "The minimum of the claim decides, proportional gives less.",
        "Proportional, 20.00% of the claim.",
    ]
    assert told([100, 200], 150, "cea", maximum=[None, 60]) == [
        "Constrained equal awards, an equal award of 0.90.",
        "The maximum of the claim decides.",
    ]


@pytest.mark.parametrize("rule", ["proportional", "cea", "cel", "talmud"])
def test_a_minimum_is_named_only_when_the_rule_gives_less(rule: str) -> None:
    """Claims of 100, 200 and 300 on 300 with the minimum just what the rule gives, and one cent more."""
    plain = [award.amount for award in allocate(claims_of([100, 200, 300]), euro(300), rule).awards]
    at, above = [int(plain[1] * 100)], [int(plain[1] * 100) + 1]
    assert "minimum" not in told([100, 200, 300], 300, rule, minimum=[None, *at, None])[1]
    assert "minimum" in told([100, 200, 300], 300, rule, minimum=[None, *above, None])[1]


def test_ceilings_are_named() -> None:
    reasons = told([100, 100, 100], 250, "cel", {"ceilings": {"A": Decimal("1.20")}}, applicant=["A", "A", "B"])
    assert reasons == [
        "The ceiling of the applicant decides, divided over its lines by constrained equal losses.",
        "The ceiling of the applicant decides, divided over its lines by constrained equal losses.",
        "Granted in full.",
    ]


def test_levels_are_named() -> None:
    columns = {"priority": [1, 2, 3, 4, 4], "minimum": [None, None, None, 20, None]}
    assert told([100, 300, 50, 50, 0], 220, "priority", **columns) == [
        "Priority 1: granted in full.",
        "Priority 2: proportional, 33.33% of the claim.",
        "Priority 3: the money ends at an earlier priority.",
        "Priority 4: the minimum of the claim decides, proportional gives less.",
        "Priority 4: nothing is claimed.",
    ]


def test_no_money() -> None:
    assert told([100], 0, "cel") == ["No money is left."]
    assert told([100], 30, "cel", minimum=[30]) == [
        "The minimum of the claim decides, constrained equal losses gives less."
    ]


def test_where_no_money_comes_a_ceiling_does_not_decide() -> None:
    options = {"ceilings": {"A": Decimal("1.00")}}
    reasons = told([100, 50, 300, 50], 200, "priority", options, applicant=["A", "A", "B", "B"], priority=[1, 2, 1, 2])
    assert reasons == [
        "Priority 1: proportional, 50.00% of the claim.",
        "Priority 2: the money ends at an earlier priority.",
        "Priority 1: proportional, 50.00% of the claim.",
        "Priority 2: the money ends at an earlier priority.",
    ]
    assert told([100, 50], 0, "cea", options, applicant=["A", "A"]) == ["No money is left."] * 2


def test_lines_together() -> None:
    reasons = told([100, 100, 200], 150, "cea", {"together": True}, applicant=["A", "A", "B"])
    assert reasons[0] == "Constrained equal awards, an equal award of 0.75, for the lines of the applicant together."


def test_whole_units() -> None:
    whole = {"whole_units": True}
    assert told([400, 300], 300, "cea", whole, unit_amount=[100, 60]) == [
        "Constrained equal awards, an equal award of 1.50; 1 units of 1.00.",
        "Constrained equal awards, an equal award of 1.50; 3 units of 0.60, 1 of them from what remained.",
    ]
    assert told([450], 450, "cea", whole, unit_amount=[100]) == ["All whole units in the claim; 4 units of 1.00."]
    assert told([300, 90], 250, "priority", whole, unit_amount=[100, 20], priority=[1, 2])[1] == (
        "Priority 2: the money ends at an earlier priority, what remained there fits here; "
        "2 units of 0.20, 2 of them from what remained."
    )


def test_a_minimum_with_a_unit_from_what_remained() -> None:
    """The equal award of 0.80 is under the minimum of 1.00; what remains fits only one more unit of the first."""
    columns = {"unit_amount": [100, 290, 290], "minimum": [100, None, None]}
    assert told([300, 290, 290], 260, "cea", {"whole_units": True}, **columns) == [
        "The minimum of the claim decides, constrained equal awards gives less; 2 units of 1.00, 1 of them from what "
        "remained.",
        "Constrained equal awards, an equal award of 0.80; 0 units of 2.90.",
        "Constrained equal awards, an equal award of 0.80; 0 units of 2.90.",
    ]


@given(problem=problems(short=False), rule=st.sampled_from(list(Rule)), whole=st.booleans())
def test_grounds_agree_with_awards(problem: tuple[list[int], int], rule: Rule, whole: bool) -> None:
    amounts, envelope = problem
    columns = {"priority": [1 + amount % 3 for amount in amounts], "unit_amount": [7] * len(amounts)}
    for award in allocate(claims_of(amounts, **columns), euro(envelope), rule, whole_units=whole).awards:
        assert (award.ground is Ground.FULL) == (award.amount == award.claim.amount != 0)
        assert (award.ground is Ground.ZERO_CLAIM) == (award.claim.amount == 0)
        if award.ground is Ground.NO_MONEY:
            assert award.amount == 0
        assert award.ground not in (Ground.MINIMUM, Ground.MAXIMUM, Ground.CEILING)
        assert award.reason.endswith(".")
        assert award.reason[0].isupper()

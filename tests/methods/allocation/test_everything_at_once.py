"""All options together: minima, maxima, ceilings, priorities, units and lines together, checked by what must hold."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from draad.methods.allocation import Allocation, Claim, Ground, Reach, Rule, allocate, compare
from draad.methods.errors import MethodError
from tests.methods.allocation.helpers import FLAT_RULES, euro


@dataclass
class Case:
    """Claims and options that may contradict each other."""

    claims: list[Claim]
    envelope: Decimal
    rule: Rule
    options: dict[str, Any]

    def divide(self) -> Allocation | None:
        """The allocation, or None where the claims are refused."""
        try:
            return allocate(self.claims, self.envelope, self.rule, **self.options)
        except MethodError:
            return None


@st.composite
def cases(draw: st.DrawFn) -> Case:
    claims = []
    for number in range(draw(st.integers(1, 7))):
        unit, count = draw(st.integers(1, 40)), draw(st.integers(0, 8))
        claims.append(
            Claim(
                f"c{number}",
                draw(st.sampled_from("ABC")),
                euro(unit * count),
                unit_amount=euro(unit),
                priority=draw(st.integers(1, 4)),
                minimum=draw(st.one_of(st.none(), st.integers(0, unit * count // 2).map(euro))),
                maximum=draw(st.one_of(st.none(), st.integers(unit * count // 2, unit * 9).map(euro))),
            )
        )
    rule = draw(st.sampled_from(list(Rule)))
    owners = sorted({claim.applicant for claim in claims})
    options: dict[str, Any] = {
        "together": draw(st.booleans()),
        "whole_units": draw(st.booleans()),
        "ceilings": {name: euro(draw(st.integers(100, 600))) for name in owners if draw(st.booleans())},
    }
    if rule is Rule.PRIORITY:
        options["within"] = draw(st.sampled_from(FLAT_RULES))
    return Case(claims, euro(draw(st.integers(50, 1500))), rule, options)


def most(claim: Claim) -> Decimal:
    return claim.amount if claim.maximum is None else min(claim.amount, claim.maximum)


def room(case: Case, allocation: Allocation) -> dict[str, Decimal]:
    left: defaultdict[str, Decimal] = defaultdict(lambda: Decimal(10**9))
    left.update(case.options["ceilings"])
    for award in allocation.awards:
        left[award.claim.applicant] -= award.amount
    return left


@given(case=cases())
def test_bounds_ceilings_and_sums_hold(case: Case) -> None:
    allocation = case.divide()
    if allocation is None:
        return
    for award in allocation.awards:
        assert (award.claim.minimum or 0) <= award.amount <= most(award.claim)
        assert award.amount == award.amount.quantize(Decimal("0.01"))
    assert all(value >= 0 for value in room(case, allocation).values())
    assert allocation.granted == sum(award.amount for award in allocation.awards)
    assert allocation.granted + allocation.remainder == case.envelope
    assert sum(level.granted for level in allocation.levels) == allocation.granted * 100


@given(case=cases())
def test_nothing_that_fits_is_left(case: Case) -> None:
    """One cent more, or one unit more, fits nowhere in what remains."""
    allocation = case.divide()
    if allocation is None:
        return
    left = room(case, allocation)
    for award in allocation.awards:
        step = award.claim.unit_amount if case.options["whole_units"] else Decimal("0.01")
        assert step is not None
        fits = award.amount + step <= most(award.claim) and step <= left[award.claim.applicant]
        assert not fits or step > allocation.remainder


@given(case=cases())
def test_reasons_say_what_is_so(case: Case) -> None:
    allocation = case.divide()
    if allocation is None:
        return
    for award in allocation.awards:
        claim, why = award.claim, award.ground
        if why is Ground.FULL:
            assert award.amount == claim.amount
        elif why is Ground.MAXIMUM:
            assert claim.maximum is not None
            assert award.amount > claim.maximum - (claim.unit_amount or 0)
        elif why is Ground.CEILING:
            assert claim.applicant in case.options["ceilings"]
        elif why is Ground.MINIMUM:
            assert claim.minimum
        elif why is Ground.NO_MONEY:
            assert award.amount == 0
            assert award.level.reach is Reach.NONE
        elif why is Ground.WHOLE_UNITS:
            assert case.options["whole_units"]
        assert award.reason.startswith(f"Priority {claim.priority}: ") == (case.rule is Rule.PRIORITY)


@given(case=cases())
def test_levels_are_reached_in_order(case: Case) -> None:
    allocation = case.divide()
    if allocation is None or case.rule is not Rule.PRIORITY:
        return
    assert [level.number for level in allocation.levels] == sorted({claim.priority for claim in case.claims})
    reached = [level.reach for level in allocation.levels]
    short = [i for i, reach in enumerate(reached) if reach is not Reach.WHOLE]
    if short:
        assert Reach.PART not in reached[short[0] + 1 :]


@given(case=cases(), data=st.data())
def test_rows_in_another_order_give_the_same(case: Case, data: st.DataObject) -> None:
    first = case.divide()
    case.claims = data.draw(st.permutations(case.claims))
    second = case.divide()
    assert (first is None) == (second is None)
    if first and second:
        assert {a.claim.claim: (a.amount, a.reason) for a in first.awards} == {
            a.claim.claim: (a.amount, a.reason) for a in second.awards
        }


@given(case=cases())
def test_a_comparison_holds_the_same_allocation(case: Case) -> None:
    allocation = case.divide()
    if allocation is None:
        return
    same = [
        c.allocation for c in compare(case.claims, case.envelope, **case.options) if c.allocation.rule is case.rule
    ]
    assert [award.amount for award in same[0].awards] == [award.amount for award in allocation.awards]


def test_most_drawn_cases_can_be_divided() -> None:
    """The properties above say nothing of refused claims, so refusals must be the exception."""
    counts = {"divided": 0, "refused": 0}

    @given(case=cases())
    def count(case: Case) -> None:
        counts["divided" if case.divide() else "refused"] += 1

    count()
    assert counts["divided"] > counts["refused"]

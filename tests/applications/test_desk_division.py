"""Dividing at the desk: exact to the cent through store and read back, for every rule and every grouping."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from draad.accounts import audit
from draad.applications.actions.desk import keep_scenario
from draad.applications.models import Advice, Call, Scenario, ScenarioAward
from draad.applications.queries.desk_claims import ZERO, desk_of
from draad.applications.queries.desk_division import Plan, divide
from draad.applications.queries.desk_totals import DIMENSIONS, Pair, governments, outcomes, split
from draad.methods.allocation import Rule
from tests.applications.desks import advise, advised, kept, manager, plan, shared, three_towns
from tests.applications.making import BY, CLOSES, government, make_call

pytestmark = pytest.mark.django_db
TOWNS = ["Gent", "Aalst", "Brugge", "Hasselt", "Mechelen"]
ACTIONS = [5, 6, 7, 9, 11]


def granted(scenario: Scenario) -> dict[str, Decimal]:
    """What each applicant gets, by name."""
    desk, (outcome,) = desk_of(scenario.call_id), outcomes([scenario])
    return {desk.applications[pk].applicant: pair.granted for pk, pair in outcome.applications.items()}


def amounts(*values: str) -> list[Decimal]:
    return [Decimal(value) for value in values]


def test_every_rule_gives_what_the_textbook_says(call: Call) -> None:
    """Gent 12,500 in lines of 6,000 and 6,500; Aalst 6,000; Brugge 26,000; there is 22,250: half of all."""
    three_towns(call)
    by_rule = {rule: list(granted(kept(call, rule, "22250.00")).values()) for rule in Rule}
    assert by_rule[Rule.PROPORTIONAL] == amounts("6250.00", "3000.00", "13000.00")
    assert by_rule[Rule.PRIORITY] == amounts("3513.16", "3513.16", "15223.68")
    assert by_rule[Rule.EQUAL_AWARDS] == amounts("11125.00", "5562.50", "5562.50")
    assert by_rule[Rule.EQUAL_LOSSES] == amounts("1375.00", "437.50", "20437.50")
    assert by_rule[Rule.TALMUD] == amounts("6250.00", "3000.00", "13000.00")


@pytest.mark.parametrize("rule", list(Rule))
def test_enough_money_gives_every_rule_the_same(call: Call, rule: Rule) -> None:
    three_towns(call)
    scenario = kept(call, rule, "60000.00")
    assert list(granted(scenario).values()) == amounts("12500.00", "6000.00", "26000.00")
    assert scenario.measures["end"] is None
    assert scenario.measures["applicants"]["in_full"] == 3


def test_what_is_reserved_is_not_divided(call: Call) -> None:
    three_towns(call)
    scenario = kept(call, envelope="30000.00", reserved=Decimal("7750.00"))
    assert (scenario.granted, scenario.claimed) == (Decimal("22250.00"), Decimal("44500.00"))


def test_within_a_priority_another_rule_divides(call: Call) -> None:
    three_towns(call)
    scenario = kept(call, Rule.PRIORITY, "22250.00", within=Rule.EQUAL_AWARDS)
    assert list(granted(scenario).values()) == amounts("6000.00", "6000.00", "10250.00")
    assert scenario.measures["end"]["priority"] == 1


def test_together_applicants_are_compared_by_all_they_ask(call: Call) -> None:
    three_towns(call)
    scenario = kept(call, Rule.EQUAL_AWARDS, "22250.00", together=True)
    assert list(granted(scenario).values()) == amounts("8125.00", "6000.00", "8125.00")


def test_a_ceiling_holds_for_all_lines_of_an_applicant(call: Call) -> None:
    three_towns(call)
    scenario = kept(call, envelope="60000.00", ceiling=Decimal("10000.00"))
    assert list(granted(scenario).values()) == amounts("10000.00", "6000.00", "10000.00")


def test_whole_units_are_whole(call: Call) -> None:
    three_towns(call)
    scenario = kept(call, envelope="22250.00", whole_units=True)
    for award in scenario.awards.select_related("line__indicator"):
        assert award.line.indicator.unit_amount is not None
        assert award.amount % award.line.indicator.unit_amount == 0
    assert scenario.granted <= Decimal("22250.00")


def test_the_advice_limits_the_award_and_not_the_claim(call: Call) -> None:
    made = advised(call, "Gent", {5: (1, 100), 7: (2, 10), 9: (3, 10)})
    advise(made, 5, Advice.PARTLY, 40)
    advise(made, 7, Advice.REFUSE)
    desk = desk_of(call.pk)
    assert [(line.claimed, line.most) for line in desk.claims] == [
        (Decimal("6000.00"), Decimal("2400.00")),
        (Decimal("6500.00"), Decimal("6500.00")),
    ]
    assert len(desk.refused) == 1
    scenario = kept(call, envelope="60000.00")
    assert (scenario.claimed, scenario.granted) == (Decimal("12500.00"), Decimal("8900.00"))


def test_more_units_advised_than_asked_give_no_more_than_asked(call: Call) -> None:
    made = advised(call, "Gent", {5: (1, 100)})
    advise(made, 5, Advice.PARTLY, 4000)
    assert kept(call, envelope="60000.00").granted == Decimal("6000.00")


def test_lines_without_an_amount_or_without_anything_asked_are_no_claims(call: Call) -> None:
    advised(call, "Gent", {5: (1, 100), 7: (2, None), 9: (3, 0)})
    assert len(desk_of(call.pk).claims) == 1


def test_the_same_claims_give_the_same_hashes(call: Call) -> None:
    three_towns(call)
    first, second = kept(call), kept(call)
    assert (first.claims_sha256, first.awards_sha256) == (second.claims_sha256, second.awards_sha256)
    assert (first.number, second.number) == (1, 2)


def applications() -> st.SearchStrategy[list[dict[int, int]]]:
    """Up to five towns, each with units by action."""
    lines = st.dictionaries(st.sampled_from(ACTIONS), st.integers(0, 150), min_size=1, max_size=4)
    return st.lists(lines, min_size=1, max_size=len(TOWNS))


def plans() -> st.SearchStrategy[Plan]:
    euros = st.integers(0, 30_000_000).map(lambda cents: Decimal(cents) / 100)
    rules = [(rule, None) for rule in Rule] + [(Rule.PRIORITY, inner) for inner in Rule if inner is not Rule.PRIORITY]

    def build(rule: tuple[Rule, Rule | None], envelope: Decimal, part: int, **given: Any) -> Plan:
        reserved = (envelope * part / 100).quantize(Decimal("0.01"))
        return plan(rule[0], envelope, within=rule[1], reserved=min(reserved, envelope), **given)

    return st.builds(
        build, st.sampled_from(rules), euros, st.integers(0, 100), together=st.booleans(), whole_units=st.booleans(),
        ceiling=st.none() | euros,
    )  # fmt: skip


def most_possible(call: Call, given_plan: Plan) -> Decimal:
    """What claims, advice and ceiling allow, computed the slow way."""
    by_applicant: dict[int, Decimal] = {}
    for line in desk_of(call.pk).claims:
        by_applicant[line.application] = by_applicant.get(line.application, ZERO) + line.most
    ceiling = given_plan.ceiling
    return sum((most if ceiling is None else min(most, ceiling) for most in by_applicant.values()), ZERO)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=applications(), given_plan=plans(), partly=st.integers(0, 150))
def test_awards_and_every_total_are_exact_through_the_database(
    asked: list[dict[int, int]], given_plan: Plan, partly: int
) -> None:
    from django.db import transaction

    with transaction.atomic():
        call = make_call()
        for town, lines in zip(TOWNS, asked, strict=False):
            rows = {action: (place, units) for place, (action, units) in enumerate(lines.items(), 1)}
            members = ("Ninove",) if town == "Aalst" else ()
            made = advised(call, town, rows, members=members)
            advise(made, next(iter(lines)), Advice.PARTLY, partly)
            if members:
                shared(made, next(iter(lines)), {"Aalst": "12.34", "Ninove": "56.78"})
        if desk_of(call.pk).claims:
            check_exact(call, given_plan)
        transaction.set_rollback(True)


def check_exact(call: Call, given_plan: Plan) -> None:
    with time_machine.travel(CLOSES):
        scenario = keep_scenario(call, given_plan, by=manager())
    scenario = Scenario.objects.get(pk=scenario.pk)
    expected = min(given_plan.to_divide, most_possible(call, given_plan))
    stored = sum((award.amount for award in ScenarioAward.objects.filter(scenario=scenario)), ZERO)
    assert stored == scenario.granted
    assert stored <= expected if given_plan.whole_units else stored == expected
    (outcome,) = outcomes([scenario])
    total = Pair(scenario.claimed, scenario.granted)
    assert outcome.total == total
    assert added(outcome.applications) == total
    assert added(governments(scenario)) == total
    for dimension in DIMENSIONS:
        assert added(outcome.groups[dimension.key]) == total


def added(pairs: dict[Any, Pair]) -> Pair:
    return Pair(
        sum((pair.claimed for pair in pairs.values()), ZERO), sum((pair.granted for pair in pairs.values()), ZERO)
    )


def test_a_partnership_is_split_as_its_members_share(call: Call) -> None:
    made = advised(call, "Aalst", {5: (1, 100), 9: (2, 10)}, members=("Ninove",))
    shared(made, 5, {"Aalst": "2000.00", "Ninove": "4000.00"})
    found = governments(kept(call, envelope="6250.00"))
    assert found[government("Aalst").pk] == Pair(Decimal("8500.00"), Decimal("4250.00"))
    assert found[government("Ninove").pk] == Pair(Decimal("4000.00"), Decimal("2000.00"))


@given(st.integers(0, 10**9), st.dictionaries(st.integers(1, 99), st.integers(1, 10**8), min_size=1, max_size=8))
def test_parts_add_up_and_are_within_a_cent(cents: int, weights: dict[int, int]) -> None:
    amount = Decimal(cents) / 100
    parts = split(amount, weights)
    assert sum(parts) == amount
    for part, weight in zip(parts, weights.values(), strict=True):
        assert abs(part - amount * weight / sum(weights.values())) <= Decimal("0.01")


@pytest.mark.parametrize(
    ("pair", "shown"),
    [
        (Pair(Decimal("3.00"), Decimal("1.00")), "33.3"),
        (Pair(Decimal("10000.00"), Decimal("9999.99")), "99.9"),
        (Pair(Decimal("100000.00"), Decimal("0.01")), "0.1"),
        (Pair(Decimal("5.00"), Decimal("5.00")), "100"),
        (Pair(Decimal("5.00"), ZERO), "0"),
    ],
)
def test_a_share_is_shown_as_all_or_nothing_only_when_it_is(pair: Pair, shown: str) -> None:
    assert pair.shown_share == Decimal(shown)


def test_who_asks_nothing_has_no_share() -> None:
    assert Pair().share is None
    assert Pair().shown_share is None


@pytest.mark.parametrize(
    ("given_plan", "field", "words"),
    [
        (plan(envelope="10.00", reserved=Decimal("10.01")), "reserved", "meer dan het budget"),
        (plan(Rule.PRIORITY), "rule", "1 lijn heeft geen prioriteit"),
    ],
)
def test_a_plan_that_asks_too_much_is_refused_in_a_sentence(
    call: Call, given_plan: Plan, field: str, words: str
) -> None:
    made = advised(call, "Gent", {5: (1, 100)})
    with audit.recording(by=BY) as log:
        log.change(made.lines.get(), verb="test.change", priority=None)
    with time_machine.travel(CLOSES), pytest.raises(ValidationError) as refused:
        keep_scenario(call, given_plan, by=manager())
    assert words in refused.value.message_dict[field][0]
    assert not Scenario.objects.exists()


def test_without_claims_there_is_nothing_to_divide(call: Call) -> None:
    with time_machine.travel(CLOSES), pytest.raises(ValidationError, match="niets te verdelen"):
        keep_scenario(call, plan(), by=manager())


def test_nothing_is_stored_by_only_dividing(call: Call) -> None:
    three_towns(call)
    division = divide(desk_of(call.pk), plan())
    assert division.granted == Decimal("5000.00")
    assert not ScenarioAward.objects.exists()

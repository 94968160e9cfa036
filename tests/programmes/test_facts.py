"""What is known of Plan Samenleven, as answers that anyone can check against the sources."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from draad.programmes.models import (
    Action,
    ActionTerms,
    IndicatorTerms,
    Knowledge,
    Objective,
    Programme,
    Round,
    RoundRule,
)
from draad.programmes.queries import current_terms, rules_of
from draad.programmes.values import values_of

pytestmark = pytest.mark.django_db
TermsOf = Callable[[int, int], ActionTerms]

UNIT_AMOUNTS = {
    2: 25000, 5: 60, 6: 600, 7: 650, 8: 650, 9: 650, 10: 650, 11: 320, 13: 210, 14: 210, 15: 320, 16: 25000, 17: 90,
    18: 25000, 19: 25000, 20: 170, 21: 650, 22: 5800, 24: 210,
}  # fmt: skip
NEVER_SUBSIDISED = {1, 3, 4, 12}


def test_the_programme(programme: Programme) -> None:
    assert programme.name == "Plan Samenleven"
    assert "ABB" in programme.owner
    assert programme.objectives.count() == 7
    assert programme.actions.count() == 24
    assert programme.rounds.count() == 3


def test_objectives_have_their_actions() -> None:
    found = {o.number: [a.number for a in o.actions.all()] for o in Objective.objects.all()}
    assert found == {
        1: [1, 2, 3], 2: [4, 5], 3: [6, 7, 8], 4: [9, 10, 11], 5: [12, 13, 14, 15], 6: [16, 17, 18, 19],
        7: [20, 21, 22, 23, 24],
    }  # fmt: skip


def test_rounds_follow_each_other_from_october_to_september() -> None:
    rounds = list(Round.objects.order_by("number"))
    assert [(r.starts_on, r.ends_on) for r in rounds] == [
        (date(2022 + n, 10, 1), date(2023 + n, 9, 30)) for n in range(3)
    ]
    assert [r.years for r in rounds] == ["2022–2023", "2023–2024", "2024–2025"]
    assert [r.envelope for r in rounds] == [Decimal(16_000_000), Decimal(16_000_000), Decimal(16_970_780)]


def test_days_that_no_source_gives_are_empty() -> None:
    first, second, third = Round.objects.order_by("number")
    assert first.call_opens_on is None
    assert first.call_closes_on == date(2022, 7, 1)
    assert (first.midterm_due_on, first.final_due_on) == (date(2023, 5, 5), date(2023, 10, 15))
    assert (second.midterm_due_on, second.final_due_on) == (None, None)
    assert (third.midterm_due_on, third.final_due_on) == (None, date(2025, 10, 31))


def test_every_action_has_one_published_version_in_each_round() -> None:
    assert ActionTerms.objects.count() == 72
    assert set(ActionTerms.objects.values_list("state", "version", "from_facts")) == {("published", 1, True)}


def test_round_1_has_27_indicator_lines() -> None:
    assert IndicatorTerms.objects.filter(terms__round__number=1).count() == 27


def test_unit_amounts_of_round_1(programme: Programme) -> None:
    found = {
        number: {line["unit_amount"].value for line in version.values.lines.values()}
        for (number, of_round), version in current_terms(programme).items()
        if of_round == 1 and version.values.lines
    }
    assert found == {number: {Decimal(euro)} for number, euro in UNIT_AMOUNTS.items()}


@pytest.mark.parametrize(("of_round", "count"), [(1, 19), (2, 20), (3, 20)])
def test_which_actions_are_subsidised(programme: Programme, of_round: int, count: int) -> None:
    terms = current_terms(programme)
    paid = {a for (a, r), version in terms.items() if r == of_round and version.values.subsidised.value}
    assert len(paid) == count
    assert not paid & NEVER_SUBSIDISED
    assert (23 in paid) == (of_round > 1)


def test_no_subsidy_has_nothing_else(programme: Programme) -> None:
    for (number, _round), version in current_terms(programme).items():
        if number in NEVER_SUBSIDISED:
            assert version.values.refused
            assert not version.values.lines
            assert version.values.computed_maximum is None


@pytest.mark.parametrize(
    ("action", "computed"),
    [(2, 25000), (5, 135000), (7, 97500), (9, 170950), (15, 96000), (20, 51000), (24, 37800), (22, 23200)],
)
def test_computed_maximum_of_round_1(terms_of: TermsOf, action: int, computed: int) -> None:
    assert values_of(terms_of(action, 1)).computed_maximum == computed


@pytest.mark.parametrize(
    ("action", "published"),
    [(2, 25000), (7, 97500), (9, 170625), (15, 96000), (18, 25000), (20, 51000), (24, 37800), (5, None), (13, None)],
)
def test_published_ceiling_of_round_1(terms_of: TermsOf, action: int, published: int | None) -> None:
    assert terms_of(action, 1).ceiling == published


def test_only_action_9_has_a_ceiling_that_its_lines_do_not_give(programme: Programme) -> None:
    differing = {
        number
        for (number, of_round), version in current_terms(programme).items()
        if of_round == 1
        and version.values.term("ceiling").known
        and version.values.term("ceiling").value != version.values.computed_maximum
    }
    assert differing == {9}


def test_every_field_says_how_it_is_known() -> None:
    for terms in ActionTerms.objects.prefetch_related("lines"):
        values = values_of(terms)
        for term in [
            values.subsidised,
            *values.fields.values(),
            *(t for n in values.lines.values() for t in n.values()),
        ]:
            assert (term.value is None) == (term.knowledge is Knowledge.UNKNOWN)
            assert term.source or not term.known, f"{terms} has a value without a source"


class TestRoundTwo:
    def test_action_5_counts_practice_opportunities(self, terms_of: TermsOf) -> None:
        (line,) = values_of(terms_of(5, 2)).lines.values()
        assert line["label"].value == "oefenkansen Nederlands"
        assert (line["unit"].value, line["counting"].value) == ("opportunity", "contact")
        assert "printed there as action 15" in line["label"].source
        assert not line["unit_amount"].known
        assert not line["max_units"].known

    def test_action_6_counts_diplomas_from_outside_belgium(self, terms_of: TermsOf) -> None:
        before, after = values_of(terms_of(6, 1)), values_of(terms_of(6, 2))
        assert before.term("target_group").value == "personen met een diploma van buiten de EU"
        assert after.term("target_group").value == "personen met een niet-Belgisch diploma"
        assert after.lines[1]["unit"].knowledge is Knowledge.CARRIED
        assert not after.lines[1]["unit_amount"].known

    def test_action_15_counts_children_and_no_families(self, terms_of: TermsOf) -> None:
        assert values_of(terms_of(15, 1)).lines[1]["unit"].value == "family"
        line = values_of(terms_of(15, 2)).lines[1]
        assert (line["label"].value, line["unit"].value) == ("kwetsbare kinderen en jongeren", "person")
        assert line["label"].source.endswith("answer 9e")
        assert not values_of(terms_of(15, 2)).term("ceiling").known

    def test_action_23_is_new_with_stated_amounts(self, terms_of: TermsOf) -> None:
        values = values_of(terms_of(23, 2))
        assert values.subsidised.value is True
        assert values.lines[1]["unit_amount"].value == 210
        assert values.lines[1]["max_units"].value == 180
        assert values.computed_maximum == values.term("ceiling").value == 37800

    @pytest.mark.parametrize("action", [13, 23, 24])
    def test_leisure_is_for_vulnerable_persons(self, terms_of: TermsOf, action: int) -> None:
        term = values_of(terms_of(action, 2)).term("target_group")
        assert (term.value, term.knowledge) == ("kwetsbare personen", Knowledge.STATED)
        assert term.source.endswith("answer 9b")

    @pytest.mark.parametrize("action", [9, 13, 24])
    def test_lines_that_named_the_old_target_group_are_unknown(self, terms_of: TermsOf, action: int) -> None:
        values = values_of(terms_of(action, 2))
        assert not values.lines
        assert not values.lines_known
        assert not values.term("ceiling").known

    @pytest.mark.parametrize("action", [10, 11, 14])
    def test_where_the_reach_of_a_change_is_uncertain_the_field_is_unknown(
        self, terms_of: TermsOf, action: int
    ) -> None:
        values = values_of(terms_of(action, 2))
        assert values_of(terms_of(action, 1)).term("target_group").known
        assert not values.term("target_group").known
        assert "does not say" in values.term("target_group").source
        assert all(line["unit_amount"].knowledge is Knowledge.CARRIED for line in values.lines.values())

    def test_what_no_source_changes_is_carried(self, terms_of: TermsOf) -> None:
        before, after = values_of(terms_of(7, 1)), values_of(terms_of(7, 2))
        for name, term in after.lines[1].items():
            assert term.value == before.lines[1][name].value
            assert term.knowledge is Knowledge.CARRIED
        assert after.term("ceiling").value == 97500


def test_round_3_carries_round_2_and_keeps_unknown_unknown(programme: Programme) -> None:
    terms = current_terms(programme)
    for number in range(1, 25):
        second, third = terms[number, 2].values, terms[number, 3].values
        assert {n: {f: t.value for f, t in line.items()} for n, line in second.lines.items()} == {
            n: {f: t.value for f, t in line.items()} for n, line in third.lines.items()
        }
        for line in third.lines.values():
            assert all(term.knowledge is not Knowledge.STATED for term in line.values())


class TestRules:
    def test_threshold_and_its_origin_group(self) -> None:
        found = RoundRule.objects.filter(key="eligibility_threshold").order_by("round__number")
        assert [rule.parameters for rule in found] == [
            {"persons": 7500, "origin": "EU-15"},
            {"persons": 7500, "origin": "EU-14"},
            {"persons": 7500, "origin": "EU-14"},
        ]

    def test_amounts(self) -> None:
        amounts = dict(
            RoundRule.objects.filter(round__number=1, key__startswith="incentive").values_list("key", "parameters")
        )
        assert amounts == {
            "incentive_cooperation": {"amount": "10000.00"},
            "incentive_mentor": {"amount": "10000.00"},
            "incentive_impact_bond": {"amount": "25000.00"},
        }

    def test_shares(self) -> None:
        shares = {
            rule.key: rule.parameters["share"]
            for rule in RoundRule.objects.filter(round__number=3, parameters__has_key="share")
        }
        assert shares == {"half_of_cost": 50, "midterm_threshold": 25, "balance": 20}

    def test_one_partnership_only_from_round_2(self) -> None:
        found = RoundRule.objects.filter(key="one_partnership").values_list("round__number", flat=True)
        assert sorted(found) == [2, 3]

    def test_rules_stated_for_round_1_only_are_carried(self) -> None:
        found = RoundRule.objects.filter(key="unique_priority").order_by("round__number")
        assert [rule.knowledge for rule in found] == ["stated", "carried", "carried"]

    def test_changes_are_told_in_round_2_only(self) -> None:
        found = RoundRule.objects.filter(key__startswith="change_")
        assert {rule.round.number for rule in found.select_related("round")} == {2}
        assert found.count() == 5

    def test_every_rule_is_a_sentence(self, programme: Programme) -> None:
        for rules in rules_of(programme.rounds.all()).values():
            assert rules
            for rule in rules:
                assert rule.sentence.endswith(".")
                assert "%" not in rule.sentence.replace("\u00a0%", "")
                assert rule.source


def test_titles_are_as_published() -> None:
    assert Action.objects.get(number=5).title == "Oefenkansen Nederlands organiseren"
    assert str(Action.objects.get(number=24)) == "24 In contact brengen met cultuur"

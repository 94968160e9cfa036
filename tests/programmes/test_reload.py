"""Loading the facts again: nothing changes, a changed fact becomes a version, and people are never overruled."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from draad.accounts.models import AuditEvent
from draad.datasets import facts
from draad.datasets.facts import Fact
from draad.datasets.plan_samenleven import programme as loader
from draad.datasets.plan_samenleven.rules import rules
from draad.programmes.actions.drafts import draft_terms
from draad.programmes.models import Action, ActionTerms, Knowledge, Objective, Round, RoundRule
from tests.programmes.conftest import BY, publish_correction

pytestmark = pytest.mark.django_db
Change = Callable[[str, Callable[[Fact], bool], str, str], None]


@pytest.fixture
def change_fact(monkeypatch: pytest.MonkeyPatch) -> Change:
    """Let a file of facts say something else in the rows that a test chooses."""

    def change(name: str, chosen: Callable[[Fact], bool], field: str, value: str) -> None:
        before = loader.read

        def read(asked: str) -> list[Fact]:
            rows = before(asked)
            return [{**r, field: value} if asked == name and chosen(r) else r for r in rows]

        monkeypatch.setattr(loader, "read", read)

    return change


def is_line(action: str, line: str = "1") -> Callable[[Fact], bool]:
    return lambda fact: (fact["round"], fact["action_number"], fact["line"]) == ("1", action, line)


def test_loading_again_writes_nothing() -> None:
    before = AuditEvent.objects.count()
    counts = loader.load(BY)
    assert AuditEvent.objects.count() == before
    assert all(count.added == count.changed == 0 for count in counts.values())
    assert counts["terms"].same == 72


def test_a_changed_fact_becomes_a_new_version_with_a_reason(change_fact: Change) -> None:
    change_fact("action_terms", is_line("2"), "unit_amount_eur", "30000")
    counts = loader.load(BY)
    found = list(ActionTerms.objects.filter(action__number=2).order_by("round__number", "version"))
    assert counts["terms"].changed == 3  # rounds 2 and 3 carry the amount over
    assert [(t.round.number, t.version) for t in found] == [(1, 1), (1, 2), (2, 1), (2, 2), (3, 1), (3, 2)]
    assert [t.lines.get().unit_amount for t in found] == [25000, 30000] * 3
    assert {t.change_reason for t in found if t.version == 2} == {"feit gewijzigd"}
    events = AuditEvent.objects.filter(verb="programmes.terms.publish", reason="feit gewijzigd")
    assert events.count() == 3
    assert loader.load(BY)["terms"].changed == 0


def test_a_fact_that_changes_back_is_a_third_version(change_fact: Change, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        before = loader.read
        patch.setattr(
            loader,
            "read",
            lambda name: [
                {**r, "unit_amount_eur": "61"} if name == "action_terms" and is_line("5")(r) else r
                for r in before(name)
            ],
        )
        loader.load(BY)
    loader.load(BY)
    found = ActionTerms.objects.filter(action__number=5, round__number=1).order_by("version")
    assert [t.lines.get().unit_amount for t in found] == [60, 61, 60]


def test_what_a_person_published_stands(
    change_fact: Change, action_of: Callable[[int], Action], round_of: Callable[[int], Round]
) -> None:
    publish_correction(action_of(9), round_of(1), "170950.00")
    change_fact("action_terms", is_line("9"), "max_units", "149")
    counts = loader.load(BY)
    newest = ActionTerms.objects.filter(action__number=9, round__number=1).order_by("version").last()
    assert newest is not None
    assert (newest.version, newest.from_facts, newest.ceiling) == (2, False, Decimal("170950.00"))
    assert counts["terms that people corrected"].same == 1
    assert counts["terms"].changed == 0


def test_a_correction_by_a_person_stands_when_no_fact_changed(
    action_of: Callable[[int], Action], round_of: Callable[[int], Round]
) -> None:
    publish_correction(action_of(9), round_of(1), "170950.00")
    counts = loader.load(BY)
    assert counts["terms"].same == 72
    assert ActionTerms.objects.filter(action__number=9, round__number=1).count() == 2


def test_a_changed_fact_leaves_the_draft_of_a_person_alone(
    change_fact: Change, action_of: Callable[[int], Action], round_of: Callable[[int], Round]
) -> None:
    draft = draft_terms(action_of(2), round_of(1), by=BY)
    change_fact("action_terms", is_line("2"), "unit_amount_eur", "30000")
    loader.load(BY)
    draft.refresh_from_db()
    assert (draft.state, draft.version, draft.lines.get().unit_amount) == ("draft", None, 25000)
    assert ActionTerms.objects.filter(action__number=2, round__number=1, version=2).exists()


def test_a_changed_title_is_a_change_with_an_event(change_fact: Change) -> None:
    change_fact("actions", lambda fact: fact["number"] == "4", "title", "Zomerscholen organiseren")
    counts = loader.load(BY)
    assert counts["actions"].changed == 1
    event = AuditEvent.objects.filter(verb="programmes.action.change").latest("number")
    assert event.before == {"title": "Zomerscholen aanbieden"}
    assert event.after == {"title": "Zomerscholen organiseren"}


def test_lines_that_give_two_maxima_are_refused(change_fact: Change) -> None:
    change_fact("action_terms", is_line("9"), "published_max_eur", "1")
    with pytest.raises(ValueError, match="action 9 give more than one maximum"):
        loader.load(BY)


def test_a_round_without_days_is_refused(change_fact: Change) -> None:
    change_fact("rounds", lambda fact: fact["round"] == "2", "starts_on", "")
    with pytest.raises(ValueError, match="round 2: a round needs a first and a last day"):
        loader.load(BY)


def test_an_indicator_cannot_change_where_there_are_more_lines(change_fact: Change) -> None:
    change_fact("term_fields", lambda fact: fact["field"] == "lines", "field", "label")
    with pytest.raises(ValueError, match="an indicator changed, but there are 3 lines"):
        loader.load(BY)


class TestRules:
    def test_an_unknown_rule_is_refused(self) -> None:
        row = {"rule": "a new rule", "value": "", "applies_to": "round 1", "source": "x"}
        with pytest.raises(ValueError, match="no rule begins like 'a new rule'"):
            rules([row], [1])

    def test_unknown_rounds_are_refused(self) -> None:
        row = {"rule": "payment: balance", "value": "20%", "applies_to": "round 9", "source": "x"}
        with pytest.raises(ValueError, match="'round 9' is none of"):
            rules([row], [1])

    def test_a_wrong_value_is_refused(self) -> None:
        row = {"rule": "incentive: cooperation", "value": "much", "applies_to": "round 1", "source": "x"}
        with pytest.raises(ValueError, match="'much' does not begin with an amount"):
            rules([row], [1])

    def test_a_later_round_carries_over(self) -> None:
        row = {"rule": "payment: balance", "value": "20%", "applies_to": "round 1", "source": "x"}
        found = rules([row], [1, 2, 3])
        assert [(r.round, r.knowledge, r.parameters) for r in found] == [
            (1, Knowledge.STATED, {"share": 20}),
            (2, Knowledge.CARRIED, {"share": 20}),
            (3, Knowledge.CARRIED, {"share": 20}),
        ]

    def test_every_row_of_the_facts_is_read(self) -> None:
        rows = facts.read("programme_rules")
        assert len({rule.key for rule in rules(rows, [1, 2, 3])}) == len(rows) - 1  # the threshold has two rows
        assert RoundRule.objects.count() == len(rules(rows, [1, 2, 3]))


def test_objectives_come_from_the_actions() -> None:
    titles = {row["objective"] for row in facts.read("actions")}
    assert set(Objective.objects.values_list("title", flat=True)) == titles

"""Setting up a programme through its actions: who may, what is refused, what the audit keeps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from draad.accounts.actor import Actor
from draad.accounts.models import AuditEvent
from draad.accounts.revisions import ChangedMeanwhileError
from draad.accounts.roles import Role
from draad.programmes import holds
from draad.programmes.actions.drafts import draft_terms
from draad.programmes.actions.roundrules import RuleContent, copy_rules, copy_terms, remove_rule, set_rule
from draad.programmes.actions.setup import ENTERED, add_item, change_item, remove_item
from draad.programmes.models import Action, ActionTerms, Knowledge, Objective, Programme, Round, RoundRule
from draad.programmes.queries import round_before, rule_values
from draad.programmes.setup_policies import AnyItem, can_remove, fingerprint, uses_of
from draad.programmes.values import values_of
from tests.programmes.conftest import BY, publish_correction

pytestmark = pytest.mark.django_db
MakeActor = Callable[..., Actor]
YEAR = {"starts_on": date(2029, 10, 1), "ends_on": date(2030, 9, 30)}


@pytest.fixture
def fresh() -> Programme:
    """A programme without parts."""
    return add_item(Programme(name="Samen verder", owner="Agentschap", slug="samen-verder"), by=BY)


@pytest.fixture
def objective(fresh: Programme) -> Objective:
    return add_item(Objective(programme=fresh, number=1, title="Samen wonen"), by=BY)


@pytest.fixture
def action(fresh: Programme, objective: Objective) -> Action:
    return add_item(Action(programme=fresh, number=1, title="Buurtwerk", objective=objective), by=BY)


@pytest.fixture
def of_round(fresh: Programme) -> Round:
    return add_item(Round(programme=fresh, number=1, **YEAR), by=BY)


@pytest.fixture
def held() -> Iterator[None]:
    """A room above holds every round."""
    holds.add_hold(_always)
    yield
    holds._holds.remove(_always)


def _always(_round: Round) -> str:
    return "De oproep is gepubliceerd."


def change(item: Any, *, seen: str = "", by: Actor = BY, **values: Any) -> Any:
    kept = {name: getattr(item, name) for name in ("source",)}
    return change_item(item, kept | values, seen=seen or fingerprint(item), by=by)


def problems(raised: pytest.ExceptionInfo[ValidationError]) -> str:
    return " ".join(raised.value.messages)


class TestAdding:
    def test_without_a_source_a_person_entered_it(self, fresh: Programme) -> None:
        assert fresh.source == ENTERED
        named = add_item(Objective(programme=fresh, number=2, title="Leren", source=" besluit "), by=BY)
        assert named.source == "besluit"

    def test_it_leaves_an_event(self, action: Action) -> None:
        event = AuditEvent.objects.order_by("number").last()
        assert event is not None
        assert (event.verb, event.object_label) == ("programmes.action.add", "1 Buurtwerk")

    def test_a_number_is_taken_once(self, fresh: Programme, objective: Objective) -> None:
        with pytest.raises(ValidationError, match="Nummer 1 is al gebruikt") as raised:
            add_item(Objective(programme=fresh, number=1, title="Nog een"), by=BY)
        assert list(raised.value.message_dict) == ["number"]
        assert Objective.objects.filter(programme=fresh).count() == 1

    def test_a_short_name_is_taken_once(self, fresh: Programme) -> None:
        with pytest.raises(ValidationError) as raised:
            add_item(Programme(name="Anders", owner="x", slug="samen-verder"), by=BY)
        assert list(raised.value.message_dict) == ["slug"]

    def test_an_objective_is_of_the_same_programme(self, fresh: Programme, programme: Programme) -> None:
        other = programme.objectives.first()
        with pytest.raises(ValidationError, match="ander programma"):
            add_item(Action(programme=fresh, number=1, title="Buurtwerk", objective=other), by=BY)

    @pytest.mark.parametrize(
        ("days", "field"),
        [
            ({"ends_on": date(2029, 9, 30)}, "ends_on"),
            ({"midterm_due_on": date(2029, 9, 30)}, "midterm_due_on"),
            ({"final_due_on": date(2029, 9, 1)}, "final_due_on"),
            ({"midterm_due_on": date(2030, 4, 15), "final_due_on": date(2030, 4, 14)}, "final_due_on"),
        ],
    )
    def test_days_are_in_order(self, fresh: Programme, days: dict[str, date], field: str) -> None:
        with pytest.raises(ValidationError) as raised:
            add_item(Round(programme=fresh, number=1, **YEAR | days), by=BY)
        assert list(raised.value.message_dict) == [field]

    def test_a_round_of_one_day_is_a_round(self, fresh: Programme) -> None:
        day = date(2030, 1, 1)
        made = add_item(Round(programme=fresh, number=1, starts_on=day, ends_on=day, final_due_on=day), by=BY)
        assert made.pk


class TestChanging:
    def test_values_and_event(self, objective: Objective) -> None:
        changed = change(objective, number=3, title="Samen leven", source="")
        assert (changed.number, changed.title, changed.source) == (3, "Samen leven", ENTERED)
        event = AuditEvent.objects.order_by("number").last()
        assert event is not None
        assert event.verb == "programmes.objective.change"
        assert event.before == {"number": 1, "title": "Samen wonen"}

    def test_nothing_changed_leaves_no_event(self, objective: Objective) -> None:
        count = AuditEvent.objects.count()
        change(objective, title="Samen wonen")
        assert AuditEvent.objects.count() == count

    def test_the_second_editor_is_told(self, objective: Objective) -> None:
        seen = fingerprint(objective)
        change(Objective.objects.get(pk=objective.pk), title="Eerste")
        with pytest.raises(ChangedMeanwhileError):
            change(objective, seen=seen, title="Tweede")
        assert Objective.objects.get(pk=objective.pk).title == "Eerste"

    def test_another_number_that_is_taken(self, fresh: Programme, objective: Objective) -> None:
        second = add_item(Objective(programme=fresh, number=2, title="Leren"), by=BY)
        with pytest.raises(ValidationError, match="al gebruikt"):
            change(second, number=1)

    @pytest.mark.parametrize("kind", ["programme", "objective", "action", "round"])
    def test_what_published_terms_use_keeps_its_number(
        self, kind: str, programme: Programme, action_of: Callable[[int], Action], round_of: Callable[[int], Round]
    ) -> None:
        items: dict[str, tuple[Any, str, Any]] = {
            "programme": (programme, "slug", "anders"),
            "objective": (action_of(9).objective, "number", 99),
            "action": (action_of(9), "number", 99),
            "round": (round_of(1), "number", 99),
        }
        item, field, value = items[kind]
        with pytest.raises(ValidationError, match="verwijzen") as raised:
            change(item, **{field: value})
        assert list(raised.value.message_dict) == [field]

    def test_its_name_may_still_be_corrected(self, action_of: Callable[[int], Action]) -> None:
        found = action_of(9)
        assert change(found, number=9, title="Sport voor iedereen").title == "Sport voor iedereen"

    def test_a_draft_does_not_fix_a_number(self, action: Action, of_round: Round) -> None:
        draft_terms(action, of_round, by=BY)
        assert change(action, number=7).number == 7

    def test_the_budget_is_exact(self, of_round: Round) -> None:
        change(of_round, envelope=Decimal("16000000.01"))
        assert Round.objects.get(pk=of_round.pk).envelope == Decimal("16000000.01")

    def test_days_in_disorder_are_refused(self, of_round: Round) -> None:
        with pytest.raises(ValidationError, match="vóór de eerste"):
            change(of_round, ends_on=date(2029, 1, 1))


class TestRemoving:
    def test_what_nothing_refers_to(self, objective: Objective) -> None:
        remove_item(objective, by=BY)
        assert not Objective.objects.filter(pk=objective.pk).exists()
        event = AuditEvent.objects.order_by("number").last()
        assert event is not None
        assert event.verb == "programmes.objective.remove"

    def test_a_round_takes_its_rules_along(self, of_round: Round) -> None:
        set_rule(of_round, "balance", RuleContent({"share": 20}), by=BY)
        remove_item(of_round, by=BY)
        assert not RoundRule.objects.filter(key="balance", round__pk=of_round.pk).exists()

    def test_what_is_in_use_stays(self, action: Action, of_round: Round) -> None:
        with pytest.raises(ValidationError) as raised:
            remove_item(action.objective, by=BY)
        assert problems(raised) == "Dit is in gebruik en kan niet weg: er horen acties bij."
        with pytest.raises(ValidationError) as raised:
            remove_item(action.programme, by=BY)
        assert "doelstellingen, acties, rondes" in problems(raised)

    def test_published_terms_keep_their_action(self, action_of: Callable[[int], Action]) -> None:
        assert "voorwaarden" in uses_of(action_of(9))
        assert not can_remove(action_of(9))

    def test_rooms_above_keep_a_round(self, round_of: Callable[[int], Round]) -> None:
        assert "gegevens op andere pagina’s" in uses_of(round_of(1))

    def test_a_held_round_stays(self, of_round: Round, held: None) -> None:
        assert not can_remove(of_round)
        with pytest.raises(ValidationError, match="De oproep is gepubliceerd"):
            remove_item(of_round, by=BY)


class TestRules:
    def test_a_rule_is_set_and_changed(self, of_round: Round) -> None:
        rule = set_rule(of_round, "balance", RuleContent({"share": 20}), by=BY)
        assert (rule.knowledge, rule.source) == (Knowledge.STATED, ENTERED)
        set_rule(of_round, "balance", RuleContent({"share": 25}, source="besluit"), seen=fingerprint(rule), by=BY)
        assert rule_values(of_round) == {"balance": {"share": 25}}

    def test_the_second_editor_is_told(self, of_round: Round) -> None:
        rule = set_rule(of_round, "balance", RuleContent({"share": 20}), by=BY)
        seen = fingerprint(rule)
        set_rule(of_round, "balance", RuleContent({"share": 25}), seen=seen, by=BY)
        for stale in (seen, ""):
            with pytest.raises(ChangedMeanwhileError):
                set_rule(of_round, "balance", RuleContent({"share": 30}), seen=stale, by=BY)

    @pytest.mark.parametrize(
        ("key", "parameters", "why"),
        [("tombola", {}, "bestaat niet"), ("balance", {"share": 0}, "kloppen niet"), ("balance", {}, "kloppen niet")],
    )
    def test_what_is_no_rule_is_refused(self, of_round: Round, key: str, parameters: dict[str, Any], why: str) -> None:
        with pytest.raises(ValidationError, match=why):
            set_rule(of_round, key, RuleContent(parameters), by=BY)

    def test_a_rule_is_taken_away_once(self, of_round: Round) -> None:
        set_rule(of_round, "recovery", RuleContent({}), by=BY)
        remove_rule(of_round, "recovery", by=BY)
        remove_rule(of_round, "recovery", by=BY)
        assert rule_values(of_round) == {}
        assert AuditEvent.objects.filter(verb="programmes.roundrule.remove").count() == 1

    def test_a_held_round_keeps_its_rules(self, of_round: Round, held: None) -> None:
        writes: list[Callable[[], object]] = [
            lambda: set_rule(of_round, "balance", RuleContent({"share": 20}), by=BY),
            lambda: remove_rule(of_round, "balance", by=BY),
            lambda: copy_rules(of_round, by=BY),
        ]
        for write in writes:
            with pytest.raises(ValidationError, match="De oproep is gepubliceerd"):
                write()


class TestTakingOver:
    @pytest.fixture
    def next_round(self, programme: Programme) -> Round:
        last = programme.rounds.order_by("number").last()
        assert last is not None
        return add_item(Round(programme=programme, number=last.number + 1, **YEAR), by=BY)

    def test_rules_are_carried_over_with_their_source(self, next_round: Round) -> None:
        before = round_before(next_round)
        assert before is not None
        set_rule(next_round, "balance", RuleContent({"share": 30}), by=BY)
        count = copy_rules(next_round, by=BY)
        rules = {rule.key: rule for rule in next_round.rules.all()}
        stored = {rule.key: rule for rule in before.rules.all()}
        assert count == len(rules) - 1 == len(stored) - 1
        assert rules["balance"].parameters == {"share": 30}
        assert rules["recovery"].knowledge == Knowledge.CARRIED
        assert rules["recovery"].source == stored["recovery"].source
        assert copy_rules(next_round, by=BY) == 0

    def test_what_was_told_once_is_not_told_again(self, round_of: Callable[[int], Round]) -> None:
        assert round_of(2).rules.filter(key__startswith="change_").exists()
        remaining = round_of(3)
        for rule in remaining.rules.all():
            remove_rule(remaining, rule.key, by=BY)
        copy_rules(remaining, by=BY)
        assert not remaining.rules.filter(key__startswith="change_").exists()

    def test_terms_become_drafts_of_the_newest_version(
        self, next_round: Round, action_of: Callable[[int], Action]
    ) -> None:
        before = round_before(next_round)
        assert before is not None
        publish_correction(action_of(9), before, "180000.00")
        count = copy_terms(next_round, by=BY)
        drafts = ActionTerms.objects.filter(round=next_round)
        assert count == drafts.count() == 24
        assert not drafts.exclude(state="draft").exists()
        assert {draft.effective_on for draft in drafts} == {next_round.starts_on}
        term = values_of(drafts.get(action=action_of(9))).term("ceiling")
        assert (term.value, term.knowledge, term.source) == (Decimal("180000.00"), Knowledge.CARRIED, "besluit")
        assert copy_terms(next_round, by=BY) == 0

    def test_the_first_round_has_nothing_before_it(self, of_round: Round) -> None:
        for take_over in (copy_rules, copy_terms):
            with pytest.raises(ValidationError, match="eerste ronde"):
                take_over(of_round, by=BY)


ALLOWED = {Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER}


@pytest.mark.parametrize("role", [None, *Role])
def test_only_managers_set_up(
    role: Role | None, person_with: MakeActor, fresh: Programme, objective: Objective, of_round: Round
) -> None:
    by = person_with(role)
    writes: list[Callable[[], object]] = [
        lambda: add_item(Objective(programme=fresh, number=8, title="x"), by=by),
        lambda: change(objective, title="y", by=by),
        lambda: set_rule(of_round, "recovery", RuleContent({}), by=by),
        lambda: remove_rule(of_round, "recovery", by=by),
        lambda: remove_item(of_round, by=by),
    ]
    for write in writes:
        if role in ALLOWED:
            write()
        else:
            with pytest.raises(PermissionDenied):
                write()
    for take_over in (copy_rules, copy_terms):
        if role not in ALLOWED:
            with pytest.raises(PermissionDenied):
                take_over(of_round, by=by)


def test_a_hold_is_added_once_and_says_nothing_by_default(of_round: Round) -> None:
    silent: holds.Hold = lambda _round: ""  # noqa: E731
    before = len(holds._holds)
    holds.add_hold(silent)
    holds.add_hold(silent)
    assert len(holds._holds) == before + 1
    assert holds.why_held(of_round) == ""
    holds._holds.remove(silent)


def test_a_fingerprint_follows_the_stored_values(objective: Objective) -> None:
    first: AnyItem = Objective.objects.get(pk=objective.pk)
    assert fingerprint(first) == fingerprint(Objective.objects.get(pk=objective.pk))
    change(objective, title="Anders")
    assert fingerprint(first) != fingerprint(Objective.objects.get(pk=objective.pk))

"""Beginning and copying an application; choosing, ordering and dividing its lines."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.models import AuditEvent
from draad.accounts.roles import Role
from draad.applications.actions.formcopy import copy_application
from draad.applications.actions.formlines import Row, choose_lines, divide_shares, fill_lines, move_line
from draad.applications.actions.formstart import start_application
from draad.applications.models import Application, ApplicationState, Call, CallState, Question
from draad.applications.policies.fields import LINES, line_field
from draad.applications.queries.form import offered
from draad.programmes.models import Round, RoundRule
from tests.applications.filling import field_of, read, typing
from tests.applications.making import (
    BY,
    CLOSES,
    DURING,
    OPENS,
    government,
    indicator,
    make_application,
    person,
    round_one,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("during")]


@pytest.fixture
def editor() -> Actor:
    """Who fills in for Gent."""
    return person(Role.GOVERNMENT_EDITOR, "Gent")


def test_an_application_begins_with_its_applicant_as_member(call: Call, editor: Actor) -> None:
    made = start_application(call, government("Gent"), by=editor)
    member = made.members.get()
    assert (made.number, made.state, made.requested) == (1, ApplicationState.DRAFT, None)
    assert (member.organisation.name, member.is_applicant, member.responded_by) == ("Gent", True, editor.user)
    assert AuditEvent.objects.filter(verb="applications.application.start").exists()


def test_numbers_follow_each_other(call: Call, editor: Actor) -> None:
    start_application(call, government("Gent"), by=editor)
    assert start_application(call, government("Aalst"), by=person(Role.GOVERNMENT_EDITOR, "Aalst")).number == 2


def test_one_application_for_each_applicant(call: Call, editor: Actor) -> None:
    first = start_application(call, government("Gent"), by=editor)
    with pytest.raises(ValidationError, match="al aanvraag 1"):
        start_application(call, government("Gent"), by=editor)
    with audit.recording(by=BY) as log:
        log.change(first, verb="test", state=ApplicationState.CANCELLED)
    assert start_application(call, government("Gent"), by=editor).number == 2


def test_nobody_begins_for_another(call: Call, editor: Actor) -> None:
    with pytest.raises(PermissionDenied):
        start_application(call, government("Aalst"), by=editor)


@pytest.mark.parametrize(
    ("when", "begins"),
    [(OPENS - timedelta(seconds=1), False), (OPENS, True), (CLOSES - timedelta(seconds=1), True), (CLOSES, False)],
)
def test_only_while_the_call_is_open(call: Call, editor: Actor, when: object, begins: bool) -> None:
    with time_machine.travel(when, tick=False):
        if begins:
            assert start_application(call, government("Gent"), by=editor).pk
        else:
            with pytest.raises(ValidationError, match="oproep"):
                start_application(call, government("Gent"), by=editor)


def test_only_what_the_round_subsidises_is_offered(call: Call, editor: Actor) -> None:
    lines = offered(call.round)
    assert {line.terms.action.number for line in lines} >= {2, 5, 17}
    assert 23 not in {line.terms.action.number for line in lines}, "subsidised from round 2"
    made = start_application(call, government("Gent"), by=editor)
    with pytest.raises(ValidationError, match="niet aangevraagd"):
        choose_lines(made, add=[999_999], remove=[], by=editor)


def test_lines_are_added_with_the_next_priority(call: Call, editor: Actor) -> None:
    made = make_application(call, "Gent", {5: (3, 100)})
    choose_lines(made, add=[indicator(17).pk, indicator(17, 2).pk], remove=[], by=editor)
    assert [(line.indicator.label, line.priority) for line in read(made).lines][1:] == [
        ("gevormde professionals", 4), ("gevormde burgers", 5),
    ]  # fmt: skip
    choose_lines(made, add=[indicator(17).pk], remove=[], by=editor)
    assert made.lines.count() == 3, "a line that is there already is not added again"


def test_a_removed_line_takes_what_was_filled_in_with_it(call: Call, editor: Actor) -> None:
    made = make_application(call, "Gent", {5: (1, 100), 17: (2, 60)})
    wrong = field_of(made, 5, "planned")
    typing(made, {wrong: "abc", f"explanation:{indicator(5).terms.action_id}": "uitleg"}, by=editor)
    line = made.lines.get(indicator=indicator(5))
    choose_lines(made, add=[], remove=[line.pk], by=editor)
    made.refresh_from_db()
    assert (made.lines.count(), made.explanations.count(), made.unsaved) == (1, 0, {})
    assert made.requested == Decimal(5400)


def test_lines_change_places(call: Call, editor: Actor) -> None:
    made = make_application(call, "Gent", {5: (1, 100), 17: (1, 60), 9: (7, 5)})
    order = [line.pk for line in read(made).lines]
    move_line(made, order[2], up=True, by=editor)
    assert [line.pk for line in read(made).lines] == [order[0], order[2], order[1]]
    assert [line.priority for line in read(made).lines] == [1, 2, 3]
    move_line(made, order[0], up=True, by=editor)
    move_line(made, 999_999, up=True, by=editor)
    assert [line.pk for line in read(made).lines] == [order[0], order[2], order[1]]


def test_shares_are_divided_to_the_unit(call: Call, editor: Actor) -> None:
    made = make_application(call, "Gent", {5: (1, 100), 17: (2, None)}, members=("Aalst", "Deinze"))
    divide_shares(made, [3, 2, 1], by=editor)
    form = read(made)
    first, second = form.lines
    units = [form.shares[first.pk, member.pk].planned for member in form.members]
    assert units == [50, 33, 17]
    assert sum(share.amount or 0 for share in form.shares.values()) == Decimal(6000)
    assert not any(line == second.pk for line, _member in form.shares)
    divide_shares(made, None, by=editor)
    assert sorted(share.planned or 0 for share in read(made).shares.values()) == [33, 33, 34]


def test_who_applies_alone_has_nothing_to_divide(call: Call, editor: Actor) -> None:
    made = make_application(call, "Gent", {5: (1, 100)})
    with pytest.raises(ValidationError, match="niets te verdelen"):
        divide_shares(made, None, by=editor)
    pair = make_application(call, "Aalst", {5: (1, 100)}, members=("Deinze",))
    with pytest.raises(ValidationError, match="intussen gewijzigd"):
        divide_shares(pair, [1, 1, 1], by=person(Role.GOVERNMENT_EDITOR, "Aalst"))


def test_rows_fill_lines_and_add_what_is_not_there(call: Call, editor: Actor) -> None:
    made = make_application(call, "Gent", {5: (1, 100)})
    fill_lines(made, {indicator(5).pk: Row(2, 0, 900), indicator(17).pk: Row(1, None, 60)}, revision=0, by=editor)
    assert [(line.priority, line.existing, line.planned) for line in read(made).lines] == [(1, None, 60), (2, 0, 900)]


def test_a_ceiling_counts_for_each_government_when_the_round_says_so(call: Call, editor: Actor) -> None:
    made = make_application(call, "Gent", {17: (1, 180)}, members=("Aalst",))
    with audit.recording(by=BY) as log:
        rule = RoundRule(
            round=call.round,
            key="ceiling_scope",
            parameters={"scope": "government"},
            knowledge="stated",
            source="test",
        )
        log.create(rule, verb="test")
    typing(made, {field_of(made, 17, "planned"): "310"}, by=editor)
    assert made.lines.get().amount == Decimal(300 * 90)


def test_an_open_question_opens_the_named_fields_only(call: Call, editor: Actor) -> None:
    made = make_application(call, "Gent", {5: (1, 100), 17: (2, 60)}, state=ApplicationState.QUESTIONED)
    name = field_of(made, 5, "planned")
    with audit.recording(by=BY) as log:
        question = Question(application=made, number=1, text="?", fields=[name], due_on=DURING.date(), asked_at=DURING)
        log.create(question, verb="test")
    with time_machine.travel(CLOSES + timedelta(days=30), tick=False):
        typing(made, {name: "90"}, by=editor)
        assert made.lines.get(indicator=indicator(5)).planned == 90
        for attempt in (
            lambda: typing(made, {field_of(made, 17, "planned"): "70"}, by=editor),
            lambda: choose_lines(made, add=[indicator(9).pk], remove=[], by=editor),
            lambda: move_line(made, made.lines.get(indicator=indicator(17)).pk, up=True, by=editor),
        ):
            with pytest.raises(ValidationError, match="niet om dit te wijzigen"):
                attempt()
        with audit.recording(by=BY) as log:
            log.change(question, verb="test", fields=[LINES])
        choose_lines(made, add=[indicator(9).pk], remove=[], by=editor)
    assert made.lines.count() == 3


def second_call() -> Call:
    """An open call of round 2."""
    second = Round.objects.get(programme=round_one().programme, number=2)
    values = {"state": CallState.PUBLISHED, "opens_at": OPENS, "closes_at": CLOSES, "published_at": OPENS}
    with audit.recording(by=BY) as log:
        return log.create(Call(round=second, **values), verb="test.call")


def test_a_copy_brings_what_still_exists_and_tells_what_does_not(call: Call, editor: Actor) -> None:
    source = make_application(call, "Gent", {5: (1, 100), 17: (2, 60)})
    typing(source, {f"explanation:{indicator(17).terms.action_id}": "uitleg"}, by=editor)
    copied = copy_application(second_call(), source, by=editor)
    made = copied.application
    assert (made.copied_from, made.contact_name, made.number) == (source, "Ans Aanvraag", 1)
    found = {line.indicator.terms.action.number: line for line in read(made).lines}
    assert set(found) == {5, 17}
    assert {line.indicator.terms.round.number for line in found.values()} == {2}
    assert found[17].planned == 60
    assert made.cofinancing_confirmed is False


def test_a_copy_comes_from_an_earlier_round(call: Call, editor: Actor) -> None:
    later = second_call()
    source = Application.objects.get(pk=make_application(later, "Gent").pk)
    with pytest.raises(ValidationError, match="vroegere ronde"):
        copy_application(call, source, by=editor)


def test_only_a_line_of_the_application_is_moved(call: Call, editor: Actor) -> None:
    mine = make_application(call, "Gent", {5: (1, 100)})
    theirs = make_application(call, "Aalst", {5: (1, 100)})
    move_line(mine, theirs.lines.get().pk, up=True, by=editor)
    choose_lines(mine, add=[], remove=[theirs.lines.get().pk], by=editor)
    typing(mine, {line_field(theirs.lines.get().pk, "planned"): "1"}, by=editor)
    assert theirs.lines.get().planned == 100

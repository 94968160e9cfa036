"""Saving the form: what is right is stored, what is wrong waits, and nobody overwrites another."""

from __future__ import annotations

from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from draad.accounts.actor import Actor
from draad.accounts.models import AuditEvent
from draad.accounts.roles import Role
from draad.applications.actions.form import Typed, save_form
from draad.applications.models import Application, ApplicationState, Incentive
from draad.applications.policies.fields import explanation_field, incentive_field, share_field
from draad.applications.queries.formtexts import shown_texts
from tests.applications.filling import field_of, read, typing
from tests.applications.making import CLOSES, DURING, government, make_application, make_call, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("during")]


@pytest.fixture
def draft() -> Application:
    """A draft of Gent with two lines."""
    return make_application(make_call(), "Gent", {5: (1, 100), 17: (2, 60)})


@pytest.fixture
def editor() -> Actor:
    """Who fills in for Gent."""
    return person(Role.GOVERNMENT_EDITOR, "Gent")


def test_a_number_is_stored_and_the_amounts_follow(draft: Application, editor: Actor) -> None:
    typing(draft, {field_of(draft, 5, "planned"): "900", field_of(draft, 5, "existing"): "300"}, by=editor)
    draft.refresh_from_db()
    line = draft.lines.get(indicator__terms__action__number=5)
    assert (line.planned, line.existing, line.amount) == (900, 300, Decimal(54000))
    assert draft.requested == Decimal(54000 + 5400)
    assert draft.revision == 1
    assert draft.saved_at == DURING


def test_more_than_the_ceiling_is_stored_and_not_paid(draft: Application, editor: Actor) -> None:
    typing(draft, {field_of(draft, 17, "planned"): "180"}, by=editor)
    line = draft.lines.get(indicator__terms__action__number=17)
    assert (line.planned, line.amount) == (180, Decimal(13500))


def test_an_emptied_number_is_not_zero(draft: Application, editor: Actor) -> None:
    typing(draft, {field_of(draft, 5, "planned"): "", field_of(draft, 17, "planned"): ""}, by=editor)
    draft.refresh_from_db()
    assert draft.requested is None
    assert draft.lines.get(indicator__terms__action__number=5).amount is None


def test_wrong_text_waits_and_what_is_right_is_stored(draft: Application, editor: Actor) -> None:
    wrong, right = field_of(draft, 5, "planned"), field_of(draft, 17, "planned")
    typing(draft, {wrong: "negenhonderd", right: "70"}, by=editor)
    form = read(draft)
    assert form.application.unsaved == {wrong: "negenhonderd"}
    assert shown_texts(form)[wrong] == "negenhonderd"
    assert draft.lines.get(indicator__terms__action__number=5).planned == 100
    assert draft.lines.get(indicator__terms__action__number=17).planned == 70
    typing(draft, {wrong: "900"}, by=editor)
    assert read(draft).application.unsaved == {}
    assert draft.lines.get(indicator__terms__action__number=5).planned == 900


def test_saving_the_same_writes_nothing(draft: Application, editor: Actor) -> None:
    form = read(draft)
    before = AuditEvent.objects.count()
    typing(draft, shown_texts(form), by=editor)
    assert AuditEvent.objects.count() == before
    assert read(draft).application.revision == 0


def test_the_same_priority_twice_is_stored(draft: Application, editor: Actor) -> None:
    typing(draft, {field_of(draft, 17, "priority"): "1"}, by=editor)
    assert sorted(line.priority or 0 for line in draft.lines.all()) == [1, 1]


def test_contact_account_and_statement(draft: Application, editor: Actor) -> None:
    typing(draft, {"contact_name": "An", "iban": "be68 5390 0754 7034", "cofinancing_confirmed": ""}, by=editor)
    draft.refresh_from_db()
    assert (draft.contact_name, draft.iban, draft.cofinancing_confirmed) == ("An", "BE68539007547034", False)


def test_an_explanation_comes_changes_and_goes(draft: Application, editor: Actor) -> None:
    action = draft.lines.get(indicator__terms__action__number=5).indicator.terms.action_id
    name = explanation_field(action)
    for text in ("eerst", "later"):
        typing(draft, {name: text}, by=editor)
        assert draft.explanations.get().text == text
    typing(draft, {name: " "}, by=editor)
    assert not draft.explanations.exists()


def test_an_incentive_has_the_amount_of_the_rule(draft: Application, editor: Actor) -> None:
    name = incentive_field("impact_bond", draft.applicant_id)
    typing(draft, {name: "on"}, by=editor)
    draft.refresh_from_db()
    assert Incentive.objects.get(application=draft).amount == Decimal(25000)
    assert draft.requested == Decimal(6000 + 5400 + 25000)
    typing(draft, {name: ""}, by=editor)
    assert not Incentive.objects.filter(application=draft).exists()


def test_cooperation_is_for_who_applies_together(draft: Application, editor: Actor) -> None:
    with pytest.raises(ValidationError, match="met andere besturen"):
        typing(draft, {incentive_field("cooperation", draft.applicant_id): "on"}, by=editor)


def test_an_incentive_goes_to_who_takes_part(draft: Application, editor: Actor) -> None:
    with pytest.raises(ValidationError, match="aanvrager of naar een lid"):
        typing(draft, {incentive_field("impact_bond", government("Aalst").pk): "on"}, by=editor)


def test_a_mentorship_is_for_an_action_of_the_programme(draft: Application, editor: Actor) -> None:
    action = draft.lines.get(indicator__terms__action__number=5).indicator.terms.action_id
    typing(draft, {incentive_field("mentorship", draft.applicant_id, action): "on"}, by=editor)
    assert Incentive.objects.get(application=draft).action_id == action
    with pytest.raises(ValidationError, match="actie van dit programma"):
        typing(draft, {incentive_field("mentorship", draft.applicant_id, 999_999): "on"}, by=editor)


def test_shares_get_euro_once_they_add_up() -> None:
    draft = make_application(make_call(), "Gent", {5: (1, 100)}, members=("Aalst",))
    by = person(Role.GOVERNMENT_EDITOR, "Gent")
    line, members = draft.lines.get(), list(draft.members.all())
    mine, theirs = (share_field(line.pk, member.pk) for member in members)
    typing(draft, {mine: "60"}, by=by)
    assert line.shares.get().amount is None
    typing(draft, {theirs: "40"}, by=by)
    amounts = {share.member.organisation.name: share.amount for share in line.shares.select_related("member")}
    assert amounts == {"Gent": Decimal(3600), "Aalst": Decimal(2400)}
    typing(draft, {theirs: ""}, by=by)
    assert [(share.planned, share.amount) for share in line.shares.all()] == [(60, None)]


def test_two_people_in_different_fields_both_win(draft: Application, editor: Actor) -> None:
    second = person(Role.GOVERNMENT_APPROVER, "Gent")
    opened = read(draft)
    typing(draft, {field_of(draft, 5, "planned"): "900"}, by=editor, opened=opened)
    saved = typing(draft, {field_of(draft, 17, "planned"): "70"}, by=second, opened=opened)
    assert saved.conflicts == []
    assert {line.planned for line in draft.lines.all()} == {900, 70}


def test_two_people_in_one_field_the_second_chooses(draft: Application, editor: Actor) -> None:
    second = person(Role.GOVERNMENT_APPROVER, "Gent")
    name, opened = field_of(draft, 5, "planned"), read(draft)
    typing(draft, {name: "900"}, by=editor, opened=opened)
    saved = typing(draft, {name: "800"}, by=second, opened=opened)
    assert saved.conflicts == [name]
    assert draft.lines.get(indicator__terms__action__number=5).planned == 900
    assert shown_texts(read(draft))[name] == "800"
    typing(draft, {name: "800"}, by=second)
    assert draft.lines.get(indicator__terms__action__number=5).planned == 900, "nobody chose yet"
    typing(draft, {name: "800"}, by=second, keep=name)
    assert draft.lines.get(indicator__terms__action__number=5).planned == 800
    assert read(draft).application.unsaved == {}


def test_who_takes_the_stored_value_drops_their_own(draft: Application, editor: Actor) -> None:
    name, opened = field_of(draft, 5, "planned"), read(draft)
    typing(draft, {name: "900"}, by=editor, opened=opened)
    typing(draft, {name: "800"}, by=editor, opened=opened)
    typing(draft, {name: "800"}, by=editor, take=name)
    form = read(draft)
    assert (form.application.unsaved, shown_texts(form)[name]) == ({}, "900")


def test_the_same_value_from_two_people_is_no_conflict(draft: Application, editor: Actor) -> None:
    name, opened = field_of(draft, 5, "planned"), read(draft)
    typing(draft, {name: "900"}, by=editor, opened=opened)
    assert typing(draft, {name: "900"}, by=editor, opened=opened).conflicts == []


def test_a_wrong_text_that_another_put_right_is_not_written_over(draft: Application, editor: Actor) -> None:
    name = field_of(draft, 5, "planned")
    typing(draft, {name: "abc"}, by=editor)
    opened = read(draft)
    typing(draft, {name: "900"}, by=editor)
    assert typing(draft, {name: "800"}, by=editor, opened=opened).conflicts == [name]


def test_what_was_typed_in_a_line_that_is_gone_is_told(draft: Application, editor: Actor) -> None:
    saved = typing(draft, {"line:999999:planned": "5"}, by=editor)
    assert saved.gone == {"line:999999:planned": "5"}


def test_columns_that_are_no_fields_are_not_written(draft: Application, editor: Actor) -> None:
    save_form(draft, Typed({"state": "decided", "requested": "5", "number": "9"}, {}, 0), by=editor)
    draft.refresh_from_db()
    assert (draft.state, draft.number) == (ApplicationState.DRAFT, 1)


@pytest.mark.parametrize(
    "by",
    [(Role.GOVERNMENT_EDITOR, "Aalst"), (Role.PROGRAMME_MANAGER, "Gent"), (Role.ASSESSOR, "Gent"),
     (Role.SUPPORT_OFFICER, "Gent"), (Role.READER, "Gent")],
)  # fmt: skip
def test_nobody_else_fills_in(draft: Application, by: tuple[Role, str]) -> None:
    with pytest.raises(PermissionDenied):
        typing(draft, {"remarks": "x"}, by=person(*by))


@pytest.mark.parametrize("state", [state for state in ApplicationState if state != ApplicationState.DRAFT])
def test_only_a_draft_is_filled_in(editor: Actor, state: str) -> None:
    handed_in = make_application(make_call(), "Gent", {5: (1, 100)}, state=state)
    with pytest.raises(ValidationError, match="de toestand is nu"):
        typing(handed_in, {"remarks": "x"}, by=editor)


def test_nothing_is_stored_from_the_moment_of_closing(draft: Application, editor: Actor) -> None:
    with time_machine.travel(CLOSES, tick=False), pytest.raises(ValidationError, match="gesloten"):
        typing(draft, {"remarks": "te laat"}, by=editor)
    draft.refresh_from_db()
    assert draft.remarks == ""

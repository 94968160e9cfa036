"""Every table of transitions of every room: whole, with words and somebody who may, and one page that tells them all."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils import translation

from draad.accounts.roles import Role
from draad.accounts.statepages import diagrams, reference, step_table
from draad.accounts.transitions import NOTHING, StateTable, Transition, of, state_tables

STEPS = [step for table in state_tables() for step in table.steps]
each_table = pytest.mark.parametrize("table", state_tables(), ids=str)


class Light(TextChoices):
    ON = "on", "aan"
    OFF = "off", "uit"


SWITCH = Transition("switch", "Doe uit", of(["on"]), "off", "test.light.switch", frozenset([Role.READER]), "Uit.")


def test_the_rooms_with_states_are_all_there() -> None:
    rooms = {step.verb.partition(".")[0] for step in STEPS}
    assert rooms >= {"applications", "programmes", "plans", "findings"}
    assert len({table.key for table in state_tables()}) == len(state_tables())


@each_table
def test_every_state_is_reached_and_known(table: StateTable) -> None:
    known = {state.value for state in table.states}
    assert {step.after for step in table.steps} - {NOTHING} == known
    assert {before for step in table.steps for before in step.before} - {NOTHING} <= known


@each_table
def test_something_begins(table: StateTable) -> None:
    assert any(step.fits(NOTHING) for step in table.steps)


@each_table
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_step_has_somebody_a_button_and_a_notice(table: StateTable, language: str) -> None:
    with translation.override(language):
        for step in table.steps:
            assert step.roles
            assert step.roles <= set(Role)
            assert str(step.label)[0].isupper()
            assert str(step.notice).endswith(".")


@each_table
def test_english_has_its_own_words(table: StateTable) -> None:
    dutch = {step.name: (str(step.label), str(step.notice)) for step in table.steps}
    with translation.override("en"):
        english = {step.name: (str(step.label), str(step.notice)) for step in table.steps}
    assert [name for name, words in dutch.items() if words[1] == english[name][1]] == []


@each_table
def test_names_are_each_one(table: StateTable) -> None:
    assert len({step.name for step in table.steps}) == len(table.steps)


def test_verbs_are_each_one_in_the_whole_house() -> None:
    assert len({step.verb for step in STEPS}) == len(STEPS)


@pytest.mark.parametrize("state", list(Light))
def test_a_step_fits_its_own_states_only(state: str) -> None:
    assert SWITCH.fits(state) is (state == "on")
    if SWITCH.fits(state):
        SWITCH.check(state, Light(state).label)
    else:
        with pytest.raises(ValidationError) as refused:
            SWITCH.check(state, Light(state).label)
        assert refused.value.messages == ["“Doe uit” kan niet: de toestand is nu “uit”."]


def test_the_refusal_speaks_the_language_of_the_reader() -> None:
    with translation.override("en"), pytest.raises(ValidationError) as refused:
        SWITCH.check("off", "off")
    assert "kan niet" not in refused.value.messages[0]
    assert "off" in refused.value.messages[0]


@each_table
def test_the_steps_of_a_drawing_are_numbered_as_in_its_table(table: StateTable) -> None:
    (drawing,) = diagrams([table])
    rows = step_table(drawing)
    numbers = {edge.number for edge in drawing.edges} | {loop for node in drawing.nodes for loop in node.loops}
    assert [row[0] for row in rows.rows] == list(range(1, len(table.steps) + 1))
    assert numbers == {row[0] for row in rows.rows}


def test_the_reference_is_in_one_language_whoever_makes_it() -> None:
    with translation.override("en"):
        english = reference()
    assert english == reference()
    for step in STEPS:
        assert f"`{step.verb}`" in english
    for table in state_tables():
        assert f"## {table.title}" in english

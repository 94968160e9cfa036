"""The tables of transitions: every state is reached, every verb is one, every drawing and the reference follow them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from draad.accounts.roles import Role
from draad.accounts.transitions import NOTHING, Transition
from draad.applications.statepages import TABLES, diagrams, reference, step_table

IDS = [key for key, *_rest in TABLES]


@pytest.mark.parametrize(("key", "title", "states", "steps"), TABLES, ids=IDS)
class TestTables:
    def test_every_state_is_reached_and_known(
        self, key: str, title: Any, states: Any, steps: list[Transition]
    ) -> None:
        known = {state.value for state in states}
        assert {step.after for step in steps} - {NOTHING} == known
        assert {before for step in steps for before in step.before} - {NOTHING} <= known

    def test_every_step_has_somebody_a_button_and_a_notice(
        self, key: str, title: Any, states: Any, steps: list[Transition]
    ) -> None:
        for step in steps:
            assert step.roles <= set(Role)
            assert step.roles
            assert str(step.label)
            assert str(step.notice).endswith(".")

    def test_names_and_verbs_are_each_one(self, key: str, title: Any, states: Any, steps: list[Transition]) -> None:
        assert len({step.name for step in steps}) == len(steps)
        assert len({step.verb for step in steps}) == len(steps)
        assert all(step.verb.startswith("applications.") for step in steps)


def test_verbs_are_unique_in_the_room() -> None:
    verbs = [step.verb for *_words, steps in TABLES for step in steps]
    assert len(set(verbs)) == len(verbs)


@pytest.mark.django_db
def test_the_page_draws_every_table_with_its_words(client: Client) -> None:
    page = client.get("/aanvragen/toestanden/").content.decode()
    assert page.count("<svg") >= len(TABLES)
    for diagram in diagrams():
        for node in diagram.nodes:
            if not node.dot:
                assert f">{node.label}</text>" in page
        assert [row[0] for row in step_table(diagram).rows] == list(range(1, len(diagram.steps) + 1))


@pytest.mark.django_db
def test_the_page_is_in_english_too(client: Client) -> None:
    assert client.get("/en/aanvragen/toestanden/").status_code == 200


def test_the_reference_is_in_one_language_whoever_makes_it() -> None:
    with translation.override("en"):
        english = reference()
    assert english == reference()
    for *_words, steps in TABLES:
        for step in steps:
            assert f"`{step.verb}`" in english

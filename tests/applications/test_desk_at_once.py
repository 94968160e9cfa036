"""Two managers at the desk at the same moment, on whichever database the tests run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from pytest_django.plugin import DjangoDbBlocker

from draad.applications.actions.desk import (
    choose_scenario,
    drop_scenario,
    keep_scenario,
    propose_scenario,
    take_back_scenario,
)
from draad.applications.models import Call, Scenario, ScenarioAward, ScenarioState
from tests.applications.desks import kept, manager, plan, three_towns
from tests.applications.making import make_call
from tests.copies import alone, at_once, copied_database

ONE, OTHER, THIRD = "een", "ander", "derde"
REASON = "De oproep kondigde dit aan."


@pytest.fixture
def copy(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path) -> Iterator[None]:
    with django_db_blocker.unblock(), copied_database(tmp_path):
        yield


def scenarios() -> tuple[Scenario, Scenario]:
    """A call that closed long ago, with two scenarios; three managers stand ready."""
    call = make_call()
    three_towns(call)
    for mark in (ONE, OTHER, THIRD):
        manager(mark)
    return kept(call), kept(call)


def states() -> list[str]:
    return list(Scenario.objects.order_by("number").values_list("state", flat=True))


def refused(results: list[Any]) -> list[Exception]:
    return [result for result in results if isinstance(result, Exception)]


@pytest.mark.django_db
def test_the_database_that_is_copied_holds_no_scenario() -> None:
    """It also asks for the test database: the tests below do not, because they write in a copy of it."""
    assert not Scenario.objects.exists()


def test_only_one_scenario_is_put_forward(copy: None) -> None:
    first, second = alone(scenarios)
    results = at_once(
        lambda: propose_scenario(first, REASON, by=manager(ONE)),
        lambda: propose_scenario(second, REASON, by=manager(OTHER)),
    )
    (problem,) = refused(results)
    assert isinstance(problem, ValidationError)
    assert "is al voorgelegd" in problem.messages[0]
    assert sorted(alone(states)) == [ScenarioState.KEPT, ScenarioState.PROPOSED]


def test_two_who_keep_at_once_both_keep(copy: None) -> None:
    alone(scenarios)
    results = at_once(*(lambda mark=mark: keep_scenario(Call.objects.get(), plan(), by=manager(mark))
                        for mark in (ONE, OTHER)))  # fmt: skip
    assert sorted(result.number for result in results) == [3, 4]
    assert alone(ScenarioAward.objects.count) == 4 * 4


def test_approving_and_taking_back_at_once_leaves_one_of_both(copy: None) -> None:
    first, _second = alone(scenarios)
    alone(lambda: propose_scenario(first, REASON, by=manager(ONE)))
    results = at_once(
        lambda: choose_scenario(first, by=manager(OTHER)),
        lambda: take_back_scenario(first, "Toch niet.", by=manager(THIRD)),
    )
    assert all(isinstance(problem, ValidationError) for problem in refused(results))
    assert alone(states)[0] == ScenarioState.KEPT


def test_dropping_and_putting_forward_at_once_leaves_one_of_both(copy: None) -> None:
    first, _second = alone(scenarios)
    results = at_once(
        lambda: drop_scenario(first, by=manager(ONE)),
        lambda: propose_scenario(first, REASON, by=manager(OTHER)),
    )
    (problem,) = refused(results)
    assert isinstance(problem, ValidationError)
    assert alone(states) in ([ScenarioState.KEPT], [ScenarioState.PROPOSED, ScenarioState.KEPT])

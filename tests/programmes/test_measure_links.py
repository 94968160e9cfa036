"""Which actions carry out a measure of a plan, from both sides."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from draad.accounts import audit
from draad.accounts.actor import Actor, system
from draad.accounts.roles import Role
from draad.organisations.models import Organisation
from draad.plans.actions.plans import PlanAbout, create_plan, publish_version
from draad.plans.models import Measure, Plan
from draad.programmes.actions.measurelinks import link_actions
from draad.programmes.measurelinks import actions_of, measures_of
from draad.programmes.models import Action

pytestmark = pytest.mark.django_db
BY = system("test")


@pytest.fixture
def measure(organisation: Organisation) -> Measure:
    """The one measure of a published plan."""
    about = PlanAbout("proefplan", "Proefplan", 2022, 2024, organisation, example=True)
    plan: Plan = create_plan(about, by=BY)
    with audit.recording(by=BY) as log:
        made = log.create(Measure(plan=plan, number=7, title="Meer oefenkansen"), verb="test.measure")
    publish_version(plan, note="", revision=0, by=BY)
    return made


def test_links_are_added_and_removed(measure: Measure, action_of: Callable[[int], Action]) -> None:
    five, nine = action_of(5), action_of(9)
    assert link_actions(measure, [five, nine], by=BY) == 2
    assert link_actions(measure, [nine], by=BY) == 1
    assert link_actions(measure, [nine], by=BY) == 0
    assert actions_of(measure) == [nine]
    assert measures_of(nine) == [measure]
    assert measures_of(five) == []


@pytest.mark.parametrize("role", list(Role))
def test_who_links(
    role: Role, measure: Measure, action_of: Callable[[int], Action], person_with: Callable[..., Actor]
) -> None:
    by = person_with(role)
    if role in (Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER, Role.PLAN_COORDINATOR):
        assert link_actions(measure, [action_of(5)], by=by) == 1
        return
    with pytest.raises(PermissionDenied):
        link_actions(measure, [action_of(5)], by=by)


def test_the_thread_runs_both_ways(
    measure: Measure, action_of: Callable[[int], Action], sign_in: Callable[[Role], Client]
) -> None:
    where = reverse("programmes:measure_links", args=["proefplan", 7])
    manager = sign_in(Role.PROGRAMME_MANAGER)
    assert "Oefenkansen" in manager.get(where).content.decode()
    manager.post(where, {"action": [str(action_of(5).pk)]})
    of_measure = Client().get(reverse("plans:measure", args=["proefplan", 7])).content.decode()
    assert reverse("programmes:action", args=["plan-samenleven", 5]) in of_measure
    of_action = Client().get(reverse("programmes:action", args=["plan-samenleven", 5])).content.decode()
    assert reverse("plans:measure", args=["proefplan", 7]) in of_action
    assert sign_in(Role.READER).get(where).status_code == 403

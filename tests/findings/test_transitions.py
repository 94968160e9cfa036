"""Every transition of a finding: for every role, and from every state."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied

from draad.accounts.actor import system
from draad.accounts.roles import Role
from draad.findings import states
from draad.findings.actions import close, refresh, reopen
from draad.findings.models import Finding, FindingState
from tests.findings.conftest import World, thing
from tests.trying import MakeActor, Try, check_role, check_state, every_role, every_wrong_state, put, tried

pytestmark = pytest.mark.django_db
GONE_AT = datetime(2026, 1, 1, tzinfo=UTC)
REASONS = {FindingState.OPEN: "", FindingState.CLOSED: "bekend", FindingState.GONE: ""}


@pytest.fixture(autouse=True)
def one_finding(world: World) -> None:
    world.holds(thing("a"))


def finding_in(state: str) -> Finding:
    found: Finding = Finding.objects.get()
    gone_at = GONE_AT if state == FindingState.GONE else None
    put(found, state=state, state_reason=REASONS[FindingState(state)], gone_at=gone_at)
    return found


TRIES = [
    Try(states.CLOSE, finding_in, lambda it, by: close(it, "drukfout", by=by)),
    Try(states.REOPEN, finding_in, lambda it, by: reopen(it, "toch niet", by=by)),
]


@every_role(TRIES)
def test_each_role(one: Try, role: Role, person_with: MakeActor) -> None:
    check_role(one, role, person_with(role))


@every_wrong_state(TRIES, FindingState)
def test_each_other_state(one: Try, state: str) -> None:
    check_state(one, state, state_reason=REASONS[FindingState(state)],
                gone_at=GONE_AT if state == FindingState.GONE else None)  # fmt: skip


class TestComputing:
    """Findings come, go and come back by a computation, which an administrator may ask for."""

    @pytest.mark.parametrize("role", list(Role))
    def test_who_may(self, role: Role, world: World, person_with: MakeActor) -> None:
        world.things = [thing("a"), thing("b")]
        by = person_with(role)
        if role in states.ADD.roles:
            assert refresh(by=by).added == 1
        else:
            with pytest.raises(PermissionDenied):
                refresh(by=by)
            assert Finding.objects.count() == 1

    @pytest.mark.parametrize("before", sorted(states.GO.before))
    def test_what_is_found_no_more_goes(self, before: str, world: World) -> None:
        found = finding_in(before)
        world.holds()
        found.refresh_from_db()
        assert found.state == states.GO.after
        assert found.gone_at is not None

    def test_what_is_found_again_comes_back(self, world: World) -> None:
        found = finding_in("gone")
        world.holds(thing("a"))
        found.refresh_from_db()
        assert (found.state, found.gone_at) == (states.RETURN.after, None)

    @pytest.mark.parametrize(("number", "after"), [(2, "closed"), (3, "open")])
    def test_a_closed_one_opens_when_its_numbers_change(self, number: int, after: str, world: World) -> None:
        found = finding_in("closed")
        world.holds(thing("a", number))
        found.refresh_from_db()
        assert found.state == after

    def test_nothing_goes_twice(self, world: World) -> None:
        found = finding_in("gone")
        assert world.holds().changed == 0
        found.refresh_from_db()
        assert found.gone_at == GONE_AT


def test_every_transition_is_tried() -> None:
    assert tried(TRIES, states.ADD, states.GO, states.RETURN) == set(states.FINDING)


def test_every_event_of_a_finding_has_a_sentence() -> None:
    assert {step.verb for step in states.FINDING} < set(states.EVENTS)
    assert all(str(words).endswith(".") for words in states.EVENTS.values())


def test_the_system_may_what_an_administrator_may() -> None:
    close(finding_in("open"), "nachtwerk", by=system("nightly"))
    assert Finding.objects.get().state == "closed"

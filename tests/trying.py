"""Tries a transition as every role and in every state: who may does it, all others and all other states are refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction

from draad.accounts import audit
from draad.accounts.actor import Actor, system
from draad.accounts.roles import Role
from draad.accounts.transitions import NOTHING, Transition

MakeActor = Callable[..., Actor]


@dataclass(frozen=True)
class Try:
    """How a test does a transition: ``make`` gives the thing in a state, ``do`` tries to change it."""

    transition: Transition
    make: Callable[[str], Any]
    do: Callable[[Any, Actor], Any]

    def __str__(self) -> str:
        return self.transition.name

    @property
    def first(self) -> str:
        """A state in which it may be done."""
        return min(self.transition.before - {NOTHING})


def every_role(tries: Iterable[Try]) -> pytest.MarkDecorator:
    """Runs a test for each transition and each role, whether it may or not."""
    return pytest.mark.parametrize(
        ("one", "role"), [pytest.param(one, role, id=f"{one}-{role}") for one in tries for role in Role]
    )


def every_wrong_state(tries: Iterable[Try], states: type[models.TextChoices]) -> pytest.MarkDecorator:
    """Runs a test for each transition and each state in which it may not be done."""
    cases = [(one, state.value) for one in tries for state in states if state.value not in one.transition.before]
    return pytest.mark.parametrize(
        ("one", "state"), [pytest.param(*case, id=f"{case[0]}-{case[1]}") for case in cases]
    )


def check_role(one: Try, role: Role, by: Actor, *, stays: bool = True) -> None:
    """Who may does it and the thing is in the state that follows; who may not is refused and nothing changes.

    Args:
        one: the transition.
        role: the role of the person.
        by: the person.
        stays: whether the thing is there still when it is done.
    """
    thing = one.make(one.first)
    if role not in one.transition.roles:
        for stranger in (by, Actor()):
            with pytest.raises(PermissionDenied), transaction.atomic():
                one.do(thing, stranger)
        thing.refresh_from_db()
        assert thing.state == one.first
        return
    one.do(thing, by)
    if stays:
        thing.refresh_from_db()
        assert thing.state == one.transition.after
    else:
        assert not type(thing).objects.filter(pk=thing.pk).exists()


def check_state(one: Try, state: str, **values: Any) -> None:
    """In another state nobody does it, and the thing stays as it was; ``values`` are what that state needs."""
    thing = one.make(one.first)
    put(thing, state=state, **values)
    with pytest.raises(ValidationError), transaction.atomic():
        one.do(thing, system("test"))
    thing.refresh_from_db()
    assert thing.state == state


def put(thing: Any, **values: Any) -> Any:
    """Write columns past the actions, as a test needs them."""
    with audit.recording(by=system("test")) as log:
        log.change(thing, verb="test.put", **values)
    return thing


def tried(tries: Sequence[Try], *others: Transition) -> set[Transition]:
    """The transitions that a test tries, with those that it tries by hand."""
    return {one.transition for one in tries} | set(others)

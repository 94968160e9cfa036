"""A registry of rules of the test's own, so that what is found can be chosen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from draad.accounts.actor import Actor, system
from draad.accounts.sync import SyncCount
from draad.findings import registry
from draad.findings.actions import refresh
from draad.findings.models import Finding
from draad.findings.registry import FoundThing, Record

BY = system("test")


@dataclass
class World:
    """What the only rule finds just now."""

    things: list[FoundThing] = field(default_factory=list)

    def find(self) -> Iterator[FoundThing]:
        """The rule."""
        yield from self.things

    def holds(self, *things: FoundThing) -> SyncCount:
        """Let the rule find exactly these and compute again."""
        self.things = list(things)
        return refresh(by=BY)


def thing(
    subject: str = "a", number: int = 2, *, about: tuple[str, ...] = ("action:x/1",), source: str = "blad 1"
) -> FoundThing:
    """Something that was found, with a number in its sentence."""
    records = [Record("gedrukte samenwerking", label=subject, value=str(number), source=source)]
    return FoundThing(subject, {"name": subject, "number": number}, records, about)


@pytest.fixture
def world(db: None, monkeypatch: pytest.MonkeyPatch) -> World:
    """No findings, and one rule that finds what the test says."""
    from draad.accounts import audit

    with audit.recording(by=BY) as log:
        for finding in Finding.objects.all():
            log.remove(finding, verb="test.remove")
    monkeypatch.setattr(registry, "_rules", {})
    made = World()
    declare = registry.rule(
        "test.toy", topic="proef", title="%(name)s te veel", sentence="Van %(name)s zijn er %(number)s."
    )
    declare(made.find)
    return made


@pytest.fixture
def finding(world: World) -> Finding:
    """One open finding."""
    world.holds(thing())
    found: Finding = Finding.objects.get()
    return found


@pytest.fixture
def nobody() -> Actor:
    """A visitor."""
    return Actor()

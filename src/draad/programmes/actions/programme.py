"""Sets up a programme with its objectives, actions, rounds and rules from lists with a source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.roles import Role
from draad.accounts.sync import SyncCount, sync
from draad.programmes.models import Action, Knowledge, Objective, Programme, Round, RoundRule
from draad.programmes.rules import rule_of

ROOM = "programmes"


@dataclass(frozen=True)
class ObjectiveFacts:
    """An objective as a source names it."""

    number: int
    title: str
    source: str


@dataclass(frozen=True)
class ActionFacts:
    """An action as a source names it, under the number of its objective."""

    number: int
    objective: int
    title: str
    source: str


@dataclass(frozen=True)
class RoundFacts:
    """A round: days, its call, its budget in euro; None is a value that no source gives."""

    number: int
    starts_on: date
    ends_on: date
    call_opens_on: date | None
    call_closes_on: date | None
    envelope: Decimal | None
    midterm_due_on: date | None
    final_due_on: date | None
    source: str


@dataclass(frozen=True)
class RuleFacts:
    """A rule of a round with its values."""

    round: int
    key: str
    parameters: Mapping[str, Any]
    knowledge: Knowledge
    source: str

    def __post_init__(self) -> None:
        rule_of(self.key).check(self.parameters)


@dataclass(frozen=True)
class ProgrammeFacts:
    """A whole programme."""

    slug: str
    name: str
    owner: str
    source: str
    introduction: str
    introduction_en: str
    objectives: Sequence[ObjectiveFacts]
    actions: Sequence[ActionFacts]
    rounds: Sequence[RoundFacts]
    rules: Sequence[RuleFacts]


def set_up_programme(facts: ProgrammeFacts, *, by: Actor) -> dict[str, SyncCount]:
    """Store a programme; a second time nothing is written, a changed fact is a change with an event."""
    by.require(Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER)
    with audit.recording(by=by) as log:
        columns = ("slug", "name", "owner", "source", "introduction", "introduction_en")
        head = {name: getattr(facts, name) for name in columns}
        counts = {"programmes": sync(log, Programme, [head], key=["slug"], room=ROOM)}
        programme = Programme.objects.get(slug=facts.slug)
        own: dict[str, Any] = {"key": ["programme_id", "number"], "room": ROOM}
        of_programme = {"programme_id": programme.pk}
        counts["objectives"] = sync(log, Objective, [of_programme | asdict(o) for o in facts.objectives], **own)
        objectives = dict(Objective.objects.filter(programme=programme).values_list("number", "pk"))
        actions = [
            {**of_programme, "number": a.number, "objective_id": objectives[a.objective], "title": a.title,
             "source": a.source}
            for a in facts.actions
        ]  # fmt: skip
        counts["actions"] = sync(log, Action, actions, **own)
        counts["rounds"] = sync(log, Round, [of_programme | asdict(r) for r in facts.rounds], **own)
        rounds = dict(Round.objects.filter(programme=programme).values_list("number", "pk"))
        rules = [
            {"round_id": rounds[r.round], "key": r.key, "parameters": dict(r.parameters),
             "knowledge": r.knowledge.value, "source": r.source}
            for r in facts.rules
        ]  # fmt: skip
        counts["rules"] = sync(log, RoundRule, rules, key=["round_id", "key"], room=ROOM)
        return counts

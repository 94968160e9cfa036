"""The objectives of a programme with their actions, and in which rounds each action is subsidised."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from draad.programmes.models import Action, Objective, Round
from draad.programmes.queries import Place, Version


@dataclass(frozen=True)
class ActionSquares:
    """An action with a square per round: filled when it is known to be subsidised."""

    action: Action
    paid: Sequence[tuple[int, bool]]

    @property
    def words(self) -> str:
        """The squares in words."""
        numbers = [str(number) for number, yes in self.paid if yes]
        if not numbers:
            return _("niet gesubsidieerd")
        return _("gesubsidieerd in ronde %(rounds)s") % {"rounds": ", ".join(numbers)}


@dataclass(frozen=True)
class ObjectiveGroup:
    """An objective with its actions."""

    objective: Objective
    actions: list[ActionSquares] = field(default_factory=list)


def objective_groups(
    actions: Sequence[Action], rounds: Sequence[Round], terms: Mapping[Place, Version]
) -> list[ObjectiveGroup]:
    """The objectives in the order of their first action; ``actions`` carry their objective."""
    groups: dict[int, ObjectiveGroup] = {}
    for action in actions:
        versions = [(of_round.number, terms.get((action.number, of_round.number))) for of_round in rounds]
        paid = [(number, v is not None and v.values.subsidised.value is True) for number, v in versions]
        group = groups.setdefault(action.objective_id, ObjectiveGroup(action.objective))
        group.actions.append(ActionSquares(action, paid))
    return list(groups.values())

"""Every write of this room: record published figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.roles import Role
from draad.accounts.sync import SyncCount, sync
from draad.figures.measures import measure
from draad.figures.models import PublishedFigure, Unit
from draad.programmes.models import Action, Programme, Round


@dataclass(frozen=True)
class Publication:
    """One value as a source gives it; round and action by number, or None."""

    round_number: int | None
    action_number: int | None
    measure: str
    value: Decimal
    unit: str
    source: str
    rounded: bool = False
    remark_nl: str = ""
    remark_en: str = ""


def record_figures(programme: Programme, publications: Sequence[Publication], *, by: Actor) -> SyncCount:
    """Store all that was published about a programme; the same figure from several sources stays several records.

    Values that are no longer in the list are removed.

    Raises:
        LookupError: for a round, action, measure or unit that Draad does not know.
        ValueError: when one source gives two values for one figure without telling where each stands.
    """
    by.require(Role.ADMINISTRATOR)
    rounds = dict(Round.objects.filter(programme=programme).values_list("number", "pk"))
    actions = dict(Action.objects.filter(programme=programme).values_list("number", "pk"))
    rows: list[dict[str, Any]] = [
        {
            "programme_id": programme.pk,
            "round_id": _known(rounds, publication.round_number, "round"),
            "action_id": _known(actions, publication.action_number, "action"),
            "measure": measure(publication.measure).key,
            "position": position,
            "value": publication.value,
            "unit": _unit(publication.unit),
            "rounded": publication.rounded,
            "source": publication.source,
            "remark_nl": publication.remark_nl,
            "remark_en": publication.remark_en,
        }
        for position, publication in enumerate(publications, start=1)
    ]
    key = ["programme_id", "round_id", "action_id", "measure", "source"]
    within = Q(programme=programme)
    with audit.recording(by=by) as log:
        count = sync(log, PublishedFigure, rows, key=key, room="figures", within=within)
        wanted = {tuple(row[part] for part in key) for row in rows}
        extra = [
            figure
            for figure in PublishedFigure.objects.filter(within)
            if tuple(getattr(figure, part) for part in key) not in wanted
        ]
        for figure in extra:
            log.remove(figure, verb="figures.publishedfigure.remove")
    return count + SyncCount(changed=len(extra))


def _known(numbers: dict[int, int], number: int | None, what: str) -> int | None:
    if number is None:
        return None
    if number not in numbers:
        raise LookupError(f"there is no {what} {number}; known are: {', '.join(map(str, sorted(numbers)))}")
    return numbers[number]


def _unit(unit: str) -> str:
    if unit not in Unit.values:
        raise LookupError(f"no unit is called “{unit}”; known are: {', '.join(Unit.values)}")
    return unit

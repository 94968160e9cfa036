"""For which organisations a person can begin an application, in which calls, and what they can copy."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from draad.accounts.actor import Actor
from draad.applications.models import ENDED, Application, Call
from draad.applications.queries.calls import Phase, calls, closes_at_for, phase
from draad.applications.queries.successors import speakers, spoken_for
from draad.applications.states import WRITING
from draad.organisations.models import Organisation


@dataclass(frozen=True)
class Chance:
    """An organisation in an open call: its application when there is one, else what can be copied.

    ``earlier`` are the applications of former rounds of the programme, newest first: the organisation's own, and
    those of the governments that went up in it.
    """

    organisation: Organisation
    closes_at: datetime | None
    application: Application | None
    earlier: list[Application] = field(default_factory=list)


def organisations_of(by: Actor) -> list[Organisation]:
    """The organisations for which a person fills in or approves, by name."""
    held = {grant.organisation_id for grant in by.grants if grant.role in WRITING}
    return list(Organisation.objects.filter(pk__in=held).order_by("name"))


def chances(by: Actor) -> list[tuple[Call, list[Chance]]]:
    """The calls that are open for one of the organisations of a person; four queries."""
    organisations = organisations_of(by)
    known = list(
        Application.objects.filter(applicant__in=spoken_for(one.pk for one in organisations))
        .exclude(state__in=ENDED)
        .select_related("call__round", "applicant")
        .order_by("-call__round__number")
    )
    found = [(call, _chances(call, organisations, known)) for call in calls().order_by("closes_at", "pk")]
    return [(call, open_ones) for call, open_ones in found if open_ones]


def _chances(call: Call, organisations: list[Organisation], known: list[Application]) -> list[Chance]:
    return [
        Chance(
            organisation,
            closes_at_for(call, organisation),
            next((a for a in known if a.call_id == call.pk and a.applicant_id == organisation.pk), None),
            [a for a in known if organisation.pk in speakers([a.applicant_id]) and _before(a.call, call)],
        )
        for organisation in organisations
        if phase(call, None, organisation) is Phase.OPEN
    ]


def _before(earlier: Call, call: Call) -> bool:
    return earlier.round.programme_id == call.round.programme_id and earlier.round.number < call.round.number

"""What the distribution desk divides: the lines of every application of a call, and which of them are claims."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from hashlib import sha256
from typing import Any

from django.db.models import F, FilteredRelation, Q
from django.utils.translation import gettext as _

from draad.accounts.freshness import while_unchanged
from draad.applications.models import (
    Advice,
    Application,
    ApplicationLine,
    ApplicationState,
    Incentive,
    MemberState,
)
from draad.applications.queries.desk_eligibility import Candidate, eligible
from draad.organisations.models import AreaKind, OrganisationKind, Territory
from draad.organisations.queries import area_names, timeline
from draad.programmes.models import Action, Objective, Round
from draad.web.together import point, together

_A = ApplicationState
IN_PLAY = (_A.SUBMITTED, _A.ASSESSMENT, _A.QUESTIONED, _A.ADVISED, _A.DECIDED)
ADVICE_READY = (_A.ADVISED, _A.DECIDED)
ZERO = Decimal("0.00")

Group = tuple[int, str]
"""A group of a table: its place in the order, and its words."""


@dataclass(frozen=True, slots=True)
class DeskApplication:
    """An application as the desk sees it.

    ``eligible`` is None where a person still has to decide; ``members`` are the governments that take part, the
    applicant first (primary keys); ``province`` is that of the applicant on the first day of the round.
    """

    pk: int
    number: int
    state: str
    applicant: str
    members: tuple[int, ...]
    eligible: bool | None
    province: Group
    kind: Group

    @property
    def in_play(self) -> bool:
        """Whether it is submitted, not withdrawn, and comes into account."""
        return self.state in IN_PLAY and self.eligible is True

    @property
    def advised(self) -> bool:
        """Whether the advice is ready."""
        return self.state in ADVICE_READY


@dataclass(frozen=True, slots=True)
class DeskLine:
    """A line of an application; ``claimed`` in euro is what is asked, ``most`` what the advice lets it get.

    A line without an amount claims nothing.
    """

    pk: int
    application: int
    key: str
    objective: Group
    action: Group
    priority: int | None
    unit_amount: Decimal | None
    claimed: Decimal
    most: Decimal


@dataclass(frozen=True)
class Desk:
    """All applications of a call with their lines, by primary key; ``incentives`` are euro by application.

    Those that were taken back are among them, because a scenario that was made before still names their lines.
    """

    applications: dict[int, DeskApplication]
    lines: dict[int, DeskLine]
    incentives: dict[int, Decimal]

    @cached_property
    def claims(self) -> list[DeskLine]:
        """The lines that share in the money: asked and not refused, of applications that come into account."""
        return [line for line in self.lines.values() if line.most and self.applications[line.application].in_play]

    @cached_property
    def in_play(self) -> list[DeskApplication]:
        """The applications that come into account."""
        return [application for application in self.applications.values() if application.in_play]

    @cached_property
    def claimed(self) -> Decimal:
        """What the claims ask, in euro."""
        return sum((line.claimed for line in self.claims), ZERO)

    @cached_property
    def advised(self) -> Decimal:
        """The most that the claims can get by the advice, in euro."""
        return sum((line.most for line in self.claims), ZERO)

    @cached_property
    def reserved(self) -> Decimal:
        """What the incentives of these applications ask, in euro."""
        return sum((self.incentives.get(application.pk, ZERO) for application in self.in_play), ZERO)

    @cached_property
    def refused(self) -> list[DeskLine]:
        """The lines that the advice refuses."""
        return [
            line
            for line in self.lines.values()
            if line.claimed and not line.most and self.applications[line.application].in_play
        ]

    @cached_property
    def without_advice(self) -> list[DeskApplication]:
        """The applications that come into account and whose advice is not ready."""
        return [application for application in self.in_play if not application.advised]

    @cached_property
    def undecided(self) -> list[DeskApplication]:
        """The applications of which a person must still say whether they come into account."""
        return [a for a in self.applications.values() if a.state in IN_PLAY and a.eligible is None]

    @cached_property
    def ineligible(self) -> list[DeskApplication]:
        """The applications that do not come into account."""
        return [a for a in self.applications.values() if a.state in IN_PLAY and a.eligible is False]

    @cached_property
    def sha256(self) -> str:
        """The hash of all that decides what a rule gives: another one means that the claims changed."""
        claims = sorted(
            [line.key, str(line.claimed), str(line.most), str(line.unit_amount), line.priority] for line in self.claims
        )
        reserved = sorted([a.number, str(self.incentives[a.pk])] for a in self.in_play if a.pk in self.incentives)
        return digest([claims, reserved])


def digest(rows: Sequence[Any]) -> str:
    """The SHA-256 of rows of plain values, written in one way."""
    return sha256(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


@while_unchanged
def desk_of(call: int) -> Desk:
    """The applications and lines of a call (primary key), in the order of number and priority."""
    of_round, actions = _programme(call)
    applications = _applications(call, of_round)
    return Desk(applications, _lines(call, actions, applications), _incentives(call))


Actions = dict[int, tuple[Group, Group]]
"""Objective and action, by primary key of the action."""


@while_unchanged
def _programme(call: int) -> tuple[Round, Actions]:
    """The round of a call (primary key) and the actions of its programme; one query."""
    rounds, actions, objectives = together(
        Round.objects.filter(call=call).order_by("pk"),
        Action.objects.filter(programme__rounds__call=call).order_by("pk"),
        Objective.objects.filter(programme__rounds__call=call).order_by("pk"),
    )
    point(actions, "objective", objectives)
    return rounds[0], {
        action.pk: ((action.objective.number, str(action.objective)), (action.number, str(action)))
        for action in actions
    }


def _applications(call: int, of_round: Round) -> dict[int, DeskApplication]:
    accepted = FilteredRelation("members", condition=Q(members__state=MemberState.ACCEPTED))
    asked = (
        Application.objects.filter(call=call)
        .annotate(taking_part=accepted)
        .order_by("number", "taking_part__pk")
        .values_list("pk", "number", "state", "applicant_id", "applicant__name", "applicant__kind",
                     "eligibility_decision__eligible", "taking_part__organisation_id")
    )  # fmt: skip
    rows, everyone = [], dict[int, tuple[int, ...]]()
    for *row, member in asked:
        if row[0] not in everyone:
            rows.append(row)
            everyone[row[0]] = (row[3],)
        if member not in {None, row[3]}:
            everyone[row[0]] += (member,)
    verdicts = eligible(of_round, [Candidate(row[0], everyone[row[0]], row[6]) for row in rows])
    history, provinces = timeline(), area_names(AreaKind.PROVINCE, of_round.starts_on)
    found = {}
    for pk, number, state, applicant, name, kind, _decided in rows:
        ground = history.territory_near(applicant, of_round.starts_on)
        province = provinces.get(ground.pk) if ground else None
        found[pk] = DeskApplication(
            pk, number, state, name, everyone[pk], verdicts[pk],
            (0, province) if province else (1, _("buiten de provincies")),
            kind_of(kind, ground, together=len(everyone[pk]) > 1),
        )  # fmt: skip
    return found


def kind_of(kind: str, ground: Territory | None, *, together: bool) -> Group:
    """What sort of applicant this is: a partnership, or the sort of government that applies alone."""
    if together:
        return 1, _("samenwerking")
    if ground is None:
        return 5, str(OrganisationKind(kind).label)
    if ground.centre_city:
        return 2, _("centrumstad")
    return (3, _("andere stad")) if ground.city_title else (4, _("gemeente"))


def _lines(call: int, actions: Actions, applications: dict[int, DeskApplication]) -> dict[int, DeskLine]:
    rows = (
        ApplicationLine.objects.filter(application__call=call)
        .order_by("application__number", F("priority").asc(nulls_last=True), "pk")
        .values_list("pk", "application_id", "amount", "priority", "indicator__unit_amount", "advice__advice",
                     "advice__units", "indicator__line", "indicator__terms__version", "indicator__terms__action_id")
    )  # fmt: skip
    found = {}
    for pk, application, amount, priority, unit, advice, units, line, version, action in rows:
        about = applications[application]
        objective, named = actions[action]
        key = f"{about.number:06}/{named[0]:03}.{line:02}.{version or 0}"
        claimed = ZERO if amount is None else amount
        most = allowed(claimed, unit, advice, units) if about.advised else claimed
        found[pk] = DeskLine(pk, application, key, objective, named, priority, unit, claimed, most)
    return found


def allowed(amount: Decimal, unit: Decimal | None, advice: str | None, units: int | None) -> Decimal:
    """The most in euro that a line can get by the advice on it; without advice all that is asked."""
    if advice == Advice.REFUSE:
        return ZERO
    if advice == Advice.PARTLY and unit is not None and units is not None:
        return min(amount, units * unit)
    return amount


@while_unchanged
def _incentives(call: int) -> dict[int, Decimal]:
    found: dict[int, Decimal] = {}
    for application, amount in Incentive.objects.filter(application__call=call).values_list(
        "application_id", "amount"
    ):
        found[application] = found.get(application, ZERO) + amount
    return found

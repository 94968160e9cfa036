"""What was granted, told apart by government: as paid to the applicant, and divided over the members by their shares.

Both readings add up to the same total, to the cent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet, Sum

from draad.applications.models import Decision, GrantIncentive, GrantLine, IncentiveKind, LineShare
from draad.methods.rounding import euro, split_whole
from draad.organisations.models import Organisation, OrganisationKind
from draad.programmes.models import Action, Round

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class GrantPart:
    """What one government has of the grant on a line, or of an incentive (``kind``); amounts in euro.

    Of a line that several members share, ``divided`` is what goes with the units that this one takes; ``paid`` is the
    whole amount for the applicant, who receives it, and zero for the others.
    """

    decision: Decision
    organisation: Organisation
    action: Action | None
    kind: IncentiveKind | None
    divided: Decimal
    paid: Decimal

    @property
    def example(self) -> bool:
        """Whether it is example data."""
        return bool(self.decision.application.call.example)


def granted_in(of_round: Round) -> list[GrantPart]:
    """All parts of what was granted in a round, by applicant; four queries, whatever the number of applications."""
    return _parts(Q(application__call__round=of_round))


def granted_to(organisation: Organisation) -> list[GrantPart]:
    """The parts of an organisation, with those of the applications it is in as a member, oldest round first."""
    mine = Q(application__members__organisation=organisation, application__members__state="accepted")
    return [part for part in _parts(mine) if part.organisation == organisation]


def _parts(which: Q) -> list[GrantPart]:
    return [part for decision in _decisions(which) for part in _of(decision)]


def _decisions(which: Q) -> QuerySet[Decision]:
    """Published decisions with everything that is divided."""
    shares = Prefetch("line__shares", LineShare.objects.select_related("member__organisation").order_by("pk"))
    lines = GrantLine.objects.filter(amount__gt=0).select_related("line__indicator__terms__action__objective")
    incentives = GrantIncentive.objects.filter(amount__gt=0).select_related(
        "incentive__organisation", "incentive__action__objective"
    )
    found: QuerySet[Decision] = (
        Decision.objects.filter(which, standing=True)
        .select_related("application__applicant", "application__call__round__programme")
        .prefetch_related(
            Prefetch("lines", lines.order_by("line__indicator__terms__action__number", "pk").prefetch_related(shares)),
            Prefetch("incentives", incentives.order_by("pk")),
        )
        .order_by("application__call__round__number", "application__number")
    )
    return found


def _of(decision: Decision) -> Iterator[GrantPart]:
    for line in decision.lines.all():
        yield from _of_line(decision, line)
    for part in decision.incentives.all():
        asked = part.incentive
        kind, applicant = IncentiveKind(asked.kind), decision.application.applicant
        paid = part.amount if asked.organisation == applicant else ZERO
        yield GrantPart(decision, asked.organisation, asked.action, kind, part.amount, paid)
        if not paid:
            yield GrantPart(decision, applicant, asked.action, kind, ZERO, part.amount)


def _of_line(decision: Decision, line: GrantLine) -> Iterator[GrantPart]:
    """The applicant first, then who else takes a share."""
    applicant = decision.application.applicant
    divided = dict(divide(line))
    organisations = {share.member.organisation_id: share.member.organisation for share in line.line.shares.all()}
    for pk, organisation in ({applicant.pk: applicant} | organisations).items():
        paid = line.amount if pk == applicant.pk else ZERO
        yield GrantPart(decision, organisation, line.line.indicator.terms.action, None, divided.get(pk, ZERO), paid)


def divide(line: GrantLine) -> list[tuple[int, Decimal]]:
    """What each member (primary key of the organisation) has of a granted line: by planned units, to the cent.

    Largest remainder; of equal remainders the first member goes first. Without shares the applicant has all.
    """
    shares = [(share.member.organisation_id, share.planned or 0) for share in line.line.shares.all()]
    if not any(planned for _pk, planned in shares):
        return [(line.decision.application.applicant_id, line.amount)]
    cents = split_whole(int(line.amount * 100), [planned for _pk, planned in shares])
    return [(pk, euro(part)) for (pk, _planned), part in zip(shares, cents, strict=True)]


@dataclass(frozen=True)
class ActionGrant:
    """What was granted for an action in a round; ``units`` None when they are not known of every line."""

    round: Round
    applications: int
    governments: int
    units: int | None
    amount: Decimal
    example: bool


def granted_for(action: Action) -> list[ActionGrant]:
    """What was granted for an action, by round; three queries."""
    granted = GrantLine.objects.filter(
        line__indicator__terms__action=action, amount__gt=0, decision__standing=True
    ).values("decision__application__call__round", "decision__application__call__example")
    sums = granted.annotate(
        applications=Count("decision", distinct=True),
        whole_units=Sum("units"),
        unknown=Count("pk", filter=Q(units=None)),
        euro=Sum("amount"),
    ).order_by("decision__application__call__round__number")
    governments = dict(
        LineShare.objects.filter(
            line__indicator__terms__action=action,
            line__grants__amount__gt=0,
            line__grants__decision__standing=True,
            member__organisation__kind=OrganisationKind.LOCAL_GOVERNMENT,
        )
        .values_list("line__application__call__round")
        .annotate(governments=Count("member__organisation", distinct=True))
    )
    rows = list(sums)
    rounds = Round.objects.in_bulk([row["decision__application__call__round"] for row in rows])
    return [_action_grant(row, rounds, governments) for row in rows]


def _action_grant(row: dict[str, Any], rounds: dict[int, Round], governments: dict[int, int]) -> ActionGrant:
    pk = row["decision__application__call__round"]
    return ActionGrant(
        round=rounds[pk],
        applications=row["applications"],
        governments=governments.get(pk, 0),
        units=None if row["unknown"] else row["whole_units"],
        amount=row["euro"],
        example=row["decision__application__call__example"],
    )


@dataclass(frozen=True)
class GovernmentGrant:
    """What an organisation has of one application."""

    decision: Decision
    actions: tuple[int, ...]
    divided: Decimal
    paid: Decimal


def grants_by_application(parts: Iterable[GrantPart]) -> list[GovernmentGrant]:
    """The parts of one organisation put together per application, in the order in which they come."""
    by_decision: dict[Decision, list[GrantPart]] = {}
    for part in parts:
        by_decision.setdefault(part.decision, []).append(part)
    return [
        GovernmentGrant(
            decision,
            tuple(sorted({part.action.number for part in of_it if part.action and part.divided})),
            sum((part.divided for part in of_it), start=ZERO),
            sum((part.paid for part in of_it), start=ZERO),
        )
        for decision, of_it in by_decision.items()
    ]

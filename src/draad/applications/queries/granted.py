"""What was granted, told apart by government: as paid to the applicant, and divided over the members by their shares.

Both readings add up to the same total, to the cent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Subquery, Sum

from draad.accounts.freshness import while_unchanged
from draad.applications.models import (
    Call,
    Decision,
    GrantIncentive,
    GrantLine,
    IncentiveKind,
    LineShare,
    MemberState,
)
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
    """All parts of what was granted in a round, by applicant; three queries, whatever the number of applications."""
    return _parts(Q(decision__application__call__round=of_round))


def granted_as_example(of_round: Round) -> bool | None:
    """Whether what was granted in a round is example data; None when nothing was granted. One query."""
    granted = {"amount__gt": 0, "decision__standing": True, "decision__application__call": OuterRef("pk")}
    calls = Call.objects.filter(
        Exists(GrantLine.objects.filter(**granted)) | Exists(GrantIncentive.objects.filter(**granted)), round=of_round
    )
    found: bool | None = calls.values_list("example", flat=True).first()
    return found


@while_unchanged
def granted_to(organisation: Organisation) -> list[GrantPart]:
    """The parts of an organisation in all applications in which it is a member, oldest round first; three queries."""
    members = Q(decision__application__members__organisation=organisation)
    accepted = Q(decision__application__members__state=MemberState.ACCEPTED)
    return [part for part in _parts(members & accepted) if part.organisation == organisation]


def _parts(which: Q) -> list[GrantPart]:
    """The parts of published lines and incentives, by round and number of the application."""
    read = ("decision__application__applicant", "decision__application__call__round__programme")
    granted = Q(amount__gt=0, decision__standing=True)
    shares = LineShare.objects.select_related("member__organisation").order_by("pk")
    lines = (
        GrantLine.objects.filter(which, granted)
        .select_related(*read, "line__indicator__terms__action__objective")
        .prefetch_related(Prefetch("line__shares", shares))
        .order_by("line__indicator__terms__action__number", "pk")
    )
    incentives = (
        GrantIncentive.objects.filter(which, granted)
        .select_related(*read, "incentive__organisation", "incentive__action__objective")
        .order_by("pk")
    )
    parts = [part for line in lines for part in _of_line(line)]
    parts += [part for incentive in incentives for part in _of_incentive(incentive)]
    return sorted(parts, key=_place)


def _place(part: GrantPart) -> tuple[int, int]:
    application = part.decision.application
    return application.call.round.number, application.number


def _of_incentive(granted: GrantIncentive) -> Iterator[GrantPart]:
    """The member that asked; when another receives the money, the applicant too."""
    asked, decision = granted.incentive, granted.decision
    kind, applicant = IncentiveKind(asked.kind), decision.application.applicant
    paid = granted.amount if asked.organisation == applicant else ZERO
    yield GrantPart(decision, asked.organisation, asked.action, kind, granted.amount, paid)
    if not paid:
        yield GrantPart(decision, applicant, asked.action, kind, ZERO, granted.amount)


def _of_line(line: GrantLine) -> Iterator[GrantPart]:
    """The applicant first, then who else takes a share."""
    decision = line.decision
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
    """What was granted for an action in a round (its number); ``units`` None when not known of every line.

    ``governments`` counts the local governments that take a share, ``amount`` is euro.
    """

    of_round: int
    applications: int
    governments: int
    units: int | None
    amount: Decimal
    example: bool


@while_unchanged
def granted_for(action: Action) -> list[ActionGrant]:
    """What was granted for an action, by round; one query."""
    of_round = "decision__application__call__round"
    sharing = LineShare.objects.filter(
        line__indicator__terms__action=action,
        line__grants__amount__gt=0,
        line__grants__decision__standing=True,
        line__application__call__round=OuterRef(of_round),
        member__organisation__kind=OrganisationKind.LOCAL_GOVERNMENT,
    )
    counted = sharing.order_by().values("line__application__call__round")
    rows = (
        GrantLine.objects.filter(line__indicator__terms__action=action, amount__gt=0, decision__standing=True)
        .values(of_round, f"{of_round}__number", "decision__application__call__example")
        .annotate(
            applications=Count("decision", distinct=True),
            whole_units=Sum("units"),
            unknown=Count("pk", filter=Q(units=None)),
            euro=Sum("amount"),
            governments=Subquery(counted.annotate(n=Count("member__organisation", distinct=True)).values("n")),
        )
        .order_by(f"{of_round}__number")
    )
    return [
        ActionGrant(
            of_round=row[f"{of_round}__number"],
            applications=row["applications"],
            governments=row["governments"] or 0,
            units=None if row["unknown"] else row["whole_units"],
            amount=row["euro"],
            example=row["decision__application__call__example"],
        )
        for row in rows
    ]


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

"""Who takes part in applications: where members lie, with whom they were together before, whom else can be asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Q, QuerySet
from django.utils import timezone

from draad.applications.models import ENDED, TAKING_PART, Application, Call, ListedPartnership, Member, MemberState
from draad.applications.queries.eligibility import always_eligible
from draad.organisations.models import AreaKind, Organisation, OrganisationKind
from draad.organisations.queries import Timeline, area_names, find, timeline
from draad.programmes.models import Round
from draad.programmes.queries import rule_values

GOVERNING = (OrganisationKind.LOCAL_GOVERNMENT, OrganisationKind.COMMUNITY_COMMISSION)
MOST_CANDIDATES = 15


def memberships(application: Application) -> QuerySet[Member]:
    """Everybody who was ever invited to an application, the applicant first."""
    found: QuerySet[Member] = Member.objects.filter(application=application)
    return found.select_related("organisation", "responded_by").order_by("-is_applicant", "pk")


def partners_on(application: Application, on: date | None = None) -> list[Member]:
    """Who takes part on a day, the applicant first; today, without a day.

    After the decision members come and go by accepted requests; results are asked of who took part.
    """
    day = on or timezone.localdate()
    there = memberships(application).filter(state=MemberState.ACCEPTED)
    return list(there.filter(Q(joined_on=None) | Q(joined_on__lte=day)).exclude(left_on__lte=day))


def members() -> QuerySet[Member]:
    """Memberships with what the page of an invitation needs."""
    found: QuerySet[Member] = Member.objects.select_related(
        "organisation", "application__applicant", "application__call__round__programme"
    )
    return found.prefetch_related("application__call__extensions")


def can_take_part(organisation: Organisation, always: frozenset[int]) -> bool:
    """Whether an organisation is a government, or one that the round lets apply (primary keys in ``always``)."""
    return organisation.kind in GOVERNING or organisation.pk in always


def other_partnership(call: Call, organisation: Organisation, but: Application) -> Member | None:
    """The membership that uses up the one partnership of an organisation in a call, in another application."""
    taken = Member.objects.filter(exclusive_in=call, organisation=organisation).exclude(application=but)
    return taken.select_related("application__applicant").first()


@dataclass(frozen=True)
class Regions:
    """In which reference region every organisation lies on a day; who has no territory lies in none."""

    on: date

    @cached_property
    def _names(self) -> dict[int, str]:
        return area_names(AreaKind.REFERENCE_REGION, self.on)

    @cached_property
    def _history(self) -> Timeline:
        return timeline()

    def of(self, organisation: Organisation) -> str:
        """The name of the region; empty for who has no territory."""
        ground = self._history.territory_near(organisation.pk, self.on)
        return self._names.get(ground.pk, "") if ground else ""


class Arrangements:
    """Who was together in a partnership in an earlier round, by the governments that stand there on a day."""

    def __init__(self, of_round: Round, on: date) -> None:
        """Read the printed list and the applications of a round."""
        history = timeline()

        def standing(organisations: Iterable[int]) -> frozenset[int]:
            given = list(organisations)
            return frozenset([*given, *(heir for one in given for heir in history.governments_on(one, on))])

        printed = ListedPartnership.objects.filter(round=of_round).prefetch_related("partners")
        found = [[entry.lead_id, *_partners(entry)] for entry in printed]
        joined: dict[int, list[int]] = {}
        accepted = Member.objects.filter(application__call__round=of_round, state=MemberState.ACCEPTED)
        rows = accepted.exclude(application__state__in=ENDED).values_list("application_id", "organisation_id")
        for application, organisation in rows:
            joined.setdefault(application, []).append(organisation)
        self._together = [standing(organisations) for organisations in [*found, *joined.values()]]

    def together(self, one: Organisation, other: Organisation) -> bool:
        """Whether both were in one partnership."""
        return one.pk != other.pk and any({one.pk, other.pk} <= group for group in self._together)


def _partners(entry: ListedPartnership) -> list[int]:
    partners = entry.partners.all()
    return [pk for partner in partners for pk in (partner.organisation_id, partner.on_behalf_of_id) if pk]


@dataclass(frozen=True)
class Candidate:
    """An organisation that a search found, to invite: its region, and why it cannot be invited when it cannot."""

    organisation: Organisation
    note: str
    region: str
    other_region: bool
    takes_part: bool


def candidates(application: Application, text: str) -> list[Candidate]:
    """The organisations of today that carry a name with ``text`` in it and could take part, the best first."""
    if not text.strip():
        return []
    regions = Regions(timezone.localdate())
    there = {m.organisation_id for m in memberships(application) if m.state in TAKING_PART}
    home = regions.of(application.applicant)
    always = always_eligible(rule_values(application.call.round))
    found = [hit for hit in find(text) if can_take_part(hit.organisation, always)]
    return [
        Candidate(
            organisation=hit.organisation,
            note=hit.note,
            region=(region := regions.of(hit.organisation)),
            other_region=bool(region and home and region != home),
            takes_part=hit.organisation.pk in there,
        )
        for hit in found[:MOST_CANDIDATES]
    ]


def invitations(organisations: Iterable[int]) -> QuerySet[Member]:
    """The invitations that wait for an answer of these organisations (primary keys)."""
    waiting = Q(organisation__in=list(organisations), state=MemberState.INVITED)
    return members().filter(waiting).exclude(application__state__in=ENDED).order_by("invited_at", "pk")

"""Reads of listed partnerships and mentor governments."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from draad.accounts.freshness import while_unchanged
from draad.applications.counting import PrintedList
from draad.applications.models import ListedMentorship, ListedPartner, ListedPartnership
from draad.organisations.models import Organisation
from draad.programmes.models import Action, Round


def partnerships() -> QuerySet[ListedPartnership]:
    """All printed entries with what their pages need."""
    rows: QuerySet[ListedPartnership] = ListedPartnership.objects.select_related("lead", "round__programme")
    partners = ListedPartner.objects.select_related("organisation", "on_behalf_of")
    return rows.prefetch_related(Prefetch("partners", partners))


def printed_list(round_: Round) -> PrintedList:
    """The printed list of one round."""
    return PrintedList(round_, list(partnerships().filter(round=round_)))


@while_unchanged
def printed_lists() -> list[PrintedList]:
    """The printed list of every round that has one."""
    rounds: dict[int, Round] = {}
    entries: dict[int, list[ListedPartnership]] = {}
    for entry in partnerships():
        rounds[entry.round_id] = entry.round
        entries.setdefault(entry.round_id, []).append(entry)
    return [PrintedList(rounds[pk], entries[pk]) for pk in rounds]


@dataclass(frozen=True)
class Naming:
    """A printed entry that names an organisation: as lead, as partner, or as the one for whom ``through`` stands."""

    entry: ListedPartnership
    as_lead: bool
    as_partner: bool
    through: str


def namings_of(organisation: Organisation) -> list[Naming]:
    """The printed entries that name an organisation; one query."""
    partners = ListedPartner.objects.filter(partnership=OuterRef("pk"))
    rows = (
        ListedPartnership.objects.select_related("round__programme")
        .annotate(
            as_partner=Exists(partners.filter(organisation=organisation)),
            through=Subquery(partners.filter(on_behalf_of=organisation).values("organisation__name")[:1]),
        )
        .filter(Q(lead=organisation) | Q(as_partner=True) | Q(through__isnull=False))
    )
    return [Naming(row, row.lead_id == organisation.pk, row.as_partner, row.through or "") for row in rows]


def mentorships() -> QuerySet[ListedMentorship]:
    """All printed mentor governments with what their pages need."""
    rows: QuerySet[ListedMentorship] = ListedMentorship.objects.select_related(
        "organisation", "action__programme", "action__objective", "round__programme"
    )
    return rows


def mentors_of(action: Action) -> list[ListedMentorship]:
    """Who mentors others for an action."""
    return list(mentorships().filter(action=action))


def mentorships_of(organisation: Organisation) -> list[ListedMentorship]:
    """For what an organisation mentors others."""
    return list(mentorships().filter(organisation=organisation))

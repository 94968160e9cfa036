"""Reads of listed partnerships and mentor governments that more than one page needs."""

from __future__ import annotations

from django.db.models import Prefetch, Q, QuerySet

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


def printed_lists() -> list[PrintedList]:
    """The printed list of every round that has one."""
    rounds: dict[int, Round] = {}
    entries: dict[int, list[ListedPartnership]] = {}
    for entry in partnerships():
        rounds[entry.round_id] = entry.round
        entries.setdefault(entry.round_id, []).append(entry)
    return [PrintedList(rounds[pk], entries[pk]) for pk in rounds]


def partnerships_of(organisation: Organisation) -> list[ListedPartnership]:
    """The printed entries that name an organisation as lead, as partner or as the one a partner stands for."""
    named = Q(lead=organisation) | Q(partners__organisation=organisation) | Q(partners__on_behalf_of=organisation)
    return list(partnerships().filter(named).distinct())


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

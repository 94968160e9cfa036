"""Records what a document lists of a round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.db.models import Q

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.audit import Recording
from draad.accounts.models import AuditedModel
from draad.accounts.roles import Role
from draad.accounts.sync import SyncCount, sync
from draad.applications.models import ListedMentorship, ListedPartner, ListedPartnership
from draad.applications.printed import read_name
from draad.organisations.queries import government_named
from draad.programmes.models import Action, Round

ROOM = "applications"
NO_SPELLINGS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class PrintedPartnership:
    """One entry of a printed list of partnerships: names as printed."""

    listed_under: str
    lead: str
    partners: Sequence[str]
    source: str


@dataclass(frozen=True)
class PrintedMentorship:
    """One entry of a printed list of mentor governments."""

    action_number: int
    label: str
    government: str
    province: str
    source: str


def record_partnerships(
    round_: Round, entries: Sequence[PrintedPartnership], *, by: Actor, spellings: Mapping[str, str] = NO_SPELLINGS
) -> SyncCount:
    """Store the whole printed list of a round, in its order; what the list no longer holds is removed.

    Args:
        round_: the round of the list.
        entries: the list as printed.
        by: who records it.
        spellings: for a name that is printed wrongly the name that is meant; the printed one is what is stored.

    Raises:
        UnknownNameError: for a name that means no organisation at the start of the round.
    """
    by.require(Role.ADMINISTRATOR)
    meaning = Meaning(round_, spellings)
    with audit.recording(by=by) as log:
        rows: list[dict[str, Any]] = [
            {"round_id": round_.pk, "position": position, "listed_under": entry.listed_under,
             "lead_as_printed": entry.lead, "lead_id": meaning.of(entry.lead), "source": entry.source}
            for position, entry in enumerate(entries, start=1)
        ]  # fmt: skip
        within = Q(round=round_)
        count = sync(log, ListedPartnership, rows, key=["round_id", "position"], room=ROOM, within=within)
        stored = dict(ListedPartnership.objects.filter(within).values_list("position", "pk"))
        partners = [
            {"partnership_id": stored[position], "position": place, "as_printed": name, **meaning.of_partner(name)}
            for position, entry in enumerate(entries, start=1)
            for place, name in enumerate(entry.partners, start=1)
        ]
        within = Q(partnership__round=round_)
        count += sync(log, ListedPartner, partners, key=["partnership_id", "position"], room=ROOM, within=within)
        wanted = {(row["partnership_id"], row["position"]) for row in partners}
        extra = [p for p in ListedPartner.objects.filter(within) if (p.partnership_id, p.position) not in wanted]
        extra += ListedPartnership.objects.filter(round=round_, position__gt=len(entries))
        return count + _remove(log, extra)


def record_mentorships(round_: Round, entries: Sequence[PrintedMentorship], *, by: Actor) -> SyncCount:
    """Store the whole printed list of mentor governments of a round; what it no longer holds is removed.

    Raises:
        UnknownNameError: for a name that means no organisation at the start of the round.
        ValueError: for an action number that the programme does not have.
    """
    by.require(Role.ADMINISTRATOR)
    actions = dict(Action.objects.filter(programme=round_.programme).values_list("number", "pk"))
    unknown = {entry.action_number for entry in entries} - actions.keys()
    if unknown:
        raise ValueError(f"{round_.programme} has no action {', '.join(str(n) for n in sorted(unknown))}")
    meaning = Meaning(round_, NO_SPELLINGS)
    with audit.recording(by=by) as log:
        rows = [
            {"round_id": round_.pk, "position": position, "action_id": actions[entry.action_number],
             "label": entry.label, "as_printed": entry.government, "province_as_printed": entry.province,
             "organisation_id": meaning.of(entry.government), "source": entry.source}
            for position, entry in enumerate(entries, start=1)
        ]  # fmt: skip
        within = Q(round=round_)
        count = sync(log, ListedMentorship, rows, key=["round_id", "position"], room=ROOM, within=within)
        extra = ListedMentorship.objects.filter(within, position__gt=len(entries))
        return count + _remove(log, list(extra))


@dataclass(frozen=True)
class Meaning:
    """Which organisation of the round a printed name means."""

    round: Round
    spellings: Mapping[str, str]

    def of(self, printed: str) -> int:
        """The primary key of the organisation that is meant.

        Raises:
            UnknownNameError: when none, or more than one, carries the name.
        """
        return government_named(self.spellings.get(printed, printed), self.round.starts_on).pk

    def of_partner(self, printed: str) -> dict[str, int | None]:
        """The columns of a printed partner: who it is, and for whom it stands."""
        name = read_name(printed)
        other = self.of(name.on_behalf_of) if name.on_behalf_of else None
        return {"organisation_id": self.of(name.name), "on_behalf_of_id": other}


def _remove(log: Recording, rows: Sequence[AuditedModel]) -> SyncCount:
    for row in rows:
        log.remove(row, verb=f"{ROOM}.{row._meta.model_name}.remove")
    return SyncCount(changed=len(rows))

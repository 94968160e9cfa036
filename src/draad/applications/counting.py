"""Counts what a printed list of partnerships holds; the list is read once, everything else is arithmetic on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from draad.applications.models import ListedPartnership
from draad.organisations.models import Organisation, OrganisationKind
from draad.programmes.models import Round


@dataclass(frozen=True)
class Part:
    """In how many different partnerships of a list an organisation is lead, and in how many partner."""

    organisation: Organisation
    as_lead: int
    as_partner: int

    @property
    def all(self) -> int:
        """In how many different partnerships it takes part."""
        return self.as_lead + self.as_partner


@dataclass(frozen=True)
class PrintedList:
    """The printed entries of one round, in their order."""

    round: Round
    entries: Sequence[ListedPartnership]

    @cached_property
    def different(self) -> list[ListedPartnership]:
        """The entries without repetition: of an entry that is printed more than once only the first."""
        first: dict[object, ListedPartnership] = {}
        for entry in self.entries:
            first.setdefault(entry.identity, entry)
        return list(first.values())

    @cached_property
    def repeated(self) -> list[list[ListedPartnership]]:
        """The groups of entries that are the same partnership."""
        groups: dict[object, list[ListedPartnership]] = defaultdict(list)
        for entry in self.entries:
            groups[entry.identity].append(entry)
        return [group for group in groups.values() if len(group) > 1]

    @cached_property
    def leads(self) -> list[Organisation]:
        """The different organisations that lead a partnership, in the order of the list."""
        return list({entry.lead_id: entry.lead for entry in self.entries}.values())

    @cached_property
    def leads_with_partners(self) -> list[Organisation]:
        """The different leads of entries that name partners."""
        return list({entry.lead_id: entry.lead for entry in self.entries if entry.partners.all()}.values())

    @cached_property
    def named(self) -> list[Organisation]:
        """The different organisations that stand in the list as lead or as partner."""
        found = {entry.lead_id: entry.lead for entry in self.entries}
        found |= {p.organisation_id: p.organisation for entry in self.entries for p in entry.partners.all()}
        return list(found.values())

    @cached_property
    def stood_for(self) -> list[Organisation]:
        """Governments that are named only as the one for which a partner stands."""
        known = {organisation.pk for organisation in self.named}
        partners = [partner for entry in self.entries for partner in entry.partners.all()]
        found = {
            p.on_behalf_of_id: p.on_behalf_of for p in partners if p.on_behalf_of and p.on_behalf_of_id not in known
        }
        return list(found.values())

    @property
    def municipalities(self) -> list[Organisation]:
        """The different municipalities named as lead or as partner."""
        return [organisation for organisation in self.named if is_municipality(organisation)]

    @property
    def others(self) -> list[Organisation]:
        """The organisations named that are no municipality."""
        return [organisation for organisation in self.named if not is_municipality(organisation)]

    @property
    def mentions(self) -> int:
        """How many names are printed, repetitions included."""
        return sum(1 + len(entry.partners.all()) for entry in self.entries)

    @cached_property
    def parts(self) -> dict[int, Part]:
        """The part of every organisation named (primary key) in the different partnerships."""
        as_lead: dict[int, int] = defaultdict(int)
        as_partner: dict[int, int] = defaultdict(int)
        for entry in self.different:
            as_lead[entry.lead_id] += 1
            for organisation in {partner.organisation_id for partner in entry.partners.all()} - {entry.lead_id}:
                as_partner[organisation] += 1
        return {o.pk: Part(o, as_lead[o.pk], as_partner[o.pk]) for o in self.named}

    def entries_of(self, organisation: Organisation) -> list[ListedPartnership]:
        """The different partnerships in which an organisation takes part."""
        return [
            entry
            for entry in self.different
            if organisation.pk in {entry.lead_id, *(partner.organisation_id for partner in entry.partners.all())}
        ]


def is_municipality(organisation: Organisation) -> bool:
    """Whether it governs a municipality."""
    return bool(organisation.kind == OrganisationKind.LOCAL_GOVERNMENT)

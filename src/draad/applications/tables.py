"""The tables of this room: one definition for a page, a download and the overview workbook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from draad.applications.counting import PrintedList
from draad.applications.links import action_address, government_address
from draad.applications.models import ListedMentorship, ListedPartnership
from draad.applications.roles import ProvinceRoles
from draad.documents.tables import Column, Kind, Table, Value
from draad.organisations.models import AreaKind, Organisation
from draad.organisations.queries import Timeline, area_names, provinces_of_governments, timeline
from draad.web.sources import source_text


@dataclass(frozen=True)
class PartnershipRow:
    """A printed entry with the province in which its lead really lay, None for who has no territory."""

    entry: ListedPartnership
    province: str | None
    printed_times: int


def partnership_rows(entries: Iterable[ListedPartnership]) -> list[PartnershipRow]:
    """The entries with the province of their lead at the start of their round."""
    entries = list(entries)
    rounds = {entry.round_id: entry.round for entry in entries}
    provinces: Mapping[int, Mapping[int, str]] = {
        pk: provinces_of_governments(round_.starts_on) for pk, round_ in rounds.items()
    }
    identities = [(entry.round_id, entry.identity) for entry in entries]
    return [
        PartnershipRow(entry, provinces[entry.round_id].get(entry.lead_id), identities.count(identity))
        for entry, identity in zip(entries, identities, strict=True)
    ]


def partnerships_table(rows: Sequence[PartnershipRow], key: str = "samenwerkingen") -> Table[PartnershipRow]:
    """The printed list, as printed, with the real province beside it."""
    return Table(
        key=key,
        title=_("Samenwerkingen zoals gedrukt"),
        about=_("Namen en indeling staan er zoals de bron ze drukt, herhalingen inbegrepen."),
        columns=[
            Column("lead", _("Indiener"), lambda row: row.entry.lead_as_printed,
                   link=lambda row: row.entry.get_absolute_url()),
            Column("partners", _("Partners"), _partners, wide=True),
            Column("n", _("Aantal partners"), lambda row: len(row.entry.partners.all()), Kind.COUNT),
            Column("round", _("Ronde"), lambda row: str(row.entry.round.number), choices=True),
            Column("position", _("Plaats"), lambda row: row.entry.position, Kind.COUNT),
            Column("listed_under", _("Gedrukt onder"), lambda row: row.entry.listed_under, choices=True),
            Column("province", _("Ligt in"), _province, choices=True),
            Column("times", _("Keer gedrukt"), lambda row: row.printed_times, Kind.COUNT),
        ],
        rows=rows,
        source=_sources(row.entry.source for row in rows),
        search=lambda row: f"{row.entry.lead_as_printed} {_partners(row)} {row.entry.lead.name}",
    )  # fmt: skip


def _partners(row: PartnershipRow) -> Value:
    return ", ".join(partner.as_printed for partner in row.entry.partners.all()) or _("geen")


def _province(row: PartnershipRow) -> Value:
    return row.province or _("geen grondgebied")


def _sources(sources: Iterable[str]) -> str:
    return "; ".join(source_text(source) for source in dict.fromkeys(sources))


def mentorships_table(rows: Sequence[ListedMentorship], key: str = "mentorschappen") -> Table[ListedMentorship]:
    """The printed list of mentor governments."""
    return Table(
        key=key,
        title=_("Mentorbesturen"),
        about=_("Een mentorbestuur helpt andere besturen met een actie en krijgt daarvoor een stimulans."),
        columns=[
            Column("government", _("Bestuur"), lambda row: row.as_printed,
                   link=lambda row: government_address(row.organisation)),
            Column("action", _("Actie"), lambda row: str(row.action), link=lambda row: action_address(row.action),
                   language="nl"),
            Column("label", _("Actie zoals gedrukt"), lambda row: row.label),
            Column("province", _("Provincie zoals gedrukt"), lambda row: row.province_as_printed, choices=True),
            Column("round", _("Ronde"), lambda row: str(row.round.number), choices=True),
        ],
        rows=rows,
        source=_sources(row.source for row in rows),
        search=lambda row: f"{row.as_printed} {row.action} {row.label}",
    )  # fmt: skip


@dataclass(frozen=True)
class MemberRow:
    """A name in a printed entry: as what, for whom, and where it lay at the start of the round."""

    role: str
    as_printed: str
    organisation: Organisation
    stands_for: Organisation | None
    province: str | None
    region: str | None


@dataclass(frozen=True)
class Whereabouts:
    """Where every organisation lies on a day."""

    on: date
    history: Timeline
    provinces: Mapping[int, str]
    regions: Mapping[int, str]

    def of(self, organisation: Organisation) -> tuple[str | None, str | None]:
        """The province and the reference region of an organisation; None for who has no territory."""
        place = self.history.territory_of(organisation.pk, self.on)
        return (self.provinces.get(place.pk), self.regions.get(place.pk)) if place else (None, None)


def whereabouts(on: date) -> Whereabouts:
    """Read where every organisation lies on a day."""
    return Whereabouts(on, timeline(), area_names(AreaKind.PROVINCE, on), area_names(AreaKind.REFERENCE_REGION, on))


def member_rows(entry: ListedPartnership, where: Whereabouts) -> list[MemberRow]:
    """The lead and the partners of an entry."""

    def row(role: str, name: str, organisation: Organisation, other: Organisation | None) -> MemberRow:
        return MemberRow(role, name, organisation, other, *where.of(organisation))

    lead = row(_("indiener"), entry.lead_as_printed, entry.lead, None)
    partners = [row(_("partner"), p.as_printed, p.organisation, p.on_behalf_of) for p in entry.partners.all()]
    return [lead, *partners]


def members_table(entry: ListedPartnership) -> Table[MemberRow]:
    """Who takes part in a printed entry."""
    nowhere = _("geen grondgebied")
    return Table(
        key="leden",
        title=_("Leden van de samenwerking"),
        columns=[
            Column("printed", _("Zoals gedrukt"), lambda row: row.as_printed,
                   link=lambda row: government_address(row.organisation)),
            Column("role", _("Rol"), lambda row: row.role),
            Column("organisation", _("Organisatie"), lambda row: row.organisation.name),
            Column("for", _("Namens"), lambda row: row.stands_for.name if row.stands_for else None,
                   link=lambda row: government_address(row.stands_for) if row.stands_for else None),
            Column("province", _("Provincie toen"), lambda row: row.province or nowhere),
            Column("region", _("Referentieregio toen"), lambda row: row.region or nowhere),
        ],
        rows=member_rows(entry, whereabouts(entry.round.starts_on)),
        source=source_text(entry.source),
    )  # fmt: skip


def provinces_table(
    rows: Sequence[ProvinceRoles], listed: PrintedList, edition: str, key: str = "per-provincie"
) -> Table[ProvinceRoles]:
    """How many municipalities of a map edition have each role in the list of a round."""
    return Table(
        key=key,
        title=_("Rol in de lijst van ronde %(round)s, per provincie, gemeenten van %(edition)s")
        % {"round": listed.round.number, "edition": edition},
        about=_("Een fusiegemeente krijgt de sterkste rol van haar voorgangers: eerst indiener, dan lid."),
        columns=[
            Column("province", _("Provincie"), lambda row: row.province),
            Column("leads", _("Indiener"), lambda row: row.leads, Kind.COUNT, total=True),
            Column("members", _("Lid"), lambda row: row.members, Kind.COUNT, total=True),
            Column("not_listed", _("Niet in de lijst"), lambda row: row.not_listed, Kind.COUNT, total=True),
        ],
        rows=rows,
        source=_sources(entry.source for entry in listed.entries),
    )

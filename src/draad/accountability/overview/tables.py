"""The sheets of the overview that no page has, such as what is known per province and per municipality."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from draad.accountability.overview.facts import RoundFacts
from draad.applications.counting import is_municipality
from draad.applications.models import ListedPartnership
from draad.applications.roles import ListedRole
from draad.applications.tables import MemberRow, member_rows, whereabouts
from draad.documents.tables import Column, Gap, Kind, Table, Value
from draad.findings.models import Finding
from draad.organisations.models import Organisation
from draad.organisations.queries.register import Government
from draad.web.sources import source_text

MOST_RECORDS = 12


@dataclass(frozen=True)
class ProvinceRow:
    """What lies in a province, each organisation once; ``governments`` None for what has no territory."""

    province: str
    governments: int | None
    leads: int
    members: int
    through: int

    @property
    def together(self) -> int:
        """Leads and members together."""
        return self.leads + self.members


def located_table(facts: RoundFacts) -> Table[ProvinceRow]:
    """Partnerships by where the governments lay at the start of the round: every column adds up."""
    listed = facts.listed
    leads = {lead.pk for lead in listed.leads}
    members = [organisation for organisation in listed.named if organisation.pk not in leads]
    nowhere = _("zonder grondgebied")

    def count(organisations: Iterable[Organisation]) -> Counter[str]:
        return Counter(facts.provinces.get(organisation.pk, nowhere) for organisation in organisations)

    by_lead, by_member, through = count(listed.leads), count(members), count(listed.stood_for)
    there = Counter(government.province for government in facts.governments)
    names = [*sorted(there), *([nowhere] if by_lead[nowhere] or by_member[nowhere] else [])]
    rows = [ProvinceRow(n, there.get(n), by_lead[n], by_member[n], through[n]) for n in names]
    return Table(
        key="per-provincie",
        title=_("Samenwerkingen van ronde %(n)s per provincie: waar de besturen liggen") % {"n": facts.round.number},
        about=_("Elk bestuur telt één keer, in de provincie waar het bij het begin van de ronde lag. Wie indient en "
                "elders partner is, telt als indiener."),
        columns=[
            Column("province", _("Provincie"), lambda row: row.province),
            Column("governments", _("Gemeenten in de provincie"), lambda row: row.governments, Kind.COUNT, total=True),
            Column("leads", _("Verschillende indieners"), lambda row: row.leads, Kind.COUNT, total=True),
            Column("members", _("Verschillende andere leden"), lambda row: row.members, Kind.COUNT, total=True),
            Column("together", _("Verschillende besturen samen"), lambda row: row.together, Kind.COUNT, total=True),
            Column("through", _("Daarbovenop: alleen via een partner vermeld"), lambda row: row.through, Kind.COUNT,
                   total=True),
        ],
        rows=rows,
        source=_sources(listed.entries),
    )  # fmt: skip


def _sources(rows: Iterable[ListedPartnership]) -> str:
    return "; ".join(source_text(source) for source in dict.fromkeys(row.source for row in rows))


@dataclass(frozen=True)
class HeadingRow:
    """What is printed under a heading of the list."""

    heading: str
    printed: int
    different: int
    leads: int
    mentions: int


def printed_table(facts: RoundFacts) -> Table[HeadingRow]:
    """Partnerships by the heading under which the source prints them; repetitions stand apart."""
    listed = facts.listed
    printed = Counter(entry.listed_under for entry in listed.entries)
    different = Counter(entry.listed_under for entry in listed.different)
    first = {entry.lead_id: entry.listed_under for entry in reversed(listed.entries)}
    leads = Counter(first.values())
    mentions: Counter[str] = Counter()
    for entry in listed.entries:
        mentions[entry.listed_under] += 1 + len(entry.partners.all())
    rows = [HeadingRow(h, printed[h], different[h], leads[h], mentions[h]) for h in printed]
    return Table(
        key="per-provincie-gedrukt",
        title=_("Samenwerkingen van ronde %(n)s per provincie: zoals gedrukt") % {"n": facts.round.number},
        about=_(
            "De kopjes zijn die van de bron. Een indiener telt één keer, onder het kopje waar hij het eerst staat."
        ),
        columns=[
            Column("heading", _("Gedrukt onder"), lambda row: row.heading),
            Column("printed", _("Gedrukte samenwerkingen"), lambda row: row.printed, Kind.COUNT, total=True),
            Column("different", _("Zonder herhaling"), lambda row: row.different, Kind.COUNT, total=True),
            Column("leads", _("Verschillende indieners"), lambda row: row.leads, Kind.COUNT, total=True),
            Column("mentions", _("Gedrukte namen"), lambda row: row.mentions, Kind.COUNT, total=True),
        ],
        rows=rows,
        source=_sources(listed.entries),
    )


@dataclass(frozen=True)
class Mention:
    """One printed name in a partnership."""

    entry: ListedPartnership
    member: MemberRow


def members_table(facts: RoundFacts) -> Table[Mention]:
    """Every printed name, to filter and to count with."""
    nowhere, where = _("geen grondgebied"), whereabouts(facts.round.starts_on)
    return Table(
        key="leden",
        title=_("Leden van de samenwerkingen van ronde %(n)s") % {"n": facts.round.number},
        about=_("Eén rij per gedrukte naam, herhalingen inbegrepen; naam en kopje staan er zoals gedrukt."),
        columns=[
            Column("printed", _("Naam zoals gedrukt"), lambda row: row.member.as_printed),
            Column("role", _("Rol"), lambda row: row.member.role),
            Column("position", _("Plaats in de lijst"), lambda row: row.entry.position, Kind.COUNT),
            Column("lead", _("Indiener"), lambda row: row.entry.lead_as_printed),
            Column("under", _("Gedrukt onder"), lambda row: row.entry.listed_under),
            Column("organisation", _("Organisatie"), lambda row: row.member.organisation.name),
            Column("municipality", _("Gemeente"), lambda row: is_municipality(row.member.organisation), Kind.YES_NO),
            Column("for", _("Namens"), lambda row: row.member.stands_for.name if row.member.stands_for else None),
            Column("province", _("Provincie toen"), lambda row: row.member.province or nowhere),
            Column("region", _("Referentieregio toen"), lambda row: row.member.region or nowhere),
        ],
        rows=[Mention(entry, member) for entry in facts.listed.entries for member in member_rows(entry, where)],
        source=_sources(facts.listed.entries),
    )


@dataclass(frozen=True)
class MentorRow:
    """The mentorships of the governments that lie in a province."""

    province: str
    mentorships: int
    governments: int
    actions: str


def mentors_per_province_table(facts: RoundFacts) -> Table[MentorRow]:
    """Mentorships by where the mentor government lay at the start of the round."""
    nowhere = _("zonder grondgebied")
    by_province: dict[str, list[tuple[int, int]]] = {}
    for row in facts.mentorships:
        province = facts.provinces.get(row.organisation_id, nowhere)
        by_province.setdefault(province, []).append((row.organisation_id, row.action.number))
    rows = [
        MentorRow(
            province,
            len(found),
            len({organisation for organisation, _action in found}),
            ", ".join(str(number) for number in sorted({number for _organisation, number in found})),
        )
        for province, found in sorted(by_province.items())
    ]
    return Table(
        key="mentorschappen-per-provincie",
        title=_("Mentorschappen van ronde %(n)s per provincie") % {"n": facts.round.number},
        about=_("Een provincie zonder mentorbestuur staat niet in de lijst."),
        columns=[
            Column("province", _("Provincie"), lambda row: row.province),
            Column("mentorships", _("Mentorschappen"), lambda row: row.mentorships, Kind.COUNT, total=True),
            Column("governments", _("Mentorbesturen"), lambda row: row.governments, Kind.COUNT, total=True),
            Column("actions", _("Voor actie"), lambda row: row.actions),
        ],
        rows=rows,
        source="; ".join(source_text(s) for s in dict.fromkeys(row.source for row in facts.mentorships)),
    )


def municipalities_table(facts: RoundFacts) -> Table[Government]:
    """What is known of every municipality at the start of the round, and what is not public."""
    private, unlisted = Gap(_("niet openbaar")), Gap(_("niet gepubliceerd"))
    places: dict[int, list[str]] = {}
    for entry in facts.listed.entries:
        for pk in {entry.lead_id, *(p.on_behalf_of_id or p.organisation_id for p in entry.partners.all())}:
            places.setdefault(pk, []).append(str(entry.position))
    words = {
        ListedRole.LEAD: _("indiener"), ListedRole.MEMBER: _("lid"), ListedRole.NOT_LISTED: _("niet in de lijst"),
    }  # fmt: skip

    def role(row: Government) -> Value:
        return words[facts.roles[row.nis].role] if facts.listed.entries else unlisted

    def mentor(row: Government) -> Value:
        return facts.roles[row.nis].mentor if facts.mentorships else unlisted

    return Table(
        key="per-gemeente",
        title=_("Wat van elke gemeente bekend is, ronde %(n)s") % {"n": facts.round.number},
        about=_("Gemeenten bij het begin van de ronde. Welke acties een gemeente uitvoert en welke subsidie zij kreeg "
                "staat in een bijlage die niet gepubliceerd is."),
        columns=[
            Column("name", _("Gemeente"), lambda row: row.name),
            Column("nis", _("NIS-code"), lambda row: row.nis),
            Column("kbo", _("Ondernemingsnummer"), lambda row: row.kbo),
            Column("province", _("Provincie"), lambda row: row.province),
            Column("region", _("Referentieregio"), lambda row: row.region),
            Column("inhabitants", _("Inwoners"), lambda row: row.inhabitants, Kind.COUNT, total=True),
            Column("origin", _("Inwoners van herkomst buiten de EU-15"), lambda row: row.non_eu15, Kind.COUNT),
            Column("role", _("Rol in de lijst van samenwerkingen"), role),
            Column("places", _("Plaatsen in de lijst"), lambda row: ", ".join(places.get(row.pk, [])) or None),
            Column("mentor", _("Mentorbestuur"), mentor, Kind.YES_NO),
            Column("actions", _("Acties"), lambda _row: private),
            Column("granted", _("Toegekend in euro"), lambda _row: private, Kind.EURO),
        ],
        rows=facts.governments,
        source=source_text("national and Flemish lists of territorial codes; register of local governments"),
    )  # fmt: skip


def findings_table(facts: RoundFacts) -> Table[Finding]:
    """What contradicts in the sources of this round."""
    return Table(
        key="bevindingen",
        title=_("Bevindingen over ronde %(n)s") % {"n": facts.round.number},
        about=_("Berekend uit de records. Draad bewaart wat de bron zegt en zet de bevinding ernaast.")
        if facts.findings
        else _("Draad vond in de bronnen over deze ronde geen tegenspraak."),
        columns=[
            Column("title", _("Bevinding"), lambda row: row.title, wide=True),
            Column("sentence", _("Wat er staat"), lambda row: row.sentence, wide=True),
            Column("records", _("Waarop dit rust"), _records, wide=True),
            Column("topic", _("Onderwerp"), lambda row: row.topic),
            Column("state", _("Toestand"), lambda row: row.get_state_display()),
        ],
        rows=facts.findings,
    )


def _records(row: Finding) -> str:
    """The records, at most so many that a cell stays readable; the page of the finding has them all."""
    texts = [record.text for record in row.rests_on]
    rest = len(texts) - MOST_RECORDS
    more = [_("en nog %(n)s, zie de pagina van de bevinding") % {"n": rest}] if rest > 0 else []
    return "\n".join([*texts[:MOST_RECORDS], *more])


@dataclass(frozen=True)
class SourceRow:
    """A source and the sheets that rest on it."""

    source: str
    sheets: Sequence[str]


def sources_table(by_sheet: Sequence[tuple[str, Iterable[str]]]) -> Table[SourceRow]:
    """Every source with the sheets that rest on it."""
    sheets: dict[str, list[str]] = {}
    for sheet, sources in by_sheet:
        for source in dict.fromkeys(sources):
            if source:
                sheets.setdefault(source, []).append(sheet)
    rows = [SourceRow(source_text(source), names) for source, names in sorted(sheets.items())]
    return Table(
        key="bronnen",
        title=_("Bronnen"),
        about=_("Elke bron met de bladen die erop rusten."),
        columns=[
            Column("source", _("Bron"), lambda row: row.source, wide=True),
            Column("sheets", _("Bladen"), lambda row: ", ".join(row.sheets), wide=True),
        ],
        rows=rows,
    )

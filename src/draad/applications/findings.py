"""What a careful reader finds in the printed list of partnerships, computed from its records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from draad.applications.counting import Part, PrintedList
from draad.applications.keys import organisation_key, partnership_key
from draad.applications.models import ListedPartnership
from draad.applications.printed import read_name
from draad.applications.queries.listed import printed_lists
from draad.findings.registry import TOPIC_LIST, FoundThing, Record, rule
from draad.organisations.models import AreaKind, Organisation, OrganisationName
from draad.organisations.names import fold
from draad.organisations.queries import area_names, provinces_of_governments, timeline
from draad.programmes.findings import round_key

ENTRY = gettext_noop("gedrukte samenwerking")


def record_of(entry: ListedPartnership) -> Record:
    """A printed entry as a record that a finding rests on."""
    partners = ", ".join(partner.as_printed for partner in entry.partners.all())
    label = f"{entry.position} · {entry.listed_under} · {entry.lead_as_printed}" + (
        f" ({partners})" if partners else ""
    )
    route, arguments = entry.page
    return Record(ENTRY, label, route=route, arguments=arguments, source=entry.source)


def _found(
    listed: PrintedList,
    subject: str,
    entries: Sequence[ListedPartnership],
    organisations: Sequence[Organisation],
    **parameters: object,
) -> FoundThing:
    """What was found in a list, with the printed entries and the organisations that it is about."""
    place = f"{listed.round.programme.slug}/{listed.round.number}"
    about = [round_key(listed.round), *map(partnership_key, entries), *map(organisation_key, organisations)]
    values = {"round": listed.round.number, **parameters}
    return FoundThing(f"{place}/{subject}", values, [record_of(entry) for entry in entries], about)


@rule(
    "applications.partnership_printed_twice",
    topic=TOPIC_LIST,
    title=_("Samenwerking van %(lead)s meer dan één keer gedrukt"),
    sentence=_(
        "De lijst van ronde %(round)s drukt de samenwerking van %(lead)s met %(partners)s %(times)s keer, "
        "op de plaatsen %(positions)s."
    ),
)
def partnership_printed_twice() -> Iterator[FoundThing]:
    """Entries with the same lead and the same partners."""
    for listed in printed_lists():
        for group in listed.repeated:
            first = group[0]
            yield _found(
                listed, first.lead.slug, group, [first.lead],
                lead=first.lead_as_printed,
                partners=[partner.as_printed for partner in first.partners.all()],
                times=len(group),
                positions=[entry.position for entry in group],
            )  # fmt: skip


@rule(
    "applications.lead_under_other_province",
    topic=TOPIC_LIST,
    title=_("%(lead)s staat onder %(listed_under)s, maar ligt in %(province)s"),
    sentence=_(
        "De lijst van ronde %(round)s zet de samenwerking van %(lead)s onder %(listed_under)s. Bij het begin van de "
        "ronde lag %(lead)s in %(province)s. Van de %(partners)s partners liggen er %(partners_there)s in "
        "%(province)s."
    ),
)
def lead_under_other_province() -> Iterator[FoundThing]:
    """Entries whose lead lay in another province than the one under which they are printed."""
    for listed in printed_lists():
        provinces = provinces_of_governments(listed.round.starts_on)
        for entry in listed.different:
            province = provinces.get(entry.lead_id, entry.listed_under)
            if province == entry.listed_under:
                continue
            partners = [partner.organisation_id for partner in entry.partners.all()]
            yield _found(
                listed, str(entry.position), [entry], [entry.lead],
                lead=entry.lead_as_printed,
                listed_under=entry.listed_under,
                province=province,
                partners=len(partners),
                partners_there=sum(provinces.get(partner) == province for partner in partners),
            )  # fmt: skip


@rule(
    "applications.partner_under_other_province",
    topic=TOPIC_LIST,
    title=_("Onder %(listed_under)s gedrukt, elders gelegen: %(partners)s"),
    sentence=_(
        "De samenwerking van %(lead)s staat in ronde %(round)s onder %(listed_under)s. Bij het begin van de ronde "
        "lagen deze partners in een andere provincie (%(provinces)s): %(partners)s."
    ),
)
def partner_under_other_province() -> Iterator[FoundThing]:
    """Entries of which partners lay in another province than the one under which they are printed."""
    for listed in printed_lists():
        provinces = provinces_of_governments(listed.round.starts_on)
        for entry in listed.different:
            elsewhere = [
                partner
                for partner in entry.partners.all()
                if provinces.get(partner.organisation_id, entry.listed_under) != entry.listed_under
            ]
            if elsewhere:
                yield _found(
                    listed, str(entry.position), [entry], [partner.organisation for partner in elsewhere],
                    lead=entry.lead_as_printed,
                    listed_under=entry.listed_under,
                    partners=[partner.as_printed for partner in elsewhere],
                    provinces=sorted({provinces[partner.organisation_id] for partner in elsewhere}),
                )  # fmt: skip


def _parts(listed: PrintedList) -> Iterator[tuple[Part, str]]:
    """The part of each organisation, with the name by which the list calls it."""
    for part in listed.parts.values():
        yield part, part.organisation.name


@rule(
    "applications.in_several_partnerships",
    topic=TOPIC_LIST,
    title=_("%(government)s in %(times)s verschillende samenwerkingen"),
    sentence=_(
        "In de lijst van ronde %(round)s staat %(government)s in %(times)s verschillende samenwerkingen: als indiener "
        "in %(as_lead)s, als partner in %(as_partner)s."
    ),
)
def in_several_partnerships() -> Iterator[FoundThing]:
    """Organisations that take part in more than one different partnership."""
    for listed in printed_lists():
        for part, name in _parts(listed):
            if part.all > 1:
                yield _found(
                    listed, part.organisation.slug, listed.entries_of(part.organisation), [part.organisation],
                    government=name, times=part.all, as_lead=part.as_lead, as_partner=part.as_partner,
                )  # fmt: skip


@rule(
    "applications.lead_and_partner",
    topic=TOPIC_LIST,
    title=_("%(government)s is indiener én partner"),
    sentence=_(
        "%(government)s dient in ronde %(round)s zelf een samenwerking in (%(as_lead)s keer) en is partner bij een "
        "andere indiener (%(as_partner)s keer)."
    ),
)
def lead_and_partner() -> Iterator[FoundThing]:
    """Organisations that lead one partnership and are a partner in another."""
    for listed in printed_lists():
        for part, name in _parts(listed):
            if part.as_lead and part.as_partner:
                yield _found(
                    listed, part.organisation.slug, listed.entries_of(part.organisation), [part.organisation],
                    government=name, as_lead=part.as_lead, as_partner=part.as_partner,
                )  # fmt: skip


@rule(
    "applications.lead_without_partners",
    topic=TOPIC_LIST,
    title=_("%(lead)s staat zonder partners in de lijst van samenwerkingen"),
    sentence=_("De lijst van samenwerkingen van ronde %(round)s noemt %(lead)s als indiener en geen enkele partner."),
)
def lead_without_partners() -> Iterator[FoundThing]:
    """Entries of a list of partnerships that name nobody but the lead."""
    for listed in printed_lists():
        for entry in listed.different:
            if not entry.partners.all():
                yield _found(listed, str(entry.position), [entry], [entry.lead], lead=entry.lead_as_printed)


@rule(
    "applications.members_in_several_regions",
    topic=TOPIC_LIST,
    title=_("De leden van %(lead)s liggen niet in één referentieregio"),
    sentence=_(
        "De regels vragen dat leden van een samenwerking in één referentieregio liggen. De samenwerking van %(lead)s "
        "in ronde %(round)s heeft leden in %(regions)s (indeling geldig bij het begin van de ronde). In %(smaller)s: "
        "%(members)s."
    ),
)
def members_in_several_regions() -> Iterator[FoundThing]:
    """Entries whose members that have a territory lay in more than one reference region."""
    for listed in printed_lists():
        day = listed.round.starts_on
        history, names = timeline(), area_names(AreaKind.REFERENCE_REGION, day)
        for entry in listed.different:
            members = [entry.lead, *(partner.organisation for partner in entry.partners.all())]
            places = [(member, history.territory_of(member.pk, day)) for member in members]
            regions = [(member, names[place.pk]) for member, place in places if place and place.pk in names]
            different = sorted({region for _member, region in regions}, key=lambda r: -_times(r, regions))
            if len(different) > 1:
                apart = [member for member, region in regions if region != different[0]]
                yield _found(
                    listed, str(entry.position), [entry], apart,
                    lead=entry.lead_as_printed,
                    regions=different,
                    smaller=different[1:],
                    members=[member.name for member in apart],
                )  # fmt: skip


def _times(region: str, regions: Sequence[tuple[Organisation, str]]) -> int:
    return sum(name == region for _member, name in regions)


@rule(
    "applications.name_printed_differently",
    topic=TOPIC_LIST,
    title=_("“%(printed)s” gedrukt, %(official)s bedoeld"),
    sentence=_(
        "De lijst van ronde %(round)s drukt “%(printed)s”. Zo heet geen bestuur; bedoeld is %(official)s. Draad "
        "bewaart de naam zoals gedrukt."
    ),
)
def name_printed_differently() -> Iterator[FoundThing]:
    """Printed names that are no name, then or ever, of the organisation that is meant."""
    names: dict[int, set[str]] = defaultdict(set)
    for organisation, folded in OrganisationName.objects.values_list("organisation_id", "folded"):
        names[organisation].add(folded)
    for listed in printed_lists():
        for entry in listed.different:
            partners = [(partner.as_printed, partner.organisation) for partner in entry.partners.all()]
            for printed, organisation in [(entry.lead_as_printed, entry.lead), *partners]:
                if fold(read_name(printed).name) not in names[organisation.pk]:
                    yield _found(
                        listed, f"{entry.position}/{organisation.slug}", [entry], [organisation],
                        printed=printed, official=organisation.name,
                    )  # fmt: skip

"""The lists of this room, for pages and downloads."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from draad.documents.tables import Column, Gap, Kind, Table
from draad.organisations.models import AreaKind, OrganisationName
from draad.organisations.portrait import Count, Ground, Portrait
from draad.organisations.queries.register import Government, Register
from draad.organisations.queries.totals import AreaTotal, area_totals
from draad.web.formatting import day
from draad.web.sources import source_text

AREA_FILTER = {
    AreaKind.PROVINCE: "province",
    AreaKind.REFERENCE_REGION: "region",
    AreaKind.ARRONDISSEMENT: "arrondissement",
}


def governments_table(register: Register) -> Table[Government]:
    """The local governments of a day; found by former names too."""
    date_of = day(register.reference_date) if register.reference_date else "–"
    about = _("Lokale besturen op %(day)s.") % {"day": day(register.on)}
    if any(row.added_up for row in register.governments):
        about += " " + _("Inwoners van een gemeente die later fuseerde: de som van haar delen.")
    columns: list[Column[Government]] = [
        Column("name", _("Bestuur"), lambda row: row.name,
               link=lambda row: reverse("organisations:government", args=[row.slug])),
        Column("province", _("Provincie"), lambda row: row.province, choices=True),
        Column("region", _("Referentieregio"), lambda row: row.region, choices=True),
        Column("arrondissement", _("Arrondissement"), lambda row: row.arrondissement, choices=True),
        Column("inhabitants", _("Inwoners op %(day)s") % {"day": date_of}, lambda row: row.inhabitants, Kind.COUNT,
               total=True),
        Column("nis", _("NIS-code"), lambda row: row.nis),
        Column("kbo", _("KBO-nummer"), lambda row: row.kbo),
    ]  # fmt: skip
    return Table(
        key="besturen",
        title=_("Lokale besturen"),
        about=about,
        columns=columns,
        rows=register.governments,
        source=_("lijsten van gebiedscodes; inwoners: Statbel"),
        search=lambda row: row.known_as,
    )


def names_table(found: Portrait) -> Table[OrganisationName]:
    """The names of an organisation through time."""
    return Table(
        key="namen",
        title=_("Namen door de tijd"),
        columns=[
            Column("name", _("Naam"), lambda row: row.name),
            Column("kind", _("Soort"), lambda row: row.get_kind_display()),
            Column("from", _("Van"), lambda row: row.valid_from, Kind.DATE),
            Column("to", _("Tot en met"), lambda row: row.valid_to, Kind.DATE),
            Column("source", _("Bron"), lambda row: source_text(row.source), wide=True),
        ],
        rows=found.names,
    )


def territories_table(found: Portrait) -> Table[Ground]:
    """The territories of a government through time, with the areas they lie in."""
    regions = [_region_column(edition) for edition in found.editions]
    return Table(
        key="grondgebied",
        title=_("Grondgebied door de tijd"),
        columns=[
            Column("nis", _("NIS-code"), lambda row: row.territory.nis),
            Column("from", _("Van"), lambda row: row.territory.valid_from, Kind.DATE),
            Column("to", _("Tot en met"), lambda row: row.territory.valid_to, Kind.DATE),
            Column("province", _("Provincie"), lambda row: row.area(AreaKind.PROVINCE)),
            Column("arrondissement", _("Arrondissement"), lambda row: row.area(AreaKind.ARRONDISSEMENT)),
            *regions,
            Column("centre", _("Centrumstad"), lambda row: row.territory.centre_city, Kind.YES_NO),
            Column("title", _("Stadstitel (niet nagekeken)"), _city_title, Kind.YES_NO),
        ],
        rows=found.ground,
    )


def _region_column(edition: str) -> Column[Ground]:
    label = _("Referentieregio %(edition)s") % {"edition": edition}
    return Column(f"region{edition}", label, lambda row: row.area(AreaKind.REFERENCE_REGION, edition))


def _city_title(row: Ground) -> bool | Gap:
    known = row.territory.city_title
    return Gap(_("niet bekend")) if known is None else known


def population_table(found: Portrait) -> Table[Count]:
    """The inhabitants of a government, with the figures that are missing."""
    return Table(
        key="inwoners",
        title=_("Inwoners"),
        columns=[
            Column("group", _("Wie"), lambda row: row.group),
            Column("on", _("Op"), lambda row: row.on, Kind.DATE),
            Column("persons", _("Personen"), lambda row: row.persons, Kind.COUNT),
            Column("note", _("Toelichting"), lambda row: row.note, wide=True),
            Column("source", _("Bron"), lambda row: source_text(row.source), wide=True),
        ],
        rows=found.counts,
    )


def areas_table(found: Register, kind: AreaKind, title: str) -> Table[AreaTotal]:
    """The areas of one kind on a day; the number of governments leads to their list."""
    date_of = day(found.reference_date) if found.reference_date else "–"
    governments = reverse("organisations:governments")
    columns: list[Column[AreaTotal]] = [
        Column("name", kind.label.capitalize(), lambda row: row.name),
        Column("governments", _("Lokale besturen"), lambda row: row.governments, Kind.COUNT, total=True,
               link=lambda row: f"{governments}?{urlencode({'op': found.on, AREA_FILTER[row.kind]: row.name})}"),
        Column("inhabitants", _("Inwoners op %(day)s") % {"day": date_of}, lambda row: row.inhabitants, Kind.COUNT,
               total=True),
        Column("non_eu15", _("Herkomst buiten de EU-15"), lambda row: row.non_eu15, Kind.COUNT, total=True),
    ]  # fmt: skip
    return Table(
        key=kind.value.replace("_", "-"),
        title=title,
        columns=columns,
        rows=area_totals(found, kind),
        source=_("lijsten van gebiedscodes; inwoners: Statbel"),
    )

"""The lists about inhabitants for who manages them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from draad.documents.tables import Column, Gap, Kind, Table
from draad.organisations.models import PopulationFigure, PopulationGroup, Territory
from draad.organisations.population_file import Problem
from draad.organisations.population_preview import Line, Preview
from draad.organisations.queries.periods import holds
from draad.web.sources import source_text


@dataclass(frozen=True)
class Held:
    """The figures of one group on one date: how many municipalities have one, and how many have none."""

    group: str
    on: date | None
    known: int | Gap
    missing: int | Gap
    source: str


def figures_table() -> Table[Held]:
    """What Draad has of each group; a group without any figure is a gap."""
    return Table(
        key="cijfers",
        title=_("Wat Draad heeft"),
        columns=[
            Column("group", _("Wie"), lambda row: row.group),
            Column("on", _("Op"), lambda row: row.on, Kind.DATE),
            Column("known", _("Gemeenten met cijfer"), lambda row: row.known, Kind.COUNT),
            Column("missing", _("Zonder cijfer"), lambda row: row.missing, Kind.COUNT),
            Column("source", _("Bron"), lambda row: row.source, wide=True),
        ],
        rows=_held(),
    )


def _held() -> list[Held]:
    figures: dict[tuple[str, date], list[tuple[int, str]]] = defaultdict(list)
    rows = PopulationFigure.objects.order_by("group", "-reference_date", "source")
    for group, on, place, source in rows.values_list("group", "reference_date", "territory_id", "source"):
        figures[group, on].append((place, source))
    places = list(Territory.objects.all())
    held = []
    for group in PopulationGroup:
        dates = [on for known, on in figures if known == group.value]
        held += [_row(group, on, figures[group.value, on], places) for on in dates]
        if not dates:
            gap = Gap(_("niet openbaar"))
            held.append(Held(str(group.label), None, gap, gap, ""))
    return held


def _row(group: PopulationGroup, on: date, figures: list[tuple[int, str]], places: list[Territory]) -> Held:
    known = {place for place, _source in figures}
    then = {place.pk for place in places if holds(place.valid_from, place.valid_to, on)}
    sources = "; ".join(dict.fromkeys(source_text(source) for _place, source in figures))
    return Held(str(group.label), on, len(known), len(then - known), sources)


def problems_table(seen: Preview) -> Table[Problem]:
    """The rows that are not right."""
    return Table(
        key="fouten",
        title=_("Rijen met een fout"),
        columns=[
            Column("row", _("Rij"), lambda problem: problem.row, Kind.YEAR),
            Column("field", _("Kolom"), lambda problem: problem.field),
            Column("sentence", _("Wat er niet klopt"), lambda problem: problem.sentence, wide=True),
        ],
        rows=seen.problems,
    )


def rows_table(seen: Preview) -> Table[Line]:
    """The figures that would be stored."""
    words = {"new": _("nieuw"), "changed": _("gewijzigd"), "same": _("gelijk")}
    return Table(
        key="rijen",
        title=_("Goede rijen"),
        columns=[
            Column("name", _("Gemeente"), lambda line: line.name),
            Column("nis", _("NIS-code"), lambda line: line.nis),
            Column("now", _("Nu"), lambda line: Gap(_("geen cijfer")) if line.now is None else line.now, Kind.COUNT),
            Column("then", _("In het bestand"), lambda line: line.then, Kind.COUNT, total=True),
            Column("changes", _("Verandering"), lambda line: words[line.changes], choices=True),
        ],
        rows=seen.lines,
        search=lambda line: f"{line.name} {line.nis}",
    )

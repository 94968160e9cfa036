"""All that this room knows of one organisation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from draad.documents.tables import Gap
from draad.organisations.models import (
    AreaKind,
    NameKind,
    Organisation,
    OrganisationName,
    PopulationGroup,
    Territory,
)
from draad.organisations.queries.areas import areas
from draad.organisations.queries.population import figures_of, inhabitants, reference_dates_on
from draad.organisations.queries.timeline import Timeline, timeline


@dataclass(frozen=True)
class Merger:
    """Another organisation that went up in this one on a day, or in which this one went up."""

    organisation: Organisation
    on: date


@dataclass(frozen=True)
class Ground:
    """A territory of the organisation, and the areas it lies in by kind and edition."""

    territory: Territory
    areas: dict[tuple[str, str], str]

    def area(self, kind: str, edition: str = "") -> str:
        """The name of the area of that kind and edition; empty when the edition does not know the territory."""
        return self.areas.get((kind, edition), "")


@dataclass(frozen=True)
class Count:
    """Inhabitants of one group on one date, or the gap where the figure should be."""

    group: str
    on: date | None
    persons: int | Gap
    note: str
    source: str


@dataclass(frozen=True)
class Portrait:
    """What the page of an organisation shows. ``ground`` is in the order of time, the last is the newest."""

    organisation: Organisation
    names: Sequence[OrganisationName]
    ground: Sequence[Ground]
    editions: Sequence[str]
    successor: Merger | None
    predecessors: Sequence[Merger]
    counts: Sequence[Count]

    @property
    def latest(self) -> Ground | None:
        """The territory of now, or the last one."""
        return self.ground[-1] if self.ground else None

    @property
    def province(self) -> str:
        """The province of the latest territory."""
        return self.latest.area(AreaKind.PROVINCE) if self.latest else ""

    @property
    def aliases(self) -> list[str]:
        """Other names in use."""
        return [name.name for name in self.names if name.kind == NameKind.ALIAS]


def portrait(organisation: Organisation) -> Portrait:
    """Gather names, territories, areas, mergers and inhabitants; without territory there are only names."""
    history = timeline()
    held = [history.territories[j.territory_id] for j in history.held.get(organisation.pk, [])]
    lies: dict[int, dict[tuple[str, str], str]] = {place.pk: {} for place in held}
    for kind, editions in areas().items():
        for edition, names in editions.items():
            for place in held:
                if place.pk in names:
                    lies[place.pk][kind, edition] = names[place.pk]
    after, before = _mergers(history, held, organisation)
    return Portrait(
        organisation=organisation,
        names=list(organisation.names.order_by("kind", F("valid_from").asc(nulls_first=True), "name")),
        ground=[Ground(place, lies[place.pk]) for place in held],
        editions=sorted({edition for known in lies.values() for _kind, edition in known if edition}),
        successor=after[0] if after else None,
        predecessors=before,
        counts=_counts(history, held),
    )


def _mergers(
    history: Timeline, held: Sequence[Territory], organisation: Organisation
) -> tuple[list[Merger], list[Merger]]:
    """With whom it merged: in whom it went up, and who went up in it."""
    own = {place.pk for place in held}
    sides: tuple[list[Merger], list[Merger]] = ([], [])
    for (before, after), on in sorted(
        history.merged_on.items(), key=lambda merger: (merger[1], history.territories[merger[0][0]].name)
    ):
        if before not in own and after not in own:
            continue
        forward = before in own
        governed = history.governed.get(after if forward else before, [])
        others = [j.organisation for j in governed if j.organisation_id != organisation.pk]
        sides[0 if forward else 1].extend(Merger(other, on) for other in others[:1])
    return sides


def _counts(history: Timeline, held: Sequence[Territory]) -> list[Count]:
    """Every figure of its territories; where the latest has none that counts now, the sum of its parts or the gap."""
    if not held:
        return []
    latest, today = held[-1], timezone.localdate()
    dates, figures = reference_dates_on(today), figures_of([place.pk for place in held])
    counts = [
        Count(figure.get_group_display(), figure.reference_date, figure.persons,
              _("grondgebied %(nis)s") % {"nis": history.territories[figure.territory_id].nis}, figure.source)
        for figure in figures
    ]  # fmt: skip
    have = {(figure.group, figure.reference_date) for figure in figures if figure.territory_id == latest.pk}
    for group in PopulationGroup:
        on = dates.get(group)
        now = inhabitants(history, on, min(today, latest.valid_to or today), group)[latest.pk]
        if now.parts or (group.value, on) not in have:
            note = _("grondgebied %(nis)s: som van %(names)s") % {"nis": latest.nis, "names": ", ".join(now.parts)}
            counts.append(Count(str(group.label), on, now.persons, note if now.parts else "", now.source))
    return counts

"""What the home page says of a programme: the thread with values, figures per round, the map, the actions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from draad.applications.counting import PrintedList
from draad.applications.queries.listed import printed_lists
from draad.applications.roles import ListedRole, MunicipalityRole, edition_day, roles_of_municipalities
from draad.documents.tables import Column, Kind, Table
from draad.figures.models import PublishedFigure
from draad.figures.queries import Notes, RoundFigures, Values, round_figures
from draad.organisations.maps import edition_on, tile_map
from draad.programmes.models import Programme, Round
from draad.programmes.overview import ObjectiveGroup, objective_groups
from draad.programmes.queries import Place, Version, current_terms
from draad.programmes.tables import round_address
from draad.programmes.timeline import Timeline, timeline
from draad.web.formatting import number
from draad.web.thread import Station, Stop, thread
from draad.web.tilemap import Scale, TileMap, TileValue, categories

LEAD, MEMBER = "lead", "member"
ROLE_KEYS = {ListedRole.LEAD: LEAD, ListedRole.MEMBER: MEMBER}


def current_programme() -> Programme | None:
    """The programme of the round that starts last, an invented one if there is no other; None on an empty site."""
    newest = Round.objects.select_related("programme").order_by("programme__example", "-starts_on").first()
    return newest.programme if newest else None


@dataclass(frozen=True)
class NotedValue:
    """A published value with the numbers of the notes that name its source, and the other values of other sources."""

    figure: PublishedFigure
    note: int
    others: Sequence[tuple[PublishedFigure, int]]


@dataclass(frozen=True)
class RoundColumn:
    """One round in the table of the home page."""

    round: Round
    granted: NotedValue | None
    envelope: NotedValue | None
    share: Decimal | None
    participants: NotedValue | None
    reached: NotedValue | None
    reached_of: NotedValue | None
    plans: NotedValue | None
    plans_of: NotedValue | None


@dataclass(frozen=True)
class RoleRow:
    """One province under the map."""

    province: str
    leads: int
    members: int
    not_listed: int


@dataclass
class Home:
    """Everything the home page shows of a programme; each part is read once."""

    programme: Programme

    def __post_init__(self) -> None:
        self.notes = Notes()

    @cached_property
    def figures(self) -> list[RoundFigures]:
        """What is published per round."""
        return round_figures(self.programme)

    @cached_property
    def rounds(self) -> list[RoundColumn]:
        """The columns of the table with figures."""
        return [self._column(figures) for figures in self.figures]

    @property
    def timeline(self) -> Timeline | None:
        """The rounds in time."""
        rounds = [figures.round for figures in self.figures]
        return timeline(rounds, [round_address(self.programme, of_round.number) for of_round in rounds])

    @property
    def introduction(self) -> tuple[str, str]:
        """What the programme is for, with the language it is in."""
        return self.programme.introduced_in(get_language() or "nl")

    @property
    def number_of_actions(self) -> int:
        """How many actions the programme has."""
        return sum(len(group.actions) for group in self.objectives)

    @cached_property
    def terms(self) -> dict[Place, Version]:
        """The terms that hold, by action and round."""
        return current_terms(self.programme)

    @cached_property
    def objectives(self) -> list[ObjectiveGroup]:
        """The objectives with their actions and in which rounds each is subsidised."""
        actions = self.programme.actions.select_related("objective")
        return objective_groups(list(actions), [figures.round for figures in self.figures], self.terms)

    @cached_property
    def stations(self) -> Sequence[Station]:
        """The thread with a value at each station that the facts reach."""
        stops = {"terms": self._terms_stop()}
        first = next(iter(self.figures), None)
        if first is not None:
            stops |= self._published_stops(first)
        return thread(stops)

    @cached_property
    def listed(self) -> PrintedList | None:
        """The list of partnerships of the newest round that has one."""
        lists = [listed for listed in printed_lists() if listed.round.programme_id == self.programme.pk]
        return max(lists, key=lambda listed: listed.round.number, default=None)

    @property
    def mapped_round(self) -> Round | None:
        """The round of that list."""
        return self.listed.round if self.listed else None

    @cached_property
    def roles(self) -> dict[str, MunicipalityRole]:
        """The role of every municipality of today's map in that round."""
        return roles_of_municipalities(self.listed, self.edition) if self.listed else {}

    @cached_property
    def edition(self) -> str:
        """The newest edition of the tile map."""
        return edition_on(edition_day("9999"))

    @property
    def municipalities_together(self) -> int:
        """How many municipalities of today stand in the list."""
        return sum(role.role is not ListedRole.NOT_LISTED for role in self.roles.values())

    @cached_property
    def map(self) -> TileMap:
        """Who asked together with whom, a tile for each municipality."""
        listed = {nis: role for nis, role in self.roles.items() if role.role is not ListedRole.NOT_LISTED}
        return tile_map(
            self.edition,
            {nis: TileValue(ROLE_KEYS[role.role], _role_in_words(role)) for nis, role in listed.items()},
            classes=role_classes(),
            key="partnerships",
            title=_("Samenwerkingen per gemeente"),
            about=_("Gemeenten in de lijst van samenwerkingen, op het grondgebied van %(edition)s. Elke tegel is een "
                    "gemeente.") % {"edition": self.edition},
            markers=[nis for nis, role in self.roles.items() if role.mentor],
            marker_label=_("mentorbestuur"),
        )  # fmt: skip

    def role_table(self) -> Table[RoleRow]:
        """The table behind the map, per province."""
        return Table(
            key="per-province",
            title=_("Per provincie, gemeenten van %(edition)s") % {"edition": self.edition},
            columns=[
                Column("province", _("Provincie"), lambda row: row.province),
                Column("leads", _("indiener"), lambda row: row.leads, Kind.COUNT, total=True),
                Column("members", _("lid"), lambda row: row.members, Kind.COUNT, total=True),
                Column("not_listed", _("niet in de lijst"), lambda row: row.not_listed, Kind.COUNT, total=True),
            ],
            rows=self._role_rows(),
        )

    def _role_rows(self) -> list[RoleRow]:
        provinces = sorted({role.province for role in self.roles.values()})

        def number(province: str, wanted: ListedRole) -> int:
            return sum(role.province == province and role.role is wanted for role in self.roles.values())

        return [
            RoleRow(province, *(number(province, wanted) for wanted in sorted(ListedRole, reverse=True)))
            for province in provinces
        ]

    def _terms_stop(self) -> Stop:
        lines = sum(len(version.values.lines) for (_action, number), version in self.terms.items() if number == 1)
        return Stop(
            _("acties, %(n)s KPI-lijnen in ronde 1") % {"n": lines},
            reverse("programmes:programme", args=[self.programme.slug]),
            str(self.number_of_actions),
        )

    def _published_stops(self, first: RoundFigures) -> dict[str, Stop]:
        known = {
            "application": (first.participants, _("lokale besturen in ronde 1")),
            "grant": (first.granted, _("toegekend in ronde 1")),
            "result": (first.opportunities_reached, _("bereikt met actie 5 in ronde 1")),
        }
        return {
            station: Stop(note, values.first.get_absolute_url(), _short(values.first), values.first.shown)
            for station, (values, note) in known.items()
            if values.first
        }

    def _column(self, figures: RoundFigures) -> RoundColumn:
        return RoundColumn(
            round=figures.round,
            granted=self._noted(figures.granted),
            envelope=self._noted(figures.envelope),
            share=figures.granted_share,
            participants=self._noted(figures.participants),
            reached=self._noted(figures.opportunities_reached),
            reached_of=self._noted(figures.opportunities_granted),
            plans=self._noted(figures.plans_achieved),
            plans_of=self._noted(figures.plans_granted),
        )

    def _noted(self, values: Values) -> NotedValue | None:
        if values.first is None:
            return None
        others = [(other, self.notes.number(other.source)) for other in values.others]
        return NotedValue(values.first, self.notes.number(values.first.source), others)


def role_classes() -> Scale:
    """The two classes of the map: lead and member."""
    return categories([(MEMBER, _("lid")), (LEAD, _("indiener"))])


def _role_in_words(role: MunicipalityRole) -> str:
    words = _("indiener van een samenwerking") if role.role is ListedRole.LEAD else _("lid van een samenwerking")
    return f"{words} ({', '.join(sorted(role.named))})" if role.named else words


def _short(figure: PublishedFigure) -> str:
    """A value for the thread: millions of euro in one decimal."""
    if figure.kind is Kind.EURO and figure.value >= 1_000_000:
        return _("€ %(number)s mln") % {"number": number(figure.value / 1_000_000, 1)}
    return figure.shown

"""Reads of published figures that more than one page needs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import F, QuerySet

from draad.figures.models import PublishedFigure
from draad.programmes.models import Action, Programme, Round

GRANTED, ENVELOPE, PARTICIPANTS = "granted amount", "envelope", "participating governments"
UNITS_GRANTED, UNITS_ACHIEVED = "units granted", "units achieved"
PLANS_GRANTED, PLANS_ACHIEVED = "plans granted", "plans achieved"


def figures() -> QuerySet[PublishedFigure]:
    """Every published figure with what its page needs, by round, action and place in the sources."""
    rows: QuerySet[PublishedFigure] = PublishedFigure.objects.select_related(
        "programme", "round__programme", "action__programme", "action__objective"
    )
    return rows.order_by(
        "programme__slug",
        F("round__number").asc(nulls_last=True),
        F("action__number").asc(nulls_first=True),
        "position",
    )


def same_figure(figure: PublishedFigure) -> list[PublishedFigure]:
    """The other records for the same programme, round, action and measure."""
    rows = figures().filter(
        programme=figure.programme, round=figure.round, action=figure.action, measure=figure.measure
    )
    return list(rows.exclude(pk=figure.pk))


@dataclass(frozen=True)
class Values:
    """What the sources say about one figure: the first record leads, ``others`` give other values."""

    records: Sequence[PublishedFigure] = ()

    @property
    def first(self) -> PublishedFigure | None:
        """The record that leads: the first in the sources that is not rounded, else the first."""
        exact = [record for record in self.records if not record.rounded]
        return next(iter([*exact, *self.records]), None)

    @property
    def others(self) -> list[PublishedFigure]:
        """One record for each value that differs from the one that leads."""
        lead = self.first
        different = {r.value: r for r in reversed(self.records) if lead is not None and r.value != lead.value}
        return sorted(different.values(), key=lambda record: record.position)

    @property
    def value(self) -> Decimal | None:
        """The value that leads; None when nothing is published."""
        return self.first.value if self.first else None


@dataclass
class Board:
    """Published figures by round number, action number and measure; the database is read once."""

    found: dict[tuple[int | None, int | None, str], list[PublishedFigure]] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[PublishedFigure]) -> Board:
        """A board of these records."""
        board = cls()
        for row in rows:
            key = (row.round.number if row.round else None, row.action.number if row.action else None, row.measure)
            board.found.setdefault(key, []).append(row)
        return board

    def values(self, round_number: int | None, action_number: int | None, measure: str) -> Values:
        """What the sources say about one figure."""
        return Values(self.found.get((round_number, action_number, measure), []))


@dataclass(frozen=True)
class RoundFigures:
    """What is published of a round, for the home page."""

    round: Round
    granted: Values
    envelope: Values
    participants: Values
    opportunities_reached: Values
    opportunities_granted: Values
    plans_achieved: Values
    plans_granted: Values

    @property
    def granted_share(self) -> Decimal | None:
        """The granted amount as a percentage of the envelope; None when one of them is missing."""
        granted, envelope = self.granted.value, self.envelope.value
        return granted * 100 / envelope if granted is not None and envelope else None


LANGUAGE_ACTION, POLARISATION_ACTION = 5, 2


def round_figures(programme: Programme) -> list[RoundFigures]:
    """What is published of every round: amounts, participants, practice of Dutch (action 5), plans (action 2)."""
    board = Board.of(figures().filter(programme=programme))

    def of(round_: Round) -> RoundFigures:
        number = round_.number
        return RoundFigures(
            round_,
            granted=board.values(number, None, GRANTED),
            envelope=board.values(number, None, ENVELOPE),
            participants=board.values(number, None, PARTICIPANTS),
            opportunities_reached=board.values(number, LANGUAGE_ACTION, UNITS_ACHIEVED),
            opportunities_granted=board.values(number, LANGUAGE_ACTION, UNITS_GRANTED),
            plans_achieved=board.values(number, POLARISATION_ACTION, PLANS_ACHIEVED),
            plans_granted=board.values(number, POLARISATION_ACTION, PLANS_GRANTED),
        )

    return [of(round_) for round_ in programme.rounds.all()]


@dataclass
class Notes:
    """Sources as numbered notes: the same source keeps its number."""

    sources: list[str] = field(default_factory=list)

    def number(self, source: str) -> int:
        """The number of a source, a new one when it is new."""
        if source not in self.sources:
            self.sources.append(source)
        return self.sources.index(source) + 1


@dataclass(frozen=True)
class ActionRound:
    """What is published of an action in a round: target, reached, granted, governments."""

    round: Round
    target: Values
    reached: Values
    granted: Values
    governments: Values


def action_rounds(action: Action, published: Iterable[PublishedFigure] | None = None) -> list[ActionRound]:
    """What is published of an action, per round; target and reached are units of the KPI, or plans.

    Args:
        action: the action.
        published: its figures, when they were read already.
    """
    board = Board.of(figures().filter(action=action) if published is None else published)
    number = action.number

    def of(round_: Round) -> ActionRound:
        n = round_.number
        return ActionRound(
            round_,
            target=_either(board.values(n, number, UNITS_GRANTED), board.values(n, number, PLANS_GRANTED)),
            reached=_either(board.values(n, number, UNITS_ACHIEVED), board.values(n, number, PLANS_ACHIEVED)),
            granted=board.values(n, number, GRANTED),
            governments=board.values(n, number, PARTICIPANTS),
        )

    return [of(round_) for round_ in action.programme.rounds.all()]


def _either(first: Values, second: Values) -> Values:
    return first if first.records else second

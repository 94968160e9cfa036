"""The rounds of a programme in time as the shapes of a drawing: a bar per round, its call and its report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from draad.programmes.models import Round
from draad.web.formatting import day

LEFT, WIDTH, LANE, TOP, BAR = 4, 372, 46, 12, 30


@dataclass(frozen=True)
class Tick:
    """The first of January of a year: where its line stands and where its name is written."""

    x: float
    middle: float
    year: str


@dataclass(frozen=True)
class Lane:
    """One round: its bar, the bar of its call (None when no closing day is known) and its final report."""

    name: str
    href: str
    y: int
    x: float
    width: float
    call_x: float | None
    call_width: float
    report_x: float | None

    @property
    def middle(self) -> float:
        """Where the name of the round is written."""
        return round(self.x + self.width / 2, 1)

    @property
    def text_y(self) -> int:
        """The base line of the name."""
        return self.y + 20

    @property
    def call_y(self) -> int:
        """The top of the bar of the call."""
        return self.y + 7

    @property
    def report_y(self) -> int:
        """The middle of the report."""
        return self.y + 15


@dataclass(frozen=True)
class Timeline:
    """The whole drawing with the words that say the same."""

    ticks: Sequence[Tick]
    lanes: Sequence[Lane]
    end: float
    height: int
    text: str


def timeline(rounds: Sequence[Round], addresses: Sequence[str]) -> Timeline | None:
    """Draw the rounds; ``addresses`` are their pages. None when there are no rounds.

    A call of which only the last day is known is drawn as a thin bar that ends on that day.
    """
    if not rounds:
        return None
    days = [
        d for r in rounds for d in (r.starts_on, r.ends_on, r.call_opens_on, r.call_closes_on, r.final_due_on) if d
    ]
    first, last = date(min(days).year, 1, 1), date(max(days).year + 1, 1, 1)

    def at(moment: date) -> float:
        return round(LEFT + WIDTH * (moment - first).days / (last - first).days, 1)

    ticks = [
        Tick(at(date(year, 1, 1)), round((at(date(year, 1, 1)) + at(date(year + 1, 1, 1))) / 2, 1), str(year))
        for year in range(first.year, last.year)
    ]
    lanes = []
    for place, (of_round, href) in enumerate(zip(rounds, addresses, strict=True)):
        x, closes, opens = at(of_round.starts_on), of_round.call_closes_on, of_round.call_opens_on
        call_width = max(5.0, at(closes) - at(opens)) if closes and opens else 5.0
        lanes.append(
            Lane(
                name=_("Ronde %(n)s") % {"n": of_round.number},
                href=href,
                y=TOP + LANE * place,
                x=x,
                width=round(at(of_round.ends_on) - x, 1),
                call_x=round(at(closes) - call_width, 1) if closes else None,
                call_width=round(call_width, 1),
                report_x=at(of_round.final_due_on) if of_round.final_due_on else None,
            )
        )
    text = " ".join(_in_words(of_round) for of_round in rounds)
    return Timeline(ticks, lanes, at(last), TOP + LANE * len(rounds) + 30, text)


def _in_words(of_round: Round) -> str:
    parts = [_("van %(first)s tot %(last)s") % {"first": day(of_round.starts_on), "last": day(of_round.ends_on)}]
    if of_round.call_closes_on and of_round.call_opens_on:
        dates = {"opens": day(of_round.call_opens_on), "closes": day(of_round.call_closes_on)}
        parts.append(_("oproep van %(opens)s tot %(closes)s") % dates)
    elif of_round.call_closes_on:
        parts.append(_("oproep tot %(closes)s") % {"closes": day(of_round.call_closes_on)})
    if of_round.final_due_on:
        parts.append(_("eindrapport op %(due)s") % {"due": day(of_round.final_due_on)})
    return _("Ronde %(n)s: %(what)s.") % {"n": of_round.number, "what": ", ".join(parts)}

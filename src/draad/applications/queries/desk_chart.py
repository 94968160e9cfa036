"""The drawings of the desk: how shares are spread, where the choice matters most, and the map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from draad.accounts.freshness import while_unchanged
from draad.applications.models import Scenario
from draad.applications.queries.desk_claims import Desk, desk_of
from draad.applications.queries.desk_totals import HUNDRED, ApplicantRow, Outcome, Pair, governments_of, outcomes_of
from draad.organisations.maps import edition_on, tile_map
from draad.organisations.queries import nis_codes_on
from draad.web.formatting import euro, percent
from draad.web.tilemap import MapClass, Scale, TileMap, TileValue

BINS = 10
BAR, STEP, FLOOR, TALLEST = 32, 34, 88, 66
"""Sizes of the histogram in its own units: width of a bar, from bar to bar, the axis, the highest bar."""
LEFT, RIGHT, TOP, ROW = 190, 620, 28, 27
"""Sizes of the dumbbells: the lowest and the highest share, the first row, from row to row."""
MOST_ROWS = 12
FIRST_FILL = 1


@dataclass(frozen=True)
class Bar:
    """A bar: its left side, top, height and number; the middle and the height of its words."""

    x: int
    y: int
    height: int
    count: int
    middle: int
    words_y: int


@dataclass(frozen=True)
class Histogram:
    """How many applicants get which tenth of what they ask, and the same in words."""

    bars: Sequence[Bar]
    says: str


def histogram(outcome: Outcome) -> Histogram:
    """The applicants of a scenario by share, in tenths; who gets all stands in the last."""
    counts = [0] * BINS
    for pair in outcome.applications.values():
        if pair.share is not None:
            counts[min(int(pair.share // BINS), BINS - 1)] += 1
    highest = max(counts) or 1
    bars, said = [], []
    for place, count in enumerate(counts):
        height = max(round(count * TALLEST / highest), 1) if count else 0
        x = 1 + STEP * place
        bars.append(Bar(x, FLOOR - height, height, count, x + BAR // 2, FLOOR - height - 5))
        if count:
            between = _("%(low)s tot %(high)s %%") % {"low": place * BINS, "high": (place + 1) * BINS}
            who = ngettext("%(n)s aanvrager", "%(n)s aanvragers", count) % {"n": count}
            said.append(f"{between}: {who}")
    return Histogram(bars, "; ".join(said))


@dataclass(frozen=True)
class Dot:
    """A share on a line: which scenario (from 0), where, and how it is written."""

    series: int
    x: int
    y: int
    shown: str


@dataclass(frozen=True)
class Dumbbell:
    """An applicant: its dots, the line between the outer ones, and what it gains from the first to the second."""

    name: str
    y: int
    words_y: int
    dots: Sequence[Dot]
    start: int
    end: int
    gain: str
    row: ApplicantRow


@dataclass(frozen=True)
class Dumbbells:
    """Where the choice matters most: rows, the ticks of the axis, and the size of the drawing."""

    rows: Sequence[Dumbbell]
    ticks: Sequence[tuple[int, str]]
    bottom: int
    words_y: int
    height: int


def dumbbells(rows: Sequence[ApplicantRow]) -> Dumbbells | None:
    """The applicants whose share differs most between the scenarios; None when it is the same for all."""
    apart = [row for row in rows if row.spread[0]]
    if not apart:
        return None
    most = sorted(apart, key=lambda row: (*row.spread, -row.application.number), reverse=True)[:MOST_ROWS]
    most.sort(key=lambda row: (_share(row.pairs[0]), row.application.number))
    shares = [_share(pair) for row in most for pair in row.pairs if pair]
    lowest = min(int(min(shares) // 20 * 20), 80)
    drawn = [_dumbbell(row, TOP + ROW * place, lowest) for place, row in enumerate(most)]
    ticks = [(_across(Decimal(share), lowest), percent(share)) for share in range(lowest, 101, 20)]
    bottom = TOP + ROW * (len(drawn) - 1) + 13
    return Dumbbells(drawn, ticks, bottom, bottom + 20, bottom + 30)


def _dumbbell(row: ApplicantRow, y: int, lowest: int) -> Dumbbell:
    drawn = reversed(list(enumerate(row.pairs)))  # the first scenario lies on top
    dots = [Dot(series, _across(_share(pair), lowest), y, pair.share_words) for series, pair in drawn if pair]
    gain = row.gain(1, 0)
    ends = [dot.x for dot in dots]
    name = row.application.applicant
    return Dumbbell(name, y, y + 5, dots, min(ends), max(ends), "" if gain is None else signed(gain), row)


def _share(pair: Pair | None) -> Decimal:
    return (pair.share if pair else None) or Decimal(0)


def _across(share: Decimal, lowest: int) -> int:
    return LEFT + int((share - lowest) * (RIGHT - LEFT) / (100 - lowest))


def signed(amount: Decimal) -> str:
    """An amount with its sign and its cents: +€ 20.735,00."""
    return f"{'+' if amount > 0 else ''}{euro(amount, cents=True)}"


def share_scale() -> Scale:
    """The classes of the maps: under 60 %, by ten, and all."""
    bounds = [60, 70, 80, 90, 100]
    words = [_("onder 60 %"), "60–70", "70–80", "80–90", "90–100", percent(100)]
    return Scale(tuple(MapClass(fill, label) for fill, label in enumerate(words, FIRST_FILL)), tuple(bounds))


def share_maps(call: int, scenarios: Sequence[Scenario], on: date) -> list[TileMap]:
    """For each scenario of a call (primary key) the share of every municipality, on the map of a day.

    A municipality asks alone or as a member; a member that takes no part of the money of its partnership shows the
    share of the partnership.
    """
    edition = edition_on(on)
    values = _values(call, tuple(scenario.pk for scenario in scenarios), edition)
    return [
        tile_map(
            edition, shares, classes=share_scale(), key=f"kaart-{scenario.number}",
            title=_("%(name)s: deel van de vraag per gemeente") % {"name": scenario.name},
            about=_("Deel van de vraag dat wordt toegekend, per gemeente."), outside=_("geen aanvraag"),
        )
        for scenario, shares in zip(scenarios, values, strict=True)
    ]  # fmt: skip


@while_unchanged
def _values(call: int, scenarios: tuple[int, ...], edition: str) -> list[dict[str, TileValue]]:
    """The share of each municipality of an edition of the map, by NIS code."""
    desk, found = desk_of(call), zip(outcomes_of(call, scenarios), governments_of(call, scenarios), strict=True)
    return [_on_the_map(_shares(desk, outcome) | own, edition) for outcome, own in found]


def _shares(desk: Desk, outcome: Outcome) -> dict[int, Pair]:
    """For each government (primary key) what its application asks and gets."""
    pairs = outcome.applications.items()
    return {member: pair for application, pair in pairs for member in desk.applications[application].members}


def _on_the_map(shares: dict[int, Pair], edition: str) -> dict[str, TileValue]:
    values = {}
    for organisation, codes in nis_codes_on(shares, date(int(edition), 12, 31)).items():
        pair = shares[organisation]
        shown = _("%(share)s van de vraag") % {"share": pair.share_words}
        values.update(dict.fromkeys(codes, TileValue(min(pair.share or Decimal(0), HUNDRED), shown)))
    return values

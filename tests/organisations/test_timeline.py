"""Histories of mergers, made at random: what lies where on any day, and that nobody gets lost in adding up."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draad.organisations.models import Jurisdiction, PopulationFigure, Territory
from draad.organisations.queries.population import Inhabitants, gap_for
from draad.organisations.queries.population import _of as added_up
from draad.organisations.queries.timeline import Timeline

START = date(2000, 1, 1)
DAY = timedelta(days=1)


@dataclass
class History:
    """A history in the making: it begins with places, and each merger joins some that are still there."""

    places: dict[int, Territory] = field(default_factory=dict)
    forward: dict[int, list[int]] = field(default_factory=dict)
    back: dict[int, list[int]] = field(default_factory=dict)
    merged: dict[tuple[int, int], date] = field(default_factory=dict)
    governed: dict[int, list[Jurisdiction]] = field(default_factory=dict)
    held: dict[int, list[Jurisdiction]] = field(default_factory=dict)

    def __repr__(self) -> str:
        spans = {pk: (str(p.valid_from), str(p.valid_to or "")) for pk, p in self.places.items()}
        return f"places {spans}, mergers {[(a, b, str(on)) for (a, b), on in self.merged.items()]}"

    def begin(self, start: date, organisation: int | None = None) -> int:
        pk = len(self.places) + 1
        self.places[pk] = Territory(pk=pk, nis=str(10_000 + pk), name=f"P{pk}", valid_from=start)
        rule = Jurisdiction(organisation_id=organisation or pk, territory_id=pk, valid_from=start)
        self.governed[pk] = [rule]
        self.held.setdefault(rule.organisation_id, []).append(rule)
        return pk

    def end(self, pk: int, successor: int, on: date) -> None:
        self.places[pk].valid_to = on - DAY
        self.governed[pk][-1].valid_to = on - DAY
        self.forward.setdefault(pk, []).append(successor)
        self.back.setdefault(successor, []).append(pk)
        self.merged[pk, successor] = on

    def there(self, on: date) -> list[int]:
        return [pk for pk, p in self.places.items() if p.valid_from <= on and (p.valid_to is None or p.valid_to >= on)]

    def timeline(self) -> Timeline:
        return Timeline(self.places, self.forward, self.back, self.held, self.governed, self.merged)


@st.composite
def histories(draw: st.DrawFn) -> tuple[History, list[date]]:
    """A history of up to four mergers a year apart, and the days between and on them."""
    history = History()
    for _place in range(draw(st.integers(2, 8))):
        history.begin(START)
    days = [START]
    for year in range(1, draw(st.integers(1, 4)) + 1):
        on = START.replace(year=2000 + year)
        there = history.there(on)
        if len(there) < 2:
            break
        joining = draw(st.lists(st.sampled_from(there), min_size=2, max_size=len(there), unique=True))
        if draw(st.booleans()):  # one of them keeps its code and grows, as Antwerpen did
            successor, gone = joining[0], joining[1:]
        else:  # a new code, governed by the first, as Tessenderlo-Ham is by Ham, or by a new organisation
            keeps = draw(st.booleans())
            successor, gone = history.begin(on, joining[0] if keeps else None), joining
        for pk in gone:
            history.end(pk, successor, on)
        days += [on - DAY, on]
    return history, days


@given(histories())
def test_going_forward_every_place_is_one_place(made: tuple[History, list[date]]) -> None:
    history, days = made
    timeline = history.timeline()
    for then in days:
        for now in (day for day in days if day >= then):
            for pk in history.there(then):
                found = timeline.on(pk, now)
                assert len(found) == 1
                assert found[0].pk in history.there(now)


@given(histories())
def test_a_place_of_the_day_is_itself(made: tuple[History, list[date]]) -> None:
    history, days = made
    timeline = history.timeline()
    for day in days:
        for pk in history.there(day):
            assert [place.pk for place in timeline.on(pk, day)] == [pk]
            assert timeline.parts_of(pk, day, day) == [pk]


@given(histories())
def test_the_parts_of_all_places_are_all_places_of_before_each_once(made: tuple[History, list[date]]) -> None:
    history, days = made
    timeline = history.timeline()
    for then in days:
        for now in (day for day in days if day >= then):
            parts = [part for pk in history.there(now) for part in timeline.parts_of(pk, then, now)]
            assert sorted(parts) == sorted(history.there(then))


@given(histories(), st.data())
def test_no_inhabitant_is_lost_or_counted_twice(made: tuple[History, list[date]], data: st.DataObject) -> None:
    history, days = made
    timeline, then = history.timeline(), data.draw(st.sampled_from(days))
    known = {
        pk: PopulationFigure(territory_id=pk, persons=data.draw(st.integers(0, 1000)), source="s")
        for pk in history.there(then)
    }
    for now in (day for day in days if day >= then):
        sums = [added_up(timeline, timeline.parts_of(pk, then, now), known, "total") for pk in history.there(now)]
        assert sum(found.persons for found in sums if isinstance(found.persons, int)) == sum(
            figure.persons for figure in known.values()
        )


@given(histories(), st.data())
def test_a_missing_part_makes_exactly_its_own_sum_missing(
    made: tuple[History, list[date]], data: st.DataObject
) -> None:
    history, days = made
    timeline, now = history.timeline(), days[-1]
    there = history.there(START)
    lost = data.draw(st.sampled_from(there))
    known = {pk: PopulationFigure(territory_id=pk, persons=1, source="s") for pk in there if pk != lost}
    for pk in history.there(now):
        parts = timeline.parts_of(pk, START, now)
        found = added_up(timeline, parts, known, "total")
        if lost in parts:
            assert found == Inhabitants(gap_for("total"))
        else:
            assert found.persons == len(parts)


@given(histories())
def test_ground_never_lies_under_two_governments(made: tuple[History, list[date]]) -> None:
    history, days = made
    timeline = history.timeline()
    for day in days:
        governments = [timeline.government_of(pk, day) for pk in history.there(day)]
        assert None not in governments
        for pk, government in zip(history.there(day), governments, strict=True):
            assert government is not None
            nearest = timeline.territory_near(government, day)
            assert nearest is not None
            assert nearest.pk in history.there(day) or timeline.territory_of(government, day) is None
            assert pk in {rule.territory_id for rule in timeline.held[government]}


def chain() -> Timeline:
    """1 goes up in 2 on 1-1-2001, 2 in 3 on 1-1-2002; organisation 1 keeps governing."""
    history = History()
    first = history.begin(START)
    second = history.begin(date(2001, 1, 1), organisation=1)
    history.end(first, second, date(2001, 1, 1))
    third = history.begin(date(2002, 1, 1), organisation=1)
    history.end(second, third, date(2002, 1, 1))
    return history.timeline()


@pytest.mark.parametrize(
    ("place", "on", "found"),
    [
        (1, date(2000, 6, 1), [1]), (1, date(2000, 12, 31), [1]), (1, date(2001, 1, 1), [2]),
        (1, date(2002, 1, 1), [3]), (3, date(2001, 6, 1), [2]), (3, date(2000, 1, 1), [1]), (2, date(1999, 12, 31), []),
    ],
)  # fmt: skip
def test_several_mergers_after_one_another(place: int, on: date, found: list[int]) -> None:
    assert [item.pk for item in chain().on(place, on)] == found


@pytest.mark.parametrize(
    ("on", "place"),
    [(date(1999, 1, 1), 1), (date(2000, 6, 1), 1), (date(2001, 6, 1), 2), (date(2030, 1, 1), 3)],
)
def test_one_organisation_over_three_territories(on: date, place: int) -> None:
    found = chain().territory_near(1, on)
    assert found is not None
    assert found.pk == place


def test_who_never_governed_has_no_ground() -> None:
    assert chain().territory_near(99, START) is None
    assert chain().ground_of(99, START) == []
    assert chain().governments_on(99, START) == []
    assert chain().government_of(1, date(2010, 1, 1)) is None

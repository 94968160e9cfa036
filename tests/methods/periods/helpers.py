"""Strategies and shorthand of the tests on periods."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import strategies as st

from draad.methods.periods import Event, Interval, Unit

UNITS = st.sampled_from(Unit)


def interval(first: str, last: str) -> Interval:
    return Interval(date.fromisoformat(first), date.fromisoformat(last))


def event(day: str, weight: int | str = 1, where: str | None = None) -> Event:
    return Event(date.fromisoformat(day), Fraction(weight), where)


@st.composite
def intervals(draw: st.DrawFn, longest: int = 1500) -> Interval:
    first = draw(st.dates(date(1990, 1, 1), date(2100, 12, 31)))
    return Interval(first, first + timedelta(days=draw(st.integers(0, longest - 1))))


@st.composite
def adjoining(draw: st.DrawFn) -> tuple[Interval, Interval, Interval]:
    """Return an interval of two days or more, and the two that it falls into at some day."""
    whole = draw(intervals().filter(lambda found: found.days > 1))
    last = whole.first + timedelta(days=draw(st.integers(0, whole.days - 2)))
    return whole, Interval(whole.first, last), Interval(last + timedelta(days=1), whole.last)


@st.composite
def dated_events(draw: st.DrawFn) -> tuple[Interval, list[Event]]:
    """Return an interval and events within it, of which at least one weighs something."""
    within = draw(intervals())
    days = st.integers(0, within.days - 1).map(lambda n: within.first + timedelta(days=n))
    weights = st.fractions(0, 20, max_denominator=12)
    events = st.lists(st.builds(Event, days, weights), min_size=1, max_size=12)
    return within, draw(events.filter(lambda found: any(each.weight for each in found)))

"""Which measure of a plan a sheet is a newer reading of: by its title, exactly or nearly."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from draad.plans.models import Measure
from draad.plans.reading.goals import likeness

SAME_MEASURE = 0.6
"""Likeness of titles from which two sheets are the same measure."""
NEAREST = 5
"""How many measures, those with the most words in common, a title is compared with."""
Index = Mapping[str, Sequence[int]]


def matched_measures(titles: Sequence[str], measures: Sequence[Measure]) -> list[Measure | None]:
    """For each title the measure of the plan with that title, or nearly; no measure twice, the likest first."""
    index = _index(measures)
    pairs = sorted(
        (
            (likeness(title, measures[place].title), -abs(i - place), i, place)
            for i, title in enumerate(titles)
            for place in _near(title, index)
        ),
        reverse=True,
    )
    found: dict[int, int] = {}
    taken: set[int] = set()
    for alike, _distance, i, place in pairs:
        if alike >= SAME_MEASURE and i not in found and place not in taken:
            found[i] = place
            taken.add(place)
    return [measures[found[i]] if i in found else None for i in range(len(titles))]


def _words(title: str) -> set[str]:
    return set(re.findall(r"\w+", title.casefold()))


def _index(measures: Sequence[Measure]) -> Index:
    """For each word the measures that have it in their title."""
    index: dict[str, list[int]] = defaultdict(list)
    for place, measure in enumerate(measures):
        for word in _words(measure.title):
            index[word].append(place)
    return index


def _near(title: str, index: Index) -> list[int]:
    """The places of the measures that share the most words; a word that few titles have weighs more."""
    shared: dict[int, float] = defaultdict(float)
    for word in _words(title):
        for place in index.get(word, ()):
            shared[place] += 1 / len(index[word])
    return sorted(shared, key=lambda place: -shared[place])[:NEAREST]

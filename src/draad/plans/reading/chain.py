"""Finds the labels of all sheets in running text: the best chain of words that look like labels in their order.

A word such as *administratie* is a label in one place and part of a sentence in another. Each place where a label
could stand gets a weight (alone on its line, at the beginning, with the capitals of the template); a chain earns the
weights of
its places and pays for every label it leaves out. The best chain is found by dynamic programming in one pass, so a
missing label or a missing page costs its own place only and a word in a sentence never breaks a sheet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from draad.plans.reading.labels import STYLES, Label

SKIPPED = 1.5
"""What a chain pays for each label of the template that it leaves out."""


@dataclass(frozen=True)
class Found:
    """A place in the text where a label could stand: ``text[start:end]``."""

    label: Label
    start: int
    end: int
    weight: float


@dataclass(frozen=True)
class _Step:
    """The best chain that ends with a place, and the step before it."""

    score: float
    found: Found
    before: _Step | None


def find_labels(text: str) -> list[Found]:
    """The labels of all sheets of a text in order; a label at or before the one ahead of it begins a new sheet."""
    best: dict[Label, _Step] = {}
    for found in _places(text):
        before = max(best.values(), key=lambda step: step.score - _between(step.found, found), default=None)
        gained = before.score - _between(before.found, found) if before else -SKIPPED * found.label
        alone = -SKIPPED * found.label
        step = _Step(max(gained, alone) + found.weight, found, before if before and gained >= alone else None)
        if found.label not in best or step.score > best[found.label].score:
            best[found.label] = step
    last = len(Label) - 1
    step_ = max(best.values(), key=lambda step: step.score - SKIPPED * (last - step.found.label), default=None)
    chain: list[Found] = []
    while step_:
        chain.append(step_.found)
        step_ = step_.before
    return chain[::-1]


def sheet_count(found: Sequence[Found], least: int = 1) -> int:
    """How many sheets with at least so many labels there are: one that is not after the label ahead begins another."""
    begins = [0, *(i + 1 for i, (left, right) in enumerate(pairwise(found)) if right.label <= left.label), len(found)]
    return sum(right - left >= least for left, right in pairwise(begins))


def _between(left: Found, right: Found) -> float:
    """What is paid for going from one place to a later one; infinite when they overlap."""
    if left.end > right.start:
        return float("inf")
    if right.label > left.label:
        return SKIPPED * (right.label - left.label - 1)
    return SKIPPED * (len(Label) - 1 - left.label + right.label)


def _places(text: str) -> list[Found]:
    places = []
    for label, style in STYLES.items():
        for match in style.pattern.finditer(text):
            weight = _weight(text, match.start(), match.end(), label)
            if weight > 0:
                places.append(Found(label, match.start(), match.end(), weight))
    return sorted(places, key=lambda found: (found.start, found.label))


def _weight(text: str, start: int, end: int, label: Label) -> float:
    """How much a place looks like a label: 0 is not at all, 6 is alone on its line as the template prints it."""
    style = STYLES[label]
    begins = not text[text.rfind("\n", 0, start) + 1 : start].strip()
    stop = text.find("\n", end)
    ends = not text[end : stop if stop >= 0 else len(text)].strip()
    if not begins and not style.inside:
        return 0
    case = text[start].isupper() == style.words[0].isupper()
    if label is Label.TITLE and not case:
        return 0
    return 2 * begins + 1 * ends + 1 * case + 2 * (" " in style.words)

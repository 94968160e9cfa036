"""Sets the confidence in each cell beside whether the cell was read rightly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from draad.documents.text import split_lines
from draad.plans.reading.assemble import read_lines
from tests.plans.disturbing import with_other_words
from tests.plans.flattening import flat_text

Sheet = dict[str, Any]
BANDS = ((0.0, 0.5), (0.5, 0.8), (0.8, 1.0))
"""From (included) and to (excluded; 1 included) of each band of confidence."""


class Band(NamedTuple):
    """The cells whose confidence lies in a band, and how many of them were read wrongly."""

    begin: float
    end: float
    cells: int
    wrong: int

    @property
    def share(self) -> float:
        """The wrong ones of all, 0 without any."""
        return self.wrong / self.cells if self.cells else 0.0


def disturbed(
    text: str, truth: list[Sheet], full: list[Sheet], *, layouts: range, seeds: range
) -> Iterator[tuple[list[Sheet], list[Sheet]]]:
    """Readings of changed copies, each with what is right: other layouts, other words with and without those of
    staff."""
    for seed in layouts:
        yield _read(flat_text(full, seed)), truth
    for seed in seeds:
        for keep_staff in (True, False):
            changed, wanted = with_other_words(text, truth, seed, keep_staff=keep_staff)
            yield _read(changed), wanted


def _read(text: str) -> list[Sheet]:
    return [sheet.as_dict() for sheet in read_lines(split_lines(text), "annex.txt")]


def judged(scorer: Any, reading: Sequence[Sheet], wanted: Sequence[Sheet]) -> Iterator[tuple[float, bool]]:
    """The confidence in each cell and whether it is right; a cell on which people differ is left out."""
    for got, want in zip(reading, wanted, strict=True):
        sure = got["confidence"]
        for name in scorer.TEXT:
            if name not in want.get("ambiguous", []):
                yield sure[name], scorer.same_text(got[name], want[name])
        for name in scorer.CODES:
            yield sure[name], scorer.codes(got[name]) == scorer.codes(want[name])
        for row, right in zip(got["milestones"], want["milestones"], strict=False):
            yield row["confidence"]["period"], scorer.period(row["period"]) == scorer.period(right["period"])
            yield row["confidence"]["fte"], scorer.same_text(row["fte"], right["fte"])
            begins_and_ends = scorer.starts_and_ends(row["text"], right["first_words"], right["last_words"])
            yield row["confidence"]["text"], begins_and_ends


def bands(cells: Sequence[tuple[float, bool]]) -> list[Band]:
    """The cells by band, the least sure first."""
    found = []
    for begin, end in BANDS:
        own = [right for sure, right in cells if begin <= sure < end or sure == end == 1]
        found.append(Band(begin, end, len(own), own.count(False)))
    return found

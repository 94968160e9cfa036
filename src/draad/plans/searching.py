"""Finds measures by words as people type them in Dutch: stems, and compounds whole or in parts.

A word matches when its stem (Snowball, Dutch) stands anywhere in the text, so “taal” finds “taalbeleid”. A compound
that stands nowhere is taken apart into two words of the plan, with or without a linking s, e or en, so
“inburgeringstraject” finds “traject inburgering”. Every typed word must be found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import snowballstemmer

from draad.organisations.names import fold
from draad.plans.content import Content
from draad.plans.reading.sheet import TEXT_FIELDS

SHORTEST_PART = 4
LINKS = ("", "s", "e", "en")
WORDS = re.compile(r"\w+")


@dataclass(frozen=True)
class Index:
    """The text of each measure as it is searched, by number, and every stem that occurs."""

    texts: Mapping[int, str]
    stems: frozenset[str]

    def find(self, typed: str) -> list[int] | None:
        """The numbers of the measures with every typed word, best first; None when nothing was typed."""
        wanted = [self._ways(word) for word in WORDS.findall(fold(typed))]
        if not wanted:
            return None
        scores = {number: _score(text, wanted) for number, text in self.texts.items()}
        return sorted((n for n, score in scores.items() if score), key=lambda n: (-scores[n], n))

    def _ways(self, word: str) -> list[Sequence[str]]:
        """The ways in which a word can be found: its stem, or the stems of its two parts."""
        whole = stem(word)
        return [(whole,), *self._parts(word)]

    def _parts(self, word: str) -> Iterator[Sequence[str]]:
        for cut in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
            first, second = word[:cut], word[cut:]
            if stem(second) not in self.stems:
                continue
            for link in LINKS:
                head = stem(first.removesuffix(link)) if first.endswith(link) else ""
                if head in self.stems:
                    yield (head, stem(second))


def _score(text: str, wanted: Iterable[Sequence[Sequence[str]]]) -> int:
    """How often the words stand in a text; 0 when one of them does not."""
    total = 0
    for ways in wanted:
        counts = [min(text.count(part) for part in way) for way in ways]
        if not any(counts):
            return 0
        total += max(counts)
    return total


def index_of(contents: Mapping[int, Content]) -> Index:
    """The index of measures by number."""
    texts = {number: _text(content) for number, content in contents.items()}
    return Index(texts, frozenset(word for text in texts.values() for word in text.split()))


def _text(content: Content) -> str:
    """All words of a measure, each as written and as its stem."""
    parts: list[Any] = [content[name] for name in TEXT_FIELDS]
    parts += [row[name] for row in content["milestones"] for name in ("text", "fte", "period")]
    parts += [*content["strategic_goals"], *content["operational_goals"], *(goal["text"] for goal in content["goals"])]
    words = WORDS.findall(fold(" ".join(str(part) for part in parts)))
    return " ".join(dict.fromkeys(form for word in words for form in (word, stem(word)))) + " " + " ".join(words)


@cache
def _stemmer() -> Any:
    return snowballstemmer.stemmer("dutch")


@cache
def stem(word: str) -> str:
    """The stem of a folded Dutch word."""
    found: str = _stemmer().stemWord(word)
    return found

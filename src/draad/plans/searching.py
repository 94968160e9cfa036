"""Finds measures by words as people type them in Dutch: stems, and compounds whole or in parts.

A word is found by its stem, and within a compound where that begins or ends with a word that the plan uses by itself:
“scholen” finds “schoolverlaters”. A compound is also found as its two words near one another: “inburgeringstraject”
finds “traject voor inburgering”. Which words there are, the plan itself tells; there is no list of words. Every typed
word must be found. Stems are those of Snowball after Porter, which leave “gemeente” and “initiatief” whole.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

import snowballstemmer

from draad.organisations.names import fold
from draad.plans.content import Content
from draad.plans.reading.sheet import TEXT_FIELDS

SHORTEST_PART = 4
"""Letters: a shorter beginning or end of a word is chance more often than a part of a compound."""
SHORTEST_LAST = 3
"""Letters of the last word of a compound whose first word is known, as in “nachtbus”."""
SHORTEST_BEGINNING = 5
"""Letters of a word that is typed in part."""
LINKS = ("", "s", "e", "en", "er")
NEAR, NEXT = 4, 2
"""Words: how far the first word of a compound can stand after the second, and how far before it."""
WHOLE, PART = 3, 1
"""How much a word counts that is the one that was typed, and one that has it as a part."""
SOFT = {"v": "f", "z": "s"}
"""How a stem ends in the plural, and how by itself: brieven, brief; huizen, huis."""
PLURAL_S = re.compile(r"(?:(?<=[aiouy])|(?<=ie))s$|(?<=[cs]h)es$")
"""The end of plurals that the stemmer leaves: themas, subsidies, coaches."""
VOWELS = "aeiouy"
WORDS = re.compile(r"\w+")
Scores = Mapping[int, int]


@dataclass(frozen=True)
class Index:
    """For each stem the measures that have it and how much it counts there.

    ``texts`` are the words of each measure in order, ``stems`` for each word its own stem and those of its parts, and
    ``whole`` the stems of words by themselves.
    """

    scores: Mapping[str, Scores]
    texts: Mapping[int, Sequence[str]]
    stems: Mapping[str, Sequence[str]]
    whole: Collection[str]

    def find(self, typed: str) -> list[int] | None:
        """The numbers of the measures with every typed word, best first; None when nothing was typed."""
        words = _words(typed)
        if not words:
            return None
        wanted = [self._scores(word) for word in words]
        found = set.intersection(*(set(scores) for scores in wanted))
        if not found and len(words) == 2:
            wanted = [self._joined(*words)]
            found = set(wanted[0])
        return sorted(found, key=lambda number: (-sum(scores.get(number, 0) for scores in wanted), number))

    def _scores(self, word: str) -> Scores:
        """How much a typed word counts in each measure that has it."""
        found = Counter(self.scores.get(stem(word), {}))
        for first, second in dict.fromkeys(_in_two(word, self.whole)):
            found.update(self._near(first, second))
        return found or self._beginning(word)

    def _joined(self, first: str, second: str) -> Scores:
        """How much a compound that was typed as two words counts."""
        return next((scores for link in LINKS if (scores := self.scores.get(stem(first + link + second)))), {})

    def _near(self, first: str, second: str) -> Scores:
        """The measures in which two stems stand near one another, as words of their own or parts."""
        both = set(self.scores.get(first, {})) & set(self.scores.get(second, {}))
        return {number: PART for number in both if self._close(self.texts[number], first, second)}

    def _close(self, text: Sequence[str], first: str, second: str) -> bool:
        """Whether the second word stands shortly before the first, “traject voor inburgering”, or right after it."""
        words = {word for word in set(text) if first in self.stems[word] or second in self.stems[word]}
        places = [
            (place, name)
            for place, word in enumerate(text)
            if word in words
            for name in (first, second)
            if name in self.stems[word]
        ]
        return any(
            one != other and after - before <= (NEAR if other == first else NEXT)
            for (before, one), (after, other) in pairwise(places)
        )

    def _beginning(self, word: str) -> Scores:
        """The measures with a word that begins as what was typed, for who typed a part."""
        found: Counter[int] = Counter()
        if len(word) >= SHORTEST_BEGINNING:
            for known in self.whole:
                if known.startswith(word):
                    found.update(self.scores[known])
        return found


def index_of(contents: Mapping[int, Content]) -> Index:
    """The index of measures by number."""
    texts = {number: _words(_text(content)) for number, content in contents.items()}
    vocabulary = set[str]().union(*texts.values())
    whole = {stem(word) for word in vocabulary}
    stems = {word: _stems(word, whole) for word in vocabulary}
    scores: dict[str, dict[int, int]] = defaultdict(dict)
    for number, text in texts.items():
        for word, times in Counter(text).items():
            for place, name in enumerate(stems[word]):
                of_name = scores[name]
                of_name[number] = of_name.get(number, 0) + (PART if place else WHOLE * times)
    return Index(scores, texts, stems, whole)


def _words(text: str) -> list[str]:
    """The words of a text, folded; each word only once, because a plan says the same words often."""
    return [folded for word in WORDS.findall(text) if (folded := _folded(word))]


@lru_cache(maxsize=200_000)
def _folded(word: str) -> str:
    return fold(word)


def _text(content: Content) -> str:
    parts: list[Any] = [content[name] for name in TEXT_FIELDS]
    parts += [row[name] for row in content["milestones"] for name in ("text", "fte", "period")]
    parts += [*content["strategic_goals"], *content["operational_goals"], *(goal["text"] for goal in content["goals"])]
    return " ".join(str(part) for part in parts)


def _stems(word: str, known: Collection[str]) -> list[str]:
    """The stem of a word of a text, then those of the known words that it begins or ends with."""
    own = stem(word)
    return list(dict.fromkeys([own, *_parts(word, known)]))


def _parts(word: str, known: Collection[str]) -> Iterator[str]:
    for cut in range(SHORTEST_PART, len(word) - SHORTEST_LAST + 1):
        heads = [head for head in _heads(word[:cut]) if head in known]
        long = len(word) - cut >= SHORTEST_PART
        if (long or heads) and (last := stem(word[cut:])) in known:
            yield last
        if long:
            yield from heads


def _in_two(word: str, known: Collection[str]) -> Iterator[tuple[str, str]]:
    """The ways to take a typed word for a compound of two known words."""
    for cut in range(SHORTEST_PART, len(word) - SHORTEST_LAST + 1):
        if (last := stem(word[cut:])) in known:
            yield from ((head, last) for head in _heads(word[:cut]) if head in known)


def _heads(first: str) -> Iterable[str]:
    """The stems that the first part of a compound can have, with and without a linking s, e, en or er."""
    return dict.fromkeys(
        stem(first.removesuffix(link))
        for link in LINKS
        if first.endswith(link) and len(first) - len(link) >= SHORTEST_PART
    )


@cache
def _stemmer() -> Any:
    return snowballstemmer.stemmer("dutch_porter")


@cache
def stem(word: str) -> str:
    """The stem of a folded Dutch word; of a plural the same as of the singular, also klassen, huizen and subsidies."""
    found: str = _stemmer().stemWord(word)
    found = found[:-1] if found[-2:-1] == found[-1:] and found[-1:] not in VOWELS else found
    found = found[:-1] + SOFT.get(found[-1:], found[-1:])
    if len(found) > SHORTEST_PART:
        found = PLURAL_S.sub("", found)
    return found if found == word else stem(found)

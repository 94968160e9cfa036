"""Finds the names of organisations in the boxes of a sheet, and the organisations that they mean."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from draad.accounts.freshness import while_unchanged
from draad.organisations.models import Organisation, OrganisationKind, OrganisationName
from draad.organisations.names import fold
from draad.plans.models import PartyAlias, PartyGroup

LONGEST_NAME = 90
"""Characters: a longer part of a box is a sentence about partners and no name; it stays text."""
MOST_COMMAS = 4
"""How many parts between commas one name can have."""
NOTHING = {"", "nvt", "n v t", "geen", "nihil"}
"""What people write in an empty box, folded."""
BETWEEN = re.compile(r"[,;•\n]|\s[-–*]\s|^\s*[-–*]\s|\se\.a\.?(?=\s|$)|…|\.\.\.")
CABINET_WORD = "kabinet "


@dataclass(frozen=True)
class Name:
    """A name in a box and the organisation that it means, if it is known (its primary key)."""

    text: str
    organisation_id: int | None


@dataclass(frozen=True)
class Directory:
    """Every name that is known in a group of organisations: folded name to primary key.

    A name that means more than one organisation is not known.
    """

    known: Mapping[str, int]

    def names_in(self, box: str) -> list[Name]:
        """The names in a box in order, each once."""
        found: dict[str, Name] = {}
        for part in self._parts(box):
            for name in self._names(_trimmed(part)):
                found.setdefault(fold(name.text), name)
        return [name for folded, name in found.items() if folded not in NOTHING]

    def _parts(self, box: str) -> list[str]:
        """The box cut at commas and bullets, but not within a known name that has a comma itself."""
        cuts = [(0, 0), *(match.span() for match in BETWEEN.finditer(box)), (len(box), len(box))]
        parts: list[str] = []
        i = 0
        while i + 1 < len(cuts):
            ends = range(min(i + MOST_COMMAS, len(cuts) - 1), i, -1)
            spans = ((j, box[cuts[i][1] : cuts[j][0]]) for j in ends)
            i, part = next(pair for pair in spans if pair[0] == i + 1 or self.of(pair[1]) is not None)
            parts.append(part)
        return parts

    def of(self, name: str) -> int | None:
        """The organisation that a whole name means."""
        return self.known.get(fold(name))

    def _names(self, part: str) -> list[Name]:
        """A part is one name, or names that stand beside one another or are joined by “en”, when all are known."""
        if not part or len(part) > LONGEST_NAME:
            return []
        whole = self.of(part)
        row = self._in_row(part.split()) if whole is None else []
        return row or [Name(part, whole)]

    def _in_row(self, words: list[str]) -> list[Name]:
        """The words as known names in a row, longest first; [] when a word is left over."""
        if not words:
            return []
        for size in range(len(words), 0, -1):
            text = " ".join(words[:size])
            pk = self.of(text)
            rest = words[size + 1 :] if words[size : size + 1] in (["en"], ["&"]) else words[size:]
            if pk is not None and (not rest or self._in_row(rest)):
                return [Name(text, pk), *self._in_row(rest)]
        return []


def _trimmed(part: str) -> str:
    """A part without the signs around it; a bracket that both opens and closes within it stays."""
    bare = part.strip(" .:/")
    return bare if bare.count("(") == bare.count(")") and not bare.startswith("(") else bare.strip("() ")


@while_unchanged
def directory(group: PartyGroup) -> Directory:
    """What is known today: names that a person gave in plans first, then the names of the organisations themselves."""
    return Directory({**_own_names()[group], **_given_names()[group]})


@while_unchanged
def _own_names() -> Mapping[PartyGroup, Mapping[str, int]]:
    """By group the names that mean one organisation only; one query, and none when only a plan changed."""
    known: dict[PartyGroup, dict[str, set[int]]] = {group: {} for group in PartyGroup}
    rows = OrganisationName.objects.values_list("organisation__kind", "folded", "organisation_id")
    for kind, folded, pk in rows:
        names = known[PartyGroup.CABINET if kind == OrganisationKind.CABINET else PartyGroup.BODY]
        names.setdefault(folded, set()).add(pk)
        if folded.startswith(CABINET_WORD):
            names.setdefault(folded.removeprefix(CABINET_WORD), set()).add(pk)
    return {
        group: {folded: next(iter(pks)) for folded, pks in names.items() if len(pks) == 1}
        for group, names in known.items()
    }


@while_unchanged
def _given_names() -> Mapping[PartyGroup, Mapping[str, int]]:
    """By group what a person said that a name means; one query."""
    found: dict[PartyGroup, dict[str, int]] = {group: {} for group in PartyGroup}
    for group, folded, organisation in PartyAlias.objects.values_list("group", "folded", "organisation_id"):
        found[PartyGroup(group)][folded] = organisation
    return found


@while_unchanged
def called() -> Mapping[int, tuple[str, str]]:
    """Of every organisation (primary key) its short name in addresses, and its name."""
    return {pk: (slug, name) for pk, slug, name in Organisation.objects.values_list("pk", "slug", "name")}


def directories() -> dict[PartyGroup, Directory]:
    """The directory of each group."""
    return {group: directory(group) for group in PartyGroup}


def official(box: str) -> str:
    """The names in a box of administrations, each as the organisation is called; unknown ones as printed."""
    known, names, told = _known_bodies()
    if box not in told:
        found = [names.get(name.organisation_id or 0, name.text) for name in known.names_in(box)]
        told[box] = ", ".join(dict.fromkeys(found)) or box.strip()
    return told[box]


@while_unchanged
def _known_bodies() -> tuple[Directory, dict[int, str], dict[str, str]]:
    """The directory, what organisations are called, and what was told of boxes so far: many measures have the same."""
    return directory(PartyGroup.BODY), {pk: name for pk, (_slug, name) in called().items()}, {}

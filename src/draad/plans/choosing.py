"""Which measures of a plan a reader asked for: by words, goal, who takes part, what is missing, a year left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from draad.plans import coverage
from draad.plans.editions import Edition, Sheet, worked_out
from draad.plans.models import Plan
from draad.plans.parties import PARTS, Part, Party, parties
from draad.plans.searching import Index, index_of

WORDS, GOAL, GAP, YEAR = "zoek", "doel", "leemte", "zonder-jaar"


@dataclass(frozen=True)
class Chooser:
    """A list to choose who takes part from, with the key that was chosen."""

    part: Part
    known: Sequence[Party]
    unknown: Sequence[Party]
    chosen: str


@dataclass(frozen=True)
class Choice:
    """What a reader asked for, by the names of the address; what is not asked for is not there."""

    plan: Plan
    found: Edition
    asked: Mapping[str, str]

    @property
    def gap(self) -> coverage.Gap | None:
        """What the measures lack that were asked for."""
        return coverage.GAPS.get(self.asked.get(GAP, ""))

    @property
    def choosers(self) -> list[Chooser]:
        """The lists of who takes part."""
        every = worked_out(parties, self.plan, self.found.number)
        return [
            Chooser(part, [p for p in every[part.key] if p.known], [p for p in every[part.key] if not p.known],
                    self.asked.get(part.key, ""))
            for part in PARTS
        ]  # fmt: skip

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the form does not ask itself and must keep."""
        return [(name, self.asked[name]) for name in (GOAL, GAP, YEAR, "versie") if name in self.asked]

    @property
    def words(self) -> str:
        """What was asked for, as people say it; nothing when all is shown."""
        said = []
        if WORDS in self.asked:
            said.append(_("met “%(words)s”") % {"words": self.asked[WORDS]})
        if GOAL in self.asked:
            said.append(_("voor %(goal)s") % {"goal": self.asked[GOAL]})
        said += [_("met %(party)s") % {"party": p.label} for p in self._parties()]
        if YEAR in self.asked:
            said.append(_("zonder mijlpaal in %(year)s") % {"year": self.asked[YEAR]})
        if self.gap:
            said.append(str(self.gap.label))
        return ", ".join(said)

    def sheets(self) -> list[Sheet]:
        """The measures; the best first when words were asked for."""
        sheets = list(self.found.sheets)
        if self.gap:
            sheets = [sheet for sheet in sheets if self.gap.lacks(sheet.content)]
        if goal := self.asked.get(GOAL):
            under = {goal, *(g["code"] for g in self.found.goals if g["parent"] == goal)}
            sheets = [s for s in sheets if any(g["plan_code"] in under for g in s.content["goals"])]
        if (year := self.asked.get(YEAR, "")).isdecimal():
            sheets = [sheet for sheet in sheets if int(year) not in coverage.years_of(sheet.content)]
        for party in self._parties():
            sheets = [sheet for sheet in sheets if sheet.number in party.sheets]
        return self._by_words(sheets)

    def _by_words(self, sheets: list[Sheet]) -> list[Sheet]:
        words = self.asked.get(WORDS)
        numbers = worked_out(_index, self.plan, self.found.number).find(words) if words else None
        if numbers is None:
            return sheets
        place = {number: position for position, number in enumerate(numbers)}
        return sorted((sheet for sheet in sheets if sheet.number in place), key=lambda sheet: place[sheet.number])

    def _parties(self) -> list[Party]:
        """Who was asked for; nobody that the plan does not name has any measure."""
        every = worked_out(parties, self.plan, self.found.number)
        asked = [(part, key) for part in PARTS if (key := self.asked.get(part.key))]
        by_key = {(part, party.key): party for part, rows in every.items() for party in rows}
        return [by_key.get((part.key, key)) or Party(key, key, known=False, sheets=frozenset()) for part, key in asked]


def choice_of(plan: Plan, found: Edition, parameters: Mapping[str, str]) -> Choice:
    """What an address asks for."""
    names = (WORDS, GOAL, GAP, YEAR, "versie", *(part.key for part in PARTS))
    return Choice(plan, found, {name: value for name in names if (value := parameters.get(name, "").strip())})


def address_of(where: str, query: str, **asked: object) -> str:
    """An address of the measures that were asked for, in an edition.

    Args:
        where: the page of the plan.
        query: what stays in the edition, as ``readingtables.Place.query``.
        asked: what to ask for, by the names of the address with ``_`` for ``-``.
    """
    added = urlencode({name.replace("_", "-"): value for name, value in asked.items()})
    return f"{where}{query}{'&' if query else '?'}{added}#maatregelen"


def _index(sheets: Sequence[Sheet]) -> Index:
    return index_of({sheet.number: sheet.content for sheet in sheets})

"""What an upload of inhabitants would do, before it is confirmed."""

from __future__ import annotations

from dataclasses import dataclass

from draad.organisations.models import PopulationFigure, PopulationUpload, Territory
from draad.organisations.population_file import Problem


@dataclass(frozen=True)
class Line:
    """One figure of the upload beside the one that is stored now, if any."""

    nis: str
    name: str
    now: int | None
    then: int

    @property
    def changes(self) -> str:
        """``new``, ``changed`` or ``same``."""
        if self.now is None:
            return "new"
        return "same" if self.now == self.then else "changed"


@dataclass(frozen=True)
class Preview:
    """An upload as its page shows it."""

    lines: list[Line]
    problems: list[Problem]
    skipped: list[int]

    def count(self, what: str) -> int:
        """How many lines are ``new``, ``changed`` or ``same``."""
        return sum(line.changes == what for line in self.lines)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows come to what."""
        return {what: self.count(what) for what in ("new", "changed", "same")}


def preview(upload: PopulationUpload) -> Preview:
    """Set the rows of an upload beside what is stored."""
    stored = PopulationFigure.objects.filter(reference_date=upload.reference_date, group=upload.group)
    now = dict(stored.values_list("territory__nis", "persons"))
    names = dict(Territory.objects.values_list("nis", "name"))
    lines = [Line(nis, names.get(nis, ""), now.get(nis), persons) for nis, persons in upload.rows]
    return Preview(lines, [Problem(*problem) for problem in upload.problems], upload.skipped)

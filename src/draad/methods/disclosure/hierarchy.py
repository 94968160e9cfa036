"""Levels above the codes of a dimension, such as provinces above municipalities.

A dimension is a column of the inner cells, such as ``municipality``. A link says to which code of a higher level each
code belongs. Levels may stand on one another (municipality, province, region), and one level may have two higher ones.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from draad.methods.errors import MethodError


@dataclass(frozen=True, slots=True)
class Link:
    """One step of a hierarchy: ``codes`` gives for every code of ``child`` its code of ``parent``.

    ``published`` is false for a step that outsiders know but for which no subtotals are published in the tables of
    the child.
    """

    child: str
    parent: str
    codes: Mapping[str, str]
    published: bool = True

    def parent_of(self, code: str) -> str:
        """Return the parent's code; raises MethodError for a code that the link does not have."""
        try:
            return self.codes[code]
        except KeyError:
            message = f"{self.child} '{code}' has no {self.parent}; add it to the map."
            raise MethodError(message, f"hierarchy {self.child}:{self.parent}") from None


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """All links together; raises MethodError when a level stands above itself or a step is given twice."""

    links: tuple[Link, ...] = ()

    def __post_init__(self) -> None:
        steps = [(link.child, link.parent) for link in self.links]
        for child, parent in steps:
            where = f"hierarchy {child}:{parent}"
            if steps.count((child, parent)) > 1:
                raise MethodError("this step is given twice.", where)
            if child == parent or child in self.above(parent):
                raise MethodError(f"{child} cannot stand above itself.", where)

    def above(self, level: str) -> tuple[str, ...]:
        """Return every level above this one, nearest first."""
        found: list[str] = []
        queue = [level]
        while queue:
            for link in self.links_from(queue.pop(0)):
                if link.parent not in found:
                    found.append(link.parent)
                    queue.append(link.parent)
                if level in found:
                    return tuple(found)
        return tuple(found)

    def links_from(self, level: str) -> Iterator[Link]:
        """Return the steps that lead up from this level."""
        return (link for link in self.links if link.child == level)

    def links_within(self, levels: Iterable[str]) -> list[Link]:
        """Return the steps of which both ends are among the levels."""
        known = set(levels)
        return [link for link in self.links if link.child in known and link.parent in known]

    def published_above(self, level: str) -> tuple[str, ...]:
        """Return the levels above this one whose subtotals are published in its tables."""
        return Hierarchy(tuple(link for link in self.links if link.published)).above(level)

    def codes_of(self, level: str, code: str) -> dict[str, str]:
        """Return for a code of a level its own code and those of every level above it.

        Raises MethodError when two ways up give different codes.
        """
        codes = {level: code}
        queue = [level]
        while queue:
            current = queue.pop(0)
            for link in self.links_from(current):
                parent = link.parent_of(codes[current])
                if codes.setdefault(link.parent, parent) != parent:
                    message = f"{level} '{code}' lies in {link.parent} '{parent}' and in '{codes[link.parent]}'."
                    raise MethodError(message, f"hierarchy {link.child}:{link.parent}")
                queue.append(link.parent)
        return codes


def columns_that_determine(rows: Iterable[Mapping[str, str]], lower: str, higher: str) -> Mapping[str, str] | None:
    """Return the map from ``lower`` to ``higher`` codes if every lower code occurs with one higher code only.

    An outsider knows in which province a municipality lies, whether or not the publisher says so; a table by province
    beside a table by municipality therefore holds subtotals of it. None when the columns are not so related, or when
    the higher one has a single code (its table adds nothing to a total).
    """
    found: dict[str, str] = {}
    for row in rows:
        if found.setdefault(row[lower], row[higher]) != row[higher]:
            return None
    return found if len(set(found.values())) > 1 else None

"""Places on a page that rooms above fill: the page of a government shows partnerships without knowing that room.

A lower room makes a ``Sections`` for its page; a higher room adds a function to it in ``AppConfig.ready``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from draad.web.thread import Stop

T = TypeVar("T")


@dataclass(frozen=True)
class Section:
    """A part of a page: the template that shows it, what it needs, and the stations of the thread that it knows."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    stops: Mapping[str, Stop] = field(default_factory=dict)


@dataclass
class Sections(Generic[T]):
    """The functions that add to a page about a ``T``; each gives a section, or None when it has nothing to say."""

    _makers: list[tuple[int, Callable[[T], Section | None]]] = field(default_factory=list)

    def add(self, maker: Callable[[T], Section | None], *, order: int) -> None:
        """Let ``maker`` add to the page; lower ``order`` comes first. Adding the same maker twice adds it once."""
        if maker not in [known for _order, known in self._makers]:
            self._makers.append((order, maker))

    def of(self, subject: T) -> list[Section]:
        """The sections about ``subject``, in order."""
        made = (maker(subject) for _order, maker in sorted(self._makers, key=lambda pair: pair[0]))
        return [section for section in made if section is not None]


def rendered(sections: list[Section], request: HttpRequest) -> list[SafeString]:
    """The sections as parts of the page."""
    return [render_to_string(section.template, dict(section.context), request) for section in sections]


def stops_of(sections: list[Section]) -> dict[str, Stop]:
    """The stations that the sections know, together; the first to name a station wins."""
    stops: dict[str, Stop] = {}
    for section in sections:
        for station, stop in section.stops.items():
            stops.setdefault(station, stop)
    return stops

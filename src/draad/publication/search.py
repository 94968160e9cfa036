"""Search over the whole site: each room below finds its own, this page puts them together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from draad.web.search import Hit

SHORTEST = 2
MOST_OF_A_KIND = 20
MOST_WORDS = 12


@dataclass(frozen=True)
class Group:
    """What was found of one kind: the first hits and how many more there are."""

    kind: str
    hits: Sequence[Hit]
    more: int


def finders() -> list[Callable[[str], list[Hit]]]:
    """The ``search`` function of every room that has one, from the top of the house down."""
    modules = [f"{config.name}.search" for config in apps.get_app_configs() if config.name.startswith("draad.")]
    return [
        import_module(name).search
        for name in modules
        if name != __name__ and find_spec(name) and hasattr(import_module(name), "search")
    ]


def search_everything(text: str) -> list[Group]:
    """What the site knows of ``text``, by kind; text of one letter finds nothing.

    Words after the twelfth do not count: every word is a condition, and a database takes only so many.
    """
    words = " ".join(text.replace("\0", " ").split()[:MOST_WORDS])
    if len(words) < SHORTEST:
        return []
    by_kind: dict[str, list[Hit]] = {}
    for find in finders():
        for hit in find(words):
            by_kind.setdefault(str(hit.kind), []).append(hit)
    return [Group(kind, hits[:MOST_OF_A_KIND], max(0, len(hits) - MOST_OF_A_KIND)) for kind, hits in by_kind.items()]

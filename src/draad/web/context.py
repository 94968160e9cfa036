"""What every page has around its content: menus, chosen by the settings so that the frame knows no room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Item:
    """An entry of a menu; ``here`` when the page lies under it."""

    label: Any
    address: str
    here: bool = False


@dataclass(frozen=True)
class Group:
    """A column of the footer."""

    label: Any
    items: Sequence[Item]


@dataclass(frozen=True)
class Frame:
    """The menus of a page."""

    menu: Sequence[Item]
    footer: Sequence[Group]


def frame(request: HttpRequest) -> dict[str, Frame]:
    """Context processor: the frame made by ``settings.FRAME``."""
    make: Any = import_string(settings.FRAME)
    return {"frame": make(request)}


def item(request: HttpRequest, label: Any, route: str, *under: str) -> Item:
    """An entry that leads to ``route`` and is marked when the page belongs to it or to one of ``under``."""
    match = request.resolver_match
    here = bool(match) and match is not None and (match.view_name == route or match.view_name in under)
    return Item(label, reverse(route), here)

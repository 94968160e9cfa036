"""What every page has around its content: menus, chosen by the settings so that the frame knows no room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Item:
    """An entry of a menu; ``here`` when the page lies under it."""

    label: str
    address: str
    here: bool = False


@dataclass(frozen=True)
class Group:
    """A column of the footer."""

    label: str
    items: Sequence[Item]


@dataclass(frozen=True)
class Menus:
    """The main menu and the footer, in one language; pages that have the same ones share them, so they are written
    once.
    """

    main: Sequence[Item]
    footer: Sequence[Group]

    @cached_property
    def main_written(self) -> SafeString:
        """The main menu as HTML."""
        return render_to_string("web/menu.html", {"menus": self})

    @cached_property
    def footer_written(self) -> SafeString:
        """The footer as HTML."""
        return render_to_string("web/footer.html", {"menus": self})


@dataclass(frozen=True)
class Frame:
    """The menus of a page; ``own`` stands beside the name of who signed in."""

    menus: Menus
    own: Sequence[Item] = ()


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the frame made by ``settings.FRAME`` once it is shown; a part of a page never does."""
    make: Any = import_string(settings.FRAME)
    return {"frame": SimpleLazyObject(lambda: make(request))}


def item(here: str, label: Any, route: str, *under: str) -> Item:
    """An entry that leads to ``route``, marked when the route ``here`` of the page is it or one of ``under``."""
    return Item(str(label), reverse(route), here == route or here in under)

"""Writes the places of a map as SVG; in Python, because a template is asked the same for three hundred of them."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString

if TYPE_CHECKING:
    from draad.web.tilemap.drawing import Shape

LOOKS = {"t0": "tile t0", "gap": "tile outline", "1": "tile t1 draad-fill-1"}
"""The classes of a place by its fill; any other fill is a dark one."""


def tiles_of(shapes: Sequence[Shape], key: str) -> SafeString:
    """The places, each a link that says its name and value; only the first is a stop of the tab key.

    Args:
        shapes: the places as they are drawn.
        key: of the map, whose hatch fills what has no value.
    """
    hatch = f' fill="url(#{escape(key)}-hatch)"'
    written = [_tile(shape, hatch, "" if place == 0 else ' tabindex="-1"') for place, shape in enumerate(shapes)]
    return SafeString("".join(written))  # nosec B703


def _tile(shape: Shape, hatch: str, stop: str) -> str:
    says, outline = escape(shape.says), shape.outline
    look = LOOKS.get(shape.fill) or f"tile t draad-fill-{escape(shape.fill)}"
    ring = f'<circle class="draad-ring" cx="{outline.x}" cy="{outline.y}" r="4.5"/>' if shape.marked else ""
    return (
        f'<a href="{escape(shape.place.href)}" aria-label="{says}"{stop}><path class="{look}"'
        f'{hatch if shape.fill == "gap" else ""} d="{escape(outline.path)}"/>{ring}<title>{says}</title></a>\n'
    )

"""Reads names as documents print them."""

from __future__ import annotations

import re
from dataclasses import dataclass

ON_BEHALF = re.compile(r"^(?P<name>.+?)\s*\((?:io|i\.o\.|in opdracht van)\s+(?P<other>[^()]+)\)$")


@dataclass(frozen=True)
class PrintedName:
    """Who is named, and the government for which it stands ("io": in opdracht van), or empty."""

    name: str
    on_behalf_of: str = ""


def read_name(text: str) -> PrintedName:
    """The names in ``De Rand (io Wemmel)`` or ``Kuurne``.

    Raises:
        ValueError: when nothing is printed.
    """
    clean = " ".join(text.split())
    if not clean:
        raise ValueError("a printed name is empty")
    match = ON_BEHALF.match(clean)
    return PrintedName(match["name"], match["other"].strip()) if match else PrintedName(clean)

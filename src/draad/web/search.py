"""What a search of the whole site finds; every room with a ``search.py`` adds its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Hit:
    """One thing found: its title, what kind of thing it is, where it stands, and a note that tells it apart."""

    title: str
    kind: Any
    address: str
    note: Any = ""

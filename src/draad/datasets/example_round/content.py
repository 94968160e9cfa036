"""The invented programme as it stands in the files beside this one."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any


def read(name: str) -> Mapping[str, Any]:
    """The content of a file: ``programme`` or ``running``."""
    return tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text(encoding="utf-8"))


def months_on(day: date, months: int) -> date:
    """The first day of the month that lies so many months further."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)

"""Reads the CSV files with facts; an empty cell is a value that the source does not give."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

FOLDER = Path(__file__).parent / "plan_samenleven" / "facts"

Fact = dict[str, str]


def read(name: str, folder: Path = FOLDER) -> list[Fact]:
    """The rows of ``name``.csv in the order of the file."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def day(text: str) -> date | None:
    """An ISO date, or None for an empty cell."""
    return date.fromisoformat(text) if text else None


def whole(text: str) -> int | None:
    """A whole number, or None for an empty cell."""
    return int(text) if text else None


def money(text: str) -> Decimal | None:
    """An amount in euro with two places, or None for an empty cell."""
    return Decimal(text).quantize(Decimal("0.01")) if text else None


def yes_no(text: str) -> bool | None:
    """1 is yes, 0 is no, empty is not known."""
    return {"1": True, "0": False, "": None}[text]

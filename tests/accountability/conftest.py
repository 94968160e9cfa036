"""The overview of a round as a workbook that was read again."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from draad.accountability.overview import overview
from draad.accountability.queries import round_numbered

Open = Callable[..., Any]
MADE: dict[tuple[int, str], bytes] = {}


@pytest.fixture
def opened(db: None) -> Open:
    """Gives the overview of a round as openpyxl reads it; made once, as no test that uses it changes the data."""

    def make(number: int = 1, language: str = "nl") -> Any:
        if (number, language) not in MADE:
            MADE[number, language] = overview(round_numbered(number), language)
        return load_workbook(BytesIO(MADE[number, language]))

    return make


@pytest.fixture
def book(opened: Open) -> Any:
    """The Dutch overview of round 1."""
    return opened()

"""The programme, and figures of the test's own instead of the published ones."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from draad.accounts.actor import system
from draad.figures.actions import Publication, record_figures
from draad.figures.models import PublishedFigure
from draad.programmes.models import Programme

BY = system("test")
Publish = Callable[..., list[PublishedFigure]]


@pytest.fixture
def programme(db: None) -> Programme:
    """Plan Samenleven."""
    found: Programme = Programme.objects.get(slug="plan-samenleven")
    return found


def value(
    measure: str = "granted amount",
    amount: int | str = 100,
    *,
    round_number: int | None = 1,
    action: int | None = None,
    unit: str = "EUR",
    source: str = "blad 1",
    rounded: bool = False,
) -> Publication:
    """A published value."""
    return Publication(round_number, action, measure, Decimal(amount), unit, source, rounded)


@pytest.fixture
def publish(programme: Programme) -> Publish:
    """Replaces everything that was published by these values."""

    def make(*publications: Publication) -> list[PublishedFigure]:
        record_figures(programme, publications, by=BY)
        return list(PublishedFigure.objects.order_by("position"))

    return make

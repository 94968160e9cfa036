"""Facts of Plan Samenleven with their sources and demonstration logins, loaded through the actions of the rooms."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from draad.accounts.sync import SyncCount


def _plan_samenleven() -> dict[str, SyncCount]:
    from draad.datasets.plan_samenleven.loading import load

    return load()


def _demonstration() -> dict[str, SyncCount]:
    from draad.datasets.demonstration import load

    return load()


DATASETS: dict[str, Callable[[], dict[str, SyncCount]]] = {
    "plan-samenleven": _plan_samenleven,
    "demonstration": _demonstration,
}

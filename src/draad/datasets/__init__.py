"""Facts with their sources, example rounds and demonstration logins, loaded through the actions of the rooms."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from draad.accounts.sync import SyncCount

ORGANISATIONS = "organisations"
EXAMPLE = "example"
EXAMPLE_PLAN = "example-plan"
EXAMPLE_ROUND = "example-round"


def _organisations() -> dict[str, SyncCount]:
    from draad.datasets.plan_samenleven.loading import load_organisations

    return load_organisations()


def _plan_samenleven() -> dict[str, SyncCount]:
    from draad.datasets.plan_samenleven.loading import load

    return load()


def _demonstration() -> dict[str, SyncCount]:
    from draad.datasets.demonstration import load

    return load()


def _example(**options: Any) -> dict[str, SyncCount]:
    from draad.datasets.example.loading import load

    return load(**options)


def _example_plan() -> dict[str, SyncCount]:
    from draad.datasets.example_plan.loading import load

    return load()


def _example_round() -> dict[str, SyncCount]:
    from draad.datasets.example_round.loading import load

    return load()


DATASETS: dict[str, Callable[..., dict[str, SyncCount]]] = {
    ORGANISATIONS: _organisations,
    "plan-samenleven": _plan_samenleven,
    "demonstration": _demonstration,
    EXAMPLE: _example,
    EXAMPLE_PLAN: _example_plan,
    EXAMPLE_ROUND: _example_round,
}

"""Loads all facts of Plan Samenleven, room by room from below, in one transaction."""

from __future__ import annotations

from django.db import transaction

from draad.accounts.actor import system
from draad.accounts.sync import SyncCount
from draad.datasets.plan_samenleven import known, organisations, programme

LOADER = system("draad load plan-samenleven")


def load_organisations() -> dict[str, SyncCount]:
    """Add or change governments, partners, inhabitants and tiles alone: what a programme of one's own begins with."""
    with transaction.atomic():
        return organisations.load(system("draad load organisations"))


def load() -> dict[str, SyncCount]:
    """Add or change what differs from the facts; returns what happened per kind of fact."""
    counts: dict[str, SyncCount] = {}
    with transaction.atomic():
        counts |= organisations.load(LOADER)
        counts |= programme.load(LOADER)
        counts |= known.load(LOADER)
    return counts

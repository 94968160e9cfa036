"""The addresses of this room and who may use them, one module per subject."""

from __future__ import annotations

from django.urls import URLPattern

from draad.accounts.guards import Guard
from draad.applications.routes import (
    amendments,
    assessment,
    calls,
    corrections,
    decisions,
    desk,
    form,
    listed,
    members,
    mine,
    submission,
)

_MODULES = (listed, calls, mine, form, members, submission, amendments, assessment, corrections, desk, decisions)

urlpatterns: list[URLPattern] = [pattern for module in _MODULES for pattern in module.urlpatterns]
ACCESS: dict[str, Guard] = {route: guard for module in _MODULES for route, guard in module.ACCESS.items()}

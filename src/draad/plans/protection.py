"""A published version of a plan and its measures never change."""

from __future__ import annotations

from draad.accounts.protection import once_published

PUBLISHED_PLAN = once_published(
    "published_plan",
    "a published plan never changes",
    table="plans_planversion",
    parts="plans_frozenmeasure",
    key="version_id",
)

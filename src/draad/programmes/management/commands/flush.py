"""Empties every table, published terms and plans included."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import flush

from draad.plans import protection as plans
from draad.programmes import protection as terms


class Command(flush.Command):
    """Django's ``flush``, with the protection of what is published lifted meanwhile."""

    def handle(self, **options: Any) -> None:
        """Empty the database."""
        terms.lift(options["database"])
        plans.lift(options["database"])
        try:
            super().handle(**options)
        finally:
            terms.protect(options["database"])
            plans.protect(options["database"])

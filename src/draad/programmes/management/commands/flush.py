"""Empties every table, published terms included."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import flush

from draad.programmes.protection import lift, protect


class Command(flush.Command):
    """Django's ``flush``, with the protection of published terms lifted meanwhile."""

    def handle(self, **options: Any) -> None:
        """Empty the database."""
        lift(options["database"])
        try:
            super().handle(**options)
        finally:
            protect(options["database"])

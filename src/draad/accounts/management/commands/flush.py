"""Empties every table, what is published included."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import flush

from draad.accounts.protection import PROTECTIONS


class Command(flush.Command):
    """Django's ``flush``, with the protection of what is published lifted meanwhile."""

    def handle(self, **options: Any) -> None:
        """Empty the database."""
        for protection in PROTECTIONS.values():
            protection.lift(options["database"])
        try:
            super().handle(**options)
        finally:
            for protection in PROTECTIONS.values():
                protection.protect(options["database"])

"""The database itself refuses to change or delete what was published, whoever asks.

A room names its tables and conditions; the triggers go in after every migration and out before one, because SQLite
rebuilds a table to alter it. ``flush`` takes them out too, since it empties every table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate

_POSTGRESQL = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF {condition} THEN RAISE EXCEPTION '{says}' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN {row};
END $$;
CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}();
"""
_SQLITE = "CREATE TRIGGER {name} BEFORE {verb} ON {table} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{says}'); END"

_OF_PUBLISHED = "(SELECT state FROM {table} WHERE id = {row}.{key}) = 'published'"


@dataclass(frozen=True)
class Protection:
    """What the database refuses.

    Args:
        name: with what the names of its triggers begin; unique in Draad.
        says: the words of the refusal.
        refused: for each table and verb (``UPDATE``, ``DELETE``, ``INSERT``) the condition under which it is refused,
            in SQL over ``OLD`` and ``NEW`` that both databases read.
    """

    name: str
    says: str
    refused: Mapping[tuple[str, str], str]

    def protect(self, using: str) -> None:
        """Put the triggers in; putting them in twice is putting them in once."""
        self.lift(using)
        connection = connections[using]
        template = _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE
        with connection.cursor() as cursor:
            for (table, verb), condition in self.refused.items():
                row = "OLD" if verb == "DELETE" else "NEW"
                words = {"name": self.trigger(table, verb), "table": table, "verb": verb, "says": self.says}
                cursor.execute(template.format(**words, condition=condition, row=row))

    def lift(self, using: str) -> None:
        """Take the triggers out, where they are."""
        connection = connections[using]
        with connection.cursor() as cursor:
            for table, verb in self.refused:
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {self.trigger(table, verb)}{on}")

    def trigger(self, table: str, verb: str) -> str:
        """The name of a trigger."""
        return f"{self.name}_{table}_{verb}".lower()

    def before_migrate(self, using: str, **_kwargs: Any) -> None:
        """Receiver of ``pre_migrate``; before the first migration there is nothing to take out."""
        if self._tables_stand(using):
            self.lift(using)

    def after_migrate(self, using: str, **_kwargs: Any) -> None:
        """Receiver of ``post_migrate``; a database migrated back to before the room has no tables to protect."""
        if self._tables_stand(using):
            self.protect(using)

    def connect(self, room: AppConfig) -> None:
        """Follow the migrations of a room from now on, and let ``flush`` know."""
        pre_migrate.connect(self.before_migrate, sender=room, dispatch_uid=f"lift_{self.name}")
        post_migrate.connect(self.after_migrate, sender=room, dispatch_uid=f"protect_{self.name}")
        PROTECTIONS[self.name] = self

    def _tables_stand(self, using: str) -> bool:
        return {table for table, _verb in self.refused} <= set(connections[using].introspection.table_names())


def once_published(name: str, says: str, *, table: str, parts: str, key: str) -> Protection:
    """What is published never changes, and neither does what it is made of.

    Args:
        name: with what the names of the triggers begin.
        says: the words of the refusal.
        table: the table of what is published, of which ``state`` then is ``published``.
        parts: the table of what it is made of.
        key: the column of a part that names what it belongs to.
    """
    of_old, of_new = (_OF_PUBLISHED.format(table=table, row=row, key=key) for row in ("OLD", "NEW"))
    whole = "OLD.state = 'published'"
    return Protection(
        name,
        says,
        {
            (table, "UPDATE"): whole,
            (table, "DELETE"): whole,
            (parts, "INSERT"): of_new,
            (parts, "UPDATE"): f"{of_old} OR {of_new}",
            (parts, "DELETE"): of_old,
        },
    )


PROTECTIONS: dict[str, Protection] = {}
"""What every room protects, by name."""

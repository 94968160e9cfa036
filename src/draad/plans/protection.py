"""The database itself refuses to change or delete a published version of a plan and its measures, whoever asks.

The triggers go in after every migration and out before one, because SQLite rebuilds a table to alter it. ``flush``
takes them out too, since it empties every table.
"""

from __future__ import annotations

from typing import Any

from django.db import connections

VERSIONS, MEASURES = "plans_planversion", "plans_frozenmeasure"
SAYS = "a published plan never changes"
_OF_OLD = "(SELECT state FROM plans_planversion WHERE id = OLD.version_id) = 'published'"
_OF_NEW = "(SELECT state FROM plans_planversion WHERE id = NEW.version_id) = 'published'"
REFUSED = {
    (VERSIONS, "UPDATE"): "OLD.state = 'published'",
    (VERSIONS, "DELETE"): "OLD.state = 'published'",
    (MEASURES, "INSERT"): _OF_NEW,
    (MEASURES, "UPDATE"): f"{_OF_OLD} OR {_OF_NEW}",
    (MEASURES, "DELETE"): _OF_OLD,
}
"""For each table and verb the condition under which it is refused."""

_POSTGRESQL = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF {condition} THEN RAISE EXCEPTION '{says}' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN {row};
END $$;
CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}();
"""
_SQLITE = "CREATE TRIGGER {name} BEFORE {verb} ON {table} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{says}'); END"


def protect(using: str) -> None:
    """Put the triggers in; putting them in twice is putting them in once."""
    lift(using)
    connection = connections[using]
    template = _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE
    with connection.cursor() as cursor:
        for (table, verb), condition in REFUSED.items():
            row = "OLD" if verb == "DELETE" else "NEW"
            cursor.execute(
                template.format(
                    name=_name(table, verb), table=table, verb=verb, condition=condition, says=SAYS, row=row
                )
            )


def lift(using: str) -> None:
    """Take the triggers out, where they are."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for table, verb in REFUSED:
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {_name(table, verb)}{on}")


def _name(table: str, verb: str) -> str:
    return f"published_plan_{table}_{verb}".lower()


def before_migrate(using: str, **_kwargs: Any) -> None:
    """Receiver of ``pre_migrate``; before the first migration there is nothing to take out."""
    if _tables_stand(using):
        lift(using)


def after_migrate(using: str, **_kwargs: Any) -> None:
    """Receiver of ``post_migrate``; a database migrated back to before this room has no tables to protect."""
    if _tables_stand(using):
        protect(using)


def _tables_stand(using: str) -> bool:
    return {VERSIONS, MEASURES} <= set(connections[using].introspection.table_names())

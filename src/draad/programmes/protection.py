"""The database itself refuses to change or delete published terms and their lines, whoever asks.

The triggers go in after every migration and out before one, because SQLite rebuilds a table to alter it. ``flush``
takes them out too, since it empties every table.
"""

from __future__ import annotations

from typing import Any

from django.db import connections

TERMS, LINES = "programmes_actionterms", "programmes_indicatorterms"
SAYS = "published terms never change"
NAME = "published_terms"

_SQLITE_LINES = "(SELECT state FROM {terms} WHERE id = {row}.terms_id) = 'published'".replace("{terms}", TERMS)
_SQLITE = {
    (TERMS, "UPDATE"): "OLD.state = 'published'",
    (TERMS, "DELETE"): "OLD.state = 'published'",
    (LINES, "INSERT"): _SQLITE_LINES.format(row="NEW"),
    (LINES, "UPDATE"): f"{_SQLITE_LINES.format(row='OLD')} OR {_SQLITE_LINES.format(row='NEW')}",
    (LINES, "DELETE"): _SQLITE_LINES.format(row="OLD"),
}

_POSTGRESQL_FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION {NAME}_terms() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'published' THEN RAISE EXCEPTION '{SAYS}' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION {NAME}_lines() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM {TERMS} WHERE state = 'published'
             AND (TG_OP <> 'INSERT' AND id = OLD.terms_id OR TG_OP <> 'DELETE' AND id = NEW.terms_id))
  THEN RAISE EXCEPTION '{SAYS}' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
"""  # noqa: S608  built from constants


def _names() -> list[tuple[str, str, str]]:
    return [(f"{NAME}_{table}_{verb}".lower(), table, verb) for table, verb in _SQLITE]


def protect(using: str) -> None:
    """Put the triggers in; putting them in twice is putting them in once."""
    connection = connections[using]
    lift(using)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL_FUNCTIONS)
        for name, table, verb in _names():
            if connection.vendor == "postgresql":
                function = f"{NAME}_{'terms' if table == TERMS else 'lines'}()"
                cursor.execute(
                    f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {function}"
                )
            else:
                cursor.execute(
                    f"CREATE TRIGGER {name} BEFORE {verb} ON {table} WHEN {_SQLITE[table, verb]} "
                    f"BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
                )


def lift(using: str) -> None:
    """Take the triggers out, where they are."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for name, table, _verb in _names():
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def before_migrate(using: str, **_kwargs: Any) -> None:
    """Receiver of ``pre_migrate``."""
    lift(using)


def after_migrate(using: str, **_kwargs: Any) -> None:
    """Receiver of ``post_migrate``; a database migrated back to before this room has no tables to protect."""
    if {TERMS, LINES} <= set(connections[using].introspection.table_names()):
        protect(using)

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

_OLD_PUBLISHED = "(SELECT state FROM programmes_actionterms WHERE id = OLD.terms_id) = 'published'"
_NEW_PUBLISHED = "(SELECT state FROM programmes_actionterms WHERE id = NEW.terms_id) = 'published'"
_SQLITE = {
    (TERMS, "UPDATE"): "OLD.state = 'published'",
    (TERMS, "DELETE"): "OLD.state = 'published'",
    (LINES, "INSERT"): _NEW_PUBLISHED,
    (LINES, "UPDATE"): f"{_OLD_PUBLISHED} OR {_NEW_PUBLISHED}",
    (LINES, "DELETE"): _OLD_PUBLISHED,
}

_POSTGRESQL_FUNCTIONS = """
CREATE OR REPLACE FUNCTION published_terms_terms() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'published'
  THEN RAISE EXCEPTION 'published terms never change' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION published_terms_lines() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM programmes_actionterms WHERE state = 'published'
             AND (TG_OP <> 'INSERT' AND id = OLD.terms_id OR TG_OP <> 'DELETE' AND id = NEW.terms_id))
  THEN RAISE EXCEPTION 'published terms never change' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
"""


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

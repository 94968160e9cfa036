"""The database refuses to touch published terms, whatever the code above it does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command
from django.db import Error, IntegrityError, connection, transaction

from draad.programmes.models import ActionTerms, Programme
from draad.programmes.protection import PUBLISHED_TERMS
from tests.trying import put

pytestmark = pytest.mark.django_db
TermsOf = Callable[[int, int], ActionTerms]
REFUSED = PUBLISHED_TERMS.says


def run(sql: str, *parameters: object) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return int(cursor.rowcount)


STATEMENTS = [
    "UPDATE programmes_actionterms SET ceiling = 1 WHERE id = %s",
    "UPDATE programmes_actionterms SET state = 'draft', version = NULL, published_at = NULL WHERE id = %s",
    "DELETE FROM programmes_actionterms WHERE id = %s",
    "UPDATE programmes_indicatorterms SET unit_amount = 1 WHERE terms_id = %s",
    "DELETE FROM programmes_indicatorterms WHERE terms_id = %s",
    "INSERT INTO programmes_indicatorterms (terms_id, line, label, unit, counting, provenance)"
    " VALUES (%s, 9, 'x', '', '', '{}')",
]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_published_terms_are_refused(terms_of: TermsOf, statement: str) -> None:
    with pytest.raises(Error, match=REFUSED):
        run(statement, terms_of(9, 1).pk)


@pytest.mark.parametrize("statement", [STATEMENTS[0], STATEMENTS[3], STATEMENTS[5], STATEMENTS[4]])
def test_drafts_are_free(draft: ActionTerms, statement: str) -> None:
    assert run(statement, draft.pk) >= 1


def test_a_line_cannot_move_into_published_terms(draft: ActionTerms, terms_of: TermsOf) -> None:
    move = "UPDATE programmes_indicatorterms SET terms_id = %s, line = 9 WHERE terms_id = %s AND line = 1"
    with pytest.raises(Error, match=REFUSED):
        run(move, terms_of(9, 1).pk, draft.pk)
    with pytest.raises(Error, match=REFUSED):
        run(move, draft.pk, terms_of(9, 1).pk)


def test_lifted_and_put_back(terms_of: TermsOf) -> None:
    terms = terms_of(9, 1)
    PUBLISHED_TERMS.lift("default")
    assert run(STATEMENTS[0], terms.pk) == 1
    PUBLISHED_TERMS.protect("default")
    PUBLISHED_TERMS.protect("default")
    with pytest.raises(Error, match=REFUSED):
        run(STATEMENTS[0], terms.pk)


def test_a_migration_lifts_and_puts_back(terms_of: TermsOf) -> None:
    terms = terms_of(9, 1)
    PUBLISHED_TERMS.before_migrate(using="default")
    assert run(STATEMENTS[0], terms.pk) == 1
    PUBLISHED_TERMS.after_migrate(using="default")
    with pytest.raises(Error, match=REFUSED):
        run(STATEMENTS[0], terms.pk)


def test_without_tables_there_is_nothing_to_protect(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection.introspection, "table_names", lambda *_args, **_kwargs: [])
    PUBLISHED_TERMS.lift("default")
    PUBLISHED_TERMS.after_migrate(using="default")
    with connection.cursor() as cursor:
        assert not set(_triggers(cursor))
    PUBLISHED_TERMS.protect("default")


def _triggers(cursor: object) -> list[str]:
    names = "tgname FROM pg_trigger WHERE NOT tgisinternal AND tgname"
    if connection.vendor == "sqlite":
        names = "name FROM sqlite_master WHERE type = 'trigger' AND name"
    cursor.execute(f"SELECT {names} LIKE 'published_terms%%'", [])
    return [row[0] for row in cursor.fetchall()]


def test_flush_empties_published_terms_and_protects_again() -> None:
    """Rolled back afterwards, so that the other tests keep their facts."""
    with transaction.atomic():
        call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)
        assert not Programme.objects.exists()
        with connection.cursor() as cursor:
            assert len(_triggers(cursor)) == 5
        transaction.set_rollback(True)
    assert Programme.objects.exists()


@pytest.mark.parametrize("column", ["version", "published_at", "effective_on"])
def test_what_is_published_has_a_version_a_moment_and_a_day(draft: ActionTerms, column: str) -> None:
    """An empty column makes a comparison unknown, which a check would let pass."""
    values = {"version": 99, "published_at": datetime(2026, 1, 1, tzinfo=UTC), "effective_on": date(2026, 1, 1)}
    with pytest.raises(IntegrityError, match="terms_published_when"), transaction.atomic():
        put(draft, state="published", change_reason="rekenfout", **{**values, column: None})
    draft.refresh_from_db()
    put(draft, state="published", change_reason="rekenfout", **values)

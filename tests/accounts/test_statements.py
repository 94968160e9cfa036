"""The tables that SQL reads and writes are seen, whatever Django makes of a question."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Subquery

from draad.accounts import audit
from draad.accounts.actor import system
from draad.accounts.models import AuditedModel, User
from draad.accounts.statements import (
    count_as_read,
    not_collected,
    recorded_tables,
    tables_read,
    tables_written,
    written_so_far,
)
from draad.organisations.models import Jurisdiction, Membership, Organisation, OrganisationName, Succession, Territory

ORGANISATION, TERRITORY = Organisation._meta.db_table, Territory._meta.db_table
JURISDICTION, NAME = Jurisdiction._meta.db_table, OrganisationName._meta.db_table


@pytest.mark.parametrize("model", apps.get_models(), ids=lambda model: model._meta.label)
def test_every_table_is_seen_when_it_is_read(db: None, model: Any) -> None:
    with tables_read() as tables:
        list(model._default_manager.order_by()[:1])
    assert tables == {model._meta.db_table}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (Jurisdiction.objects.select_related("territory"), {JURISDICTION, TERRITORY}),
        (Organisation.objects.filter(names__name="Gent"), {ORGANISATION, NAME}),
        (Organisation.objects.exclude(names__name="Gent"), {ORGANISATION, NAME}),
        (
            Organisation.objects.filter(pk__in=Jurisdiction.objects.values("organisation")),
            {ORGANISATION, JURISDICTION},
        ),
        (Organisation.objects.annotate(n=Count("jurisdictions__territory")), {ORGANISATION, JURISDICTION}),
        (
            Organisation.objects.annotate(
                n=Subquery(OrganisationName.objects.filter(organisation=OuterRef("pk")).values("name")[:1])
            ),
            {ORGANISATION, NAME},
        ),
        (
            Organisation.objects.filter(Exists(Jurisdiction.objects.filter(organisation=OuterRef("pk")))),
            {ORGANISATION, JURISDICTION},
        ),
        (Organisation.objects.values("pk").union(Territory.objects.values("pk")), {ORGANISATION, TERRITORY}),
        (Organisation.objects.prefetch_related(Prefetch("names")), {ORGANISATION, NAME}),
        (
            Succession.objects.filter(predecessor__jurisdictions__organisation__names__name=F("source")),
            {Succession._meta.db_table, TERRITORY, JURISDICTION, ORGANISATION, NAME},
        ),
    ],
)
def test_every_way_to_ask_is_seen(db: None, question: Any, expected: set[str]) -> None:
    with tables_read() as tables:
        list(question.all())
        question.all().count()
        list(question.all().iterator(chunk_size=5))
    used = tables - (
        {TERRITORY} if TERRITORY not in expected else set()
    )  # a join that counts only keys may be left out
    assert used == expected


def test_what_a_block_inside_reads_counts_outside(db: None) -> None:
    with tables_read() as outer:
        with tables_read() as inner:
            Organisation.objects.count()
        with not_collected():
            Territory.objects.count()
        count_as_read([NAME])
    Jurisdiction.objects.count()
    assert inner == {ORGANISATION}
    assert outer == {ORGANISATION, NAME}


def test_every_way_to_write_is_seen(db: None) -> None:
    def cabinet(slug: str) -> Organisation:
        return Organisation(slug=slug, kind="cabinet", name=slug, source="test")

    with audit.recording(by=system("test")):
        for write in (
            lambda: cabinet("een").save(),
            lambda: Organisation.objects.bulk_create([cabinet("twee")]),
            lambda: Organisation.objects.bulk_create([cabinet("twee")], ignore_conflicts=True),
            lambda: Organisation.objects.filter(slug="een").update(name="drie"),
            lambda: Organisation.objects.filter(slug="gent").update(
                source=Subquery(OrganisationName.objects.values("name")[:1])
            ),
            lambda: Organisation.objects.bulk_update([Organisation.objects.get(slug="twee")], ["name"]),
        ):
            with tables_written() as tables:
                write()
            assert tables == {ORGANISATION}
        with tables_written() as tables:
            Organisation.objects.get(slug="een").delete()
        assert {ORGANISATION, NAME} <= tables


def test_what_the_outermost_block_wrote_is_known_inside(db: None) -> None:
    assert not written_so_far()
    with audit.recording(by=system("test")) as log:
        assert ORGANISATION not in written_so_far()
        log.create(Organisation(slug="een", kind="cabinet", name="een", source="test"), verb="test.add")
        with tables_written() as inner:
            assert ORGANISATION in written_so_far()
        assert inner == set()
        assert ORGANISATION in written_so_far()
    assert not written_so_far()


def test_reading_is_no_writing(db: None) -> None:
    with tables_written() as tables:
        list(Organisation.objects.select_for_update().filter(slug="update")[:1])
        list(Organisation.objects.filter(name='INSERT INTO "organisations_territory"'))
    assert tables == set()


def test_what_stands_in_values_is_no_table(db: None) -> None:
    with audit.recording(by=system("test")), tables_read() as read, tables_written() as written:
        name = 'DELETE FROM "organisations_territory" JOIN "organisations_membership"'
        Organisation(slug="sql", kind="cabinet", name=name, source="test").save()
    assert read == set()
    assert written == {ORGANISATION}


def test_recorded_tables_are_those_that_only_a_recording_writes() -> None:
    assert Membership._meta.db_table in recorded_tables()
    assert User._meta.db_table not in recorded_tables()
    assert len(recorded_tables()) == sum(issubclass(model, AuditedModel) for model in apps.get_models())


def test_nothing_stays_behind_at_the_connection(db: None) -> None:
    before = list(connection.execute_wrappers)
    with audit.recording(by=system("test")), tables_read():
        assert len(connection.execute_wrappers) == len(before) + 2
    assert connection.execute_wrappers == before

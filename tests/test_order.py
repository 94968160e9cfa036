"""Lists stand in an order that they name: the same in both databases, and with what is missing at the same end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db.models import QuerySet

from draad.accounts import audit
from draad.applications.models import ApplicationLine, CallState
from draad.applications.queries.calls import calls
from draad.documents.tables import Column, Table
from draad.organisations.models import Organisation, OrganisationName
from draad.plans.actions.plans import PlanAbout, create_plan
from draad.plans.models import Plan
from draad.plans.queries import plans_with_counts, uploads_of
from draad.programmes.models import Round
from draad.web import tables
from draad.web.tablerows import Rows, chosen, in_order
from draad.web.tables import BoundTable
from tests.applications.making import BY, OPENS, indicator, make_application, make_call
from tests.plans.desk import put, sheets
from tests.walking import STARTS, client_of, pages

pytestmark = pytest.mark.django_db


def make_plan(organisation: Organisation, year: int) -> Plan:
    return create_plan(PlanAbout(f"plan-{year}", f"Plan {year}", year, year + 4, organisation), by=BY)


def test_documents_that_were_read_stand_newest_first(organisation: Organisation) -> None:
    plan = make_plan(organisation, 2024)
    names = ["een.docx", "twee.docx", "drie.docx"]
    for number, name in enumerate(names, start=1):
        put(plan, sheets()[:1] * number, name)
    assert [(upload.file_name, upload.sheet_count) for upload in uploads_of(plan)] == [
        ("drie.docx", 3),
        ("twee.docx", 2),
        ("een.docx", 1),
    ]


def test_plans_stand_newest_first(organisation: Organisation) -> None:
    for year in (2020, 2030, 2025):
        make_plan(organisation, year)
    assert [plan.first_year for plan in plans_with_counts()] == [2030, 2025, 2020]


def test_calls_stand_newest_first_and_before_them_what_has_no_window_yet() -> None:
    rounds = list(Round.objects.filter(programme__slug="plan-samenleven").order_by("number"))
    make_call(round=rounds[0])
    make_call(round=rounds[1], opens_at=None, closes_at=None, published_at=None, state=CallState.DRAFT)
    make_call(round=rounds[2], opens_at=OPENS + timedelta(days=900), closes_at=OPENS + timedelta(days=950))
    assert [call.round.number for call in calls()] == [2, 3, 1]


def test_lines_stand_by_priority_and_last_those_without_one() -> None:
    application = make_application(make_call(), lines={2: (2, 10), 5: (1, 10)})
    with audit.recording(by=BY) as log:
        log.create(ApplicationLine(application=application, indicator=indicator(21)), verb="test.line")
    assert [line.priority for line in application.lines.all()] == [1, 2, None]


def test_a_column_is_sorted_with_what_is_missing_last() -> None:
    some = [
        name.pk for known in (True, False) for name in OrganisationName.objects.filter(valid_from__isnull=known)[:9]
    ]
    found = OrganisationName.objects.filter(pk__in=some)
    days = Column[OrganisationName]("day", "Van", lambda row: row.valid_from, order_by="valid_from")
    table = Table(key="t", title="T", columns=[days], rows=found.order_by("pk"))
    for sort, backwards in (("day", False), ("-day", True)):
        shown = [row.valid_from for row in BoundTable(table, "", {"sort": sort}).page]
        known = [day for day in shown if day]
        assert 0 < len(known) < len(shown)
        assert shown == [*sorted(known, reverse=backwards), *[None] * (len(shown) - len(known))]


def test_every_column_of_the_database_is_sorted_both_ways_and_searched(
    demonstration: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On every list that an administrator reaches; what is sorted here depends on no database."""
    seen: dict[str, tuple[Table[Any], QuerySet[Any]]] = {}

    def note(table: Table[Any], rows: Rows, asked: str) -> Rows:
        if isinstance(rows, QuerySet):
            seen[str(table.title)] = table, rows
        return in_order(table, rows, asked)

    monkeypatch.setattr(tables, "in_order", note)
    for _page in pages(client_of("beheerder"), *STARTS, of_each=1):
        pass
    for table, rows in seen.values():
        if table.search_by:
            assert len(chosen(table, rows, {}, "de A")) <= len(rows)
        for column in table.columns:
            for asked in (column.key, f"-{column.key}"):
                assert len(in_order(table, rows, asked)) == len(rows)
    assert len(seen) >= 6

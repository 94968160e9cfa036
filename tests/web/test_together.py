"""Rows of several tables in one statement are the rows that each table gives by itself."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import models
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from draad.accounts import audit
from draad.accounts.actor import system
from draad.accounts.statements import tables_read
from draad.organisations.models import Organisation
from draad.plans.actions.plans import PlanAbout, create_plan
from draad.plans.models import BudgetLine, Goal, Measure, Milestone, Plan, StaffLine
from draad.programmes.models import ActionTerms, Round
from draad.web.together import hang, point, together, under

pytestmark = pytest.mark.django_db
BY = system("test")
EUROS = st.decimals(0, Decimal("999999999999.99"), places=2)
TEXTS = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=20)


def values(row: models.Model) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


@pytest.fixture
def plan(organisation: Organisation) -> Plan:
    return create_plan(PlanAbout("plan", "Plan", 2024, 2029, organisation), by=BY)


def measure(plan: Plan, number: int) -> Measure:
    with audit.recording(by=BY) as log:
        return log.create(Measure(plan=plan, number=number, title=f"Maatregel {number}"), verb="test.add")


@pytest.mark.parametrize("model", [Organisation, Round, ActionTerms])
def test_rows_are_whole_and_in_the_order_that_was_asked(model: Any, django_assert_num_queries: Any) -> None:
    expected = list(model.objects.order_by("-pk"))
    assert len(expected) > 1
    with django_assert_num_queries(1):
        (found,) = together(model.objects.order_by("pk"))
    assert [values(row) for row in found] == [values(row) for row in reversed(expected)]
    assert {type(row) for row in found} == {model}
    assert not any(row._state.adding for row in found)


@given(euro=EUROS, upper=st.none() | EUROS, printed=TEXTS, yearly=st.booleans(), held=st.dictionaries(TEXTS, TEXTS))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_row_holds(
    plan: Plan, euro: Decimal, upper: Decimal | None, printed: str, held: dict[str, str], *, yearly: bool
) -> None:
    of = measure(plan, Measure.objects.count() + 1)
    with audit.recording(by=BY) as log:
        line = BudgetLine(
            measure=of, position=1, amount=euro, amount_to=upper and max(euro, upper), yearly=yearly, printed=printed
        )
        log.create(line, verb="test.add")
        row = Milestone(measure=of, position=1, period=printed, provenance={"source": held}, withdrawn=yearly)
        log.create(row, verb="test.add")
    lines, rows = together(
        BudgetLine.objects.filter(pk=line.pk).order_by("pk"), Milestone.objects.filter(pk=row.pk).order_by("pk")
    )
    assert [values(one) for one in lines] == [values(BudgetLine.objects.get(pk=line.pk))]
    assert str(lines[0].amount) == str(BudgetLine.objects.get(pk=line.pk).amount)
    assert [values(one) for one in rows] == [values(Milestone.objects.get(pk=row.pk))]


def test_rows_hang_on_those_they_point_to(plan: Plan, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    one, two = measure(plan, 1), measure(plan, 2)
    with audit.recording(by=BY) as log:
        for of, position in ((two, 2), (one, 1), (two, 1)):
            row = log.create(Milestone(measure=of, position=position, period=f"{position}"), verb="test.add")
            log.create(StaffLine(milestone=row, position=1, number=Decimal("0.5"), unit="fte"), verb="test.add")
    which = {"plan": plan}
    with django_assert_num_queries(2):
        measures = list(Measure.objects.filter(**which).order_by("number"))
        rows, staff = together(
            Milestone.objects.filter(**under("measure", which)).order_by("position"),
            StaffLine.objects.filter(**under("milestone", under("measure", which))).order_by("pk"),
        )
        hang(rows, "staff", staff)
        hang(measures, "milestones", rows)
        assert [[row.position for row in of.milestones.all()] for of in measures] == [[1], [1, 2]]
        assert [line.number for of in measures for row in of.milestones.all() for line in row.staff.all()] == [
            Decimal("0.5000")
        ] * 3
        assert all(row.measure is of for of in measures for row in of.milestones.all())


def test_what_came_in_between_hangs_on_nobody(plan: Plan) -> None:
    known, later = measure(plan, 1), measure(plan, 2)
    with audit.recording(by=BY) as log:
        for of in (known, later):
            log.create(Milestone(measure=of, position=1, period="2024"), verb="test.add")
    hang([known], "milestones", list(Milestone.objects.order_by("pk")))
    assert [row.measure_id for row in known.milestones.all()] == [known.pk]


def test_a_pointer_may_be_empty(plan: Plan) -> None:
    with audit.recording(by=BY) as log:
        above = log.create(Goal(plan=plan, code="SD 1", title="Boven"), verb="test.add")
        under_it = log.create(Goal(plan=plan, code="OD 1.1", title="Onder", parent=above), verb="test.add")
    (rows,) = together(Goal.objects.order_by("code"))
    point(rows, "parent", rows)
    assert [(row.code, row.parent and row.parent.code) for row in rows] == [("OD 1.1", "SD 1"), ("SD 1", None)]
    assert under_it in rows


def test_every_table_counts_as_read(plan: Plan) -> None:
    with tables_read() as tables:
        together(
            Milestone.objects.order_by("pk"), StaffLine.objects.filter(milestone__measure__plan=plan).order_by("pk")
        )
    assert tables == {"plans_milestone", "plans_staffline", "plans_measure"}

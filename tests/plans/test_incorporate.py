"""Accepted sheets become part of the plan, and what stands in the plan is what was read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from draad.accounts.actor import Actor
from draad.accounts.models import AuditEvent
from draad.accounts.roles import Role
from draad.plans.actions.incorporate import incorporate
from draad.plans.actions.review import accept_certain, accept_sheet, decide
from draad.plans.content import measure_content, reading_content
from draad.plans.models import Measure, MeasureGoal, Plan, SheetUpload
from draad.plans.queries import measures_of, sheets_of
from draad.plans.review import CORRECTED, EMPTY
from tests.plans.desk import BY, accept_all, first, in_plan, put, sheets

pytestmark = pytest.mark.django_db


def test_what_is_in_the_plan_is_what_was_read(annex: SheetUpload) -> None:
    accept_all(annex)
    done = incorporate(annex, by=BY)
    assert (done.added, done.changed, done.same) == (46, 0, 0)
    measures = list(measures_of(annex.plan))
    readings = [reading_content(sheet.values) for sheet in sheets_of(annex)]
    assert [measure_content(measure) for measure in measures] == readings


def test_the_whole_annex_takes_few_statements(
    annex: SheetUpload, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    accept_all(annex)
    with django_assert_max_num_queries(130):
        incorporate(annex, by=BY)
    with django_assert_max_num_queries(7):
        assert all(measure_content(measure) for measure in measures_of(annex.plan))


def test_nothing_is_in_the_plan_before_a_person_accepts(plan: Plan) -> None:
    upload = put(plan, sheets())
    with pytest.raises(ValidationError, match="nog geen fiche aanvaard"):
        incorporate(upload, by=BY)
    assert not Measure.objects.filter(plan=plan).exists()
    assert not plan.goals.exists()


def test_only_accepted_sheets_are_taken_up_and_the_others_later(plan: Plan) -> None:
    upload = put(plan, sheets())
    accept_certain(upload, by=BY)
    assert set(sheets_of(upload).values_list("state", flat=True)) == {"accepted"}
    other = put(plan, sheets({**sheets()[0], "title": "Fietsen mee op de bus"}), name="meer.docx")
    accept_sheet(first(other), revision=0, by=BY)
    assert incorporate(other, by=BY).added == 1
    other.refresh_from_db()
    assert other.state == "review"
    accept_all(other)
    incorporate(other, by=BY)
    other.refresh_from_db()
    assert other.state == "done"
    assert len(measures_of(plan)) == 3


def test_texts_become_amounts_staff_and_days(plan: Plan) -> None:
    bus, stop = in_plan(plan)
    (line,) = bus.budget_lines.all()
    assert (line.amount, line.first_year, line.last_year) == (Decimal("200000.00"), 2017, 2017)
    half, days = [list(row.staff.all()) for row in bus.milestones.all()]
    assert [(s.number, s.unit, s.about) for s in half + days] == [
        (Decimal("0.5"), "fte", False), (Decimal(28), "person_days", True),
    ]  # fmt: skip
    (row,) = stop.milestones.all()
    assert (row.first_day, row.last_day, row.state) == (date(2016, 1, 1), date(2018, 12, 31), "")
    assert {(i.kind, i.text) for i in bus.indicators.all()} == {
        ("effect", "Aantal reizigers na middernacht"), ("output", "Aantal ritten"),
    }  # fmt: skip
    assert not stop.budget_lines.exists()


def test_ranges_and_thirds_of_staff_are_kept(plan: Plan) -> None:
    sheet = sheets()[0]
    sheet["milestones"][0]["fte"], sheet["milestones"][1]["fte"] = "1 tot 2 VTE", "1/3 VTE"
    (measure,) = in_plan(plan, [sheet])
    span, third = [row.staff.get() for row in measure.milestones.all()]
    assert (span.number, span.number_to) == (Decimal(1), Decimal(2))
    assert (third.number, third.number_to) == (Decimal("0.333"), None)
    read = reading_content(measure.sheets.get().values)
    assert measure_content(measure) == {**read, "sequence": measure.number}


def test_goals_stand_under_their_strategic_goal_and_a_wrong_number_is_kept_as_difference(plan: Plan) -> None:
    _bus, stop = in_plan(plan)
    assert [(g.code, g.parent and g.parent.code) for g in plan.goals.all()] == [
        ("SD 1", None), ("OD 1.1", "SD 1"), ("OD 1.2", "SD 1"),
    ]  # fmt: skip
    cited = MeasureGoal.objects.get(measure=stop, cited_code="OD 2")
    assert cited.goal
    assert cited.goal.code == "OD 1.2"
    assert cited.difference == "number"


def test_a_goal_that_the_plan_lacks_is_kept_as_cited(plan: Plan) -> None:
    odd = {**sheets()[0], "operational_goals": ["OD 9.9"]}
    odd["goal_texts"] = {**odd["goal_texts"], "operational_goals": "OD 9.9: Paarden in de wei"}
    (measure,) = in_plan(plan, [odd])
    cited = MeasureGoal.objects.get(measure=measure, cited_code="OD 9.9")
    assert (cited.goal, cited.difference) == (None, "not in the plan")


def test_corrections_reach_the_plan_and_their_numbers_are_computed_again(plan: Plan) -> None:
    upload = put(plan, sheets()[:1])
    sheet = first(upload)
    for name, decision, text in (
        ("budget", CORRECTED, "€ 1.234,56"),
        ("target", EMPTY, ""),
        ("milestones.0.fte", CORRECTED, "2 VTE"),
        ("operational_goals", CORRECTED, "OD 1.1: De bus rijdt vaker en later\nOD 1.2"),
        ("milestones.1.period", EMPTY, ""),
        ("milestones.1.text", EMPTY, ""),
        ("milestones.1.fte", EMPTY, ""),
    ):
        sheet = decide(sheet, name, decision, text=text, revision=sheet.revision, by=BY)
    accept_all(upload)
    incorporate(upload, by=BY)
    (measure,) = measures_of(plan)
    assert [line.amount for line in measure.budget_lines.all()] == [Decimal("1234.56")]
    assert measure.target == ""
    (row,) = measure.milestones.all()
    assert [line.number for line in row.staff.all()] == [Decimal(2)]
    assert [goal.cited_code for goal in measure.goals.all()] == ["SD 1", "OD 1.1", "OD 1.2"]
    assert measure.provenance["target"]["decision"] == "empty"
    assert row.provenance["fte"]["decision"] == "corrected"


def test_every_value_leads_to_its_place(plan: Plan) -> None:
    measure = in_plan(plan)[0]
    sheet = measure.sheets.get()
    assert measure.provenance["target"] == {
        "sheet": sheet.pk, "source": sheet.values["source"]["target"], "decision": "",
    }  # fmt: skip
    assert measure.milestones.all()[0].provenance["text"]["source"] == sheet.values["milestones"][0]["source"]["text"]


def test_taking_up_leaves_events_with_the_document_as_reason(plan: Plan) -> None:
    in_plan(plan)
    event = AuditEvent.objects.filter(verb="plans.measure.add").first()
    assert event
    assert event.reason == "plan.docx"


def test_a_failure_leaves_nothing_behind(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    upload = put(plan, sheets())
    accept_all(upload)

    def fail(*_args: Any, **_kwargs: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("draad.plans.rows.staff_rows", fail)
    with pytest.raises(RuntimeError):
        incorporate(upload, by=BY)
    assert not Measure.objects.exists()
    assert not plan.goals.exists()


@pytest.mark.parametrize("role", [r for r in Role if r not in {Role.ADMINISTRATOR, Role.PLAN_COORDINATOR}])
def test_other_roles_take_nothing_up(role: Role, plan: Plan, person_with: Callable[..., Actor]) -> None:
    upload = put(plan, sheets())
    accept_all(upload)
    with pytest.raises(PermissionDenied):
        incorporate(upload, by=person_with(role))


def test_a_document_that_is_processed_is_not_taken_up_twice(plan: Plan) -> None:
    in_plan(plan)
    with pytest.raises(ValidationError, match="nu “verwerkt”"):
        incorporate(plan.uploads.get(), by=BY)

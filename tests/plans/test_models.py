"""What the tables of plans hold together, published versions that never change, and the rules on cited goals."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import Error, IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.models import AuditedModel
from draad.accounts.revisions import ChangedMeanwhileError
from draad.accounts.writing import UnrecordedWriteError
from draad.findings.actions import refresh
from draad.findings.models import Finding
from draad.plans import models
from draad.plans.actions.plans import publish_version
from draad.plans.content import decimal_text, measure_content, sha256_of
from draad.plans.models import FrozenMeasure, Measure, Plan, PlanVersion
from draad.plans.periods import days_of
from draad.plans.protection import PUBLISHED_PLAN
from draad.plans.queries import measures_of
from tests.plans.desk import BY, in_plan, sheets


def published(plan: Plan, note: str = "") -> PlanVersion:
    draft = PlanVersion.objects.filter(plan=plan, state="draft").first()
    return publish_version(plan, note=note, revision=draft.revision if draft else 0, by=BY)


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [("2018", 2018, 2018), ("2018 (voorjaar)", 2018, 2018), ("2016 -2018", 2016, 2018), ("2015-2016", 2015, 2016),
     ("2016-18", 2016, 2018), ("vanaf eind 2017", 2017, 2017)],
)  # fmt: skip
def test_a_period_as_days(period: str, first: int, last: int) -> None:
    assert days_of(period) == (date(first, 1, 1), date(last, 12, 31))


@pytest.mark.parametrize("period", ["", "doorlopend", "2018-16 nog te bepalen jaar", "12018"])
def test_a_period_without_a_sensible_year_has_no_days(period: str) -> None:
    first, last = days_of(period)
    assert (first is None) == (last is None)
    assert first is None or last is None or first <= last


@given(st.text(alphabet="0123456789 -–/aet", max_size=20))
def test_days_of_any_period_are_in_order_or_absent(period: str) -> None:
    first, last = days_of(period)
    assert (first is None and last is None) or (first is not None and last is not None and first <= last)


@given(st.decimals(min_value=0, max_value=10**7, places=4))
def test_a_number_is_the_same_number_without_its_zeros(number: Any) -> None:
    text = decimal_text(number)
    assert float(text) == float(number)
    assert "." not in text or not text.endswith(("0", "."))


def test_the_hash_does_not_see_the_order_of_keys() -> None:
    assert sha256_of({"a": 1, "b": ["é"]}) == sha256_of({"b": ["é"], "a": 1})
    assert sha256_of({"a": 1}) != sha256_of({"a": "1"})


@pytest.mark.django_db
def test_no_table_that_people_change_is_written_past_the_audit(plan: Plan) -> None:
    plan.title = "Stiekem"
    with pytest.raises(UnrecordedWriteError):
        plan.save()
    named = [getattr(models, name) for name in models.__all__]
    tables = [model for model in named if hasattr(model, "_meta")]
    assert len(tables) == 18
    assert all(issubclass(model, AuditedModel) for model in tables)


@pytest.mark.django_db
def test_a_draft_has_no_number_and_there_is_one(plan: Plan) -> None:
    draft = plan.versions.get()
    assert (draft.number, draft.state, str(draft)) == (None, "draft", "Testplan, ontwerp")
    with pytest.raises(IntegrityError), audit.recording(by=BY) as log:
        log.create(PlanVersion(plan=plan), verb="test.add")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "values",
    [{"first_year": 2020, "last_year": 2019}, {"first_year": 1900}],
)
def test_a_plan_has_a_period_in_order(plan: Plan, values: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), audit.recording(by=BY) as log:
        log.change(plan, verb="test.change", **values)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "value", "right"),
    [("number", "3", True), ("number", None, False), ("number", "0", False), ("zero", "0", True), ("zero", None, False),
     ("zero", "1", False), ("missing", None, True), ("missing", "1", False), ("not_applicable", None, True),
     ("not_applicable", "0", False), ("estimated", "2.5", True), ("estimated", None, False)],
)  # fmt: skip
def test_the_five_states_of_a_value_are_never_blurred(plan: Plan, state: str, value: str | None, right: bool) -> None:
    measure = in_plan(plan)[0]

    def store() -> None:
        with audit.recording(by=BY) as log:
            report = log.create(models.ProgressReport(measure=measure, year=2017), verb="test.add")
            indicator = measure.indicators.all()[0]
            row = models.IndicatorProgress(report=report, indicator=indicator, state=state, value=value)
            log.create(row, verb="test.add")

    if right:
        store()
    else:
        with pytest.raises(IntegrityError):
            store()


@pytest.mark.django_db
def test_publishing_freezes_every_measure_and_the_goals(plan: Plan) -> None:
    measures = in_plan(plan)
    version = published(plan)
    assert (version.number, version.state, len(version.sha256)) == (1, "published", 64)
    assert version.goals[1] == {"code": "OD 1.1", "title": "De bus rijdt vaker en later", "parent": "SD 1"}
    for measure, frozen in zip(measures, version.measures.all(), strict=True):
        assert frozen.measure == measure
        assert frozen.content == measure_content(measure)
        assert frozen.sha256 == sha256_of(frozen.content)


@pytest.mark.django_db
def test_the_next_version_needs_a_reason_and_a_difference(plan: Plan) -> None:
    in_plan(plan)
    published(plan)
    with pytest.raises(ValidationError, match="Schrijf waarom"):
        published(plan)
    with pytest.raises(ValidationError, match="niets te publiceren"):
        published(plan, "Nog eens")
    in_plan(plan, [{**sheets()[0], "title": "Fietsen mee op de bus"}])
    second = published(plan, "Een maatregel erbij")
    assert second.number == 2
    assert [version.measures.count() for version in plan.versions.all()] == [2, 3]


@pytest.mark.django_db
def test_publishing_what_changed_meanwhile_is_refused(plan: Plan) -> None:
    in_plan(plan)
    with pytest.raises(ChangedMeanwhileError):
        publish_version(plan, note="", revision=0, by=BY)
    with pytest.raises(PermissionDenied):
        publish_version(plan, note="", revision=1, by=Actor())


STATEMENTS = [
    "UPDATE plans_planversion SET note = 'x' WHERE id = %s",
    "UPDATE plans_planversion SET state = 'draft' WHERE id = %s",
    "DELETE FROM plans_planversion WHERE id = %s",
    "UPDATE plans_frozenmeasure SET number = 9 WHERE version_id = %s",
    "DELETE FROM plans_frozenmeasure WHERE version_id = %s",
    "INSERT INTO plans_frozenmeasure (version_id, measure_id, number, content, sha256) "
    "SELECT version_id, measure_id, 9, '{}', '' FROM plans_frozenmeasure WHERE version_id = %s",
]


@pytest.mark.django_db
@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_database_refuses_to_touch_a_published_version(plan: Plan, statement: str) -> None:
    in_plan(plan)
    version = published(plan)
    with pytest.raises(Error, match=PUBLISHED_PLAN.says), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [version.pk])
    assert FrozenMeasure.objects.filter(version=version, number__lt=9).count() == 2


@pytest.mark.django_db
def test_protection_is_lifted_and_put_back(plan: Plan) -> None:
    in_plan(plan)
    version = published(plan)
    PUBLISHED_PLAN.lift("default")
    with connection.cursor() as cursor:
        cursor.execute(STATEMENTS[0], [version.pk])
        assert cursor.rowcount == 1
    PUBLISHED_PLAN.protect("default")
    PUBLISHED_PLAN.protect("default")
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(STATEMENTS[0], [version.pk])


@pytest.mark.django_db
def test_goals_that_are_cited_otherwise_become_findings(plan: Plan) -> None:
    odd = {**sheets()[0], "title": "Fietsen mee op de bus", "operational_goals": ["OD 9.9"]}
    odd["goal_texts"] = {**odd["goal_texts"], "operational_goals": "OD 9.9: Paarden in de wei"}
    in_plan(plan, sheets(odd))
    refresh(by=BY)
    found = Finding.objects.filter(rule__startswith="plans.").order_by("rule")
    assert [(f.rule, f.title) for f in found] == [
        ("plans.goal_cited_otherwise", "Maatregel 2 citeert OD 1.2 anders dan het plan"),
        ("plans.goal_not_in_plan", "Maatregel 3 citeert een doelstelling die het plan niet heeft"),
    ]
    measure = Measure.objects.get(number=2)
    assert found[0].about.get().key == f"measure:testplan/{measure.key}"
    assert "citeert OD 2. Bedoeld is OD 1.2" in found[0].sentence
    assert len(measures_of(plan)) == 3

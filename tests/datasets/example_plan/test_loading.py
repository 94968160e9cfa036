"""The example plan: brought in once, as it stands in its files, with two versions and the progress of two years."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from draad.accounts.chain import verify
from draad.accounts.models import AuditEvent
from draad.accounts.sync import SyncCount
from draad.datasets.demonstration import ABB
from draad.datasets.example_plan.content import ExamplePlan, document_of, example_plan
from draad.datasets.example_plan.loading import load
from draad.organisations.models import Organisation
from draad.plans.coverage import gap_counts, goals_without_measures
from draad.plans.editions import edition
from draad.plans.models import MeasureGoal, MeasureParty, Plan, PlanVersion, ProgressReport, ProgressState, SheetUpload
from draad.plans.queries import measures_of
from draad.plans.reading.reading import read_document
from draad.plans.reading.sheet import TEXT_FIELDS
from draad.programmes.models import MeasureLink

pytestmark = pytest.mark.django_db
EXAMPLE = example_plan()


@pytest.fixture(scope="module", autouse=True)
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The plan, for all tests here."""
    with django_db_blocker.unblock(), transaction.atomic():
        assert load() == {"measures of the example plan": SyncCount(added=18)}
        yield
        transaction.set_rollback(True)


@pytest.fixture
def plan() -> Plan:
    """The example plan."""
    found: Plan = Plan.objects.select_related("owner").get()
    return found


def test_it_is_marked_as_example_and_abb_coordinates_it(plan: Plan) -> None:
    assert plan.example
    assert plan.owner.name == ABB
    assert plan.years == "2022–2026"


def test_a_second_time_changes_nothing() -> None:
    events = AuditEvent.objects.count()
    assert load() == {"measures of the example plan": SyncCount(same=18)}
    call_command("load", "example-plan", verbosity=0)
    assert AuditEvent.objects.count() == events
    assert verify().broken is None


def test_every_cell_of_the_working_content_is_that_of_the_files(plan: Plan) -> None:
    measures = list(measures_of(plan))
    assert [measure.title for measure in measures] == [measure["title"] for measure in EXAMPLE.second]
    for measure, wanted in zip(measures, EXAMPLE.second, strict=True):
        assert {name: getattr(measure, name) for name in TEXT_FIELDS} == {
            name: wanted.get(name, "") for name in TEXT_FIELDS
        }
        rows = [[row.period, row.text, row.fte] for row in measure.milestones.all() if not row.withdrawn]
        assert rows == wanted["milestones"]
        assert [goal.cited_code for goal in measure.goals.all()] == sorted(
            wanted["goals"], key=lambda code: not code.startswith("SD")
        )


def test_its_goals_are_three_and_seven(plan: Plan) -> None:
    codes = [goal.code for goal in plan.goals.all()]
    assert codes == [goal.code for goal in EXAMPLE.goals]
    assert [sum(code.startswith(kind) for code in codes) for kind in ("SD", "OD")] == [3, 7]


def test_two_versions_are_published_and_the_second_says_why(plan: Plan) -> None:
    versions = list(PlanVersion.objects.filter(plan=plan, state="published").order_by("number"))
    assert [version.measures.count() for version in versions] == [18, 18]
    assert versions[1].note == EXAMPLE.about["versions"]["2"]
    assert not PlanVersion.objects.filter(plan=plan, state="draft").exists()


def test_both_documents_are_done_and_the_second_proposed_changes_only(plan: Plan) -> None:
    second, first = SheetUpload.objects.filter(plan=plan).order_by("-pk")
    assert {first.state, second.state} == {"done"}
    decided = {sheet.values["title"]: sheet.decisions for sheet in second.sheets.all() if sheet.decisions}
    assert decided["Sport zonder drempel"] == {"budget": "accepted"}
    assert len(decided) == 3
    assert plan.measures.filter(withdrawn=True).get().title == EXAMPLE.withdrawn[0]


def test_there_are_findings_to_look_at(plan: Plan) -> None:
    differences = MeasureGoal.objects.exclude(difference="").values_list("cited_code", "difference")
    assert set(differences) == {("OD 1.2", "wording"), ("OD 2", "number")}
    unknown = set(MeasureParty.objects.filter(organisation=None).values_list("name", flat=True))
    assert "Huis van de Buurt" in unknown
    found = edition(plan, 2)
    assert [goal["code"] for goal in goals_without_measures(found)] == ["OD 2.3"]
    counts = {count.gap.key: len(count.sheets) for count in gap_counts(found.sheets)}
    assert {key for key, count in counts.items() if not count} <= {"doel", "output", "budget", "mijlpalen"}


@pytest.mark.parametrize(("year", "approved", "under_way"), [(2023, 18, 0), (2024, 14, 2)])
def test_progress_is_approved_for_most(year: int, approved: int, under_way: int) -> None:
    states = list(ProgressReport.objects.filter(year=year).values_list("state", flat=True))
    assert states.count(ProgressState.APPROVED) == approved
    assert len(states) == approved + under_way


def test_measures_lead_to_actions_of_the_programme(plan: Plan) -> None:
    linked = MeasureLink.objects.filter(measure__plan=plan).values_list("measure__title", "action__number")
    assert ("Oefenkansen Nederlands op de werkvloer", 5) in set(linked)
    assert len(linked) == sum(len(measure.get("actions", [])) for measure in EXAMPLE.second)


def test_the_document_says_that_it_is_an_example(tmp_path: Path) -> None:
    path = tmp_path / "plan.docx"
    path.write_bytes(document_of(EXAMPLE, EXAMPLE.first, 1))
    reading = read_document(path, path.name)
    assert len(reading.sheets) == 18
    assert any("Voorbeeld" in line.text for line in reading.lines)


def test_who_has_no_facts_yet_is_told_what_to_load_first(monkeypatch: pytest.MonkeyPatch) -> None:
    unowned = ExamplePlan({**EXAMPLE.about, "slug": "ander", "owner": "Niemand"}, (), (), (), ())
    monkeypatch.setattr("draad.datasets.example_plan.loading.example_plan", lambda: unowned)
    with pytest.raises(CommandError, match="draad load plan-samenleven"):
        load()
    assert not Organisation.objects.filter(name="Niemand").exists()


def test_some_amounts_name_their_source(plan: Plan) -> None:
    sources = {
        measure.title: {line.funding for line in measure.budget_lines.all()}
        for measure in measures_of(plan)
        if any(line.funding for line in measure.budget_lines.all())
    }
    assert sources == {title: {source} for title, source in EXAMPLE.funding.items()}

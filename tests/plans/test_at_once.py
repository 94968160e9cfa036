"""Two people do the same at the same moment: one wins, the other is told, and nothing is there twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from draad.accounts.actor import system
from draad.accounts.revisions import ChangedMeanwhileError
from draad.organisations.models import Organisation
from draad.plans.actions.editing import Said, add_measure, change_by_hand, withdraw_measure
from draad.plans.actions.incorporate import incorporate
from draad.plans.actions.plans import PlanAbout, create_plan, publish_version
from draad.plans.actions.review import accept_sheet, decide, reviewed
from draad.plans.content import measure_content
from draad.plans.measure_forms import EMPTY
from draad.plans.models import FrozenMeasure, Measure, Plan, PlanVersion, ReadSheet
from draad.plans.queries import measures_of, sheets_of
from tests.copies import alone, at_once, copied_database
from tests.plans.desk import BUS, accept_all, in_plan, put, sheets

pytestmark = pytest.mark.django_db
ONE, OTHER = system("een"), system("ander")


@pytest.fixture(scope="module")
def copy(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A copy of the test database in which the writers of this module write."""
    with django_db_blocker.unblock(), copied_database(tmp_path_factory.mktemp("copy")):
        yield


@pytest.fixture
def plan(copy: None, request: pytest.FixtureRequest) -> Plan:
    """A plan in the copy with two measures, and a document that was accepted and waits."""

    def make() -> Plan:
        slug = request.node.name.replace("_", "-")[:60]
        plan = create_plan(PlanAbout(slug, slug, 2016, 2020, Organisation.objects.get(slug="gent")), by=ONE)
        in_plan(plan)
        return plan

    return alone(make)


def told(results: list[Any]) -> list[type]:
    """What those who did not win were told."""
    return [type(result) for result in results if isinstance(result, Exception)]


def both(work: Callable[[Any], Any]) -> list[Any]:
    return at_once(lambda: work(ONE), lambda: work(OTHER))


def test_a_document_is_taken_up_once(plan: Plan) -> None:
    def accepted() -> Any:
        upload = put(plan, sheets({**BUS, "title": "Fietsen mee op de bus"})[2:], name="nieuw.docx")
        accept_all(upload)
        return upload

    upload = alone(accepted)
    results = both(lambda by: incorporate(upload, by=by))
    assert told(results) == [ValidationError]
    assert alone(lambda: Measure.objects.filter(plan=plan).count()) == 3
    assert alone(lambda: sorted(upload.sheets.values_list("state", flat=True))) == ["in_plan"]


def test_two_documents_at_once_number_their_measures_apart(plan: Plan) -> None:
    def accepted(title: str) -> Callable[[], Any]:
        def put_and_accept() -> Any:
            upload = put(plan, sheets({**BUS, "title": title})[2:], name=f"{title}.docx")
            accept_all(upload)
            return upload

        return put_and_accept

    trams, boats = alone(accepted("Trams rijden door")), alone(accepted("Veerboten varen"))
    results = at_once(lambda: incorporate(trams, by=ONE), lambda: incorporate(boats, by=OTHER))
    assert told(results) == []
    assert alone(lambda: list(Measure.objects.filter(plan=plan).values_list("number", flat=True))) == [1, 2, 3, 4]


def test_a_version_is_published_once(plan: Plan) -> None:
    draft = alone(lambda: PlanVersion.objects.get(plan=plan))
    results = both(lambda by: publish_version(plan, note="", revision=draft.revision, by=by))
    assert len(told(results)) == 1
    assert issubclass(told(results)[0], ValidationError)
    assert alone(lambda: list(PlanVersion.objects.filter(plan=plan).values_list("number", "state"))) == [
        (1, "published")
    ]
    assert alone(lambda: FrozenMeasure.objects.filter(version__plan=plan).count()) == 2


def test_a_sheet_is_accepted_once(plan: Plan) -> None:
    def open_sheet() -> ReadSheet:
        upload = put(plan, sheets({**BUS, "title": "Fietsen mee op de bus"})[2:], name="nieuw.docx")
        sheet = sheets_of(upload)[0]
        for field in reviewed(sheet).undecided:
            sheet = decide(sheet, field.name, "accepted", revision=sheet.revision, by=ONE)
        return sheet

    sheet = alone(open_sheet)
    results = both(lambda by: accept_sheet(sheet, revision=sheet.revision, by=by))
    assert len(told(results)) == 1
    assert issubclass(told(results)[0], ValidationError)
    assert alone(lambda: ReadSheet.objects.get(pk=sheet.pk).state) == "accepted"


def test_a_field_is_decided_by_one_and_the_other_is_told(plan: Plan) -> None:
    sheet = alone(lambda: sheets_of(put(plan, sheets({**BUS, "title": "Iets nieuws"})[2:], name="nieuw.docx"))[0])

    def corrected(text: str) -> Any:
        return decide(sheet, "target", "corrected", text=text, revision=sheet.revision, by=ONE)

    results = at_once(lambda: corrected("van een"), lambda: corrected("van ander"))
    assert told(results) == [ChangedMeanwhileError]
    assert alone(lambda: ReadSheet.objects.get(pk=sheet.pk).corrections["target"]) in {"van een", "van ander"}


def test_a_measure_is_changed_by_one_and_the_other_is_told(plan: Plan) -> None:
    measure = alone(lambda: next(iter(measures_of(plan))))
    rows = [row.pk for row in measure.milestones.all()]

    def change(by: Any) -> bool:
        said = Said(measure_content(measure) | {"target": by.label}, rows, ["done", "done"])
        return change_by_hand(measure, said, revision=measure.revision, by=by)

    assert told(both(change)) == [ChangedMeanwhileError]
    stored = alone(lambda: Measure.objects.get(pk=measure.pk))
    assert stored.target in {ONE.label, OTHER.label}
    assert stored.revision == measure.revision + 1


def test_a_measure_changes_or_leaves_but_not_both(plan: Plan) -> None:
    measure = alone(lambda: next(iter(measures_of(plan))))
    said = Said(measure_content(measure) | {"target": "anders"}, [row.pk for row in measure.milestones.all()])
    results = at_once(
        lambda: change_by_hand(measure, said, revision=measure.revision, by=ONE),
        lambda: withdraw_measure(measure, "Dubbel", revision=measure.revision, by=OTHER),
    )
    assert len(told(results)) == 1
    assert issubclass(told(results)[0], ValidationError)


def test_two_new_measures_get_two_numbers(plan: Plan) -> None:
    results = both(lambda by: add_measure(plan, Said(EMPTY | {"title": f"Nieuw van {by.label}"}), by=by))
    assert told(results) == []
    assert {measure.number for measure in results} == {3, 4}


def test_a_change_while_somebody_publishes_is_in_the_version_or_after_it(plan: Plan) -> None:
    measure = alone(lambda: next(iter(measures_of(plan))))
    draft = alone(lambda: PlanVersion.objects.get(plan=plan))
    said = Said(measure_content(measure) | {"target": "anders"}, [row.pk for row in measure.milestones.all()])
    results = at_once(
        lambda: change_by_hand(measure, said, revision=measure.revision, by=ONE),
        lambda: publish_version(plan, note="", revision=draft.revision, by=OTHER),
    )
    assert results[0] is True, "a change is never lost"
    drafts = alone(lambda: PlanVersion.objects.filter(plan=plan, state="draft").count())
    if isinstance(results[1], Exception):
        assert isinstance(results[1], ChangedMeanwhileError)
    else:
        frozen = alone(lambda: FrozenMeasure.objects.get(version=results[1], measure=measure))
        assert frozen.content["target"] == "150 ritten"
    assert drafts == 1

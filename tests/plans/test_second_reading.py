"""A newer document proposes changes to the measures that the plan has; it never makes them twice."""

from __future__ import annotations

from copy import deepcopy

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from draad.plans.actions.incorporate import incorporate
from draad.plans.actions.reading import put_on_desk, read_file
from draad.plans.actions.review import accept_certain, accept_sheet, decide, reviewed, set_measure
from draad.plans.content import measure_content, reading_content
from draad.plans.matching import matched_measures
from draad.plans.models import Measure, Milestone, Plan, SheetUpload
from draad.plans.queries import measures_of, missing_measures, printed_goals, sheets_of
from draad.plans.review import ACCEPTED, CHANGED, KEPT, MISSING, NEW
from tests.plans.conftest import as_upload
from tests.plans.desk import BY, HEADINGS, Sheet, accept_all, first, in_plan, put, sheets, word_file

pytestmark = pytest.mark.django_db


def newer() -> list[Sheet]:
    """The same sheets a year later: another target, no output indicator, one milestone gone, one new, one changed."""
    bus, stop = sheets()
    bus["target"], bus["output_indicator"], stop["target"] = "250 ritten", "", "40 haltes"
    bus["milestones"] = [
        {"period": "2018", "text": "Alle lijnen in de stad en de rand", "fte": "+/- 28 mensdagen"},
        {"period": "2019", "text": "Meting bij reizigers", "fte": ""},
    ]
    return [bus, stop]


@pytest.fixture
def measures(plan: Plan) -> list[Measure]:
    return in_plan(plan)


@pytest.fixture
def again(plan: Plan, measures: list[Measure]) -> SheetUpload:
    return put(plan, newer(), name="nieuw.docx")


def test_the_same_content_again_proposes_nothing(plan: Plan, measures: list[Measure]) -> None:
    upload = put(plan, deepcopy([*sheets(), sheets()[0] | {"title": "Fietsen mee op de bus"}]), name="zelfde.docx")
    known = [sheet for sheet in sheets_of(upload) if sheet.measure]
    assert [(sheet.measure, sheet.waiting) for sheet in known] == [(measure, 0) for measure in measures]
    accept_certain(upload, by=BY)
    done = incorporate(upload, by=BY)
    assert (done.added, done.changed, done.same) == (1, 0, 2)
    assert plan.measures.count() == 3
    assert [m.revision for m in plan.measures.all()[:2]] == [0, 0]


def test_differences_are_told_field_by_field(again: SheetUpload) -> None:
    bus, stop = sheets_of(again)
    told = {f.name: (f.difference, f.planned, f.read) for f in reviewed(bus).undecided}
    gone = Milestone.objects.get(text="Proef op twee lijnen")
    assert told == {
        "target": (CHANGED, "150 ritten", "250 ritten"),
        "output_indicator": (MISSING, "Aantal ritten", ""),
        "milestones.0.text": (CHANGED, "Alle lijnen in de stad", "Alle lijnen in de stad en de rand"),
        "milestones.1.text": (NEW, None, "Meting bij reizigers"),
        f"gone.{gone.pk}": (MISSING, "Proef op twee lijnen", ""),
    }
    assert {f.name: f.difference for f in reviewed(stop).undecided} == {"target": NEW}


def test_a_difference_waits_for_a_decision(again: SheetUpload) -> None:
    assert accept_certain(again, by=BY) == 0
    with pytest.raises(ValidationError, match="Beslis eerst over 5 velden"):
        accept_sheet(first(again), revision=0, by=BY)


def test_what_is_taken_over_changes_the_same_measure(again: SheetUpload, measures: list[Measure], plan: Plan) -> None:
    kept = measures[0].milestones.get(period="2018")
    accept_all(again)
    done = incorporate(again, by=BY)
    assert (done.added, done.changed, done.same) == (0, 2, 0)
    now = list(measures_of(plan))
    assert [m.pk for m in now] == [m.pk for m in measures]
    for measure, sheet in zip(now, sheets_of(again), strict=True):
        assert measure_content(measure) == {**reading_content(sheet.values), "sequence": measure.number}
    assert now[0].milestones.all()[0].pk == kept.pk
    assert [i.kind for i in now[0].indicators.all()] == ["effect"]
    assert Milestone.objects.get(text="Proef op twee lijnen").withdrawn


def test_what_is_kept_stays_as_it_was(again: SheetUpload, measures: list[Measure], plan: Plan) -> None:
    before = measure_content(measures[0])
    sheet = first(again)
    for field in reviewed(sheet).undecided:
        choice = ACCEPTED if field.name == "milestones.1.text" else KEPT
        sheet = decide(sheet, field.name, choice, revision=sheet.revision, by=BY)
    accept_sheet(sheet, revision=sheet.revision, by=BY)
    incorporate(again, by=BY)
    after = measure_content(measures_of(plan)[0])
    assert {row["period"]: row["text"] for row in after.pop("milestones")} == {
        "2018": "Alle lijnen in de stad", "2019": "Meting bij reizigers", "2017": "Proef op twee lijnen",
    }  # fmt: skip
    assert after == {name: value for name, value in before.items() if name != "milestones"}


def test_provenance_of_what_is_kept_stays_with_the_older_document(again: SheetUpload, measures: list[Measure]) -> None:
    old = measures[0].provenance["target"]
    sheet = decide(first(again), "target", KEPT, revision=0, by=BY)
    accept_all(again)
    incorporate(again, by=BY)
    measure = Measure.objects.get(pk=measures[0].pk)
    assert measure.provenance["target"] == old
    assert measure.provenance["output_indicator"]["sheet"] == sheet.pk


def test_a_measure_that_the_newer_document_lacks_stays_unless_a_person_withdraws_it(
    plan: Plan, measures: list[Measure]
) -> None:
    upload = put(plan, [newer()[0], {**sheets()[0], "title": "Fietsen mee op de bus"}], name="korter.docx")
    assert list(missing_measures(upload)) == [measures[1]]
    accept_all(upload)
    incorporate(upload, by=BY)
    assert len(measures_of(plan)) == 3
    last = put(plan, [newer()[0]], name="kortst.docx")
    accept_all(last)
    incorporate(last, by=BY, withdraw=[measures[1]])
    assert [m.title for m in measures_of(plan)] == ["De nachtbus rijdt tot drie uur", "Fietsen mee op de bus"]
    assert Measure.objects.get(pk=measures[1].pk).withdrawn


def test_a_person_says_that_a_sheet_is_another_measure(again: SheetUpload, measures: list[Measure]) -> None:
    bus = first(again)
    alone = set_measure(bus, None, revision=0, by=BY)
    assert (alone.measure, alone.waiting) == (None, 0)
    back = set_measure(alone, measures[0], revision=1, by=BY)
    assert back.waiting == 5


def test_goals_keep_their_words_unless_a_person_takes_the_new_ones(plan: Plan, measures: list[Measure]) -> None:
    body = HEADINGS.replace("De bus rijdt vaker en later", "De bus rijdt vaker, later en stiller")
    for name, replace in (("eerst.docx", False), ("dan.docx", True)):
        content = word_file([{**newer()[0], "budget": name}], body=body)
        upload = put_on_desk(plan, read_file(as_upload(content, name)), by=BY)
        assert [(g.code, g.own) for g in printed_goals(upload)] == [("OD 1.1", "De bus rijdt vaker en later")]
        accept_all(upload)
        incorporate(upload, by=BY, replace_goals=replace)
    assert plan.goals.get(code="OD 1.1").title == "De bus rijdt vaker, later en stiller"
    assert plan.goals.count() == 3


def test_a_title_with_a_few_other_words_is_the_same_measure(plan: Plan, measures: list[Measure]) -> None:
    titles = ["De nachtbus rijdt nu tot drie uur", "Hellingen en liften aan elke halte", "Een zwembad"]
    assert matched_measures(titles, measures) == [measures[0], measures[1], None]


@given(st.permutations(["De bus", "De tram", "Het spoor", "De bus rijdt"]))
def test_no_measure_is_matched_twice(titles: list[str]) -> None:
    measures = [Measure(number=1, title="De bus"), Measure(number=2, title="De bus rijdt")]
    found = [id(m) for m in matched_measures(titles, measures) if m]
    assert len(found) == len(set(found)) == 2
    exact = dict(zip(titles, matched_measures(titles, measures), strict=True))
    assert exact["De bus"] is measures[0]
    assert exact["De bus rijdt"] is measures[1]

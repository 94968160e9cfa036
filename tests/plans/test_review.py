"""The review of a sheet: what waits, every decision, and that nobody's work is lost."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.revisions import ChangedMeanwhileError
from draad.accounts.roles import Role
from draad.documents.source import Line
from draad.plans.actions.review import (
    accept_certain,
    accept_sheet,
    add_milestone,
    decide,
    leave_out,
    merge_with_next,
    reopen_sheet,
    reviewed,
    set_measure,
    split_sheet,
)
from draad.plans.lines import lines_of, stored_lines
from draad.plans.models import Plan, ReadSheet, SheetUpload
from draad.plans.placing import placed
from draad.plans.queries import sheets_of
from draad.plans.review import ACCEPTED, CORRECTED, EMPTY, Field, outcome
from draad.plans.words import reasons
from tests.plans.desk import BY, first, in_plan, put, sheets

pytestmark = pytest.mark.django_db


@pytest.fixture
def upload(plan: Plan) -> SheetUpload:
    return put(plan, sheets())


@pytest.fixture
def sheet(upload: SheetUpload) -> ReadSheet:
    return first(upload)


@pytest.fixture
def doubtful(sheet: ReadSheet) -> ReadSheet:
    """The sheet with two fields that the reading doubts."""
    values = deepcopy(sheet.values)
    values["confidence"]["target"] = 0.54
    values["milestones"][0]["confidence"]["fte"] = 0.4
    with audit.recording(by=BY) as log:
        log.change(sheet, verb="test.doubt", values=values, waiting=2)
    return sheet


def now(sheet: ReadSheet) -> ReadSheet:
    """The sheet as it is stored."""
    found: ReadSheet = ReadSheet.objects.get(pk=sheet.pk)
    return found


def field(sheet: ReadSheet, name: str) -> Field:
    """A field of the stored sheet."""
    found = reviewed(now(sheet)).named(name)
    assert found is not None
    return found


def test_the_most_doubtful_field_comes_first(doubtful: ReadSheet) -> None:
    assert [f.name for f in reviewed(doubtful).undecided] == ["milestones.0.fte", "target"]
    assert [f.label for f in reviewed(doubtful).undecided] == ["Personeelsinzet 2017", "Streefwaarde"]


def test_a_sheet_with_doubts_is_not_accepted(doubtful: ReadSheet) -> None:
    with pytest.raises(ValidationError, match="Beslis eerst over 2 velden"):
        accept_sheet(doubtful, revision=0, by=BY)
    assert accept_certain(doubtful.upload, by=BY) == 1
    assert now(doubtful).state == "open"


@pytest.mark.parametrize(
    ("decision", "text", "value"),
    [(ACCEPTED, "", "150 ritten"), (CORRECTED, " 160 ritten ", "160 ritten"), (EMPTY, "", ""),
     (CORRECTED, "150 ritten", "150 ritten")],
)  # fmt: skip
def test_a_decision_sets_the_value(doubtful: ReadSheet, decision: str, text: str, value: str) -> None:
    decide(doubtful, "target", decision, text=text, revision=0, by=BY)
    assert field(doubtful, "target").value == value
    assert field(doubtful, "target").read == "150 ritten"
    assert now(doubtful).waiting == 1


def test_a_decision_can_be_taken_back(doubtful: ReadSheet) -> None:
    sheet = decide(doubtful, "target", CORRECTED, text="7", revision=0, by=BY)
    sheet = decide(sheet, "target", "", revision=sheet.revision, by=BY)
    assert field(sheet, "target").value == "150 ritten"
    assert (now(sheet).waiting, now(sheet).corrections) == (2, {})


@pytest.mark.parametrize(
    ("name", "decision", "text", "sentence"),
    [
        ("title", EMPTY, "", "heeft een naam nodig"),
        ("title", CORRECTED, "  ", "heeft een naam nodig"),
        ("operational_goals", CORRECTED, "De bus", "Begin elke regel met de code"),
        ("operational_goals", CORRECTED, "SD 1: De bus", "zoals “OD 1"),
        ("milestones.0.period", CORRECTED, "2017" * 60, "hoogstens 200 tekens"),
        ("milestones.9.text", ACCEPTED, "", "hoort niet bij deze fiche"),
        ("nonsense", ACCEPTED, "", "hoort niet bij deze fiche"),
    ],
)
def test_what_a_field_cannot_hold_is_refused(
    sheet: ReadSheet, name: str, decision: str, text: str, sentence: str
) -> None:
    with pytest.raises(ValidationError, match=sentence):
        decide(sheet, name, decision, text=text, revision=0, by=BY)
    assert now(sheet).decisions == {}


def test_the_second_of_two_people_is_told(sheet: ReadSheet) -> None:
    decide(sheet, "target", EMPTY, revision=0, by=BY)
    with pytest.raises(ChangedMeanwhileError, match="Iemand anders"):
        decide(sheet, "target", ACCEPTED, revision=0, by=BY)
    assert field(sheet, "target").value == ""


def test_an_accepted_sheet_changes_only_after_it_is_opened_again(sheet: ReadSheet) -> None:
    accept_sheet(sheet, revision=0, by=BY)
    with pytest.raises(ValidationError, match="aanvaard"):
        decide(sheet, "target", EMPTY, revision=1, by=BY)
    reopened = reopen_sheet(sheet, by=BY)
    decide(reopened, "target", EMPTY, revision=reopened.revision, by=BY)
    assert field(sheet, "target").value == ""


def test_a_sheet_that_is_left_out_can_come_back(sheet: ReadSheet) -> None:
    leave_out(sheet, by=BY)
    assert now(sheet).state == "discarded"
    assert reopen_sheet(sheet, by=BY).state == "open"


def test_a_milestone_that_the_reading_missed_is_added(sheet: ReadSheet) -> None:
    sheet = add_milestone(sheet, revision=0, by=BY)
    for part, text in (("period", "2019"), ("text", "Ook op zondag"), ("fte", "1 VTE")):
        sheet = decide(sheet, f"milestones.2.{part}", CORRECTED, text=text, revision=sheet.revision, by=BY)
    content, _known, _origin = outcome(reviewed(sheet))
    assert [row["period"] for row in content["milestones"]] == ["2017", "2018", "2019"]
    assert content["milestones"][2]["staff"][0]["number"] == "1"


def test_an_added_milestone_without_words_does_not_count(sheet: ReadSheet) -> None:
    sheet = add_milestone(sheet, revision=0, by=BY)
    assert len(outcome(reviewed(sheet))[0]["milestones"]) == 2


def test_two_sheets_that_were_glued_are_split_and_read_again(plan: Plan) -> None:
    upload = put(plan, sheets())
    sheet = merge_with_next(first(upload), revision=0, by=BY)
    assert sheets_of(upload).count() == 1
    second = next(line for line in lines_of(sheet.lines) if line.text == "Hellingen aan elke halte")
    one, two = split_sheet(sheet, second.number - 1, revision=0, by=BY)
    assert [s.values["title"] for s in sheets_of(upload)] == [
        "De nachtbus rijdt tot drie uur", "Hellingen aan elke halte",
    ]  # fmt: skip
    assert two.values["milestones"][0]["period"] == "2016-2018"
    assert [goal["plan_code"] for goal in two.values["goals"]] == ["SD 1", "OD 1.2"]
    assert (one.came_from, two.came_from) == (sheet, sheet)


def test_a_part_without_labels_is_empty_and_doubted(sheet: ReadSheet) -> None:
    last = lines_of(sheet.lines)[-1].number
    _one, two = split_sheet(sheet, last, revision=0, by=BY)
    assert two.values["title"] == ""
    assert two.waiting == 13
    with pytest.raises(ValidationError):
        accept_sheet(two, revision=0, by=BY)


@pytest.mark.parametrize("line", [0, 1, 10_000])
def test_a_split_needs_a_line_within_the_sheet(sheet: ReadSheet, line: int) -> None:
    with pytest.raises(ValidationError, match="Kies een regel"):
        split_sheet(sheet, line, revision=0, by=BY)
    assert now(sheet).state == "open"


def test_a_merged_sheet_holds_the_texts_of_both_once(sheet: ReadSheet) -> None:
    both = merge_with_next(sheet, revision=0, by=BY)
    assert both.values["title"] == "De nachtbus rijdt tot drie uur Hellingen aan elke halte"
    assert both.values["effect_indicator"] == "Aantal reizigers na middernacht"
    assert both.values["operational_goals"] == ["OD 1.1", "OD 2"]
    assert [row["period"] for row in both.values["milestones"]] == ["2017", "2018", "2016-2018"]
    assert now(sheet).state == "merged"


def test_the_last_sheet_has_none_to_merge_with(upload: SheetUpload) -> None:
    last = list(sheets_of(upload))[-1]
    with pytest.raises(ValidationError, match="laatste fiche"):
        merge_with_next(last, revision=0, by=BY)


def test_a_sheet_is_not_a_reading_of_the_measure_of_another_plan_or_sheet(plan: Plan, other_plan: Plan) -> None:
    bus, _stop = in_plan(plan)
    (foreign, _) = in_plan(other_plan)
    again = put(plan, sheets({**sheets()[0], "title": "Iets heel anders"}), name="nieuw.docx")
    new = next(s for s in sheets_of(again) if s.measure is None)
    with pytest.raises(ValidationError, match="ander plan"):
        set_measure(new, foreign, revision=0, by=BY)
    with pytest.raises(ValidationError, match="Een andere fiche"):
        set_measure(new, bus, revision=0, by=BY)


@pytest.mark.parametrize("role", [r for r in Role if r not in {Role.ADMINISTRATOR, Role.PLAN_COORDINATOR}])
def test_other_roles_decide_nothing(sheet: ReadSheet, role: Role, person_with: Callable[..., Actor]) -> None:
    by = person_with(role)
    for attempt in (
        lambda: decide(sheet, "target", ACCEPTED, revision=0, by=by),
        lambda: accept_sheet(sheet, revision=0, by=by),
        lambda: leave_out(sheet, by=by),
        lambda: merge_with_next(sheet, revision=0, by=by),
        lambda: split_sheet(sheet, 5, revision=0, by=by),
        lambda: accept_certain(sheet.upload, by=by),
    ):
        with pytest.raises(PermissionDenied):
            attempt()


def test_a_coordinator_decides_on_plans_of_their_own_organisation_only(
    sheet: ReadSheet, other_plan: Plan, person_with: Callable[..., Actor]
) -> None:
    by = person_with(Role.PLAN_COORDINATOR)
    accept_sheet(sheet, revision=0, by=by)
    foreign = first(put(other_plan, sheets()))
    with pytest.raises(PermissionDenied, match="gecoördineerd door"):
        accept_sheet(foreign, revision=0, by=by)


def test_reasons_say_what_is_the_matter(doubtful: ReadSheet) -> None:
    assert reasons(field(doubtful, "target"), doubtful) == [
        "De tekst rond deze waarde loopt door elkaar. Kijk na waar ze begint en eindigt."
    ]
    stop = list(sheets_of(doubtful.upload))[1]
    assert reasons(field(stop, "operational_goals"), stop) == ["De fiche noemt ze OD 2, het plan OD 1.2."]


def test_lines_are_stored_as_they_were(annex: SheetUpload) -> None:
    stored = first(annex).lines
    assert stored_lines(lines_of(stored)) == stored


def test_each_value_is_marked_where_it_stands(annex: SheetUpload) -> None:
    for sheet in sheets_of(annex):
        review = reviewed(sheet)
        fields = dict(enumerate(review.fields, start=1))
        shown = placed(lines_of(sheet.lines), fields)
        marked = {piece.field.name for line in shown for piece in line.segments if piece.field}
        assert marked >= {f.name for f in review.fields if len(f.read) > 2}, sheet
        numbers = [piece.number for line in shown for piece in line.segments if piece.number]
        assert len(numbers) == len(set(numbers))
        texts = {line.number: line.text for line in lines_of(sheet.lines)}
        assert all("".join(p.text for p in line.segments) == texts[line.number] for line in shown)


def test_a_line_that_two_values_share_is_cut_between_them() -> None:
    place = {"line_from": 1, "line_to": 1}
    fields = {
        1: Field("target", "30 ritten", 0.5, place, ""),
        2: Field("output_indicator", "Aantal ritten", 0.9, place, ""),
    }
    (line,) = placed([Line("Aantal ritten Streefwaarde 30 ritten", 1)], fields)
    assert [(p.text, p.number) for p in line.segments] == [
        ("Aantal ritten", 2), (" Streefwaarde ", None), ("30 ritten", 1),
    ]  # fmt: skip

"""Assigning, advising, notes and conflicts of interest."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import given
from hypothesis import strategies as st

from draad.accounts.actor import Actor
from draad.accounts.models import AuditEvent
from draad.accounts.revisions import ChangedMeanwhileError
from draad.accounts.roles import Role
from draad.applications.actions import assessment as act
from draad.applications.models import Advice, Application, ApplicationState, Assessment, Call, Note
from draad.applications.policies.assessment import GivenAdvice
from draad.applications.queries import assessment as read
from tests.applications.making import make_application, make_call, person

pytestmark = pytest.mark.django_db
GRANT = GivenAdvice(Advice.GRANT)


@pytest.fixture
def assessor() -> Actor:
    return person(Role.ASSESSOR)


@pytest.fixture
def submitted(call: Call) -> Application:
    return make_application(call, "Gent", {5: (1, 900), 9: (2, 60)}, state=ApplicationState.SUBMITTED)


@pytest.fixture
def begun(submitted: Application, assessor: Actor) -> Application:
    return act.begin(submitted, by=assessor)


def keys(application: Application) -> list[int]:
    return [line.pk for line in read.with_lines(application).lines.all()]


def full(application: Application) -> dict[int, GivenAdvice]:
    return dict.fromkeys(keys(application), GRANT)


def test_who_begins_unassigned_work_takes_it(begun: Application, assessor: Actor) -> None:
    assert begun.state == ApplicationState.ASSESSMENT
    assert Assessment.objects.get(application=begun).assessor == assessor.user


def test_what_was_assigned_stays_with_its_assessor(submitted: Application, assessor: Actor) -> None:
    colleague = person(Role.ASSESSOR, mark="2")
    assert act.assign([submitted], colleague.user, by=assessor) == 1
    act.begin(submitted, by=assessor)
    assert Assessment.objects.get(application=submitted).assessor == colleague.user


def test_assessing_waits_for_the_closing(assessor: Actor) -> None:
    open_call = make_call(closes_at="2099-01-01T00:00:00Z")
    open_call.refresh_from_db()
    waiting = make_application(open_call, "Gent", {5: (1, 900)}, state=ApplicationState.SUBMITTED)
    with pytest.raises(ValidationError, match="nog niet gesloten"):
        act.begin(waiting, by=assessor)


def test_a_part_needs_units_and_a_reason(begun: Application, assessor: Actor) -> None:
    first, second = keys(begun)
    for wrong, words in (
        (GivenAdvice(Advice.PARTLY, 30), "waarom"),
        (GivenAdvice(Advice.PARTLY, None, "te veel"), "hoeveel eenheden"),
        (GivenAdvice(Advice.PARTLY, 900, "te veel"), "minder dan de 900"),
        (GivenAdvice(Advice.PARTLY, 0, "te veel"), "minstens 1"),
        (GivenAdvice(Advice.REFUSE), "waarom"),
        (GivenAdvice("perhaps"), "kies toekennen"),
    ):
        with pytest.raises(ValidationError, match=words):
            act.save_advice(begun, {first: wrong, second: GRANT}, "", revision=0, by=assessor)
    assert not begun.assessment.lines.exists(), "nothing half-written is stored"


def test_advice_is_kept_changed_and_taken_away(begun: Application, assessor: Actor) -> None:
    first, second = keys(begun)
    part = GivenAdvice(Advice.PARTLY, 600, "Vorige ronde bereikte 600.")
    act.save_advice(begun, {first: part, second: GRANT}, "Goed plan.", revision=0, by=assessor)
    act.save_advice(begun, {first: GRANT}, "Goed plan.", revision=1, by=assessor)
    found = Assessment.objects.get(application=begun)
    assert [(a.line_id, a.advice, a.units) for a in found.lines.all()] == [(first, Advice.GRANT, None)]


def test_the_second_of_two_is_told(begun: Application, assessor: Actor) -> None:
    act.save_advice(begun, full(begun), "Van de eerste.", revision=0, by=assessor)
    with pytest.raises(ChangedMeanwhileError):
        act.save_advice(begun, {}, "Van de tweede.", revision=0, by=person(Role.ASSESSOR, mark="2"))
    assert Assessment.objects.get(application=begun).summary == "Van de eerste."


def test_advice_is_complete_before_it_closes(begun: Application, assessor: Actor) -> None:
    first, second = keys(begun)
    act.save_advice(begun, {first: GRANT}, "", revision=0, by=assessor)
    with pytest.raises(ValidationError) as problem:
        act.advise(begun, by=assessor)
    assert len(problem.value.messages) == 2
    act.save_advice(begun, {first: GRANT, second: GRANT}, "Goed.", revision=1, by=assessor)
    assert act.advise(begun, by=assessor).state == ApplicationState.ADVISED
    assert act.reconsider(begun, by=assessor).state == ApplicationState.ASSESSMENT
    assert Assessment.objects.get(application=begun).advised_at is None


STEPS = [
    (act.begin, ApplicationState.SUBMITTED),
    (act.advise, ApplicationState.ASSESSMENT),
    (act.reconsider, ApplicationState.ADVISED),
]


@pytest.mark.parametrize(("step", "right"), STEPS)
@pytest.mark.parametrize("state", [s for s in ApplicationState if s not in ("draft", "cancelled")])
def test_a_step_is_for_its_state(step: object, right: str, state: str, call: Call, assessor: Actor) -> None:
    application = make_application(call, "Gent", {5: (1, 900)}, state=state)
    if state == right:
        return
    with pytest.raises(ValidationError, match="de toestand is nu"):
        step(application, by=assessor)  # type: ignore[operator]  # one of the steps


@pytest.mark.parametrize(
    "role", [r for r in Role if r not in (Role.ASSESSOR, Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR)]
)
def test_a_step_is_for_assessors(role: Role, begun: Application) -> None:
    stranger = person(role, "Gent")
    for step in (act.begin, act.advise, act.reconsider):
        with pytest.raises(PermissionDenied):
            step(begun, by=stranger)
    with pytest.raises(PermissionDenied):
        act.save_advice(begun, {}, "", revision=0, by=stranger)
    with pytest.raises(PermissionDenied):
        act.write_note(begun, "Dag.", by=stranger)
    with pytest.raises(PermissionDenied):
        act.assign([begun], None, by=stranger)


def test_who_has_a_conflict_stays_out(begun: Application, assessor: Actor) -> None:
    act.write_note(begun, "Nog na te kijken.", by=assessor)
    with pytest.raises(ValidationError, match="welke band"):
        act.declare_conflict(begun, "  ", by=assessor)
    act.declare_conflict(begun, "Mijn partner werkt er.", by=assessor)
    assert Assessment.objects.get(application=begun).assessor is None
    later = Application.objects.get(pk=begun.pk)
    for attempt in (
        lambda: act.advise(later, by=assessor),
        lambda: act.write_note(later, "Toch nog.", by=assessor),
        lambda: act.declare_conflict(later, "Opnieuw.", by=assessor),
    ):
        with pytest.raises(PermissionDenied, match="belangenconflict"):
            attempt()
    assert Note.objects.count() == 1
    with pytest.raises(ValidationError, match="belangenconflict"):
        act.assign([later], assessor.user, by=person(Role.PROGRAMME_MANAGER))


def test_work_goes_to_assessors_only(submitted: Application, assessor: Actor) -> None:
    with pytest.raises(ValidationError, match="geen beoordelaar"):
        act.assign([submitted], person(Role.GOVERNMENT_EDITOR, "Gent").user, by=assessor)
    assert act.assign([submitted], assessor.user, by=assessor) == 1
    assert act.assign([submitted], assessor.user, by=assessor) == 0
    assert act.assign([submitted], None, by=assessor) == 1


def test_work_is_shared_by_number_of_lines(call: Call, assessor: Actor) -> None:
    second = person(Role.ASSESSOR, mark="2")
    assert assessor.user is not None
    assert second.user is not None
    sizes = {"Gent": [2, 5, 9], "Aalst": [5, 9], "Kortrijk": [5], "Brugge": [5]}
    made = [
        make_application(call, name, {a: (p, 1) for p, a in enumerate(actions, 1)}, state=ApplicationState.SUBMITTED)
        for name, actions in sizes.items()
    ]
    act.share_out(made, [assessor.user, second.user], by=assessor)
    load = {person_.pk: 0 for person_ in (assessor.user, second.user)}
    for given_ in Assessment.objects.prefetch_related("application__lines"):
        load[given_.assessor_id] += given_.application.lines.count()
    assert sorted(load.values()) == [3, 4]


def test_sharing_out_passes_over_who_has_a_conflict(call: Call, assessor: Actor) -> None:
    application = make_application(call, "Gent", {5: (1, 9)}, state=ApplicationState.SUBMITTED)
    act.declare_conflict(application, "Ik woon er.", by=assessor)
    second = person(Role.ASSESSOR, mark="2")
    assert assessor.user is not None
    assert second.user is not None
    act.share_out([application], [assessor.user, second.user], by=second)
    assert Assessment.objects.get().assessor == second.user
    with pytest.raises(ValidationError, match="Iedereen"):
        act.share_out([application], [assessor.user], by=second)


def test_every_step_leaves_its_verb(begun: Application, assessor: Actor) -> None:
    act.save_advice(begun, full(begun), "Goed.", revision=0, by=assessor)
    act.advise(begun, by=assessor)
    verbs = set(AuditEvent.objects.filter(user=assessor.user).values_list("verb", flat=True))
    assert {"applications.application.assess", "applications.advice.add", "applications.application.advise"} <= verbs


def test_the_queue_counts_in_one_query(call: Call, django_assert_num_queries: object) -> None:
    make_application(call, "Gent", {5: (1, 900)}, state=ApplicationState.SUBMITTED)
    make_application(call, "Aalst", {5: (1, 10)}, state=ApplicationState.SUBMITTED)
    make_application(call, "Brugge", {5: (1, 10)})
    with django_assert_num_queries(1):  # type: ignore[operator]  # a fixture
        found = read.counts(call)
    assert [(row.state, row.applications, row.requested) for row in found] == [("submitted", 2, 54_600)]


def test_neighbours_follow_the_numbers(call: Call) -> None:
    one, two, three = (
        make_application(call, name, {5: (1, 9)}, state=ApplicationState.SUBMITTED)
        for name in ("Gent", "Aalst", "Brugge")
    )
    shown = [read.dossier_or_404(application.pk) for application in (one, two, three)]
    found = {application.pk: (application.before, application.after) for application in shown}
    assert found == {one.pk: (None, two.pk), two.pk: (one.pk, three.pk), three.pk: (two.pk, None)}


@given(st.text(alphabet=" \t\n"))
def test_an_empty_note_says_nothing(text: str) -> None:
    with pytest.raises(ValidationError):
        act.check_statement(text)

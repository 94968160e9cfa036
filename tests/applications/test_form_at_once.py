"""Two people in one application at the same moment, on either database: nothing is lost, nothing stored twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from pytest_django.plugin import DjangoDbBlocker

from draad.accounts.roles import Role
from draad.applications.actions.form import Saved, Typed, save_form
from draad.applications.actions.formlines import choose_lines, move_line
from draad.applications.actions.formstart import start_application
from draad.applications.models import Application, ApplicationLine, Call
from draad.applications.policies.fields import line_field
from tests.applications.filling import read
from tests.applications.making import DURING, government, indicator, make_application, make_call, person
from tests.copies import alone, at_once, copied_database


@pytest.fixture
def copy(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path) -> Iterator[None]:
    with django_db_blocker.unblock(), copied_database(tmp_path), time_machine.travel(DURING):
        yield


@pytest.mark.django_db
def test_the_database_that_is_copied_holds_the_facts_and_no_call() -> None:
    """It also asks for the test database: the tests below do not, because they write in a copy of it."""
    assert indicator(5).unit_amount
    assert not Call.objects.exists()


def prepared() -> tuple[int, int, int]:
    """A draft of Gent with two lines, and its keys."""
    made = make_application(make_call(), "Gent", {5: (1, 100), 17: (2, 60)})
    person(Role.GOVERNMENT_EDITOR, "Gent"), person(Role.GOVERNMENT_APPROVER, "Gent")
    first, second = (line.pk for line in read(made).lines)
    return made.pk, first, second


def save(pk: int, role: Role, name: str, text: str, base: str) -> Saved:
    """Type in a field of a form that was opened before anybody saved."""
    application = Application.objects.get(pk=pk)
    return save_form(application, Typed({name: text}, {name: base}, 0), by=person(role, "Gent"))


def test_two_fields_at_once_are_both_stored(copy: None) -> None:
    pk, first, second = alone(prepared)
    one, other = line_field(first, "planned"), line_field(second, "planned")
    saved = at_once(
        lambda: save(pk, Role.GOVERNMENT_EDITOR, one, "900", "100"),
        lambda: save(pk, Role.GOVERNMENT_APPROVER, other, "70", "60"),
    )
    assert [found.conflicts for found in saved] == [[], []]
    units, requested, revision = alone(lambda: state(pk))
    assert (units, requested, revision) == ([900, 70], 54000 + 6300, 2)


def state(pk: int) -> tuple[list[int | None], int, int]:
    form = read(Application.objects.get(pk=pk))
    lines = sorted(form.lines, key=lambda line: line.pk)
    return [line.planned for line in lines], int(form.application.requested or 0), form.application.revision


def test_one_field_at_once_asks_the_second_and_keeps_both_texts(copy: None) -> None:
    pk, first, _second = alone(prepared)
    name = line_field(first, "planned")
    saved = at_once(
        lambda: save(pk, Role.GOVERNMENT_EDITOR, name, "900", "100"),
        lambda: save(pk, Role.GOVERNMENT_APPROVER, name, "800", "100"),
    )
    assert sorted(len(found.conflicts) for found in saved) == [0, 1]
    stored = alone(lambda: state(pk))[0][0]
    waiting = alone(lambda: Application.objects.get(pk=pk).unsaved[name])
    assert {str(stored), waiting} == {"900", "800"}


def test_the_same_line_is_added_once(copy: None) -> None:
    pk, _first, _second = alone(prepared)
    wanted = alone(lambda: indicator(9).pk)

    def add(role: Role) -> None:
        choose_lines(Application.objects.get(pk=pk), add=[wanted], remove=[], by=person(role, "Gent"))

    answers = at_once(lambda: add(Role.GOVERNMENT_EDITOR), lambda: add(Role.GOVERNMENT_APPROVER))
    assert answers == [None, None]
    assert alone(lambda: ApplicationLine.objects.filter(application=pk, indicator=wanted).count()) == 1


def test_priorities_stay_one_to_two(copy: None) -> None:
    pk, first, second = alone(prepared)

    def up(line: int, role: Role) -> None:
        move_line(Application.objects.get(pk=pk), line, up=True, by=person(role, "Gent"))

    at_once(lambda: up(second, Role.GOVERNMENT_EDITOR), lambda: up(first, Role.GOVERNMENT_APPROVER))
    assert alone(lambda: sorted(line.priority or 0 for line in ApplicationLine.objects.filter(application=pk))) == [
        1,
        2,
    ]


def test_an_application_begins_once(copy: None) -> None:
    def begin_all() -> int:
        for role in (Role.GOVERNMENT_EDITOR, Role.GOVERNMENT_APPROVER):
            person(role, "Gent")
        return make_call().pk

    call = alone(begin_all)

    def begin(role: Role) -> None:
        start_application(Call.objects.get(pk=call), government("Gent"), by=person(role, "Gent"))

    answers = at_once(lambda: begin(Role.GOVERNMENT_EDITOR), lambda: begin(Role.GOVERNMENT_APPROVER))
    refused = [answer for answer in answers if answer is not None]
    assert ["al aanvraag 1" in str(answer) for answer in refused] == [True]
    assert alone(lambda: list(Application.objects.values_list("number", flat=True))) == [1]

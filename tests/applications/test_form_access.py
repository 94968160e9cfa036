"""Who reads, fills in and submits an application."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from draad.accounts import audit
from draad.accounts.actor import Actor, system
from draad.accounts.roles import Role
from draad.applications.models import Application, ApplicationState, MemberState
from draad.applications.policies.access import (
    check_may_read,
    check_may_start,
    check_may_submit,
    check_may_write,
    may_read,
    may_submit,
    may_write,
)
from tests.applications.making import BY, government, make_application, make_call, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> Application:
    """A draft of Gent with Aalst as a member."""
    return make_application(make_call(), "Gent", {5: (1, 100)}, members=("Aalst",))


def test_people_of_the_applicant_read_and_write(draft: Application) -> None:
    for role in (Role.GOVERNMENT_EDITOR, Role.GOVERNMENT_APPROVER):
        by = person(role, "Gent")
        assert may_read(draft, by)
        assert may_write(draft, by)
        check_may_read(draft, by)
        check_may_write(draft, by)


def test_only_an_approver_of_the_applicant_submits(draft: Application) -> None:
    assert may_submit(draft, person(Role.GOVERNMENT_APPROVER, "Gent"))
    check_may_submit(draft, person(Role.GOVERNMENT_APPROVER, "Gent"))
    for by in (person(Role.GOVERNMENT_EDITOR, "Gent"), person(Role.GOVERNMENT_APPROVER, "Aalst")):
        assert not may_submit(draft, by)
        with pytest.raises(PermissionDenied, match="goedkeurt"):
            check_may_submit(draft, by)


def test_people_of_a_member_read_but_do_not_write(draft: Application) -> None:
    by = person(Role.GOVERNMENT_EDITOR, "Aalst")
    check_may_read(draft, by)
    with pytest.raises(PermissionDenied, match="aanvrager"):
        check_may_write(draft, by)


@pytest.mark.parametrize("state", [MemberState.DECLINED, MemberState.RELEASED])
def test_who_no_longer_takes_part_no_longer_reads(draft: Application, state: str) -> None:
    member = draft.members.get(organisation=government("Aalst"))
    with audit.recording(by=BY) as log:
        log.change(member, verb="test", state=state)
    assert not may_read(draft, person(Role.GOVERNMENT_EDITOR, "Aalst"))


@pytest.mark.parametrize(
    "by",
    [
        (Role.GOVERNMENT_EDITOR, "Antwerpen"),
        (Role.GOVERNMENT_APPROVER, "Antwerpen"),
        (Role.SUPPORT_OFFICER, "Gent"),
        (Role.READER, "Gent"),
        (Role.EVALUATOR, "Gent"),
    ],
)
def test_a_stranger_reads_nothing(draft: Application, by: tuple[Role, str]) -> None:
    stranger = person(*by)
    with pytest.raises(PermissionDenied):
        check_may_read(draft, stranger)
    with pytest.raises(PermissionDenied):
        check_may_write(draft, stranger)
    with pytest.raises(PermissionDenied):
        check_may_start(government("Gent"), stranger)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER, Role.ASSESSOR])
@pytest.mark.parametrize("state", list(ApplicationState))
def test_who_assesses_reads_what_was_handed_in(draft: Application, role: Role, state: ApplicationState) -> None:
    draft.state = state
    expected = state not in (ApplicationState.DRAFT, ApplicationState.CANCELLED)
    assert may_read(draft, person(role)) is expected
    assert not may_write(draft, person(role))


def test_a_visitor_reads_nothing_and_the_system_everything(draft: Application) -> None:
    assert not may_read(draft, Actor())
    assert may_read(draft, system("night work"))
    check_may_start(government("Gent"), system("example"))

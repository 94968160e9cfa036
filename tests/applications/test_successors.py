"""A government that went up in another: its dossiers stay, the people of its successor act for it."""

from __future__ import annotations

from datetime import date

import pytest

from draad.accounts.roles import Role
from draad.applications.actions.notices import people_of
from draad.applications.models import ApplicationState
from draad.applications.policies.access import may_read, may_submit, may_write
from draad.applications.queries.successors import present_names, speakers, spoken_for
from draad.applications.states import WRITING
from draad.organisations.models import Organisation
from draad.organisations.queries import governments_on
from tests.applications.making import government, make_application, make_call, person

pytestmark = pytest.mark.django_db
BEFORE, AFTER = date(2024, 12, 31), date(2025, 1, 1)


def successor(name: str) -> Organisation:
    """Who governs since 2025 the ground of a government of 2022."""
    [found] = governments_on([government(name).pk], AFTER)[government(name).pk]
    return Organisation.objects.get(pk=found)


def test_the_day_of_the_merger_decides() -> None:
    old, new = government("Borsbeek"), successor("Borsbeek")
    assert new.name == "Antwerpen"
    assert speakers([old.pk], BEFORE) == {old.pk}
    assert speakers([old.pk], AFTER) == {old.pk, new.pk}
    assert old.pk in spoken_for([new.pk], AFTER)
    assert old.pk not in spoken_for([new.pk], BEFORE)


def test_who_goes_on_has_no_successor() -> None:
    ghent, antwerp = government("Gent"), government("Antwerpen")
    assert speakers([ghent.pk, antwerp.pk], AFTER) == {ghent.pk, antwerp.pk}
    assert speakers([government("Vlaamse Gemeenschapscommissie").pk], AFTER) == {
        government("Vlaamse Gemeenschapscommissie").pk
    }


def test_both_directions_say_the_same() -> None:
    for organisation in Organisation.objects.filter(valid_to__isnull=False):
        for heir in speakers([organisation.pk], AFTER) - {organisation.pk}:
            assert organisation.pk in spoken_for([heir], AFTER)


def test_the_present_name_stands_beside_the_old_one() -> None:
    gone = [government("Borsbeek"), government("Gent")]
    assert present_names(gone, AFTER) == {gone[0].pk: "Antwerpen"}
    assert present_names(gone, BEFORE) == {}


@pytest.mark.parametrize("state", [ApplicationState.DRAFT, ApplicationState.SUBMITTED, ApplicationState.DECIDED])
def test_people_of_the_successor_go_on_with_the_dossier(state: str) -> None:
    """Today lies after the merger of 1 January 2025."""
    application = make_application(make_call(), "Borsbeek", state=state, members=("Gent",))
    editor = person(Role.GOVERNMENT_EDITOR, successor("Borsbeek"))
    approver = person(Role.GOVERNMENT_APPROVER, successor("Borsbeek"))
    assert may_read(application, editor)
    assert may_write(application, editor)
    assert not may_submit(application, editor)
    assert may_submit(application, approver)
    assert {user.pk for user in people_of([application.applicant_id], WRITING)} == {
        actor.user.pk for actor in (editor, approver) if actor.user
    }


def test_a_member_that_merged_is_read_by_its_successor_only() -> None:
    application = make_application(make_call(), "Gent", members=("Borsbeek",))
    assert may_read(application, person(Role.GOVERNMENT_APPROVER, successor("Borsbeek")))
    assert not may_write(application, person(Role.GOVERNMENT_APPROVER, successor("Borsbeek")))
    assert not may_read(application, person(Role.GOVERNMENT_APPROVER, "Brugge"))

"""Who applies together, on the web."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from draad.accounts.actor import Actor
from draad.accounts.roles import Role
from draad.applications.actions.members import invite
from draad.applications.models import Application, ApplicationState, Member, MemberState
from tests.applications.making import (
    CLOSES,
    enter,
    government,
    inhabitants,
    make_application,
    make_call,
    person,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("during")]


@pytest.fixture
def application() -> Application:
    return make_application(make_call(), "Kalmthout", {5: (1, 900)})


@pytest.fixture
def editor() -> Actor:
    return person(Role.GOVERNMENT_EDITOR, "Kalmthout")


@pytest.fixture
def invited(application: Application, editor: Actor) -> Member:
    return invite(application, government("Essen"), by=editor)


def at(step: str, pk: int) -> str:
    return reverse(f"applications:{step}", args=[pk])


def essen(role: Role = Role.GOVERNMENT_APPROVER) -> Client:
    return enter(person(role, "Essen"))


def test_searching_and_inviting(application: Application, editor: Actor) -> None:
    client = enter(editor)
    page = client.get(at("members", application.pk), {"zoek": "esse"}).content.decode()
    assert 'value="essen"' in page
    assert "Regels van deze ronde" in page
    page = client.post(
        at("member_invite", application.pk), {"organisation": "essen", "zoek": "esse"}, follow=True
    ).content.decode()
    assert "De uitnodiging is verstuurd." in page
    assert "nog niet geantwoord" in page


@pytest.mark.parametrize(
    ("slug", "words"),
    [("brugge", "Brugge ligt in"), ("nergens", "Kies een bestuur"), ("kalmthout", "vraagt zelf aan")],
)
def test_an_invitation_that_cannot_be_is_explained(
    application: Application, editor: Actor, slug: str, words: str
) -> None:
    page = enter(editor).post(
        at("member_invite", application.pk), {"organisation": slug, "zoek": "brug"}, follow=True
    ).content.decode()  # fmt: skip
    assert words in page
    assert Member.objects.count() == 1


def test_nothing_found_is_said(application: Application, editor: Actor) -> None:
    page = enter(editor).get(at("members", application.pk), {"zoek": "<Atlantis>"}).content.decode()
    assert "Geen bestuur van vandaag heet “&lt;Atlantis&gt;”." in page


def test_an_approver_takes_part(invited: Member) -> None:
    client = essen()
    page = client.get(at("invitation", invited.pk)).content.decode()
    assert "Kalmthout vraagt uw bestuur om samen in te dienen." in page
    page = client.post(at("invitation_answer", invited.pk), {"accept": "1"}, follow=True).content.decode()
    assert "Uw bestuur doet mee." in page
    invited.refresh_from_db()
    assert invited.state == MemberState.ACCEPTED
    page = client.get(at("invitation", invited.pk)).content.decode()
    assert "Stap uit de samenwerking" in page
    page = client.post(at("member_release", invited.pk), {"reason": "Toch niet."}, follow=True).content.decode()
    assert "Het bestuur doet niet meer mee." in page


def test_declining_keeps_what_was_typed(invited: Member) -> None:
    client = essen()
    refused = client.post(at("invitation_answer", invited.pk), {"decline": "1", "reason": "x" * 1001})
    assert refused.status_code == 422
    assert "x" * 1001 in refused.content.decode()
    assert "één zin volstaat" in client.post(at("invitation_answer", invited.pk), {"decline": "1"}).content.decode()
    page = client.post(at("invitation_answer", invited.pk), {"decline": "1", "reason": "Geen tijd."}, follow=True)
    assert "De aanvrager weet het." in page.content.decode()


def test_an_editor_reads_who_decides(invited: Member) -> None:
    client = essen(Role.GOVERNMENT_EDITOR)
    page = client.get(at("invitation", invited.pk)).content.decode()
    assert "De goedkeurder van uw bestuur beslist" in page
    assert client.post(at("invitation_answer", invited.pk), {"accept": "1"}).status_code == 403


def test_too_late_to_answer(invited: Member) -> None:
    with time_machine.travel(CLOSES, tick=False):
        client = essen()
        assert "Antwoorden kan niet meer" in client.get(at("invitation", invited.pk)).content.decode()
        late = client.post(at("invitation_answer", invited.pk), {"accept": "1"})
    assert late.status_code == 422
    assert "De oproep is gesloten" in late.content.decode()


def test_taking_an_invitation_back(invited: Member, editor: Actor) -> None:
    client = enter(editor)
    page = client.post(at("member_release", invited.pk), follow=True).content.decode()
    assert "Het bestuur doet niet meer mee." in page
    assert "niet langer lid" in page
    again = client.post(at("member_release", invited.pk), follow=True).content.decode()
    assert "toestand is nu “niet langer lid”" in again


def test_a_stranger_reads_nothing(invited: Member, application: Application) -> None:
    stranger = enter(person(Role.GOVERNMENT_APPROVER, "Brugge"))
    for address in (at("members", application.pk), at("invitation", invited.pk)):
        assert stranger.get(address).status_code == 403
    assert stranger.post(at("member_invite", application.pk), {"organisation": "brugge"}).status_code == 403
    assert stranger.post(at("member_release", invited.pk)).status_code == 403
    assert enter(person(Role.ASSESSOR)).get(at("members", application.pk)).status_code == 403, "a draft"


def test_once_handed_in_nothing_is_offered(editor: Actor) -> None:
    application = make_application(
        make_call(), "Kalmthout", {5: (1, 9)}, state=ApplicationState.SUBMITTED, members=("Essen",)
    )
    page = enter(editor).get(at("members", application.pk), {"zoek": "kap"}).content.decode()
    assert "Nodig uit" not in page
    assert "Haal uit de samenwerking" not in page
    assert enter(person(Role.ASSESSOR)).get(at("members", application.pk)).status_code == 200


def test_figures_of_members_are_explained(application: Application, invited: Member, editor: Actor) -> None:
    inhabitants("Kalmthout", 8000)
    page = enter(editor).get(at("members", application.pk)).content.decode()
    assert "Dit bestuur komt in aanmerking." in page
    assert "Er zijn 8.000 inwoners van herkomst buiten de EU-15 (1 januari 2021); nodig is meer dan 7.500." in page


@pytest.mark.parametrize("names", [("Essen",), ("Essen", "Kapellen", "Brasschaat", "Wuustwezel", "Stabroek")])
def test_the_page_asks_as_little_of_many_members(
    editor: Actor, names: tuple[str, ...], django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    application = make_application(make_call(), "Kalmthout", {5: (1, 9)}, members=names)
    client = enter(editor)
    client.get(at("members", application.pk), {"zoek": "sch"})
    with django_assert_max_num_queries(15):
        assert client.get(at("members", application.pk), {"zoek": "sch"}).status_code == 200


def test_a_merger_during_the_round_shows_both_names() -> None:
    application = make_application(make_call(), "Borsbeek", members=("Antwerpen",))
    with time_machine.travel("2025-02-01", tick=False):
        page = enter(person(Role.GOVERNMENT_EDITOR, "Antwerpen")).get(at("members", application.pk)).content.decode()
    assert "(nu: Antwerpen)" in page

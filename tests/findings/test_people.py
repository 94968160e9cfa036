"""What people do with a finding: comment, close, reopen; on the page and in the actions."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from draad.accounts import audit
from draad.accounts.actor import Actor, system
from draad.accounts.models import AuditEvent
from draad.accounts.roles import Role
from draad.findings.actions import close, comment, reopen
from draad.findings.models import Finding, FindingComment
from draad.findings.policies import can_close, can_reopen
from draad.findings.queries import history
from tests.findings.conftest import World, thing

SignIn = Callable[[Role | None], Client]
Person = Callable[..., Actor]
MAY_COMMENT = {Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER}


@pytest.mark.parametrize("role", list(Role))
def test_who_may_comment(finding: Finding, person_with: Person, role: Role) -> None:
    actor = person_with(role)
    if role in MAY_COMMENT:
        assert comment(finding, " Dit klopt. ", by=actor).text == "Dit klopt."
    else:
        with pytest.raises(PermissionDenied, match="beheerder"):
            comment(finding, "Dit klopt.", by=actor)


@pytest.mark.parametrize("role", list(Role))
def test_who_may_close_and_reopen(finding: Finding, person_with: Person, role: Role) -> None:
    actor = person_with(role)
    if role is Role.ADMINISTRATOR:
        assert close(finding, "drukfout", by=actor).state == "closed"
        assert reopen(finding, "toch niet", by=actor).state == "open"
    else:
        with pytest.raises(PermissionDenied):
            close(finding, "drukfout", by=actor)
        with pytest.raises(PermissionDenied):
            reopen(finding, "toch niet", by=actor)


def test_closing_keeps_the_reason_and_leaves_an_event(finding: Finding, person_with: Person) -> None:
    actor = person_with(Role.ADMINISTRATOR)
    close(finding, "drukfout in de bron", by=actor)
    stored = Finding.objects.get()
    assert (stored.state, stored.state_reason) == ("closed", "drukfout in de bron")
    event = AuditEvent.objects.order_by("-number")[0]
    assert (event.verb, event.reason, event.user) == ("findings.finding.close", "drukfout in de bron", actor.user)
    assert event.before == {"state": "open", "state_reason": ""}


def test_closing_twice_is_refused(finding: Finding) -> None:
    by = system("test")
    close(finding, "bekend", by=by)
    with pytest.raises(ValidationError, match="de toestand is nu “afgesloten”"):
        close(finding, "bekend", by=by)


def test_reopening_what_is_open_is_refused(finding: Finding) -> None:
    with pytest.raises(ValidationError, match="de toestand is nu “open”"):
        reopen(finding, "waarom niet", by=system("test"))


def test_what_is_gone_can_be_neither_closed_nor_reopened(world: World, finding: Finding) -> None:
    world.holds()
    gone = Finding.objects.get()
    assert not can_close(gone)
    assert not can_reopen(gone)
    for act in (close, reopen):
        with pytest.raises(ValidationError, match="de toestand is nu “verdwenen”"):
            act(finding, "reden", by=system("test"))


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_an_empty_text_is_refused(finding: Finding, person_with: Person, text: str) -> None:
    actor = person_with(Role.ADMINISTRATOR)
    for act in (comment, close):
        with pytest.raises(ValidationError, match="Schrijf in een zin waarom"):
            act(finding, text, by=actor)
    assert Finding.objects.get().state == "open"
    assert not FindingComment.objects.exists()


def test_the_database_refuses_what_the_states_refuse(finding: Finding) -> None:
    for wrong in (
        {"state": "closed"},
        {"state": "gone"},
        {"rule": finding.rule, "subject": finding.subject, "pk": None},
    ):
        copy = Finding.objects.get()
        for name, value in wrong.items():
            setattr(copy, name, value)
        copy._state.adding = copy.pk is None
        with pytest.raises(IntegrityError), transaction.atomic(), audit.recording(by=system("test")):
            copy.save()


def test_history_tells_what_happened_newest_first(world: World, finding: Finding) -> None:
    close(finding, "bekend", by=system("test"))
    world.holds(thing("a", 5))
    assert [event.verb.rsplit(".", 1)[1] for event in history(finding)] == ["reopen", "close", "add"]


def page(finding: Finding) -> str:
    return f"/bevindingen/{finding.pk}/"


def test_a_visitor_reads_a_finding_without_forms_or_names(
    finding: Finding, client: Client, person_with: Person
) -> None:
    comment(finding, "Nagekeken bij de bron.", by=person_with(Role.PROGRAMME_MANAGER))
    text = client.get(page(finding)).content.decode()
    assert "Van a zijn er 2." in text
    assert "Nagekeken bij de bron." in text
    assert "Test programme_manager" not in text
    assert "blad 1" in text
    assert "/afsluiten/" not in text
    assert "/reactie/" not in text


def test_a_manager_can_comment_on_the_page(finding: Finding, sign_in: SignIn) -> None:
    client = sign_in(Role.PROGRAMME_MANAGER)
    assert "/afsluiten/" not in client.get(page(finding)).content.decode()
    answer = client.post(f"{page(finding)}reactie/", {"text": "Gezien."}, follow=True)
    assert answer.status_code == 200
    assert "Gezien." in answer.content.decode()
    assert "Test programme_manager" in answer.content.decode()
    assert FindingComment.objects.get().text == "Gezien."


def test_an_administrator_closes_and_reopens_on_the_page(finding: Finding, sign_in: SignIn) -> None:
    client = sign_in(Role.ADMINISTRATOR)
    text = client.post(f"{page(finding)}afsluiten/", {"reason": "drukfout"}, follow=True).content.decode()
    assert "De bevinding is afgesloten." in text
    assert "drukfout" in text
    assert "/heropenen/" in text
    assert "/afsluiten/" not in text
    text = client.post(f"{page(finding)}heropenen/", {"reason": "toch niet"}, follow=True).content.decode()
    assert "De bevinding is opnieuw open." in text
    assert Finding.objects.get().state == "open"


@pytest.mark.parametrize(("route", "field"), [("reactie", "text"), ("afsluiten", "reason")])
def test_an_empty_form_says_what_is_wrong_and_keeps_the_page(
    finding: Finding, sign_in: SignIn, route: str, field: str
) -> None:
    answer = sign_in(Role.ADMINISTRATOR).post(f"{page(finding)}{route}/", {field: " "})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Er is iets niet juist" in text
    assert f'href="#id_{field}"' in text
    assert Finding.objects.get().state == "open"


def test_closing_what_somebody_else_just_closed_says_so(finding: Finding, sign_in: SignIn) -> None:
    client = sign_in(Role.ADMINISTRATOR)
    close(finding, "was eerst", by=system("test"))
    answer = client.post(f"{page(finding)}afsluiten/", {"reason": "ook ik"})
    assert answer.status_code == 422
    assert "“Sluit af” kan niet: de toestand is nu “afgesloten”." in answer.content.decode()
    assert Finding.objects.get().state_reason == "was eerst"


@pytest.mark.parametrize("route", ["reactie", "afsluiten", "heropenen"])
def test_a_visitor_is_sent_to_sign_in(finding: Finding, client: Client, route: str) -> None:
    answer = client.post(f"{page(finding)}{route}/", {"text": "x", "reason": "x"})
    assert answer.status_code == 302
    assert "/account/" in answer.headers["Location"]


@pytest.mark.parametrize("route", ["reactie", "afsluiten", "heropenen"])
def test_writing_takes_a_post(finding: Finding, sign_in: SignIn, route: str) -> None:
    assert sign_in(Role.ADMINISTRATOR).get(f"{page(finding)}{route}/").status_code == 405


@pytest.mark.parametrize("route", ["", "reactie/", "afsluiten/", "heropenen/"])
def test_an_unknown_finding_is_not_found(db: None, sign_in: SignIn, route: str) -> None:
    client = sign_in(Role.ADMINISTRATOR)
    answer = client.post(f"/bevindingen/999999/{route}") if route else client.get("/bevindingen/999999/")
    assert answer.status_code == 404

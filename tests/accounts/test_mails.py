"""Mails about the account: in the language of the page, formal, with what to do when it was not you."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.core import mail
from django.core.mail import EmailMessage

from draad.accounts.models import User
from draad.organisations.invitations import password_link, send_invitation
from tests.accounts.conftest import PASSWORD, Typist, code_of


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits for the end of the transaction is done at once: a test is one transaction that never ends."""
    monkeypatch.setattr("django.db.transaction.on_commit", lambda act, **_options: act())


def sent() -> EmailMessage:
    assert len(mail.outbox) >= 1
    found: EmailMessage = mail.outbox[-1]
    return found


def confirmed(typist: Typist) -> Typist:
    typist.sign_in("jo@example.org")
    typist.confirm()
    return typist


@pytest.mark.parametrize(
    ("prefix", "subject", "warning"),
    [
        ("", "Draad: uw wachtwoord is gewijzigd", "Was u dit niet"),
        ("/en", "Draad: your password was changed", "If this was not you"),
    ],
)
def test_a_new_password_is_told(typist: Typist, person: User, prefix: str, subject: str, warning: str) -> None:
    new = "geheel-nieuw-woord"
    data = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    confirmed(typist).client.post(f"{prefix}/account/password/change/", data, REMOTE_ADDR="203.0.113.5")
    assert sent().subject == subject
    assert warning in sent().body
    assert "203.0.113.5" in sent().body
    assert new not in sent().body


def test_the_link_for_a_new_password_is_told_in_english_too(typist: Typist, person: User) -> None:
    typist.client.post("/en/account/password/reset/", {"email": "jo@example.org"})
    assert sent().subject == "Draad: choose a new password"
    assert "/en/account/password/reset/key/" in sent().body


def test_recovery_codes_that_were_made_are_told_without_the_codes(typist: Typist, person: User, secret: str) -> None:
    typist.sign_in("jo@example.org")
    typist.type_code(code_of(secret))
    typist.confirm()
    page = typist.client.post("/account/2fa/recovery-codes/generate/", follow=True).content.decode()
    codes = re.findall(r"<kbd>(\w+)</kbd>", page)
    assert sent().subject == "Draad: er zijn nieuwe herstelcodes gemaakt"
    assert len(codes) == 10
    assert not any(code in sent().body for code in codes)


@pytest.mark.parametrize("word", ["je", "jouw", "Hello from", "example.com", "testserver!"])
def test_mails_keep_the_tone_of_the_site(typist: Typist, person: User, word: str) -> None:
    new = "geheel-nieuw-woord"
    confirmed(typist).client.post(
        "/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    typist.client.post("/account/password/reset/", {"email": "jo@example.org"})
    assert len(mail.outbox) == 2
    for message in mail.outbox:
        assert not re.search(rf"\b{re.escape(word)}", message.body)
        assert "&#" not in message.body
        assert message.from_email == settings.DEFAULT_FROM_EMAIL


@pytest.mark.parametrize(("language", "path"), [("nl", "/account/"), ("en", "/en/account/")])
def test_the_link_of_an_invitation_leads_to_the_site(person: User, language: str, path: str) -> None:
    person.language = language
    assert password_link(person).startswith(f"{settings.BASE_URL}{path}password/reset/key/")


def test_an_invitation_names_the_person_and_the_address(person: User) -> None:
    person.name = "Jo & Zoë"
    send_invitation(person)
    assert "Dag Jo & Zoë," in sent().body
    assert "Daarna meldt u zich aan met jo@example.org" in sent().body


def test_a_link_dies_when_the_password_changes(typist: Typist, person: User) -> None:
    link = password_link(person).removeprefix(settings.BASE_URL)
    person.set_password("iets-heel-anders")
    person.save()
    assert "Deze link werkt niet meer" in typist.client.get(link, follow=True).content.decode()


def test_a_link_of_one_person_does_not_serve_another(typist: Typist, person: User) -> None:
    other = User(email="ander@example.org", name="Ander")
    other.set_password(PASSWORD)
    other.save()
    key = password_link(person).rstrip("/").split("/")[-1].split("-", 1)[1]
    whose = password_link(other).rstrip("/").split("/")[-1].split("-", 1)[0]
    page = typist.client.get(f"/account/password/reset/key/{whose}-{key}/", follow=True).content.decode()
    assert "Deze link werkt niet meer" in page

"""Codes from an app, recovery codes, who must have a second factor, and what they may do without one."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from pytest_django import Settings

from draad.accounts.actor import Actor, actor_of
from draad.accounts.models import User
from draad.accounts.roles import Role
from draad.accounts.second_factor import DEFAULT_ROLES, actor_on_the_web, required_for
from tests.accounts.conftest import PASSWORD, Typist, code_of

MakeActor = Callable[..., Actor]
Verbs = Callable[[], list[str]]


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits for the end of the transaction (events and mails of the second factor) is done at once.

    A test is one transaction that never ends, and allauth needs the request that is being answered.
    """
    monkeypatch.setattr("django.db.transaction.on_commit", lambda act, **_options: act())


def page(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]  # a response of the test client


def test_after_the_password_comes_the_code(typist: Typist, person: User, secret: str) -> None:
    assert typist.sign_in("jo@example.org")["Location"] == "/account/2fa/authenticate/"
    assert not typist.signed_in
    assert "Uw wachtwoord klopt" in page(typist.client.get("/account/2fa/authenticate/"))
    assert typist.type_code(code_of(secret))["Location"] == "/mijn-account/"
    assert typist.signed_in


def test_the_password_alone_opens_nothing(typist: Typist, person: User, secret: str) -> None:
    typist.sign_in("jo@example.org")
    assert typist.client.get("/mijn-account/").status_code == 302
    assert not typist.signed_in


def test_a_code_of_just_now_still_counts_and_an_older_one_does_not(typist: Typist, person: User, secret: str) -> None:
    typist.sign_in("jo@example.org")
    assert "Deze code klopt niet" in page(typist.type_code(code_of(secret, periods_ago=4)))
    assert typist.type_code(code_of(secret, periods_ago=1)).status_code == 302


def test_a_code_works_once(typist: Typist, person: User, secret: str) -> None:
    code = code_of(secret)
    typist.sign_in("jo@example.org")
    typist.type_code(code)
    again = Typist(Client())
    again.sign_in("jo@example.org")
    again.type_code(code)
    assert not again.signed_in


def test_codes_cannot_be_guessed_on(typist: Typist, person: User, secret: str, verbs: Verbs) -> None:
    typist.sign_in("jo@example.org")
    for _time in range(10):
        typist.type_code("000000")
    typist.type_code(code_of(secret))
    assert not typist.signed_in
    assert "accounts.user.fail_second_factor" in verbs()


def test_a_recovery_code_lets_in_once(typist: Typist, person: User, secret: str) -> None:
    codes = Authenticator.objects.get(user=person, type="recovery_codes").wrap().get_unused_codes()
    typist.sign_in("jo@example.org")
    assert typist.type_code(codes[0]).status_code == 302
    typist.client.post("/account/logout/")
    typist.sign_in("jo@example.org")
    assert "Deze code klopt niet" in page(typist.type_code(codes[0]))
    assert typist.type_code(codes[1]).status_code == 302


def test_an_app_is_set_up_with_a_square_and_a_first_code(
    typist: Typist, person: User, verbs: Verbs, at_once: None
) -> None:
    typist.sign_in("jo@example.org")
    typist.confirm()
    form = page(typist.client.get("/account/2fa/totp/activate/"))
    assert 'src="data:image/svg+xml;base64,' in form
    key = re.search(r"<kbd>([A-Z2-7]+)</kbd>", form)
    assert key
    assert "Deze code klopt niet" in page(typist.client.post("/account/2fa/totp/activate/", {"code": "000000"}))
    done = typist.client.post("/account/2fa/totp/activate/", {"code": code_of(key.group(1))}, follow=True)
    assert page(done).count("<kbd>") == 10
    assert "Er zijn nog 10 van de 10 codes bruikbaar" in page(done)
    assert verbs() == ["accounts.user.sign_in", "accounts.user.add_second_factor", "accounts.user.add_second_factor"]
    assert "authenticator-app is toegevoegd" in mail.outbox[-1].subject


def test_taking_the_app_away_is_an_event_and_a_mail(
    typist: Typist, person: User, secret: str, verbs: Verbs, at_once: None
) -> None:
    typist.sign_in("jo@example.org")
    typist.type_code(code_of(secret))
    typist.confirm()
    assert "werken daarna niet meer" in page(typist.client.get("/account/2fa/totp/deactivate/"))
    typist.client.post("/account/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(user=person).exists()
    assert "accounts.user.remove_second_factor" in verbs()
    assert mail.outbox[-1].subject == "Draad: de authenticator-app is verwijderd"


def test_new_recovery_codes_are_an_event_and_a_download(
    typist: Typist, person: User, secret: str, verbs: Verbs, at_once: None
) -> None:
    typist.sign_in("jo@example.org")
    typist.type_code(code_of(secret))
    hidden = typist.client.get("/account/2fa/recovery-codes/")
    assert hidden["Location"].startswith("/account/reauthenticate/")
    typist.confirm()
    assert "De codes die u had" in page(typist.client.get("/account/2fa/recovery-codes/generate/"))
    shown = page(typist.client.post("/account/2fa/recovery-codes/generate/", follow=True))
    assert "accounts.user.renew_recovery_codes" in verbs()
    assert shown.count("<kbd>") == 10
    download = typist.client.get("/account/2fa/recovery-codes/download/")
    assert len(page(download).split()) == 10
    assert "attachment" in download["Content-Disposition"]


def test_matters_of_weight_ask_again_who_one_is(typist: Typist, person: User) -> None:
    typist.client.force_login(person, backend="draad.accounts.backend.AccountBackend")
    response = typist.client.get("/account/2fa/totp/activate/")
    assert response["Location"].startswith("/account/reauthenticate/")
    asked = page(typist.client.get(response["Location"]))
    assert "Bent u het?" in asked
    back = typist.client.post(response["Location"], {"password": PASSWORD, "next": "/account/2fa/totp/activate/"})
    assert back["Location"] == "/account/2fa/totp/activate/"


def test_who_has_an_app_may_answer_with_it(typist: Typist, person: User, secret: str) -> None:
    typist.client.force_login(person, backend="draad.accounts.backend.AccountBackend")
    asked = page(typist.client.get("/account/reauthenticate/"))
    assert "Met een code" in asked
    assert "Deze code klopt niet" in page(typist.client.post("/account/2fa/reauthenticate/", {"code": "123123"}))
    assert typist.client.post("/account/2fa/reauthenticate/", {"code": code_of(secret)}).status_code == 302


# Who must have one ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "demonstration", "expected"),
    [
        (["auto"], True, frozenset()),
        (["auto"], False, DEFAULT_ROLES),
        (["none"], False, frozenset()),
        (["assessor", "reader"], True, frozenset({Role.ASSESSOR, Role.READER})),
    ],
)
def test_which_roles_need_one(
    settings: Settings, words: list[str], demonstration: bool, expected: frozenset[Role]
) -> None:
    settings.SECOND_FACTOR_ROLES, settings.DEMONSTRATION = words, demonstration
    assert required_for() == expected


def test_a_role_does_not_count_until_there_is_a_second_factor(settings: Settings, person_with: MakeActor) -> None:
    settings.SECOND_FACTOR_ROLES = ["administrator"]
    user = person_with(Role.ADMINISTRATOR).user
    assert user
    waiting = actor_on_the_web(user)
    assert (waiting.roles, {grant.role for grant in waiting.withheld}) == (frozenset(), {Role.ADMINISTRATOR})
    Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})
    assert actor_on_the_web(user) == actor_of(user)


def test_every_other_role_counts_at_once(settings: Settings, person_with: MakeActor) -> None:
    settings.SECOND_FACTOR_ROLES = ["administrator"]
    user = person_with(Role.READER).user
    assert user
    assert actor_on_the_web(user).roles == {Role.READER}


def test_who_must_have_one_reaches_only_their_account(settings: Settings, sign_in: Callable[[Role], Client]) -> None:
    client = sign_in(Role.ADMINISTRATOR)
    assert client.get("/beheer/audit/").status_code == 200
    settings.SECOND_FACTOR_ROLES = ["administrator"]
    response = client.get("/beheer/audit/", follow=True)
    assert response.redirect_chain == [("/account/2fa/", 302)]
    assert "Uw rol vraagt een tweede factor" in page(response)
    assert "telt pas mee met een tweede factor" in page(client.get("/mijn-account/"))
    assert client.post("/beheer/gebruikers/uitnodigen/", {}).status_code == 302


def test_it_is_explained_in_english_too(settings: Settings, sign_in: Callable[[Role], Client]) -> None:
    settings.SECOND_FACTOR_ROLES = ["programme_manager"]
    client = sign_in(Role.PROGRAMME_MANAGER)
    assert "Your role asks for a second factor" in page(client.get("/en/beheer/gebruikers/", follow=True))


def test_a_known_password_is_worth_nothing_outside_a_demonstration(
    settings: Settings, typist: Typist, person: User
) -> None:
    User.objects.filter(pk=person.pk).update(demonstration=True)
    typist.sign_in("jo@example.org")
    assert typist.client.get("/mijn-account/").status_code == 200
    settings.DEMONSTRATION = False
    assert typist.client.get("/mijn-account/").status_code == 302
    typist.client.logout()
    typist.sign_in("jo@example.org")
    assert not typist.signed_in

"""Signing in and out, a forgotten password, and what allauth offers that Draad does not want."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client

from draad.accounts.models import AuditEvent, User
from tests.accounts.conftest import LOGIN, PASSWORD, Typist

Verbs = Callable[[], list[str]]


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]  # a response of the test client


def test_who_types_the_right_password_is_in(typist: Typist, person: User, verbs: Verbs) -> None:
    response = typist.sign_in("jo@example.org")
    assert (response.status_code, response["Location"]) == (302, "/mijn-account/")
    assert "Jo Janssens" in text(typist.client.get("/mijn-account/"))
    assert verbs() == ["accounts.user.sign_in"]


def test_capitals_and_spaces_in_the_address_do_not_matter(typist: Typist, person: User) -> None:
    assert typist.sign_in(" JO@Example.org ").status_code == 302


def test_the_first_page_is_in_the_language_of_the_person(typist: Typist, person: User) -> None:
    User.objects.filter(pk=person.pk).update(language="en")
    assert typist.sign_in("jo@example.org")["Location"] == "/en/mijn-account/"


def test_after_signing_in_one_goes_on_where_one_wanted_to_be(typist: Typist, person: User) -> None:
    assert typist.sign_in("jo@example.org", next_page="/besturen/")["Location"] == "/besturen/"


@pytest.mark.parametrize(
    "evil", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_sent_to_another_site(typist: Typist, person: User, evil: str) -> None:
    location = typist.sign_in("jo@example.org", next_page=evil)["Location"]
    assert location == "/mijn-account/"


@pytest.mark.parametrize(
    ("prefix", "sentence"),
    [("", "Het e-mailadres of het wachtwoord klopt niet."), ("/en", "The e-mail address or the password is wrong.")],
)
def test_a_wrong_password_is_told_without_saying_which_part(
    typist: Typist, person: User, prefix: str, sentence: str
) -> None:
    wrong = text(typist.sign_in("jo@example.org", "wrong", prefix=prefix))
    unknown = text(typist.sign_in("nobody@example.org", "wrong", prefix=prefix))
    assert sentence in wrong
    assert sentence in unknown
    assert not typist.signed_in


def test_the_page_of_signing_in_links_errors_to_fields(typist: Typist) -> None:
    page = text(typist.sign_in("", ""))
    assert '<a href="#id_login">Vul uw e-mailadres in.</a>' in page
    assert '<a href="#id_password">Vul uw wachtwoord in.</a>' in page
    assert "Dit is geen e-mailadres. Schrijf het als naam@bestuur.be." in text(typist.sign_in("jo", "x"))
    assert 'id="fouten"' in page


def test_fields_have_labels_and_no_placeholders(typist: Typist) -> None:
    page = text(typist.client.get(LOGIN))
    assert '<label for="id_login">E-mailadres</label>' in page
    assert "placeholder" not in page
    assert 'autocomplete="current-password"' in page


def test_the_address_of_a_failure_is_kept_only_for_known_people(typist: Typist, person: User, verbs: Verbs) -> None:
    typist.sign_in("jo@example.org", "wrong")
    typist.sign_in("secret-typed-in-the-wrong-field@example.org", "wrong")
    assert verbs() == ["accounts.user.fail_to_sign_in"] * 2
    known, unknown = AuditEvent.objects.order_by("number").filter(verb="accounts.user.fail_to_sign_in")
    assert (known.object_label, known.object_key, known.user_id) == ("Jo Janssens", str(person.pk), None)
    assert unknown.object_label == "unknown address"
    assert "secret" not in str(unknown.__dict__)


def test_signing_out_asks_then_does(typist: Typist, person: User, verbs: Verbs) -> None:
    typist.sign_in("jo@example.org")
    assert "Wilt u zich afmelden" in text(typist.client.get("/account/logout/"))
    assert typist.signed_in
    page = text(typist.client.post("/account/logout/", follow=True))
    assert "U bent afgemeld." in page
    assert not typist.signed_in
    assert verbs()[-1] == "accounts.user.sign_out"


def test_closed_access_is_told_in_words(typist: Typist, person: User) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)
    response = typist.sign_in("jo@example.org")
    assert "afgesloten" in text(typist.client.get(response["Location"]))
    assert not typist.signed_in


def test_access_that_is_closed_ends_every_session_at_once(typist: Typist, person: User) -> None:
    typist.sign_in("jo@example.org")
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert typist.client.get("/mijn-account/")["Location"].startswith(LOGIN)


@pytest.mark.parametrize(
    "path",
    [
        "signup/",
        "email/",
        "confirm-email/",
        "password/set/",
        "login/code/",
        "3rdparty/",
        "2fa/webauthn/signup/",
        "2fa/trust/",
    ],
)
def test_what_draad_does_not_want_does_not_exist(db: None, client: Client, path: str) -> None:
    assert client.get(f"/account/{path}").status_code == 404


def reset_link(body: str) -> str:
    found = re.search(r"https?://[^/]+(/\S+)", body)
    assert found
    return found.group(1)


def test_a_forgotten_password_is_replaced_through_a_link_that_works_once(
    typist: Typist, person: User, verbs: Verbs
) -> None:
    typist.client.post("/account/password/reset/", {"email": "Jo@example.org"})
    [sent] = mail.outbox
    assert sent.to == ["jo@example.org"]
    assert sent.subject == "Draad: kies een nieuw wachtwoord"
    link = reset_link(sent.body)
    form = typist.client.get(link, follow=True)
    here = form.redirect_chain[-1][0]
    assert "key" not in here or link.rsplit("-", 1)[-1].strip("/") not in here
    done = typist.client.post(
        here, {"password1": "geheel-nieuw-woord", "password2": "geheel-nieuw-woord"}, follow=True
    )
    assert "Uw wachtwoord is bewaard" in text(done)
    assert not typist.signed_in
    assert typist.sign_in("jo@example.org", "geheel-nieuw-woord").status_code == 302
    assert verbs() == ["accounts.user.change_password", "accounts.user.sign_in"]
    assert "Deze link werkt niet meer" in text(Client().get(link, follow=True))
    assert "gewijzigd" in mail.outbox[-1].body


def test_asking_for_an_unknown_address_looks_the_same_and_mails_nobody(typist: Typist, person: User) -> None:
    known = typist.client.post("/account/password/reset/", {"email": "jo@example.org"}, follow=True)
    sent = len(mail.outbox)
    unknown = typist.client.post("/account/password/reset/", {"email": "nobody@example.org"}, follow=True)
    assert known.redirect_chain == unknown.redirect_chain
    assert "Kent Draad dit e-mailadres" in text(unknown)
    assert len(mail.outbox) == sent == 1


@pytest.mark.parametrize(
    "path", ["/account/password/reset/key/1-abc-def/", "/account/password/reset/key/zzzz-set-password/"]
)
def test_a_link_that_was_made_up_is_refused_kindly(typist: Typist, path: str) -> None:
    assert "Deze link werkt niet meer" in text(typist.client.get(path))


@pytest.mark.parametrize(
    ("weak", "sentence"),
    [
        ("kort", "Dit wachtwoord is te kort. Neem minstens 12 tekens."),
        ("elf tekens!", "Dit wachtwoord is te kort. Neem minstens 12 tekens."),
        ("qwertyuiop123", "Dit wachtwoord wordt veel gebruikt. Kies een ander."),
        ("83746519283746", "Dit wachtwoord bestaat alleen uit cijfers. Voeg er letters aan toe."),
        ("Jo Janssens 1", "Dit wachtwoord lijkt op uw naam of e-mailadres. Kies een ander."),
        ("jo@example.org1", "Dit wachtwoord lijkt op uw naam of e-mailadres. Kies een ander."),
    ],
)
def test_a_weak_password_is_refused_with_what_to_do(typist: Typist, person: User, weak: str, sentence: str) -> None:
    typist.sign_in("jo@example.org")
    data = {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
    assert sentence in text(typist.client.post("/account/password/change/", data))
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_another_password_signs_out_everywhere(typist: Typist, person: User, verbs: Verbs) -> None:
    elsewhere = Typist(Client())
    elsewhere.sign_in("jo@example.org")
    typist.sign_in("jo@example.org")
    new = "geheel-nieuw-woord"
    response = typist.client.post(
        "/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    assert response["Location"] == LOGIN
    assert elsewhere.client.get("/mijn-account/").status_code == 302
    assert typist.client.get("/mijn-account/").status_code == 302
    assert "accounts.user.change_password" in verbs()


def test_the_old_password_must_be_right(typist: Typist, person: User) -> None:
    typist.sign_in("jo@example.org")
    new = "geheel-nieuw-woord"
    page = text(
        typist.client.post("/account/password/change/", {"oldpassword": "wrong", "password1": new, "password2": new})
    )
    assert "Dit is niet uw huidige wachtwoord." in page


def test_sessions_are_listed_and_the_others_can_be_ended(typist: Typist, person: User) -> None:
    elsewhere = Typist(Client(headers={"user-agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}))
    elsewhere.sign_in("jo@example.org")
    typist.sign_in("jo@example.org")
    page = text(typist.client.get("/account/sessions/"))
    assert page.count("dit toestel") == 1
    assert "Firefox, Linux" in page
    typist.client.post("/account/sessions/")
    assert elsewhere.client.get("/mijn-account/").status_code == 302
    assert typist.client.get("/mijn-account/").status_code == 200
    assert "U bent nergens anders aangemeld." in text(typist.client.get("/account/sessions/"))


def test_the_session_ends_with_the_browser(typist: Typist, person: User) -> None:
    typist.sign_in("jo@example.org")
    assert typist.client.cookies["sessionid"]["max-age"] == ""
    assert typist.client.session.get_expire_at_browser_close()

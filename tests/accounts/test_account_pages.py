"""Every page of one's account in both languages: a heading, a title, whole sentences, forms that name their fields."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.test import Client

from draad.accounts.models import User
from tests.accounts.conftest import Typist, code_of

OPEN = [
    "login/",
    "password/reset/",
    "password/reset/done/",
    "password/reset/key/done/",
    "inactive/",
    "password/reset/key/1-a-b/",
]
SIGNED_IN = ["logout/", "password/change/", "reauthenticate/", "2fa/", "2fa/webauthn/", "sessions/"]
CONFIRMED = ["2fa/totp/activate/", "2fa/webauthn/add/"]
WITH_APP = [
    "2fa/",
    "2fa/totp/deactivate/",
    "2fa/recovery-codes/",
    "2fa/recovery-codes/generate/",
    "2fa/reauthenticate/",
]
DUTCH = re.compile(r"\b(de|het|een|uw|wachtwoord|niet|met|nog|sleutel|en|dit|bent|deze)\b", re.IGNORECASE)
ENGLISH = re.compile(r"\b(the|your|password|sign|not|with|key|and|you)\b", re.IGNORECASE)
FAMILIAR = re.compile(r"\b(je|jij|jouw|jou)\b", re.IGNORECASE)


class Words(HTMLParser):
    """The words of the main part, and what forms say of their fields."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.headings = 0
        self.inputs: list[dict[str, str | None]] = []
        self.labelled: set[str | None] = set()
        self.ids: list[str] = []
        self._in_main = False
        self._skip = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._in_main = self._in_main or tag == "main"
        self._skip += tag in {"script", "kbd"}
        self.headings += tag == "h1"
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag == "label":
            self.labelled.add(given.get("for"))
        if tag in {"input", "select", "textarea"} and given.get("type") != "hidden":
            self.inputs.append(given)

    def handle_endtag(self, tag: str) -> None:
        self._in_main = self._in_main and tag != "main"
        self._skip -= tag in {"script", "kbd"}

    def handle_data(self, data: str) -> None:
        if self._in_main and not self._skip:
            self.words.append(data)


def read(page: str) -> Words:
    words = Words()
    words.feed(page)
    return words


def check(page: str, language: str) -> None:
    """What holds for every page of the account."""
    found = read(page)
    said = " ".join(found.words)
    assert f'<html lang="{language}"' in page
    assert found.headings == 1
    assert re.search(r"<title>[^<]{4,} – Draad</title>", page)
    assert (DUTCH if language == "nl" else ENGLISH).search(said), said
    assert not (ENGLISH if language == "nl" else DUTCH).search(said.replace("passkey", "").replace("Draad", "")), said
    assert not FAMILIAR.search(said), said
    assert "!" not in said
    assert "%(" not in said
    unlabelled = [field for field in found.inputs if field.get("id") not in found.labelled]
    assert unlabelled == []
    assert len(found.ids) == len(set(found.ids))


def prefix(language: str) -> str:
    return "" if language == "nl" else f"/{language}"


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("path", OPEN)
def test_pages_for_everyone(db: None, client: Client, path: str, language: str) -> None:
    response = client.get(f"{prefix(language)}/account/{path}")
    assert response.status_code == 200
    check(response.content.decode(), language)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("path", SIGNED_IN)
def test_pages_for_who_signed_in(typist: Typist, person: User, path: str, language: str) -> None:
    typist.sign_in("jo@example.org")
    response = typist.client.get(f"{prefix(language)}/account/{path}")
    assert response.status_code == 200
    check(response.content.decode(), language)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("path", CONFIRMED)
def test_pages_after_confirming(typist: Typist, person: User, path: str, language: str) -> None:
    typist.sign_in("jo@example.org")
    typist.confirm()
    response = typist.client.get(f"{prefix(language)}/account/{path}")
    assert response.status_code == 200
    check(response.content.decode().replace("Hoofdsleutel", "").replace("Master key", ""), language)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("path", WITH_APP)
def test_pages_for_who_has_an_app(typist: Typist, person: User, secret: str, path: str, language: str) -> None:
    typist.sign_in("jo@example.org")
    typist.type_code(code_of(secret))
    typist.confirm()
    response = typist.client.get(f"{prefix(language)}/account/{path}")
    assert response.status_code == 200
    check(response.content.decode(), language)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_between_password_and_code(typist: Typist, person: User, secret: str, language: str) -> None:
    typist.sign_in("jo@example.org", prefix=prefix(language))
    check(typist.client.get(f"{prefix(language)}/account/2fa/authenticate/").content.decode(), language)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("password/change/", {"oldpassword": "", "password1": "kort", "password2": "anders"}),
        ("reauthenticate/", {"password": "fout"}),
        ("reauthenticate/", {}),
        ("2fa/totp/activate/", {"code": ""}),
        ("2fa/totp/activate/", {"code": "000000"}),
    ],
)
def test_what_is_wrong_is_said_in_whole_sentences(
    typist: Typist, person: User, path: str, data: dict[str, str], language: str
) -> None:
    typist.sign_in("jo@example.org")
    typist.confirm()
    page = typist.client.post(f"{prefix(language)}/account/{path}", data).content.decode()
    assert 'id="fouten"' in page
    check(page, language)


def test_an_error_is_tied_to_its_field_for_who_listens(typist: Typist, person: User) -> None:
    page = typist.sign_in("", "").content.decode()
    for field in ("login", "password"):
        assert f'id="id_{field}_error"' in page
        assert re.search(
            rf'<input[^>]*id="id_{field}"[^>]*aria-invalid="true"|aria-invalid="true"[^>]*id="id_{field}"', page
        )


def test_the_switch_of_language_stays_on_the_page(db: None, client: Client) -> None:
    assert 'href="/en/account/login/"' in client.get("/account/login/").content.decode()
    assert 'href="/account/login/"' in client.get("/en/account/login/").content.decode()


def test_pages_of_signing_in_are_not_kept_by_the_browser(db: None, client: Client) -> None:
    assert "no-store" in client.get("/account/login/")["Cache-Control"]

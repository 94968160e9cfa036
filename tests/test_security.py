"""What every page must have and must not have: a strict content security policy, safe cookies, no inline anything."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import Settings

from draad.accounts.actor import Actor
from draad.accounts.roles import Role
from tests.routes import ask, own, routes

MakeActor = Callable[..., Actor]
ALLOWED_DATA = {"application/json", "application/ld+json"}
LANGUAGES = [code for code, _name in django_settings.LANGUAGES]


class Inspector(HTMLParser):
    """Collects what a strict content security policy would stop, and forms without a token."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._posting = False
        self._token = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "style" or "style" in given:
            self.found.append(f"<{tag}> with a style")
        if tag == "script" and "src" not in given and given.get("type") not in ALLOWED_DATA:
            self.found.append("inline script")
        self.found += [f"{name} on <{tag}>" for name in given if name.startswith("on")]
        self.found += [
            f"{name} leads out of the site: {value}"
            for name, value in given.items()
            if self._foreign(tag, name, value)
        ]
        if any((value or "").strip().lower().startswith("javascript:") for value in given.values()):
            self.found.append(f"javascript: address on <{tag}>")
        if tag == "form":
            self._posting, self._token = (given.get("method") or "get").lower() == "post", False
        if tag == "input" and given.get("name") == "csrfmiddlewaretoken":
            self._token = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self._posting and not self._token:
            self.found.append("form that posts without a token")

    @staticmethod
    def _foreign(tag: str, name: str, value: str | None) -> bool:
        loads = (tag in {"script", "img", "iframe", "object", "embed"} and name in {"src", "data"}) or (
            tag == "link" and name == "href"
        )
        return loads and not (value or "").startswith(("/", "data:image/"))


def inspect(page: str) -> list[str]:
    inspector = Inspector()
    inspector.feed(page)
    return inspector.found


@pytest.mark.parametrize(
    ("page", "complaint"),
    [
        ("<style>p{}</style>", "<style> with a style"),
        ('<p style="x">', "<p> with a style"),
        ("<script>alert(1)</script>", "inline script"),
        ('<script type="text/javascript">x</script>', "inline script"),
        ('<a onclick="x">', "onclick on <a>"),
        ('<a href=" JavaScript:x">', "javascript: address on <a>"),
        ('<script src="https://cdn.example/x.js"></script>', "src leads out of the site: https://cdn.example/x.js"),
        ('<form method="POST"></form>', "form that posts without a token"),
    ],
)
def test_the_inspector_sees_what_is_wrong(page: str, complaint: str) -> None:
    assert complaint in inspect(page)


def test_the_inspector_lets_pass_what_is_right() -> None:
    right = '<script src="/x.js"></script><script type="application/json">{}</script><form method="post"><input name="csrfmiddlewaretoken"></form><form></form><img src="data:image/svg+xml,x">'
    assert inspect(right) == []


Visit = Callable[[], list[tuple[str, HttpResponse]]]


@pytest.fixture(params=[f"{who}-{language}" for who in ("visitor", "administrator") for language in LANGUAGES])
def pages(
    request: pytest.FixtureRequest, arguments: Mapping[str, Mapping[str, Any]], person_with: MakeActor
) -> list[tuple[str, HttpResponse]]:
    """Every page that a visitor, or an administrator, can open, in a language."""
    who, language = request.param.split("-")
    client, user = Client(), None
    if who == "administrator":
        user = person_with(Role.ADMINISTRATOR).user
        assert user is not None
        client.force_login(user)
    known: Mapping[str, Any] = {**arguments, **own(user)}
    answers = []
    for route in routes():
        with translation.override(language):
            address = reverse(route.name, kwargs=dict(known.get(route.name, {})))
        with transaction.atomic():
            answers.append((address, ask(client, "get", address)))
            transaction.set_rollback(True)
    return answers


def test_every_page_is_safe(pages: list[tuple[str, HttpResponse]]) -> None:
    problems = []
    shown = 0
    for address, response in pages:
        problems += [f"{address}: {problem}" for problem in headers_missing(response)]
        if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
            shown += 1
            problems += [f"{address}: {problem}" for problem in inspect(response.content.decode())]
    assert problems == []
    assert shown > 15


def headers_missing(response: HttpResponse) -> list[str]:
    """The headers that an answer should have and has not."""
    wanted = {
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    problems = [f"{name} is {response.get(name)!r}" for name, value in wanted.items() if response.get(name) != value]
    policy = response.get("Content-Security-Policy", "")
    return problems + [f"policy lacks {part}" for part in POLICY if part not in policy] + [
        f"policy has {weak}" for weak in ("unsafe-inline", "unsafe-eval", "*") if weak in policy
    ]  # fmt: skip


POLICY = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
]


def test_errors_have_the_policy_too(db: None, client: Client, person_with: MakeActor) -> None:
    assert headers_missing(client.get("/no/such/page/")) == []  # type: ignore[arg-type]  # the test client adds to responses
    client.force_login(person_with(Role.READER).user)  # type: ignore[arg-type]  # a person
    refused = client.get("/beheer/audit/")
    assert refused.status_code == 403
    assert headers_missing(refused) == []  # type: ignore[arg-type]  # the test client adds to responses


# Requests from elsewhere -------------------------------------------------------------------------------------------------


def test_every_post_needs_a_token(arguments: Mapping[str, Mapping[str, Any]], person_with: MakeActor) -> None:
    client = Client(enforce_csrf_checks=True)
    user = person_with(Role.ADMINISTRATOR).user
    assert user is not None
    known: Mapping[str, Any] = {**arguments, **own(user)}
    client.force_login(user)
    taken = []
    for route in routes():
        address = reverse(route.name, kwargs=dict(known.get(route.name, {})))
        for method in ("post", "put", "delete", "patch"):
            response = ask(client, method, address)
            if response.status_code != 403:
                taken.append(f"{method} {route.name}: {response.status_code}")
    assert taken == []


def test_a_post_from_another_site_is_refused(db: None) -> None:
    client = Client(enforce_csrf_checks=True)
    client.get("/account/login/")
    token = client.cookies["csrftoken"].value
    form = {"login": "a@example.org", "password": "x", "csrfmiddlewaretoken": token}
    refused = client.post("/account/login/", form, HTTP_ORIGIN="https://evil.example")
    assert refused.status_code == 403
    assert "Dit formulier is verlopen" in refused.content.decode()
    assert inspect(refused.content.decode()) == []
    assert client.post("/account/login/", form).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost@evil.example", ""])
def test_a_wrong_host_is_refused(db: None, client: Client, host: str, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["draad.example.be"]
    assert client.get("/", HTTP_HOST=host).status_code == 400


def test_names_are_escaped(person_with: MakeActor) -> None:
    client = Client()
    user = person_with(Role.ADMINISTRATOR).user
    assert user is not None
    user.name = "<script>alert('x')</script>"
    user.save()
    client.force_login(user)
    for address in ("/mijn-account/", "/beheer/gebruikers/", f"/beheer/gebruikers/{user.pk}/"):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page


# https ---------------------------------------------------------------------------------------------------------------------


def settings_for(tmp_path: Path, **environment: str) -> dict[str, Any]:
    """The settings that a site with this environment has, read in a fresh process."""
    names = ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SESSION_COOKIE_HTTPONLY",
             "SESSION_COOKIE_SAMESITE", "SECURE_PROXY_SSL_HEADER", "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN", "ALLOWED_HOSTS", "DEBUG",
             "ALLAUTH_TRUSTED_PROXY_COUNT"]  # fmt: skip
    code = f"import json; from django.conf import settings; print(json.dumps({{n: getattr(settings, n) for n in {names}}}))"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DRAAD_", "DATABASE_URL"))}
    clean = {**kept, "DRAAD_DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "draad.config.settings", **environment}
    done = subprocess.run([sys.executable, "-c", code], env=clean, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_with_https_cookies_and_browsers_stay_on_it(tmp_path: Path) -> None:
    found = settings_for(
        tmp_path, DRAAD_BASE_URL="https://draad.example.be", DRAAD_DEMONSTRATION="false", DRAAD_BEHIND_PROXY="true"
    )
    for name in ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SESSION_COOKIE_HTTPONLY"):
        assert found[name] is True, name
    assert found["SECURE_HSTS_SECONDS"] == 31_536_000
    assert found["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]
    assert (found["MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN"], found["ALLAUTH_TRUSTED_PROXY_COUNT"]) == (False, 1)
    assert "draad.example.be" in found["ALLOWED_HOSTS"]


def test_without_https_there_is_nothing_to_promise(tmp_path: Path) -> None:
    found = settings_for(tmp_path)
    assert (found["SECURE_HSTS_SECONDS"], found["SESSION_COOKIE_SECURE"], found["SECURE_PROXY_SSL_HEADER"]) == (
        0,
        False,
        None,
    )
    assert (found["SESSION_COOKIE_HTTPONLY"], found["SESSION_COOKIE_SAMESITE"], found["DEBUG"]) == (True, "Lax", False)


def test_hsts_is_sent_over_https(db: None, client: Client, settings: Settings) -> None:
    settings.SECURE_HSTS_SECONDS = 31_536_000
    assert client.get("/", secure=True)["Strict-Transport-Security"] == "max-age=31536000"
    assert "Strict-Transport-Security" not in client.get("/").headers


def test_http_is_sent_to_https(db: None, client: Client, settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/")["Location"] == "https://testserver/"

"""People who sign in by typing, and their second factor."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.http import HttpResponse
from django.test import Client

from draad.accounts.models import AuditEvent, User

PASSWORD = "rode-draad-test-2026"
LOGIN = "/account/login/"


@dataclass
class Typist:
    """Somebody at a browser, at a network address."""

    client: Client
    address: str = "203.0.113.5"

    def sign_in(self, email: str, password: str = PASSWORD, *, next_page: str = "", prefix: str = "") -> HttpResponse:
        data = {"login": email, "password": password}
        if next_page:
            data["next"] = next_page
        return self.client.post(f"{prefix}{LOGIN}", data, REMOTE_ADDR=self.address)  # type: ignore[return-value]  # the test client adds to it

    def type_code(self, code: str) -> HttpResponse:
        return self.client.post("/account/2fa/authenticate/", {"code": code}, REMOTE_ADDR=self.address)  # type: ignore[return-value]  # the test client adds to it

    def confirm(self) -> None:
        """Type the password once more, as before a matter of weight."""
        self.client.post("/account/reauthenticate/", {"password": PASSWORD}, REMOTE_ADDR=self.address)

    @property
    def signed_in(self) -> bool:
        return "_auth_user_id" in self.client.session


@pytest.fixture
def typist(db: None, client: Client) -> Typist:
    return Typist(client)


@pytest.fixture
def person(db: None) -> User:
    user = User(email="jo@example.org", name="Jo Janssens")
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def secret(person: User) -> str:
    """The key of an authenticator app that the person set up, with recovery codes."""
    key = generate_totp_secret()
    TOTP.activate(person, key)
    RecoveryCodes.activate(person)
    return key


def code_of(key: str, *, periods_ago: int = 0) -> str:
    """What the app shows now, or showed some half minutes ago."""
    return format_hotp_value(hotp_value(key, int(time.time()) // 30 - periods_ago))


@pytest.fixture
def verbs(db: None) -> Callable[[], list[str]]:
    """The verbs of the events since the test began, in order."""
    start = AuditEvent.objects.count()

    def since() -> list[str]:
        return list(AuditEvent.objects.filter(number__gt=start).order_by("number").values_list("verb", flat=True))

    return since

"""System checks: combinations of settings that Draad refuses at start, each with a hint."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.checks import Warning as Caution

from draad.accounts.roles import Role
from draad.accounts.second_factor import AUTO

LOCAL_HOSTS = {"localhost", "127.0.0.1", "::1", "testserver"}


@register
def refuse_wrong_combinations(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Errors for settings that are each right and wrong together."""
    base = urlsplit(settings.BASE_URL)
    local = base.hostname in LOCAL_HOSTS
    no_site = base.scheme not in {"http", "https"} or not base.hostname or base.path not in {"", "/"}
    known: list[tuple[bool, CheckMessage]] = [
        (no_site, Error(
            f"DRAAD_BASE_URL is {settings.BASE_URL!r}, which is no address of a site.",
            hint="Write it as https://draad.example.be, without a path.",
            id="draad.E001",
        )),
        (settings.DEMONSTRATION and not local, Error(
            "Demonstration logins have known passwords and DRAAD_BASE_URL is not this computer.",
            hint="Set DRAAD_DEMONSTRATION=false.",
            id="draad.E002",
        )),
        (settings.DEBUG and not local, Error(
            "DRAAD_DEBUG shows technical details to everyone and DRAAD_BASE_URL is not this computer.",
            hint="Set DRAAD_DEBUG=false.",
            id="draad.E003",
        )),
        (base.scheme == "http" and not local, Error(
            "DRAAD_BASE_URL is not this computer and does not use https: passwords would travel in the clear.",
            hint="Put a proxy with a certificate in front and set DRAAD_BASE_URL=https://…",
            id="draad.E004",
        )),
        (not local and not settings.DATABASE_URL, Caution(
            "A public site runs on SQLite.",
            hint="Set DATABASE_URL to a PostgreSQL address for several servers or heavy use.",
            id="draad.W001",
        )),
    ]  # fmt: skip
    return [message for wrong, message in known if wrong]


@register
def refuse_unknown_roles(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Errors for words in DRAAD_SECOND_FACTOR_ROLES that are no role."""
    words = settings.SECOND_FACTOR_ROLES
    if words in ([AUTO], ["none"]):
        return []
    wrong = [word for word in words if word not in Role.values]
    if words and not wrong:
        return []
    return [
        Error(
            f"DRAAD_SECOND_FACTOR_ROLES names no role: {', '.join(wrong) or 'it is empty'}.",
            hint=f"Write auto, none, or roles separated by commas: {', '.join(Role.values)}.",
            id="draad.E005",
        )
    ]

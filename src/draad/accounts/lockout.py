"""Whom repeated failures lock out: a mail address from one network address (django-axes keeps the count)."""

from __future__ import annotations

from collections.abc import Mapping

from allauth.core.internal.httpkit import get_client_ip
from django.http import HttpRequest


def login_of(request: HttpRequest, credentials: Mapping[str, str] | None = None) -> str | None:
    """The mail address that somebody tried to sign in with; capitals do not make another address."""
    given = (credentials or {}).get("email") or (credentials or {}).get("login") or request.POST.get("login")
    return given.strip().lower() if given else None


def address_of(request: HttpRequest) -> str | None:
    """The network address of the sender; behind a proxy the one that the proxy saw."""
    found: str | None = get_client_ip(request)
    return found

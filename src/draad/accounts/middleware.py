"""Gives each request its actor and holds every route to its guard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.translation import gettext as _

from draad.accounts.actor import Actor
from draad.accounts.freshness import one_glance
from draad.accounts.guards import guard_of
from draad.accounts.models import User
from draad.accounts.second_factor import actor_on_the_web


@dataclass
class LazyActor:
    """The actor of a request, read from the database only when somebody asks."""

    user: User | AnonymousUser
    _actor: Actor | None = field(default=None, init=False)

    def __call__(self) -> Actor:
        """The actor, computed once."""
        if self._actor is None:
            self._actor = actor_on_the_web(self.user)
        return self._actor


class AccessMiddleware:
    """Sets ``request.actor`` (a callable) and refuses who may not use the route."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Attach the actor, then answer."""
        request.actor = LazyActor(request.user)  # type: ignore[attr-defined]  # a request carries what middleware adds
        with one_glance():
            return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: Any, kwargs: Any) -> HttpResponse | None:
        """Let the actor through, send a visitor to sign in, or refuse."""
        match = request.resolver_match
        guard = guard_of(match.view_name if match else "")
        if guard.everyone or guard.allows(actor(request)):
            return None
        if not actor(request).signed_in:
            return redirect_to_login(request.get_full_path(), resolve_url("account_login"))
        if actor(request).withheld:
            messages.error(request, _("Uw rol vraagt een tweede factor. Stel er hier een in; daarna kunt u verder."))
            return redirect("mfa_index")
        raise PermissionDenied(_("Uw rol geeft geen toegang tot deze pagina."))


def actor(request: HttpRequest) -> Actor:
    """Who sends this request, with the roles held today."""
    found: Actor = request.actor()  # type: ignore[attr-defined]  # set by AccessMiddleware
    return found

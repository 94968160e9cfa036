"""How allauth behaves in Draad."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from axes.handlers.proxy import AxesProxyHandler
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from draad.accounts.backend import AccountBackend


class AccountAdapter(DefaultAccountAdapter):
    """People are invited by an administrator; nobody signs up."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("Het e-mailadres of het wachtwoord klopt niet."),
        "too_many_login_attempts": _("Te veel pogingen. Probeer het over een kwartier opnieuw."),
        "incorrect_password": _("Dit wachtwoord klopt niet."),
        "enter_current_password": _("Dit is niet uw huidige wachtwoord."),
        "rate_limited": _("Te veel pogingen. Probeer het over een kwartier opnieuw."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Signing up is closed."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the attempt, unless the sender is locked out already: others may still try that address."""
        if AxesProxyHandler.is_allowed(request, credentials):
            super().pre_authenticate(request, **credentials)

    def pre_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse | None:
        """Stop who may not sign in, by whatever way they came."""
        if not AccountBackend().user_can_authenticate(user):
            stopped: HttpResponse = self.respond_user_inactive(request, user)
            return stopped
        return None

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """After signing in: one's own account, in one's own language."""
        with translation.override(getattr(request.user, "language", None)):
            return reverse("accounts:me")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """After a new password everyone is signed out and signs in again."""
        return reverse("account_login")


class SecondFactorAdapter(DefaultMFAAdapter):
    """The second factor, with Draad's sentences."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("Deze code klopt niet, of ze is niet meer geldig. Neem de code die de app nu toont."),
        "cannot_generate_recovery_codes": _("Herstelcodes horen bij een app of sleutel. Stel die eerst in."),
    }

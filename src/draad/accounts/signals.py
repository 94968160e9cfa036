"""Notes in the audit what happens around signing in; connected when the site starts."""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from axes.signals import user_locked_out
from django.contrib.auth import signals as auth
from django.dispatch import Signal
from django.http import HttpRequest

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.lockout import login_of
from draad.accounts.models import User

SIGN_IN = "accounts.user.sign_in"
SIGN_OUT = "accounts.user.sign_out"
FAIL = "accounts.user.fail_to_sign_in"
LOCK_OUT = "accounts.user.lock_out"
FAIL_CODE = "accounts.user.fail_second_factor"
ADD_FACTOR = "accounts.user.add_second_factor"
REMOVE_FACTOR = "accounts.user.remove_second_factor"
RENEW_CODES = "accounts.user.renew_recovery_codes"
CHANGE_PASSWORD = "accounts.user.change_password"  # noqa: S105  a verb  # nosec B105

OF_PERSON: list[tuple[Signal, str]] = [
    (account.user_logged_in, SIGN_IN),
    (account.password_changed, CHANGE_PASSWORD),
    (account.password_reset, CHANGE_PASSWORD),
    (account.password_set, CHANGE_PASSWORD),
    (auth.user_logged_out, SIGN_OUT),
    (mfa.authentication_failed, FAIL_CODE),
    (mfa.authenticator_added, ADD_FACTOR),
    (mfa.authenticator_removed, REMOVE_FACTOR),
    (mfa.authenticator_reset, RENEW_CODES),
]


def connect() -> None:
    """Let each signal leave its event."""
    for signal, verb in OF_PERSON:
        signal.connect(_noter(verb), weak=False, dispatch_uid=f"draad {verb} {id(signal)}")
    auth.user_login_failed.connect(note_failure, dispatch_uid="draad failure")
    user_locked_out.connect(note_lock_out, dispatch_uid="draad lock-out")


def _noter(verb: str) -> Any:
    def note(sender: object, user: User | None = None, authenticator: Any = None, **kwargs: Any) -> None:
        if user is not None and user.pk:
            after = {"factor": authenticator.type} if authenticator is not None else None
            _note(user, verb, by=Actor(user=user), after=after)

    return note


def note_failure(sender: object, request: HttpRequest | None = None, **kwargs: Any) -> None:
    """A wrong password. An address that nobody has is not kept: people type passwords in the wrong field."""
    if request is None or was_locked_out(request):
        return
    _note_visitor(login_of(request, kwargs.get("credentials")), FAIL)


def note_lock_out(sender: object, request: HttpRequest, username: str | None = None, **kwargs: Any) -> None:
    """The failure that locked the sender out; further tries while locked out leave no event."""
    if not was_locked_out(request):
        _note_visitor(username, LOCK_OUT)


def was_locked_out(request: HttpRequest) -> bool:
    """Whether axes refused this attempt before any password was compared."""
    locked_out = bool(getattr(request, "axes_locked_out", False))
    return locked_out and getattr(request, "axes_failures_since_start", 0) is None


def _note_visitor(login: str | None, verb: str) -> None:
    user = User.objects.filter(email__iexact=login).first() if login else None
    _note(user or User(name="unknown address"), verb, by=Actor(), after=None)


def _note(user: User, verb: str, *, by: Actor, after: dict[str, Any] | None) -> None:
    with audit.recording(by=by) as log:
        log.note(user, verb=verb, before=None, after=after)

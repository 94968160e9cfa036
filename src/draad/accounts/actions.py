"""What a person changes of their own account; the rest of people's administration is in organisations."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.models import User


def choose_language(*, by: Actor, language: str) -> User:
    """Keep the language in which this person wants mails and the first page.

    Raises:
        PermissionDenied: when nobody is signed in.
    """
    if by.user is None:
        raise PermissionDenied(_("Meld u eerst aan."))
    with audit.recording(by=by) as log:
        log.change(by.user, verb="accounts.user.change_language", language=language)
    return by.user

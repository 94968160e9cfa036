"""Two people who change the same thing: the second is told and loses nothing."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class ChangedMeanwhileError(ValidationError):
    """Somebody else saved the thing after the writer opened it."""


def check_revision(stored: int, read: int) -> None:
    """Refuse to overwrite what somebody else saved since the writer read it.

    Args:
        stored: how often the thing was saved.
        read: how often it was saved when the writer opened it.

    Raises:
        ChangedMeanwhileError: when these differ.
    """
    if stored != read:
        raise ChangedMeanwhileError(
            _("Iemand anders bewaarde dit intussen. Wat nu bewaard is, staat naast wat u invulde; bewaar opnieuw om "
              "uw waarden te houden.")
        )  # fmt: skip

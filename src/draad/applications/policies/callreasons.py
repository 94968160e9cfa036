"""What the reasons of a call must have: words in both languages, an outcome, and those that Draad itself gives."""

from __future__ import annotations

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from draad.applications.models import DecisionReason
from draad.applications.reasons import DEFAULT_REASONS, GIVEN


def check_new_key(key: str, known: Collection[str]) -> None:
    """Refuse a second reason with the same code.

    Raises:
        ValidationError: under ``key``.
    """
    if key in known:
        raise ValidationError({"key": _("Deze oproep heeft al een reden met de code %(key)s.") % {"key": key}})


def check_reason(reason: DecisionReason) -> None:
    """Refuse a reason that says nothing, is for no outcome, or no longer serves where decisions are prepared with it.

    Raises:
        ValidationError: by field, with a sentence for each.
    """
    problems: dict[str, str] = {}
    for name in ("sentence", "sentence_en"):
        if not getattr(reason, name).strip():
            problems[name] = _("Schrijf de zin. De brief is Nederlands; Engelse bladzijden tonen de Engelse.")
    if not (reason.partly or reason.refused):
        problems["partly"] = _("Kies minstens één: bij een deel of bij een weigering.")
    if reason.key in GIVEN:
        problems |= _of_given(reason)
    if problems:
        raise ValidationError(problems)


def _of_given(reason: DecisionReason) -> dict[str, str]:
    """What a reason that Draad gives by itself can not do without."""
    usual = next(one for one in DEFAULT_REASONS if one.key == reason.key)
    problems = {}
    if not reason.in_use:
        problems["in_use"] = _("Draad geeft deze reden zelf bij het voorbereiden. Ze blijft in gebruik.")
    for name in ("partly", "refused"):
        if getattr(usual, name) and not getattr(reason, name):
            problems[name] = _("Draad geeft deze reden zelf hierbij. Laat dit aangevinkt.")
    return problems

"""What a question back and its answer must hold."""

from __future__ import annotations

from collections.abc import Container, Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from draad.applications.models import Application


def check_question(text: str, fields: Sequence[str], due_on: date, known: Container[str]) -> None:
    """Refuse a question without words, with a day gone by, or about a field that is not there.

    Raises:
        ValidationError: with a sentence for each of these.
    """
    problems = []
    if not text.strip():
        problems.append(_("Schrijf uw vraag."))
    if due_on <= timezone.localdate():
        problems.append(_("Geef het bestuur ten minste tot morgen de tijd."))
    if any(name not in known for name in fields):
        problems.append(_("Een gekozen veld staat niet meer in de aanvraag. Kies opnieuw."))
    if problems:
        raise ValidationError(problems)


def check_answer(application: Application, text: str) -> None:
    """Refuse an answer without words, or while something typed could not be stored.

    Raises:
        ValidationError: with a sentence for each of these.
    """
    problems = []
    if not text.strip():
        problems.append(_("Schrijf een antwoord; één zin volstaat."))
    if application.unsaved:
        problems.append(_("In het formulier staat nog iets dat niet bewaard of bevestigd is. Kijk dat eerst na."))
    if problems:
        raise ValidationError(problems)


def is_late(due_on: date, answered_on: date | None = None) -> bool:
    """Whether an answer came, or would come now, after the last day."""
    return (answered_on or timezone.localdate()) > due_on

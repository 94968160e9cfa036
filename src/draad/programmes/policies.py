"""What the state of terms allows."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from draad.accounts.revisions import ChangedMeanwhileError
from draad.accounts.transitions import Transition
from draad.programmes.models import Action, ActionTerms, Round
from draad.programmes.states import DRAFT


def check_pass(terms: ActionTerms, transition: Transition) -> None:
    """Refuse a change that the state does not allow.

    Raises:
        ValidationError: saying that published terms never change.
    """
    if not transition.fits(terms.state):
        raise ValidationError(_("Gepubliceerde voorwaarden veranderen niet. Maak een nieuwe versie."))


def can_change(terms: ActionTerms) -> bool:
    """Whether these terms are a draft."""
    return terms.state == DRAFT


def check_no_draft(action: Action, of_round: Round) -> None:
    """Refuse a second draft.

    Raises:
        ValidationError: naming the action and the round.
    """
    if ActionTerms.objects.filter(action=action, round=of_round, state=DRAFT).exists():
        raise ValidationError(
            _("Er is al een ontwerp voor actie %(action)s in ronde %(round)s. Werk daarin verder.")
            % {"action": action.number, "round": of_round.number}
        )


def check_same_programme(action: Action, of_round: Round) -> None:
    """Refuse terms of an action in a round of another programme.

    Raises:
        ValidationError: always when the programmes differ.
    """
    if action.programme_id != of_round.programme_id:
        raise ValidationError(_("De actie en de ronde horen niet bij hetzelfde programma."))


def check_revision(terms: ActionTerms, revision: int) -> None:
    """Refuse to overwrite what somebody else saved meanwhile.

    Raises:
        ChangedMeanwhileError: when the draft was saved since ``revision``.
    """
    if terms.revision != revision:
        raise ChangedMeanwhileError(
            _("Iemand anders bewaarde dit ontwerp intussen. Hieronder staan zijn waarden naast de uwe; bewaar opnieuw "
              "om de uwe te houden.")
        )  # fmt: skip


def check_publishable(*, reason: str, effective_on: date | None, corrects: ActionTerms | None, differs: bool) -> None:
    """Refuse to publish without a date, a correction without a reason, or a version that changes nothing.

    Raises:
        ValidationError: with a sentence for each of these.
    """
    problems = []
    if effective_on is None:
        problems.append(_("Geef de dag vanaf wanneer deze versie geldt."))
    if corrects and not reason.strip():
        problems.append(_("Schrijf waarom er een nieuwe versie komt."))
    if corrects and not differs:
        problems.append(_("Dit ontwerp is gelijk aan de laatste versie. Er is niets te publiceren."))
    if problems:
        raise ValidationError(problems)

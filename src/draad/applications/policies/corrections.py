"""What must hold to move lines to corrected terms: by the applicant in the form, or by a manager with a reason."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from draad.applications.models import Application, ApplicationState
from draad.applications.policies.checklist import named
from draad.applications.policies.fields import line_field
from draad.applications.policies.form import check_field, is_fillable
from draad.applications.queries.corrections import Behind, Correction
from draad.applications.queries.form import Filled

COUNTED = ("existing", "planned")
"""The numbers of a line that count its unit: with another unit or counting rule they have to be confirmed."""
MOVABLE = (ApplicationState.SUBMITTED, ApplicationState.ASSESSMENT)
"""States in which a manager may move lines: handed in, and no advice given on what was asked before."""


def check_take_over(form: Filled, correction: Correction) -> None:
    """Refuse to move a line that can no longer be asked, or that an open question does not name.

    Raises:
        ValidationError: saying what can be done instead.
    """
    if correction.newer is None:
        raise ValidationError(
            _("%(line)s kan volgens de nieuwe voorwaarden niet meer aangevraagd worden. Haal de lijn weg.")
            % {"line": capfirst(named(correction.line))}
        )
    for column in COUNTED if correction.recounts else ("planned",):
        check_field(form, line_field(correction.line.pk, column))


def can_take_over(form: Filled, correction: Correction) -> bool:
    """Whether the applicant can move this line now."""
    try:
        check_take_over(form, correction)
    except ValidationError:
        return False
    return is_fillable(form)


def check_behind(corrections: Sequence[Correction]) -> None:
    """Refuse to go on about corrected terms when every line stands on the newest ones.

    Raises:
        ValidationError: saying so.
    """
    if not corrections:
        raise ValidationError(_("Elke lijn van deze aanvraag staat al op de nieuwste voorwaarden."))


def check_some(chosen: Sequence[Application]) -> None:
    """Refuse to move nothing.

    Raises:
        ValidationError: saying what to do.
    """
    if not chosen:
        raise ValidationError(_("Vink minstens één aanvraag aan."))


def check_movable(behind: Behind) -> None:
    """Refuse to move the lines of an application for its applicant.

    Raises:
        ValidationError: when nothing was corrected, in another state, or when only the government can say what it
            asks now.
    """
    check_behind(behind.corrections)
    application = behind.application
    if application.state not in MOVABLE:
        raise ValidationError(
            _("De aanvraag is %(state)s. Overzetten kan wanneer ze ingediend of in beoordeling is.")
            % {"state": application.get_state_display()}
        )
    if behind.recounts:
        raise ValidationError(
            _("De eenheid of de telregel wijzigde, of een lijn vervalt. Alleen het bestuur kan zeggen wat het nu "
              "vraagt: stel het een vraag.")
        )  # fmt: skip


def can_move(behind: Behind) -> bool:
    """Whether a manager can move the lines of this application."""
    try:
        check_movable(behind)
    except ValidationError:
        return False
    return True

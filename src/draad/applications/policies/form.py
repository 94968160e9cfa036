"""What the state of an application, an open question and the clock allow to fill in."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from draad.applications.models import Application, ApplicationState
from draad.applications.policies.calls import check_open
from draad.applications.policies.fields import ATTACHMENTS, LINES
from draad.applications.queries.form import Filled
from draad.applications.states import SAVE


def check_fillable(form: Filled) -> None:
    """Refuse to fill in what is handed in, or when the call is not open for the applicant.

    Raises:
        ValidationError: naming the state, or when the call opens or closed.
    """
    application = form.application
    if form.question:
        return
    SAVE.check(application.state, application.get_state_display())
    check_open(form.call, application.applicant)


def is_fillable(form: Filled) -> bool:
    """Whether something can be filled in now."""
    try:
        check_fillable(form)
    except ValidationError:
        return False
    return True


def check_field(form: Filled, field: str) -> None:
    """Refuse a field that an open question does not name.

    Raises:
        ValidationError: saying that the question did not ask for it.
    """
    if form.question and field not in form.question.fields:
        raise ValidationError(
            _("De beoordelaar vroeg niet om dit te wijzigen. U kunt alleen de genoemde velden aanpassen.")
        )


def can_change_lines(form: Filled) -> bool:
    """Whether lines can be added and removed."""
    return is_fillable(form) and (form.question is None or LINES in form.question.fields)


def can_attach(form: Filled) -> bool:
    """Whether attachments can be added and removed."""
    return is_fillable(form) and (form.question is None or ATTACHMENTS in form.question.fields)


def is_draft(application: Application) -> bool:
    """Whether only the governments themselves see what is asked."""
    return application.state == ApplicationState.DRAFT

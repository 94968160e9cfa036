"""What must hold to hand an application in, to take it back and to end it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from draad.accounts.revisions import ChangedMeanwhileError
from draad.applications.models import Application, ApplicationState
from draad.applications.policies.checklist import blocking, needs
from draad.applications.policies.members import check_members
from draad.applications.queries.form import Filled
from draad.applications.queries.submission import claimed_elsewhere, standing_submission
from draad.applications.states import SUBMIT
from draad.web.formatting import moment


def check_not_submitted(application: Application) -> None:
    """Refuse to hand in twice.

    Raises:
        ValidationError: saying when and by whom it was handed in, or naming the state.
    """
    handed_in = application.state == ApplicationState.SUBMITTED
    if handed_in and (found := standing_submission(application)):
        words = {"when": moment(found.at), "who": found.content.get("submitted_by", "")}
        raise ValidationError(_("Deze aanvraag is al ingediend, op %(when)s door %(who)s.") % words)
    SUBMIT.check(application.state, application.get_state_display())


def check_reviewed(application: Application, revision: int) -> None:
    """Refuse to hand in something else than what was read before.

    Args:
        application: as it stands now.
        revision: how often it was saved when it was read.

    Raises:
        ChangedMeanwhileError: when somebody saved it since.
    """
    if application.revision != revision:
        raise ChangedMeanwhileError(
            _("De aanvraag is gewijzigd sinds u ze nakeek. Kijk na wat er nu staat en dien dan in.")
        )


def check_complete(form: Filled) -> None:
    """Refuse to hand in while something is needed.

    Raises:
        ValidationError: one sentence for each need.
    """
    waiting = blocking(needs(form))
    if waiting:
        raise ValidationError([f"{need.sentence}{f': {need.link}' if need.link else ''}." for need in waiting])
    check_members(form.application, form.partners)


def check_claims(form: Filled) -> None:
    """Refuse to ask an action twice for one government.

    Args:
        form: read while nobody else hands in for this call.

    Raises:
        ValidationError: one sentence for each, naming the government, the action and the other application.
    """
    if form.claimed:
        raise ValidationError(
            [
                _("Actie %(action)s is voor %(name)s al aangevraagd door %(lead)s, in aanvraag %(number)s.")
                % {
                    "action": claim.action.number,
                    "name": claim.organisation,
                    "lead": claim.application.applicant,
                    "number": claim.application.number,
                }
                for claim in claimed_elsewhere(form)
            ]
        )


def check_reason(reason: str) -> str:
    """The reason without spaces around it.

    Raises:
        ValidationError: when there is none.
    """
    given = reason.strip()
    if not given:
        raise ValidationError(_("Geef een reden; één zin volstaat."))
    return given


def check_eligibility_decision(application: Application, *, unknown: bool) -> None:
    """Refuse a person's word where the figures tell, and before or after the assessment.

    Args:
        application: what is assessed.
        unknown: whether the figures leave it open, or a person decided before.

    Raises:
        ValidationError: for each of these.
    """
    open_states = (ApplicationState.SUBMITTED, ApplicationState.ASSESSMENT, ApplicationState.QUESTIONED,
                   ApplicationState.ADVISED)  # fmt: skip
    if application.state not in open_states:
        raise ValidationError(
            _("Beslissen of een aanvraag in aanmerking komt, kan zolang ze beoordeeld wordt; ze is nu %(state)s.")
            % {"state": application.get_state_display()}
        )
    if not unknown:
        raise ValidationError(_("De cijfers zeggen of deze aanvraag in aanmerking komt. Er is niets te beslissen."))

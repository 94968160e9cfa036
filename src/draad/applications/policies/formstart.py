"""What must hold before an application begins."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from draad.applications.models import ENDED, Application, Call
from draad.applications.queries.successors import speakers
from draad.organisations.models import Organisation


def check_no_other(call: Call, applicant: Organisation) -> None:
    """Refuse a second application of the same applicant in a call.

    Raises:
        ValidationError: naming the number of the first.
    """
    other = Application.objects.filter(call=call, applicant=applicant).exclude(state__in=ENDED).first()
    if other:
        raise ValidationError(
            _("%(applicant)s heeft in deze oproep al aanvraag %(number)s. Werk daarin verder.")
            % {"applicant": applicant, "number": other.number}
        )


def check_copy(call: Call, source: Application, applicant: Organisation) -> None:
    """Refuse to copy from another programme, from the call itself, or from a government that is not the applicant's.

    Raises:
        ValidationError: saying what can be copied.
    """
    same = source.call.round.programme_id == call.round.programme_id
    if not same or source.call.round.number >= call.round.number:
        raise ValidationError(_("Overnemen kan alleen uit een vroegere ronde van hetzelfde programma."))
    if applicant.pk not in speakers([source.applicant_id]):
        raise ValidationError(_("Overnemen kan alleen uit een aanvraag van uw eigen bestuur."))

"""What the clock and the state of a call allow."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from draad.applications.models import Call
from draad.applications.queries.calls import Phase, closes_at_for, phase
from draad.organisations.models import Organisation
from draad.web.formatting import moment, until


def check_open(call: Call, organisation: Organisation | None = None, now: datetime | None = None) -> None:
    """Refuse what may happen only while the call is open for ``organisation``.

    Raises:
        ValidationError: saying when the call opens, or when it closed.
    """
    found = phase(call, now, organisation)
    if found is Phase.OPEN:
        return
    if found is Phase.CLOSED:
        closed = closes_at_for(call, organisation)
        raise ValidationError(_("De oproep is gesloten: indienen kon %(until)s.") % {"until": until(closed)})
    if found is Phase.ANNOUNCED:
        raise ValidationError(_("De oproep opent op %(when)s.") % {"when": moment(call.opens_at)})
    raise ValidationError(_("Deze oproep is %(state)s.") % {"state": found.label})


def is_open(call: Call, organisation: Organisation | None = None, now: datetime | None = None) -> bool:
    """Whether ``organisation`` can fill in and submit now."""
    return phase(call, now, organisation) is Phase.OPEN


def check_closed(call: Call, organisation: Organisation | None = None, now: datetime | None = None) -> None:
    """Refuse what waits for the closing, such as the assessment: until then an applicant may still change everything.

    Raises:
        ValidationError: saying when the call closes.
    """
    if phase(call, now, organisation) is not Phase.CLOSED:
        closes = closes_at_for(call, organisation)
        raise ValidationError(
            _("De oproep is nog niet gesloten. Beoordelen kan vanaf %(when)s.") % {"when": moment(closes)}
        )

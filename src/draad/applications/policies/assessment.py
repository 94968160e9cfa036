"""What an assessment allows: who may look, when it may begin, what a complete advice is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from draad.accounts.actor import Actor
from draad.accounts.transitions import Transition
from draad.applications.models import Advice, Application, ApplicationLine, ConflictOfInterest
from draad.applications.policies.calls import check_closed
from draad.applications.states import ASSESSING


@dataclass(frozen=True)
class GivenAdvice:
    """The advice on a line; ``units`` only when a part is advised."""

    advice: str
    units: int | None = None
    reason: str = ""


def check_assessor(application: Application, by: Actor) -> None:
    """Refuse who may not assess, or has a conflict of interest with this application.

    Raises:
        PermissionDenied: saying which of the two.
    """
    by.require(*ASSESSING)
    if has_conflict(application, by):
        raise PermissionDenied(
            _("U meldde een belangenconflict met %(applicant)s. Een collega beoordeelt deze aanvraag.")
            % {"applicant": application.applicant}
        )


def has_conflict(application: Application, by: Actor) -> bool:
    """Whether this person declared a conflict of interest with the application."""
    return by.user is not None and any(c.user_id == by.user.pk for c in application.conflicts.all())


def check_pass(application: Application, transition: Transition, by: Actor) -> None:
    """Refuse a step of the assessment that the person, the conflict register or the state does not allow.

    Raises:
        PermissionDenied: for who may not assess it.
        ValidationError: for a state that does not allow it.
    """
    check_assessor(application, by)
    transition.check(application.state, application.get_state_display())


def check_may_begin(application: Application, now: datetime | None = None) -> None:
    """Refuse to assess what the applicant may still withdraw and submit anew.

    Raises:
        ValidationError: saying when the call closes for this applicant.
    """
    check_closed(application.call, application.applicant, now)


def check_advice(line: ApplicationLine, given: GivenAdvice) -> None:
    """Refuse advice that does not say what it must.

    Raises:
        ValidationError: naming the line and what lacks.
    """
    what = {"line": line.indicator.label}
    if given.advice not in Advice.values:
        raise ValidationError(_("%(line)s: kies toekennen, deels toekennen of weigeren.") % what)
    if given.advice != Advice.GRANT and not given.reason.strip():
        raise ValidationError(_("%(line)s: schrijf waarom u niet alles adviseert.") % what)
    if given.advice != Advice.PARTLY:
        return
    most = paid_units(line)
    if given.units is None or (most is not None and not 0 < given.units < most):
        raise ValidationError(
            _("%(line)s: geef hoeveel eenheden u adviseert, minstens 1 en minder dan de %(most)s gevraagde.")
            % {**what, "most": most if most is not None else "?"}
        )


def paid_units(line: ApplicationLine) -> int | None:
    """How many of the planned units count for the money: no more than the terms allow; None when none are planned."""
    if line.planned is None or line.indicator.max_units is None:
        return line.planned
    return min(line.planned, line.indicator.max_units)


def check_complete(lines: Iterable[ApplicationLine], given: Mapping[int, str], summary: str) -> None:
    """Refuse to close an advice that leaves a line open or has no summary.

    Raises:
        ValidationError: with a sentence for each line without advice.
    """
    problems = [
        _("%(line)s heeft nog geen advies.") % {"line": line.indicator.label} for line in lines if line.pk not in given
    ]
    if not summary.strip():
        problems.append(_("Schrijf een besluit: twee zinnen volstaan."))
    if problems:
        raise ValidationError(problems)


def check_statement(text: str) -> str:
    """The statement without spaces around it.

    Raises:
        ValidationError: when there is none.
    """
    if not text.strip():
        raise ValidationError(_("Schrijf welke band u hebt."))
    return text.strip()


def conflicts_of(application: Application) -> list[ConflictOfInterest]:
    """The declared conflicts of interest of an application."""
    return list(application.conflicts.all())

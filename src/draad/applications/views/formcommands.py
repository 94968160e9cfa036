"""What the buttons of the form of an application do once everything typed is saved."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from draad.accounts.middleware import actor
from draad.applications.actions.corrections import take_over
from draad.applications.actions.form import Typed, save_form
from draad.applications.actions.formfiles import attach, detach
from draad.applications.actions.formlines import divide_shares, move_line
from draad.applications.models import Application, IncentiveKind
from draad.applications.policies.fields import YES, incentive_field
from draad.applications.queries.form import application_or_404, filled
from draad.applications.queries.formpeople import weights_of
from draad.web.files import checked

Command = Callable[[HttpRequest, Application], None]


def command_of(request: HttpRequest) -> str:
    """The name of the button that was used; empty when it only saves."""
    return next((name for name in COMMANDS if name in request.POST), "")


def _move_up(request: HttpRequest, application: Application) -> None:
    move_line(application, _number(request, "up"), up=True, by=actor(request))


def _move_down(request: HttpRequest, application: Application) -> None:
    move_line(application, _number(request, "down"), up=False, by=actor(request))


def _take_terms(request: HttpRequest, application: Application) -> None:
    line = _number(request, "terms")
    take_over(application, [line] if line else None, by=actor(request))


def _divide(request: HttpRequest, application: Application) -> None:
    weights = None
    if request.POST["divide"] == "inhabitants":
        weights = weights_of(filled(application_or_404(application.pk)))
    divide_shares(application, weights, by=actor(request))


def _mentor(request: HttpRequest, application: Application) -> None:
    action = _number(request, "mentor_action")
    if not action:
        raise ValidationError(_("Kies de actie waarvoor u mentor wilt zijn."))
    member = _number(request, "mentor_member") or application.applicant_id
    name = incentive_field(IncentiveKind.MENTORSHIP, member, action)
    save_form(application, Typed({name: YES}, {}, -1), by=actor(request))


def _attach(request: HttpRequest, application: Application) -> None:
    uploaded = request.FILES.get("file")
    if uploaded is None:
        raise ValidationError(_("Kies een bestand."))
    attach(
        application,
        checked(uploaded),
        kind=request.POST.get("kind", ""),
        title=request.POST.get("title", ""),
        member=_number(request, "member") or None,
        by=actor(request),
    )


def _detach(request: HttpRequest, application: Application) -> None:
    detach(application, _number(request, "detach"), by=actor(request))


def _number(request: HttpRequest, name: str) -> int:
    """A number from the form; 0 when it is none."""
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else 0


COMMANDS: dict[str, Command] = {
    "up": _move_up,
    "down": _move_down,
    "terms": _take_terms,
    "divide": _divide,
    "mentor": _mentor,
    "attach": _attach,
    "detach": _detach,
}

"""What stands around the form of an application: its thread, the closing of the call, when it was saved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from draad.applications.models import Application, AttachmentKind
from draad.applications.queries.form import Filled
from draad.programmes.rules import rule_of
from draad.web.formatting import clock, day, until
from draad.web.thread import Station, Stop, thread


def stations(form: Filled) -> Sequence[Station]:
    """The red thread of an application."""
    of_round = form.round
    address = reverse("programmes:round", args=[of_round.programme.slug, of_round.number])
    stops = {
        "terms": Stop(_("ronde %(n)s") % {"n": of_round.number}, address),
        "application": Stop(form.application.get_state_display()),
    }
    return thread(stops, here="application")


def closing(form: Filled) -> str:
    """When the call closes for this applicant, and how many days that is from today."""
    closes = form.closes_at
    if closes is None:
        return ""
    last = timezone.localtime(closes - timedelta(microseconds=1)).date()
    left = (last - timezone.localdate()).days
    if closes <= timezone.now():
        return _("Indienen kon %(until)s") % {"until": until(closes)}
    words = ngettext("nog %(count)s dag", "nog %(count)s dagen", left) % {"count": left} if left else _("vandaag")
    return _("Indienen kan %(until)s, %(left)s") % {"until": until(closes), "left": words}


def when(application: Application) -> str:
    """When it was last saved: the hour of today, else the day."""
    at = timezone.localtime(application.saved_at)
    if at.date() == timezone.localdate():
        return _("om %(time)s uur") % {"time": clock(application.saved_at)}
    return _("op %(day)s") % {"day": day(at.date())}


def half(form: Filled) -> str:
    """The sentence that says what part of the cost is paid; empty when the round does not say."""
    rule = form.rules.get("half_of_cost")
    return rule_of("half_of_cost").sentence(rule) if rule else ""


def kinds(form: Filled) -> list[tuple[str, str]]:
    """What an attachment can be for; a mandate only where others take part."""
    found = [kind for kind in AttachmentKind if form.together or kind != AttachmentKind.MANDATE]
    return [(kind.value, str(kind.label)) for kind in found]

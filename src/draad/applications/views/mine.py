"""For people of governments: their applications with the next step, and the dossier of one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from draad.accounts.middleware import actor
from draad.accounts.queries import history_of
from draad.accounts.waiting import waiting_for
from draad.applications.models import AmendmentState, Application, ApplicationState
from draad.applications.policies.access import check_may_read, may_submit, may_write
from draad.applications.policies.calls import is_open
from draad.applications.queries import mine as read
from draad.applications.queries.agreed import agreement_of
from draad.applications.queries.desk_why import whys
from draad.applications.queries.desk_words import how
from draad.applications.queries.dossier import dossier_or_404
from draad.applications.queries.successors import present_names
from draad.applications.states import WITHDRAW
from draad.applications.views.questions import shown
from draad.web.thread import Stop, thread


def mine(request: HttpRequest) -> HttpResponse:
    """What a person can do now, and every application of their organisations."""
    by = actor(request)
    applications = [
        (application, read.what_next(application, owns=may_write(application, by))) for application in read.mine(by)
    ]
    live = [row for row in applications if row[0].state not in (ApplicationState.DECIDED, ApplicationState.WITHDRAWN)]
    context = {
        "waiting": waiting_for(by),
        "live": live,
        "closed": [row for row in applications if row not in live],
        "example": any(application.call.example for application, _next in applications),
    }
    return render(request, "applications/mine/mine.html", context)


def dossier(request: HttpRequest, pk: int) -> HttpResponse:
    """One application: where it stands, what happened, and the ways on."""
    application, by = dossier_or_404(pk), actor(request)
    check_may_read(application, by)
    decision = read.standing_decision(application)
    divided = decision.decision_list.scenario if decision else None
    context = {
        "application": application,
        "example": application.call.example,
        "next": read.what_next(application, owns=may_write(application, by)),
        "events": read.events_of(application, decision),
        "decision": decision,
        "payments": read.payments_of(decision),
        "agreement": agreement_of(application, decision=decision) if _changed(application) else None,
        "whys": whys(divided, application.pk) if divided else [],
        "how": how(divided) if divided else [],
        "questions": shown(application, list(application.questions.all())),
        "now": present_names([application.applicant, *(one.organisation for one in application.members.all())]),
        "may_write": may_write(application, by),
        "may_submit": may_submit(application, by),
        "can_withdraw": application.state in WITHDRAW.before,
        "window_open": is_open(application.call, application.applicant),
        "history": history_of(application, by),
        "stations": thread(_stops(application, decided=decision is not None), here="application"),
    }
    return render(request, "applications/mine/dossier.html", context)


def _changed(application: Application) -> bool:
    """Whether a request was accepted after the decision; without one nothing else can have been agreed."""
    return any(one.state == AmendmentState.ACCEPTED for one in application.amendments.all())


def _stops(application: Application, *, decided: bool) -> dict[str, Stop]:
    round_ = application.call.round
    terms = reverse("programmes:round", args=[round_.programme.slug, round_.number])
    stops = {
        "terms": Stop(_("ronde %(n)s") % {"n": round_.number}, terms),
        "application": Stop(application.get_state_display()),
    }
    if decided:
        stops["grant"] = Stop(_("beslist"), reverse("applications:letter", args=[application.pk]))
    return stops

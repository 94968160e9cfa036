"""The open call: a draft of Gent, an invitation that waits for Gent, an application of Brugge that is handed in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from draad.accounts.actor import Actor, actor_of
from draad.accounts.models import User
from draad.applications.actions.calls import extend_call, publish_call, save_call, start_call
from draad.applications.actions.form import Typed, save_form
from draad.applications.actions.formlines import Row, fill_lines
from draad.applications.actions.formstart import start_application
from draad.applications.actions.members import invite
from draad.applications.actions.submission import submit
from draad.applications.models import Application, Call
from draad.applications.queries.calls import closes_at_for
from draad.applications.queries.form import offered
from draad.datasets.example_round.content import read
from draad.organisations.queries import government_named
from draad.programmes.models import Round

OPEN_FOR = timedelta(days=30)


def open_call(of_round: Round, made_from: str, *, by: Actor) -> Call:
    """Publish a call that opened this morning and closes in 30 days, and have governments work in it."""
    call = start_call(of_round, by=by)
    values = {
        "opens_at": timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0),
        "closes_at": _closing(),
        "introduction": "Voorbeeld: deze oproep en alles wat erop binnenkomt, zijn verzonnen. Probeer gerust.",
        "cofinancing_statement": "Voorbeeld: het bestuur betaalt zelf een vierde van de kost.",
        "example": True,
        "made_from": made_from,
    }
    call = save_call(call, values, revision=call.revision, by=by)
    call = publish_call(call, revision=call.revision, by=by)
    for wanted in read("running")["application"]:
        _apply(call, wanted, by)
    return call


def keep_open(call: Call, *, by: Actor) -> bool:
    """Extend the call by 30 days from today when it has closed; whether it was needed."""
    closes_at = closes_at_for(call)
    if closes_at is None or timezone.now() < closes_at:
        return False
    extend_call(call, _closing(), reason="Voorbeeld: de oproep blijft open om te proberen.", by=by)
    return True


def _closing() -> datetime:
    """Midnight after the thirtieth day from today."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return timezone.make_aware(midnight.replace(tzinfo=None) + OPEN_FOR + timedelta(days=1))


def _apply(call: Call, wanted: Mapping[str, Any], loader: Actor) -> Application:
    """Fill in one application through the form, by the demonstration login that is named or by the loader."""
    by = actor_of(User.objects.get(email=wanted["by"])) if "by" in wanted else loader
    today = timezone.localdate()
    application = start_application(call, government_named(wanted["applicant"], today), by=by)
    for name in wanted["members"]:
        invite(application, government_named(name, today), by=by)
    places = {(one.terms.action.number, one.line): one.pk for one in offered(call.round)}
    rows = {places[action, line]: Row(*numbers) for action, line, *numbers in wanted["lines"]}
    application.refresh_from_db()
    application = fill_lines(application, rows, revision=application.revision, by=by)
    typed = Typed(wanted["typed"], base={}, revision=application.revision)
    application = save_form(application, typed, by=by).application
    if wanted["submitted"]:
        submit(application, revision=application.revision, by=by)
    return application

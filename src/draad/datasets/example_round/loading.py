"""``draad load example-round``: an invented programme with a round at the desk and an open call, once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import transaction
from django.utils import timezone, translation

from draad.accounts.actor import system
from draad.accounts.models import User
from draad.accounts.sync import SyncCount
from draad.applications.actions.assessment import assign
from draad.applications.actions.desk import keep_scenario
from draad.applications.actions.example import record_advised
from draad.applications.models import Application, Call
from draad.applications.queries.desk_claims import desk_of
from draad.applications.queries.desk_division import Plan
from draad.applications.queries.form import offered
from draad.datasets.demonstration import PEOPLE
from draad.datasets.example_round.content import read
from draad.datasets.example_round.drawing import asked_of, budget, draw
from draad.datasets.example_round.running import keep_open, open_call
from draad.datasets.example_round.setting_up import set_up
from draad.methods.allocation import Rule
from draad.organisations.queries import government_named
from draad.programmes.actions.setup import change_item
from draad.programmes.models import Programme, Round
from draad.programmes.queries import rule_values
from draad.programmes.setup_policies import fingerprint

LOADER = system("draad load example-round")
SEED = 1
ASSESSOR = "beoordelaar@example.org"
APPLICATIONS, CALLS = "applications of the example programme", "open call of the example programme"


def load() -> dict[str, SyncCount]:
    """Set the invented programme up with what hangs on it, unless it is there; what people did with it stays.

    A call that has closed since is extended by 30 days from today: there is always one to try.

    Raises:
        CommandError: where DRAAD_DEMONSTRATION is off (the open call is filled in by demonstration logins, and real
            people would be told of it), or the demonstration logins are not there.
    """
    if not settings.DEMONSTRATION:
        raise CommandError("the example round is worked in by demonstration logins; DRAAD_DEMONSTRATION is off")
    if not User.objects.filter(email=PEOPLE[0].email).exists():
        raise CommandError("there are no demonstration logins yet; run: draad load demonstration")
    content = read("programme")
    found = Programme.objects.filter(slug=content["slug"]).first()
    with transaction.atomic(), translation.override(settings.LANGUAGE_CODE):
        if found is None:
            _store(content, timezone.localdate())
            return {APPLICATIONS: SyncCount(added=_count(content["slug"])), CALLS: SyncCount(added=1)}
        call = Call.objects.filter(round__programme=found, round__number=2, example=True).first()
        extended = call is not None and keep_open(call, by=LOADER)
    return {
        APPLICATIONS: SyncCount(same=_count(found.slug)),
        CALLS: SyncCount(changed=int(extended), same=int(not extended)),
    }


def _count(slug: str) -> int:
    return Application.objects.filter(call__round__programme__slug=slug, call__example=True).count()


def _store(content: Mapping[str, Any], today: date) -> None:
    programme = set_up(content, today, by=LOADER)
    first, second = programme.rounds.order_by("number")
    made_from = f"example round, seed {SEED}"
    example = draw(asked_of(offered(first), rule_values(first)), today, SEED)
    days = {"call_opens_on": example.opens_on, "call_closes_on": example.closes_on}
    _complete(first, days | {"envelope": budget(example)})
    _complete(second, {"envelope": budget(example)})
    names = {member.body.name for one in example.applications for member in one.members}
    organisations = {name: government_named(name, today) for name in names}
    call = record_advised(first, example, by=LOADER, made_from=made_from, organisations=organisations)
    assign(call.applications.all(), User.objects.get(email=ASSESSOR), by=LOADER)
    _keep_scenarios(call, budget(example))
    open_call(second, made_from, by=LOADER)


def _complete(of_round: Round, values: Mapping[str, Any]) -> None:
    """Give a round what follows from the applications that were drawn."""
    given = {"source": of_round.source, **values}
    change_item(of_round, given, seen=fingerprint(of_round), by=LOADER)


def _keep_scenarios(call: Call, envelope: Decimal) -> None:
    """Three ways to divide, side by side; what incentives ask goes first."""
    reserved = desk_of(call.pk).reserved
    for name, rule in (
        ("Voorrang van het bestuur", Rule.PRIORITY),
        ("Ieder hetzelfde deel", Rule.PROPORTIONAL),
        ("Ieder evenveel", Rule.EQUAL_AWARDS),
    ):
        keep_scenario(call, Plan(name, rule, envelope, reserved), by=LOADER)

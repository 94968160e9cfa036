"""What the flow of a round starts from, made in the served site: a programme, its round with terms and rules, people.

Run in a process of its own with the environment of the site: ``python -m tests.browser.round_setting begin``.
"""

from __future__ import annotations

import sys
from datetime import date, timedelta
from decimal import Decimal

import django

django.setup()

from django.utils import timezone  # noqa: E402  Django must stand first

from draad.accounts import audit  # noqa: E402
from draad.accounts.actor import system  # noqa: E402
from draad.accounts.roles import Role  # noqa: E402
from draad.applications.models import Call  # noqa: E402
from draad.datasets.demonstration import PASSWORD  # noqa: E402
from draad.organisations.actions.people import register_demonstration  # noqa: E402
from draad.organisations.queries import government_named  # noqa: E402
from draad.programmes.actions.facts import publish_stated_terms  # noqa: E402
from draad.programmes.models import Action, Objective, Programme, Round, RoundRule  # noqa: E402
from draad.programmes.values import TermsValues, stated  # noqa: E402

BY = system("browser test")
SLUG = "proefprogramma"
MEMBERS = ("Evergem", "Lievegem")
RULES = {
    "unique_priority": {},
    "one_applicant": {},
    "half_of_cost": {"share": 50},
    "existing_reach": {},
    "ceiling_per_action": {},
    "incentive_cooperation": {"amount": "10000.00"},
    "balance": {"share": 20},
}
LINES = {1: ("bereikte buren", "60.00", 2000), 2: ("begeleide nieuwkomers", "650.00", 150)}


def begin() -> None:
    """The programme with two actions and a round of 60,000 euro, and people of two more governments."""
    with audit.recording(by=BY) as log:
        made = {"source": "proef"}
        programme = log.create(
            Programme(slug=SLUG, name="Proefprogramma", owner="Agentschap", **made), verb="test.add"
        )
        objective = log.create(Objective(programme=programme, number=1, title="Samen", **made), verb="test.add")
        for number, title in ((1, "Buren ontmoeten"), (2, "Naar werk")):
            action = Action(programme=programme, objective=objective, number=number, title=title, **made)
            log.create(action, verb="test.add")
        today = timezone.localdate()
        days = {"starts_on": today + timedelta(days=60), "ends_on": today + timedelta(days=424)}
        round_ = Round(programme=programme, number=1, envelope=Decimal("60000.00"), **days, **made)
        log.create(round_, verb="test.add")
        for key, parameters in RULES.items():
            rule = RoundRule(round=round_, key=key, parameters=parameters, knowledge="stated", **made)
            log.create(rule, verb="test.add")
    publish_stated_terms(programme, {(number, 1): _terms(number) for number in LINES}, by=BY)
    for name in MEMBERS:
        _person(f"goedkeurder.{name.lower()}@example.org", name)


def _terms(number: int) -> TermsValues:
    label, amount, most = LINES[number]
    source = "proef"
    given = {"label": label, "unit": "person", "counting": "unique", "unit_amount": Decimal(amount), "max_units": most}
    line = {name: stated(value, source) for name, value in given.items()}
    return TermsValues(stated(True, source), {"target_group": stated("iedereen", source)}, {1: line})


def _person(email: str, name: str) -> None:
    register_demonstration(
        by=BY,
        email=email,
        name=f"Goedkeurder van {name}",
        organisation=government_named(name, timezone.localdate()),
        role=Role.GOVERNMENT_APPROVER,
        password=PASSWORD,
        valid_from=date(2020, 1, 1),
    )


def close() -> None:
    """Time goes by: the call has closed a minute ago."""
    call = Call.objects.get(round__programme__slug=SLUG)
    with audit.recording(by=BY, reason="the clock of the test") as log:
        log.change(call, verb="test.clock", closes_at=timezone.now() - timedelta(minutes=1))


if __name__ == "__main__":
    {"begin": begin, "close": close}[sys.argv[1]]()

"""What tests of the distribution desk start from: applications whose advice is ready, and scenarios of a closed call."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

import time_machine

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.roles import Role
from draad.applications.actions.desk import keep_scenario
from draad.applications.models import (
    Advice,
    Application,
    ApplicationState,
    Assessment,
    Call,
    EligibilityDecision,
    LineAdvice,
    LineShare,
    Scenario,
)
from draad.applications.queries.desk_claims import desk_of
from draad.applications.queries.desk_division import Plan
from draad.methods.allocation import Rule
from draad.methods.allocation.comparing import measure
from tests.applications.making import BY, CLOSES, make_application, make_call, person

UNMEASURED = {"applicants": asdict(measure([])), "levels": [], "end": None}
"""What a scenario keeps when nothing was divided."""
DESK = "/verdeling/plan-samenleven/ronde-1/"
REASON = "De oproep kondigde dit aan."
DESK_ROUTES = ["desk", "desk_claims", "desk_applicants", "desk_new", "desk_propose"]


def advised(
    call: Call,
    applicant: str = "Gent",
    lines: Mapping[int, tuple[int, int | None]] | None = None,
    *,
    eligible: bool | None = True,
    state: str = ApplicationState.ADVISED,
    **values: Any,
) -> Application:
    """An application as the desk gets it; ``eligible`` None leaves that to a person."""
    made = make_application(call, applicant, lines or {5: (1, 100), 9: (2, 10)}, state=state, **values)
    if eligible is not None:
        with audit.recording(by=BY) as log:
            word = EligibilityDecision(application=made, eligible=eligible, reason="nagekeken", at=CLOSES)
            log.create(word, verb="test.eligible")
    return made


def advise(application: Application, action: int, advice: Advice, units: int | None = None) -> None:
    """Give the advice on the line of an action."""
    with audit.recording(by=BY) as log:
        assessment = Assessment.objects.filter(application=application).first()
        assessment = assessment or log.create(Assessment(application=application), verb="test.assessment")
        line = application.lines.get(indicator__terms__action__number=action)
        given = LineAdvice(assessment=assessment, line=line, advice=advice, units=units, reason="nagekeken")
        log.create(given, verb="test.advice")


def shared(application: Application, action: int, amounts: Mapping[str, str]) -> None:
    """Say what each member, by name, takes of the line of an action, in euro."""
    line = application.lines.get(indicator__terms__action__number=action)
    with audit.recording(by=BY) as log:
        for name, amount in amounts.items():
            member = application.members.get(organisation__name=name)
            log.create(LineShare(line=line, member=member, planned=1, amount=Decimal(amount)), verb="test.share")


def manager(mark: str = "") -> Actor:
    """A programme manager; another one for another mark."""
    return person(Role.PROGRAMME_MANAGER, mark=mark)


def plan(rule: Rule = Rule.PROPORTIONAL, envelope: str | Decimal = "5000.00", **values: Any) -> Plan:
    """A plan with a name of its rule."""
    return Plan(values.pop("name", str(rule)), rule, Decimal(envelope), **values)


def kept(call: Call, rule: Rule = Rule.PROPORTIONAL, envelope: str | Decimal = "5000.00", **values: Any) -> Scenario:
    """A scenario that was kept just after the call closed."""
    with time_machine.travel(CLOSES):
        return keep_scenario(call, plan(rule, envelope, **values), by=manager())


def three_towns(call: Call) -> None:
    """Gent 12,500, Aalst with Ninove 6,000 and Brugge 26,000 euro, in lines of priority 1 and 2; 44,500 in all."""
    advised(call, "Gent", {5: (1, 100), 9: (2, 10)})
    advised(call, "Aalst", {5: (1, 100)}, members=("Ninove",))
    advised(call, "Brugge", {7: (1, 40)})
    assert desk_of(call.pk).claimed == Decimal("44500.00")


def desk_routes() -> dict[str, Mapping[str, Any]]:
    """The desk of round 1 with a scenario, for the tests that try every route."""
    call = Call.objects.filter(round__programme__slug="plan-samenleven", round__number=1).first() or make_call()
    if not call.scenarios.exists():
        advised(call, "Brugge")
        kept(call)
    place = {"slug": "plan-samenleven", "number": 1}
    steps = ["scenario", "scenario_governments", "scenario_choose", "scenario_take_back", "scenario_drop"]
    scenario = Scenario.objects.filter(call=call)[0]
    award = scenario.awards.select_related("line__application").first()
    return {
        **{f"applications:{name}": place for name in DESK_ROUTES},
        "applications:scenario_why": {
            **place,
            "scenario": scenario.number,
            "application": award.line.application.number if award else 1,
        },
        **{f"applications:{name}": {**place, "scenario": scenario.number} for name in steps},
    }


def short_call() -> Call:
    """A closed call of which the three towns ask 44,500 euro; the round has 22,250."""
    made = make_call()
    with audit.recording(by=BY) as log:
        log.change(made.round, verb="test.envelope", envelope=Decimal("22250.00"))
    three_towns(made)
    return made


def text(response: Any) -> str:
    """What a reader sees: no mark-up, single spaces."""
    plain = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(plain.replace("\u00a0", " ").replace("&nbsp;", " ").replace("&#x27;", "'").split())


def three(call: Call) -> list[Scenario]:
    return [
        kept(call, Rule.PRIORITY, "22250.00", name="Op prioriteit"),
        kept(call, Rule.PROPORTIONAL, "22250.00", name="Naar verhouding"),
        kept(call, Rule.EQUAL_AWARDS, "22250.00", name="Gelijk"),
    ]

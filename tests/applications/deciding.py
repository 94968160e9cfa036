"""What tests of decisions and payments start from: advised applications, a chosen distribution, people who sign."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils import timezone

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.roles import Role
from draad.applications.actions.decisions import prepare_decisions, publish_decisions, sign
from draad.applications.actions.payments import make_order
from draad.applications.models import (
    Application,
    ApplicationState,
    Call,
    DecisionList,
    EligibilityDecision,
    Incentive,
    Scenario,
    ScenarioAward,
    ScenarioState,
)
from draad.applications.queries.desk_claims import desk_of
from draad.applications.queries.payments import planned_payments
from draad.organisations.models import Organisation
from tests.applications.desks import UNMEASURED, kept
from tests.applications.making import BY, DURING, make_application, make_call, person

MANAGER, SECOND, THIRD = "", "-two", "-three"


def manager(mark: str = MANAGER, role: Role = Role.PROGRAMME_MANAGER) -> Actor:
    return person(role, mark=mark)


def eligible(application: Application, *, yes: bool = True) -> Application:
    """A person's word that an application comes into account, or does not."""
    with audit.recording(by=BY) as log:
        log.create(
            EligibilityDecision(application=application, eligible=yes, reason="volgens het dossier", at=DURING),
            verb="test.eligible",
        )
    return application


def advised(
    call: Call, applicant: str | Organisation, lines: Mapping[int, tuple[int, int | None]], **values: Any
) -> Application:
    """An application that comes into account and whose advice is ready."""
    return eligible(make_application(call, applicant, lines, state=ApplicationState.ADVISED, **values))


def incentive(application: Application, amount: str = "10000.00", kind: str = "cooperation") -> Incentive:
    with audit.recording(by=BY) as log:
        made = Incentive(
            application=application, kind=kind, organisation=application.applicant, amount=Decimal(amount)
        )
        return log.create(made, verb="test.incentive")


def chosen(call: Call, awards: Mapping[tuple[str, int], str] | None = None, **values: Any) -> Scenario:
    """A chosen distribution that awards everything, but for the lines (applicant and action) given other amounts."""
    desk = desk_of(call.pk)
    rows = []
    for line in desk.claims:
        key = (desk.applications[line.application].applicant, line.action[0])
        rows.append((line, Decimal((awards or {}).get(key, line.most))))
    given = {
        "number": Scenario.objects.filter(call=call).count() + 1,
        "name": "Op prioriteit",
        "rule": "priority",
        "envelope": Decimal("16000000.00"),
        "reserved": desk.reserved,
        "claimed": desk.claimed,
        "granted": sum((amount for _line, amount in rows), Decimal(0)),
        "claims_sha256": desk.sha256,
        "awards_sha256": "0" * 64,
        "state": ScenarioState.CHOSEN,
        "reason": "De oproep kondigde aan dat prioriteiten gelden.",
        "made_at": DURING,
        "measures": UNMEASURED,
    } | values
    with audit.recording(by=BY) as log:
        scenario = log.create(Scenario(call=call, **given), verb="test.scenario")
        ScenarioAward.objects.bulk_create(
            ScenarioAward(scenario=scenario, line_id=line.pk, claimed=line.claimed, amount=amount)
            for line, amount in rows
        )
    return scenario


def two_applications() -> Call:
    """Gent asks actions 5 and 9 with an incentive, Aalst action 9; the distribution cuts the last line of each."""
    call = make_call()
    incentive(advised(call, "Gent", {5: (1, 900), 9: (2, 60)}))
    advised(call, "Aalst", {9: (1, 40)})
    return call


def prepared(call: Call | None = None, awards: Mapping[tuple[str, int], str] | None = None) -> DecisionList:
    """A list of decisions that nobody has signed yet."""
    call = call or two_applications()
    return prepare_decisions(chosen(call, awards), by=manager())


def signed(decision_list: DecisionList | None = None) -> DecisionList:
    """A list of decisions that two managers signed."""
    found = decision_list or prepared()
    for mark in (MANAGER, SECOND):
        found = sign(found, revision=found.revision, by=manager(mark))
    return found


def published(decision_list: DecisionList | None = None) -> DecisionList:
    """A list of decisions that is made known."""
    return publish_decisions(signed(decision_list), by=manager())


def decision_routes(applicant: Organisation) -> dict[str, Mapping[str, Any]]:
    """A published list with an order and its payments, for the tests that try every route."""
    call = Call.objects.filter(round__programme__slug="plan-samenleven", round__number=1).first() or make_call()
    decision_list = call.decision_lists.first()
    if decision_list is None:
        advised(call, applicant, {5: (1, 10)})
        scenario = chosen(call, measures=kept(call).measures)
        decision_list = published(prepare_decisions(scenario, by=manager()))
        waiting = planned_payments(call)[0]
        make_order(call, [waiting.pk], execute_on=timezone.localdate(), seen=(1, waiting.amount), by=manager())
    decision = decision_list.decisions.get(application__applicant=applicant)
    order = call.payment_orders.get()
    payment = order.payments.get()
    place = {"slug": "plan-samenleven", "number": 1}
    return {
        "applications:letter": {"pk": decision.application_id},
        "applications:decision": {"pk": decision.pk},
        "applications:decisions_prepare": {"scenario": decision_list.scenario_id},
        **{f"applications:{name}": {"pk": decision_list.pk} for name in LIST_ROUTES},
        "applications:letter_templates": place,
        "applications:letter_template": {**place, "key": "granted"},
        "applications:letter_template_remove": {**place, "key": "granted"},
        "applications:payment": {"pk": payment.pk},
        "applications:payment_again": {"pk": payment.pk},
        "applications:payment_step": {"pk": payment.pk, "step": "failed"},
        "applications:order_make": place,
        **{f"applications:{name}": {"pk": order.pk} for name in ORDER_ROUTES},
    }


LIST_ROUTES = (
    "decision_list",
    "decisions_sign",
    "decisions_publish",
    "decisions_discard",
    "letters_word",
    "letters_pdf",
)
ORDER_ROUTES = ("order", "order_xml", "order_xlsx", "order_paid", "order_refused")

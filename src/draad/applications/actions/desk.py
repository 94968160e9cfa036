"""Keeps ways to divide, drops them, puts one forward, has a second person approve it, and takes it back."""

from __future__ import annotations

from django.utils import timezone

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.applications.models import Call, Scenario, ScenarioAward
from draad.applications.policies.desk import (
    check_alone,
    check_before_decisions,
    check_current,
    check_divisible,
    check_never_used,
    check_pass,
    check_plan,
    check_ready,
    check_reason,
    check_second,
    check_there,
    check_undecided,
)
from draad.applications.queries.desk_claims import Desk, desk_of
from draad.applications.queries.desk_division import Plan, divide
from draad.applications.states import CHOOSE, DROP, KEEP, MANAGER, PROPOSE, TAKE_BACK

BATCH = 5000


def keep_scenario(call: Call, plan: Plan, *, by: Actor) -> Scenario:
    """Divide the claims of today by a plan, and keep what comes out.

    Raises:
        PermissionDenied: for who may not divide.
        ValidationError: before the call is closed for everybody, without claims, or when the plan asks what the
            claims do not have (with the field as key).
    """
    by.require(*MANAGER)
    with audit.recording(by=by) as log:
        locked = _locked_call(call)
        desk = desk_of(locked.pk)
        check_divisible(locked, desk)
        check_plan(desk, plan)
        division = divide(desk, plan)
        last = Scenario.objects.filter(call=locked).order_by("number").last()
        scenario = Scenario(
            call=locked,
            number=last.number + 1 if last else 1,
            name=plan.name,
            rule=str(plan.rule),
            parameters=plan.parameters,
            envelope=plan.envelope,
            reserved=plan.reserved,
            claimed=desk.claimed,
            granted=division.granted,
            measures=division.measures,
            claims_sha256=desk.sha256,
            awards_sha256=division.sha256,
            made_at=timezone.now(),
            made_by=by.user,
        )
        log.create(scenario, verb=KEEP.verb)
        awards = [
            ScenarioAward(
                scenario_id=scenario.pk,
                line_id=line.pk,
                claimed=line.claimed,
                amount=amount,
                most=line.most,
                priority=line.priority,
                ground=ground,
            )
            for line, amount, ground in division.awards
        ]
        ScenarioAward.objects.bulk_create(awards, batch_size=BATCH)
    return scenario


def drop_scenario(scenario: Scenario, *, by: Actor) -> None:
    """Throw a kept scenario away; its last state stays in the audit.

    Raises:
        PermissionDenied: for who may not divide.
        ValidationError: when it is put forward, or decisions were once made from it.
    """
    by.require(*MANAGER)
    with audit.recording(by=by) as log:
        found = _locked(scenario)
        check_pass(found, DROP)
        check_never_used(found)
        log.remove(found, verb=DROP.verb)


def propose_scenario(scenario: Scenario, reason: str, *, by: Actor) -> Scenario:
    """Put a scenario forward, with the reason that goes into the decision and the letters.

    Raises:
        PermissionDenied: for who may not divide.
        ValidationError: without a reason; when the claims changed, an advice is missing, or another is put forward.
    """
    by.require(*MANAGER)
    with audit.recording(by=by, reason=reason) as log:
        found, desk = _with_desk(scenario)
        check_pass(found, PROPOSE)
        check_reason(reason)
        check_before_decisions(found.call)
        check_alone(found)
        check_current(found, desk)
        check_ready(desk)
        log.change(
            found, verb=PROPOSE.verb, state=PROPOSE.after, reason=reason.strip(), proposed_at=timezone.now(),
            proposed_by=by.user,
        )  # fmt: skip
    return found


def choose_scenario(scenario: Scenario, *, by: Actor) -> Scenario:
    """Approve what somebody else put forward: from this one the decisions are made.

    Raises:
        PermissionDenied: for who may not divide, and for who put it forward.
        ValidationError: when it is not put forward, or the claims changed since.
    """
    by.require(*MANAGER)
    with audit.recording(by=by) as log:
        found, desk = _with_desk(scenario)
        check_pass(found, CHOOSE)
        check_second(found, by)
        check_current(found, desk)
        check_ready(desk)
        log.change(found, verb=CHOOSE.verb, state=CHOOSE.after, chosen_at=timezone.now(), chosen_by=by.user)
    return found


def take_back_scenario(scenario: Scenario, reason: str, *, by: Actor) -> Scenario:
    """Take back what was put forward or chosen; it is kept, and the reason stands in the audit.

    Raises:
        PermissionDenied: for who may not divide.
        ValidationError: without a reason, or when decisions are prepared from it or published.
    """
    by.require(*MANAGER)
    with audit.recording(by=by, reason=reason) as log:
        found = _locked(scenario)
        check_pass(found, TAKE_BACK)
        check_reason(reason)
        check_before_decisions(found.call)
        check_undecided(found)
        log.change(
            found, verb=TAKE_BACK.verb, state=TAKE_BACK.after, proposed_at=None, proposed_by=None, chosen_at=None,
            chosen_by=None,
        )  # fmt: skip
    return found


def _locked_call(call: Call) -> Call:
    found: Call = Call.objects.select_for_update().get(pk=call.pk)
    return found


def _locked(scenario: Scenario) -> Scenario:
    """The scenario as it stands now; its call is locked first, so that only one of a call is put forward."""
    Call.objects.select_for_update().get(pk=scenario.call_id)
    found: Scenario | None = Scenario.objects.select_for_update().filter(pk=scenario.pk).first()
    return check_there(found, scenario.name)


def _with_desk(scenario: Scenario) -> tuple[Scenario, Desk]:
    found = _locked(scenario)
    return found, desk_of(found.call_id)

"""Prepares the decisions of a chosen distribution; has them explained, signed by two and published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TypeVar

from django.conf import settings
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone, translation

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.audit import Recording
from draad.accounts.models import User
from draad.accounts.revisions import check_revision
from draad.accounts.transitions import Transition
from draad.applications.actions.notices import notify, people_of
from draad.applications.actions.payments import plan_payments
from draad.applications.grants import Grant, grants_of
from draad.applications.models import (
    Application,
    Call,
    Decision,
    DecisionList,
    DecisionReason,
    GrantIncentive,
    GrantLine,
    Scenario,
    Signature,
)
from draad.applications.policies.decisions import (
    REQUIRED_SIGNATURES,
    check_all_advised,
    check_publishable,
    check_reason,
    check_reason_given,
    check_same_claims,
    check_scenario,
    check_signed,
    check_signer,
    check_totals,
)
from draad.applications.queries.decisions import content_hash, decisions_of, reasons_of, submitted_applications
from draad.applications.queries.desk_claims import desk_of
from draad.applications.queries.letters import share_paid_first
from draad.applications.states import (
    DECIDE,
    DISCARD_DECISIONS,
    EDIT_DECISIONS,
    PREPARE,
    PUBLISH_DECISIONS,
    SIGN,
    SIGN_LAST,
    WRITING,
)

DECISION, LINE, INCENTIVE = "applications.decision", "applications.grant_line", "applications.grant_incentive"
SIGNATURE = "applications.signature"
Part = Decision | GrantLine | GrantIncentive
P = TypeVar("P", GrantLine, GrantIncentive)


def prepare_decisions(scenario: Scenario, *, by: Actor) -> DecisionList:
    """Prepare a decision for every application from a chosen distribution.

    Each line gets what the distribution awards and each incentive what was asked; less than asked gets a reason, which
    may be changed until the list is signed.

    Raises:
        PermissionDenied: for who may not decide.
        ValidationError: when the distribution is not chosen or decided already, an application has no advice yet, the
            claims changed since it was made, or the amounts do not add up to the distribution.
    """
    by.require(*PREPARE.roles)
    with audit.recording(by=by, reason=scenario.reason) as log:
        call = Call.objects.select_for_update().get(pk=scenario.call_id)
        found = Scenario.objects.select_for_update().get(pk=scenario.pk)
        check_scenario(found)
        applications = list(submitted_applications(call))
        check_all_advised(applications)
        desk = desk_of(call.pk)
        check_same_claims(found, desk)
        awards = dict(found.awards.values_list("line_id", "amount"))
        grants = grants_of(applications, awards, {application.pk for application in desk.in_play})
        last = DecisionList.objects.filter(call=call).aggregate(last=Max("number"))["last"] or 0
        made = DecisionList(
            call=call,
            scenario=found,
            number=last + 1,
            prepared_at=timezone.now(),
            prepared_by=by.user,
            granted=sum((grant.decision.granted for grant in grants), Decimal(0)),
            appeal=call.appeal,
        )
        log.create(made, verb=PREPARE.verb)
        _store(log, made, grants, reasons_of(call))
        check_totals(made)
    return made


def _store(
    log: Recording, decision_list: DecisionList, grants: Iterable[Grant], reasons: Mapping[str, DecisionReason]
) -> None:
    kept = list(grants)
    for grant in kept:
        grant.decision.decision_list = decision_list
        for part in (grant.decision, *grant.lines, *grant.incentives):
            for name, value in worded(reasons.get(part.reason_key)).items():
                setattr(part, name, value)
    log.create_many([grant.decision for grant in kept], verb=f"{DECISION}.prepare")
    log.create_many([_of(grant, line) for grant in kept for line in grant.lines], verb=f"{LINE}.prepare")
    log.create_many([_of(grant, part) for grant in kept for part in grant.incentives], verb=f"{INCENTIVE}.prepare")


def worded(reason: DecisionReason | None) -> dict[str, str]:
    """What a decision keeps of a reason: its key, and its words as they are now; nothing without a reason."""
    if reason is None:
        return {"reason_key": "", "reason_sentence": "", "reason_sentence_en": ""}
    return {
        "reason_key": reason.key,
        "reason_sentence": reason.sentence,
        "reason_sentence_en": reason.sentence_en,
    }


def _of(grant: Grant, part: P) -> P:
    part.decision = grant.decision
    return part


def explain(
    decision: Decision,
    reasons: dict[Part, tuple[str, str]],
    *,
    revision: int,
    by: Actor,
) -> DecisionList:
    """Change the reasons of a decision and its parts; the amounts follow from the distribution and stay.

    Signatures under the list lapse, because they stand under other words.

    Args:
        decision: the decision.
        reasons: for the decision, or for one of its lines or incentives: the key of a reason of
            the call, or nothing, and its explanation.
        revision: the revision of the list that the writer had before them.
        by: who writes.

    Raises:
        PermissionDenied: for who may not decide.
        ChangedMeanwhileError: when somebody saved a decision of the list since ``revision``.
        ValidationError: for a list that is published or discarded, or a reason that is missing or says too little.
    """
    with audit.recording(by=by) as log:
        decision_list = _locked(decision.decision_list, EDIT_DECISIONS, by)
        check_revision(decision_list.revision, revision)
        known, changed = reasons_of(decision_list.call), False
        for part, (key, text) in reasons.items():
            check_reason(part.outcome, known.get(key), text)
            verb = {Decision: DECISION, GrantLine: LINE, GrantIncentive: INCENTIVE}[type(part)]
            changed |= log.change(part, verb=f"{verb}.explain", reason=text.strip(), **worded(known.get(key)))
        if changed:
            for signature in decision_list.signatures.all():
                log.remove(signature, verb=f"{SIGNATURE}.lapse")
            log.change(decision_list, verb=EDIT_DECISIONS.verb, state=EDIT_DECISIONS.after, revision=revision + 1)
    return decision_list


def sign(decision_list: DecisionList, *, revision: int, by: Actor) -> DecisionList:
    """Sign a list as it stands; with the last signature that is needed it is signed.

    Args:
        decision_list: the list.
        revision: the revision that the signer read.
        by: who signs: a person, each at most once.

    Raises:
        PermissionDenied: for who may not sign.
        ChangedMeanwhileError: when the list is no longer what the signer read.
        ValidationError: for the wrong state, a second signature of the same person, or amounts that do not add up.
    """
    with audit.recording(by=by) as log:
        found = _locked(decision_list, SIGN, by)
        check_revision(found.revision, revision)
        check_signer(found, by.user)
        check_totals(found)
        content = content_hash(decisions_of(found))
        signature = Signature(decision_list=found, user=by.user, at=timezone.now(), sha256=content)
        log.create(signature, verb=SIGN.verb)
        if found.signatures.filter(sha256=content).count() >= REQUIRED_SIGNATURES:
            log.change(found, verb=SIGN_LAST.verb, state=SIGN_LAST.after)
    return found


def publish_decisions(decision_list: DecisionList, *, by: Actor) -> DecisionList:
    """Make the decisions known: applications are decided, accounts frozen, payments planned, applicants told.

    Raises:
        PermissionDenied: for who may not publish.
        ValidationError: for the wrong state, missing signatures, amounts that do not add up, an application that was
            withdrawn meanwhile, or a grant without an account to pay it to.
    """
    with audit.recording(by=by) as log:
        found = _locked(decision_list, PUBLISH_DECISIONS, by)
        decisions = list(decisions_of(found))
        list(Application.objects.select_for_update().filter(decisions__decision_list=found).values_list("pk"))
        check_totals(found)
        check_signed(found, content_hash(decisions))
        check_publishable(decisions)
        log.change(
            found,
            verb=PUBLISH_DECISIONS.verb,
            state=PUBLISH_DECISIONS.after,
            published_at=timezone.now(),
            published_by=by.user,
        )
        for decision in decisions:
            _make_known(log, decision)
        plan_payments(log, decisions, share_paid_first(found.call))
    return found


def _make_known(log: Recording, decision: Decision) -> None:
    application = decision.application
    log.change(
        decision,
        verb=f"{DECISION}.publish",
        standing=True,
        iban=application.iban,
        account_holder=application.account_holder,
    )
    log.change(application, verb=DECIDE.verb, state=DECIDE.after, revision=application.revision + 1)
    people: list[User | str] = [*people_of([application.applicant_id], WRITING), application.contact_email]
    with translation.override(settings.LANGUAGE_CODE):
        letter = reverse("applications:letter", args=[application.pk])
    notify(log, application, "decision_published", people, path=letter)


def discard_decisions(decision_list: DecisionList, *, reason: str, by: Actor) -> DecisionList:
    """Let a list lapse before it is published, so that another can be prepared; the list stays to be read.

    Raises:
        PermissionDenied: for who may not decide.
        ValidationError: for the wrong state, or without a reason.
    """
    with audit.recording(by=by, reason=reason) as log:
        found = _locked(decision_list, DISCARD_DECISIONS, by)
        check_reason_given(reason)
        log.change(found, verb=DISCARD_DECISIONS.verb, state=DISCARD_DECISIONS.after)
    return found


def _locked(decision_list: DecisionList, transition: Transition, by: Actor) -> DecisionList:
    """The list as it is now, locked, when this may be done with it."""
    by.require(*transition.roles)
    rows = DecisionList.objects.select_for_update(of=("self",)).select_related("call__round__programme", "scenario")
    found: DecisionList = rows.get(pk=decision_list.pk)
    transition.check(found.state, found.get_state_display())
    return found

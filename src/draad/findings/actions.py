"""Every write of this room: compute the findings again, and what people do with them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.audit import Recording
from draad.accounts.roles import Role
from draad.accounts.sync import SyncCount
from draad.accounts.transitions import Transition
from draad.findings.models import Finding, FindingAbout, FindingComment
from draad.findings.policies import can_pass, can_reopen, check_text
from draad.findings.registry import FoundThing, rules
from draad.findings.states import ADD, CLOSE, GO, REOPEN, RETURN

Identity = tuple[str, str]


def refresh(*, by: Actor) -> SyncCount:
    """Compute every rule again and bring the findings in line.

    New ones are added; those that no rule finds any more are marked gone and come back when found again. A closed one
    stays closed until its numbers change; then it is open again.

    Returns:
        How many were added, changed (also: gone) and left as they were.

    Raises:
        ValueError: when a rule finds the same subject twice.
    """
    by.require(*ADD.roles)
    found = _compute()
    now = timezone.now()
    count = SyncCount()
    with audit.recording(by=by) as log:
        known = {(finding.rule, finding.subject): finding for finding in Finding.objects.prefetch_related("about")}
        for identity, finding in known.items():
            changed = _bring(log, finding, found.get(identity), now)
            count += SyncCount(changed=int(changed), same=int(not changed))
        fresh = {identity: thing for identity, thing in found.items() if identity not in known}
        _add(log, fresh, now)
    return count + SyncCount(added=len(fresh))


def _compute() -> dict[Identity, FoundThing]:
    found: dict[Identity, FoundThing] = {}
    for rule in rules():
        for thing in rule.find():
            identity = (rule.key, thing.subject)
            if identity in found:
                raise ValueError(f"rule {rule.key} finds {thing.subject} twice")
            found[identity] = thing
    return found


def _add(log: Recording, fresh: Mapping[Identity, FoundThing], now: datetime) -> None:
    findings = log.create_many(
        [
            Finding(rule=rule, subject=thing.subject, parameters=dict(thing.parameters),
                    records=thing.stored_records, first_seen=now)
            for (rule, _subject), thing in fresh.items()
        ],
        verb=ADD.verb,
    )  # fmt: skip
    log.create_many(
        [
            FindingAbout(finding=finding, key=key)
            for finding, thing in zip(findings, fresh.values(), strict=True)
            for key in dict.fromkeys(thing.about)
        ],
        verb="findings.findingabout.add",
    )


def _bring(log: Recording, finding: Finding, thing: FoundThing | None, now: datetime) -> bool:
    if thing is None:
        return can_pass(finding, GO) and _pass(log, finding, GO, gone_at=now)
    _bring_about(log, finding, thing)
    content: dict[str, Any] = {"parameters": dict(thing.parameters), "records": thing.stored_records}
    numbers_changed = finding.parameters != content["parameters"]
    if can_pass(finding, RETURN):
        return _pass(log, finding, RETURN, gone_at=None, **content)
    if numbers_changed and can_reopen(finding):
        return _pass(log, finding, REOPEN, **content)
    return log.change(finding, verb="findings.finding.change", **content)


def _bring_about(log: Recording, finding: Finding, thing: FoundThing) -> None:
    present = {about.key: about for about in finding.about.all()}
    wanted = dict.fromkeys(thing.about)
    for key in present.keys() - wanted.keys():
        log.remove(present[key], verb="findings.findingabout.remove")
    log.create_many(
        [FindingAbout(finding=finding, key=key) for key in wanted if key not in present],
        verb="findings.findingabout.add",
    )


def _pass(log: Recording, finding: Finding, transition: Transition, *, reason: str = "", **values: Any) -> bool:
    return log.change(
        finding, verb=transition.verb, reason=reason, state=transition.after, state_reason=reason, **values
    )


def comment(finding: Finding, text: str, *, by: Actor) -> FindingComment:
    """Say something about a finding.

    Raises:
        PermissionDenied: for who is neither administrator nor programme manager.
        ValidationError: when there is no text.
    """
    by.require(Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER)
    text = check_text(text)
    with audit.recording(by=by) as log:
        return log.create(
            FindingComment(finding=finding, by=by.user, at=timezone.now(), text=text),
            verb="findings.findingcomment.add",
        )


def close(finding: Finding, reason: str, *, by: Actor) -> Finding:
    """Close an open finding: it needs no attention until its numbers change.

    Raises:
        PermissionDenied: for who is no administrator.
        ValidationError: when it is not open, or without a reason.
    """
    return _decide(finding, CLOSE, reason, by=by)


def reopen(finding: Finding, reason: str, *, by: Actor) -> Finding:
    """Open a closed finding again.

    Raises:
        PermissionDenied: for who is no administrator.
        ValidationError: when it is not closed, or without a reason.
    """
    return _decide(finding, REOPEN, reason, by=by)


def _decide(finding: Finding, transition: Transition, reason: str, *, by: Actor) -> Finding:
    by.require(*transition.roles)
    reason = check_text(reason)
    with audit.recording(by=by) as log:
        current: Finding = Finding.objects.select_for_update().get(pk=finding.pk)
        transition.check(current.state, current.get_state_display())
        _pass(log, current, transition, reason=reason)
    return current

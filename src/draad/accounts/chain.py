"""The chain of audit events: the hash that ties each to the one before it, and the walk that finds a break.

The hash of an event is SHA-256 over the hash of the event before it and the event's own fields as canonical JSON
(sorted keys, no spaces). Who removes or edits an event breaks every hash after it; who removes the last one is
betrayed by the head (``AuditHead``). Who can write in the database and knows this file can make a whole new chain:
against that a number and hash kept elsewhere (an ``Anchor``) are compared.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Max

from draad.accounts.models import AuditEvent, AuditHead

START = "0" * 64
AT_ONCE = 2000


def hash_of(event: AuditEvent) -> str:
    """The hash that an event must carry: SHA-256 (hex) of its content and the hash before it."""
    content = {
        "number": event.number,
        "at": _moment(event.at),
        "user": event.user_id,
        "actor": event.actor,
        "verb": event.verb,
        "object": [event.object_type, event.object_key, event.object_label],
        "before": event.before,
        "after": event.after,
        "reason": event.reason,
        "previous": event.previous_hash,
    }
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


@dataclass(frozen=True)
class Anchor:
    """A place of the chain that was noted elsewhere: the number of an event and the hash it had."""

    number: int
    hash: str


@dataclass(frozen=True)
class Break:
    """A place where the chain does not hold: the event number and what is wrong there."""

    number: int
    problem: str


@dataclass(frozen=True)
class Verdict:
    """What a walk along the chain found: how many events it read, the hash of the last, and the first break."""

    events: int
    last_hash: str
    broken: Break | None


def verify(anchor: Anchor | None = None) -> Verdict:
    """Walk the whole chain in constant memory, while others may go on writing.

    Args:
        anchor: a place that was noted before; an event that has another hash now is a break.
    """
    head = AuditHead.objects.filter(id=1).first() or AuditHead()
    previous, number = START, 0
    events = AuditEvent.objects.filter(number__lte=head.number).order_by("number")
    for event in events.iterator(chunk_size=AT_ONCE):
        problem = _problem(event, number + 1, previous, anchor)
        if problem:
            return Verdict(number, previous, Break(number + 1, problem))
        previous, number = event.hash, event.number
    return Verdict(number, previous, _break_at_the_end(number, previous, head, anchor))


def _problem(event: AuditEvent, number: int, previous: str, anchor: Anchor | None) -> str:
    if event.number != number:
        return "event is missing"
    if event.previous_hash != previous or hash_of(event) != event.hash:
        return "event was changed"
    if anchor and event.number == anchor.number and event.hash != anchor.hash:
        return "event is not the one whose hash was noted"
    return ""


def _break_at_the_end(number: int, previous: str, head: AuditHead, anchor: Anchor | None) -> Break | None:
    if number != head.number:
        return Break(number + 1, "event is missing at the end")
    if previous != head.hash:
        return Break(max(number, 1), "the end of the chain was changed")
    if anchor and anchor.number > number:
        return Break(number + 1, "the chain is shorter than the place that was noted")
    last = AuditEvent.objects.aggregate(last=Max("number"))["last"] or 0
    if last > (AuditHead.objects.filter(id=1).first() or head).number:
        return Break(last, "event was added outside the chain")
    return None

"""Writes the reasons of a call: those it begins with, others, other words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Max

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.revisions import check_revision
from draad.applications.models import Call, DecisionReason
from draad.applications.policies.callreasons import check_new_key, check_reason
from draad.applications.policies.callsetup import check_not_cancelled
from draad.applications.reasons import DEFAULT_REASONS
from draad.applications.states import MANAGER

REASON = "applications.call.reason"
COPIED = ("key", "sentence", "sentence_en", "partly", "refused", "needs_text", "in_use", "place")


def first_reasons(call: Call, previous: Call | None = None) -> list[DecisionReason]:
    """The reasons that a call begins with, not stored yet: those of the previous call, else the usual ones."""
    if previous:
        return [
            DecisionReason(call=call, **{name: getattr(reason, name) for name in COPIED})
            for reason in previous.reasons.all()
        ]
    return [
        DecisionReason(
            call=call,
            key=usual.key,
            sentence=usual.sentence,
            sentence_en=usual.sentence_en,
            partly=usual.partly,
            refused=usual.refused,
            needs_text=usual.needs_text,
            place=place,
        )
        for place, usual in enumerate(DEFAULT_REASONS, start=1)
    ]


def add_reason(call: Call, values: Mapping[str, Any], *, by: Actor) -> DecisionReason:
    """Add a reason to a call, after the others unless ``values`` say where.

    Raises:
        PermissionDenied: for who may not make calls.
        ValidationError: by field, for a code that exists, or words or outcomes that are missing; for a call that was
            cancelled.
    """
    by.require(*MANAGER)
    with audit.recording(by=by) as log:
        found: Call = Call.objects.select_for_update().get(pk=call.pk)
        check_not_cancelled(found)
        check_new_key(values["key"], {reason.key for reason in found.reasons.all()})
        last = found.reasons.aggregate(last=Max("place"))["last"] or 0
        made = DecisionReason(call=found, **{**values, "place": values["place"] or last + 1})
        check_reason(made)
        return log.create(made, verb=f"{REASON}.add")


def change_reason(reason: DecisionReason, values: Mapping[str, Any], *, revision: int, by: Actor) -> DecisionReason:
    """Give a reason other words, another place or other outcomes, or take it out of use; its code stays.

    Decisions that were prepared with it keep their words until somebody saves their reasons again.

    Raises:
        PermissionDenied: for who may not make calls.
        ChangedMeanwhileError: when somebody else saved it since ``revision``.
        ValidationError: by field, for what is missing or what preparing decisions needs; for a cancelled call.
    """
    by.require(*MANAGER)
    with audit.recording(by=by) as log:
        rows = DecisionReason.objects.select_for_update(of=("self",)).select_related("call")
        found: DecisionReason = rows.get(pk=reason.pk)
        check_not_cancelled(found.call)
        check_revision(found.revision, revision)
        given = {name: value for name, value in values.items() if name != "key"}
        given["place"] = given["place"] or found.place
        check_reason(DecisionReason(key=found.key, **given))
        if any(getattr(found, name) != value for name, value in given.items()):
            log.change(found, verb=f"{REASON}.change", **given, revision=revision + 1)
    return found

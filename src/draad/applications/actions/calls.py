"""Prepares a call, publishes it, extends it and cancels it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.audit import Recording
from draad.accounts.revisions import check_revision
from draad.accounts.transitions import Transition
from draad.applications.actions.callreasons import REASON, first_reasons
from draad.applications.actions.notices import notify, people_of, people_with
from draad.applications.mailtexts import MAILS
from draad.applications.models import Call, CallDocument, CallState, Extension, MailTemplate
from draad.applications.policies.callsetup import (
    AMENDABLE,
    check_cancellable,
    check_extension,
    check_never_told,
    check_not_cancelled,
    check_publishable,
    check_reason,
    check_window,
    check_without_applications,
    check_words,
)
from draad.applications.queries.calls import closes_at_for
from draad.applications.states import (
    AMEND_CALL,
    CANCEL_CALL,
    CHANGE_CALL,
    DISCARD_CALL,
    EXTEND_CALL,
    MANAGER,
    PUBLISH_CALL,
    RESUME_CALL,
    START_CALL,
    WRITING,
)
from draad.organisations.models import Organisation
from draad.programmes.actions.setup import tell_call_days
from draad.programmes.models import Round
from draad.programmes.queries import round_before
from draad.web.files import CheckedFile
from draad.web.formatting import end

DOCUMENT, WORDS = "applications.call.document", "applications.call.words"
KEPT = ("introduction", "cofinancing_statement", *AMENDABLE)
"""What the call of the next round begins with."""


def start_call(of_round: Round, *, by: Actor) -> Call:
    """Begin the call of a round, with the texts, reasons, contact and account of the round before.

    Raises:
        PermissionDenied: for who may not make calls.
        ValidationError: when the round has a call already.
    """
    by.require(*START_CALL.roles)
    with audit.recording(by=by) as log:
        Round.objects.select_for_update().get(pk=of_round.pk)
        if Call.objects.filter(round=of_round).exists():
            raise ValidationError(_("Deze ronde heeft al een oproep."))
        before = round_before(of_round)
        previous = Call.objects.filter(round=before).first() if before else None
        kept = {name: getattr(previous, name) for name in KEPT} if previous else {}
        call = log.create(Call(round=of_round, **kept), verb=START_CALL.verb)
        words = previous.mail_templates.all() if previous else []
        log.create_many(
            [MailTemplate(call=call, key=own.key, subject=own.subject, body=own.body) for own in words],
            verb=f"{WORDS}.add",
        )
        log.create_many(first_reasons(call, previous), verb=f"{REASON}.add")
    return call


def save_call(call: Call, values: Mapping[str, Any], *, revision: int, by: Actor) -> Call:
    """Save a call: as a draft everything, published only what ``AMENDABLE`` names; the rest is left as it was.

    Args:
        call: the call.
        values: by field.
        revision: the revision that the writer had before them.
        by: who writes.

    Raises:
        PermissionDenied: for who may not make calls.
        ChangedMeanwhileError: when somebody else saved it since.
        ValidationError: for a window that closes before it opens, or a call that was cancelled.
    """
    by.require(*CHANGE_CALL.roles)
    with audit.recording(by=by) as log:
        found = _locked(call)
        step = CHANGE_CALL if found.state == CallState.DRAFT else AMEND_CALL
        step.check(found.state, found.get_state_display())
        check_revision(found.revision, revision)
        given = {name: value for name, value in values.items() if step is CHANGE_CALL or name in AMENDABLE}
        if step is CHANGE_CALL:
            check_window(given.get("opens_at"), given.get("closes_at"))
        if all(getattr(found, name) == value for name, value in given.items()):
            return found
        log.change(found, verb=step.verb, **given, revision=found.revision + 1)
    return found


def publish_call(call: Call, *, revision: int, by: Actor) -> Call:
    """Publish a call: from now on everybody reads it, its rules stay, and it opens and closes by the clock.

    The round is held meanwhile, so that nobody gives it another rule at the same moment.

    Raises:
        PermissionDenied: for who may not make calls.
        ChangedMeanwhileError: when it was saved since the publisher read it.
        ValidationError: with a sentence for each thing that is missing.
    """
    with audit.recording(by=by) as log:
        found = _step(call, PUBLISH_CALL, by)
        check_revision(found.revision, revision)
        Round.objects.select_for_update().get(pk=found.round_id)
        check_publishable(found)
        log.change(found, verb=PUBLISH_CALL.verb, state=PUBLISH_CALL.after, published_at=timezone.now())
        _tell_round(log, found)
        notify(log, found, "call_published", people_with(WRITING))
    return found


def extend_call(
    call: Call, closes_at: datetime, *, reason: str, organisation: Organisation | None = None, by: Actor
) -> Extension:
    """Let a published call close later, for one government or for all.

    Raises:
        PermissionDenied: for who may not make calls.
        ValidationError: without a reason, or for a moment that is not later than the closing that holds.
    """
    with audit.recording(by=by, reason=reason) as log:
        found = _step(call, EXTEND_CALL, by)
        check_reason(reason)
        check_extension(found, closes_at, organisation)
        extension = Extension(
            call=found,
            organisation=organisation,
            closes_at=closes_at,
            reason=reason.strip(),
            created_at=timezone.now(),
        )
        log.create(extension, verb=EXTEND_CALL.verb)
        fresh = _locked(found)
        if organisation is None:
            _tell_round(log, fresh)
        told = people_of([organisation.pk], WRITING) if organisation else people_with(WRITING)
        notify(log, fresh, "call_extended", told, reden=reason.strip(), sluit=end(closes_at))
    return extension


def cancel_call(call: Call, *, reason: str, by: Actor) -> Call:
    """Cancel a published call, and tell governments.

    Raises:
        PermissionDenied: for who may not make calls.
        ValidationError: without a reason, or once decisions are known.
    """
    with audit.recording(by=by, reason=reason) as log:
        found = _step(call, CANCEL_CALL, by)
        check_reason(reason)
        check_cancellable(found)
        notify(log, found, "call_cancelled", people_with(WRITING), reden=reason.strip())
        log.change(found, verb=CANCEL_CALL.verb, state=CANCEL_CALL.after)
    return found


def resume_call(call: Call, *, by: Actor) -> Call:
    """Make a draft again of a call that was cancelled before anybody applied.

    Raises:
        PermissionDenied: for who may not make calls.
        ValidationError: when there are applications.
    """
    with audit.recording(by=by) as log:
        found = _step(call, RESUME_CALL, by)
        check_without_applications(found)
        for extension in found.extensions.all():
            log.remove(extension, verb="applications.call.extension.remove")
        log.change(
            found, verb=RESUME_CALL.verb, state=RESUME_CALL.after, published_at=None, revision=found.revision + 1
        )
        tell_call_days(log, found.round, None, None)
    return found


def discard_call(call: Call, *, by: Actor) -> None:
    """Throw a draft away, with its documents and words.

    Raises:
        PermissionDenied: for who may not make calls.
        ValidationError: when it is no draft, or people were told of it before.
    """
    with audit.recording(by=by) as log:
        found = _step(call, DISCARD_CALL, by)
        check_never_told(found)
        for document in found.documents.all():
            _remove_file(log, document)
        for own in found.mail_templates.all():
            log.remove(own, verb=f"{WORDS}.remove")
        for reason in found.reasons.all():
            log.remove(reason, verb=f"{REASON}.remove")
        log.remove(found, verb=DISCARD_CALL.verb)


def add_document(call: Call, *, title: str, file: CheckedFile, by: Actor) -> CallDocument:
    """Keep a document with a call; it may be added while the call runs.

    Raises:
        PermissionDenied: for who may not make calls.
        ValidationError: when the call was cancelled, or has this very file already.
    """
    by.require(*MANAGER)
    with audit.recording(by=by) as log:
        found = _locked(call)
        check_not_cancelled(found)
        if found.documents.filter(sha256=file.sha256).exists():
            raise ValidationError({"file": _("Dit bestand staat er al bij.")})
        return log.create(
            CallDocument(
                call=found,
                title=title,
                file=ContentFile(file.content, name=f"{file.sha256}{PurePath(file.name).suffix.lower()}"),
                file_name=file.name,
                media_type=file.media_type,
                size=file.size,
                sha256=file.sha256,
            ),
            verb=f"{DOCUMENT}.add",
        )


def remove_document(document: CallDocument, *, by: Actor) -> None:
    """Take a document away from a call.

    Raises:
        PermissionDenied: for who may not make calls.
        ValidationError: when the call was cancelled.
    """
    by.require(*MANAGER)
    with audit.recording(by=by) as log:
        check_not_cancelled(_locked(document.call))
        _remove_file(log, document)


def write_mail(call: Call, key: str, *, subject: str, body: str, by: Actor) -> MailTemplate | None:
    """Give a call its own words for a notice; the words that Draad ships take them away.

    Raises:
        PermissionDenied: for who may not make calls.
        ValidationError: for a name between braces that the notice does not know, or a call that was cancelled.
    """
    by.require(*MANAGER)
    check_words(key, subject, body)
    with audit.recording(by=by) as log:
        found = _locked(call)
        check_not_cancelled(found)
        own: MailTemplate | None = found.mail_templates.filter(key=key).first()
        if (subject, body) == (str(MAILS[key].subject), str(MAILS[key].body)):
            if own:
                log.remove(own, verb=f"{WORDS}.remove")
            return None
        if own is None:
            return log.create(MailTemplate(call=found, key=key, subject=subject, body=body), verb=f"{WORDS}.add")
        log.change(own, verb=f"{WORDS}.change", subject=subject, body=body)
    return own


def _step(call: Call, step: Transition, by: Actor) -> Call:
    """The call, locked, when this person may take this step in its state."""
    by.require(*step.roles)
    found = _locked(call)
    step.check(found.state, found.get_state_display())
    return found


def _locked(call: Call) -> Call:
    found: Call = Call.objects.select_for_update(of=("self",)).select_related("round__programme").get(pk=call.pk)
    return found


def _tell_round(log: Recording, call: Call) -> None:
    """The days of the call as its round shows them: the last one is the day of the moment just before closing."""
    closes_at = closes_at_for(call)
    opens_on = timezone.localtime(call.opens_at).date() if call.opens_at else None
    closes_on = timezone.localtime(closes_at - timedelta(microseconds=1)).date() if closes_at else None
    tell_call_days(log, call.round, opens_on, closes_on)


def _remove_file(log: Recording, document: CallDocument) -> None:
    stored, storage = document.file.name, document.file.storage
    log.remove(document, verb=f"{DOCUMENT}.remove")
    if stored and not CallDocument.objects.filter(file=stored).exists():
        transaction.on_commit(lambda: storage.delete(stored), robust=True)
